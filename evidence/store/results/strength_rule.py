"""The rule by which a review calls statements strong; earlier ones stay in their table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, result_rule
from evidence.store.schema.column_types import clean
from evidence.synthesis.certainty.grade import Certainty
from evidence.synthesis.conclusions.strength_rule import USUAL_RULE, StrengthLevel, StrengthRule

KIND = "strength"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthRuleChange:
    """A rule, with who set it and when."""

    person: str
    at: datetime
    rule: StrengthRule


def current(connection: Connection, review_id: int) -> StrengthRule:
    """The rule now; the usual one where nobody set another."""
    changes = history(connection, review_id)
    return changes[0].rule if changes else USUAL_RULE


def history(connection: Connection, review_id: int) -> list[StrengthRuleChange]:
    """All changes of the rule, newest first; empty where it is the usual one."""
    query = (
        select(person.c.name, result_rule.c.at, result_rule.c.rules)
        .join(person, person.c.id == result_rule.c.person_id)
        .where(result_rule.c.review_id == review_id, result_rule.c.kind == KIND)
        .order_by(result_rule.c.id.desc())
    )
    return [
        StrengthRuleChange(person=row.name, at=row.at, rule=_rule(row.rules))
        for row in connection.execute(query)
    ]


def change(write: Write, rule: StrengthRule) -> None:
    """Call statements strong by this rule from now on."""
    before = current(write.connection, write.review_id)
    values = write.for_review(kind=KIND, rules=_stored(rule), **write.by_and_at)
    write.connection.execute(insert(result_rule).values(**values))
    events.note(
        write,
        EventKind.STRENGTH_RULE_CHANGED,
        KIND,
        before=_stored(before),
        after=_stored(rule),
    )


def _stored(rule: StrengthRule) -> dict[str, Any]:
    levels = [{"name": clean(each.name), "needs": each.needs.value} for each in rule.levels]
    return {"levels": levels, "is_bounded": rule.is_bounded}


def _rule(stored: dict[str, Any]) -> StrengthRule:
    return StrengthRule(
        levels=tuple(
            StrengthLevel(name=each["name"], needs=Certainty(each["needs"]))
            for each in stored["levels"]
        ),
        is_bounded=stored["is_bounded"],
    )
