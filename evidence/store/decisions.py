"""Decisions of screening: added, never changed; the newest of each person counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)

from evidence.citations.record import Reference
from evidence.errors import Invalid
from evidence.screening.verdicts import ALLOWED, Said, Stage, State, Verdict, settle
from evidence.store.engine import Write
from evidence.store.references import from_row
from evidence.store.schema import decision, person, reason, work

AT_ONCE = 5000  # works that one query names; SQLite takes 32,766 values


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A decision as it comes from the screen.

    Attributes:
        seconds: how long the record was on the screen.
        client_id: made where the key was pressed; the same id is stored once, however often sent.
        settles: made to end a conflict, in the knowledge of what the others had said.
    """

    work_id: int
    stage: Stage
    verdict: Verdict
    client_id: str
    reason_id: int | None = None
    note: str = ""
    seconds: float | None = None
    settles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision as it is kept."""

    work_id: int
    title: str
    stage: Stage
    person: str
    verdict: Verdict
    reason: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToScreen:
    """A work that waits for a decision."""

    id: int
    reference: Reference


def add(write: Write, decisions: Sequence[NewDecision]) -> int:
    """Keep decisions of the writing person; gives how many were new.

    Raises:
        Invalid: a work or a reason of another review, or a verdict that the stage does not have.
    """
    fresh = _not_yet_kept(write, decisions)
    if not fresh:
        return 0
    roots = _roots(write, {new.work_id for new in fresh})
    _check(write, fresh, roots)
    rows = [
        write.stamp(
            work_id=new.work_id,
            stage=new.stage.value,
            person_id=write.person_id,
            verdict=new.verdict.value,
            reason_id=new.reason_id,
            note=new.note,
            seconds=new.seconds,
            client_id=new.client_id,
            settles=new.settles,
            at=write.at,
        )
        for new in fresh
    ]
    write.connection.execute(insert(decision), rows)
    for stage in {new.stage for new in fresh}:
        refresh(write, stage, {roots[new.work_id] for new in fresh if new.stage is stage})
    return len(fresh)


def refresh(write: Write, stage: Stage, work_ids: Iterable[int]) -> None:
    """Work out anew what the decisions on these live works come to.

    Decisions made on a work before it was joined to another count for the work that holds its
    records now.
    """
    ids = list(work_ids)
    for begin in range(0, len(ids), AT_ONCE):
        _refresh(write, stage, ids[begin : begin + AT_ONCE])


def _refresh(write: Write, stage: Stage, ids: list[int]) -> None:
    root = func.coalesce(work.c.merged_into, work.c.id)
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
    for row in write.connection.execute(query):
        said[row.root].append(Said(row.person_id, Verdict(row.verdict), row.settles))
    write.connection.execute(
        update(work).where(work.c.id == bindparam("w")).values({stage.value: bindparam("state")}),
        [{"w": work_id, "state": settle(said[work_id]).value} for work_id in ids],
    )


def queue(
    connection: Connection, review_id: int, stage: Stage, *, state: State, limit: int
) -> list[ToScreen]:
    """The next works that are in this state at this stage, in the order of their import."""
    conditions = _in_state(review_id, stage, state)
    query = select(work).where(*conditions).order_by(work.c.id).limit(limit)
    return [
        ToScreen(id=row["id"], reference=from_row(row))
        for row in connection.execute(query).mappings()
    ]


def works_of(
    connection: Connection, review_id: int, work_ids: Iterable[int]
) -> dict[int, ToScreen]:
    """These works, as a screening page shows them."""
    query = select(work).where(work.c.review_id == review_id, work.c.id.in_(list(work_ids)))
    return {
        row["id"]: ToScreen(id=row["id"], reference=from_row(row))
        for row in connection.execute(query).mappings()
    }


def tally(connection: Connection, review_id: int, stage: Stage) -> dict[State, int]:
    """How many live works are in each state at a stage."""
    column = work.c[stage.value]
    conditions = [work.c.review_id == review_id, work.c.merged_into.is_(None)]
    if stage is Stage.FULL_TEXT:
        conditions.append(work.c.title_abstract == State.INCLUDE.value)
    query = select(column, func.count()).where(*conditions).group_by(column)
    found = {State(state): int(count) for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int, limit: int = 50
) -> list[Decision]:
    """A person's decisions, newest first, each work once with what counts now."""
    newest = (
        select(func.max(decision.c.id))
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.person_id == person_id,
        )
        .group_by(decision.c.work_id)
    )
    query = (
        _decisions()
        .where(decision.c.id.in_(newest), decision.c.verdict != Verdict.WITHDRAWN.value)
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return [_decision(row) for row in connection.execute(query).mappings()]


def of_works(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int]
) -> dict[int, list[Decision]]:
    """What every person said last of each of these works, for those that have several voices."""
    ids = list(work_ids)
    query = _decisions().where(
        decision.c.review_id == review_id,
        decision.c.stage == stage.value,
        work.c.id.in_(ids) | work.c.merged_into.in_(ids),
    )
    newest: dict[int, dict[str, Decision]] = defaultdict(dict)
    for row in connection.execute(query.order_by(decision.c.id)).mappings():
        newest[row["work_id"]][row["person"]] = _decision(row)
    return {
        work_id: [one for one in said.values() if one.verdict is not Verdict.WITHDRAWN]
        for work_id, said in newest.items()
    }


