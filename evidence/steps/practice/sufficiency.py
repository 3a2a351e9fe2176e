"""What a review calls sufficient, kind by kind: looked at, and settled by its editors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import takewhile

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.practice import practice_settings
from evidence.store.practice.practice_settings import SUFFICIENCY
from evidence.synthesis.practice import sufficiency
from evidence.synthesis.practice.framework import SuggestedLevel
from evidence.synthesis.practice.service import LONGEST_NAME
from evidence.synthesis.practice.sufficiency import (
    AreaBase,
    AreaNumber,
    SufficiencyRule,
    SufficiencyRules,
    rules_as_json,
    rules_from_json,
    usual_rule,
)

LONGEST_SOURCE = 500
MOST = Decimal(1_000_000_000)
MOST_NUMBERS = 2000  # of areas
AREAS = NOTHING  # what services provide is compared each time
MEANWHILE = (
    "Somebody else changed this rule meanwhile, so nothing was kept. Reload the page to see what "
    "holds now, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """What somebody settled at once.

    Attributes:
        changes: what became other than it was, in words.
    """

    person: str
    at: datetime
    changes: tuple[str, ...]


def current(desk: Desk) -> SufficiencyRules:
    """What the review settled; empty where all is as the framework suggests."""
    with desk.reading() as c:
        return rules_from_json(practice_settings.current(c, desk.review_id, SUFFICIENCY))


def history(desk: Desk) -> list[RuleChange]:
    """All changes, newest first."""
    framework = frameworks.current(desk)
    with desk.reading() as c:
        states = practice_settings.history(c, desk.review_id, SUFFICIENCY)
    rules = [rules_from_json(state.content) for state in states] + [SufficiencyRules()]
    return [
        RuleChange(
            person=state.person,
            at=state.at,
            changes=tuple(sufficiency.changes(framework, rules[place + 1], rules[place])),
        )
        for place, state in enumerate(states)
    ]


def when_set(desk: Desk) -> str:
    """Since when the rules hold, in a sentence to be printed with what they make."""
    with desk.reading() as c:
        states = practice_settings.history(c, desk.review_id, SUFFICIENCY)
    past = [(state.at, rules_from_json(state.content)) for state in states]
    now = past[0][1] if past else sufficiency.USUAL
    if now == sufficiency.USUAL:
        return "What is sufficient is as the framework suggests; the review has set nothing else."
    told = ["What is sufficient is as the framework suggests"]
    if now.rules:
        told = [f"The review set what is sufficient on {_since(past, _rules_of):%Y-%m-%d}"]
    if now.numbers:
        counts = {of: sum(each.of is of for each in now.numbers) for of in AreaBase}
        areas = [f"the {of} of {_areas(count)}" for of, count in counts.items() if count]
        day = f"{_since(past, _numbers_of):%Y-%m-%d}"
        told.append(f"the review settled {' and '.join(areas)}, last on {day}")
    return f"{'; '.join(told)}."


def _rules_of(rules: SufficiencyRules) -> Sequence[object]:
    return rules.rules


def _numbers_of(rules: SufficiencyRules) -> Sequence[object]:
    return rules.numbers


def _areas(count: int) -> str:
    return "1 area" if count == 1 else f"{count:,} areas"


def _since(
    past: Sequence[tuple[datetime, SufficiencyRules]],
    part: Callable[[SufficiencyRules], Sequence[object]],
) -> datetime:
    """When a part of what the review settled became what it is; the past has the newest first."""
    now = part(past[0][1])
    same = takewhile(lambda each: part(each[1]) == now, past)
    return [at for at, _ in same][-1]


def change(desk: Desk, rule: SufficiencyRule, before: SufficiencyRule) -> None:
    """Let services of a kind be sufficient by this rule from now on.

    Args:
        desk: of an editor.
        rule: the new one, with the source of each number; the framework's own to go back to it.
        before: that which the person saw when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    framework = frameworks.current(desk)
    names = {each.kind: each.name for each in framework.services}
    if rule.kind not in names:
        raise Invalid("The framework has no such kind of service.")
    usual = usual_rule(framework, rule.kind)
    rule = _checked(replace(rule, source=visible(rule.source),
                            caseload_source=visible(rule.caseload_source)), usual)  # fmt: skip

    def settled(now: SufficiencyRules) -> SufficiencyRules:
        holds = now.rule(framework, rule.kind)
        if holds == rule:
            return now
        if holds != before:
            raise Invalid(MEANWHILE)
        return now.with_rule(rule, usual)

    _settle(desk, settled, names[rule.kind])


