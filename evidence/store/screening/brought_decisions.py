"""Decisions that came in files: what they say, whose they are said to be, what became of them.

They are no rows of `decision`: nothing that counts or learns sees them until one is made of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from evidence.errors import NotFound
from evidence.screening.brought_in import Settled, Standing
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store.bulk import update_rows
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import (
    brought_decision,
    brought_label,
    decision,
    decision_file,
    person,
    work,
    work_label,
)
from evidence.store.screening import work_states
from evidence.store.surviving import original, originals_of, surviving, surviving_id

_undoer = person.alias("undoer")
_row = brought_decision.c
_BY_WORD = (Settled.VOUCHED.value, Settled.DECLINED.value)  # declined later, or not by anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFile:
    """A file with decisions that somebody brought in.

    Attributes:
        person: who brought it.
        undone_by, undone_at: who took it back, and when; "" and None while it stands.
    """

    id: int
    name: str
    tool: str
    person_id: int
    person: str
    at: datetime
    undone_by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBroughtDecision:
    """A decision as a file has it.

    Attributes:
        person_id: whose it is said to be; None while that is nobody yet.
        name: of the person, as the file has it.
        decided_at: when it was made, as the file has it.
        line: of the record in the file; 0 where it has no lines.
    """

    work_id: int
    person_id: int | None
    name: str
    stage: Stage
    verdict: Verdict
    reasons: tuple[str, ...]
    note: str
    labels: tuple[str, ...]
    seconds: float | None
    tool: str
    decided_at: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtDecision(NewBroughtDecision):
    """A decision of a file as it is stored; `surviving_id` holds the work's records now."""

    id: int
    file_id: int
    surviving_id: int
    title: str
    settled: Settled
    decision_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many decisions of a file one person has, by what became of them.

    Attributes:
        person_id: None where the name is nobody's yet; then `name` is that of the file.
    """

    file_id: int
    person_id: int | None
    name: str
    counts: Mapping[Settled, int]


# ── bringing ──────────────────────────────────────────────────────────────────────────────────────


def add_file(write: Write, name: str, sha256: str, tool: str) -> int:
    """Note a file of the writing person; gives its id."""
    values = write.for_review(name=name, sha256=sha256, tool=tool, **write.by_and_at)
    query = insert(decision_file).values(**values).returning(decision_file.c.id)
    return int(write.connection.execute(query).scalar_one())


def add(write: Write, file_id: int, rows: Sequence[NewBroughtDecision]) -> None:
    """Keep what a file says; it counts for nothing."""
    if rows:
        values = [
            asdict(row)
            | {"file_id": file_id, "stage": row.stage.value, "verdict": row.verdict.value}
            | {"reasons": list(row.reasons), "labels": list(row.labels)}
            for row in rows
        ]
        write.connection.execute(insert(brought_decision), values)


def signatures(connection: Connection, review_id: int) -> set[tuple[object, ...]]:
    """What stands of earlier files, each decision so that it is known again in a later one."""
    is_kept = _row.settled != Settled.DECLINED.value
    query = _rows().where(decision_file.c.review_id == review_id, _stands(), is_kept)
    return {signature(row) for row in _load(connection, query)}


def declined(connection: Connection, review_id: int) -> dict[tuple[object, ...], bool]:
    """What their people declined of earlier files, by signature, and whether its file stands."""
    is_declined = _row.settled == Settled.DECLINED.value, _row.person_id.is_not(None)
    query = _rows().where(decision_file.c.review_id == review_id, *is_declined)
    standing = {signature(row) for row in _load(connection, query.where(_stands()))}
    return {key: key in standing for key in map(signature, _load(connection, query))}


def signature(row: NewBroughtDecision) -> tuple[object, ...]:
    """By what a decision is known again in a later export of the same tool."""
    work_id = row.surviving_id if isinstance(row, BroughtDecision) else row.work_id
    judgement = (row.stage.value, row.verdict.value, row.reasons, row.note, row.seconds)
    return work_id, row.person_id, row.name, row.tool, row.decided_at, *judgement


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def files(connection: Connection, review_id: int) -> list[DecisionFile]:
    """The files that were brought in, those that were taken back included, the newest first."""
    query = _files().where(decision_file.c.review_id == review_id)
    rows = connection.execute(query.order_by(decision_file.c.id.desc())).mappings()
    return [DecisionFile(**row) for row in rows]


def get_file(connection: Connection, review_id: int, file_id: int) -> DecisionFile:
    """A file of a review; raises NotFound where it has none of this id."""
    query = _files().where(decision_file.c.review_id == review_id, decision_file.c.id == file_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("file with decisions", file_id)
    return DecisionFile(**row)


def parts(connection: Connection, review_id: int) -> list[Part]:
    """For each file and person how many decisions it has of them; never what was decided."""
    name = func.coalesce(person.c.name, _row.name)
    query = (
        select(_row.file_id, _row.person_id, name.label("name"), _row.settled, func.count())
        .join(decision_file, decision_file.c.id == _row.file_id)
        .outerjoin(person, person.c.id == _row.person_id)
        .where(decision_file.c.review_id == review_id)
        .group_by(_row.file_id, _row.person_id, name, _row.settled)
        .order_by(_row.file_id, func.min(_row.id))
    )
    counts: dict[tuple[int, int | None, str], dict[Settled, int]] = defaultdict(dict)
    for file_id, person_id, of_whom, settled, count in connection.execute(query):
        counts[file_id, person_id, of_whom][Settled(settled)] = count
    return [
        Part(file_id=file_id, person_id=person_id, name=of_whom, counts=by_settled)
        for (file_id, person_id, of_whom), by_settled in counts.items()
    ]


def of_person(
    connection: Connection, file_id: int, person_id: int | None, settled: Collection[Settled]
) -> list[BroughtDecision]:
    """The decisions of a file that are said to be somebody's, in the order of the file."""
    is_theirs = _row.person_id.is_(None) if person_id is None else _row.person_id == person_id
    query = _rows().where(_row.file_id == file_id, is_theirs, _row.settled.in_(list(settled)))
    return _load(connection, query.order_by(_row.id))


