"""The rule of the review by which statements are called strong."""

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.seen_settings import require_seen
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import strength_rule
from evidence.store.results.strength_rule import StrengthRuleChange
from evidence.synthesis.conclusions.strength_rule import StrengthLevel, StrengthRule, typed_levels

MOST_LEVELS = 10
LONGEST_NAME = 60  # characters
AREAS = NOTHING  # no area's answers change: the rule is asked for each time


def current(desk: Desk) -> StrengthRule:
    """The rule now."""
    with desk.reading() as c:
        return strength_rule.current(c, desk.review_id)


def history(desk: Desk) -> list[StrengthRuleChange]:
    """All changes of the rule, newest first."""
    with desk.reading() as c:
        return strength_rule.history(c, desk.review_id)


def change(desk: Desk, rule: StrengthRule, before: StrengthRule) -> None:
    """Call statements strong by this rule from now on; statements keep the level they have.

    Args:
        desk: of an editor.
        rule: the new one.
        before: that which the person saw when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    rule = StrengthRule(
        levels=tuple(StrengthLevel(name=visible(e.name), needs=e.needs) for e in rule.levels),
        is_bounded=rule.is_bounded,
    )
    _check(rule)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = strength_rule.current(w.connection, desk.review_id)
        if rule != now:
            require_seen(now, before, "the rule")
            strength_rule.change(w, rule)


def change_typed(desk: Desk, levels: str, before: StrengthRule, *, is_bounded: bool) -> None:
    """Call statements strong by levels as somebody typed them.

    Args:
        desk: of an editor.
        levels: one per line, the strongest first, with the certainty it needs behind a colon.
        before: the rule that the person saw when they began.
        is_bounded: whether certainty bounds strength.

    Raises:
        Invalid: as for `change`.
    """
    change(desk, StrengthRule(levels=typed_levels(levels), is_bounded=is_bounded), before)


def _check(rule: StrengthRule) -> None:
    names = [name.casefold() for name in rule.names]
    if not names or not all(names):
        raise Invalid("Name at least one level of strength.")
    if len(names) > MOST_LEVELS:
        raise Invalid(f"A rule can have up to {MOST_LEVELS} levels; this one has {len(names):,}.")
    if max(map(len, names)) > LONGEST_NAME:
        raise Invalid(f"The name of a level can have up to {LONGEST_NAME} characters.")
    if len(set(names)) < len(names):
        raise Invalid("Two levels have the same name; give each its own.")