def set_number(
    desk: Desk, of: AreaBase, area: str, number: AreaNumber | None, before: AreaNumber | None
) -> None:
    """Settle how many people or clinical teams an area has, or leave it to the forms again.

    Args:
        desk: of an editor.
        of: of what.
        area: which.
        number: None to leave it to the forms.
        before: what the person saw when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    area = visible(area)
    if not area or len(area) > LONGEST_NAME:
        raise Invalid(f"Name the area, in up to {LONGEST_NAME} characters.")
    if number is not None:
        number = _checked_number(replace(number, of=of, area=area, source=visible(number.source)))

    def settled(now: SufficiencyRules) -> SufficiencyRules:
        holds = now.number_of(of, area)
        if holds == number:
            return now
        if holds != before:
            raise Invalid(MEANWHILE)
        after = now.with_number(of, area, number)
        if len(after.numbers) > MOST_NUMBERS:
            raise Invalid(f"A review can settle up to {MOST_NUMBERS:,} numbers of areas.")
        return after

    _settle(desk, settled, area)


def _checked_number(number: AreaNumber) -> AreaNumber:
    """A number where it can be: people are whole, teams can be counted by part."""
    _check_amount(f"The {number.of} of an area", number.number)
    is_whole = number.number == number.number.to_integral_value()
    if number.of is AreaBase.PEOPLE and not is_whole:
        raise Invalid("A population is a whole number.")
    _check_source(f"the {number.of}", number.source)
    return number


def _settle(
    desk: Desk, settled: Callable[[SufficiencyRules], SufficiencyRules], subject: str
) -> None:
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = rules_from_json(practice_settings.current(w.connection, desk.review_id, SUFFICIENCY))
        after = settled(now)
        if after != now:
            practice_settings.put(w, SUFFICIENCY, rules_as_json(after), subject)


def _checked(rule: SufficiencyRule, usual: SufficiencyRule) -> SufficiencyRule:
    """The rule where it can be; its source is the framework's only where all is the framework's."""
    level = rule.level
    _check_level(level)
    if usual.caseload is None and rule.caseload is not None:
        raise Invalid("No caseload is looked at for this kind of service.")
    if rule.caseload is None:
        rule = replace(rule, caseload_source="")
    else:
        _check_amount("The caseload", rule.caseload)
        _check_source("the caseload", rule.caseload_source)
    _check_source("the level", rule.source)
    if level != usual.level and rule.source == usual.source:
        raise Invalid(
            "This level is not the one that the framework suggests. Give its own source, or say "
            "why it was chosen."
        )
    return rule


def _check_level(level: SuggestedLevel) -> None:
    _check_amount("“From”", level.least)
    if level.most is not None:
        _check_amount("“Up to”", level.most)
        if level.most < level.least:
            raise Invalid("“Up to” cannot be less than “from”.")


def _check_amount(what: str, amount: Decimal) -> None:
    if not amount.is_finite() or not 0 < amount <= MOST:
        raise Invalid(f"{what} should be a number above 0.")


def _check_source(what: str, source: str) -> None:
    if not source:
        raise Invalid(f"Give the source of {what}, or say why it was chosen.")
    if len(source) > LONGEST_SOURCE:
        raise Invalid(f"The source of {what} has more than {LONGEST_SOURCE} characters.")
