"""What the decisions on works come to: read, not kept.

Of many works few patterns of decisions differ, so what a pattern comes to is worked out once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from evidence.screening.independent import independent
from evidence.screening.team import StageSettings, voices_of
from evidence.screening.verdicts import Stage, State, Verdict, Vote, consensus
from evidence.store.schema import decision, work
from evidence.store.screening import assignments

root = func.coalesce(work.c.merged_into, work.c.id)

Pattern = tuple[tuple[int, str, bool], ...]
"""Decisions on one work in their order: who, which verdict, whether it settles."""


def votes_on(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, list[Vote]]:
    """All decisions on these live works, and on those joined to them, in their order."""
    found = _patterns(connection, _decisions(stage).where(_on(work_ids)))
    return {work_id: _said(pattern) for work_id, pattern in found.items()}


def consensus_of(
    connection: Connection, stage: Stage, work_ids: Sequence[int], settings: StageSettings
) -> dict[int, State]:
    """What the decisions on these live works come to under these settings."""
    patterns = _patterns(connection, _decisions(stage).where(_on(work_ids)))
    pilots = assignments.in_pilots(connection, stage, work_ids)
    return {
        work_id: _state(patterns.get(work_id, ()), settings, _voices(work_id, settings, pilots))
        for work_id in work_ids
    }


def decided(connection: Connection, review_id: int, stage: Stage) -> list[int]:
    """The live works on which somebody ever decided at this stage."""
    query = (
        select(root)
        .distinct()
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
    )
    return [int(one) for one in connection.execute(query).scalars()]


def decided_by(
    connection: Connection, review_id: int, stage: Stage, moments: Sequence[datetime]
) -> list[int]:
    """On how many live works somebody had decided by each of these moments."""
    if not moments:
        return []
    first = (
        select(func.min(decision.c.at).label("at"))
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
        .group_by(root)
        .subquery()
    )
    counts = [func.count(case((first.c.at < moment, 1))) for moment in moments]
    return [int(one) for one in connection.execute(select(*counts)).one()]


def changes(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> Iterator[tuple[int, State, State]]:
    """The works that these settings would bring to another state: (work id, now, then)."""
    patterns = _patterns(connection, _decisions(stage).where(decision.c.review_id == review_id))
    pilots = assignments.in_all_pilots(connection, stage, review_id)
    live = select(work.c.id, work.c[stage.value]).where(
        work.c.review_id == review_id, work.c.merged_into.is_(None)
    )
    for work_id, now in connection.execute(live):
        pattern = patterns.get(work_id)
        if pattern:
            then = _state(pattern, settings, _voices(work_id, settings, pilots))
            if then.value != now:
                yield int(work_id), State(now), then


def independent_verdicts(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> dict[int, dict[int, Verdict]]:
    """For each live work that is not open any more, each person's independent verdict.

    Works that are open are left out in the query: while somebody must still judge a work, nothing
    that is computed here may tell what others said of it.
    """
    live = work.alias("live")
    query = (
        _decisions(stage)
        .join(live, live.c.id == root)
        .where(decision.c.review_id == review_id, live.c[stage.value] != State.OPEN.value)
    )
    pilots = assignments.in_all_pilots(connection, stage, review_id)
    return {
        work_id: _independent(pattern, _voices(work_id, settings, pilots))
        for work_id, pattern in _patterns(connection, query).items()
    }


def stored_states(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, State]:
    """What is noted of these works."""
    query = select(work.c.id, work.c[stage.value]).where(work.c.id.in_(list(work_ids)))
    return {int(work_id): State(state) for work_id, state in connection.execute(query)}


def portions(ids: Sequence[int]) -> Iterator[list[int]]:
    """As many at once as one query can name."""
    many = assignments.AT_ONCE
    return (list(ids[at : at + many]) for at in range(0, len(ids), many))


def _voices(work_id: int, settings: StageSettings, pilots: dict[int, int]) -> int:
    return pilots.get(work_id) or voices_of(settings, work_id)


def _decisions(stage: Stage) -> Select[Any]:
    return (
        select(root.label("root"), decision.c.person_id, decision.c.verdict, decision.c.settles)
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(decision.c.stage == stage.value)
        .order_by(decision.c.id)
    )


def _on(work_ids: Collection[int]) -> ColumnElement[bool]:
    ids = list(work_ids)
    return work.c.id.in_(ids) | work.c.merged_into.in_(ids)


def _patterns(connection: Connection, query: Select[Any]) -> dict[int, Pattern]:
    found: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    for of_work, person_id, verdict, settles in connection.execute(query):
        found[of_work].append((person_id, verdict, settles))
    return {work_id: tuple(said) for work_id, said in found.items()}


def _said(pattern: Pattern) -> list[Vote]:
    return [Vote(person, Verdict(verdict), settles) for person, verdict, settles in pattern]


@lru_cache(maxsize=20_000)
def _state(pattern: Pattern, settings: StageSettings, voices: int) -> State:
    return consensus(_said(pattern), settings, voices)


@lru_cache(maxsize=20_000)
def _independent(pattern: Pattern, voices: int) -> dict[int, Verdict]:
    return independent(_said(pattern), voices)
