"""The coding of a file of EPPI-Reviewer comes into a review and is taken back."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from evidence.citations.text import visible
from evidence.coding.answers import Answer
from evidence.coding.write_scheme import as_yaml
from evidence.eppi.coded_review import CodedReview, review_of
from evidence.eppi.export import Export
from evidence.eppi.read_export import read_export
from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Stage, State
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.coding import (
    brought_codings,
    coders,
    coding,
    coding_history,
    eppi_export,
    quoting,
    schemes,
    studies,
)
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.records.importing.imports import Choice
from evidence.steps.results import coded_studies, review_findings, review_overlap
from evidence.steps.review import membership, reviews
from evidence.steps.screening import decisions, full_texts
from evidence.store import Role, schema
from evidence.store.coding import studies as kept_studies
from evidence.store.jobs import JobState
from evidence.store.records.filters import Filter
from evidence.store.review.reviews import Draft
from tests.conftest import SHARED
from tests.eppi.made_exports import (
    applied,
    as_bytes,
    code,
    code_set,
    highlight,
    outcome,
    reference,
    report,
)  # fmt: skip
from tests.eppi.odd_reports import OddReports
from tests.steps.coding.test_quoting import pdf
from tests.steps.conftest import enter

SETTINGS = Settings()
SETTING = code_set(
    "Setting",
    code(10, "Place", "Not selectable (no checkbox)", code(1, "City"), code(2, "Country")),
    code(20, "Outcomes", "Outcome", code(21, "Wellbeing", "Outcome")),
)
WORDS = highlight('Page 3:\n[¬s]"people in gardens[¬e]"')
TWO = report(
    [SETTING],
    [
        reference(
            1,
            applied(1, "Vienna"),
            applied(2, "for walkers", 5, "Walkers", ItemAttributeFullTextDetails=[WORDS]),
            ShortTitle="Roe (2020)",
            Outcomes=[outcome(7, 1, (30, 30, 5.5, 4.5, 1.5, 1.25), ItemAttributeIdOutcome=21)],
        ),
        reference(2, applied(2)),
        reference(3),
    ],
)  # fmt: skip


def take(desk: Desk, content: bytes, name: str = "Report.json") -> int:
    """Import the references of a file; gives the number of the kept file."""
    preview_id = uploads.add(desk, name, content, SETTINGS, wait=True)
    preview = next(one for one in previews.listing(desk) if one.id == preview_id)
    imports.import_files(desk, [Choice(preview_id, preview.suggested_source)])
    return brought_codings.files(desk)[-1].id


def numbers(desk: Desk) -> dict[str, int]:
    names = ("study", "coding", "answer", "finding", "quotation", "arm", "scheme", "coding_change")
    with desk.reading() as c:
        tables = {name: schema.metadata.tables[name] for name in names}
        return {
            name: c.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }


def out_again(desk: Desk) -> CodedReview:
    return in_words(eppi_export.build(desk).content)


def in_words(content: bytes) -> CodedReview:
    export = read_export(content, "Report.json")
    assert isinstance(export, Export)
    return review_of(export)


def test_a_coded_file_becomes_studies_with_codings_and_goes_back_as_a_whole(desk: Desk) -> None:
    empty = numbers(desk)
    file = take(desk, as_bytes(TWO))
    seen = brought_codings.look(desk, file, Wishes())
    assert (seen.coded, seen.studies, seen.included, seen.missing, seen.stay) == (2, 2, 2, 0, 0)
    assert [each.is_new for each in seen.sets] == [True]
    assert numbers(desk) == empty
    done = brought_codings.bring(desk, file, Wishes())
    assert (done.counts.studies, done.counts.codings, done.included) == (2, 2, 2)
    assert (done.counts.answers, done.counts.findings, done.counts.quotations) == (3, 1, 1)
    first, second = sorted(studies.listing(desk), key=lambda each: each.label)
    assert first.label == "Roe (2020)"
    assert all(report.included for study in (first, second) for report in study.reports)
    sheet = coding.sheet(desk, first.id)
    assert sheet.complete
    assert {(row.code, row.arm, row.note) for row in sheet.rows} == {
        ("eppi-1", "", "Vienna"),
        ("eppi-2", "arm000005", "for walkers"),
    }
    assert [arm.label for arm in sheet.arms] == ["Walkers"]
    assert sheet.findings[0].fields["outcome"] == "eppi-21"
    with pytest.raises(Invalid, match="brought in already, as that of"):
        brought_codings.bring(desk, file, Wishes())
    before = brought_codings.look_at_undo(desk, done.id)
    assert (before.codings, before.studies, before.reopened) == (2, 2, 2)
    assert before.schemes == ("Setting",)
    assert brought_codings.undo(desk, done.id) == before
    assert schemes.taken(desk) == []
    assert numbers(desk) == empty
    with pytest.raises(NotAllowed, match="taken back already"):
        brought_codings.undo(desk, done.id)
    again = brought_codings.bring(desk, file, Wishes())
    assert (again.counts.studies, again.included) == (2, 2)


def test_the_history_names_the_file_and_who_brought_it(desk: Desk) -> None:
    brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    question = coding.sheet(desk, study.id).rows[0].question
    where = (desk.store, desk.person_id, study.id, schemes.taken(desk)[0].id)
    told = coding_history.history_for(*where, question=question, finding="")["changes"]
    assert {(line["person"], line["source"]) for line in told} == {("Anna", "Report.json")}


def test_quoted_words_wait_for_their_file(desk: Desk) -> None:
    brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    scheme_id = schemes.taken(desk)[0].id
    place = quoting.place_now(desk, study.id, scheme_id, "quote0000x0")
    assert place.message == quoting.WAITING
    pages = (["Some people in gardens."], ["Parks."], ["Here people in gardens rest."])
    full_texts.add(desk, study.reports[0].work_id, "Garden.pdf", pdf(*pages))
    found = quoting.place_now(desk, study.id, scheme_id, "quote0000x0")
    assert (found.page, found.start, found.message) == (3, 5, "")
    with desk.reading() as c:
        row = c.execute(select(schema.quotation)).mappings().one()
    assert (row["exact"], row["page"], row["file_name"]) == ("people in gardens", 3, "Garden.pdf")


def test_what_somebody_has_worked_on_since_stays(desk: Desk) -> None:
    done = brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes(is_complete=False))
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    question = coding.sheet(desk, study.id).rows[0].question
    coding.set_answer(desk, study.id, Answer(question=question, codes=("eppi-2",)))
    back = brought_codings.undo(desk, done.id)
    assert (back.codings, back.studies, back.stay, back.reopened) == (1, 1, ("Roe (2020)",), 1)
    assert [each.label for each in studies.listing(desk)] == ["Roe (2020)"]
    assert len(schemes.taken(desk)) == 1


def test_studies_in_lists_of_reviews_and_in_findings_of_the_review_stay(desk: Desk) -> None:
    done = brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes(is_complete=False))
    first, second = studies.listing(desk)
    review_overlap.add(desk, first.id, [], ["Old 1990"])
    finding = review_findings.add(desk, "People value gardens.")
    before = review_findings.current(desk)[finding].finding
    review_findings.change(desk, replace(before, study_ids=(second.id,)), before)
    back = brought_codings.undo(desk, done.id)
    assert (back.codings, back.studies) == (2, 0)
    assert [each.id for each in studies.listing(desk)] == [first.id, second.id]
    assert review_overlap.overlap(desk).reviews == {first.id: first.label}


def same(first: CodedReview, second: CodedReview) -> None:
    """Alike but for the status, which is not kept, and for words that were marked in one go."""
    assert first.schemes == second.schemes
    there = {each.record.key: each for each in second.studies if each.is_coded}
    coded = {each.record.key: each for each in first.studies if each.is_coded}
    assert there.keys() == coded.keys()
    for key, each in coded.items():
        other = there[key]
        assert _said(each.codings) == _said(other.codings)
        for own, others in ((each.arms, other.arms), (each.time_points, other.time_points)):
            assert [(one.uid, visible(one.label)) for one in own] == [
                (one.uid, one.label) for one in others
            ]


def _said(codings: Any) -> Any:
    return [
        (
            each.scheme,
            {(row.question, row.code, row.arm): row for row in each.rows},
            {finding.uid: finding for finding in each.findings},
            [
                (one.question, one.code, one.arm, replace(marked, words=(words,), document_id=0))
                for one in each.quotations
                for marked in [one.highlight]
                for words in marked.words
            ],
        )
        for each in codings
    ]


FILES = [
    SHARED / "eppi" / "hbcp_MultipleOutcomes_1Dec19.json",
    SHARED / "eppi" / "irr" / "hbcp_irr_Behaviour1_Coder1.json",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shared_file_goes_in_and_out(desk: Desk, path: Path) -> None:
    if not path.exists():
        pytest.skip("the shared exports are not beside the repository")
    content = path.read_bytes()
    brought_codings.bring(desk, take(desk, content, path.name), Wishes())
    same(in_words(content), out_again(desk))


def test_odd_reports_go_in_and_out(desk: Desk) -> None:
    seen: Counter[str] = Counter()
    for seed in range(8):
        made = OddReports(seed)
        content = as_bytes(made.report())
        of_seed = reviews.create(desk.store, desk.person_id, Draft(title=f"Odd {seed}"))
        if brought_codings_of(of_seed, content):
            same(in_words(content), out_again(of_seed))
            seen.update(made.seen)
    wanted = {
        "codes for an arm", "notes on parents", "codes on headings",
        "references with several documents", "highlights in plain text",
    }  # fmt: skip
    assert {name for name in wanted if not seen[name]} == set()


def brought_codings_of(desk: Desk, content: bytes) -> bool:
    """Bring the coding of a file in, where there is any."""
    if not any(each.is_coded for each in in_words(content).studies):
        return False
    brought_codings.bring(desk, take(desk, content), Wishes())
    return True


OTHER_CODER = report(
    [SETTING], [reference(1, applied(2), ShortTitle="Roe (2020)"), reference(2), reference(3)]
)


def test_the_files_of_two_coders_become_their_codings(desk: Desk, bens_desk: Desk) -> None:
    brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    preview_id = uploads.add(desk, "Ben.json", as_bytes(OTHER_CODER), SETTINGS, wait=True)
    (preview,) = previews.listing(desk)
    assert preview.earlier_import is not None
    assert imports.keep_coding(desk, preview_id)
    file = brought_codings.files(desk)[-1]
    wishes = Wishes(coder="Ben")
    seen = brought_codings.look(desk, file.id, wishes)
    assert (seen.studies, seen.joined, seen.included, seen.decided) == (0, 1, 0, 1)
    assert [(each.is_new, each.differences) for each in seen.sets] == [(False, 0)]
    done = brought_codings.bring(desk, file.id, wishes)
    assert (done.counts.joined, done.counts.codings) == (1, 1)
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    assert {row.code for row in coding.sheet(bens_desk, study.id).rows} == {"eppi-2"}
    (mine,) = brought_codings.brought(desk)[:1]
    assert (mine.person, mine.by) == ("Anna", "Anna")
    uploads.add(desk, "Again.json", as_bytes(OTHER_CODER), SETTINGS, wait=True)
    assert not imports.keep_coding(desk, previews.listing(desk)[0].id)
    assert brought_codings.look_at_undo(desk, mine.id).schemes == ()  # Ben's coding rests on it
    brought_codings.undo(desk, done.id)
    assert brought_codings.look_at_undo(desk, mine.id).schemes == ("Setting",)
    assert coding.sheet(desk, study.id).complete
    assert coding.sheet(bens_desk, study.id).coding is None


def test_nobody_writes_into_what_a_colleague_has_begun(desk: Desk, bens_desk: Desk) -> None:
    file = take(desk, as_bytes(TWO))
    first = brought_codings.bring(desk, file, Wishes())
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    membership.join(bens_desk)
    question = coding.sheet(desk, study.id).rows[0].question
    coding.set_answer(bens_desk, study.id, Answer(question=question, codes=("eppi-1",)))
    seen = brought_codings.look(desk, file, Wishes(coder="Ben"))
    assert (seen.stay, seen.filled) == (1, 0)
    done = brought_codings.bring(desk, file, Wishes(coder="Ben"))
    assert (done.counts.stayed, done.counts.codings) == (1, 1)
    assert [row.note for row in coding.sheet(bens_desk, study.id).rows] == [""]
    with pytest.raises(NotAllowed, match="owner"):
        brought_codings.bring(bens_desk, file, Wishes(coder="Anna"))
    back = brought_codings.undo(desk, first.id)
    assert (back.codings, back.studies) == (2, 0)  # Ben's codings keep the studies


def test_a_draft_of_ones_own_is_filled_and_emptied_again(desk: Desk) -> None:
    first = brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes(is_complete=False))
    study = next(each for each in studies.listing(desk) if each.label == "Roe (2020)")
    question = coding.sheet(desk, study.id).rows[0].question
    coding.set_answer(desk, study.id, Answer(question=question, codes=("eppi-2",), note="My own"))
    assert brought_codings.undo(desk, first.id).stay == ("Roe (2020)",)
    own = coding.sheet(desk, study.id)
    more = code_set(
        "More", code(30, "Design", "Not selectable (no checkbox)", code(31, "Trial")), SetId=77
    )
    coded = reference(1, applied(1, "Graz"), applied(31), ShortTitle="Roe (2020)")
    file_with_more = report([SETTING, more], [coded, reference(2), reference(3)])
    uploads.add(desk, "b.json", as_bytes(file_with_more), SETTINGS, wait=True)
    imports.keep_coding(desk, previews.listing(desk)[0].id)
    done = brought_codings.bring(desk, brought_codings.files(desk)[-1].id, Wishes())
    assert (done.counts.filled, done.counts.differing, done.counts.codings) == (1, 1, 1)
    assert coding.sheet(desk, study.id).rows == own.rows
    back = brought_codings.undo(desk, done.id)
    assert (back.codings, back.emptied, back.studies) == (1, 0, 0)
    assert coding.sheet(desk, study.id).rows == own.rows


def test_agreed_coding_comes_in_as_agreed(desk: Desk) -> None:
    done = brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes(is_agreed=True))
    assert done.counts.codings == 2
    with desk.reading() as c:
        assert set(c.execute(select(schema.coding.c.is_agreed)).scalars()) == {True}
    assert brought_codings.undo(desk, done.id).codings == 2


def test_what_was_agreed_in_a_file_unblinds_nobody_who_still_codes(
    desk: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    file = take(desk, as_bytes(TWO))
    own = brought_codings.bring(desk, file, Wishes())
    (taken,) = schemes.taken(desk)
    agreed = Wishes(is_agreed=True)
    coders.change(desk, taken.id, 100, before=0)
    before = brought_codings.brought(desk)
    assert brought_codings.look(bens_desk, file, Wishes()).refused == ()
    told = brought_codings.look(bens_desk, file, agreed).refused
    with pytest.raises(Invalid, match="still being coded here: “") as refused:
        brought_codings.bring(bens_desk, file, agreed)  # the second coder is to come
    assert told == (str(refused.value),)
    assert brought_codings.brought(desk) == before
    coders.change(desk, taken.id, 0, before=100)
    assert brought_codings.look(bens_desk, file, agreed).refused == ()
    done = brought_codings.bring(bens_desk, file, agreed)  # one coder is asked, and has coded
    (told_twice,) = brought_codings.look(bens_desk, file, agreed).refused
    with pytest.raises(Invalid, match="brought in already, as that of what was agreed") as twice:
        brought_codings.bring(bens_desk, file, agreed)
    assert told_twice == str(twice.value)
    assert done.counts.codings == own.counts.codings
    brought_codings.undo(bens_desk, done.id)
    coding.reopen(desk, studies.listing(desk)[0].id, taken.id)
    with pytest.raises(Invalid, match="as the coding of one person"):
        brought_codings.bring(bens_desk, file, agreed)


def test_what_was_agreed_of_studies_that_nobody_began_is_hidden_from_who_is_to_code_them(
    desk: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    brought_codings.bring(desk, take(desk, as_bytes(OTHER_CODER)), Wishes())
    (taken,) = schemes.taken(desk)
    (first,) = studies.listing(desk)
    known = {report.work_id for report in first.reports}
    works = {work.id for work in records.page(desk, Filter(), 0, 9)}
    second = min(works - known)
    with desk.writing(Role.REVIEWER) as w:
        given = kept_studies.create(w, "Nobody began it", [second], free={second})
    coders.give(desk, taken.id, bens_desk.person_id, [given])
    uploads.add(desk, "Agreed.json", as_bytes(TWO), SETTINGS, wait=True)
    assert imports.keep_coding(desk, previews.listing(desk)[0].id)
    file = brought_codings.files(desk)[-1]
    brought_codings.bring(desk, file.id, Wishes(is_agreed=True))
    shown, hidden = coded_studies.load(desk), coded_studies.load(bens_desk)
    assert shown is not None
    assert hidden is not None
    assert "Nobody began it" in {study.label for study in shown.studies}
    assert hidden.hidden == ("Nobody began it",)
    assert coded_studies.study_coding(desk, given).coding is not None
    assert coded_studies.study_coding(bens_desk, given).coding is None


def test_a_large_file_comes_in_in_the_background(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = take(desk, as_bytes(TWO))
    monkeypatch.setattr(brought_codings, "WHILE_WAITING", 0)
    monkeypatch.setattr(jobs, "submit", jobs.run)
    assert brought_codings.start(desk, file, Wishes()) is None
    job = brought_codings.newest_job(desk)
    assert job is not None
    assert (job.state, job.message) == (JobState.DONE, "")
    assert brought_codings.brought(desk)[0].counts["codings"] == 2
    brought_codings.start(desk, file, Wishes())
    twice = brought_codings.newest_job(desk)
    assert twice is not None
    assert "brought in already" in twice.message


HOSTILE = "<img src=x onerror=alert(1)> **=1+1** \u202e\x00" + "a" * 1_000_000


def test_hostile_texts_are_kept_as_text(desk: Desk) -> None:
    bad = code_set(HOSTILE, code(10, HOSTILE, "Not selectable (no checkbox)", code(1, HOSTILE)))
    words = highlight(HOSTILE, DocTitle=HOSTILE)
    coded = reference(
        1,
        applied(1, HOSTILE, 5, HOSTILE, ItemAttributeFullTextDetails=[words], __proto__={"a": 1}),
        ShortTitle=HOSTILE,
        Outcomes=[outcome(7, 1, (), Title=HOSTILE, OutcomeDescription=HOSTILE)],
    )
    done = brought_codings.bring(desk, take(desk, as_bytes(report([bad], [coded]))), Wishes())
    (study,) = studies.listing(desk)
    assert len(study.label) <= 200
    assert "\u202e" not in study.label
    sheet = coding.sheet(desk, study.id)
    assert "\x00" not in sheet.rows[0].note
    assert "\u202e" not in sheet.arms[0].label
    brought_codings.undo(desk, done.id)
    assert studies.listing(desk) == []


def test_flags_are_heeded_only_where_that_is_wished(desk: Desk) -> None:
    flagged = report(
        [SETTING],
        [
            reference(1, applied(1), ItemStatus="I"),
            reference(2, applied(2), ItemStatus="E"),
            reference(3, ItemStatus="D"),
        ],
    )
    file = take(desk, as_bytes(flagged))
    assert brought_codings.look(desk, file, Wishes()).included == 2
    wishes = Wishes(heed_flags=True)
    seen = brought_codings.look(desk, file, wishes)
    assert (seen.included, seen.flagged) == (1, 2)
    done = brought_codings.bring(desk, file, wishes)
    assert (done.included, done.excluded, done.counts.studies) == (1, 2, 2)
    assert decisions.tally(desk, Stage.TITLE_ABSTRACT)[State.EXCLUDE] == 2
    assert brought_codings.undo(desk, done.id).reopened == 3
    assert decisions.tally(desk, Stage.TITLE_ABSTRACT)[State.OPEN] == 3


def test_references_go_with_the_coding_where_nobody_worked_on_them(desk: Desk) -> None:
    file = take(desk, as_bytes(TWO))
    done = brought_codings.bring(desk, file, Wishes())
    file_id = brought_codings.files(desk)[0].file_id
    with pytest.raises(NotAllowed):
        imports.undo(desk, file_id)
    brought_codings.undo(desk, done.id)
    imports.undo_untouched(desk, file_id)
    assert brought_codings.files(desk) == []
    assert brought_codings.brought(desk) == []


def test_inclusions_are_taken_back_from_works_that_were_merged_since(desk: Desk) -> None:
    uploads.add(desk, "before.ris", b"TY  - JOUR\nTI  - Study 1\nER  - \n", SETTINGS, wait=True)
    (preview,) = previews.listing(desk)
    imports.import_files(desk, [Choice(preview.id, preview.suggested_source)])
    done = brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    with desk.reading() as c:
        query = select(schema.record.c.id).where(schema.record.c.title == "Study 1")
        first, second = c.execute(query).scalars()
    record_pairs.mark_same(desk, first, second)
    assert decisions.tally(desk, Stage.FULL_TEXT)[State.INCLUDE] == 2
    assert brought_codings.undo(desk, done.id).reopened == 2
    assert decisions.tally(desk, Stage.TITLE_ABSTRACT)[State.OPEN] == 3
    assert studies.listing(desk) == []


def test_a_version_that_came_meanwhile_is_not_passed_over_unseen(desk: Desk) -> None:
    brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    other = code_set("Setting", code(10, "Place", "Not selectable (no checkbox)", code(1, "Town")))
    coded = reference(1, applied(1), ShortTitle="Roe (2020)")
    changed = report([other], [coded, reference(2), reference(3)])
    uploads.add(desk, "b.json", as_bytes(changed), SETTINGS, wait=True)
    imports.keep_coding(desk, previews.listing(desk)[0].id)
    file = brought_codings.files(desk)[-1].id
    wishes = Wishes(coder="Ben")
    seen = brought_codings.look(desk, file, wishes)
    assert [(each.is_new, each.differences > 0) for each in seen.sets] == [(False, True)]
    (taken,) = schemes.taken(desk)
    schemes.add(
        desk, as_yaml(replace(taken.scheme, title="Renamed")), "renamed.yaml", taken.version.id
    )
    with pytest.raises(Invalid, match="another version of the scheme “Setting” meanwhile"):
        brought_codings.start(desk, file, wishes, seen.sets)
    again = brought_codings.look(desk, file, wishes)
    assert brought_codings.start(desk, file, wishes, again.sets) is not None
    assert len(schemes.versions(desk, taken.id)) == 3
