"""Settings of the map and marks of its cells: the newest counts, and nothing is written over."""

from dataclasses import replace

import pytest

from evidence.store import Role, Store, events
from evidence.store.events import EventKind
from evidence.store.results import map_settings
from evidence.store.results.map_settings import CellMark, CellSent
from evidence.store.review import people, reviews
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from tests.conftest import NOW

WORK_HOPE = MapCell.where("axis:outcome", "hope", "axis:intervention", "ips")
NEW = MapSettings(few=2, several=7, recent_since=2019, texts=MapTexts(licence="CC BY 4.0"))


def change(store: Store, review_id: int, person: people.Person, settings: MapSettings) -> None:
    with store.writing(review_id, person.id, Role.READER) as w:
        map_settings.change(w, settings)


def mark(
    store: Store, review_id: int, person: people.Person, cell: MapCell, *, on: bool, note: str = ""
) -> None:
    with store.writing(review_id, person.id, Role.READER) as w:
        sent = CellSent(subject="IPS × Hope", note=note)
        map_settings.mark(w, cell, sent, not_applicable=on)


def marked(store: Store, review_id: int) -> list[CellMark]:
    with store.reading_outside() as c:
        return map_settings.not_applicable(c, review_id)


def test_the_newest_settings_count_and_the_others_stay(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    with store.reading_outside() as c:
        assert map_settings.current(c, review_id) == MapSettings()
        assert map_settings.history(c, review_id) == []
    change(store, review_id, anna, NEW)
    newest = replace(NEW, recent_since=None, view="rows=axis%3Aoutcome")
    change(store, review_id, ben, newest)
    with store.reading_outside() as c:
        assert map_settings.current(c, review_id) == newest
        history = map_settings.history(c, review_id)
        (noted, _) = events.of_kind(c, review_id, EventKind.MAP_SETTINGS_CHANGED)
    assert [(each.person, each.settings) for each in history] == [("Ben", newest), ("Anna", NEW)]
    assert noted.after == {"recent_since": None, "view": "rows=axis%3Aoutcome"}


@pytest.mark.parametrize("odd", ["nul \x00 here", "half \ud83d of a pair", "=1+1</script>\u202e"])
def test_texts_are_kept_whatever_people_paste(
    store: Store, anna: people.Person, review_id: int, odd: str
) -> None:
    change(store, review_id, anna, replace(NEW, texts=MapTexts(contact=odd)))
    with store.reading_outside() as c:
        kept = map_settings.current(c, review_id).texts.contact
    assert kept == odd.replace("\x00", "").replace("\ud83d", "?")


def test_a_cell_is_one_whichever_of_its_dimensions_are_the_rows(
    store: Store, anna: people.Person, ben: people.Person, review_id: int
) -> None:
    turned = MapCell.where("axis:intervention", "ips", "axis:outcome", "hope")
    other = MapCell.where("axis:intervention", "hope", "axis:outcome", "ips")
    assert turned == WORK_HOPE != other
    mark(store, review_id, anna, WORK_HOPE, on=True, note="Nobody would measure it")
    mark(store, review_id, anna, other, on=True)
    first, _ = marked(store, review_id)
    assert (first.cell, first.note, first.person) == (turned, "Nobody would measure it", "Anna")
    mark(store, review_id, ben, turned, on=False)
    assert [each.cell for each in marked(store, review_id)] == [other]
    mark(store, review_id, ben, turned, on=True)
    assert [each.cell for each in marked(store, review_id)] == [other, turned]
    with store.reading_outside() as c:
        assert len(events.of_kind(c, review_id, EventKind.MAP_CELL_MARKED)) == 4


def test_marks_of_another_review_are_its_own(
    store: Store, anna: people.Person, review_id: int
) -> None:
    with store.writing_outside() as c:
        other = reviews.create(c, anna.id, NOW, reviews.Draft(title="Another"))
    mark(store, other, anna, WORK_HOPE, on=True)
    assert marked(store, review_id) == []
    assert len(marked(store, other)) == 1
