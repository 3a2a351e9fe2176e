"""Versions of the map of a review: frozen copies of its document, which nothing changes or removes.

A version may be cited, and what changed since is told by its number; so no act takes one away.
Only with the review itself do its versions go.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import map_version, person


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """What is kept of a map that is frozen.

    Attributes:
        note: what the version is for.
        studies: how many are on it.
        searched_to: the date of the last search; empty where it is not known.
        digest: the `version` of the document, another one for every other document.
        scheme_ids: of the schemes whose codes are on it, the one of results first.
        packed: what `packed` makes of the document.
    """

    note: str
    studies: int
    searched_to: str
    digest: str
    scheme_ids: tuple[int, ...]
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MapVersion:
    """A version of the map, as it stands in a list.

    Attributes:
        number: from 1, within the review.
        person: who froze it.
        studies, searched_to, digest, scheme_ids: as in `NewVersion`.
    """

    number: int
    note: str
    person: str
    at: datetime
    studies: int
    searched_to: str
    digest: str
    scheme_ids: tuple[int, ...]


def packed(document: str) -> bytes:
    """A document as it is kept."""
    return zlib.compress(document.encode(), 9)


def add(write: Write, new: NewVersion) -> int:
    """Keep a version of the map; gives its number.

    No two people get the same one: whoever writes in a review is alone in it (`Store.writing`).
    """
    highest = select(func.max(map_version.c.number)).where(
        map_version.c.review_id == write.review_id
    )
    number = (write.connection.execute(highest).scalar_one() or 0) + 1
    values = {
        "number": number,
        "note": new.note,
        "studies": new.studies,
        "searched_to": new.searched_to,
        "digest": new.digest,
        "scheme_ids": list(new.scheme_ids),
        "document": new.packed,
    }
    row = write.for_review(**values, **write.by_and_at)
    write.connection.execute(insert(map_version).values(**row))
    after = {"number": number, "note": new.note, "digest": new.digest}
    events.note(write, EventKind.MAP_FROZEN, f"version {number}", after=after)
    return number


def listing(connection: Connection, review_id: int) -> list[MapVersion]:
    """The versions of a review, newest first."""
    query = _versions(review_id).order_by(map_version.c.number.desc())
    return [_version(row) for row in connection.execute(query).mappings()]


def get(connection: Connection, review_id: int, number: int) -> MapVersion:
    """One of them.

    Raises:
        NotFound: the review has no version of this number.
    """
    query = _versions(review_id).where(map_version.c.number == number)
    row = connection.execute(query).mappings().one_or_none() if number in _NUMBERS else None
    if row is None:
        raise NotFound("version of the map", number)
    return _version(row)


def document(connection: Connection, review_id: int, number: int) -> str:
    """The frozen document of a version, as it was given to `packed`.

    Raises:
        NotFound: the review has no version of this number.
    """
    get(connection, review_id, number)
    query = select(map_version.c.document).where(
        map_version.c.review_id == review_id, map_version.c.number == number
    )
    return zlib.decompress(connection.execute(query).scalar_one()).decode()


_NUMBERS = range(1, 2**31)
"""PostgreSQL takes no larger one where it expects a whole number."""
_LISTED = ("number", "note", "at", "studies", "searched_to", "digest", "scheme_ids")


def _versions(review_id: int) -> Select[Any]:
    return (
        select(*(map_version.c[name] for name in _LISTED), person.c.name.label("person"))
        .join(person, person.c.id == map_version.c.person_id)
        .where(map_version.c.review_id == review_id)
    )


def _version(row: RowMapping) -> MapVersion:
    return MapVersion(**{**row, "scheme_ids": tuple(row["scheme_ids"])})
