"""Rules by which a review makes its results, of any kind; earlier ones stay in their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, result_rule
from evidence.store.schema.column_types import clean

Rules = Mapping[str, Any]
"""The fields of a dataclass of rules, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRules:
    """Rules as they were set, with who set them and when."""

    person: str
    at: datetime
    rules: dict[str, Any]


def history(connection: Connection, review_id: int, kind: str) -> list[StoredRules]:
    """All changes of rules of a kind, newest first; empty where nobody set any."""
    query = (
        select(person.c.name, result_rule.c.at, result_rule.c.rules)
        .join(person, person.c.id == result_rule.c.person_id)
        .where(result_rule.c.review_id == review_id, result_rule.c.kind == kind)
        .order_by(result_rule.c.id.desc())
    )
    return [
        StoredRules(person=row.name, at=row.at, rules=dict(row.rules))
        for row in connection.execute(query)
    ]


def change(
    write: Write,
    kind: str,
    before: Rules,
    after: Rules,
    event: EventKind = EventKind.RESULT_RULES_CHANGED,
) -> None:
    """Let these rules hold from now on; texts lose characters that databases refuse.

    Args:
        write: of who sets them.
        kind: of rules.
        before: those that held.
        after: the new ones.
        event: as which the history has it.
    """
    kept = {
        name: clean(value) if isinstance(value, str) else value for name, value in after.items()
    }
    values = write.for_review(kind=kind, rules=kept, **write.by_and_at)
    write.connection.execute(insert(result_rule).values(**values))
    changed = [name for name in kept if kept[name] != before.get(name)]
    events.note(
        write,
        event,
        kind,
        before={name: before.get(name) for name in changed},
        after={name: kept[name] for name in changed},
    )
