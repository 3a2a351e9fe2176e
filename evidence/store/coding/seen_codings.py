"""Whose codings a person may see: what leaves, what is filtered by, and what is worked out of it.

One's own always, others' drafts never. Complete ones of others but for studies that the person is
in the middle of coding, with whatever scheme: what others said of these must not reach them before.
"""

from sqlalchemy import ColumnElement, Select, or_, select

from evidence.store.schema import coding

COMPLETE = "complete"
_mine = coding.alias("mine")


def may_see(person_id: int) -> ColumnElement[bool]:
    """That a row of `coding` is one that a person may see."""
    in_the_middle = coding.c.study_id.in_(begun_by(person_id))
    of_others = (coding.c.state == COMPLETE) & ~in_the_middle
    return or_(coding.c.person_id == person_id, of_others)


def begun_by(person_id: int) -> Select[tuple[int]]:
    """The studies of which a person has a draft, with whatever scheme."""
    return select(_mine.c.study_id).where(_mine.c.person_id == person_id, _mine.c.state != COMPLETE)
