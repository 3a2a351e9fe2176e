"""What people said while screening: their decisions, read by those who may know them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, exists, func, or_, select

from evidence.screening.verdicts import Stage, State, Verdict, Vote, counted_indexes
from evidence.store.schema import decision, person, reason, work
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON

_resolution = decision.alias("resolution")
_joined = work.alias("joined")
_root = work.alias("root")  # the work that holds the records of a decision's work now


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision as it is kept.

    Attributes:
        reason: the one that is counted.
        reasons: all, in the order of the review's list.
    """

    work_id: int
    title: str
    stage: Stage
    person: str
    verdict: Verdict
    reason: str
    reasons: tuple[str, ...]
    note: str
    at: datetime


def of_works(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int], person_id: int
) -> dict[int, list[Decision]]:
    """What every person said last of each of these works, as far as this person may know it."""
    ids = list(work_ids)
    query = listed().where(
        decision.c.review_id == review_id,
        decision.c.stage == stage.value,
        decision.c.settles.is_(False),
        work.c.id.in_(ids) | work.c.merged_into.in_(ids),
        visible_to(person_id),
    )
    newest: dict[int, dict[str, Decision]] = defaultdict(dict)
    for one in read(connection, review_id, query.order_by(decision.c.id)):
        newest[one.work_id][one.person] = one
    return {
        work_id: [one for one in said.values() if one.verdict is not Verdict.WITHDRAWN]
        for work_id, said in newest.items()
    }


def of_work(connection: Connection, review_id: int, work_id: int, person_id: int) -> list[Decision]:
    """All that was ever decided on a work and on those joined to it, oldest first, as far as this
    person may know it.
    """
    query = listed().where(
        decision.c.review_id == review_id,
        (work.c.id == work_id) | (work.c.merged_into == work_id),
        visible_to(person_id),
    )
    return read(connection, review_id, query.order_by(decision.c.id))


def reasons_of(connection: Connection, review_id: int, stage: Stage) -> dict[int, str]:
    """Why each excluded work was excluded; of the decisions that count, the newest to exclude it
    names the reason.
    """
    root = func.coalesce(work.c.merged_into, work.c.id)
    live = work.alias("live")
    query = (
        select(
            root.label("root"),
            decision.c.person_id,
            decision.c.verdict,
            decision.c.settles,
            reason.c.label,
        )
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(live, live.c.id == root)
        .join(reason, reason.c.id == decision.c.reason_id, isouter=True)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            *_excluded_at(live, stage),
        )
        .order_by(decision.c.id)
    )
    made: dict[int, list[tuple[Vote, str]]] = defaultdict(list)
    for row in connection.execute(query):
        said = Vote(row.person_id, Verdict(row.verdict), row.settles)
        made[row.root].append((said, row.label or "No reason given"))
    return {work_id: _reason(told) for work_id, told in made.items()}


def _reason(made: list[tuple[Vote, str]]) -> str:
    counted = [made[at] for at in counted_indexes([said for said, _ in made])]
    excluding = [label for said, label in counted if said.verdict is Verdict.EXCLUDE]
    return excluding[-1] if excluding else "No reason given"


def visible_to(person_id: int, root: FromClause = _root) -> ColumnElement[bool]:
    """Own decisions, and those of others on works that are not open any more at that stage.

    This is what makes screening blind: a query that asks with it cannot return what a colleague
    said of a work while anybody who must judge it has not. A report that was not retrieved may
    still be found, so of its work others' votes stay hidden, unless all knew them before. `root`
    is the work that holds the records of the decision's work now.
    """
    judged = [
        (decision.c.stage == stage.value)
        & root.c[stage.value].not_in([State.OPEN.value, State.NOT_RETRIEVED.value])
        for stage in Stage
    ]
    given_up = (
        (decision.c.stage == Stage.FULL_TEXT.value)
        & (root.c.full_text == State.NOT_RETRIEVED.value)
        & (
            decision.c.verdict.in_([Verdict.NOT_RETRIEVED.value, Verdict.WITHDRAWN.value])
            | decision.c.settles
            | _was_in_conflict(root)
        )
    )
    return or_(decision.c.person_id == person_id, given_up, *judged)


