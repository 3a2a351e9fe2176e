"""How a review shows its map; earlier settings and marks stay in their tables."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import event, map_cell_mark, map_setting, person
from evidence.store.schema.column_types import clean
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from evidence.synthesis.practice.practice_map import PracticeJoin

CLIENT_ID = "client_id"  # in what an event keeps of a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSettingsChange:
    """Settings of the map, with who set them and when."""

    person: str
    at: datetime
    settings: MapSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMark:
    """That a cell is not applicable, with who says so.

    Attributes:
        note: why.
    """

    cell: MapCell
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSent:
    """How a mark was made.

    Attributes:
        subject: the cell in words, for the history.
        note: why.
        client_id: made where it was pressed, "" where it was not sent by a page.
    """

    subject: str
    note: str = ""
    client_id: str = ""


def current(connection: Connection, review_id: int) -> MapSettings:
    """How the map is shown now."""
    query = (
        select(map_setting.c.settings)
        .where(map_setting.c.review_id == review_id)
        .order_by(map_setting.c.id.desc())
        .limit(1)
    )
    stored = connection.execute(query).scalar_one_or_none()
    return MapSettings() if stored is None else _from_json(stored)


def history(connection: Connection, review_id: int) -> list[MapSettingsChange]:
    """All changes of the settings, newest first; empty where they were never changed."""
    query = (
        select(person.c.name, map_setting.c.at, map_setting.c.settings)
        .join(person, person.c.id == map_setting.c.person_id)
        .where(map_setting.c.review_id == review_id)
        .order_by(map_setting.c.id.desc())
    )
    return [
        MapSettingsChange(person=row.name, at=row.at, settings=_from_json(row.settings))
        for row in connection.execute(query)
    ]


def change(write: Write, settings: MapSettings) -> None:
    """Show the map with these settings from now on."""
    before = asdict(current(write.connection, write.review_id))
    texts = {name: clean(text) for name, text in asdict(settings.texts).items()}
    after = asdict(settings) | {"view": clean(settings.view), "texts": texts}
    values = write.for_review(settings=after, **write.by_and_at)
    write.connection.execute(insert(map_setting).values(**values))
    changed = [name for name in after if after[name] != before[name]]
    events.note(
        write,
        EventKind.MAP_SETTINGS_CHANGED,
        "",
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def not_applicable(connection: Connection, review_id: int) -> list[CellMark]:
    """The cells that are marked as not applicable now, in the order of their marks."""
    query = (
        select(map_cell_mark, person.c.name)
        .join(person, person.c.id == map_cell_mark.c.person_id)
        .where(map_cell_mark.c.id.in_(_newest(review_id)), map_cell_mark.c.not_applicable)
        .order_by(map_cell_mark.c.id)
    )
    return [
        CellMark(
            cell=MapCell(
                dimensions=(row.first_dimension, row.second_dimension),
                headings=(row.first_heading, row.second_heading),
            ),
            note=row.note,
            person=row.name,
            at=row.at,
        )
        for row in connection.execute(query)
    ]


def mark(write: Write, cell: MapCell, sent: CellSent, *, not_applicable: bool) -> None:
    """Mark a cell as not applicable, or take that back.

    Args:
        write: on the review.
        cell: which one.
        sent: how it was made.
        not_applicable: whether it is.
    """
    values = {
        "first_dimension": cell.dimensions[0],
        "first_heading": cell.headings[0],
        "second_dimension": cell.dimensions[1],
        "second_heading": cell.headings[1],
        "not_applicable": not_applicable,
        "note": sent.note,
    }
    row = write.for_review(**values, **write.by_and_at)
    write.connection.execute(insert(map_cell_mark).values(**row))
    after = values | ({CLIENT_ID: sent.client_id} if sent.client_id else {})
    events.note(write, EventKind.MAP_CELL_MARKED, sent.subject, after=after)


def note_taken(write: Write, subject: str, client_id: str) -> None:
    """Note that what a page sent was taken, though it changed nothing: see `is_taken`."""
    events.note(write, EventKind.MAP_CELL_MARKED, subject, after={CLIENT_ID: client_id})


def is_taken(write: Write, client_id: str) -> bool:
    """Whether this person's page sent something under this id that was taken."""
    query = select(event.c.id).where(
        event.c.review_id == write.review_id,
        event.c.person_id == write.person_id,
        event.c.kind == EventKind.MAP_CELL_MARKED.value,
        event.c.after[CLIENT_ID].as_string() == client_id,
    )
    return write.connection.execute(query.limit(1)).first() is not None


def _newest(review_id: int) -> Select[Any]:
    """The newest mark of each cell."""
    names = ("first_dimension", "first_heading", "second_dimension", "second_heading")
    cell = (map_cell_mark.c[name] for name in names)
    of_review = map_cell_mark.c.review_id == review_id
    return select(func.max(map_cell_mark.c.id)).where(of_review).group_by(*cell)


def _from_json(stored: dict[str, Any]) -> MapSettings:
    """Settings of an earlier Waymark have no joins."""
    joins = tuple(
        PracticeJoin(
            question=join["question"],
            of_studies=join["of_studies"],
            pairs=tuple((one, other) for one, other in join["pairs"]),
        )
        for join in stored.get("joins", ())
    )
    return MapSettings(**{**stored, "texts": MapTexts(**stored["texts"]), "joins": joins})
