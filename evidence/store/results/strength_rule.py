"""The rule by which a review calls statements strong; earlier ones stay in their table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.results import rules_of_results
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
    return [
        StrengthRuleChange(person=each.person, at=each.at, rule=_rule(each.rules))
        for each in rules_of_results.history(connection, review_id, KIND)
    ]


def change(write: Write, rule: StrengthRule) -> None:
    """Call statements strong by this rule from now on."""
    before = _stored(current(write.connection, write.review_id))
    rules_of_results.change(
        write, KIND, before, _stored(rule), event=EventKind.STRENGTH_RULE_CHANGED
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
