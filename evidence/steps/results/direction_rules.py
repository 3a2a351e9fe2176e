"""The rules of the protocol by which directions of findings become those of studies, and words."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.seen_settings import require_seen
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import direction_rules
from evidence.store.results.direction_rules import RulesChange
from evidence.synthesis.direction_rules import ALL, DirectionRules

MOST_STUDIES = 100
HALF = 51  # per cent: with fewer, two directions could prevail at once
AREAS = NOTHING  # no area's answers change: who keeps a map keeps it by these rules, too


def current(desk: Desk) -> DirectionRules:
    """The rules now."""
    with desk.reading() as c:
        return direction_rules.current(c, desk.review_id)


def history(desk: Desk) -> list[RulesChange]:
    """All changes of the rules, newest first."""
    with desk.reading() as c:
        return direction_rules.history(c, desk.review_id)


def when_set(desk: Desk) -> str:
    """Since when the rules hold, in a sentence to be printed with them."""
    newest = next(iter(history(desk)), None)
    if newest is None:
        return "These are the usual rules; the review has set no others."
    return f"The review set these rules on {newest.at:%Y-%m-%d}."


def change(desk: Desk, rules: DirectionRules, before: DirectionRules) -> None:
    """Read directions by these rules from now on.

    Args:
        desk: of an editor.
        rules: the new ones.
        before: those that the person saw when they chose.

    Raises:
        Invalid: somebody else changed them meanwhile, or they cannot be.
    """
    _check(rules)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = direction_rules.current(w.connection, desk.review_id)
        require_seen(now, before, "the rules")
        if rules != now:
            direction_rules.change(w, rules)


def _check(rules: DirectionRules) -> None:
    shares = {
        "Findings that agree within a study": rules.agree_percent,
        "“Consistent”": rules.consistent_percent,
        "“Most”": rules.most_percent,
    }
    for name, percent in shares.items():
        if not HALF <= percent <= ALL:
            raise Invalid(f"{name}: choose a share from {HALF} to {ALL} per cent.")
    if rules.most_percent > rules.consistent_percent:
        raise Invalid("“Most” cannot ask for a larger share than “consistent”.")
    if not 1 <= rules.least_studies <= MOST_STUDIES:
        raise Invalid(f"Words can be used from 1 to {MOST_STUDIES} studies on.")
