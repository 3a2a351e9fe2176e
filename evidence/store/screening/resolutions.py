"""What everybody decided on a work, and how conflicts were resolved."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from evidence.screening.verdicts import (
    Stage,
    State,
    Verdict,
    Vote,
    counted_indexes,
    resolving_index,
)
from evidence.store.review.reasons import counted_labels
from evidence.store.schema import decision, person, work
from evidence.store.screening.decision_queries import visible_to
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON
from evidence.store.surviving import original, originals_of, surviving, surviving_id


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
    """All that was decided on each of these works at a stage, oldest first, as far as this person
    may know it.
    """
    query = (
        select(
            surviving.c.id.label("work_id"),
            decision.c.person_id,
            person.c.name.label("person"),
            decision.c.verdict,
            decision.c.reason_id,
            decision.c.reason_ids,
            decision.c.note,
            decision.c.at,
            decision.c.resolves,
            decision.c.how,
        )
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .join(person, person.c.id == decision.c.person_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            originals_of(work_ids),
            visible_to(person_id),
        )
        .order_by(decision.c.id)
    )
    labels = counted_labels(connection, review_id)
    rows_by_work: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        rows_by_work[row.work_id].append(row)
    return {work_id: _history(rows, labels) for work_id, rows in rows_by_work.items()}


def newest(
    connection: Connection, review_id: int, stage: Stage, person_id: int, *, limit: int
) -> list[ResolvedConflict]:
    """Conflicts that are resolved now, the newest resolution first."""
    resolved = (
        select(surviving_id.label("id"))
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.resolves.is_(True),
            decision.c.how.in_([DISCUSSION, THIRD_PERSON]),
        )
        .group_by(surviving_id)
        .order_by(func.max(decision.c.id).desc())
    )
    ids = list(connection.execute(resolved.limit(limit)).scalars())
    histories = history_of(connection, review_id, stage, ids, person_id)
    query = select(work.c.id, work.c.title, work.c[stage.value].label("state"))
    works = {row.id: row for row in connection.execute(query.where(work.c.id.in_(ids)))}
    conflicts = []
    for work_id in ids:
        history = histories.get(work_id, [])
        votes = [Vote(past.person_id, past.verdict, past.resolves) for past in history]
        index = resolving_index(votes)
        if index is not None and history[index].how in {DISCUSSION, THIRD_PERSON}:
            conflicts.append(
                ResolvedConflict(
                    work_id=work_id,
                    title=works[work_id].title,
                    state=State(works[work_id].state),
                    resolution=history[index],
                )
            )
    return conflicts


def _history(rows: Sequence[Any], labels: Mapping[int, str]) -> list[PastDecision]:
    votes = [Vote(row.person_id, Verdict(row.verdict), row.resolves) for row in rows]
    counted = set(counted_indexes(votes))
    return [
        PastDecision(
            person_id=row.person_id,
            person=row.person,
            verdict=Verdict(row.verdict),
            reasons=tuple(
                dict.fromkeys(
                    label
                    for reason_id, label in labels.items()
                    if reason_id in {row.reason_id, *row.reason_ids}
                )
            ),
            note=row.note,
            at=row.at,
            resolves=row.resolves,
            how=row.how,
            counts=index in counted,
        )
        for index, row in enumerate(rows)
    ]
