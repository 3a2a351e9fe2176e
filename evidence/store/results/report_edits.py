"""What people write into the sections of a report; what one said earlier stays in its table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from evidence.errors import NotFound
from evidence.report.edited_sections import SectionEdit
from evidence.report.part_values import PartValue
from evidence.store.engine import Write
from evidence.store.schema import person, report_edit
from evidence.store.schema.column_types import clean

MOST_IDS = 100  # of acts in one row that a browser may send again
MOST_ROWS = 200  # of one section's history that are listed at a time
_edit = report_edit.c


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdit:
    """A row of the table.

    Attributes:
        client_ids: of the acts that made it, the newest last.
        person: name of who made it.
        began_at, at: when they began, and when they changed it last.
    """

    id: int
    edit: SectionEdit
    client_ids: tuple[str, ...]
    person_id: int
    person: str
    began_at: datetime
    at: datetime


def current(connection: Connection, review_id: int) -> dict[str, KeptEdit]:
    """How each section was left last, by its key; without those that nobody edited."""
    newest = select(func.max(_edit.id)).where(_edit.review_id == review_id).group_by(_edit.section)
    query = _with_names().where(_edit.id.in_(newest)).order_by(_edit.id)
    kept = [_kept(row) for row in connection.execute(query).mappings()]
    return {each.edit.key: each for each in kept}


def history(
    connection: Connection, review_id: int, section: str, before: int | None = None
) -> list[KeptEdit]:
    """How a section was left, newest first: up to MOST_ROWS rows.

    Args:
        connection: to the database.
        review_id: of the review.
        section: its key.
        before: id of a row, for those that are older; None for the newest.
    """
    query = _with_names().where(*_older(review_id, section, before))
    rows = connection.execute(query.order_by(_edit.id.desc()).limit(MOST_ROWS)).mappings()
    return [_kept(row) for row in rows]


def how_many(
    connection: Connection, review_id: int, section: str, before: int | None = None
) -> int:
    """How many rows the history of a section has; with `before`, how many older ones."""
    query = select(func.count()).where(*_older(review_id, section, before))
    return int(connection.execute(query).scalar_one())


def get(connection: Connection, review_id: int, section: str, row_id: int) -> KeptEdit:
    """One row of a section's history, however old.

    Raises:
        NotFound: it has no such row.
    """
    query = _with_names().where(*_older(review_id, section, None), _edit.id == row_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("row of the history", row_id)
    return _kept(row)


def is_kept(write: Write, section: str, client_id: str) -> bool:
    """Whether an act of the person is among the newest that were kept of a section."""
    query = (
        select(_edit.client_ids)
        .where(
            _edit.review_id == write.review_id,
            _edit.section == section,
            _edit.person_id == write.person_id,
        )
        .order_by(_edit.id.desc())
        .limit(MOST_ROWS)
    )
    return any(client_id in ids for ids in write.connection.execute(query).scalars())


def add(write: Write, edit: SectionEdit, client_id: str) -> None:
    """Let a section stand like this from now on."""
    values = write.for_review(
        **_values(edit),
        section=edit.key,
        client_ids=[client_id] if client_id else [],
        began_at=write.at,
        **write.by_and_at,
    )
    write.connection.execute(insert(report_edit).values(**values))


def go_on(write: Write, kept: KeptEdit, edit: SectionEdit, client_id: str) -> None:
    """Let the row of somebody who is still typing say this in place of what it said."""
    ids = [*kept.client_ids, client_id][-MOST_IDS:]
    values = {**_values(edit), "client_ids": ids, "at": write.at}
    write.connection.execute(update(report_edit).where(_edit.id == kept.id).values(**values))


def _values(edit: SectionEdit) -> dict[str, Any]:
    return {
        "title": edit.title,
        "text": edit.text,
        "position": edit.position,
        "is_removed": edit.is_removed,
        "mark": edit.mark,
        "part_values": {
            clean(token): {name: clean(text) for name, text in asdict(value).items()}
            for token, value in edit.values.items()
        },
    }


def _older(review_id: int, section: str, before: int | None) -> list[ColumnElement[bool]]:
    of_section = [_edit.review_id == review_id, _edit.section == section]
    return of_section if before is None else [*of_section, _edit.id < before]


def _with_names() -> Any:
    return select(report_edit, person.c.name).join(person, person.c.id == _edit.person_id)


def _kept(row: Mapping[Any, Any]) -> KeptEdit:
    edit = SectionEdit(
        key=row["section"],
        title=row["title"],
        text=row["text"],
        position=row["position"],
        is_removed=row["is_removed"],
        mark=row["mark"],
        values={token: PartValue(**value) for token, value in row["part_values"].items()},
    )
    return KeptEdit(
        id=row["id"],
        edit=edit,
        client_ids=tuple(row["client_ids"]),
        person_id=row["person_id"],
        person=row["name"],
        began_at=row["began_at"],
        at=row["at"],
    )
