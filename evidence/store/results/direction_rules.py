"""The rules by which a review reads directions; earlier ones stay in their table."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from evidence.store.engine import Write
from evidence.store.results import rules_of_results
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
    newest = next(iter(history(connection, review_id)), None)
    return newest.rules if newest else USUAL


def history(connection: Connection, review_id: int) -> list[RulesChange]:
    """All changes of the rules, newest first; empty where they are the usual ones."""
    return [
        RulesChange(
            person=each.person,
            at=each.at,
            rules=DirectionRules(**each.rules),
        )
        for each in rules_of_results.history(connection, review_id, KIND)
    ]


def change(write: Write, rules: DirectionRules) -> None:
    """Read directions by these rules from now on."""
    before = current(write.connection, write.review_id)
    rules_of_results.change(write, KIND, asdict(before), asdict(rules))