def count_waiting(connection: Connection, review_id: int, person_id: int) -> int:
    """How many decisions of files wait for somebody."""
    query = (
        select(func.count())
        .select_from(brought_decision)
        .join(decision_file, decision_file.c.id == _row.file_id)
        .where(
            _row.person_id == person_id,
            _row.settled == Settled.WAITING.value,
            decision_file.c.review_id == review_id,
            _stands(),
        )
    )
    return int(connection.execute(query).scalar_one())


def decided(connection: Connection, file_id: int) -> list[BroughtDecision]:
    """The decisions of a file of which decisions here were made."""
    query = _rows().where(_row.file_id == file_id, _row.decision_id.is_not(None))
    return _load(connection, query.order_by(_row.id))


def newest_decisions(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[tuple[int, int, bool], tuple[int, Verdict]]:
    """The id and verdict of the newest decision of a person on a surviving work, by these two and
    by whether it ends something for all (a conflict, a search for a report) or is their vote.

    Taking back how a conflict ended leaves the vote that the person had given before.
    """
    newest: dict[tuple[int, int, bool], tuple[int, Verdict]] = {}
    for ids in batches(set(work_ids)):
        query = (
            select(
                surviving_id,
                decision.c.person_id,
                decision.c.resolves,
                decision.c.id,
                decision.c.verdict,
            )
            .select_from(decision)
            .join(original, original.c.id == decision.c.work_id)
            .where(decision.c.stage == stage.value, originals_of(ids))
            .order_by(decision.c.id)
        )
        for work_id, person_id, resolves, decision_id, verdict in connection.execute(query):
            newest[work_id, person_id, resolves] = decision_id, Verdict(verdict)
    return newest


def standings(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, Standing]:
    """How these surviving works stand at a stage."""
    by_work: dict[int, Standing] = {}
    for ids in batches(set(work_ids)):
        votes = work_states.votes_on(connection, stage, ids)
        vouched = _vouched(connection, stage, ids)
        labelled = _labelled(connection, ids)
        states = select(work.c.id, *(work.c[each.value] for each in Stage)).where(
            work.c.id.in_(ids)
        )
        for row in connection.execute(states).mappings():
            by_work[row["id"]] = Standing(
                states={each: State(row[each.value]) for each in Stage},
                votes=votes.get(row["id"], ()),
                vouched=vouched.get(row["id"], ()),
                labelled=labelled.get(row["id"], ()),
            )
    return by_work


def _vouched(connection: Connection, stage: Stage, work_ids: Sequence[int]) -> dict[int, set[int]]:
    """Who said nothing of these works but what came from files by the owner's word."""
    by_word = (
        select(_row.decision_id)
        .join(original, original.c.id == _row.work_id)
        .where(originals_of(work_ids), _row.settled.in_(_BY_WORD), _row.decision_id.is_not(None))
    )
    vouched = set(connection.execute(by_word).scalars())
    if not vouched:
        return {}
    query = (
        select(surviving_id, decision.c.person_id, decision.c.id)
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .where(
            decision.c.stage == stage.value,
            originals_of(work_ids),
            decision.c.resolves.is_(False),
            decision.c.verdict != Verdict.WITHDRAWN.value,
        )
    )
    ids_by_voter: dict[tuple[int, int], set[int]] = defaultdict(set)
    for work_id, person_id, decision_id in connection.execute(query):
        ids_by_voter[work_id, person_id].add(decision_id)
    people: dict[int, set[int]] = defaultdict(set)
    for (work_id, person_id), decision_ids in ids_by_voter.items():
        if decision_ids <= vouched:
            people[work_id].add(person_id)
    return people


def _labelled(connection: Connection, work_ids: Sequence[int]) -> dict[int, set[int]]:
    """Who put labels on these works by hand."""
    from_files = select(brought_label.c.work_label_id)
    query = (
        select(surviving_id, work_label.c.person_id)
        .distinct()
        .select_from(work_label)
        .join(original, original.c.id == work_label.c.work_id)
        .where(originals_of(work_ids), work_label.c.id.not_in(from_files))
    )
    people: dict[int, set[int]] = defaultdict(set)
    for work_id, person_id in connection.execute(query):
        people[work_id].add(person_id)
    return people


# ── what becomes of them ──────────────────────────────────────────────────────────────────────────


def settle(write: Write, row_ids: Iterable[int], settled: Settled, settled_by: int) -> None:
    """Say what became of decisions of a file, and by whom."""
    values = {
        "settled": settled.value,
        "settled_by": settled_by,
        "settled_at": write.at,
    }
    for ids in batches(set(row_ids)):
        query = update(brought_decision).where(_row.id.in_(ids))
        write.connection.execute(query.values(**values))


def link_decisions(write: Write, client_ids: Mapping[str, int]) -> None:
    """Tie decisions of a file to those of the writing person that were made of them.

    Args:
        write: on behalf of the person who decided.
        client_ids: of the decisions that were made, with the rows of the file.
    """
    ids: dict[int, int] = {}
    keys = list(client_ids)
    for begin in range(0, len(keys), 5000):
        query = select(decision.c.client_id, decision.c.id).where(
            decision.c.review_id == write.review_id,
            decision.c.person_id == write.person_id,
            decision.c.client_id.in_(keys[begin : begin + 5000]),
        )
        for client_id, decision_id in write.connection.execute(query):
            ids[client_ids[client_id]] = decision_id
    rows = [(decision_id, row_id) for row_id, decision_id in ids.items()]
    update_rows(write.connection, brought_decision, ["decision_id"], rows)


def give(write: Write, file_id: int, name: str, person_id: int) -> int:
    """Say whose the decisions of a name are that was nobody's yet; gives how many."""
    query = update(brought_decision).where(*_of_nobody(file_id, name))
    return write.connection.execute(query.values(person_id=person_id)).rowcount


def drop(write: Write, file_id: int, name: str, settled_by: int) -> int:
    """Leave aside the decisions of a name that is nobody's; gives how many."""
    query = select(_row.id).where(*_of_nobody(file_id, name))
    ids = list(write.connection.execute(query).scalars())
    settle(write, ids, Settled.DECLINED, settled_by)
    return len(ids)


def mark_undone(write: Write, file_id: int, person_id: int) -> None:
    """Note that a file was taken back."""
    query = update(decision_file).where(decision_file.c.id == file_id)
    write.connection.execute(query.values(undone_at=write.at, undone_by=person_id))


# ── labels ────────────────────────────────────────────────────────────────────────────────────────


def labels_only_of(connection: Connection, file_id: int) -> list[int]:
    """Ids of the labels on works that came with this file, and with no other that stands."""
    other = brought_label.alias("other")
    others = (
        select(other.c.work_label_id)
        .join(decision_file, decision_file.c.id == other.c.file_id)
        .where(other.c.file_id != file_id, _stands())
    )
    query = select(brought_label.c.work_label_id).where(
        brought_label.c.file_id == file_id, brought_label.c.work_label_id.not_in(others)
    )
    return list(connection.execute(query).scalars())


def take_labels_off(write: Write, file_id: int) -> int:
    """Take off the labels that came with this file only; gives how many."""
    ids = labels_only_of(write.connection, file_id)
    for batch in batches(ids):
        write.connection.execute(delete(work_label).where(work_label.c.id.in_(batch)))
    return len(ids)


def _stands() -> ColumnElement[bool]:
    return decision_file.c.undone_at.is_(None)


def _of_nobody(file_id: int, name: str) -> list[ColumnElement[bool]]:
    waiting = _row.settled == Settled.WAITING.value
    return [_row.file_id == file_id, _row.name == name, _row.person_id.is_(None), waiting]


def _files() -> Select[Any]:
    names = ("id", "name", "tool", "person_id", "at", "undone_at")
    return (
        select(
            *(decision_file.c[name] for name in names),
            person.c.name.label("person"),
            func.coalesce(_undoer.c.name, "").label("undone_by"),
        )
        .join(person, person.c.id == decision_file.c.person_id)
        .outerjoin(_undoer, _undoer.c.id == decision_file.c.undone_by)
    )


def _rows() -> Select[Any]:
    return (
        select(
            *(column for column in _row if column.name in _NAMES),
            surviving.c.id.label("surviving_id"),
            original.c.title,
        )
        .join(decision_file, decision_file.c.id == _row.file_id)
        .join(original, original.c.id == _row.work_id)
        .join(surviving, surviving.c.id == surviving_id)
    )


_NAMES = frozenset(BroughtDecision.__dataclass_fields__) - {"surviving_id", "title"}


def _load(connection: Connection, query: Select[Any]) -> list[BroughtDecision]:
    return [
        BroughtDecision(
            **{
                **row,
                "stage": Stage(row["stage"]),
                "verdict": Verdict(row["verdict"]),
                "settled": Settled(row["settled"]),
                "reasons": tuple(row["reasons"]),
                "labels": tuple(row["labels"]),
            }
        )
        for row in connection.execute(query).mappings()
    ]
