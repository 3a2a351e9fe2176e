"""Assignments follow the records: what counts for a work after others were joined to it or left.

Nothing is thrown away: each row stays with the work for which it was made, so that parting the
records gives each work back what belonged to it. Who decided is read from the decisions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select
from sqlalchemy import func as sql

from evidence.screening.team import voices_of
from evidence.screening.verdicts import Stage, Verdict
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.review import team
from evidence.store.schema import assignment, decision, work
from evidence.store.screening import stage_settings
from evidence.store.screening.placing import Change, How, home, of_family, place, put, root
from evidence.store.screening.queue import HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A row of assignments."""

    id: int
    person_id: int
    into: int | None  # for which work it counts now
    piloted: bool
    how: str
    at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Spoke:
    """Somebody's decision that stands, on the work where it was made."""

    work_id: int
    at: datetime


def follow(write: Write, work_ids: Collection[int], stages: Iterable[Stage] = Stage) -> None:
    """Let assignments count where the records of their works are now.

    A person has one row that counts for a work, at each stage; in a pilot that of the pilot. Who
    spoke on any of the joined works has spoken; of the others no more are asked than must read it,
    in a pilot nobody but its people, and who left the team never.

    Args:
        write: of the one who joined or parted records.
        work_ids: live works, with all that was joined to them.
        stages: at which stages.
    """
    for stage in stages:
        if not _there_are(write, stage):
            continue
        settings = stage_settings.current(write.connection, write.review_id, stage)
        gone = team.former_ids(write.connection, write.review_id)
        for ids in batches(set(work_ids)):
            given = _given(write.connection, stage, ids)
            spoke = _spoke(write.connection, stage, ids)
            changed: list[Change] = []
            for work_id, rows in given.items():
                told = spoke[work_id]
                here = [row for row in rows if row.person_id in told or row.person_id not in gone]
                counting = _counting(here, told, voices_of(settings, work_id), write.at - HELD)
                changed += _changes(work_id, rows, counting, told)
            put(write, changed)
            _add_own(write, stage, given, spoke)


def again(write: Write, stage: Stage, work_ids: Collection[int]) -> None:
    """The same for those of these works where rows may sleep: whoever has one may be needed after
    somebody left. They hold the records of others, or did.
    """
    found: set[int] = set()
    for ids in batches(work_ids):
        query = select(work.c.merged_into).distinct().where(work.c.merged_into.in_(ids))
        found.update(write.connection.execute(query).scalars())
        asleep = select(assignment.c.first_work_id).where(
            assignment.c.first_work_id.in_(ids),
            assignment.c.stage == stage.value,
            (assignment.c.work_id + 0).is_(None),  # a sum: not by the index of all that sleep
        )
        found.update(write.connection.execute(asleep).scalars())
    follow(write, found, [stage])


def sleeping(connection: Connection, review_id: int, stage: Stage) -> list[int]:
    """Live works at which rows sleep; after a change of settings some may count again."""
    query = (
        select(root)
        .distinct()
        .select_from(assignment)
        .join(home, home.c.id == assignment.c.first_work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.work_id.is_(None),
        )
    )
    return [int(one) for one in connection.execute(query).scalars()]


def _there_are(write: Write, stage: Stage) -> bool:
    about = assignment.c.review_id == write.review_id, assignment.c.stage == stage.value
    said = decision.c.review_id == write.review_id, decision.c.stage == stage.value
    found = select(exists().where(*about) | exists().where(*said))
    return bool(write.connection.execute(found).scalar_one())


def _given(
    connection: Connection, stage: Stage, work_ids: Sequence[int]
) -> dict[int, list[_Given]]:
    a = assignment.c
    query = (
        select(
            root.label("root"),
            a.work_id.label("into"),
            a.round_id.is_not(None).label("piloted"),
            *(a[name] for name in ("id", "person_id", "how", "at", "done_at")),
        )
        .join(home, home.c.id == a.first_work_id)
        .where(of_family(work_ids), a.stage == stage.value)
        .order_by(a.id)
    )
    found: dict[int, list[_Given]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        values = dict(row)
        found[values.pop("root")].append(_Given(**values))
    return found


def _spoke(
    connection: Connection, stage: Stage, work_ids: Sequence[int]
) -> dict[int, dict[int, _Spoke]]:
    """Who has spoken for each work: root -> person -> their newest decision, unless taken back."""
    d = decision.c
    newest = (
        select(sql.max(d.id))
        .join(home, home.c.id == d.work_id)
        .where(of_family(work_ids), d.stage == stage.value, d.settles.is_(False))
        .group_by(root, d.person_id)
    )
    query = (
        select(root.label("root"), d.person_id, d.work_id, d.at)
        .join(home, home.c.id == d.work_id)
        .where(d.id.in_(newest), d.verdict != Verdict.WITHDRAWN.value)
    )
    found: dict[int, dict[int, _Spoke]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.root][row.person_id] = _Spoke(row.work_id, row.at)
    return found


def _counting(
    rows: Sequence[_Given], spoke: Mapping[int, _Spoke], voices: int, held: datetime
) -> set[int]:
    """Which of the rows at one work count."""
    pulled = How.PULLED.value
    best: dict[int, _Given] = {}

    def rank(one: _Given) -> tuple[bool, bool, bool, int]:
        return not one.piloted, one.done_at is None, one.how == pulled, one.id

    for row in sorted(rows, key=rank):
        best.setdefault(row.person_id, row)
    chosen = {row.id for person_id, row in best.items() if person_id in spoke}
    others = [row for person_id, row in best.items() if person_id not in spoke]
    if any(row.piloted for row in rows):
        return chosen | {row.id for row in others if row.piloted}
    others.sort(key=lambda one: (one.how == pulled and one.at < held, one.how == pulled, one.id))
    return chosen | {row.id for row in others[: max(0, voices - len(spoke))]}


def _changes(
    work_id: int, rows: Sequence[_Given], counting: Collection[int], spoke: Mapping[int, _Spoke]
) -> Iterator[Change]:
    """What is to be said of the rows at one work; who is done follows from the decisions."""
    for row in rows:
        into, done = None, row.done_at
        if row.id in counting:
            said = spoke.get(row.person_id)
            into, done = work_id, (row.done_at or said.at) if said else None
        if (into, done) != (row.into, row.done_at):
            yield row.id, into, done


def _add_own(
    write: Write,
    stage: Stage,
    given: Mapping[int, Sequence[_Given]],
    spoke: Mapping[int, Mapping[int, _Spoke]],
) -> None:
    """Whoever decides has a row; who decided on a work that was joined then may have none there."""
    own = []
    for work_id, told in spoke.items():
        have = {row.person_id for row in given.get(work_id, ())}
        own += [
            {"work_id": work_id, "first_work_id": said.work_id, "person_id": person_id,
             "how": How.OWN.value, "done_at": said.at}
            for person_id, said in told.items()
            if person_id not in have
        ]  # fmt: skip
    place(write, stage, own)
