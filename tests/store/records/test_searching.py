"""Searches and filters of works answer the same on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from evidence.citations.record import Name, Reading
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store, schema
from evidence.store.records import works
from evidence.store.records.decision_filters import ANY, NONE
from evidence.store.records.filters import Filter
from evidence.store.review import people
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_record, keep

ABSTRACT = "Work and\nrecovery. " + "Long, with 100 % of “quotes” and 5_000 words. " * 30
RECORDS = (
    a_record("Supported employment", authors=(Name("Müller", "Anna"),), year=1999, doi="10.1/a(1)"),
    a_record("Straße und Beschäftigung", authors=(Name("Mueller", "Eva"),), year=2005),
    a_record("Employment of the supported", authors=(Name("O'Brien"),), abstract=ABSTRACT),
    a_record("Vocational [rehabilitation] (part 1)", year=2010, doi="10.1/a"),
)

Search = Callable[[str], str]


@pytest.fixture
def find(store: Store, anna: people.Person, review_id: int) -> Search:
    """Which of the four are found, by their place: `24`."""
    reading = Reading(
        file="a.ris", format="ris", encoding="utf-8", seen=4, records=RECORDS, problems=()
    )
    keep(store, anna.id, review_id, reading)

    def search(words: str) -> str:
        with store.reading_outside() as c:
            ids = works.ids(c, review_id, Filter(words=words))
            assert works.count(c, review_id, Filter(words=words)) == len(ids)
            assert [line.id for line in works.page(c, review_id, Filter(words=words))] == ids
        return "".join(map(str, ids))

    return search


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", "1234"),
        ("supported employment", "13"),
        ('"supported employment"', "1"),
        ("muller", "1"),
        ("MÜLLER", "12"),
        ("mueller", "12"),
        ('"müller, anna"', "1"),
        ("strasse beschaftigung", "2"),
        ('"work and recovery"', "3"),
        ("employment -supported", ""),
        ("supported NOT strasse NOT o’brien", "1"),
        ("strasse OR rehabilitation", "24"),
        ("(strasse OR rehabilitation) -vocational", "2"),
        ("NOT (employment OR [rehabilitation])", "2"),
        ("10.1/a(1)", ""),
        ("100% OR 5_000", "3"),
        ("%", "3"),
        ("_", "3"),
        ("\\", ""),
        (".*", ""),
        ("[a-z]", ""),
        ("(part", "4"),
        ("nothing at all", ""),
    ],
)
def test_works_are_found(find: Search, words: str, wanted: str) -> None:
    assert find(words) == wanted


def test_a_long_search_can_be_answered(find: Search) -> None:
    assert find(f'"{"supported ueber " * 60}"') == ""
    assert find(" OR ".join(["ä", *("x" * 20 for _ in range(29))])) == "1234"
    with pytest.raises(Invalid, match="at most 30 words"):
        find(" OR ".join("abcdefghijklmnopqrstuvwxyzABCDE"))


def test_a_doi_finds_its_work_also_when_it_stands_in_another_record(
    store: Store, anna: people.Person, review_id: int
) -> None:
    records = (
        a_record("One", doi="10.1234/abc(1)x"),
        a_record("Two", doi="10.1234/abc_1"),
        a_record("Three"),
    )
    reading = Reading(
        file="a.ris", format="ris", encoding="utf-8", seen=3, records=records, problems=()
    )
    keep(store, anna.id, review_id, reading)
    work, record = schema.work, schema.record
    with store.writing(review_id, anna.id, Role.READER) as w:  # the third takes the first's record
        w.connection.execute(record.update().where(record.c.id == 1).values(work_id=3))
        w.connection.execute(work.update().where(work.c.id == 1).values(merged_into=3))
    for words, wanted in {
        "https://doi.org/10.1234/ABC(1)X": [3],
        "doi: 10.1234/abc": [2, 3],
        "10.1234/abc_": [2],
        "10.1234/abc% OR two": [2],
        "-10.1234/abc_1": [3],
    }.items():
        with store.reading_outside() as c:
            assert works.ids(c, review_id, Filter(words=words)) == wanted, words


@pytest.fixture
def decided(
    store: Store, anna: people.Person, ben: people.Person, review_id: int, find: Search
) -> Callable[..., list[int]]:
    """1: excluded by both, Ben's reason is newer; 2: Anna alone; 3: resolved; 4: untouched."""
    with store.writing(review_id, anna.id, Role.READER) as w:
        for position, label in enumerate(("Topic", "Design", "Language")):
            w.connection.execute(
                schema.reason.insert().values(
                    w.for_review(label=label, position=position, retired=False)
                )
            )
        w.connection.execute(
            schema.work.update()
            .where(schema.work.c.id.in_([1, 3]))
            .values(title_abstract="exclude")
        )

    def add(person_id: int, work_id: int, verdict: Verdict, *reasons: int, **more: Any) -> None:
        new = NewDecision(
            work_id=work_id,
            stage=Stage.TITLE_ABSTRACT,
            verdict=verdict,
            client_id=f"{person_id}-{work_id}-{verdict}-{reasons}",
            reason_ids=reasons,
        )
        with store.writing(review_id, person_id, Role.READER) as w:
            row = w.for_review(
                work_id=work_id,
                stage=new.stage.value,
                verdict=verdict.value,
                reason_id=reasons[0] if reasons else None,
                reason_ids=list(reasons) if len(reasons) > 1 else [],
                resolves=False,
                client_id=new.client_id,
                **w.by_and_at,
            )
            w.connection.execute(schema.decision.insert().values(row | more))

    add(anna.id, 1, Verdict.EXCLUDE, 1)
    add(ben.id, 1, Verdict.EXCLUDE, 2, 3)
    add(anna.id, 2, Verdict.EXCLUDE, 1)
    add(anna.id, 3, Verdict.INCLUDE)
    add(ben.id, 3, Verdict.EXCLUDE, 2)
    add(anna.id, 3, Verdict.EXCLUDE, 3, resolves=True)
    add(ben.id, 2, Verdict.MAYBE)
    add(ben.id, 2, Verdict.WITHDRAWN)

    def ids(**fields: Any) -> list[int]:
        with store.reading_outside() as c:
            which = Filter(**fields)
            found = works.ids(c, review_id, which)
            assert works.count(c, review_id, which) == len(found)
        return found

    return ids


