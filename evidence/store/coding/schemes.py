"""Coding schemes of a review: their lineages and versions.

A scheme's own id is its lineage. Codings hang on the lineage, so that a new version empties none.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, select

from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, scheme, scheme_version

_version = scheme_version.c
_earlier = scheme_version.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeVersion:
    """A scheme as a review took it; `yaml` is read with coding.read_scheme.load.

    Attributes:
        scheme_id: of the lineage.
        name: the scheme's own id.
        number: of the version among those that the review took, counted from 1.
        version: as the scheme says it.
    """

    id: int
    scheme_id: int
    name: str
    number: int
    version: str
    yaml: str
    by: str
    at: datetime


def add(write: Write, name: str, version: str, yaml: str) -> int:
    """Take a scheme, or a new version of one; gives the id of the lineage.

    The same text again changes nothing. Another text is another version, whatever it calls itself.
    """
    c = write.connection
    query = select(scheme.c.id).where(scheme.c.review_id == write.review_id, scheme.c.name == name)
    scheme_id = c.execute(query).scalar_one_or_none()
    by = {"added_by": write.person_id, "added_at": write.at}
    if scheme_id is None:
        values = write.for_review(name=name, **by)
        scheme_id = c.execute(insert(scheme).values(**values).returning(scheme.c.id)).scalar_one()
    newest = select(_version.yaml).where(_version.scheme_id == scheme_id)
    if c.execute(newest.order_by(_version.id.desc()).limit(1)).scalar_one_or_none() != yaml:
        c.execute(insert(scheme_version).values(
            scheme_id=scheme_id, version=version, yaml=yaml, **by))  # fmt: skip
        events.note(write, EventKind.SCHEME_ADDED, f"{name} {version}")
    return int(scheme_id)


def newest(connection: Connection, review_id: int) -> list[SchemeVersion]:
    """The newest version of each scheme, in the order in which the review took the schemes."""
    newest_ids = select(func.max(_version.id)).group_by(_version.scheme_id)
    query = _versions(review_id).where(_version.id.in_(newest_ids)).order_by(_version.scheme_id)
    return _load(connection, query)


def newest_named(connection: Connection, review_id: int, name: str) -> SchemeVersion | None:
    """The newest version of the scheme with this id of its own; None where the review has none."""
    newest_ids = select(func.max(_version.id)).group_by(_version.scheme_id)
    query = _versions(review_id).where(_version.id.in_(newest_ids), scheme.c.name == name)
    return next(iter(_load(connection, query)), None)


def versions(connection: Connection, review_id: int, scheme_id: int) -> list[SchemeVersion]:
    """All versions of a scheme, the newest first."""
    query = _versions(review_id).where(_version.scheme_id == scheme_id)
    return _load(connection, query.order_by(_version.id.desc()))


def get_version(connection: Connection, review_id: int, version_id: int) -> SchemeVersion:
    """A version of a scheme; raises NotFound where the review has none of this number."""
    found = _load(connection, _versions(review_id).where(_version.id == version_id))
    if not found:
        raise NotFound("version of a coding scheme", version_id)
    return found[0]


def newest_id(connection: Connection, review_id: int, scheme_id: int) -> int:
    """The id of the version of a scheme that is asked now; raises NotFound."""
    query = select(func.max(_version.id)).join(scheme, scheme.c.id == _version.scheme_id)
    query = query.where(scheme.c.id == scheme_id, scheme.c.review_id == review_id)
    found = connection.execute(query).scalar_one()
    if found is None:
        raise NotFound("coding scheme", scheme_id)
    return int(found)


def newest_of(connection: Connection, review_id: int, scheme_id: int) -> SchemeVersion:
    """The version of a scheme that is asked now; raises NotFound for a scheme of no such number."""
    query = _versions(review_id).where(_version.scheme_id == scheme_id)
    found = _load(connection, query.order_by(_version.id.desc()).limit(1))
    if not found:
        raise NotFound("coding scheme", scheme_id)
    return found[0]


def _versions(review_id: int) -> Select[tuple[object, ...]]:
    number = (
        select(func.count())
        .where(_earlier.c.scheme_id == _version.scheme_id, _earlier.c.id <= _version.id)
        .scalar_subquery()
    )
    return (
        select(
            _version.id,
            _version.scheme_id,
            scheme.c.name,
            number.label("number"),
            _version.version,
            _version.yaml,
            person.c.name.label("by"),
            _version.added_at.label("at"),
        )
        .join(scheme, scheme.c.id == _version.scheme_id)
        .join(person, person.c.id == _version.added_by)
        .where(scheme.c.review_id == review_id)
    )


def _load(connection: Connection, query: Select[tuple[object, ...]]) -> list[SchemeVersion]:
    return [SchemeVersion(**row) for row in connection.execute(query).mappings()]
