"""What somebody else took back of a person's decisions, with a file as a whole."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidence.steps.desk import Desk
from evidence.store import events
from evidence.store.events import EventKind

OTHERS = "others"  # in the event: how many decisions of whom but who took the file back, by id
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A file that somebody took back, and with it decisions of the person at the desk.

    Attributes:
        file_id, name: of the file.
        by, at: who took it back, and when.
        count: how many decisions of the person went with it.
    """

    file_id: int
    name: str
    by: str
    at: datetime
    count: int


def taken_back_from(desk: Desk) -> list[TakenBack]:
    """What others took back of the person's decisions in the last 30 days, the newest first."""
    since = datetime.now(UTC) - TOLD_FOR
    with desk.reading() as c:
        undone = events.of_kind(c, desk.review_id, EventKind.DECISION_FILE_UNDONE)
    return [
        TakenBack(
            file_id=event.after["file"],
            name=event.subject,
            by=event.person,
            at=event.at,
            count=event.after[OTHERS][str(desk.person_id)],
        )
        for event in undone
        if event.at >= since and str(desk.person_id) in event.after.get(OTHERS, {})
    ]