def of_work(connection: Connection, review_id: int, work_id: int) -> list[Decision]:
    """All that was ever decided on a work and on those joined to it, oldest first."""
    query = _decisions().where(
        decision.c.review_id == review_id,
        (work.c.id == work_id) | (work.c.merged_into == work_id),
    )
    rows = connection.execute(query.order_by(decision.c.id)).mappings()
    return [_decision(row) for row in rows]


def reasons_of(connection: Connection, review_id: int, stage: Stage) -> dict[int, str]:
    """Why each excluded work was excluded; the newest decision to exclude it names the reason."""
    root = func.coalesce(work.c.merged_into, work.c.id)
    live = work.alias("live")
    query = (
        select(root.label("root"), reason.c.label)
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(live, live.c.id == root)
        .join(reason, reason.c.id == decision.c.reason_id, isouter=True)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.verdict == Verdict.EXCLUDE.value,
            *_excluded_at(live, stage),
        )
        .order_by(decision.c.id)
    )
    return {row.root: row.label or "No reason given" for row in connection.execute(query)}


def _not_yet_kept(write: Write, decisions: Sequence[NewDecision]) -> list[NewDecision]:
    """Without those whose client_id is known, and without repeats among themselves."""
    once = {new.client_id: new for new in reversed(decisions)}
    query = select(decision.c.client_id).where(
        decision.c.review_id == write.review_id, decision.c.client_id.in_(list(once))
    )
    kept = set(write.connection.execute(query).scalars())
    return [new for key, new in reversed(once.items()) if key not in kept]


def _roots(write: Write, work_ids: set[int]) -> dict[int, int]:
    """For each work of this review, the work that holds its records now."""
    query = select(work.c.id, func.coalesce(work.c.merged_into, work.c.id)).where(
        work.c.review_id == write.review_id, work.c.id.in_(list(work_ids))
    )
    return {int(work_id): int(root) for work_id, root in write.connection.execute(query)}


def _check(write: Write, decisions: Sequence[NewDecision], roots: dict[int, int]) -> None:
    query = select(reason.c.id).where(reason.c.review_id == write.review_id)
    reasons = {None, *write.connection.execute(query).scalars()}
    for new in decisions:
        if new.work_id not in roots:
            raise Invalid(f"Work {new.work_id} does not belong to this review.")
        if new.reason_id not in reasons:
            raise Invalid(f"Reason {new.reason_id} does not belong to this review.")
        if new.verdict is not Verdict.WITHDRAWN and new.verdict not in ALLOWED[new.stage]:
            raise Invalid(f"“{new.verdict}” cannot be said at this stage.")


def _excluded_at(table: FromClause, stage: Stage) -> list[ColumnElement[bool]]:
    """A work that is excluded at a stage, having come so far."""
    conditions = [table.c[stage.value] == State.EXCLUDE.value]
    if stage is Stage.FULL_TEXT:
        conditions.append(table.c.title_abstract == State.INCLUDE.value)
    return conditions


def _in_state(review_id: int, stage: Stage, state: State) -> list[ColumnElement[bool]]:
    conditions = [
        work.c.review_id == review_id,
        work.c.merged_into.is_(None),
        work.c[stage.value] == state.value,
    ]
    if stage is Stage.FULL_TEXT:
        conditions.append(work.c.title_abstract == State.INCLUDE.value)
    return conditions


def _decisions() -> Select[Any]:
    return (
        select(
            func.coalesce(work.c.merged_into, work.c.id).label("work_id"),
            work.c.title,
            decision.c.stage,
            person.c.name.label("person"),
            decision.c.verdict,
            func.coalesce(reason.c.label, "").label("reason"),
            decision.c.note,
            decision.c.at,
        )
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(person, person.c.id == decision.c.person_id)
        .join(reason, reason.c.id == decision.c.reason_id, isouter=True)
    )


def _decision(row: Any) -> Decision:
    values = {**row, "stage": Stage(row["stage"]), "verdict": Verdict(row["verdict"])}
    return Decision(**values)
