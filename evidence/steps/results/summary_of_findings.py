"""The summary of findings: what studies say of each outcome, and how certain people are of it."""

from dataclasses import replace

from evidence.coding.scheme import Axis
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results import pooling
from evidence.steps.results.directions import DirectionStudies
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import certainty
from evidence.store.results.certainty import CertaintyChange
from evidence.synthesis.certainty.grade import (
    LEVELS,
    MOST_RAISED,
    OPEN,
    Certainty,
    CertaintyJudgement,
)
from evidence.synthesis.certainty.outcome_rows import OutcomeRow, SummaryKey, outcome_rows
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.reasons import LONGEST_REASON

AREAS = NOTHING  # no area's answers change: judgements are asked for each time
STARTS = (Certainty.HIGH, Certainty.LOW)


def judgements(desk: Desk) -> dict[SummaryKey, CertaintyChange]:
    """The newest judgement of each outcome, with who made it and when."""
    with desk.reading() as c:
        return certainty.current(c, desk.review_id)


def rows(
    desk: Desk, found: DirectionStudies, contrast: str, intervention: str, rules: DirectionRules
) -> tuple[OutcomeRow, ...]:
    """A row for each outcome that a finding of this contrast and intervention is on."""
    interventions, outcomes = found.axis(Axis.INTERVENTION), found.axis(Axis.OUTCOME)
    if interventions is None or outcomes is None:
        return ()
    judged = {key: change.judgement for key, change in judgements(desk).items()}
    made = outcome_rows(
        found.studies, interventions, outcomes, (contrast, intervention), judged, rules
    )
    return tuple(
        replace(row, effect=pooling.outcome_effect(found, contrast, intervention, row.key.outcome))
        for row in made
    )


def judge(
    desk: Desk, key: SummaryKey, judgement: CertaintyJudgement, before: CertaintyJudgement
) -> None:
    """Judge the certainty on an outcome; what is open may stay open.

    Args:
        desk: of an editor.
        key: the outcome, with its contrast and intervention.
        judgement: the new one.
        before: that which the person saw when they began.

    Raises:
        Invalid: somebody else judged it meanwhile, or it cannot be.
    """
    _check(desk, key, judgement)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stored = certainty.current(w.connection, desk.review_id).get(key)
        now = stored.judgement if stored else OPEN
        if now != before:
            raise Invalid(
                "Somebody judged this outcome meanwhile, so nothing was kept. Reload the page to "
                "see it, then judge again."
            )
        if judgement != now:
            certainty.judge(w, key, judgement)


def _check(desk: Desk, key: SummaryKey, judgement: CertaintyJudgement) -> None:
    taken = schemes.of_results(desk)
    codes = {
        Axis.CONTRAST: key.contrast,
        Axis.INTERVENTION: key.intervention,
        Axis.OUTCOME: key.outcome,
    }
    for axis, code in codes.items():
        if taken is None or taken.scheme.axis_option(axis, code) is None:
            raise Invalid(f"The scheme has no {axis} “{code[:80]}” any more; choose another one.")
    if judgement.start not in STARTS:
        raise Invalid("Certainty begins as high for randomised trials, and as low for others.")
    if not 0 <= judgement.raised <= min(MOST_RAISED, len(LEVELS)):
        raise Invalid(f"Certainty can be raised by up to {MOST_RAISED} levels.")
    reasons = [concern.reason for concern in judgement.domains.values()]
    if max(map(len, (*reasons, judgement.raised_reason, judgement.reason))) > LONGEST_REASON:
        raise Invalid(f"A reason can have up to {LONGEST_REASON:,} characters; shorten it.")
