"""Which primary studies reviews include; earlier rows stay in their table, and an act is undone by
new ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidence.errors import NotAllowed, NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import included_study, person
from evidence.store.schema.column_types import clean
from evidence.synthesis.review_overlap.listed_studies import ListedStudy, StudyMatch

Key = tuple[int, str]
"""`ListedStudy.key`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionRow:
    """What somebody said of an entry of a list; `is_included` is false where they took it back."""

    act: int
    listed: ListedStudy
    is_included: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionAct:
    """What somebody did at once.

    Attributes:
        number: from 1, within the review.
        file: by which it was brought in; empty where it was entered by hand.
        included, taken_back: how many entries of lists it set so.
        reviews: ids of the reviews whose lists it changed.
        stands: whether it can still be undone: one of its entries was not changed since.
    """

    number: int
    person: str
    at: datetime
    file: str
    included: int
    taken_back: int
    reviews: tuple[int, ...]
    stands: bool


def current(connection: Connection, review_id: int) -> tuple[ListedStudy, ...]:
    """All entries of all lists as they stand, in the order in which they came in."""
    return tuple(
        row.listed for row in _newest(_rows(connection, review_id)).values() if row.is_included
    )


def acts(connection: Connection, review_id: int) -> list[InclusionAct]:
    """What was done, newest first."""
    rows = _rows(connection, review_id)
    standing = {row.act for row in _newest(rows).values()}
    by_act: dict[int, list[InclusionRow]] = {}
    for row in rows:
        by_act.setdefault(row.act, []).append(row)
    made = select(
        included_study.c.act, included_study.c.file, included_study.c.at, person.c.name
    ).distinct()
    of_person = person.c.id == included_study.c.person_id
    query = made.join(person, of_person).where(included_study.c.review_id == review_id)
    return [
        InclusionAct(
            number=row.act,
            person=row.name,
            at=row.at,
            file=row.file,
            included=sum(each.is_included for each in by_act[row.act]),
            taken_back=sum(not each.is_included for each in by_act[row.act]),
            reviews=tuple(dict.fromkeys(each.listed.including for each in by_act[row.act])),
            stands=row.act in standing,
        )
        for row in connection.execute(query.order_by(included_study.c.act.desc()))
    ]


def include(write: Write, listed: Iterable[ListedStudy], file: str = "") -> int:
    """Enter primary studies in lists of reviews; gives how many entries are new.

    What stands in a list already is left alone, with its match.
    """
    standing = _newest(_rows(write.connection, write.review_id))
    rows: dict[Key, InclusionRow] = {}
    for each in listed:
        before = standing.get(each.key)
        if before is None or not before.is_included:
            rows.setdefault(each.key, InclusionRow(act=0, listed=each, is_included=True))
    return _add(write, list(rows.values()), file)


def match(write: Write, listed: Iterable[ListedStudy]) -> int:
    """Say which study each of these entries is; gives how many are matched otherwise now.

    Entries that were taken back meanwhile stay so.
    """
    standing = _newest(_rows(write.connection, write.review_id))
    rows = [
        InclusionRow(act=0, listed=each, is_included=True)
        for each in listed
        if (before := standing.get(each.key)) and before.is_included and before.listed != each
    ]
    return _add(write, rows, "")


def take_back(write: Write, listed: Iterable[ListedStudy]) -> int:
    """Take entries out of lists; gives how many stood there."""
    standing = _newest(_rows(write.connection, write.review_id))
    found = [standing[each.key] for each in listed if each.key in standing]
    rows = [
        InclusionRow(act=0, listed=row.listed, is_included=False)
        for row in found
        if row.is_included
    ]
    return _add(write, rows, "")


def undo(write: Write, act: int) -> int:
    """Set what an act changed as it was before, where nobody changed it since.

    Raises:
        NotFound: there is no such act.
        NotAllowed: all of it was changed since.
    """
    rows = _rows(write.connection, write.review_id)
    if all(row.act != act for row in rows):
        raise NotFound("act", act)
    before = _newest([row for row in rows if row.act < act])
    going = [row for row in _newest(rows).values() if row.act == act]
    if not going:
        raise NotAllowed("Everything of this was changed since, so there is nothing to undo.")
    back = [
        before.get(row.listed.key, InclusionRow(act=0, listed=row.listed, is_included=False))
        for row in going
    ]
    return _add(write, back, "")


def _add(write: Write, rows: Sequence[InclusionRow], file: str) -> int:
    if not rows:
        return 0
    newest = select(func.max(included_study.c.act)).where(
        included_study.c.review_id == write.review_id
    )
    act = (write.connection.execute(newest).scalar() or 0) + 1
    values = [
        write.for_review(
            act=act,
            including_id=row.listed.including,
            citation=row.listed.citation,
            match=row.listed.match.value,
            primary_id=row.listed.primary,
            file=file,
            is_included=row.is_included,
            **write.by_and_at,
        )
        for row in rows
    ]
    write.connection.execute(insert(included_study), values)
    counts = {"act": act, "included": sum(row.is_included for row in rows), "rows": len(rows)}
    events.note(write, EventKind.INCLUSIONS_CHANGED, clean(file), after=counts)
    return len(rows)


def _rows(connection: Connection, review_id: int) -> list[InclusionRow]:
    names = ("act", "including_id", "citation", "match", "primary_id", "is_included")
    query = select(*(included_study.c[name] for name in names)).where(
        included_study.c.review_id == review_id
    )
    rows = connection.execute(query.order_by(included_study.c.id)).mappings()
    return [_row(row) for row in rows]


def _row(row: Mapping[Any, Any]) -> InclusionRow:
    listed = ListedStudy(
        including=row["including_id"],
        citation=row["citation"],
        match=StudyMatch(row["match"]),
        primary=row["primary_id"],
    )
    return InclusionRow(act=row["act"], listed=listed, is_included=row["is_included"])


def _newest(rows: Iterable[InclusionRow]) -> dict[Key, InclusionRow]:
    """The newest row of each entry, in the order in which entries came in first."""
    return {row.listed.key: row for row in rows}
