"""Whose codings a person may see: what is shown, leaves, is filtered by, and is worked out of it.

One's own always, others' drafts never. Complete ones of others when as many people have completed
the study as are asked to, or it was agreed, and not while one is coding the study with the same
scheme or still to: what others said of it must not reach them before.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, func, or_, select, tuple_

from evidence.store.schema import coding, coding_assignment, coding_setting, member, study
from evidence.store.schema.coding import LOTS

COMPLETE = "complete"
LOTS_PER_PERCENT = LOTS // 100


def may_see(person_id: int) -> ColumnElement[bool]:
    """That a row of `coding` is one that a person may see."""
    theirs, agreed = coding.alias("_theirs"), coding.alias("_agreed")
    is_agreed = _is_there(agreed, agreed.c.is_agreed, agreed.c.state == COMPLETE)
    complete = _how_many(theirs, ~theirs.c.is_agreed, theirs.c.state == COMPLETE)
    settled = is_agreed | ((complete > 0) & (complete >= _by_share()) & _nobody_waits())
    of_others = (coding.c.state == COMPLETE) & settled & ~must_not_hear(person_id)
    return or_((coding.c.person_id == person_id) & ~coding.c.is_agreed, of_others)


def may_name_findings(person_id: int) -> ColumnElement[bool]:
    """That a person may know how the findings of a row of `coding` are called.

    Besides what they may see, also where a coding was reopened that nobody else is asked for:
    judgements of its findings can be told apart by these names only.
    """
    asked_of_one = (_by_share() == 1) & _nobody_waits()
    return may_see(person_id) | (asked_of_one & ~must_not_hear(person_id))


def must_not_hear(person_id: int) -> ColumnElement[bool]:
    """That a person codes the study of a row of `coding` with its scheme, or is still to, so that
    nothing that others say of it with this scheme may reach them.

    Schemes ask different things, so that a draft or an assignment with one hides nothing that is
    said with another.
    """
    mine, to_do = coding.alias("_mine"), coding_assignment.alias("_to_do")
    # Asked once, not for each row: SQLite else looks through all codings of the person each time.
    drafts = select(mine.c.study_id, mine.c.scheme_id).where(
        mine.c.person_id == person_id, ~mine.c.is_agreed, mine.c.state != COMPLETE
    )
    still = to_do.c.person_id == person_id, is_still_to_code(to_do)
    place = tuple_(coding.c.study_id, coding.c.scheme_id)
    return place.in_(drafts) | _is_there(to_do, *still)


def is_still_to_code(assignment: Any = coding_assignment) -> ColumnElement[bool]:
    """That the person of a row of `coding_assignment` has not coded its study completely.

    Nothing is asked of who left the team.
    """
    done, of_study, left = coding.alias("_done"), study.alias("_of"), member.alias("_left")
    is_done = exists().where(
        done.c.study_id == assignment.c.study_id,
        done.c.scheme_id == assignment.c.scheme_id,
        done.c.person_id == assignment.c.person_id,
        ~done.c.is_agreed,
        done.c.state == COMPLETE,
    )
    has_left = exists().where(
        of_study.c.id == assignment.c.study_id,
        left.c.review_id == of_study.c.review_id,
        left.c.person_id == assignment.c.person_id,
        left.c.left_at.isnot(None),
    )
    return ~is_done.correlate(assignment) & ~has_left.correlate(assignment)


def seen_studies(connection: Connection, scheme_id: int, person_id: int) -> set[int]:
    """The studies of which a person may see what others completed."""
    query = select(coding.c.study_id).where(
        coding.c.scheme_id == scheme_id,
        coding.c.state == COMPLETE,
        coding.c.person_id != person_id,
        ~coding.c.is_agreed,
        may_see(person_id),
    )
    return set(connection.execute(query).scalars())


def unheard_studies(connection: Connection, scheme_id: int, person_id: int) -> set[int]:
    """The studies of which nothing that others say with a scheme may reach a person yet: they have
    a draft of it with this scheme, or are still to code it.
    """
    drafts = select(coding.c.study_id).where(
        coding.c.scheme_id == scheme_id,
        coding.c.person_id == person_id,
        ~coding.c.is_agreed,
        coding.c.state != COMPLETE,
    )
    still = select(coding_assignment.c.study_id).where(
        coding_assignment.c.scheme_id == scheme_id,
        coding_assignment.c.person_id == person_id,
        is_still_to_code(),
    )
    return {
        study_id for query in (drafts, still) for study_id in connection.execute(query).scalars()
    }


def hidden_studies(connection: Connection, scheme_id: int, person_id: int) -> set[int]:
    """Those of the unheard studies of which somebody else has said something completely."""
    query = select(coding.c.study_id).where(
        coding.c.scheme_id == scheme_id,
        coding.c.state == COMPLETE,
        coding.c.is_agreed | (coding.c.person_id != person_id),
    )
    said = set(connection.execute(query).scalars())
    return said & unheard_studies(connection, scheme_id, person_id)


def _nobody_waits() -> ColumnElement[bool]:
    """That nobody to whom the study of a row of `coding` is given is still to code it."""
    waiting = coding_assignment.alias("_waiting")
    return ~_is_there(waiting, is_still_to_code(waiting))


def _is_there(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether such a row stands at the study and the scheme of a row of `coding`."""
    return exists().where(*_same_place(table), *conditions).correlate(coding)


def _how_many(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    query = select(func.count()).select_from(table).where(*_same_place(table), *conditions)
    return query.correlate(coding).scalar_subquery()


def _same_place(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.study_id == coding.c.study_id, table.c.scheme_id == coding.c.scheme_id


def _by_share() -> ColumnElement[int]:
    """How many people the share of double coding asks to code the study of a row of `coding`."""
    setting, drawn = coding_setting.alias("_setting"), study.alias("_drawn")
    percent = (
        select(setting.c.share)
        .where(setting.c.scheme_id == coding.c.scheme_id)
        .order_by(setting.c.id.desc())
        .limit(1)
        .correlate(coding)
        .scalar_subquery()
    )
    lot = select(drawn.c.lot).where(drawn.c.id == coding.c.study_id)
    of_lot = lot.correlate(coding).scalar_subquery()
    return case((of_lot < func.coalesce(percent, 0) * LOTS_PER_PERCENT, 2), else_=1)
