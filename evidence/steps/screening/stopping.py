"""How much of what is relevant was probably read, by rules that stop nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from evidence.errors import Invalid
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.stopping_rules import (
    STOPPING_RULES,
    Advice,
    ReadingProgress,
    StoppingSettings,
    advise,
)
from evidence.screening.stopping_sentence import bounded_unread, in_short
from evidence.screening.stopping_tests import Sample, StillUnread, sample_of
from evidence.steps.desk import Desk
from evidence.steps.screening.priority import STAGE
from evidence.store import Role, events
from evidence.store.area_versions import Area, made_from
from evidence.store.events import Event, EventKind
from evidence.store.screening import rankings, stage_settings
from evidence.store.screening.stage_settings import SettingsChange

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Where a review stands.

    Attributes:
        relevant_read: how many relevant works had been read after each work, in the order of
            decisions.
        total: of all works, read or not.
        by_priority: whether likely ones come first; the rules mean little without.
        random_share: the share of works that is drawn at random now.
        random_since: when the random sample began; None while none is drawn.
        sample: the random sample that the review has.
        in_short: how many relevant works are probably still unread, in one sentence.
        unread: the same in numbers; None where random works cannot tell.
    """

    relevant_read: Sequence[int]
    total: int
    by_priority: bool
    random_share: float
    random_since: datetime | None
    sample: Sample
    in_short: str
    unread: StillUnread | None
    advice: Mapping[str, Advice]


@made_from(Area.RECORDS | Area.SCREENING)
def evaluate(desk: Desk, settings: StoppingSettings | None = None) -> Evaluation:
    """What each rule says of the review now."""
    with desk.reading() as c:
        relevance = rankings.relevance(c, desk.review_id, STAGE)
        work_ids = rankings.work_ids(c, desk.review_id)
        elsewhere = rankings.decided_elsewhere(c, desk.review_id, STAGE)
        history = stage_settings.history(c, desk.review_id, STAGE)
        drawn_since, switched = drawn_from(history), switched_at(history)
        by_then = {
            at: rankings.decided_before(c, desk.review_id, STAGE, at)
            for at in (drawn_since, switched)
            if at
        }
    before = elsewhere | (by_then[drawn_since] & relevance.keys() if drawn_since else set())
    sample = sample_of(work_ids, relevance, seed=desk.review_id, before=before)
    if not drawn_since:  # which works were read was no chance, whatever order they stand in
        sample = replace(sample, size=0, relevant=0)
    read = [work_id for work_id in relevance if work_id not in elsewhere]
    after = [work_id for work_id in read if switched and work_id not in by_then[switched]]
    progress = ReadingProgress(
        reading=[relevance[work_id] for work_id in read],
        total=len(work_ids) - len(elsewhere),
        sample=sample,
        since_switch=len(after) if switched else None,
    )
    now = history[0].settings if history else StageSettings()
    return Evaluation(
        relevant_read=tuple(accumulate(map(int, progress.reading))),
        total=len(work_ids),
        by_priority=now.order.learnt,
        random_share=now.drawn,
        random_since=drawn_since,
        sample=sample,
        in_short=in_short(progress, settings or StoppingSettings()),
        unread=bounded_unread(progress, settings or StoppingSettings()),
        advice=advise(progress, settings) if work_ids else {},
    )


def drawn_from(history: Sequence[SettingsChange]) -> datetime | None:
    """When the random sample began that can be drawn on now; None while nothing is random.

    Args:
        history: the settings of the stage, newest first. A sample begins when a share of works is
            first drawn at random, and anew when all are: that is a random check of what is left.
    """
    since, share = None, 0.0
    for change in reversed(history):
        drawn = change.settings.drawn
        if not drawn:
            since = None
        elif since is None or share < 1 <= drawn:
            since = change.at
        share = drawn
    return since


def switched_at(history: Sequence[SettingsChange]) -> datetime | None:
    """When the second model began to make the order, if it does; newest settings first."""
    since = None
    for change in reversed(history):
        second = change.settings.order is Order.SECOND
        since = (since or change.at) if second else None
    return since


def choose_rule(
    desk: Desk, evaluation: Evaluation, code: str, settings: StoppingSettings, note: str
) -> str:
    """Note for the methods that a rule was chosen, with its figures; gives the sentence.

    Raises:
        Invalid: no such rule, or nothing to apply it to.
    """
    rule = next((rule for rule in STOPPING_RULES if rule.code == code), None)
    if rule is None or code not in evaluation.advice:
        raise Invalid("There is nothing yet that this rule could speak about.")
    advice = evaluation.advice[code]
    curve = evaluation.relevant_read
    read, relevant = len(curve), curve[-1] if curve else 0
    sentence = (
        f"Reading by title and abstract ended after {read:,} of {evaluation.total:,} works, "
        f"{relevant:,} of them relevant, by the rule “{rule.name}” ({rule.source}; target recall "
        f"{settings.target:.0%}, confidence {settings.confidence:.0%}): {advice.sentence}"
    )
    why = " ".join(note.split())[:LONGEST_NOTE]
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        figures = {"rule": code, "p": advice.p}
        text = f"{sentence} {why}".strip()
        events.note(w, EventKind.STOPPING_RULE_CHOSEN, text, after=figures)
    return sentence


def past_choices(desk: Desk) -> list[Event]:
    """Which rules were chosen before, newest first."""
    with desk.reading() as c:
        return events.of_kind(c, desk.review_id, EventKind.STOPPING_RULE_CHOSEN)
