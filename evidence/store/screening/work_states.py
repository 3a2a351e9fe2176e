"""What the decisions on works come to: worked out from the decisions themselves.

Of many works few patterns of decisions differ, so what a pattern comes to is worked out once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from evidence.screening.independent_verdicts import independent
from evidence.screening.stage_settings import StageSettings, voices_of
from evidence.screening.verdicts import Stage, State, Verdict, Vote, consensus
from evidence.store.id_batches import batches
from evidence.store.schema import decision, work
from evidence.store.screening import assignments, pilots, stage_settings
from evidence.store.surviving import (
    original,
    originals_of,
    surviving,
    surviving_id,
    surviving_in,
)

Pattern = tuple[tuple[int, str, bool], ...]
"""Decisions on one work in their order: who, which verdict, whether it ends a conflict."""


def votes_on(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, list[Vote]]:
    """All decisions on these surviving works, and on those merged into them, in their order."""
    patterns = _patterns(connection, _decisions(stage).where(originals_of(work_ids)))
    return {work_id: _votes(pattern) for work_id, pattern in patterns.items()}


def consensus_of(
    connection: Connection, stage: Stage, work_ids: Sequence[int], settings: StageSettings
) -> dict[int, State]:
    """What the decisions on these surviving works come to under these settings."""
    patterns = _patterns(connection, _decisions(stage).where(originals_of(work_ids)))
    readers = assignments.pilot_readers(connection, stage, work_ids)
    return {
        work_id: _state(patterns.get(work_id, ()), settings, _voices(work_id, settings, readers))
        for work_id in work_ids
    }


def stored_states(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, State]:
    """What is stored of these works as what their decisions come to."""
    query = select(work.c.id, work.c[stage.value]).where(work.c.id.in_(list(work_ids)))
    return {int(work_id): State(state) for work_id, state in connection.execute(query)}


def decided(connection: Connection, review_id: int, stage: Stage) -> list[int]:
    """The surviving works on which somebody ever decided at this stage."""
    query = (
        select(surviving_id)
        .distinct()
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
    )
    return list(connection.execute(query).scalars())


def count_decided_by(
    connection: Connection, review_id: int, stage: Stage, moments: Sequence[datetime]
) -> list[int]:
    """On how many surviving works somebody had decided by each of these moments."""
    if not moments:
        return []
    first = (
        select(func.min(decision.c.at).label("at"))
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
        .group_by(surviving_id)
        .subquery()
    )
    counts = [func.count(case((first.c.at < moment, 1))) for moment in moments]
    return [int(count) for count in connection.execute(select(*counts)).one()]


def changes(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> Iterator[tuple[int, State, State]]:
    """The works that these settings would bring to another state: (work id, now, then)."""
    patterns = _patterns(connection, _decisions(stage).where(decision.c.review_id == review_id))
    readers = assignments.all_pilot_readers(connection, stage, review_id)
    states = select(work.c.id, work.c[stage.value]).where(*surviving_in(review_id))
    for work_id, now in connection.execute(states):
        pattern = patterns.get(work_id)
        if pattern:
            then = _state(pattern, settings, _voices(work_id, settings, readers))
            if then.value != now:
                yield int(work_id), State(now), then


def opened_by(
    connection: Connection, review_id: int, stage: Stage, withdrawals: Mapping[int, Sequence[Vote]]
) -> set[int]:
    """The surviving works that are not open and would be, if this was taken back on them."""
    settings = stage_settings.current(connection, review_id, stage)
    opened: set[int] = set()
    for ids in batches(withdrawals):
        stored = stored_states(connection, stage, ids)
        votes = votes_on(connection, stage, ids)
        readers = assignments.pilot_readers(connection, stage, ids)
        for work_id in ids:
            left = [*votes.get(work_id, ()), *withdrawals[work_id]]
            then = consensus(left, settings, _voices(work_id, settings, readers))
            if then is State.OPEN is not stored[work_id]:
                opened.add(work_id)
    return opened


def closed_without(connection: Connection, review_id: int, stage: Stage, person_id: int) -> int:
    """How many open works of pilots wait for this person alone, and are not open without them."""
    settings = stage_settings.current(connection, review_id, stage)
    waiting = pilots.works_waiting(connection, review_id, stage, person_id)
    count = 0
    for ids in batches(waiting):
        stored = stored_states(connection, stage, ids)
        votes = votes_on(connection, stage, ids)
        readers = assignments.pilot_readers(connection, stage, ids)
        for work_id in ids:
            voices = readers[work_id] - 1 or voices_of(settings, work_id)
            then = consensus(votes.get(work_id, ()), settings, voices)
            count += stored[work_id] is State.OPEN is not then
    return count


def independent_verdicts(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> dict[int, dict[int, Verdict]]:
    """For each surviving work that is not open any more, each person's independent verdict.

    Works that are open are left out in the query: while somebody must still judge a work, nothing
    that is computed here may tell what others decided on it.
    """
    query = (
        _decisions(stage)
        .join(surviving, surviving.c.id == surviving_id)
        .where(decision.c.review_id == review_id, surviving.c[stage.value] != State.OPEN.value)
    )
    readers = assignments.all_pilot_readers(connection, stage, review_id)
    return {
        work_id: _independent(pattern, _voices(work_id, settings, readers))
        for work_id, pattern in _patterns(connection, query).items()
    }


def _voices(work_id: int, settings: StageSettings, readers: dict[int, int]) -> int:
    return readers.get(work_id) or voices_of(settings, work_id)


def _decisions(stage: Stage) -> Select[Any]:
    return (
        select(surviving_id, decision.c.person_id, decision.c.verdict, decision.c.resolves)
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(decision.c.stage == stage.value)
        .order_by(decision.c.id)
    )


def _patterns(connection: Connection, query: Select[Any]) -> dict[int, Pattern]:
    decisions: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    for work_id, person_id, verdict, resolves in connection.execute(query):
        decisions[work_id].append((person_id, verdict, resolves))
    return {work_id: tuple(pattern) for work_id, pattern in decisions.items()}


def _votes(pattern: Pattern) -> list[Vote]:
    return [Vote(person, Verdict(verdict), resolves) for person, verdict, resolves in pattern]


@lru_cache(maxsize=20_000)
def _state(pattern: Pattern, settings: StageSettings, voices: int) -> State:
    return consensus(_votes(pattern), settings, voices)


@lru_cache(maxsize=20_000)
def _independent(pattern: Pattern, voices: int) -> dict[int, Verdict]:
    return independent(_votes(pattern), voices)
