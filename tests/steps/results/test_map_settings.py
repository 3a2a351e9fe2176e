"""How the map is shown is the editors' choice, and never goes over a colleague's unseen."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results import map_marks, map_settings
from evidence.store.events import EventKind, of_kind
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from tests.steps.coding.test_coding import SCHEME
from tests.steps.conftest import enter

IPS_HOPE = MapCell.where("axis:intervention", "ips", "axis:outcome", "hope")


def with_texts(**texts: str) -> MapSettings:
    return MapSettings(texts=MapTexts(**texts))


def test_settings_are_kept_without_the_space_around(desk: Desk) -> None:
    map_settings.change(desk, with_texts(licence=" CC BY 4.0\n"), MapSettings())
    now = map_settings.current(desk)
    assert now == with_texts(licence="CC BY 4.0")
    map_settings.change(desk, now, now)
    assert len(map_settings.history(desk)) == 1  # the same again is no change


def test_nobody_goes_over_settings_that_they_did_not_see(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    map_settings.change(bens_desk, MapSettings(few=2), MapSettings())
    with pytest.raises(Invalid, match="meanwhile"):
        map_settings.change(desk, MapSettings(few=1), MapSettings())
    assert map_settings.current(desk).few == 2


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (MapSettings(few=-1), "Few"),
        (MapSettings(several=1001), "Several"),
        (MapSettings(few=5, several=5), "more than"),
        (MapSettings(recent_since=21), "four digits"),
        (with_texts(searched_to="last spring"), "is no date"),
        (with_texts(question="?" * 20_001), "too long"),
        (MapSettings(view="words=" + "a" * 8_000), "too long"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, settings: MapSettings, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        map_settings.change(desk, settings, MapSettings())
    assert map_settings.history(desk) == []


@pytest.mark.parametrize(
    "link",
    ["rows=a&columns=b", "https://here.example/wm/evidence_map?review=1#rows=a&columns=b ",
     "#rows=a&columns=b"],
)  # fmt: skip
def test_the_view_to_begin_with_is_taken_from_a_link(desk: Desk, link: str) -> None:
    map_settings.change(desk, MapSettings(view=link), MapSettings())
    assert map_settings.current(desk).view == "rows=a&columns=b"


def test_a_cell_is_marked_once_and_taken_back(desk: Desk) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    for _ in range(2):
        map_settings.mark_cell(desk, IPS_HOPE, not_applicable=True, note=" Not  asked ")
    (mark,) = map_settings.not_applicable(desk)
    assert (mark.cell, mark.note) == (IPS_HOPE, "Not asked")
    map_settings.mark_cell(desk, IPS_HOPE, not_applicable=False)
    assert map_settings.not_applicable(desk) == []
    with desk.reading() as c:
        noted = of_kind(c, desk.review_id, EventKind.MAP_CELL_MARKED)
    assert [each.subject for each in noted] == ["IPS × Hope"] * 2


def test_a_mark_can_be_taken_back_once_the_scheme_lost_the_heading(desk: Desk) -> None:
    scheme_id = schemes.add(desk, SCHEME, "small.yaml")
    map_settings.mark_cell(desk, IPS_HOPE, not_applicable=True)
    without = SCHEME.replace("id: hope", "id: trust")
    seen = schemes.get(desk, scheme_id).version.id
    schemes.add(desk, without, "small.yaml", seen)
    map_settings.mark_cell(desk, IPS_HOPE, not_applicable=False)
    assert map_settings.not_applicable(desk) == []


@pytest.mark.parametrize(
    "cell",
    [
        replace(IPS_HOPE, headings=("ips", "despair")),
        replace(IPS_HOPE, dimensions=("axis:intervention", "axis:weather")),
        replace(IPS_HOPE, dimensions=("axis:outcome", "axis:outcome"), headings=("hope", "hope")),
    ],
)
def test_only_a_cell_of_the_map_can_be_marked(desk: Desk, cell: MapCell) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    with pytest.raises(Invalid, match="no such cell"):
        map_settings.mark_cell(desk, cell, not_applicable=True)
    assert map_settings.not_applicable(desk) == []


def message(**values: object) -> dict[str, object]:
    place = {"rows": "axis:outcome", "row": "hope", "columns": "axis:intervention", "column": "ips"}
    return {"client_id": "1", **place, "not_applicable": True, **values}


def test_a_mark_sent_again_late_does_not_undo_what_a_colleague_did_since(
    desk: Desk, bens_desk: Desk
) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    enter(bens_desk)
    sent = [message(client_id="ada-1")]
    map_marks.apply(desk, sent)
    map_settings.mark_cell(bens_desk, IPS_HOPE, not_applicable=False)
    assert map_marks.apply(desk, sent).accepted == ["ada-1"]
    assert map_settings.not_applicable(desk) == []
    # Ids are those of one person: the same of another one is another mark.
    map_marks.apply(bens_desk, sent)
    assert [mark.person for mark in map_settings.not_applicable(desk)] == ["Ben"]
    # Also one that changed nothing when it came first is taken once.
    map_marks.apply(desk, [message(client_id="ada-2")])
    map_settings.mark_cell(bens_desk, IPS_HOPE, not_applicable=False)
    map_marks.apply(desk, [message(client_id="ada-2")])
    assert map_settings.not_applicable(desk) == []
    # What was taken is said to be kept, even where the cell is no more.
    seen = schemes.of_map(desk)[0].version.id
    schemes.add(desk, SCHEME.replace("id: hope", "id: trust"), "small.yaml", seen)
    assert map_marks.apply(desk, sent).accepted == ["ada-1"]


def test_marks_that_are_sent_again_change_nothing(desk: Desk) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    map_settings.mark_cell(desk, IPS_HOPE, not_applicable=True, note="Not asked")
    outcome = map_marks.apply(desk, [message(), message(client_id="2")])
    assert (outcome.accepted, outcome.refused) == (["1", "2"], {})
    (mark,) = map_settings.not_applicable(desk)
    assert mark.note == "Not asked"
    map_marks.apply(desk, [message(client_id="3", not_applicable=False)])
    assert map_settings.not_applicable(desk) == []


@pytest.mark.parametrize(
    "odd",
    [{"row": 1}, {"row": None}, {"row": "despair"}, {"rows": "axis:intervention"},
     {"not_applicable": "yes"}, {"not_applicable": None}, {"column": ["ips"]}],
)  # fmt: skip
def test_marks_that_cannot_be_are_refused_by_themselves(desk: Desk, odd: dict[str, object]) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    outcome = map_marks.apply(desk, [message(**odd), message(client_id="2")])
    assert (outcome.accepted, list(outcome.refused)) == (["2"], ["1"])
    assert [mark.cell for mark in map_settings.not_applicable(desk)] == [IPS_HOPE]


@pytest.mark.parametrize("client_id", ["", None, 7, ["1"], "a\x00", "a\ud800", "1" * 81])
def test_marks_that_cannot_be_known_again_are_refused(desk: Desk, client_id: object) -> None:
    schemes.add(desk, SCHEME, "small.yaml")
    outcome = map_marks.apply(desk, [message(client_id=client_id), message(client_id="2")])
    assert (outcome.accepted, len(outcome.refused)) == (["2"], 1)
