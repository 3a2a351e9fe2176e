"""Priority orders: the newest of a stage counts, and what it was made from can be asked quickly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from evidence.screening.priority import Text
from evidence.screening.verdicts import Stage, State
from evidence.store.engine import Write
from evidence.store.schema import decision, ranking, work


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """When and from what an order was made.

    Attributes:
        learnt_from: how many works were decided by then.
    """

    id: int
    learnt_from: int
    seed: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of works.

    Attributes:
        works: most promising first.
        chance: those that stand where they stand by chance.
        why: for works near the top, the words that speak for them.
    """

    works: Sequence[int]
    chance: frozenset[int]
    why: Mapping[int, Sequence[str]]


def newest(connection: Connection, review_id: int, stage: Stage) -> Made | None:
    """What is known of the newest order, without the order itself."""
    names = ("id", "learnt_from", "seed", "at")
    query = (
        select(*(ranking.c[name] for name in names))
        .where(ranking.c.review_id == review_id, ranking.c.stage == stage.value)
        .order_by(ranking.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return Made(**row) if row else None


def order(connection: Connection, ranking_id: int) -> Order | None:
    """The order itself; it never changes. None where a newer one has replaced it."""
    query = select(ranking.c.works, ranking.c.chance, ranking.c.why)
    row = connection.execute(query.where(ranking.c.id == ranking_id)).first()
    if row is None:
        return None
    why = {int(work_id): tuple(terms) for work_id, terms in row.why.items()}
    return Order(works=tuple(row.works), chance=frozenset(row.chance), why=why)


def keep(write: Write, stage: Stage, made: Order, *, learnt_from: int, seed: int) -> None:
    """Keep a new order; those before it go, because each holds every work."""
    write.connection.execute(
        delete(ranking).where(
            ranking.c.review_id == write.review_id, ranking.c.stage == stage.value
        )
    )
    values = write.for_review(
        stage=stage.value,
        learnt_from=learnt_from,
        seed=seed,
        works=list(made.works),
        chance=sorted(made.chance),
        why={str(work_id): list(terms) for work_id, terms in made.why.items()},
        at=write.at,
    )
    write.connection.execute(insert(ranking).values(**values))


def texts(connection: Connection, review_id: int) -> Iterator[Text]:
    """What every live work says of itself."""
    query = (
        select(work.c.id, work.c.title, work.c.abstract, work.c.keywords)
        .where(work.c.review_id == review_id, work.c.merged_into.is_(None))
        .order_by(work.c.id)
    )
    for row in connection.execution_options(yield_per=2000).execute(query):
        words = tuple(row.keywords)
        yield Text(id=row.id, title=row.title, abstract=row.abstract, keywords=words)


def ids(connection: Connection, review_id: int) -> list[int]:
    """All live works."""
    query = select(work.c.id).where(work.c.review_id == review_id, work.c.merged_into.is_(None))
    return [int(one) for one in connection.execute(query.order_by(work.c.id)).scalars()]


def print_of(connection: Connection, review_id: int) -> tuple[int, int, int]:
    """Changes whenever live works come, go, or say something else: a cheap sign of it."""
    query = select(
        func.count(),
        func.coalesce(func.max(work.c.id), 0),
        func.coalesce(func.sum(func.length(work.c.title) + func.length(work.c.abstract)), 0),
    ).where(work.c.review_id == review_id, work.c.merged_into.is_(None))
    count, last, letters = connection.execute(query).one()
    return int(count), int(last), int(letters)


def decided(connection: Connection, review_id: int, stage: Stage) -> dict[int, bool]:
    """Whether the works that are decided at a stage were relevant, in the order of decisions.

    What is unclear (a maybe, a conflict) may be relevant, so the order looks for more like it.
    """
    root = func.coalesce(work.c.merged_into, work.c.id)
    home = work.alias("home")
    query = (
        select(root.label("work_id"), home.c[stage.value].label("state"))
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(home, home.c.id == root)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            home.c[stage.value] != State.OPEN.value,
        )
        .group_by(root, home.c[stage.value])
        .order_by(func.max(decision.c.id))
    )
    rows = connection.execute(query)
    return {int(row.work_id): row.state != State.EXCLUDE.value for row in rows}


def brought(connection: Connection, review_id: int, stage: Stage) -> set[int]:
    """Works whose decisions were made in another tool, before the reading here began."""
    root = func.coalesce(work.c.merged_into, work.c.id)
    query = (
        select(root)
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(decision.c.review_id == review_id, decision.c.stage == stage.value)
        .group_by(root)
        .having(func.min(func.length(decision.c.how)) > 0, func.max(decision.c.seconds).is_(None))
    )
    return set(connection.execute(query).scalars())


def decided_before(connection: Connection, review_id: int, stage: Stage, at: datetime) -> set[int]:
    """Works on which somebody had decided by a moment."""
    query = (
        select(func.coalesce(work.c.merged_into, work.c.id))
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.at < at,
        )
        .distinct()
    )
    return set(connection.execute(query).scalars())
