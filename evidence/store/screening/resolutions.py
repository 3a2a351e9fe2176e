"""Works on which people differ, what each of them said, and how it was settled."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from evidence.screening.verdicts import (
    Stage,
    State,
    Verdict,
    Vote,
    counted_indexes,
    resolving_index,
)
from evidence.store.schema import decision, person, reason, work
from evidence.store.screening.decision_queries import visible_to
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON

_root = work.alias("root")  # the work that holds the records of a decision's work now


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """A decision in the history of a work.

    Attributes:
        resolves: it ended a conflict, or with Verdict.WITHDRAWN took such an end back.
        how: in which way it ended the conflict.
        counts: it counts now.
    """

    person_id: int
    person: str
    verdict: Verdict
    reasons: tuple[str, ...]
    note: str
    at: datetime
    resolves: bool
    how: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedConflict:
    """A work on which somebody ended a conflict, with the decision that did."""

    work_id: int
    title: str
    state: State
    resolution: PastDecision


def history_of(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int], person_id: int
) -> dict[int, list[PastDecision]]:
    """All that was said of each of these works at a stage, oldest first, as far as this person
    may know it.
    """
    ids = list(work_ids)
    query = _rows(review_id, stage).where(
        work.c.id.in_(ids) | work.c.merged_into.in_(ids), visible_to(person_id, _root)
    )
    return _voices(connection, review_id, query)


def newest(
    connection: Connection, review_id: int, stage: Stage, person_id: int, *, limit: int
) -> list[ResolvedConflict]:
    """Works that are settled now, the newest settlement first."""
    some = (
        select(func.coalesce(work.c.merged_into, work.c.id).label("id"))
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.settles.is_(True),
            decision.c.how.in_([DISCUSSION, THIRD_PERSON]),
        )
        .group_by(func.coalesce(work.c.merged_into, work.c.id))
        .order_by(func.max(decision.c.id).desc())
    )
    found: list[ResolvedConflict] = []
    ids = [int(one) for one in connection.execute(some.limit(limit)).scalars()]
    told = history_of(connection, review_id, stage, ids, person_id)
    names = select(work.c.id, work.c.title, work.c[stage.value].label("state"))
    works = {row.id: row for row in connection.execute(names.where(work.c.id.in_(ids)))}
    for work_id in ids:
        said = told.get(work_id, [])
        at = resolving_index([Vote(one.person_id, one.verdict, one.resolves) for one in said])
        if at is not None and said[at].how in {DISCUSSION, THIRD_PERSON}:
            row = works[work_id]
            found.append(
                ResolvedConflict(
                    work_id=work_id, title=row.title, state=State(row.state), resolution=said[at]
                )
            )
    return found


def _rows(review_id: int, stage: Stage) -> Select[Any]:
    return (
        select(
            _root.c.id.label("root"),
            decision.c.person_id,
            person.c.name.label("person"),
            decision.c.verdict,
            decision.c.reason_id,
            decision.c.reason_ids,
            decision.c.note,
            decision.c.at,
            decision.c.settles,
            decision.c.how,
        )
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(_root, _root.c.id == func.coalesce(work.c.merged_into, work.c.id))
        .join(person, person.c.id == decision.c.person_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
        .order_by(decision.c.id)
    )


def _voices(
    connection: Connection, review_id: int, query: Select[Any]
) -> dict[int, list[PastDecision]]:
    listed = select(reason.c.id, reason.c.label).where(reason.c.review_id == review_id)
    labels = {
        int(row.id): str(row.label)
        for row in connection.execute(listed.order_by(reason.c.position, reason.c.id))
    }
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        rows[row.root].append(row)
    return {work_id: _told(said, labels) for work_id, said in rows.items()}


def _told(rows: Sequence[Any], labels: dict[int, str]) -> list[PastDecision]:
    said = [Vote(row.person_id, Verdict(row.verdict), row.settles) for row in rows]
    counted = set(counted_indexes(said))
    return [
        PastDecision(
            person_id=row.person_id,
            person=row.person,
            verdict=Verdict(row.verdict),
            reasons=tuple(
                label for one, label in labels.items() if one in {row.reason_id, *row.reason_ids}
            ),
            note=row.note,
            at=row.at,
            resolves=row.settles,
            how=row.how,
            counts=at in counted,
        )
        for at, row in enumerate(rows)
    ]
