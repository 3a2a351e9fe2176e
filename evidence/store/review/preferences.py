"""What people chose for their own screen."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from evidence.store.engine import Write
from evidence.store.schema import preference


def of_person(connection: Connection, review_id: int, person_id: int) -> dict[str, Any]:
    """All that a person chose in a review, by name."""
    query = select(preference.c.name, preference.c.value).where(
        preference.c.review_id == review_id, preference.c.person_id == person_id
    )
    return {row.name: row.value for row in connection.execute(query)}


def keep(write: Write, name: str, value: Any) -> None:
    """From now on the writing person has this value."""
    about = {"review_id": write.review_id, "person_id": write.person_id, "name": name}
    changed = write.connection.execute(
        update(preference)
        .where(*(preference.c[column] == given for column, given in about.items()))
        .values(value=value)
    )
    if not changed.rowcount:
        write.connection.execute(insert(preference).values(**about, value=value))