def _was_in_conflict(root: FromClause) -> ColumnElement[bool]:
    """Somebody resolved a conflict on this work at full text."""
    return exists().where(
        (_joined.c.id == root.c.id) | (_joined.c.merged_into == root.c.id),
        _resolution.c.work_id == _joined.c.id,
        _resolution.c.stage == Stage.FULL_TEXT.value,
        _resolution.c.settles,
        _resolution.c.how.in_([DISCUSSION, THIRD_PERSON]),
    )


def _excluded_at(table: FromClause, stage: Stage) -> list[ColumnElement[bool]]:
    """A work that is excluded at a stage, having come so far."""
    conditions = [table.c[stage.value] == State.EXCLUDE.value]
    if stage is Stage.FULL_TEXT:
        conditions.append(table.c.title_abstract == State.INCLUDE.value)
    return conditions


def listed() -> Select[Any]:
    """Decisions with all that `read` wants to know, to be narrowed down."""
    return (
        select(
            func.coalesce(work.c.merged_into, work.c.id).label("work_id"),
            work.c.title,
            decision.c.stage,
            person.c.name.label("person"),
            decision.c.verdict,
            func.coalesce(reason.c.label, "").label("reason"),
            decision.c.reason_ids,
            decision.c.note,
            decision.c.at,
        )
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(_root, _root.c.id == func.coalesce(work.c.merged_into, work.c.id))
        .join(person, person.c.id == decision.c.person_id)
        .join(reason, reason.c.id == decision.c.reason_id, isouter=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision as it is taken away in a file.

    Attributes:
        record: the number of the work.
        reasons: the one that counts first.
        seconds: how long the record was on the screen.
    """

    record: int
    title: str
    doi: str
    year: int | None
    person: str
    stage: str
    verdict: str
    reasons: tuple[str, ...]
    note: str
    seconds: float | None
    at: datetime
    resolves: bool
    how: str


def everything(connection: Connection, review_id: int, person_id: int) -> Iterator[Taken]:
    """Every decision that this person may know, oldest first, one by one."""
    kept = select(reason.c.id, reason.c.label).where(reason.c.review_id == review_id)
    labels = {int(row.id): str(row.label) for row in connection.execute(kept)}
    names = (
        "stage",
        "verdict",
        "reason_id",
        "reason_ids",
        "note",
        "seconds",
        "at",
        "how",
    )
    query = (
        select(
            _root.c.id.label("record"),
            _root.c.title,
            _root.c.doi,
            _root.c.year,
            person.c.name.label("person"),
            *(decision.c[name] for name in names),
            decision.c.settles.label("resolves"),
        )
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(_root, _root.c.id == func.coalesce(work.c.merged_into, work.c.id))
        .join(person, person.c.id == decision.c.person_id)
        .where(decision.c.review_id == review_id, visible_to(person_id))
        .order_by(decision.c.id)
    )
    for row in connection.execution_options(yield_per=1000).execute(query).mappings():
        values = dict(row)
        ids = [values.pop("reason_id"), *values.pop("reason_ids")]
        reasons = tuple(dict.fromkeys(labels[one] for one in ids if one in labels))
        yield Taken(reasons=reasons, **values)


def read(connection: Connection, review_id: int, query: Select[Any]) -> list[Decision]:
    """What a query made from `listed` gives."""
    rows = connection.execute(query).mappings().all()
    labels = _labels(connection, review_id) if any(row["reason_ids"] for row in rows) else {}
    found = []
    for row in rows:
        values = {**row, "stage": Stage(row["stage"]), "verdict": Verdict(row["verdict"])}
        ids = set(values.pop("reason_ids"))
        many = tuple(label for reason_id, label in labels.items() if reason_id in ids)
        one = (row["reason"],) if row["reason"] else ()
        found.append(Decision(**values, reasons=many or one))
    return found


def _labels(connection: Connection, review_id: int) -> dict[int, str]:
    """All reasons that a review ever had, in the order of its list."""
    query = select(reason.c.id, reason.c.label).where(reason.c.review_id == review_id)
    rows = connection.execute(query.order_by(reason.c.position, reason.c.id))
    return {row.id: row.label for row in rows}
