"""What the decisions on works come to: read, not kept."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, func, select

from evidence.screening.team import StageSettings, voices_of
from evidence.screening.verdicts import Said, Stage, State, Verdict, settle
from evidence.store import assignments
from evidence.store.schema import decision, work

root = func.coalesce(work.c.merged_into, work.c.id)


def said_of(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, list[Said]]:
    """All decisions on these live works, and on those joined to them, in their order."""
    ids = list(work_ids)
    query = (
        select(root.label("root"), decision.c.person_id, decision.c.verdict, decision.c.settles)
        .join(work, work.c.id == decision.c.work_id)
        .where(
            decision.c.stage == stage.value,
            work.c.id.in_(ids) | work.c.merged_into.in_(ids),
        )
        .order_by(decision.c.id)
    )
    said: dict[int, list[Said]] = defaultdict(list)
    for row in connection.execute(query):
        said[row.root].append(Said(row.person_id, Verdict(row.verdict), row.settles))
    return said


def come_to(
    connection: Connection, stage: Stage, work_ids: Sequence[int], settings: StageSettings
) -> dict[int, State]:
    """What the decisions on these live works come to under these settings."""
    said = said_of(connection, stage, work_ids)
    piloted = assignments.in_pilots(connection, stage, work_ids)
    return {
        work_id: settle(
            said.get(work_id, ()), settings, piloted.get(work_id) or voices_of(settings, work_id)
        )
        for work_id in work_ids
    }


def kept(connection: Connection, stage: Stage, work_ids: Collection[int]) -> dict[int, State]:
    """What is noted of these works."""
    query = select(work.c.id, work.c[stage.value]).where(work.c.id.in_(list(work_ids)))
    return {int(work_id): State(state) for work_id, state in connection.execute(query)}


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


def changes(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> Iterator[tuple[int, State, State]]:
    """The works that other settings would bring to another state: (work id, now, then)."""
    for ids in portions(decided(connection, review_id, stage)):
        now = kept(connection, stage, ids)
        for work_id, then in come_to(connection, stage, ids, settings).items():
            if now[work_id] is not then:
                yield work_id, now[work_id], then


def portions(ids: Sequence[int]) -> Iterator[list[int]]:
    """As many at once as one query can name."""
    return (
        list(ids[at : at + assignments.AT_ONCE]) for at in range(0, len(ids), assignments.AT_ONCE)
    )
