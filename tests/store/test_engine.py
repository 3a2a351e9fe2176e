"""Writes are whole or nothing, say who and when, and count up the review's version."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from evidence.errors import NotFound
from evidence.store import Role, Store, engine
from evidence.store.area_versions import EVERYTHING, NOTHING, Area
from evidence.store.review import people, reasons, reviews, terms
from tests.conftest import NOW


def version(store: Store, review_id: int) -> int:
    with store.reading_outside() as c:
        return reviews.get(c, review_id).data_version


def test_every_write_bumps_the_data_version(
    store: Store, anna: people.Person, review_id: int
) -> None:
    before = version(store, review_id)
    with store.writing(review_id, anna.id, Role.READER) as w:
        reasons.replace(w, ["Not about work"])
    assert version(store, review_id) == before + 1


def test_a_write_counts_up_the_versions_of_what_it_touches(
    store: Store, anna: people.Person, review_id: int
) -> None:
    with store.writing(review_id, anna.id, Role.READER, areas=Area.LABELS) as w:
        w.touch(Area.CODING | Area.RESULTS)
    with store.writing(review_id, anna.id, Role.READER, areas=NOTHING) as w:
        w.touch(NOTHING)
    with store.reading_outside() as c:
        versions = reviews.versions(c, review_id, EVERYTHING)
    # records, labels, screening, coding, results
    assert versions == (1, 2, 1, 2, 2)
    assert version(store, review_id) == 3


def test_a_failed_write_leaves_nothing(store: Store, anna: people.Person, review_id: int) -> None:
    before = version(store, review_id)
    with pytest.raises(RuntimeError), store.writing(review_id, anna.id, Role.READER) as w:
        reasons.replace(w, ["Not about work"])
        raise RuntimeError
    with store.reading_outside() as c:
        assert reasons.listing(c, review_id) == []
    assert version(store, review_id) == before


def test_nothing_is_written_by_a_connection_for_reading(
    store: Store, anna: people.Person, review_id: int
) -> None:
    for reading in (store.reading_outside(), store.reading(review_id, anna.id, Role.OWNER)):
        with pytest.raises(DBAPIError, match=r"read-?only"), reading as c:
            people.add(c, "Nobody", NOW)
    with store.writing_outside() as c:
        people.add(c, "Ben", NOW)
        assert [person.name for person in people.everybody(c)] == ["Anna", "Ben"]


def test_writing_to_no_review_is_refused(store: Store, anna: people.Person) -> None:
    with (
        pytest.raises(NotFound, match="There is no review 99"),
        store.writing(99, anna.id, Role.READER),
    ):
        pass


def test_writers_at_the_same_time_all_get_their_turn(
    store: Store, anna: people.Person, review_id: int
) -> None:
    before = version(store, review_id)
    failures: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(10):
                with store.writing(review_id, anna.id, Role.READER) as w:
                    terms.replace(w, terms.Terms(include=("work*",)))
        except Exception as error:  # noqa: BLE001  # a thread must hand over whatever went wrong
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert version(store, review_id) == before + 40


def test_moments_come_back_with_their_zone(
    store: Store, anna: people.Person, review_id: int
) -> None:
    with store.reading_outside() as c:
        assert reviews.get(c, review_id).created_at == NOW


def test_a_browser_is_remembered_by_a_hash_of_its_token(
    store: Store, anna: people.Person, ben: people.Person
) -> None:
    with store.writing_outside() as c:
        people.remember(c, "secret", anna.id, NOW)
        people.remember(c, "secret", ben.id, NOW)
    with store.reading_outside() as c:
        assert people.of_browser(c, "secret") == ben
        assert people.of_browser(c, "other") is None
        stored = c.exec_driver_sql("SELECT token_hash FROM browser").scalar_one()
    assert "secret" not in stored


def test_every_connection_to_sqlite_writes_through_to_the_disk(
    sqlite_address: str, engines_share: Callable[[str], Engine]
) -> None:
    store = Store(engines_share(sqlite_address))
    with store.reading_outside() as first, store.writing_outside() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
            assert connection.exec_driver_sql("PRAGMA fullfsync").scalar_one() == 1
    store.close()


def test_a_checkpoint_leaves_all_in_one_file_or_says_so(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LEAVING", 50)
    log = Path(f"{sqlite_address.removeprefix('sqlite:///')}-wal")
    store, other = Store.open(sqlite_address), Store.open(sqlite_address)
    with other.reading_outside() as c:
        people.everybody(c)
        with store.writing_outside() as w:
            people.add(w, "Anna", NOW)
        assert not store.checkpoint()
    assert log.stat().st_size
    assert store.checkpoint()
    assert log.stat().st_size == 0
    other.close()
    store.close()
