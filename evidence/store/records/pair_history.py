"""Verdicts of people about pairs, act by act: one act may answer many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, func, select

from evidence.store.records.duplicates import WITHDRAWN, PairVerdict, from_row, verdict_query
from evidence.store.schema import pair_verdict, person

C = pair_verdict.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Verdicts that a person gave in one go.

    Attributes:
        id: of the newest verdict in it.
        pairs: how many pairs it answered.
        standing: how many of its verdicts stand.
    """

    id: int
    verdict: str
    note: str
    person: str
    at: datetime
    pairs: int
    standing: int


def acts(connection: Connection, review_id: int, *, offset: int, limit: int) -> list[Act]:
    """The acts of people, newest first."""
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
    acts_ = (
        select(C.person_id)
        .where(C.review_id == review_id, C.person_id.is_not(None))
        .group_by(C.person_id, C.at, C.verdict, C.note)
        .subquery()
    )
    return int(connection.execute(select(func.count()).select_from(acts_)).scalar_one())


def newest_standing_of(connection: Connection, review_id: int, person_id: int) -> int | None:
    """The id of a person's newest verdict that stands."""
    query = select(func.max(C.id)).where(
        C.review_id == review_id, C.person_id == person_id, C.stands, C.verdict != WITHDRAWN
    )
    return connection.execute(query).scalar_one_or_none()


def count_standing(connection: Connection, review_id: int, verdict_id: int) -> int:
    """How many verdicts stand of the act that a verdict belongs to."""
    query = _of_act(review_id, verdict_id).where(C.stands).with_only_columns(func.count())
    return int(connection.execute(query).scalar_one())


def verdicts_of_act(
    connection: Connection, review_id: int, verdict_id: int, limit: int | None = None
) -> Sequence[PairVerdict]:
    """The verdicts of the act that a verdict belongs to, newest first."""
    query = _of_act(review_id, verdict_id).order_by(C.id.desc()).limit(limit)
    return [from_row(row) for row in connection.execute(query).mappings()]


def _of_act(review_id: int, verdict_id: int) -> Select[Any]:
    member = pair_verdict.alias("member")
    return (
        verdict_query()
        .join(member, (member.c.person_id == C.person_id) & (member.c.at == C.at))
        .where(
            C.review_id == review_id,
            member.c.id == verdict_id,
            member.c.verdict == C.verdict,
            member.c.note == C.note,
        )
    )
