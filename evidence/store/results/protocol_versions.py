"""Versions of the protocol of a review; one that is kept is never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, protocol_version
from evidence.store.schema.column_types import clean, clean_json
from evidence.synthesis.protocol.protocol import Protocol, protocol_from, protocol_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolVersion:
    """The protocol as it stood one day.

    Attributes:
        number: from 1, within the review.
        dated: the day from which it holds, as people say it.
        note: what changed, and why.
    """

    number: int
    dated: str
    note: str
    protocol: Protocol
    person: str
    at: datetime

    @property
    def name(self) -> str:
        """As people call it."""
        return f"Version {self.number} ({self.dated})"


def listing(connection: Connection, review_id: int) -> list[ProtocolVersion]:
    """All versions, newest first."""
    query = (
        select(protocol_version, person.c.name)
        .join(person, person.c.id == protocol_version.c.person_id)
        .where(protocol_version.c.review_id == review_id)
        .order_by(protocol_version.c.number.desc())
    )
    return [
        ProtocolVersion(
            number=row["number"],
            dated=row["dated"],
            note=row["note"],
            protocol=protocol_from(row["content"]),
            person=row["name"],
            at=row["at"],
        )
        for row in connection.execute(query).mappings()
    ]


def add(write: Write, dated: str, note: str, protocol: Protocol) -> int:
    """Keep the protocol as it stands; gives the number of the version.

    No two people get the same one: whoever writes in a review is alone in it (`Store.writing`).
    """
    highest = select(func.max(protocol_version.c.number)).where(
        protocol_version.c.review_id == write.review_id
    )
    number = (write.connection.execute(highest).scalar_one() or 0) + 1
    values = write.for_review(
        number=number,
        dated=clean(dated),
        note=clean(note),
        content=clean_json(protocol_json(protocol)),
        **write.by_and_at,
    )
    write.connection.execute(insert(protocol_version).values(**values))
    events.note(
        write,
        EventKind.PROTOCOL_FROZEN,
        f"version {number}",
        after={"number": number, "dated": values["dated"], "note": values["note"]},
    )
    return number
