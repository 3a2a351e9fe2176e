"""The rules by which studies go on behind the map, and where people overrule them."""

from dataclasses import replace

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.seen_settings import require_seen
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import studies
from evidence.store.results import study_stages
from evidence.store.results.study_stages import StageRuleChange
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.synthesis.stages.stage_rule import Outcome, StageRule, faults_of
from evidence.synthesis.stages.study_stages import Overruling, ReviewStage, StageRules

MOST_CONDITIONS = 50
AREAS = Area.RESULTS


def current(desk: Desk) -> StageRules:
    """The rules that hold now, with the studies for which somebody overruled them."""
    with desk.reading() as c:
        return study_stages.current(c, desk.review_id)


def history(desk: Desk, stage: ReviewStage) -> list[StageRuleChange]:
    """All versions of the rule of a stage, newest first."""
    with desk.reading() as c:
        return study_stages.history(c, desk.review_id, stage)


def change(desk: Desk, stage: ReviewStage, rule: StageRule, before: StageRule) -> None:
    """Let studies go on by this rule from now on; where people overruled it, that stays.

    Args:
        desk: of an editor.
        stage: to which studies go on.
        rule: the new one; one without conditions takes the stage away.
        before: that which the person saw when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    rule = replace(rule, reason=rule.reason.strip())
    faults = list(dict.fromkeys(faults_of(rule)))
    if sum(map(len, rule.alternatives)) > MOST_CONDITIONS:
        faults.append(f"A rule can have up to {MOST_CONDITIONS} conditions.")
    if len(rule.reason) > LONGEST_REASON:
        faults.append(f"The reason can have up to {LONGEST_REASON:,} letters.")
    if faults:
        raise Invalid(" ".join(faults))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = study_stages.rule(w.connection, desk.review_id, stage)
        if rule != now:
            require_seen(now, before, "the rule")
            study_stages.change(w, stage, rule)


def overrule(
    desk: Desk,
    study_id: int,
    stage: ReviewStage,
    outcome: Outcome,
    reason: str,
    seen: Overruling | None = None,
) -> None:
    """Let one study go on, or stay, whatever the rule says.

    Args:
        desk: of an editor.
        study_id: of the study.
        stage: at which it goes on or stays.
        outcome: which of the two.
        reason: why; it is printed with the study.
        seen: what was decided for it when the person looked.

    Raises:
        NotFound: the review has no such study.
        Invalid: there is no rule or no reason, or somebody else decided meanwhile.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why the rule does not hold for this study.")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"The reason can have up to {LONGEST_REASON:,} letters.")
    if outcome is Outcome.UNTOLD:
        raise Invalid("Choose whether the study goes on or stays.")
    _decide(desk, study_id, stage, outcome, reason, seen)


def follow_rule(desk: Desk, study_id: int, stage: ReviewStage, seen: Overruling) -> None:
    """Let the rule hold for a study again; what was decided stays in the history.

    Raises:
        NotFound: the review has no such study.
        Invalid: somebody else decided meanwhile.
    """
    _decide(desk, study_id, stage, None, "", seen)


def _decide(
    desk: Desk,
    study_id: int,
    stage: ReviewStage,
    outcome: Outcome | None,
    reason: str,
    seen: Overruling | None,
) -> None:
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        studies.get(w.connection, desk.review_id, study_id)
        if outcome and not study_stages.rule(w.connection, desk.review_id, stage).is_set:
            raise Invalid("There is no rule to overrule; set the rule first.")
        now = study_stages.overruled(w.connection, desk.review_id, study_id, stage)
        require_seen(_decided(now), _decided(seen), "what holds for this study")
        study_stages.overrule(w, study_id, stage, outcome, reason)


def _decided(overruling: Overruling | None) -> tuple[Outcome, str] | None:
    """What was decided, whoever did."""
    return (overruling.outcome, overruling.reason) if overruling else None
