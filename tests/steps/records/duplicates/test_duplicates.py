"""Joining, deciding, taking back: what people said always stands."""

import time

import pytest

from evidence.citations.record import Name, Reading
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import duplicates, merged_works, pair_history, record_pairs
from evidence.steps.results.source_overlap import source_overlap
from evidence.steps.screening import decisions
from evidence.store import Role
from evidence.store.jobs import JobState
from evidence.store.records.filters import Filter
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_record, keep

AUTHORS = (Name("Drake", "R."), Name("McHugo", "G."), Name("Becker", "D."))
TITLE = "The New Hampshire study of supported employment for people with severe mental illness"
JOURNAL = "Journal of Consulting and Clinical Psychology"


def reading(file: str, *entries: dict[str, object]) -> Reading:
    made = tuple(a_record(str(entry.pop("title")), **entry) for entry in entries)  # type: ignore[arg-type]
    return Reading(
        file=file, format="ris", encoding="utf-8", seen=len(made), records=made, problems=()
    )


@pytest.fixture
def twins(desk: Desk) -> Desk:
    """Two records of one trial, one of them without abstract and DOI, and a third of another."""
    full = {"title": TITLE, "authors": AUTHORS, "year": 1996, "journal": JOURNAL, "volume": "64",
            "issue": "2", "pages": "391-399", "abstract": "An abstract."}  # fmt: skip
    bare = {**full, "abstract": "", "doi": "10.1037//0022-006x.64.2.391"}
    other = {"title": "Gardening and rest", "authors": (Name("Ito", "K."),), "year": 2003,
             "journal": "Rest", "pages": "1-9"}  # fmt: skip
    keep(desk.store, desk.person_id, desk.review_id, reading("a.ris", full, other), "a")
    keep(desk.store, desk.person_id, desk.review_id, reading("b.ris", bare), "b")
    return desk


def take_back(desk: Desk) -> None:
    """Take back the newest that anybody said and that counts."""
    acts = [act for act, _ in pair_history.history(desk) if act.standing]
    pair_history.withdraw_act(desk, acts[0].id)


def groups(desk: Desk) -> list[list[int]]:
    return [[r.id for r in join.records] for join in merged_works.page(desk, 0, 100)]


def test_the_rules_join_twins_and_fill_what_one_lacks(twins: Desk) -> None:
    state = duplicates.run(twins)
    assert (state.records, state.works, state.removed, state.possible) == (3, 2, 1, 0)
    (join,) = merged_works.page(twins, 0, 10)
    assert [record.file for record in join.records] == ["a.ris", "b.ris"]
    work = records.get(twins, join.work_id)
    assert work.reference.abstract == "An abstract."
    assert work.reference.doi == "10.1037//0022-006x.64.2.391"
    assert work.origin["doi"] == join.records[1].id
    assert join.why
    assert join.why[0].startswith("Same:")


def test_running_again_changes_nothing(twins: Desk) -> None:
    first = duplicates.run(twins)
    before = groups(twins)
    assert duplicates.run(twins) == first
    assert groups(twins) == before


def test_a_record_that_was_split_off_stays_apart(twins: Desk) -> None:
    duplicates.run(twins)
    (join,) = merged_works.page(twins, 0, 10)
    record_pairs.split_off(twins, join.records[1].id)
    assert groups(twins) == []
    assert duplicates.run(twins).works == 3
    ((act, _),) = pair_history.history(twins)
    assert (act.verdict, act.person) == ("different", "Anna")


def test_taking_a_verdict_back_restores_what_was_before(twins: Desk) -> None:
    duplicates.run(twins)
    before = duplicates.counts(twins)
    (join,) = merged_works.page(twins, 0, 10)
    pair = (join.records[0].id, join.records[1].id)
    record_pairs.decide(twins, pair, "different")
    assert duplicates.counts(twins).works == 3
    take_back(twins)
    assert duplicates.counts(twins) == before
    work = records.get(twins, join.work_id)
    assert work.reference.doi == "10.1037//0022-006x.64.2.391"


def test_a_person_joins_what_the_rules_never_would(twins: Desk) -> None:
    duplicates.run(twins)
    ids = [r.id for line in records.page(twins, Filter(), 0, 10)
           for r in records.get(twins, line.id).records]  # fmt: skip
    record_pairs.decide(twins, (ids[0], ids[2]), "same", "the same project")
    assert sorted(map(len, groups(twins))) == [3]
    (join,) = merged_works.page(twins, 0, 10)
    assert any("Anna said: same (the same project)" in why for why in join.why)