def test_works_are_filtered_by_the_reason_that_counts(decided: Callable[..., list[int]]) -> None:
    assert decided(reason_id=1) == []  # of 1 Ben's is newer; 2 is open, and its reason hidden
    assert decided(reason_id=2) == [1]
    assert decided(reason_id=3) == [1, 3]
    assert decided(reason_id=3, words="supported -employment") == []
    assert decided(reason_id=13) == []


def test_works_are_filtered_by_own_decisions_only(
    decided: Callable[..., list[int]], anna: people.Person, ben: people.Person
) -> None:
    assert decided(own=ANY, person_id=anna.id) == [1, 2, 3]
    assert decided(own=NONE, person_id=anna.id) == [4]
    assert decided(own="exclude", person_id=anna.id) == [1, 2, 3]
    assert decided(own="include", person_id=anna.id) == [3]  # her vote, before she resolved it
    assert decided(own=ANY, person_id=ben.id) == [1, 3]
    assert decided(own=NONE, person_id=ben.id) == [2, 4]


def test_works_are_filtered_by_years_and_states(decided: Callable[..., list[int]]) -> None:
    assert decided(year_from=1999, year_to=2005) == [1, 2]
    assert decided(year_from=2006) == [4]
    assert decided(year_to=1998) == []
    assert decided(title_abstract="exclude") == [1, 3]
    assert decided(title_abstract="exclude", year_from=1990) == [1]
    assert decided(title_abstract="open", full_text="open") == []
