"""By which rules studies go on behind the map, and where people overruled them; what held before
stays in the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.results import rules_of_results
from evidence.store.schema import person, stage_overruling, study
from evidence.store.schema.column_types import clean
from evidence.synthesis.stages.stage_rule import NO_RULE, Outcome, StageCondition, StageRule
from evidence.synthesis.stages.study_stages import Overruling, ReviewStage, StageRules

KINDS = {ReviewStage.IN_DEPTH: "stage in-depth", ReviewStage.SOUND: "stage sound"}
BY_RULE = ""
"""The outcome of a row with which the rule holds again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRuleChange:
    """A rule, with who set it and when."""

    person: str
    at: datetime
    rule: StageRule


def current(connection: Connection, review_id: int) -> StageRules:
    """The rules that hold now, with the studies for which somebody overruled them."""
    return StageRules(
        in_depth=rule(connection, review_id, ReviewStage.IN_DEPTH),
        sound=rule(connection, review_id, ReviewStage.SOUND),
        overrulings=tuple(_overrulings(connection, review_id)),
    )


def rule(connection: Connection, review_id: int, stage: ReviewStage) -> StageRule:
    """The rule of a stage now."""
    changes = history(connection, review_id, stage)
    return changes[0].rule if changes else NO_RULE


def history(connection: Connection, review_id: int, stage: ReviewStage) -> list[StageRuleChange]:
    """All versions of the rule of a stage, newest first."""
    return [
        StageRuleChange(person=each.person, at=each.at, rule=stage_rule(each.rules))
        for each in rules_of_results.history(connection, review_id, KINDS[stage])
    ]


def change(write: Write, stage: ReviewStage, new: StageRule) -> None:
    """Let studies go on by this rule from now on."""
    before = _stored(rule(write.connection, write.review_id, stage))
    rules_of_results.change(
        write, KINDS[stage], before, _stored(new), event=EventKind.STAGE_RULE_CHANGED
    )


def overruled(
    connection: Connection, review_id: int, study_id: int, stage: ReviewStage
) -> Overruling | None:
    """What somebody decided for a study at a stage; None where the rule holds."""
    of_study = _overrulings(connection, review_id, study_id)
    return next((each for each in of_study if each.stage is stage), None)


def overrule(
    write: Write, study_id: int, stage: ReviewStage, outcome: Outcome | None, reason: str
) -> None:
    """Let a study go on or stay from now on, whatever the rule says.

    Args:
        write: of who decides.
        study_id: of a study of the review.
        stage: at which.
        outcome: what holds; None where the rule holds again.
        reason: why.
    """
    label = write.connection.execute(
        select(study.c.label).where(study.c.id == study_id, study.c.review_id == write.review_id)
    ).scalar_one()
    before = overruled(write.connection, write.review_id, study_id, stage)
    values = write.for_review(
        study_id=study_id,
        stage=stage.value,
        outcome=outcome.value if outcome else BY_RULE,
        reason=clean(reason),
        **write.by_and_at,
    )
    write.connection.execute(insert(stage_overruling).values(**values))
    events.note(
        write,
        EventKind.STAGE_OVERRULED,
        label,
        before={"stage": stage.value, "outcome": before.outcome.value if before else BY_RULE},
        after={"stage": stage.value, "outcome": values["outcome"], "reason": values["reason"]},
    )


def _overrulings(
    connection: Connection, review_id: int, study_id: int | None = None
) -> list[Overruling]:
    """Those that hold, the oldest first."""
    table = stage_overruling
    newest = (
        select(func.max(table.c.id))
        .where(table.c.review_id == review_id)
        .group_by(table.c.study_id, table.c.stage)
    )
    query = (
        select(table, person.c.name)
        .join(person, person.c.id == table.c.person_id)
        .where(table.c.id.in_(newest), table.c.outcome != BY_RULE)
        .order_by(table.c.id)
    )
    if study_id is not None:
        query = query.where(table.c.study_id == study_id)
    return [
        Overruling(
            study_id=row["study_id"],
            stage=ReviewStage(row["stage"]),
            outcome=Outcome(row["outcome"]),
            reason=row["reason"],
            person=row["name"],
            day=f"{row['at']:%Y-%m-%d}",
        )
        for row in connection.execute(query).mappings()
    ]


def _stored(new: StageRule) -> dict[str, Any]:
    return {
        "alternatives": [
            [
                {
                    "question": clean(condition.question),
                    "codes": [clean(code) for code in condition.codes],
                    "is_negated": condition.is_negated,
                }
                for condition in alternative
            ]
            for alternative in new.alternatives
        ],
        "reason": clean(new.reason),
    }


def stage_rule(stored: Mapping[str, Any]) -> StageRule:
    """A rule from its content as a database keeps it."""
    return StageRule(
        alternatives=tuple(
            tuple(
                StageCondition(
                    question=each["question"],
                    codes=tuple(each["codes"]),
                    is_negated=each["is_negated"],
                )
                for each in alternative
            )
            for alternative in stored["alternatives"]
        ),
        reason=stored["reason"],
    )
