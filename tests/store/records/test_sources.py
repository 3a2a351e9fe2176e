"""Imports keep everything, and can be undone until somebody worked on them."""

import pytest

from evidence.citations.record import Reading
from evidence.errors import NotAllowed
from evidence.problems import Code, Problem
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store
from evidence.store.records import duplicates, records_of_works, sources, undo_import, works
from evidence.store.records.filters import Filter
from evidence.store.review import people
from evidence.store.screening import decisions
from tests.conftest import a_reading, a_record, keep


def test_records_keep_raw_text_fields_and_values(
    store: Store, anna: people.Person, review_id: int
) -> None:
    entry = a_record(
        "Ünïcode & <b>markup</b> 工作", doi="10.1/x", keywords=("a", "b"), year=1999, key="k1"
    )
    reading = Reading(
        file="x.ris",
        format="ris",
        encoding="utf-8",
        seen=2,
        records=(entry,),
        problems=(Problem(code=Code.ENTRY_EMPTY, file="x.ris", line=7, detail="empty"),),
    )
    file_id = keep(store, anna.id, review_id, reading)
    with store.reading_outside() as c:
        _, references = works.all_references(c, review_id)
        (line,) = works.page(c, review_id, Filter())
        work = works.get(c, review_id, line.id)
        assert sources.problems_of(c, file_id) == list(reading.problems)
        (file,) = sources.files(c, review_id)
    assert references == [entry.reference] == [work.reference]
    assert (work.records[0].raw, work.records[0].fields) == (entry.raw, entry.fields)
    assert (file.seen, file.records, file.problems, file.imported_by) == (2, 1, 1, "Anna")


def test_nul_and_lone_surrogates_cannot_stop_an_import(
    store: Store, anna: people.Person, review_id: int
) -> None:
    keep(store, anna.id, review_id, a_reading("A\x00B\ud800C"))
    with store.reading_outside() as c:
        assert works.page(c, review_id, Filter())[0].title == "AB?C"


def test_ids_of_works_follow_the_order_of_the_file(
    store: Store, anna: people.Person, review_id: int
) -> None:
    titles = [f"Title {number}" for number in range(3000)]
    keep(store, anna.id, review_id, a_reading(*titles))
    with store.reading_outside() as c:
        listed = works.page(c, review_id, Filter(), limit=5000)
        _, references = works.all_references(c, review_id)
    assert [line.title for line in listed] == titles == [r.title for r in references]


def test_a_file_is_known_by_its_text(store: Store, anna: people.Person, review_id: int) -> None:
    keep(store, anna.id, review_id, a_reading("One"), sha="abc")
    with store.reading_outside() as c:
        assert set(sources.files_by_hash(c, review_id, ["abc", "def"])) == {"abc"}
        assert sources.files_by_hash(c, review_id + 1, ["abc"]) == {}


def test_undoing_an_import_removes_all_of_it(
    store: Store, anna: people.Person, review_id: int
) -> None:
    keep(store, anna.id, review_id, a_reading("Stays"))
    file_id = keep(store, anna.id, review_id, a_reading("Goes", "Goes too", file="b.ris"))
    with store.writing(review_id, anna.id, Role.READER) as w:
        assert undo_import.undo(w, file_id) == []
    with store.reading_outside() as c:
        assert [line.title for line in works.page(c, review_id, Filter())] == ["Stays"]
        assert [s.name for s in sources.listing(c, review_id)] == ["From export.ris"]


def test_undoing_frees_the_twins_in_other_files(
    store: Store, anna: people.Person, review_id: int
) -> None:
    goes = keep(store, anna.id, review_id, a_reading("Twin"))
    keep(store, anna.id, review_id, a_reading("Twin", file="b.ris"))
    with store.writing(review_id, anna.id, Role.READER) as w:
        first, second = records_of_works.memberships(w.connection, review_id)
        records_of_works.move(w, [(second.record_id, first.work_id)])
        records_of_works.set_merged_into(w, [(second.work_id, first.work_id)])
    with store.writing(review_id, anna.id, Role.READER) as w:
        assert undo_import.undo(w, goes) == [second.record_id]
    with store.reading_outside() as c:
        (line,) = works.page(c, review_id, Filter())
    assert line.id == second.first_work_id


@pytest.mark.parametrize("worked_on", ["screened", "judged"])
def test_an_import_that_was_worked_on_stays(
    store: Store, anna: people.Person, review_id: int, worked_on: str
) -> None:
    file_id = keep(store, anna.id, review_id, a_reading("One", "Two"))
    with store.writing(review_id, anna.id, Role.READER) as w:
        one, two = records_of_works.memberships(w.connection, review_id)
        if worked_on == "screened":
            new = decisions.NewDecision(
                work_id=one.work_id,
                stage=Stage.TITLE_ABSTRACT,
                verdict=Verdict.INCLUDE,
                client_id="c1",
            )
            decisions.add(w, [new])
        else:
            verdict = duplicates.PairVerdict(
                record_a=one.record_id,
                record_b=two.record_id,
                verdict="different",
                reason="person",
                scores={},
            )
            duplicates.add_answers(w, [verdict])
    with (
        pytest.raises(NotAllowed, match=worked_on),
        store.writing(review_id, anna.id, Role.READER) as w,
    ):
        undo_import.undo(w, file_id)
    with store.reading_outside() as c:
        assert works.count(c, review_id, Filter()) == 2


def test_words_are_searched_in_title_abstract_and_authors(
    store: Store, anna: people.Person, review_id: int
) -> None:
    keep(store, anna.id, review_id, a_reading("100% work", "Leisure"))
    with store.reading_outside() as c:
        found = {
            words: works.count(c, review_id, Filter(words=words))
            for words in ("work", "MEYER leisure", "100%", "_", "nothing")
        }
    assert found == {"work": 1, "MEYER leisure": 1, "100%": 1, "_": 0, "nothing": 0}


def test_a_number_is_never_given_twice(store: Store, anna: people.Person, review_id: int) -> None:
    """A page that still shows an undone import must not decide on what came after it."""
    file_id = keep(store, anna.id, review_id, a_reading("Goes", "Goes too"))
    with store.reading_outside() as c:
        gone = {line.id for line in works.page(c, review_id, Filter())}
    with store.writing(review_id, anna.id, Role.READER) as w:
        undo_import.undo(w, file_id)
    keep(store, anna.id, review_id, a_reading("Comes"))
    with store.reading_outside() as c:
        assert gone.isdisjoint(line.id for line in works.page(c, review_id, Filter()))
