"""Decisions, as many tests make them."""

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import (
    decisions,
)
from evidence.store import Role
from evidence.store.screening import decisions as stored
from tests.steps.conftest import enter

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
IN, EX, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE
ONE, TWO = StageSettings(), StageSettings(voices=2)


def say(desk: Desk, work_id: int, verdict: Verdict, stage: Stage = TA, **more: object) -> None:
    enter(desk)
    decisions.decide(desk, [a_decision(desk, work_id, verdict, stage, **more)])


def say_unasked(
    desk: Desk, work_id: int, verdict: Verdict, stage: Stage = TA, **more: object
) -> None:
    """Decide on a work that others were asked to read, as a file of another tool may."""
    with desk.writing(Role.REVIEWER) as w:
        stored.add(w, [a_decision(desk, work_id, verdict, stage, **more)])


def a_decision(
    desk: Desk, work_id: int, verdict: Verdict, stage: Stage, **more: object
) -> stored.NewDecision:
    return stored.NewDecision(
        work_id=work_id,
        stage=stage,
        verdict=verdict,
        client_id=f"{desk.person_id}-{work_id}-{verdict}-{stage}-{sorted(more)}",
        **more,  # type: ignore[arg-type]
    )


def tally(desk: Desk, stage: Stage = TA) -> dict[State, int]:
    return {state: count for state, count in decisions.tally(desk, stage).items() if count}
