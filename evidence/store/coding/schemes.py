"""Coding schemes of a review: their lineages and versions.

A scheme's own id is its lineage. Codings hang on the lineage, so that a new version empties none.
A scheme can be begun and changed before it is taken; until then nothing is asked with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update

from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import (
    person,
    scheme,
    scheme_draft,
    scheme_draft_step,
    scheme_version,
)

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
        is_begun: whether it is only begun, and not asked yet.
    """

    id: int
    scheme_id: int
    name: str
    number: int
    version: str
    yaml: str
    by: str
    at: datetime
    is_begun: bool = False


def add(write: Write, name: str, version: str, yaml: str) -> int:
    """Take a scheme, or a new version of one; gives the id of the lineage.

    The same text again changes nothing. Another text is another version, whatever it calls itself.
    A scheme that was begun is asked from now on.
    """
    c = write.connection
    query = select(scheme.c.id, scheme.c.taken_at).where(_is_named(write.review_id, name))
    row = c.execute(query).one_or_none()
    is_asked = row is not None and row.taken_at is not None
    if row is not None and not is_asked:
        c.execute(update(scheme).where(scheme.c.id == row.id).values(taken_at=write.at))
    scheme_id = int(row.id) if row is not None else _insert(write, name, taken_at=write.at)
    newest = select(_version.yaml).where(_version.scheme_id == scheme_id)
    is_new = c.execute(newest.order_by(_version.id.desc()).limit(1)).scalar_one_or_none() != yaml
    if is_new:
        _insert_version(write, scheme_id, version, yaml)
    if is_new or not is_asked:
        events.note(write, EventKind.SCHEME_ADDED, f"{name} {version}")
    return scheme_id


def begin(write: Write, name: str, version: str, yaml: str) -> int:
    """Keep a scheme that is not asked yet; gives the id of its lineage. No other has its name."""
    scheme_id = _insert(write, name, taken_at=None)
    _insert_version(write, scheme_id, version, yaml)
    events.note(write, EventKind.SCHEME_BEGUN, f"{name} {version}")
    return scheme_id


def discard(write: Write, begun: SchemeVersion) -> None:
    """Drop a scheme that was only begun, with what people changed in it."""
    c, of_scheme = write.connection, begun.scheme_id
    drafts = select(scheme_draft.c.id).where(scheme_draft.c.scheme_id == of_scheme)
    c.execute(delete(scheme_draft_step).where(scheme_draft_step.c.draft_id.in_(drafts)))
    c.execute(delete(scheme_draft).where(scheme_draft.c.scheme_id == of_scheme))
    c.execute(delete(scheme_version).where(_version.scheme_id == of_scheme))
    c.execute(delete(scheme).where(scheme.c.id == of_scheme))
    events.note(write, EventKind.SCHEME_DISCARDED, f"{begun.name} {begun.version}")


def names(connection: Connection, review_id: int) -> set[str]:
    """The ids that schemes of a review have of their own, those that are begun included."""
    query = select(scheme.c.name).where(scheme.c.review_id == review_id)
    return set(connection.execute(query).scalars())


def begun(connection: Connection, review_id: int) -> list[SchemeVersion]:
    """The schemes that are only begun, in the order in which they were."""
    query = _versions(review_id).where(scheme.c.taken_at.is_(None))
    return _load(connection, query.order_by(_version.scheme_id))


def newest(connection: Connection, review_id: int) -> list[SchemeVersion]:
    """The newest version of each scheme, in the order in which the review took the schemes."""
    newest_ids = select(func.max(_version.id)).group_by(_version.scheme_id)
    query = _versions(review_id).where(_version.id.in_(newest_ids), _is_asked())
    return _load(connection, query.order_by(scheme.c.taken_at, _version.scheme_id))


def newest_named(connection: Connection, review_id: int, name: str) -> SchemeVersion | None:
    """The newest version of the scheme with this id of its own; None where the review has none."""
    newest_ids = select(func.max(_version.id)).group_by(_version.scheme_id)
    query = _versions(review_id).where(_version.id.in_(newest_ids), scheme.c.name == name)
    query = query.where(_is_asked())
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
    query = query.where(scheme.c.id == scheme_id, scheme.c.review_id == review_id, _is_asked())
    found = connection.execute(query).scalar_one()
    if found is None:
        raise NotFound("coding scheme", scheme_id)
    return int(found)


def newest_of(connection: Connection, review_id: int, scheme_id: int) -> SchemeVersion:
    """The version of a scheme that is asked now; raises NotFound for a scheme of no such number."""
    found = newest_or_begun(connection, review_id, scheme_id)
    if found.is_begun:
        raise NotFound("coding scheme", scheme_id)
    return found


def newest_or_begun(connection: Connection, review_id: int, scheme_id: int) -> SchemeVersion:
    """The newest version of a scheme, also of one that is only begun; raises NotFound."""
    query = _versions(review_id).where(_version.scheme_id == scheme_id)
    found = _load(connection, query.order_by(_version.id.desc()).limit(1))
    if not found:
        raise NotFound("coding scheme", scheme_id)
    return found[0]


def _insert(write: Write, name: str, *, taken_at: datetime | None) -> int:
    by = {"added_by": write.person_id, "added_at": write.at, "taken_at": taken_at}
    made = insert(scheme).values(**write.for_review(name=name, **by)).returning(scheme.c.id)
    return int(write.connection.execute(made).scalar_one())


def _insert_version(write: Write, scheme_id: int, version: str, yaml: str) -> None:
    write.connection.execute(
        insert(scheme_version).values(
            scheme_id=scheme_id, version=version, yaml=yaml, added_by=write.person_id,
            added_at=write.at)
    )  # fmt: skip


def _is_asked() -> ColumnElement[bool]:
    return scheme.c.taken_at.is_not(None)


def _is_named(review_id: int, name: str) -> ColumnElement[bool]:
    return and_(scheme.c.review_id == review_id, scheme.c.name == name)


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
            scheme.c.taken_at.is_(None).label("is_begun"),
        )
        .join(scheme, scheme.c.id == _version.scheme_id)
        .join(person, person.c.id == _version.added_by)
        .where(scheme.c.review_id == review_id)
    )


def _load(connection: Connection, query: Select[tuple[object, ...]]) -> list[SchemeVersion]:
    return [SchemeVersion(**row) for row in connection.execute(query).mappings()]
