"""Forms that were filled in about services; earlier states stay in their table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.id_batches import AT_ONCE
from evidence.store.schema import person, service_form
from evidence.store.schema.column_types import clean, clean_json
from evidence.synthesis.practice.service_form import (
    ServiceForm,
    answers_as_json,
    answers_from_json,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFormState:
    """A form as somebody left it.

    Attributes:
        person: who put it here, which need not be who filled it in.
        row: its number among all states.
    """

    form: ServiceForm
    person: str
    at: datetime
    is_removed: bool = False
    row: int = 0


def history(
    connection: Connection, review_id: int, scheme_id: int | None = None
) -> list[ServiceFormState]:
    """All states of all forms, or of those of one scheme, the oldest first."""
    query = _states(review_id)
    if scheme_id is not None:
        query = query.where(service_form.c.scheme_id == scheme_id)
    return [_state(row) for row in connection.execute(query).mappings()]


def history_of(connection: Connection, review_id: int, uid: str) -> list[ServiceFormState]:
    """All states of one form, the oldest first; no other form is read."""
    query = _states(review_id).where(service_form.c.uid == uid)
    return [_state(row) for row in connection.execute(query).mappings()]


def newest_of(connection: Connection, review_id: int, uid: str) -> ServiceFormState | None:
    """The newest state of one form, also of one taken away; None where there is none."""
    query = _states(review_id).where(service_form.c.uid == uid)
    last = query.order_by(None).order_by(service_form.c.id.desc()).limit(1)
    row = connection.execute(last).mappings().one_or_none()
    return None if row is None else _state(row)


def known_uids(connection: Connection, review_id: int, uids: Collection[str]) -> set[str]:
    """Those uids under which there is a form, also one taken away."""
    query = select(service_form.c.uid).where(service_form.c.review_id == review_id)
    wanted = list(uids)
    return {
        uid
        for start in range(0, len(wanted), AT_ONCE)
        for uid in connection.execute(
            query.where(service_form.c.uid.in_(wanted[start : start + AT_ONCE]))
        ).scalars()
    }


def newest(
    connection: Connection, review_id: int, scheme_id: int | None = None
) -> dict[str, ServiceFormState]:
    """The newest state of each form by uid, also of those taken away."""
    return {state.form.uid: state for state in history(connection, review_id, scheme_id)}


def standing(
    connection: Connection, review_id: int, scheme_id: int | None = None
) -> dict[str, ServiceForm]:
    """The forms that are there, by uid, in the order in which they were begun."""
    return {
        uid: state.form
        for uid, state in newest(connection, review_id, scheme_id).items()
        if not state.is_removed
    }


def put(write: Write, subject: str, *forms: ServiceForm, is_removed: bool = False) -> None:
    """Let forms stand so from now on, or be taken away; those with a new uid are added.

    Args:
        write: of the person who does it.
        subject: of the line in the history, such as the name of the service.
        forms: all of them at once.
        is_removed: they are taken away.
    """
    common = write.for_review(is_removed=is_removed, **write.by_and_at)
    rows = [
        common
        | {
            "uid": each.uid,
            "service": each.service,
            "scheme_id": each.scheme_id,
            "occasion": clean(each.occasion),
            "filled_by": clean(each.filled_by),
            "answers": [clean_json(row) for row in answers_as_json(each.answers)],
            "is_complete": each.is_complete,
        }
        for each in forms
    ]
    if not rows:
        return
    write.connection.execute(insert(service_form), rows)
    uids = {"uids": [each.uid for each in forms], "is_removed": is_removed}
    events.note(write, EventKind.SERVICE_FORMS_CHANGED, clean(subject), after=uids)


def _states(review_id: int) -> Select[Any]:
    return (
        select(service_form, person.c.name.label("by"))
        .join(person, person.c.id == service_form.c.person_id)
        .where(service_form.c.review_id == review_id)
        .order_by(service_form.c.id)
    )


def _state(row: Mapping[Any, Any]) -> ServiceFormState:
    names = ("uid", "service", "scheme_id", "occasion", "filled_by", "is_complete")
    return ServiceFormState(
        form=ServiceForm(
            **{name: row[name] for name in names}, answers=answers_from_json(row["answers"])
        ),
        person=row["by"],
        at=row["at"],
        is_removed=row["is_removed"],
        row=row["id"],
    )
