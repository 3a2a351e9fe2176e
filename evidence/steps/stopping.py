"""How much of what is relevant was probably found, by rules that stop nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from evidence.errors import Invalid
from evidence.screening.rules import (
    STOPPING_RULES,
    Advice,
    Progress,
    Settings,
    StoppingRule,
    advise,
)
from evidence.screening.stopping import sample_of
from evidence.screening.team import Order
from evidence.steps.desk import Desk
from evidence.steps.priority import STAGE
from evidence.store import events, rankings, team
from evidence.store.events import Event

__all__ = ["STOPPING_RULES", "Advice", "Event", "Seen", "Settings", "StoppingRule"]

CHOSE = "chose when to stop"
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a review stands.

    Attributes:
        found: how many relevant works were found after each work read, in the order of decisions.
        total: of all works, read or not.
        by_priority: whether likely ones come first; the rules mean little without.
    """

    found: Sequence[int]
    total: int
    by_priority: bool
    advice: Mapping[str, Advice]


def see(desk: Desk, settings: Settings | None = None) -> Seen:
    """What each rule says of the review now."""
    with desk.reading() as c:
        decided = rankings.decided(c, desk.review_id, STAGE)
        keys = rankings.ids(c, desk.review_id)
        before = rankings.brought(c, desk.review_id, STAGE)
        chosen = team.settings(c, desk.review_id, STAGE)
    reading = [relevant for work_id, relevant in decided.items() if work_id not in before]
    progress = Progress(
        reading=reading,
        total=len(keys) - len(before),
        sample=sample_of(keys, decided, seed=desk.review_id, before=before),
    )
    return Seen(
        found=tuple(accumulate(map(int, reading))),
        total=len(keys),
        by_priority=chosen.order is Order.PRIORITY,
        advice=advise(progress, settings) if keys else {},
    )


def choose(desk: Desk, seen: Seen, code: str, settings: Settings, note: str) -> str:
    """Note for the methods that a rule was chosen, with its figures; gives the sentence.

    Raises:
        Invalid: no such rule, or nothing to apply it to.
    """
    rule = next((one for one in STOPPING_RULES if one.code == code), None)
    if rule is None or code not in seen.advice:
        raise Invalid("There is nothing yet that this rule could speak about.")
    advice = seen.advice[code]
    read, relevant = len(seen.found), seen.found[-1] if seen.found else 0
    sentence = (
        f"Reading by title and abstract ended after {read:,} of {seen.total:,} works, "
        f"{relevant:,} of them relevant, by the rule “{rule.name}” ({rule.source}; target recall "
        f"{settings.target:.0%}, confidence {settings.confidence:.0%}): {advice.says}"
    )
    told = " ".join(note.split())[:LONGEST_NOTE]
    with desk.writing() as w:
        events.note(w, CHOSE, f"{sentence} {told}".strip(), after={"rule": code, "p": advice.p})
    return sentence


def chosen(desk: Desk) -> list[Event]:
    """What was chosen before, newest first."""
    with desk.reading() as c:
        return [one for one in events.latest(c, desk.review_id, 10_000) if one.what == CHOSE]
