"""Labels and own choices: everybody's own, and secret while a colleague's verdict is."""

import pytest

from evidence.errors import Invalid, NotFound
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store, events
from evidence.store.events import EventKind
from evidence.store.records import labels, records_of_works, works
from evidence.store.records.filters import Filter
from evidence.store.review import people, preferences
from evidence.store.screening import decisions
from tests.conftest import a_reading, keep

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def work_ids(store: Store, anna: people.Person, review_id: int) -> list[int]:
    keep(store, anna.id, review_id, a_reading("One", "Two", "Three"))
    with store.reading_outside() as c:
        return [line.id for line in works.page(c, review_id, Filter())]


def seen(store: Store, review_id: int, work_id: int, person: people.Person) -> list[str]:
    with store.reading_outside() as c:
        return labels.on_works(c, review_id, [work_id], person.id).get(work_id, [])


def found(store: Store, review_id: int, name: str, person: people.Person) -> list[str]:
    with store.reading_outside() as c:
        label_id = next(one.id for one in labels.listing(c, review_id) if one.name == name)
        chosen = Filter(label_id=label_id, person_id=person.id)
        return [line.title for line in works.page(c, review_id, chosen)]


def test_a_renamed_label_stays_on_its_works_and_takes_no_name_of_another(
    store: Store, review_id: int, work_ids: list[int], anna: people.Person
) -> None:
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.put(w, work_ids[0], "Key paper")
        labels.put(w, work_ids[1], "Ask Ben")
        key, ask = labels.listing(w.connection, review_id)
        labels.rename(w, key.id, "Important")
        with pytest.raises(Invalid, match="already"):
            labels.rename(w, ask.id, "Important")
        with pytest.raises(NotFound):
            labels.rename(w, 999, "Nothing")
        (event,) = events.of_kind(w.connection, review_id, EventKind.LABEL_RENAMED)
    assert (event.subject, event.after) == ("Important", "Important")
    assert seen(store, review_id, work_ids[0], anna) == ["Important"]
    assert found(store, review_id, "Ask Ben", anna) == ["Two"]


def test_a_label_is_put_on_once_and_taken_off(
    store: Store, review_id: int, work_ids: list[int], anna: people.Person
) -> None:
    for _ in range(2):
        with store.writing(review_id, anna.id, Role.READER) as w:
            labels.put(w, work_ids[1], "Key paper")
    assert seen(store, review_id, work_ids[1], anna) == ["Key paper"]
    assert found(store, review_id, "Key paper", anna) == ["Two"]
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.drop_unused(w)
        labels.take_off(w, work_ids[1], "Key paper")
    assert seen(store, review_id, work_ids[1], anna) == []
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.drop_unused(w)
        assert labels.listing(w.connection, review_id) == []


def test_a_colleagues_label_is_told_when_the_work_is_decided(
    store: Store, review_id: int, work_ids: list[int], anna: people.Person, ben: people.Person
) -> None:
    first = work_ids[0]
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.put(w, first, "Key paper")
    assert seen(store, review_id, first, ben) == []
    assert found(store, review_id, "Key paper", ben) == []
    with store.writing(review_id, ben.id, Role.READER) as w:
        labels.put(w, first, "Key paper")
        labels.take_off(w, first, "Key paper")
    assert seen(store, review_id, first, anna) == ["Key paper"]
    with store.writing(review_id, anna.id, Role.READER) as w:
        new = decisions.NewDecision(work_id=first, stage=TA, verdict=Verdict.EXCLUDE, client_id="1")
        decisions.add(w, [new])
    assert seen(store, review_id, first, ben) == ["Key paper"]


def test_labels_of_an_included_work_wait_for_the_full_text(
    store: Store, review_id: int, work_ids: list[int], anna: people.Person, ben: people.Person
) -> None:
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.put(w, work_ids[0], "Key paper")
        for stage in Stage:
            new = decisions.NewDecision(
                work_id=work_ids[0], stage=stage, verdict=Verdict.INCLUDE, client_id=stage
            )
            decisions.add(w, [new])
            known = labels.on_works(w.connection, review_id, [work_ids[0]], ben.id)
            assert bool(known) is (stage is Stage.FULL_TEXT)


def test_labels_go_with_a_work_that_is_joined_to_another(
    store: Store, review_id: int, work_ids: list[int], anna: people.Person
) -> None:
    one, two, _ = work_ids
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.put(w, two, "Key paper")
        records_of_works.set_merged_into(w, [(two, one)])
    assert seen(store, review_id, one, anna) == ["Key paper"]
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.take_off(w, one, "Key paper")
    assert seen(store, review_id, one, anna) == []


def test_a_preference_is_kept_per_person_and_replaced(
    store: Store, review_id: int, anna: people.Person, ben: people.Person
) -> None:
    for value in ("small", "large"):
        with store.writing(review_id, anna.id, Role.READER) as w:
            preferences.keep(w, "size", value)
    with store.reading_outside() as c:
        assert preferences.of_person(c, review_id, anna.id) == {"size": "large"}
        assert preferences.of_person(c, review_id, ben.id) == {}
