"""Decisions of screening, read by those who may know them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, not_, or_, select

from evidence.screening.verdicts import Stage, State, Verdict, Vote, counted_indexes
from evidence.store.id_batches import batches, in_review
from evidence.store.review.reasons import counted_labels
from evidence.store.schema import decision, person, work
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON
from evidence.store.surviving import in_state, original, originals_of, surviving, surviving_id

NO_REASON = "No reason given"

_resolution = decision.alias("resolution")
_sibling = work.alias("sibling")  # works whose records the surviving one holds now


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision as it is stored.

    Attributes:
        work_id: of the work that holds the records now.
        title: of the work on which it was made.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDecision:
    """A decision as it is taken away in a file.

    Attributes:
        reasons: the one that counts first.
        seconds: how long the work was on the screen.
        resolves: it ended a conflict, or as a withdrawal took such an end back.
        how: in which way it ended the conflict, or from which tool it came.
    """

    work_id: int
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


def visible_to(person_id: int) -> ColumnElement[bool]:
    """Own decisions, and those of others on works that are not open any more at that stage.

    This is what makes screening blind: a query that asks with it cannot return what a colleague
    decided on a work while anybody who must judge it has not. A report that was not retrieved may
    still be found, so of its work others' votes stay hidden, unless all knew them before. The
    query joins `surviving`.
    """
    judged = [
        (decision.c.stage == stage.value)
        & surviving.c[stage.value].not_in([State.OPEN.value, State.NOT_RETRIEVED.value])
        for stage in Stage
    ]
    given_up = (
        (decision.c.stage == Stage.FULL_TEXT.value)
        & (surviving.c.full_text == State.NOT_RETRIEVED.value)
        & (
            decision.c.verdict.in_([Verdict.NOT_RETRIEVED.value, Verdict.WITHDRAWN.value])
            | decision.c.resolves
            | _was_in_conflict()
        )
    )
    return or_(decision.c.person_id == person_id, given_up, *judged)


def _was_in_conflict() -> ColumnElement[bool]:
    """Somebody resolved a conflict on the surviving work at full text."""
    return exists().where(
        (_sibling.c.id == surviving.c.id) | (_sibling.c.merged_into == surviving.c.id),
        _resolution.c.work_id == _sibling.c.id,
        _resolution.c.stage == Stage.FULL_TEXT.value,
        _resolution.c.resolves,
        _resolution.c.how.in_([DISCUSSION, THIRD_PERSON]),
    )


def of_works(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int], person_id: int
) -> dict[int, list[Decision]]:
    """What every person decided last on each of these works, as far as this person may know it."""
    if not work_ids:  # asked with every decision on the screening page, mostly of no work
        return {}
    query = select_decisions().where(
        decision.c.review_id == review_id,
        decision.c.stage == stage.value,
        decision.c.resolves.is_(False),
        originals_of(work_ids),
        visible_to(person_id),
    )
    newest: dict[int, dict[str, Decision]] = defaultdict(dict)
    for row in load(connection, review_id, query.order_by(decision.c.id)):
        newest[row.work_id][row.person] = row
    return {
        work_id: [row for row in by_person.values() if row.verdict is not Verdict.WITHDRAWN]
        for work_id, by_person in newest.items()
    }


def of_work(connection: Connection, review_id: int, work_id: int, person_id: int) -> list[Decision]:
    """All that was ever decided on a work and on those merged into it, oldest first, as far as this
    person may know it.
    """
    query = select_decisions().where(
        decision.c.review_id == review_id, originals_of([work_id]), visible_to(person_id)
    )
    return load(connection, review_id, query.order_by(decision.c.id))


def hidden_votes(
    connection: Connection, review_id: int, person_id: int, work_ids: Collection[int]
) -> dict[int, str]:
    """Votes of others on these works that this person may not know, as the ids of the decisions
    with the titles of the works on which they were made.

    Left out are works on which a vote of the person stands at that stage, because nothing that is
    learnt of them can change a vote that is still to come.
    """
    own = decision.alias("own")
    said_last = (
        select(own.c.verdict)
        .where(
            own.c.work_id == decision.c.work_id,
            own.c.stage == decision.c.stage,
            own.c.person_id == person_id,
        )
        .order_by(own.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    withdrawn = Verdict.WITHDRAWN.value
    hidden: dict[int, str] = {}
    for batch in batches(work_ids):
        query = _with_works(select(decision.c.id, original.c.title)).where(
            in_review(decision.c.review_id, review_id),
            originals_of(batch),
            not_(visible_to(person_id)),
            func.coalesce(said_last, withdrawn) == withdrawn,
            decision.c.verdict != withdrawn,
        )
        hidden |= {int(id_): str(title) for id_, title in connection.execute(query)}
    return hidden


def known_of(connection: Connection, person_id: int, decision_ids: Collection[int]) -> set[int]:
    """Those of these decisions that this person may know."""
    known: set[int] = set()
    for batch in batches(decision_ids):
        query = _with_works(select(decision.c.id)).where(
            decision.c.id.in_(batch), visible_to(person_id)
        )
        known.update(connection.execute(query).scalars())
    return known


def reason_by_work(connection: Connection, review_id: int, stage: Stage) -> dict[int, str]:
    """Why each excluded work was excluded; of the decisions that count, the newest to exclude it
    names the reason.
    """
    query = (
        select(
            surviving.c.id,
            decision.c.person_id,
            decision.c.verdict,
            decision.c.resolves,
            decision.c.reason_id,
        )
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            *in_state(stage, State.EXCLUDE, surviving),
        )
        .order_by(decision.c.id)
    )
    labels = counted_labels(connection, review_id)
    votes_by_work: dict[int, list[tuple[Vote, str]]] = defaultdict(list)
    for row in connection.execute(query):
        vote = Vote(row.person_id, Verdict(row.verdict), resolves=row.resolves)
        votes_by_work[row.id].append((vote, labels.get(row.reason_id, NO_REASON)))
    return {work_id: _newest_reason(votes) for work_id, votes in votes_by_work.items()}


def _newest_reason(votes: list[tuple[Vote, str]]) -> str:
    counted = [votes[index] for index in counted_indexes([vote for vote, _ in votes])]
    excluding = [label for vote, label in counted if vote.verdict is Verdict.EXCLUDE]
    return excluding[-1] if excluding else NO_REASON


def exported(connection: Connection, review_id: int, person_id: int) -> Iterator[ExportedDecision]:
    """Every decision that this person may know, oldest first, row by row."""
    labels = counted_labels(connection, review_id)
    names = ("stage", "verdict", "reason_id", "reason_ids", "note", "seconds", "at", "how")
    query = (
        select(
            surviving.c.id.label("work_id"),
            surviving.c.title,
            surviving.c.doi,
            surviving.c.year,
            person.c.name.label("person"),
            decision.c.resolves,
            *(decision.c[name] for name in names),
        )
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .join(person, person.c.id == decision.c.person_id)
        .where(decision.c.review_id == review_id, visible_to(person_id))
        .order_by(decision.c.id)
    )
    for row in connection.execution_options(yield_per=1000).execute(query).mappings():
        values = dict(row)
        ids = [values.pop("reason_id"), *values.pop("reason_ids")]
        reasons = tuple(dict.fromkeys(labels[id_] for id_ in ids if id_ in labels))
        yield ExportedDecision(reasons=reasons, **values)


def select_decisions() -> Select[Any]:
    """Decisions with all that `load` needs, to be narrowed down."""
    columns = select(
        surviving.c.id.label("work_id"),
        original.c.title,
        decision.c.stage,
        person.c.name.label("person"),
        decision.c.verdict,
        decision.c.reason_id,
        decision.c.reason_ids,
        decision.c.note,
        decision.c.at,
    )
    return _with_works(columns).join(person, person.c.id == decision.c.person_id)


def _with_works(query: Select[Any]) -> Select[Any]:
    """Decisions with the work on which each was made, and the one that holds its records now."""
    return (
        query.select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
    )


def load(connection: Connection, review_id: int, query: Select[Any]) -> list[Decision]:
    """The decisions of a query made from `select_decisions`."""
    rows = connection.execute(query).mappings().all()
    has_reason = any(row["reason_id"] or row["reason_ids"] for row in rows)
    labels = counted_labels(connection, review_id) if has_reason else {}
    decisions = []
    for row in rows:
        values = {**row, "stage": Stage(row["stage"]), "verdict": Verdict(row["verdict"])}
        counted_id, ids = values.pop("reason_id"), set(values.pop("reason_ids"))
        reason = labels.get(counted_id, "")
        several = dict.fromkeys(label for id_, label in labels.items() if id_ in ids)
        single = (reason,) if reason else ()
        decisions.append(Decision(**values, reason=reason, reasons=tuple(several) or single))
    return decisions
