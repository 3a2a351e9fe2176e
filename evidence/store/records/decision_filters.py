"""Filters of works by decisions, which tell a person no more than what that person may know."""

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    or_,
    select,
)
from sqlalchemy.sql.selectable import NamedFromClause

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store.review.reasons import names
from evidence.store.schema import decision, reason, work
from evidence.store.surviving import in_state, original, surviving, surviving_id

ANY, NONE = "any", "none"  # any verdict at all; no decision

_newer = decision.alias("newer")
_same = reason.alias("same_reason")


def excluded_for(review_id: int, reason_id: int) -> ColumnElement[bool]:
    """Works that are excluded, and for this reason: the newest exclusion that stands names it.

    The state of an excluded work is known to all, and so is the reason for it.
    """
    newer_exclusion = (
        exists()
        .where(
            *_later_on_same_work(_newer, decision),
            _newer.c.verdict == Verdict.EXCLUDE.value,
            _stands(_newer),
        )
        .correlate(surviving, decision)
    )
    excluded = (
        and_(decision.c.stage == stage.value, *in_state(stage, State.EXCLUDE, surviving))
        for stage in Stage
    )
    query = _works_of_decisions(review_id).where(
        decision.c.verdict == Verdict.EXCLUDE.value,
        _names(reason_id),
        or_(*excluded),
        _stands(decision),
        ~newer_exclusion,
    )
    return work.c.id.in_(query)


def decided(review_id: int, verdict: str, person_id: int) -> ColumnElement[bool]:
    """Works on which the person's decision at a stage is this one: a verdict, ANY or NONE."""
    query = _works_of_decisions(review_id).where(
        decision.c.person_id == person_id,
        decision.c.verdict != Verdict.WITHDRAWN.value,
        _stands(decision),
    )
    if verdict == NONE:
        return work.c.id.not_in(query)
    if verdict != ANY:
        query = query.where(decision.c.verdict == Verdict(verdict).value)
    return work.c.id.in_(query)


def _works_of_decisions(review_id: int) -> Select[tuple[int]]:
    """The surviving works of the decisions of a review, to be narrowed down."""
    return (
        select(surviving.c.id)
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(decision.c.review_id == review_id)
    )


def _stands(made: NamedFromClause) -> ColumnElement[bool]:
    """A decision after which its person decided nothing else on the work at the stage; an end of a
    conflict must not have been taken back by anybody, and leaves the vote before it.
    """
    later = decision.alias(f"later_than_{made.name}")
    by_same = (later.c.person_id == made.c.person_id) & (
        later.c.resolves.is_(False) | made.c.resolves
    )
    replaced = by_same | (
        made.c.resolves & later.c.resolves & (later.c.verdict == Verdict.WITHDRAWN.value)
    )
    replacing = exists().where(*_later_on_same_work(later, made), replaced)
    return ~replacing.correlate(surviving, made)


def _later_on_same_work(later: NamedFromClause, made: NamedFromClause) -> list[ColumnElement[bool]]:
    """Decisions made after another on its work, or on one that is joined with it now.

    Asked from the works, so that the index of decisions by work answers it.
    """
    sibling = work.alias(f"sibling_of_{later.name}")
    of_work = or_(sibling.c.id == surviving.c.id, sibling.c.merged_into == surviving.c.id)
    return [
        of_work,
        later.c.work_id == sibling.c.id,
        later.c.stage == made.c.stage,
        later.c.id > made.c.id,
    ]


def _names(reason_id: int) -> ColumnElement[bool]:
    """Decisions of which this is a reason, or one that was merged into it."""
    same = or_(_same.c.id == reason_id, _same.c.merged_into == reason_id)
    return exists().where(same, names(_same.c.id)).correlate(decision)
