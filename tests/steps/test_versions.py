"""Answers that pages keep are given anew when, and only when, what they are made from changed."""

from collections.abc import Iterator

import pytest

from benchmarks.versions import READS, WRITES, open_work
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.store import Role, Store
from evidence.store.review import terms
from tests.steps.prepared import example_database

SCREENING = {
    "Records: how many",
    "Records: first page",
    "Counts: sources",
    "Team: agreement",
    "Team: sentence for the methods",
    "Team: what other settings change",
    "Stopping",
    "Team: days",
    "Counts: PRISMA",
}
DRAFTS = {"Counts: with drafts", "Map: document with drafts"}
REPORT = {"Report: live parts"}
COMPLETE = {"Counts: PRISMA", "Counts: complete codings", "Map: document"} | DRAFTS | REPORT
COLD = {
    "a preference": set(),
    "a label on a work": {"Records: how many", "Records: first page"},
    "a background job begins": set(),
    "an abstract is written": set(READS),
    "a decision": SCREENING | REPORT,
    "a study is renamed": COMPLETE,
    "a coding is a draft again": COMPLETE,
    "an answer in a draft": DRAFTS,
    "a coding is complete": COMPLETE,
    "a decision on a study's report": SCREENING | COMPLETE,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("versions") / "example.db"
    path.write_bytes(example_database())
    store = Store.open(f"sqlite:///{path}")
    yield example.load(store)
    store.close()


@pytest.mark.parametrize("name", WRITES)
def test_a_write_makes_cold_what_it_may_change_and_nothing_else(desk: Desk, name: str) -> None:
    """The writes build on each other, in their order."""
    open_work(desk)
    versions = {title: read.versions(desk) for title, read in READS.items()}
    answers = {title: read.answer(desk) for title, read in READS.items()}
    WRITES[name](desk)
    cold = {title for title, read in READS.items() if read.versions(desk) != versions[title]}
    changed = {title for title, read in READS.items() if read.answer(desk) != answers[title]}
    assert changed <= cold  # nothing that is not true any more stays on the screen
    assert cold == COLD[name]


def test_a_write_that_says_nothing_makes_everything_cold(desk: Desk) -> None:
    versions = {title: read.versions(desk) for title, read in READS.items()}
    with desk.writing(Role.EDITOR) as w:
        terms.replace(w, terms.Terms())
    assert all(read.versions(desk) != versions[title] for title, read in READS.items())
