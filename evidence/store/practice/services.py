"""Services of a review; earlier states stay in their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, service
from evidence.store.schema.column_types import clean
from evidence.synthesis.practice.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """A service as somebody left it."""

    service: Service
    person: str
    at: datetime
    is_removed: bool = False


def history(connection: Connection, review_id: int) -> list[ServiceState]:
    """All states of all services, the oldest first."""
    query = (
        select(service, person.c.name.label("by"))
        .join(person, person.c.id == service.c.person_id)
        .where(service.c.review_id == review_id)
        .order_by(service.c.id)
    )
    return [_state(row) for row in connection.execute(query).mappings()]


def newest(connection: Connection, review_id: int) -> dict[str, ServiceState]:
    """The newest state of each service by uid, also of those taken away; the first one first."""
    return {state.service.uid: state for state in history(connection, review_id)}


def standing(connection: Connection, review_id: int) -> dict[str, Service]:
    """The services that are there, by uid."""
    return {
        uid: state.service
        for uid, state in newest(connection, review_id).items()
        if not state.is_removed
    }


def put(write: Write, *states: Service, is_removed: bool = False) -> None:
    """Let services stand so from now on, or be taken away; those with a new uid are added."""
    common = write.for_review(is_removed=is_removed, **write.by_and_at)
    rows = [
        common
        | {
            "uid": each.uid,
            "name": clean(each.name),
            "area": clean(each.area),
            "provider": clean(each.provider),
            "note": clean(each.note),
        }
        for each in states
    ]
    if not rows:
        return
    write.connection.execute(insert(service), rows)
    subject = states[0].name if len(states) == 1 else f"{len(states):,} services"
    uids = {"uids": [each.uid for each in states], "is_removed": is_removed}
    events.note(write, EventKind.SERVICES_CHANGED, clean(subject), after=uids)


def _state(row: Mapping[Any, Any]) -> ServiceState:
    names = ("uid", "name", "area", "provider", "note")
    return ServiceState(
        service=Service(**{name: row[name] for name in names}),
        person=row["by"],
        at=row["at"],
        is_removed=row["is_removed"],
    )
