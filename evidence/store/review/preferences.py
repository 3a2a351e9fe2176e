"""Preferences of people for their own screen, by review."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from evidence.store.engine import Write
from evidence.store.schema import preference


def of_person(connection: Connection, review_id: int, person_id: int) -> dict[str, Any]:
    """The preferences of a person in a review, by name."""
    query = select(preference.c.name, preference.c.value).where(
        preference.c.review_id == review_id, preference.c.person_id == person_id
    )
    return {row.name: row.value for row in connection.execute(query)}


def keep(write: Write, name: str, value: Any) -> None:
    """Set a preference of the writing person."""
    key = {"review_id": write.review_id, "person_id": write.person_id, "name": name}
    changed = write.connection.execute(
        update(preference)
        .where(*(preference.c[column] == part for column, part in key.items()))
        .values(value=value)
    )
    if not changed.rowcount:
        write.connection.execute(insert(preference).values(**key, value=value))
