"""Statements know what they rest on; changes below are flagged until an editor saw them."""

import csv
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from io import StringIO

import pytest
from sqlalchemy import select

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.results import review_findings, summary_of_findings
from evidence.steps.results.concluding import conclusions, ledger_file, strength_rules
from evidence.steps.results.concluding.conclusions import LedgerLine, new_uid
from evidence.steps.results.report_facts import facts
from evidence.steps.results.theming import themes
from evidence.steps.screening import decisions
from evidence.store import Role, Store
from evidence.store.coding import studies as kept_studies
from evidence.store.records import works
from evidence.store.results import conclusions as stored
from evidence.store.schema import record
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.certainty.grade import (
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.conclusions.conclusion import (
    RESEARCH,
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.conclusions.flags import NO_SUPPORT, Aspect
from evidence.synthesis.conclusions.strength_rule import USUAL_RULE, why_not
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from tests.conftest import a_reading, keep
from tests.steps.coding.test_coding import finding, study_id
from tests.steps.conftest import enter, taken

__all__ = ["study_id"]
HOPE = Support(kind=SupportKind.OUTCOME, ids=("arms", "ips", "hope"))
CELL = Support(kind=SupportKind.CELL, ids=("axis:outcome", "hope", "axis:intervention", "ips"))
KEY = SummaryKey(contrast="arms", intervention="ips", outcome="hope")
LOW = CertaintyJudgement(
    start=Certainty.LOW,
    domains=dict.fromkeys(GradeDomain, DomainConcern(concern=Concern.NONE, reason="as read")),
)


@pytest.fixture
def drake(desk: Desk, study_id: int) -> Support:
    """A study that is coded completely, with a finding."""
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding(quotation="Invented words."))
    coding.complete(desk, study_id)
    return Support(kind=SupportKind.STUDY, ids=(str(study_id),))


def add(desk: Desk, *supports: Support, text: str = "Offer support.") -> Conclusion:
    said = Conclusion(uid=new_uid(), text=text, supports=supports)
    conclusions.add(desk, said)
    return said


def line(desk: Desk) -> LedgerLine:
    return conclusions.ledger(desk)[0]


def texts(desk: Desk) -> list[str]:
    return [flag.text for flag in line(desk).flags]


def saw(desk: Desk) -> None:
    conclusions.mark_seen(desk, line(desk).conclusion, line(desk).changes)


def exclude(desk: Desk, study: int) -> None:
    (report,) = kept_studies_of(desk, study)
    new = NewDecision(
        work_id=report, stage=Stage.FULL_TEXT, verdict=Verdict.EXCLUDE, client_id="out"
    )
    decisions.decide(desk, [new])


def kept_studies_of(desk: Desk, study: int) -> list[int]:
    with desk.reading() as c:
        return [r.work_id for r in kept_studies.get(c, desk.review_id, study).reports]


def test_a_statement_is_written_changed_and_its_history_kept(desk: Desk, drake: Support) -> None:
    said = add(desk, drake, HOPE, CELL)
    assert texts(desk) == []
    assert list(line(desk).supports.values()) == [
        "Drake 1996", "Hope: IPS (between arms)", "Cell Hope × IPS",
    ]  # fmt: skip
    wanted = replace(
        said, text="Offer more.\x00", kind=ConclusionKind.RECOMMENDATION, audience=RESEARCH
    )
    conclusions.change(desk, wanted, said)
    conclusions.change(desk, wanted, said)  # sent again: nothing more happens
    assert line(desk).conclusion == replace(wanted, text="Offer more.")
    assert len(conclusions.history(desk)) == 2
    assert conclusions.resting_on(desk, int(drake.ids[0])) == conclusions.ledger(desk)
    assert conclusions.resting_on(desk, 999) == ()


def test_a_new_statement_that_is_sent_twice_is_there_once(desk: Desk, drake: Support) -> None:
    said = add(desk, drake)
    conclusions.add(desk, said)
    assert len(conclusions.ledger(desk)) == 1
    with pytest.raises(Invalid, match="meanwhile"):
        conclusions.add(desk, replace(said, text="Other words."))
    with pytest.raises(Invalid, match="no name of its own"):
        conclusions.add(desk, replace(said, uid="<b>"))


def test_nobody_writes_over_what_they_did_not_see(
    desk: Desk, bens_desk: Desk, drake: Support
) -> None:
    enter(bens_desk)
    said = add(desk, drake)
    conclusions.change(bens_desk, replace(said, text="Ben's words."), said)
    with pytest.raises(Invalid, match="meanwhile"):
        conclusions.change(desk, replace(said, reason="mine"), said)
    with pytest.raises(Invalid, match="meanwhile"):
        conclusions.remove(desk, said)
    with pytest.raises(Invalid, match="meanwhile"):
        conclusions.mark_seen(desk, said, ())
    assert line(desk).conclusion.text == "Ben's words."


def test_a_statement_is_taken_away_and_comes_back(desk: Desk, drake: Support) -> None:
    said = add(desk, drake)
    with pytest.raises(Invalid, match="was not taken away"):
        conclusions.bring_back(desk, said.uid)
    conclusions.remove(desk, said)
    assert conclusions.ledger(desk) == ()
    conclusions.bring_back(desk, said.uid)
    assert line(desk).conclusion == said
    assert len(conclusions.history(desk)) == 3


def test_a_coding_that_changed_is_flagged_until_somebody_saw_it(desk: Desk, drake: Support) -> None:
    said = add(desk, drake, HOPE)
    coding.reopen(desk, int(drake.ids[0]))
    coding.complete(desk, int(drake.ids[0]))
    told = texts(desk)
    assert told[0] == "Drake 1996: the coding that counts changed."
    assert told[1].startswith("Hope: IPS (between arms) (Drake 1996)")
    conclusions.change(desk, replace(said, text="Other words."), said)
    assert texts(desk) == told  # new words are no look at what changed
    shown = line(desk)
    saw(desk)
    assert texts(desk) == []
    conclusions.mark_seen(desk, shown.conclusion, shown.changes)  # sent again
    newest = conclusions.history(desk)[0]
    assert (newest.act, newest.person, list(newest.seen)) == ("seen", "Anna", told)


def test_a_change_that_came_after_the_look_is_not_seen_by_it(desk: Desk, drake: Support) -> None:
    add(desk, drake, HOPE)
    exclude(desk, int(drake.ids[0]))
    shown = line(desk)
    summary_of_findings.judge(desk, KEY, LOW, OPEN)
    with pytest.raises(Invalid, match="Something else changed"):
        conclusions.mark_seen(desk, shown.conclusion, shown.changes)
    assert len(texts(desk)) > len(shown.flags)


def test_an_excluded_study_leaves_its_statement_without_support(desk: Desk, drake: Support) -> None:
    add(desk, drake)
    exclude(desk, int(drake.ids[0]))
    assert texts(desk)[:2] == [NO_SUPPORT, "Drake 1996 is no longer included."]
    saw(desk)
    assert texts(desk) == [NO_SUPPORT]


def test_a_report_that_goes_to_another_study_flags_both(desk: Desk, drake: Support) -> None:
    with desk.writing(Role.EDITOR) as w:
        other = kept_studies.create(w, "Bond 2001", [], free=set())
    studies.link(desk, other, [included(desk, "Another report")])
    add(desk, drake)
    add(desk, Support(kind=SupportKind.STUDY, ids=(str(other),)), text="Another.")
    (report,) = kept_studies_of(desk, other)
    studies.unlink(desk, other, report)
    studies.link(desk, int(drake.ids[0]), [report])
    first, second = conclusions.ledger(desk)
    changed = "its reports changed (linked, taken away, merged or split)."
    came = "Linked, or split off from another: “Another report”."
    assert f"Drake 1996: {changed} {came}" in [flag.text for flag in first.flags]
    assert [flag.text for flag in second.flags][:3] == [
        NO_SUPPORT,
        "Bond 2001 is no longer included.",
        f"Bond 2001: {changed} Taken away or merged into another: “Another report”.",
    ]


def test_a_study_that_is_split_in_two_is_told_with_the_report_that_went(
    desk: Desk, drake: Support
) -> None:
    number = int(drake.ids[0])
    later = included(desk, "Ten years later")
    studies.link(desk, number, [later])
    said = add(desk, drake)
    studies.unlink(desk, number, later)
    other = studies.create(desk, [later])
    told = texts(desk)
    assert told[0].startswith("Drake 1996: its reports changed")
    assert told[0].endswith("Taken away or merged into another: “Ten years later”.")
    assert told[1:] == ["Drake 1996: the newest screening decision on its reports is another."]
    assert (line(desk).conclusion, line(desk).studies) == (said, (number,))
    assert conclusions.resting_on(desk, other) == ()
    saw(desk)
    assert texts(desk) == []
    assert conclusions.history(desk)[0].seen == tuple(told)


def test_a_study_that_was_merged_with_another_is_told_by_its_name_and_nothing_is_lost(
    desk: Desk, drake: Support
) -> None:
    """All its reports are linked to the other study."""
    later = included(desk, "Ten years later")
    other = studies.create(desk, [later], "Meyer 2000")
    gone = Support(kind=SupportKind.STUDY, ids=(str(other),))
    said = add(desk, drake, gone)
    studies.unlink(desk, other, later)
    studies.link(desk, int(drake.ids[0]), [later])
    told = texts(desk)
    assert told[0].startswith("Drake 1996: its reports changed")
    assert told[0].endswith("Linked, or split off from another: “Ten years later”.")
    assert "Meyer 2000 is no longer included." in told
    assert line(desk).conclusion == said
    assert line(desk).supports[gone] == "Meyer 2000"


def test_two_reports_that_become_one_work_and_two_again_are_told_and_end_by_themselves(
    desk: Desk, drake: Support
) -> None:
    number = int(drake.ids[0])
    later = included(desk, "Ten years later")
    studies.link(desk, number, [later])
    add(desk, drake)
    first = next(each for each in kept_studies_of(desk, number) if each != later)
    record_pairs.mark_same(desk, first, later)
    (told,) = (each for each in texts(desk) if "its reports changed" in each)
    assert "Taken away or merged into another: “" in told
    with desk.reading() as c:
        records = works.get(c, desk.review_id, kept_studies_of(desk, number)[0]).records
    record_pairs.split_off(desk, records[1].id)
    assert not [each for each in texts(desk) if "its reports changed" in each]


def test_the_undo_of_an_import_takes_no_study_from_below_a_statement_in_silence(
    desk: Desk, drake: Support
) -> None:
    """A file whose works were decided on or are linked stays; the statement says nothing new."""
    later = included(desk, "Ten years later")
    studies.link(desk, int(drake.ids[0]), [later])
    add(desk, drake)
    with desk.reading() as c:
        files = c.execute(select(record.c.file_id).where(record.c.work_id == later)).scalars().all()
    with pytest.raises(NotAllowed):
        imports.undo(desk, *files)
    with pytest.raises(NotAllowed):
        imports.undo_untouched(desk, *files)
    assert texts(desk) == []
    assert later in kept_studies_of(desk, int(drake.ids[0]))


def included(desk: Desk, title: str) -> int:
    """A new work that was included in full text and is in no study."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(title), sha=title)
    (waiting,) = taken(desk, Stage.TITLE_ABSTRACT).waiting
    for stage in Stage:
        new = NewDecision(
            work_id=waiting.id,
            stage=stage,
            verdict=Verdict.INCLUDE,
            client_id=f"{title} {stage}",
        )
        decisions.decide(desk, [new])
    return waiting.id


def test_certainty_that_was_judged_again_is_flagged_and_bounds_strength(
    desk: Desk, drake: Support
) -> None:
    assert drake
    rule = replace(USUAL_RULE, is_bounded=True)
    strength_rules.change(desk, rule, USUAL_RULE)
    summary_of_findings.judge(desk, KEY, LOW, OPEN)
    said = replace(add(desk, HOPE), strength="strong", reason="large effects")
    with pytest.raises(Invalid, match="lowest that this statement rests on is"):
        conclusions.add(desk, replace(said, uid=new_uid(), supports=(CELL, HOPE)))
    summary_of_findings.judge(desk, KEY, replace(LOW, start=Certainty.HIGH), LOW)
    saw(desk)
    conclusions.change(desk, said, line(desk).conclusion)
    assert texts(desk) == []
    summary_of_findings.judge(desk, KEY, LOW, replace(LOW, start=Certainty.HIGH))
    assert texts(desk) == [
        "Hope: IPS (between arms): certainty was high and is low now.",
        "Hope: IPS (between arms): certainty was judged again.",
        why_not(rule, "strong", Certainty.LOW),
    ]
    saw(desk)
    assert len(texts(desk)) == 1  # too strong it stays


def test_findings_and_statements_that_are_gone_or_changed_are_flagged(
    desk: Desk, drake: Support
) -> None:
    uid = review_findings.add(desk, "People value support.")
    finding_of_review = Support(kind=SupportKind.FINDING, ids=(uid,))
    first = add(desk, drake)
    on_first = Support(kind=SupportKind.STATEMENT, ids=(first.uid,))
    add(desk, finding_of_review, on_first, text="Both.")
    assert conclusions.ledger(desk)[1].studies == (int(drake.ids[0]),)
    with pytest.raises(Invalid, match="cannot rest on itself"):
        both = conclusions.ledger(desk)[1].conclusion
        circle = Support(kind=SupportKind.STATEMENT, ids=(both.uid,))
        conclusions.change(desk, replace(first, supports=(circle,)), first)
    conclusions.remove(desk, first)
    review_findings.remove(desk, review_findings.current(desk)[uid].finding)
    (only,) = conclusions.ledger(desk)
    assert [flag.text for flag in only.flags] == [
        NO_SUPPORT,
        "“People value support.” is not there any more.",
        "“Offer support.” is not there any more.",
    ]
    assert {flag.aspect for flag in only.changes} == {Aspect.PRESENCE}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"text": " "}, "Write what is concluded"),
        ({"text": "x" * 3001}, "up to 3,000 characters"),
        ({"audience": ""}, "for whom"),
        ({"audience": "x" * 121}, "up to 120"),
        ({"reason": "x" * 2001}, "up to 2,000"),
        ({"strength": "strong"}, "Say why"),
        ({"strength": "huge", "reason": "so"}, "no level"),
        ({"supports": (HOPE, HOPE)}, "twice"),
        ({"supports": (replace(HOPE, ids=("arms",)),)}, "not complete"),
        ({"supports": (replace(HOPE, ids=("arms", "ips", "<b>")),)}, "not there any more"),
        ({"supports": (Support(kind=SupportKind.STUDY, ids=("9" * 30,)),)}, "not there any more"),
        ({"supports": (Support(kind=SupportKind.PRACTICE, ids=("x" * 501,)),)}, "up to 500"),
        (
            {
                "supports": tuple(
                    Support(kind=SupportKind.STUDY, ids=(str(n),)) for n in range(10_000)
                )
            },
            "this one names 10,000",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, drake: Support, values: dict[str, object], why: str
) -> None:
    said = add(desk, drake)
    with pytest.raises(Invalid, match=why):
        conclusions.change(desk, replace(said, **values), said)  # type: ignore[arg-type]
    assert line(desk).conclusion == said


def test_the_statements_on_a_study_are_those_of_the_ledger_with_all_their_flags(
    desk: Desk, drake: Support
) -> None:
    with desk.writing(Role.EDITOR) as w:
        bond = kept_studies.create(w, "Bond 2001", [], free=set())
    studies.link(desk, bond, [included(desk, "Another report")])
    other = Support(kind=SupportKind.STUDY, ids=(str(bond),))
    first = add(desk, other, drake)
    add(desk, Support(kind=SupportKind.STATEMENT, ids=(first.uid,)), text="By way of another.")
    add(desk, other, text="On the other alone.")
    conclusions.change(desk, replace(first, text="Offer more."), first)
    exclude(desk, bond)
    lines = conclusions.ledger(desk)
    for study, many in ((bond, 3), (int(drake.ids[0]), 2)):
        found = conclusions.resting_on(desk, study)
        assert found == tuple(line for line in lines if study in line.studies)
        assert len(found) == many
    assert lines[0].flags
    with desk.reading() as c:
        newest = {each.conclusion.uid: each for each in reversed(stored.history(c, desk.review_id))}
        assert list(stored.newest(c, desk.review_id).items()) == list(newest.items())


def test_markup_and_words_of_practice_stay_as_typed(desk: Desk, drake: Support) -> None:
    assert drake
    practice = Support(kind=SupportKind.PRACTICE, ids=("Survey of 12 teams: <b>=1+1</b>",))
    add(desk, practice, text="<script>alert(1)</script> =SUM(A1)")
    assert line(desk).conclusion.text == "<script>alert(1)</script> =SUM(A1)"
    assert list(line(desk).supports.values()) == list(practice.ids)
    assert texts(desk) == []
    written = ledger_file.as_csv(conclusions.ledger(desk), {}).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(written))
    assert row["Statement"] == line(desk).conclusion.text
    assert (row["Rests on"], row["For"]) == (practice.ids[0], "Policy and practice")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_no_cell_of_the_file_runs_as_a_formula(desk: Desk, drake: Support, begin: str) -> None:
    add(desk, drake, text=f"{begin}1+1")
    written = ledger_file.as_csv(conclusions.ledger(desk), {}).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(written))
    assert not row["Statement"].startswith(begin)


def test_a_statement_on_a_theme_has_its_studies_and_is_flagged_when_it_goes(
    desk: Desk, drake: Support
) -> None:
    pay = Theme(uid=new_uid(), level=ThemeLevel.CODE, name="Pay")
    themes.add(desk, pay)
    words = list(themes.board(desk).pieces)
    themes.place(desk, pay.uid, words)
    add(desk, Support(kind=SupportKind.THEME, ids=(pay.uid,)))
    assert line(desk).studies == (int(drake.ids[0]),)
    themes.change(desk, replace(pay, name="Wages"), pay)
    assert texts(desk) == ["Theme “Wages”: it says something else now."]
    themes.remove(desk, replace(pay, name="Wages"))
    assert "Theme “Pay” is not there any more." in texts(desk)


def test_an_excluded_study_is_flagged_below_a_theme(desk: Desk, drake: Support) -> None:
    pay = Theme(uid=new_uid(), level=ThemeLevel.CODE, name="Pay")
    themes.add(desk, pay)
    themes.place(desk, pay.uid, list(themes.board(desk).pieces))
    add(desk, Support(kind=SupportKind.THEME, ids=(pay.uid,)))
    exclude(desk, int(drake.ids[0]))
    assert "Theme “Pay”: studies behind it were 1 and are 0 now. Went: Drake 1996." in texts(desk)
    assert line(desk).studies == ()
    board, known = themes.board(desk), facts(desk)
    assert board.tree.studies(pay.uid) == known.themes.studies(pay.uid) == ()
    assert (board.pieces, board.not_shown) == ({}, 1)


def test_an_excluded_study_is_flagged_below_a_finding(desk: Desk, drake: Support) -> None:
    number = int(drake.ids[0])
    uid = review_findings.add(desk, "People value support.")
    stated = review_findings.current(desk)[uid].finding
    review_findings.change(desk, replace(stated, study_ids=(number,)), stated)
    add(desk, Support(kind=SupportKind.FINDING, ids=(uid,)))
    assert (texts(desk), line(desk).studies) == ([], (number,))
    exclude(desk, number)
    assert (
        "“People value support.”: studies behind it were 1 and are 0 now. Went: Drake 1996."
    ) in texts(desk)
    assert line(desk).studies == ()


def test_a_study_that_was_exchanged_for_another_below_a_finding_is_flagged_with_both_names(
    desk: Desk, drake: Support
) -> None:
    with desk.writing(Role.EDITOR) as w:
        other = kept_studies.create(w, "Bond 2001", [], free=set())
    studies.link(desk, other, [included(desk, "Another report")])
    uid = review_findings.add(desk, "People value support.")
    first = review_findings.current(desk)[uid].finding
    stated = replace(first, study_ids=(int(drake.ids[0]),))
    review_findings.change(desk, stated, first)
    add(desk, Support(kind=SupportKind.FINDING, ids=(uid,)))
    review_findings.change(desk, replace(stated, study_ids=(other,)), stated)
    (told,) = [text for text in texts(desk) if "as before" in text]
    assert told == (
        "“People value support.”: behind it stand as many studies as before (1), but not the same "
        "ones. Came: Bond 2001. Went: Drake 1996."
    )
    saw(desk)
    assert texts(desk) == []


def test_a_theme_that_was_merged_is_flagged_and_so_is_the_one_that_took_it_in(
    desk: Desk, drake: Support
) -> None:
    pay, money = (
        Theme(uid=new_uid(), level=ThemeLevel.CODE, name=name) for name in ("Pay", "Money")
    )
    for each in (pay, money):
        themes.add(desk, each)
        add(desk, Support(kind=SupportKind.THEME, ids=(each.uid,)))
    themes.place(desk, pay.uid, list(themes.board(desk).pieces))
    themes.merge(desk, pay, money)
    first, second = conclusions.ledger(desk)
    assert "Theme “Pay” is not there any more." in [flag.text for flag in first.flags]
    more = "Theme “Money”: studies behind it were 0 and are 1 now. Came: Drake 1996."
    assert more in [flag.text for flag in second.flags]
    assert (first.studies, second.studies) == ((), (int(drake.ids[0]),))


def test_what_a_new_version_of_the_scheme_no_longer_has_is_flagged_and_supports_nothing(
    desk: Desk, drake: Support
) -> None:
    add(desk, HOPE, CELL)
    (now,) = schemes.taken(desk)
    newer = now.version.yaml.replace("{id: hope, label: Hope}", "{id: faith, label: Faith}")
    schemes.add(desk, newer, "newer.yaml", now.version.id)
    gone = ["Hope: IPS (between arms)", "Cell Hope × IPS"]
    assert texts(desk) == [NO_SUPPORT, *(f"{each} is not there any more." for each in gone)]
    told = line(desk)
    assert (list(told.supports.values()), told.studies) == (gone, ())
    conclusions.mark_seen(desk, told.conclusion, told.changes)
    assert texts(desk) == [NO_SUPPORT]


def test_a_report_names_nothing_that_was_taken_away_and_no_study_that_is_not_in_it(
    desk: Desk, drake: Support
) -> None:
    below = add(desk, text="Words that were taken back.")
    support = Support(kind=SupportKind.STATEMENT, ids=(below.uid,))
    add(desk, drake, support, text="Offer support.")
    (name,) = (
        each for each in line_of(desk, "Offer support.").supports.values() if "“" not in each
    )
    assert rests_on(desk) == (name, "“Words that were taken back.”")
    conclusions.remove(desk, below)
    assert rests_on(desk) == (name,)
    coding.reopen(desk, int(drake.ids[0]))
    (told,) = facts(desk).conclusions
    assert (told.rests_on, told.studies, told.is_open) == ((), (), True)
    assert "Words that were taken back" in " ".join(line(desk).supports.values())


def line_of(desk: Desk, text: str) -> LedgerLine:
    return next(each for each in conclusions.ledger(desk) if each.conclusion.text == text)


def rests_on(desk: Desk) -> tuple[str, ...]:
    return next(
        each.rests_on
        for each in facts(desk).conclusions
        if each.conclusion.text == "Offer support."
    )


def test_of_two_who_change_a_statement_at_once_one_is_told(desk: Desk) -> None:
    """On connections of their own, as two servers have them."""
    said = add(desk)
    address = desk.store.engine.url.render_as_string(hide_password=False)

    def change(text: str) -> str:
        with closing(Store.open(address)) as own:
            try:
                conclusions.change(replace(desk, store=own), replace(said, text=text), said)
            except Invalid as error:
                return str(error)
            return text

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(change, ("Anna's", "Ben's")))
    assert conclusions.MEANWHILE in told
    stands = line(desk).conclusion.text
    assert stands in told
    assert [each.conclusion.text for each in conclusions.history(desk)] == [stands, said.text]
