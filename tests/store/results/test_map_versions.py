"""Versions of a map are numbered without gaps, and stay as they were frozen."""

from threading import Thread

import pytest

from evidence.errors import NotFound
from evidence.store import Role, Store, events
from evidence.store.events import EventKind
from evidence.store.results import map_versions
from evidence.store.results.map_versions import NewVersion
from evidence.store.review import people, reviews
from tests.conftest import NOW

DOCUMENT = '{"title":"دراسة 1 </script>"}'


def new(note: str = "", digest: str = "d1", document: str = DOCUMENT) -> NewVersion:
    return NewVersion(
        note=note,
        studies=3,
        searched_to="2026-05-01",
        digest=digest,
        scheme_ids=(7, 2),
        packed=map_versions.packed(document),
    )


def add(store: Store, review_id: int, person: people.Person, version: NewVersion) -> int:
    with store.writing(review_id, person.id, Role.READER) as w:
        return map_versions.add(w, version)


def test_a_version_is_given_back_as_it_was_kept(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    assert add(store, review_id, anna, new("nul \x00 and ☂")) == 1
    assert add(store, review_id, ben, new(digest="d2", document="{}")) == 2
    with store.reading_outside() as c:
        second, first = map_versions.listing(c, review_id)
        assert map_versions.get(c, review_id, 1) == first
        assert map_versions.document(c, review_id, 1) == DOCUMENT
        assert map_versions.document(c, review_id, 2) == "{}"
        noted = events.of_kind(c, review_id, EventKind.MAP_FROZEN)
    assert (first.number, first.note, first.person) == (1, "nul  and ☂", "Anna")
    assert (first.studies, first.searched_to, first.digest) == (3, "2026-05-01", "d1")
    assert first.scheme_ids == (7, 2)
    assert (second.number, second.person) == (2, "Ben")
    assert [each.subject for each in noted] == ["version 2", "version 1"]


def test_people_who_freeze_at_once_get_numbers_of_their_own(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    numbers: list[int] = []
    writers = [
        Thread(target=lambda who=who: numbers.append(add(store, review_id, who, new())))
        for who in (anna, ben, anna, ben)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(numbers) == [1, 2, 3, 4]


def test_what_breaks_off_in_between_leaves_nothing_and_no_gap(
    store: Store, anna: people.Person, review_id: int
) -> None:
    def breaks_off() -> None:
        with store.writing(review_id, anna.id, Role.READER) as w:
            map_versions.add(w, new())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    with store.reading_outside() as c:
        assert map_versions.listing(c, review_id) == []
        assert events.of_kind(c, review_id, EventKind.MAP_FROZEN) == []
    assert add(store, review_id, anna, new()) == 1


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 2**80])
def test_a_version_that_is_not_there_is_not_found(
    store: Store, anna: people.Person, review_id: int, number: int
) -> None:
    add(store, review_id, anna, new())
    with store.writing_outside() as c:
        other = reviews.create(c, anna.id, NOW, reviews.Draft(title="Another"))
    with store.reading_outside() as c:
        for ask in (map_versions.get, map_versions.document):
            with pytest.raises(NotFound):
                ask(c, review_id, number)
            with pytest.raises(NotFound):
                ask(c, other, 1)  # of another review
    assert add(store, other, anna, new()) == 1
