"""The common queue: works that lack people, taken by those who ask for them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, or_, select

from evidence.screening.team import StageSettings, voices_of
from evidence.screening.verdicts import Stage
from evidence.store.engine import Write
from evidence.store.schema import assignment, work
from evidence.store.screening.assignments import open_at
from evidence.store.screening.placing import How, place

HELD = timedelta(minutes=30)
"""A work that somebody took and did not decide for so long goes to the next who asks."""

CHUNK = 500  # candidates that one query looks at


def pull(
    write: Write,
    stage: Stage,
    settings: StageSettings,
    many: int,
    order: Sequence[int] = (),
    chance: Collection[int] = (),
) -> int:
    """Take works from the common queue for the writing person; gives how many were found.

    A work goes to as many people as must read it and to no more. What somebody holds for longer
    than HELD without deciding counts as given back.

    Args:
        write: of the person who asks.
        stage: at which stage.
        settings: how it is screened.
        many: how many works are wanted.
        order: works in the order in which they are to be read; others follow as imported.
        chance: of these, which stand there by chance.
    """
    _give_back(write, stage)
    found = list(islice(_candidates(write, stage, settings, order), many))
    if found:
        rows = [
            {
                "work_id": work_id,
                "person_id": write.person_id,
                "how": How.PULLED.value,
                "chance": work_id in chance,
            }
            for work_id in found
        ]
        place(write, stage, rows)
    return len(found)


def _give_back(write: Write, stage: Stage) -> None:
    """What the writing person took long ago and did not decide.

    What they skipped stays with them, so that it comes after all others; anybody else may take it.
    """
    write.connection.execute(
        delete(assignment).where(
            assignment.c.review_id == write.review_id,
            assignment.c.stage == stage.value,
            assignment.c.person_id == write.person_id,
            assignment.c.done_at.is_(None),
            assignment.c.how == How.PULLED.value,
            assignment.c.skipped_at.is_(None),
            assignment.c.at < write.at - HELD,
        )
    )


def _candidates(
    write: Write, stage: Stage, settings: StageSettings, order: Sequence[int]
) -> Iterator[int]:
    """Works that the writing person may take, in this order and then as imported."""

    def free(which: ColumnElement[bool]) -> Sequence[Row[tuple[int, int]]]:
        return write.connection.execute(_lacking(write, stage, settings).where(which)).all()

    for begin in range(0, len(order), CHUNK):
        chunk = order[begin : begin + CHUNK]
        holders = {row.id: row.holders for row in free(work.c.id.in_(chunk))}
        for work_id in chunk:
            if work_id in holders and holders[work_id] < voices_of(settings, work_id):
                yield work_id
    ranked = set(order)
    last = 0
    while rows := free(work.c.id > last):
        for row in rows:
            if row.id not in ranked and row.holders < voices_of(settings, row.id):
                yield row.id
        last = rows[-1].id


def _lacking(write: Write, stage: Stage, settings: StageSettings) -> Select[tuple[int, int]]:
    """Works that may lack people and that the writing person lacks, at most CHUNK of them."""
    about = assignment.c.work_id == work.c.id, assignment.c.stage == stage.value
    mine = exists().where(*about, assignment.c.person_id == write.person_id)
    piloted = exists().where(*about, assignment.c.round_id.isnot(None))
    holders = (
        select(func.count())
        .select_from(assignment)
        .where(
            *about,
            or_(
                assignment.c.done_at.isnot(None),
                assignment.c.how != How.PULLED.value,
                assignment.c.at >= write.at - HELD,
            ),
        )
        .correlate(work)
        .scalar_subquery()
    )
    return (
        select(work.c.id, holders.label("holders"))
        .where(
            work.c.review_id == write.review_id,
            *open_at(stage),
            ~mine,
            ~piloted,
            holders < settings.voices,
        )
        .order_by(work.c.id)
        .limit(CHUNK)
    )
