"""Assignments of merged works: which of them count after records were joined or parted.

Nothing is thrown away: each row stays with the work for which it was made, so that parting the
records gives each work back what belonged to it. Who decided is read from the decisions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from evidence.screening.stage_settings import voices_of
from evidence.screening.verdicts import Stage, Verdict
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.review import team
from evidence.store.schema import assignment, decision, work
from evidence.store.screening import assignments, stage_settings
from evidence.store.screening.assignments import Change, How
from evidence.store.screening.queue import LONGEST_HOLD
from evidence.store.surviving import original, originals_of, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assignment:
    """A row of assignments; `counts_for` is a work, or None while the row is inactive."""

    id: int
    person_id: int
    counts_for: int | None
    piloted: bool
    how: str
    at: datetime
    done_at: datetime | None

    @property
    def pulled(self) -> bool:
        """Whether the person took the work from the common queue."""
        return self.how == How.PULLED.value


@dataclass(frozen=True, slots=True)
class _Decided:
    """Somebody's decision that stands, on the work where it was made."""

    work_id: int
    at: datetime


def follow(write: Write, work_ids: Collection[int], stages: Iterable[Stage] = Stage) -> None:
    """Let assignments count where the records of their works are now.

    A person has one row that counts for a work, at each stage; in a pilot that of the pilot. Who
    decided on any of the merged works has decided; of the others no more are asked than must read
    it, in a pilot nobody but its people, and who left the team never.

    Args:
        write: of the one who joined or parted records.
        work_ids: surviving works, with all that was merged into them.
        stages: at which stages.
    """
    for stage in stages:
        if not _has_begun(write, stage):
            continue
        settings = stage_settings.current(write.connection, write.review_id, stage)
        gone = team.former_ids(write.connection, write.review_id)
        for ids in batches(set(work_ids)):
            assignments_by_work = _assignments(write.connection, stage, ids)
            deciders_by_work = _deciders(write.connection, stage, ids)
            changes: list[Change] = []
            for work_id, rows in assignments_by_work.items():
                deciders = deciders_by_work[work_id]
                present = [
                    row for row in rows if row.person_id in deciders or row.person_id not in gone
                ]
                counting = _counting(
                    present, deciders, voices_of(settings, work_id), write.at - LONGEST_HOLD
                )
                changes += _changes(work_id, rows, counting, deciders)
            assignments.set_counting(write, changes)
            _add_unasked(write, stage, assignments_by_work, deciders_by_work)


def refollow(write: Write, stage: Stage, work_ids: Collection[int]) -> None:
    """Let assignments follow at those of these works where rows may be inactive: whoever has one
    may be needed after somebody left. Such works hold the records of others, or did.
    """
    affected: set[int] = set()
    for ids in batches(work_ids):
        merged = select(work.c.merged_into).distinct().where(work.c.merged_into.in_(ids))
        affected.update(write.connection.execute(merged).scalars())
        inactive = select(assignment.c.first_work_id).where(
            assignment.c.first_work_id.in_(ids),
            assignment.c.stage == stage.value,
            (assignment.c.work_id + 0).is_(None),  # a sum: not by the index of all inactive
        )
        affected.update(write.connection.execute(inactive).scalars())
    follow(write, affected, [stage])


def with_inactive(connection: Connection, review_id: int, stage: Stage) -> list[int]:
    """Surviving works with inactive rows; after a change of settings some may count again."""
    query = (
        select(surviving_id)
        .distinct()
        .select_from(assignment)
        .join(original, original.c.id == assignment.c.first_work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.work_id.is_(None),
        )
    )
    return list(connection.execute(query).scalars())


def _has_begun(write: Write, stage: Stage) -> bool:
    """Whether there is any assignment or decision at a stage."""
    assigned = exists().where(
        assignment.c.review_id == write.review_id, assignment.c.stage == stage.value
    )
    decided = exists().where(
        decision.c.review_id == write.review_id, decision.c.stage == stage.value
    )
    return bool(write.connection.execute(select(assigned | decided)).scalar_one())


