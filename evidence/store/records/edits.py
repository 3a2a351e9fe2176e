"""Edits: values that people wrote for a field of a work, such as a missing abstract.

Edits are added, never changed; an empty value clears the one before. An edit stays on the work on
which it was made and counts for the work into which that was merged.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from evidence.store.engine import Write
from evidence.store.schema import field_edit, person
from evidence.store.surviving import original, originals_of, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A value that somebody wrote for a field; an empty one clears it."""

    id: int
    work_id: int
    surviving_id: int
    field: str
    value: str
    note: str
    person: str
    at: datetime


def add(write: Write, work_id: int, field: str, value: str, note: str = "") -> None:
    """Let this value stand for a field of a work from now on."""
    write.connection.execute(
        insert(field_edit).values(
            **write.for_review(
                work_id=work_id,
                field=field,
                value=value,
                note=note,
                **write.by_and_at,
            )
        )
    )


def history(
    connection: Connection, review_id: int, work_ids: Collection[int] | None = None
) -> list[Edit]:
    """All edits of these works and of those merged into them, or of the review; oldest first."""
    query = (
        select(
            field_edit.c.id,
            field_edit.c.work_id,
            surviving_id.label("surviving_id"),
            field_edit.c.field,
            field_edit.c.value,
            field_edit.c.note,
            person.c.name.label("person"),
            field_edit.c.at,
        )
        .join(original, original.c.id == field_edit.c.work_id)
        .join(person, person.c.id == field_edit.c.person_id)
        .where(field_edit.c.review_id == review_id)
        .order_by(field_edit.c.id)
    )
    if work_ids is not None:
        query = query.where(originals_of(work_ids))
    return [Edit(**row) for row in connection.execute(query).mappings()]


def standing(
    connection: Connection, review_id: int, work_ids: Collection[int] | None = None
) -> dict[int, dict[str, Edit]]:
    """The edits that stand, by surviving work and field.

    Of each work the newest counts; of several merged works the newest that was not cleared.
    """
    newest = {(edit.work_id, edit.field): edit for edit in history(connection, review_id, work_ids)}
    edits: dict[int, dict[str, Edit]] = defaultdict(dict)
    for edit in sorted(newest.values(), key=lambda edit: edit.id):
        if edit.value:
            edits[edit.surviving_id][edit.field] = edit
    return dict(edits)
