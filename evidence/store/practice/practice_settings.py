"""What a review settled on practice, of any kind; earlier states stay in their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, practice_setting
from evidence.store.schema.column_types import clean_json

SUFFICIENCY, FRAMEWORK = "sufficiency", "framework"
_EVENTS = {SUFFICIENCY: EventKind.SUFFICIENCY_CHANGED, FRAMEWORK: EventKind.FRAMEWORK_CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingState:
    """Something as somebody settled it."""

    content: Mapping[str, Any]
    person: str
    at: datetime


def history(connection: Connection, review_id: int, kind: str) -> list[SettingState]:
    """All that was settled of a kind, newest first; empty where nobody settled anything."""
    query = (
        select(person.c.name, practice_setting.c.at, practice_setting.c.content)
        .join(person, person.c.id == practice_setting.c.person_id)
        .where(practice_setting.c.review_id == review_id, practice_setting.c.kind == kind)
        .order_by(practice_setting.c.id.desc())
    )
    return [
        SettingState(content=row.content, person=row.name, at=row.at)
        for row in connection.execute(query)
    ]


def current(connection: Connection, review_id: int, kind: str) -> Mapping[str, Any]:
    """What is settled now; empty where nobody settled anything."""
    newest = next(iter(history(connection, review_id, kind)), None)
    return newest.content if newest else {}


def put(write: Write, kind: str, content: Mapping[str, Any], subject: str) -> None:
    """Let this be settled from now on.

    Args:
        write: of who settles it.
        kind: SUFFICIENCY or FRAMEWORK.
        content: all of it.
        subject: of the line in the history.
    """
    values = write.for_review(kind=kind, content=clean_json(dict(content)), **write.by_and_at)
    write.connection.execute(insert(practice_setting).values(**values))
    events.note(write, _EVENTS[kind], subject)
