"""The rules by which a review reads directions; earlier ones stay in their table."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, result_rule
from evidence.store.schema.column_types import clean
from evidence.synthesis.direction_rules import USUAL, DirectionRules

KIND = "directions"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChange:
    """Rules, with who set them and when."""

    person: str
    at: datetime
    rules: DirectionRules


def current(connection: Connection, review_id: int) -> DirectionRules:
    """The rules now; the usual ones where nobody set others."""
    newest = connection.execute(_changes(review_id).limit(1)).first()
    return DirectionRules(**newest.rules) if newest else USUAL


def history(connection: Connection, review_id: int) -> list[RulesChange]:
    """All changes of the rules, newest first; empty where they are the usual ones."""
    return [
        RulesChange(person=row.name, at=row.at, rules=DirectionRules(**row.rules))
        for row in connection.execute(_changes(review_id))
    ]


def change(write: Write, rules: DirectionRules) -> None:
    """Read directions by these rules from now on."""
    before = asdict(current(write.connection, write.review_id))
    after = asdict(rules) | {"people_question": clean(rules.people_question)}
    values = write.for_review(kind=KIND, rules=after, **write.by_and_at)
    write.connection.execute(insert(result_rule).values(**values))
    changed = [name for name in after if after[name] != before[name]]
    events.note(
        write,
        EventKind.RESULT_RULES_CHANGED,
        KIND,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def _changes(review_id: int) -> Select[tuple[str, datetime, dict[str, object]]]:
    return (
        select(person.c.name, result_rule.c.at, result_rule.c.rules)
        .join(person, person.c.id == result_rule.c.person_id)
        .where(result_rule.c.review_id == review_id, result_rule.c.kind == KIND)
        .order_by(result_rule.c.id.desc())
    )