def _assignments(
    connection: Connection, stage: Stage, work_ids: Sequence[int]
) -> dict[int, list[_Assignment]]:
    """All rows of each of these works, inactive ones included."""
    a = assignment.c
    query = (
        select(
            surviving_id.label("surviving_id"),
            a.work_id.label("counts_for"),
            a.pilot_id.is_not(None).label("piloted"),
            *(a[name] for name in ("id", "person_id", "how", "at", "done_at")),
        )
        .join(original, original.c.id == a.first_work_id)
        .where(originals_of(work_ids), a.stage == stage.value)
        .order_by(a.id)
    )
    rows_by_work: dict[int, list[_Assignment]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        values = dict(row)
        rows_by_work[values.pop("surviving_id")].append(_Assignment(**values))
    return rows_by_work


def _deciders(
    connection: Connection, stage: Stage, work_ids: Sequence[int]
) -> dict[int, dict[int, _Decided]]:
    """Who has decided on each work: work -> person -> their newest decision, unless withdrawn."""
    d = decision.c
    newest = (
        select(func.max(d.id))
        .join(original, original.c.id == d.work_id)
        .where(originals_of(work_ids), d.stage == stage.value, d.resolves.is_(False))
        .group_by(surviving_id, d.person_id)
    )
    query = (
        select(surviving_id.label("surviving_id"), d.person_id, d.work_id, d.at)
        .join(original, original.c.id == d.work_id)
        .where(d.id.in_(newest), d.verdict != Verdict.WITHDRAWN.value)
    )
    deciders: dict[int, dict[int, _Decided]] = defaultdict(dict)
    for row in connection.execute(query):
        deciders[row.surviving_id][row.person_id] = _Decided(row.work_id, row.at)
    return deciders


def _counting(
    rows: Sequence[_Assignment],
    deciders: Mapping[int, _Decided],
    voices: int,
    held_since: datetime,
) -> set[int]:
    """Which of the rows at one work count."""
    best: dict[int, _Assignment] = {}

    def rank(row: _Assignment) -> tuple[bool, bool, bool, int]:
        return not row.piloted, row.done_at is None, row.pulled, row.id

    for row in sorted(rows, key=rank):
        best.setdefault(row.person_id, row)
    counting = {row.id for person_id, row in best.items() if person_id in deciders}
    others = [row for person_id, row in best.items() if person_id not in deciders]
    if any(row.piloted for row in rows):
        return counting | {row.id for row in others if row.piloted}
    others.sort(key=lambda row: (row.pulled and row.at < held_since, row.pulled, row.id))
    return counting | {row.id for row in others[: max(0, voices - len(deciders))]}


def _changes(
    work_id: int,
    rows: Sequence[_Assignment],
    counting: Collection[int],
    deciders: Mapping[int, _Decided],
) -> Iterator[Change]:
    """What is to be changed in the rows at one work; who is done follows from the decisions."""
    for row in rows:
        counts_for, done_at = None, row.done_at
        if row.id in counting:
            decided = deciders.get(row.person_id)
            counts_for, done_at = work_id, (row.done_at or decided.at) if decided else None
        if (counts_for, done_at) != (row.counts_for, row.done_at):
            yield row.id, counts_for, done_at


def _add_unasked(
    write: Write,
    stage: Stage,
    assignments_by_work: Mapping[int, Sequence[_Assignment]],
    deciders_by_work: Mapping[int, Mapping[int, _Decided]],
) -> None:
    """Whoever decides has a row; who decided on a work that was merged then may have none there."""
    unasked = []
    for work_id, deciders in deciders_by_work.items():
        assigned = {row.person_id for row in assignments_by_work.get(work_id, ())}
        unasked += [
            {"work_id": work_id, "first_work_id": decided.work_id, "person_id": person_id,
             "how": How.OWN.value, "done_at": decided.at}
            for person_id, decided in deciders.items()
            if person_id not in assigned
        ]  # fmt: skip
    assignments.add(write, stage, unasked)
