"""What people said of pairs, as they said it: one act may settle many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, func, select

from evidence.store.records.duplicates import WITHDRAWN, PairVerdict, read, verdicts
from evidence.store.schema import pair_verdict, person

C = pair_verdict.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person said in one go.

    Attributes:
        id: of the newest verdict in it.
        pairs: how many pairs it settled.
        standing: of how many it is what counts now.
    """

    id: int
    verdict: str
    note: str
    person: str
    at: datetime
    pairs: int
    standing: int


def acts(connection: Connection, review_id: int, *, offset: int, limit: int) -> list[Act]:
    """What people said, newest first."""
    newest = func.max(C.id)
    query = (
        select(
            newest.label("id"),
            C.verdict,
            C.note,
            person.c.name.label("person"),
            C.at,
            func.count().label("pairs"),
            func.sum(cast(C.stands, Integer)).label("standing"),
        )
        .join(person, person.c.id == C.person_id)
        .where(C.review_id == review_id)
        .group_by(C.person_id, person.c.name, C.at, C.verdict, C.note)
        .order_by(newest.desc())
        .offset(offset)
        .limit(limit)
    )
    return [Act(**row) for row in connection.execute(query).mappings()]


def count_acts(connection: Connection, review_id: int) -> int:
    """How many acts there are."""
    each = (
        select(C.person_id)
        .where(C.review_id == review_id, C.person_id.is_not(None))
        .group_by(C.person_id, C.at, C.verdict, C.note)
        .subquery()
    )
    return int(connection.execute(select(func.count()).select_from(each)).scalar_one())


def last_of(connection: Connection, review_id: int, person_id: int) -> int | None:
    """The id of a person's newest verdict that stands."""
    query = select(func.max(C.id)).where(
        C.review_id == review_id, C.person_id == person_id, C.stands, C.verdict != WITHDRAWN
    )
    return connection.execute(query).scalar_one_or_none()


def standing_with(connection: Connection, review_id: int, verdict_id: int) -> int:
    """How many verdicts of an act stand."""
    query = _with(review_id, verdict_id).where(C.stands).with_only_columns(func.count())
    return int(connection.execute(query).scalar_one())


def said_with(
    connection: Connection, review_id: int, verdict_id: int, limit: int | None = None
) -> Sequence[PairVerdict]:
    """The verdicts of the act that a verdict belongs to, newest first."""
    query = _with(review_id, verdict_id).order_by(C.id.desc()).limit(limit)
    return [read(row) for row in connection.execute(query).mappings()]


def _with(review_id: int, verdict_id: int) -> Select[Any]:
    one = pair_verdict.alias("one")
    return (
        verdicts()
        .join(one, (one.c.person_id == C.person_id) & (one.c.at == C.at))
        .where(
            C.review_id == review_id,
            one.c.id == verdict_id,
            one.c.verdict == C.verdict,
            one.c.note == C.note,
        )
    )
