"""Each page does what its buttons say, through the frame."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.coding.scheme import Take
from evidence.screening.stage_settings import Order
from evidence.screening.verdicts import Stage
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, sources
from evidence.steps.records.duplicates import duplicates, record_pairs
from evidence.steps.records.importing import previews
from evidence.steps.results import (
    flow_settings,
    map_settings,
    map_versions,
    review_findings,
    review_overlap,
    summary_of_findings,
)
from evidence.steps.review import membership, reasons, reviews
from evidence.steps.screening import decision_files, full_texts, stage_settings
from evidence.store import Role, schema
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.synthesis.certainty.cerqual import Component, ConcernLevel, confidence_of
from evidence.synthesis.certainty.grade import Certainty, Concern, GradeDomain, certainty_of
from evidence.synthesis.map_settings import MapSettings
from evidence.ui.coding import study_choice
from evidence.ui.shell.wording import number
from tests.conftest import ROOT
from tests.pages.conftest import Open, opened, texts
from tests.steps.coding_progress import progress

RIS = "TY  - JOUR\nTI  - <script>alert(1)</script> **Work** [x](javascript:y)\nPY  - 2001\nER  - \n"


def button(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def new_review(at: AppTest) -> AppTest:
    at.text_input[0].set_value("Gardens and health")
    area(at, "Reasons for exclusion").set_value(
        "Not about gardens\nNot about gardens\n\nNot people"
    )
    return button(at, "Save")


def test_a_new_review_keeps_what_was_written(empty_app: Open, desk_of: Callable[[], Desk]) -> None:
    at = new_review(empty_app(review=None))
    assert "Gardens and health" in texts(at)
    desk = desk_of()
    assert [one.label for one in reasons.listing(desk)] == ["Not about gardens", "Not people"]


def test_a_reason_is_renamed_in_its_place(empty_app: Open, desk_of: Callable[[], Desk]) -> None:
    at = new_review(empty_app(review=None))
    rename(at, "Not about gardens", "Not on gardens")
    assert [one.label for one in reasons.listing(desk_of())] == ["Not on gardens", "Not people"]
    assert area(at, "Reasons for exclusion").value == "Not on gardens\nNot people"
    assert at.text_input(key="rename-words").value == ""


def rename(at: AppTest, label: str, words: str) -> AppTest:
    next(one for one in at.selectbox if one.label == "Reason to rename").select(label)
    at.text_input(key="rename-words").set_value(words)
    return button(at, "Rename")


def test_what_is_being_written_survives_what_a_colleague_changes(
    empty_app: Open, desk_of: Callable[[], Desk]
) -> None:
    at = empty_app(review=None)
    area(at, "Reasons for exclusion").set_value("Not about work")
    at.text_input[0].set_value("Gardens")
    button(at, "Save")
    desk = desk_of()
    membership.join(desk)
    at = opened("reviews")
    reasons.rename(desk, reasons.listing(desk)[0].id, "Nothing on work")
    area(at, "Reasons for exclusion").set_value("Not about work\nNot adults")
    button(at, "Save")
    assert "Nothing on work" in at.warning[0].value
    assert [one.label for one in reasons.listing(desk)] == ["Nothing on work"]
    assert area(at, "Reasons for exclusion").value == "Not about work\nNot adults"
    area(at, "Reasons for exclusion").set_value("Nothing on work\nNot adults")
    button(at, "Save")
    assert [one.label for one in reasons.listing(desk)] == ["Nothing on work", "Not adults"]


def test_what_was_typed_outlives_other_buttons_and_a_colleagues_change(
    empty_app: Open, desk_of: Callable[[], Desk]
) -> None:
    at = new_review(empty_app(review=None))
    desk = desk_of()
    membership.join(desk)
    at = opened("reviews")
    area(at, "Reasons for exclusion").set_value("Not about gardens\nNot people\nMine").run()
    draft = Draft(title="Gardens", question="Theirs?")
    reviews.change(desk, draft, ["Not about gardens", "Theirs"], Terms())
    at.run()  # as any other button of the page does
    assert area(at, "Reasons for exclusion").value == "Not about gardens\nNot people\nMine"
    assert area(at, "Question").value == "Theirs?"  # nobody has touched it here
    assert "Not about gardens; Theirs" in at.warning[0].value
    assert "Theirs?" not in at.warning[0].value
    area(at, "Reasons for exclusion").set_value("Not about gardens\nTheirs\nMine")
    button(at, "Save")
    labels = [one.label for one in reasons.listing(desk)]
    assert labels == ["Not about gardens", "Theirs", "Mine"]
    assert reviews.get(desk).question == "Theirs?"
    assert "fits no report" not in " ".join(warning.value for warning in at.warning)


def test_a_reason_that_a_colleague_renamed_meanwhile_is_asked_about(
    empty_app: Open, desk_of: Callable[[], Desk]
) -> None:
    at = new_review(empty_app(review=None))
    desk = desk_of()
    membership.join(desk)
    at = opened("reviews")
    box = next(one for one in at.selectbox if one.label == "Reason to rename")
    box.select("Not people")
    at.text_input(key="rename-words").set_value("Not adults")
    reasons.rename(desk, reasons.listing(desk)[1].id, "Not humans")
    button(at, "Rename")
    assert [one.label for one in reasons.listing(desk)] == ["Not about gardens", "Not humans"]
    assert "somebody else changed the reasons" in at.warning[0].value
    assert at.text_input(key="rename-words").value == "Not adults"
    button(at, "Rename")
    assert [one.label for one in reasons.listing(desk)] == ["Not about gardens", "Not adults"]


def test_a_merge_is_asked_about_when_a_colleague_renamed_what_was_chosen(
    empty_app: Open, desk_of: Callable[[], Desk]
) -> None:
    at = new_review(empty_app(review=None))
    desk = desk_of()
    membership.join(desk)
    at = opened("reviews")
    at.selectbox(key="merge-reason").select("Not people").run()
    at.selectbox(key="merge-into").select("Not about gardens").run()
    reasons.rename(desk, reasons.listing(desk)[0].id, "Something else")
    button(at, "Merge")
    assert [one.label for one in reasons.listing(desk)] == ["Something else", "Not people"]
    assert "somebody else changed the reasons" in at.warning[0].value


def area(at: AppTest, label: str) -> Any:
    return next(one for one in at.text_area if one.label == label)


def test_a_review_without_a_title_is_refused(empty_app: Open) -> None:
    at = button(empty_app(review=None), "Save")
    assert "give the review a title" in at.error[0].value


def test_importing_previews_keeps_and_undoes(empty_app: Open, desk_of: Callable[[], Desk]) -> None:
    new_review(empty_app(review=None))
    at = opened("importing")
    at.file_uploader[0].set_value([("a.ris", RIS.encode(), "text/plain")]).run()
    assert "1 record can be kept" in texts(at)
    assert at.dataframe[0].value.loc[0, "Year"] == 2001
    at.button(key="import").click().run()
    assert "1 record kept" in texts(at)
    assert previews.listing(desk_of()) == []
    desk = desk_of()
    (there,) = sources.listing(desk)
    at.session_state[f"box-{there.source.id}"] = True
    at.session_state[f"undo-box-{there.files[0].id}"] = True
    at.run()
    at.button(key=f"undo-{there.files[0].id}").click().run()
    assert sources.listing(desk) == []


def test_importing_a_page_of_html_says_what_to_do(example_app: Open) -> None:
    at = example_app("importing")
    page = b"<!DOCTYPE html><html><body>Please log in</body></html>"
    at.file_uploader[0].set_value([("login.ris", page, "text/plain")]).run()
    assert "login" in texts(at)
    assert "web page" in texts(at)
    assert at.button(key="import").disabled
    button(at, "Leave out")
    assert "login" not in texts(at)


def test_records_are_found_by_words_and_shown_in_full(example_app: Open) -> None:
    at = example_app("records")
    assert "82 works" in texts(at)
    at.text_input(key="words").set_value("clubhouse").run()
    assert len(at.dataframe[0].value) == 2
    at.text_input(key="words").set_value("nothing like it").run()
    assert "Nothing found." in texts(at)


def download(at: AppTest) -> str:
    """What stands on the button."""
    return str(at.get("download_button")[0].label)  # type: ignore[union-attr]


def test_works_are_taken_away(example_app: Open, desk: Desk) -> None:
    at = example_app("records")
    assert download(at) == "Download 82 works (.ris)"
    at.selectbox(key="export-set").set_value("included").run()
    included = exporting.count(desk, exporting.filter_of("included"))
    assert download(at) == f"Download {included} works (.ris)"
    at.selectbox(key="export-set").set_value("all").run()
    at.text_input(key="words").set_value("clubhouse").run()
    assert download(at) == "Download 2 works (.ris)"
    at.toggle(key="export-search").set_value(False).run()
    assert download(at) == "Download 82 works (.ris)"
    assert not at.exception
    assert not at.error


def test_a_pair_is_decided_and_taken_back(example_app: Open, desk: Desk) -> None:
    record_pairs.decide(desk, (1, 2), "same")
    at = example_app("duplicates")
    assert [metric.value for metric in at.metric][:3] == ["96", "81", "15"]
    at.session_state["tab"] = "Decided by people"
    at.run()
    button(at, "Take back")
    assert duplicates.counts(desk).works == 82


def test_sources_are_compared(example_app: Open) -> None:
    at = example_app("counts")
    at.session_state["counts-tab"] = "Sources"
    at.run()
    found = at.dataframe[0].value
    assert found["Records"].sum() == 96
    assert found["Works that no others found"].sum() == 82
    at.toggle(key="overlap-included").set_value(True).run()
    assert at.dataframe[0].value["Works that no others found"].sum() == 26
    assert not at.error


def test_a_new_study_is_linked_and_renamed(example_app: Open, desk: Desk) -> None:
    study = studies.listing(desk)[0]
    at = example_app("studies")
    report = study.reports[0]
    at.text_input(key=f"label-{study.id}").set_value("ACCESS").run()
    at.button(key=f"rename-{study.id}").click().run()
    assert any(one.label == "ACCESS" for one in studies.listing(desk))
    other = next(s for s in studies.listing(desk) if len(s.reports) == 3)
    report = other.reports[2]
    at.button(key=f"unlink-{other.id}-{report.work_id}").click().run()
    assert "Reports without a study: 1" in texts(at)
    at.multiselect(key="reports").set_value([report.work_id]).run()
    at.button(key="link").click().run()
    assert len(studies.listing(desk)) == 20


def test_a_study_of_each_report_says_first_what_that_does(
    example_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studies, "SHARED_NAMES", 0)  # all that wait are suggested
    monkeypatch.setattr(studies, "YEARS_APART", 99)
    for study in studies.listing(desk):
        for report in study.reports[1:]:
            studies.unlink(desk, study.id, report.work_id)
    waiting = studies.unlinked(desk)
    pairs = len(studies.suggestions(waiting))
    assert pairs
    at = example_app("studies")
    at.button(key="each").click().run()
    assert f"in {number(pairs, 'pair')} that may be one study, and would count as" in texts(at)
    assert len(studies.unlinked(desk)) == len(waiting)
    at.button(key="each-not").click().run()
    assert "would count as several" not in texts(at)
    at.button(key="each").click().run()
    at.button(key="each-all").click().run()
    assert not studies.unlinked(desk)
    assert not at.exception


def test_the_coding_page_shows_the_desk_at_the_first_study_that_is_open(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("coding")
    assert not at.exception
    first = progress(desk)[0].study
    assert at.session_state["study"] == first.id
    (study,) = at.sidebar.selectbox
    assert (study.label, study.value, len(study.options)) == ("Study", first.id, 19)


def with_schemes(example_app: Open, *, takes_part: bool = True) -> AppTest:
    at = example_app("coding", takes_part=takes_part)
    at.session_state["schemes-box"] = True
    return at.run()


def test_another_scheme_is_taken_and_its_rule_is_chosen(example_app: Open, desk: Desk) -> None:
    at = with_schemes(example_app)
    assert "maps and tables rest on it" in texts(at)
    assert "take-recovery-vocational.yaml" not in {one.key for one in at.button}
    at.button(key="take-weight-of-evidence.yaml").click().run()
    first, weight = schemes.taken(desk)
    assert weight.scheme.id == "weight-of-evidence"
    assert schemes.of_results(desk) == first
    assert not [one for one in at.button if str(one.key).startswith("take-")]  # none moves there
    assert "is taken, and can be coded with" in " ".join(said.value for said in at.success)
    at.session_state["schemes-box"] = True
    rule = next(one for one in at.run().selectbox if one.label.startswith("Rule for"))
    rule.select(Take.MEDIAN).run()
    ruled = schemes.get(desk, weight.id).scheme.question("weight-d")
    assert ruled
    assert ruled.rule
    assert ruled.rule.take is Take.MEDIAN
    at.session_state["schemes-box"] = True
    at.run().button(key="more-schemes").click().run()
    assert "take-weight-of-evidence.yaml" not in {one.key for one in at.button}
    assert not at.exception


def test_a_new_version_says_what_it_touches_before_it_is_taken(
    example_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (now,) = schemes.taken(desk)
    newer = now.version.yaml.replace("{id: quality-of-life, label: Quality of life}", "")
    newer = newer.replace("          - \n", "").replace("title: Recovery", "title: <b>Recovery")
    (tmp_path / "newer.yaml").write_text(newer, encoding="utf-8")
    monkeypatch.setenv("WAYMARK_SCHEMES", str(tmp_path))
    at = with_schemes(example_app)
    (warning,) = [one.value for one in at.warning if "is retired" in one.value]
    assert "“Quality of life”" in warning
    assert "as “no longer in the scheme”, and out of maps and tables" in warning
    assert schemes.taken(desk) == [now]
    at.button(key="take-newer.yaml").click().run()
    (taken,) = schemes.taken(desk)
    assert (taken.version.number, taken.id) == (2, now.id)
    assert not at.exception


def test_who_takes_no_part_sees_the_schemes_only(example_app: Open) -> None:
    at = with_schemes(example_app, takes_part=False)
    assert "Editors of the review can take another scheme." in texts(at)
    assert not [one for one in at.button if str(one.key).startswith("take-")]


def test_a_review_with_many_studies_has_no_list_of_all_at_the_side(
    example_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_choice, "MOST_LISTED", 18)
    at = example_app("coding")
    assert not at.exception
    assert not at.sidebar.selectbox
    assert "Choose a study in **All studies**, below the desk." in texts(at)


def test_the_map_says_what_it_rests_on(example_app: Open) -> None:
    at = example_app("evidence_map")
    assert "Rests on 18 of 19 studies; 1 not coded completely yet." in texts(at)
    assert "Not coded completely: 1 study" in [box.label for box in at.expander]
    at.toggle(key="with-drafts").set_value(True).run()
    assert not at.exception


def test_the_map_is_shown_to_who_only_looks(example_app: Open) -> None:
    at = example_app("evidence_map", takes_part=False)
    assert "Rests on 18 of 19 studies" in texts(at)


def test_what_the_map_does_not_have_of_its_first_view_is_told(
    example_app: Open, desk: Desk
) -> None:
    view = "rows=axis:outcome&columns=axis:intervention&f=question:design~any~a-code-that-went"
    map_settings.change(desk, MapSettings(view=view), MapSettings())
    at = example_app("evidence_map")
    at.session_state["map-settings"] = True
    at.run()
    assert not at.exception
    assert "a code that this map does not have: a-code-that-went" in texts(at)


def test_versions_can_be_opened_where_nothing_counts_any_more(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("evidence_map")
    map_versions.freeze(desk, "As submitted")
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.coding).values(state="draft"))
    at.run()
    assert "Go to coding" in [link.proto.label for link in at.get("page_link")]
    assert "Versions" in [box.label for box in at.expander]
    at.query_params["version"] = "1"
    at.run()
    assert not at.exception
    assert "Version 1, frozen by" in texts(at)


def test_a_version_is_not_compared_with_itself(example_app: Open, desk: Desk) -> None:
    at = example_app("evidence_map")
    map_versions.freeze(desk)
    at.query_params["version"] = at.query_params["since"] = "1"
    at.run()
    assert not at.exception
    assert "Version 1 is no earlier one than version 1." in texts(at)
    assert "since" not in at.query_params


def test_the_map_leaves_as_a_file_whose_size_is_told(example_app: Open) -> None:
    at = example_app("evidence_map")
    at.button(key="map-download").click().run()
    assert not at.error
    assert re.fullmatch(r"Download the file \([34]\d\d KB\)", download(at))


def test_directions_show_one_contrast_as_plot_harvest_and_words(example_app: Open) -> None:
    at = example_app("directions")
    assert not at.error
    assert len(at.get("download_button")) == 3
    at.selectbox(key="contrast").set_value("work-status").run()
    assert not at.error
    at.session_state["direction-view"] = "Harvest plot"
    at.run()
    assert not at.error
    at.session_state["direction-view"] = "In words"
    at.run()
    assert not at.error
    assert "Choose a row to see its studies" in texts(at)
    assert "Words are used from 3 studies" in texts(at)


def test_meta_analysis_without_numbers_says_where_they_are_entered(example_app: Open) -> None:
    at = example_app("pooling")
    assert not at.error
    assert "No finding has numbers yet" in texts(at)


def test_an_appraisal_is_shown_as_traffic_light_and_bars(example_app: Open, desk: Desk) -> None:
    assert "no scheme for appraisal yet" in texts(example_app("appraisal"))
    yaml = (ROOT / "coding_schemes" / "weight-of-evidence.yaml").read_text(encoding="utf-8")
    scheme_id = schemes.add(desk, yaml, "weight-of-evidence.yaml")
    at = opened("appraisal")
    assert "No coding is complete yet" in texts(at)
    study_id = studies.listing(desk)[0].id
    for letter in "abcd":
        answer = Answer(question=f"weight-{letter}", codes=("high",))
        coding.set_answer(desk, study_id, answer, scheme_id)
    coding.complete(desk, study_id, scheme_id)
    at = opened("appraisal")
    assert not at.error
    assert "Rests on 1 of 19 studies" in texts(at)
    assert len(at.get("download_button")) == 3
    at.session_state["appraisal-view"] = "Summary bars"
    at.run()
    assert not at.error
    assert len(at.get("download_button")) == 3


def test_judgements_of_a_file_are_drawn_with_critical_items_and_weights(
    example_app: Open,
) -> None:
    heads = ",".join(["Review", *(f"Q{n}" for n in range(1, 17))])
    rows = [",".join([name, *(["Y"] * 15), "N"]) for name in ("A <b>review", "Another")]
    at = example_app("appraisal", name="Example reader")
    at.session_state["appraisal-tab"] = "From a file"
    at.session_state["judgements-file"] = ("r.csv", "\n".join([heads, *rows]).encode())
    at.run()
    assert not at.error
    assert at.multiselect(key="judgements-critical").value == [2, 4, 7, 9, 11, 13, 15]
    at.multiselect(key="judgements-critical").set_value([16]).run()
    assert not at.error
    assert list(at.dataframe[0].value["Overall"]) == ["Low", "Low"]
    at.session_state["judgements-file"] = ("rob.csv", b"Study,Bias,Weight\nA,Low,2\nB,Odd,1\n")
    at.session_state["judgements-view"] = "Summary bars"
    at.run()
    assert "rob.csv, line 3, column Bias: “Odd” is no judgement" in texts(at)
    at.toggle(key="judgements-weighted").set_value(True).run()
    assert not at.error
    assert "Share of weight, %" in at.dataframe[0].value
    at.session_state["judgements-file"] = ("empty.csv", b"")
    at.run()
    assert "empty.csv is empty" in at.error[0].value


def test_lists_of_reviews_are_entered_matched_and_taken_out(example_app: Open, desk: Desk) -> None:
    labels = {study.id: study.label for study in studies.listing(desk)}
    first, second, third = list(labels)[:3]
    at = example_app("appraisal", name="Example reader")
    at.session_state["appraisal-tab"] = "Overlap of reviews"
    at.run()
    assert "No list of a review is entered yet" in texts(at)
    at = button(at, "Add")
    assert [error.value for error in at.error] == ["Choose the review whose list this is."]
    for review in (first, second):
        review_overlap.add(desk, review, citations=[labels[third], "<b>Old *1990*"])
    at.run()
    assert not at.error
    assert "2 reviews, 2 primary studies, 4 inclusions" in texts(at)
    assert "2 citations to match" in texts(at)
    assert "\\<b>Old \\*1990\\*" in texts(at)
    at = button(at, "Keep")  # as proposed: the label is that of a study
    assert review_overlap.overlap(desk).unmatched == ("<b>Old *1990*",)
    at = button(at, "Take the whole list out (2 entries)")
    assert list(review_overlap.overlap(desk).reviews) == [second]
    at = button(at, "Undo")
    assert not at.error
    assert list(review_overlap.overlap(desk).reviews) == [first, second]


def test_certainty_is_judged_kept_and_checked_for_completeness(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("summary_of_findings", name="Example reader")
    assert not at.error
    assert "Certainty is judged on 0 of" in texts(at)
    begin = next(one for one in at.selectbox if one.label == "Begins as")
    key = str(begin.key).removesuffix("-start")
    for domain in GradeDomain:
        at.selectbox(key=f"{key}-{domain}").set_value(Concern.NONE)
        at.text_input(key=f"{key}-{domain}-why").set_value("as the appraisal says")
    at.selectbox(key=f"{key}-imprecision").set_value(Concern.SERIOUS)
    at = button(at, "Keep")
    assert not at.error
    assert "Certainty is judged on 1 of" in texts(at)
    assert "Last judged by Example reader" in texts(at)
    (change,) = summary_of_findings.judgements(desk).values()
    assert certainty_of(change.judgement) is Certainty.MODERATE


def test_a_judgement_never_goes_over_one_that_was_not_seen(example_app: Open, desk: Desk) -> None:
    at = example_app("summary_of_findings", name="Example reader")
    begin = next(one for one in at.selectbox if one.label == "Begins as")
    key = str(begin.key).removesuffix("-start")
    at.selectbox(key=f"{key}-imprecision").set_value(Concern.SERIOUS)
    at.text_input(key=f"{key}-imprecision-why").set_value("few people")
    at = button(at, "Keep")
    assert not at.error
    ((outcome, kept),) = summary_of_findings.judgements(desk).items()
    others = replace(kept.judgement, reason="by somebody else meanwhile")
    summary_of_findings.judge(desk, outcome, others, kept.judgement)
    key = key.removesuffix("-0") + "-1"
    at.text_input(key=f"{key}-imprecision-why").set_value("written over it")
    at = button(at, "Keep")
    assert "meanwhile" in at.error[0].value
    assert summary_of_findings.judgements(desk)[outcome].judgement == others


def test_a_finding_of_views_is_written_judged_and_taken_away(example_app: Open, desk: Desk) -> None:
    at = example_app("summary_of_findings", name="Example reader")
    at.session_state["summary-tab"] = "Views and process"
    at.run()
    assert "No finding of this kind is entered yet" in texts(at)
    area(at, "A new finding").set_value("People *value* support.")
    at = button(at, "Add")
    assert not at.error
    assert "Confidence is judged on 0 of 1 finding" in texts(at)
    ((uid, change),) = review_findings.current(desk).items()
    key = f"review-finding-{desk.review_id}-{uid}-0"
    at.selectbox(key=f"{key}-confidence").set_value(Certainty.MODERATE)
    at.text_input(key=f"{key}-confidence-why").set_value("few studies")
    at.multiselect(key=f"{key}-studies").set_value([studies.listing(desk)[0].id])
    for component in Component:
        at.selectbox(key=f"{key}-{component}").set_value(ConcernLevel.MINOR)
        at.text_input(key=f"{key}-{component}-why").set_value("as read")
    at = button(at, "Keep")
    assert not at.error
    assert "Confidence is judged on 1 of 1 finding" in texts(at)
    assert confidence_of(review_findings.current(desk)[uid].finding) is Certainty.MODERATE
    at = button(at, "Take this finding away")
    assert review_findings.current(desk) == {}
    at = button(at, "Bring back")
    assert review_findings.current(desk)[uid].finding.statement == change.finding.statement


def test_a_number_of_the_flow_opens_what_it_counts(example_app: Open) -> None:
    at = example_app("counts")
    names = at.selectbox(key="flow-behind").options
    place = next(at for at, name in enumerate(names) if "Reports assessed" in name)
    at.selectbox(key="flow-behind").set_value(place).run()
    assert not at.error
    listed = int(re.findall(r"\(([0-9,]+)\)$", names[place])[0])
    assert len(at.dataframe[-1].value) == listed


def test_the_flow_of_an_update_is_chosen_with_its_numbers(example_app: Open, desk: Desk) -> None:
    at = example_app("counts")
    at.session_state["flow-settings"] = True
    at.run()
    key = f"flow-settings-{desk.review_id}-0"
    at.number_input(key=f"{key}-previous-studies").set_value(3)
    at.number_input(key=f"{key}-previous-reports").set_value(4)
    at = button(at, "Keep")
    assert not at.error
    assert flow_settings.current(desk).previous_studies == 3
    assert "updated review" in texts(at) or "updated review" in at.header[0].value


def test_counts_show_the_flow_and_lead_to_the_studies(example_app: Open) -> None:
    at = example_app("counts")
    assert "Still open" in texts(at)
    at.session_state["counts-tab"] = "Studies"
    at.run()
    assert not at.error
    assert {link.proto.label for link in at.get("download_button")} == {"SVG", "PNG", "CSV"}
    for view in ("Year", "Two questions", "Study", "Outcome"):
        at.session_state["count-by"] = view
        at.run()
        assert not at.error
    assert set(at.dataframe[0].value["Result"]) <= {"reported", "partly", "measured only"}
    assert [link.proto.label for link in at.get("page_link")][-1] == "Evidence map"


def test_own_decisions_are_listed_and_changed(example_app: Open, desk: Desk) -> None:
    at = example_app("screening", name="Example reader")
    at.session_state["stage"] = Stage.FULL_TEXT
    at.run()
    assert not at.error
    assert "Included 26" in str(at.get("progress")[0].proto)


def test_a_report_is_marked_as_the_same_publication(example_app: Open, desk: Desk) -> None:
    study = next(one for one in studies.listing(desk) if len(one.reports) > 1)
    report, other = study.reports[:2]
    at = example_app("studies")
    at.session_state[f"twin-{study.id}-{report.work_id}"] = True
    at.run()
    at.text_input(key=f"same-{report.work_id}").set_value(other.title).run()
    assert not at.error
    at.text_input(key=f"why-{report.work_id}-{other.work_id}").set_value("one DOI").run()
    at.button(key=f"join-{report.work_id}-{other.work_id}").click().run()
    assert not at.error
    now = next(one for one in studies.listing(desk) if one.id == study.id)
    assert len(now.reports) == len(study.reports) - 1


def test_a_report_in_two_studies_can_be_taken_from_one(example_app: Open, desk: Desk) -> None:
    one, other = studies.listing(desk)[:2]
    record_pairs.mark_same(desk, one.reports[0].work_id, other.reports[0].work_id)
    at = example_app("studies")
    assert "These reports stand in several studies" in texts(at)
    (shared,) = studies.shared_reports(studies.listing(desk))
    at.button(key=f"not-of-{other.id}-{shared.report.work_id}").click().run()
    assert not at.error
    assert studies.shared_reports(studies.listing(desk)) == []
    assert len(studies.listing(desk)) == 19


def test_a_pdf_that_fits_no_report_is_given_to_one_from_a_list(example_app: Open) -> None:
    at = example_app("full_texts")
    at.session_state["unplaced-pdfs"] = {"scan.pdf": b"%PDF-1.7 invented"}
    at.run()
    assert "fits no report" in " ".join(warning.value for warning in at.warning)
    at.selectbox(key="report-of-scan.pdf").select_index(0).run()
    at.button(key="add-scan.pdf").click().run()
    assert "fits no report" not in " ".join(warning.value for warning in at.warning)
    assert at.session_state["unplaced-pdfs"] == {}


def test_full_texts_are_sought_for_what_was_included(example_app: Open) -> None:
    at = example_app("full_texts")
    assert "39 reports sought" in texts(at)
    offered = at.segmented_control(key="search").options
    assert any(option.startswith("Not retrieved") for option in offered)


def test_decisions_come_in_and_go_out(example_app: Open) -> None:
    at = example_app("decisions")
    table = "title,year,asreview_label\nFabricated title that no review holds,2001,1\n"
    at.file_uploader[0].upload("asreview.csv", table.encode(), "text/csv").run()
    assert "ASReview · 1 decision, 0 of them about works of this review" in texts(at)
    assert not at.file_uploader[0].value  # the file is gone; what it says waits
    at.button(key="put-decisions-aside").click().run()
    assert "1 decision, 0 of them" not in texts(at)
    at.file_uploader[0].upload("empty.csv", b"", "text/csv").run()
    assert "empty.csv" in at.error[0].value
    at.button(key="prepare-decisions").click().run()
    assert not at.exception
    assert len(at.get("download_button")) == 1


def test_a_files_reasons_that_are_called_otherwise_here_are_named(
    example_app: Open, desk: Desk
) -> None:
    first = reasons.listing(desk)[0]
    reasons.rename(desk, first.id, "Not *any* work")
    title = full_texts.page(desk, None, 0, 1)[0].reference.title
    entry = (
        f'TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: {{"me"=>"Excluded"}} | '
        f"RAYYAN-EXCLUSION-REASONS: {first.label}\nER  - \n"
    )
    at = example_app("decisions")
    at.file_uploader[0].upload("rayyan.ris", entry.encode(), "text/plain").run()
    assert f"“{first.label}” counts as “Not \\*any\\* work”" in texts(at)


def test_a_colleagues_decisions_wait_until_she_confirms_them(example_app: Open, desk: Desk) -> None:
    titles = [report.reference.title for report in full_texts.page(desk, None, 0, 2)]
    rows = "".join(f"{title},,1,*Eva*\n" for title in map(quoted, titles))
    table = f"title,abstract,asreview_label,asreview_user_name\n{rows}".encode()
    found = decision_files.preview(desk, "as*review*.csv", table)
    assert decision_files.bring(desk, found, {"*Eva*": "Eva"}, stage=Stage.TITLE_ABSTRACT).file_id
    at = example_app("decisions", name="Eva")
    assert "brought 2 decisions under your name" in texts(at)
    assert "as\\*review\\*.csv" in texts(at)  # never Markdown
    at.toggle[0].set_value(True).run()
    assert len(at.dataframe[0].value) == 2
    at.button(key="confirm-1").click().run()
    assert not at.exception
    assert "2 decisions from the file count now." in texts(at)
    assert "under your name" not in texts(at)


def test_who_is_not_of_the_team_is_offered_no_file_to_bring(example_app: Open) -> None:
    at = example_app("decisions", takes_part=False)
    assert "Only people of the team who screen can bring decisions in." in texts(at)
    assert not at.file_uploader


def quoted(title: str) -> str:
    return '"' + title.replace('"', '""') + '"'


def test_where_random_works_come_from_is_said(example_app: Open, desk: Desk) -> None:
    now = stage_settings.current(desk, Stage.TITLE_ABSTRACT)
    drawn = replace(now, order=Order.PRIORITY, chance=0.05)
    stage_settings.change(desk, Stage.TITLE_ABSTRACT, drawn, now)
    assert "5% are drawn at random, as the page Team says" in texts(example_app("stopping"))

    none = replace(drawn, chance=0.0)
    stage_settings.change(desk, Stage.TITLE_ABSTRACT, none, drawn)
    assert "No works are drawn at random" in texts(example_app("stopping"))


def test_rules_for_stopping_say_what_they_see(example_app: Open) -> None:
    at = example_app("stopping")
    assert "None of them stops anybody" in texts(at)
    assert "no random sample" in texts(at)
    assert "Too few to tell: none was read at random" in texts(at)
    assert "nobody said whether all key papers are found" in texts(at)
    at.number_input(key="key-papers").set_value(2).run()
    assert "2 of the key papers not found yet" in texts(at)
    at.text_input(key="why-in-a-row").set_value("A test of the page").run()
    button(at, "Note this for the methods")
    assert not at.exception


def test_reasons_that_a_colleague_changed_meanwhile_are_not_overwritten(
    example_app: Open, desk: Desk
) -> None:
    before = [one.label for one in reasons.listing(desk)]
    at = example_app("screening")
    at.session_state["reasons"] = True
    at.run()
    box = next(one for one in at.text_area if one.label == "Reasons for exclusion")
    box.set_value("\n".join([*before, "Mine"]))
    reasons.replace(desk, [*before, "Theirs"])
    save = next(one for one in at.button if one.label == "Save the reasons")
    save.click().run()
    assert any("Meanwhile this was changed" in one.value for one in at.warning)
    assert [one.label for one in reasons.listing(desk)] == [*before, "Theirs"]
    box = next(one for one in at.text_area if one.label == "Reasons for exclusion")
    assert (box.value or "").endswith("Mine")
    box.set_value("\n".join([*before, "Theirs", "Mine"]))
    next(one for one in at.button if one.label == "Save the reasons").click().run()
    assert not at.error
    assert [one.label for one in reasons.listing(desk)] == [*before, "Theirs", "Mine"]
