"""Looking at works and the records they rest on."""

from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.store import works
from evidence.store.works import Filter, RecordOfWork, Work, WorkLine

__all__ = ["Filter", "RecordOfWork", "State", "Work", "WorkLine"]


def count(desk: Desk, chosen: Filter) -> int:
    """How many works there are."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, chosen)


def page(desk: Desk, chosen: Filter, offset: int, limit: int) -> list[WorkLine]:
    """A page of works."""
    with desk.reading() as c:
        return works.page(c, desk.review_id, chosen, offset=offset, limit=limit)


def get(desk: Desk, work_id: int) -> Work:
    """A work with its records."""
    with desk.reading() as c:
        return works.get(c, desk.review_id, work_id)
