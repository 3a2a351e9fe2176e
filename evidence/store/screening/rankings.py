"""Priority orders: the newest of a stage counts, and what it was made from can be asked quickly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from evidence.screening.priority import Text
from evidence.screening.verdicts import Stage, State
from evidence.store.engine import Write
from evidence.store.schema import decision, ranking, work
from evidence.store.surviving import original, surviving, surviving_id, surviving_in


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingOrigin:
    """When and from what a ranking was made.

    Attributes:
        learnt_from: how many works were decided by then.
    """

    id: int
    learnt_from: int
    seed: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRanking:
    """An order of works.

    Attributes:
        works: most promising first.
        chance: those that stand where they stand by chance.
        why: for works near the top, the words that speak for them.
    """

    works: Sequence[int]
    chance: frozenset[int]
    why: Mapping[int, Sequence[str]]


def newest(connection: Connection, review_id: int, stage: Stage) -> RankingOrigin | None:
    """When and from what the newest ranking was made, without the ranking itself."""
    names = ("id", "learnt_from", "seed", "at")
    query = (
        select(*(ranking.c[name] for name in names))
        .where(ranking.c.review_id == review_id, ranking.c.stage == stage.value)
        .order_by(ranking.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return RankingOrigin(**row) if row else None


def load(connection: Connection, ranking_id: int) -> StoredRanking | None:
    """A ranking, which never changes. None where a newer one has replaced it."""
    query = select(ranking.c.work_ids, ranking.c.random_work_ids, ranking.c.terms)
    row = connection.execute(query.where(ranking.c.id == ranking_id)).first()
    if row is None:
        return None
    why = {int(work_id): tuple(terms) for work_id, terms in row.terms.items()}
    return StoredRanking(works=tuple(row.work_ids), chance=frozenset(row.random_work_ids), why=why)


def store(write: Write, stage: Stage, new: StoredRanking, *, learnt_from: int, seed: int) -> None:
    """Store a new ranking; those before it go, because each holds every work."""
    write.connection.execute(
        delete(ranking).where(
            ranking.c.review_id == write.review_id, ranking.c.stage == stage.value
        )
    )
    values = write.for_review(
        stage=stage.value,
        learnt_from=learnt_from,
        seed=seed,
        work_ids=list(new.works),
        random_work_ids=sorted(new.chance),
        terms={str(work_id): list(terms) for work_id, terms in new.why.items()},
        at=write.at,
    )
    write.connection.execute(insert(ranking).values(**values))


def texts(connection: Connection, review_id: int) -> Iterator[Text]:
    """What every surviving work says of itself."""
    query = (
        select(work.c.id, work.c.title, work.c.abstract, work.c.keywords)
        .where(*surviving_in(review_id))
        .order_by(work.c.id)
    )
    for row in connection.execution_options(yield_per=2000).execute(query):
        keywords = tuple(row.keywords)
        yield Text(id=row.id, title=row.title, abstract=row.abstract, keywords=keywords)


def work_ids(connection: Connection, review_id: int) -> list[int]:
    """All surviving works."""
    query = select(work.c.id).where(*surviving_in(review_id)).order_by(work.c.id)
    return list(connection.execute(query).scalars())


def fingerprint(connection: Connection, review_id: int) -> tuple[int, int, int]:
    """Changes whenever surviving works come, go, or say something else; cheap to ask."""
    query = select(
        func.count(),
        func.coalesce(func.max(work.c.id), 0),
        func.coalesce(func.sum(func.length(work.c.title) + func.length(work.c.abstract)), 0),
    ).where(*surviving_in(review_id))
    count, last, letters = connection.execute(query).one()
    return int(count), int(last), int(letters)


def relevance(connection: Connection, review_id: int, stage: Stage) -> dict[int, bool]:
    """Whether the works that are decided at a stage are relevant, in the order of decisions.

    What is unclear (a maybe, a conflict) may be relevant, so the order looks for more like it.
    """
    state = surviving.c[stage.value]
    query = (
        select(surviving_id.label("id"), state.label("state"))
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            state != State.OPEN.value,
        )
        .group_by(surviving_id, state)
        .order_by(func.max(decision.c.id))
    )
    return {row.id: row.state != State.EXCLUDE.value for row in connection.execute(query)}


def decided_elsewhere(connection: Connection, review_id: int, stage: Stage) -> set[int]:
    """Works whose decisions were made in another tool, before the reading here began."""
    query = (
        select(surviving_id)
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
        .group_by(surviving_id)
        .having(func.min(func.length(decision.c.how)) > 0, func.max(decision.c.seconds).is_(None))
    )
    return set(connection.execute(query).scalars())


def decided_before(connection: Connection, review_id: int, stage: Stage, at: datetime) -> set[int]:
    """Works on which somebody had decided by a moment."""
    query = (
        select(surviving_id)
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.at < at,
        )
        .distinct()
    )
    return set(connection.execute(query).scalars())