def test_decisions_survive_joining_and_splitting(twins: Desk) -> None:
    lines = records.page(twins, Filter(), 0, 10)
    new = NewDecision(
        work_id=lines[2].id,  # the second twin, before it is joined to the first
        stage=Stage.TITLE_ABSTRACT,
        verdict=Verdict.INCLUDE,
        client_id="1",
    )
    decisions.decide(twins, [new])
    duplicates.run(twins)
    (join,) = merged_works.page(twins, 0, 10)
    assert records.get(twins, join.work_id).title_abstract == "include"
    record_pairs.split_off(twins, join.records[1].id)
    states = [line.title_abstract for line in records.page(twins, Filter(), 0, 10)]
    assert states == ["open", "open", "include"]


def test_an_unknown_verdict_or_record_is_refused(twins: Desk) -> None:
    with pytest.raises(Invalid, match="same or different"):
        record_pairs.decide(twins, (1, 2), "perhaps")
    for pair, why in (((1, 999), "not there any more"), ((2, 2), "with itself")):
        with pytest.raises(Invalid, match=why):
            record_pairs.decide(twins, pair, "same")
    assert record_pairs.answer_all(twins, [(1, 2), (2, 999)], "same") == 0
    assert pair_history.history(twins) == []


def test_records_imported_later_are_joined_by_the_next_run(twins: Desk) -> None:
    duplicates.run(twins)
    third = {"title": TITLE.upper(), "authors": AUTHORS, "year": 1996, "journal": JOURNAL,
             "volume": "64", "pages": "391-9"}  # fmt: skip
    keep(twins.store, twins.person_id, twins.review_id, reading("c.ris", third), "c")
    state = duplicates.run(twins)
    assert (state.records, state.works) == (4, 2)


def test_an_empty_review_can_be_compared(desk: Desk) -> None:
    assert duplicates.run(desk).records == 0


def test_a_large_review_is_compared_in_the_background(
    twins: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.steps.records.duplicates.duplicates.WHILE_WAITING", 1)
    duplicates.start(twins)
    deadline = time.monotonic() + 60
    while (job := jobs.newest(twins, duplicates.JOB)) and job.going:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert job is not None
    assert job.state is JobState.DONE
    assert duplicates.counts(twins).works == 2


def test_a_comparison_that_is_cancelled_changes_nothing(twins: Desk) -> None:
    job_id = jobs.begin(twins, duplicates.JOB, Role.EDITOR)
    jobs.cancel(twins, job_id)
    jobs.run(twins.store, job_id, duplicates._job, twins.review_id, twins.person_id)
    job = jobs.newest(twins, duplicates.JOB)
    assert job is not None
    assert job.state is JobState.CANCELLED
    assert duplicates.counts(twins).works == 3


def test_a_person_chooses_which_value_stands(twins: Desk) -> None:
    duplicates.run(twins)
    (join,) = merged_works.page(twins, 0, 10)
    first, second = join.records
    records.prefer_record(twins, join.work_id, "abstract", second.id)
    work = records.get(twins, join.work_id)
    assert work.reference.abstract == ""
    assert work.origin["abstract"] == second.id
    duplicates.run(twins)
    record_pairs.decide(twins, (first.id, second.id), "different")
    take_back(twins)
    assert records.get(twins, join.work_id).origin["abstract"] == second.id
    records.prefer_record(twins, join.work_id, "abstract", first.id)
    assert records.get(twins, join.work_id).reference.abstract == "An abstract."
    with pytest.raises(Invalid, match="does not belong to the work"):
        records.prefer_record(twins, join.work_id, "abstract", 2)
    with pytest.raises(Invalid, match="does not belong to the work"):
        records.prefer_record(twins, join.work_id, "__class__", first.id)


def test_the_overlap_of_sources_counts_works(twins: Desk) -> None:
    before = source_overlap(twins)
    assert {each.source.name: each.alone for each in before.sources} == {
        "From a.ris": 2,
        "From b.ris": 1,
    }
    duplicates.run(twins)
    found = source_overlap(twins)
    numbers = {each.source.name: (each.source.records, each.works) for each in found.sources}
    assert numbers == {"From a.ris": (2, 2), "From b.ris": (1, 1)}
    assert [(len(each.sources), each.works) for each in found.combinations] == [(1, 1), (2, 1)]
    assert [each.works for each in source_overlap(twins, included=True).sources] == [0, 0]
