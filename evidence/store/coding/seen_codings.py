"""Whose codings a person may see: what is shown, leaves, is filtered by, and is worked out of it.

One's own always, others' drafts never. Complete ones of others when as many people have completed
the study as are asked to, or it was agreed, and not while one is coding the study or still to: what
others said of it must not reach them before.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, func, or_, select

from evidence.store.schema import coding, coding_assignment, coding_setting, study
from evidence.store.schema.coding import LOTS

COMPLETE = "complete"
LOTS_PER_PERCENT = LOTS // 100


def may_see(person_id: int) -> ColumnElement[bool]:
    """That a row of `coding` is one that a person may see."""
    theirs, agreed = coding.alias("_theirs"), coding.alias("_agreed")
    is_agreed = _is_there(agreed, agreed.c.is_agreed, agreed.c.state == COMPLETE)
    complete = _how_many(theirs, ~theirs.c.is_agreed, theirs.c.state == COMPLETE)
    settled = is_agreed | ((complete > 0) & (complete >= _asked()))
    of_others = (coding.c.state == COMPLETE) & settled & ~must_not_hear(person_id)
    return or_((coding.c.person_id == person_id) & ~coding.c.is_agreed, of_others)


def must_not_hear(person_id: int) -> ColumnElement[bool]:
    """That a person codes the study of a row of `coding`, or is still to, so that nothing that
    others say of it may reach them.

    A draft of the study with whatever scheme hides what others say of it, an assignment only what
    they say with its scheme.
    """
    mine, done = coding.alias("_mine"), coding.alias("_done")
    to_do = coding_assignment.alias("_to_do")
    own, own_done = ((one.c.person_id == person_id) & ~one.c.is_agreed for one in (mine, done))
    draft = mine.c.study_id == coding.c.study_id, own, mine.c.state != COMPLETE
    in_the_middle = exists().where(*draft).correlate(coding)
    is_done = _is_there(done, own_done, done.c.state == COMPLETE)
    still_to_code = _is_there(to_do, to_do.c.person_id == person_id) & ~is_done
    return in_the_middle | still_to_code


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


def _is_there(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether such a row stands at the study and the scheme of a row of `coding`."""
    return exists().where(*_same_place(table), *conditions).correlate(coding)


def _how_many(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    query = select(func.count()).select_from(table).where(*_same_place(table), *conditions)
    return query.correlate(coding).scalar_subquery()


def _same_place(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.study_id == coding.c.study_id, table.c.scheme_id == coding.c.scheme_id


def _asked() -> ColumnElement[int]:
    """How many people are asked to code the study of a row of `coding` with its scheme."""
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
    by_share = case((of_lot < func.coalesce(percent, 0) * LOTS_PER_PERCENT, 2), else_=1)
    given = _how_many(coding_assignment.alias("_given"))
    return case((given > by_share, given), else_=by_share)
