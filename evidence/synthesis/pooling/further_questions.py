"""What else is asked of pooled effects: groups, a moderator, small studies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.egger import Egger, egger, egger_not_offered, egger_warning
from evidence.synthesis.pooling.moderator import Regression, regression, regression_not_offered
from evidence.synthesis.pooling.number_table import BadCell, number_in
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import NotPooled, Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect, listed
from evidence.synthesis.pooling.study_rows import StudyRow
from evidence.synthesis.pooling.subgroups import (
    CommonTau2,
    Subgroups,
    subgroups,
    subgroups_with_common_tau2,
)
from evidence.synthesis.pooling.unit_of_analysis import cell_of

NO_GROUP = "not stated"
"""The group of studies whose cell is empty."""

Study = TypeVar("Study")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of it; None where it was not asked, or cannot be answered, which a remark says."""

    subgroups: Subgroups | None = None
    common_tau2: CommonTau2 | None = None
    regression: Regression | None = None
    egger: Egger | None = None
    remarks: tuple[str, ...] = ()


def answers_on_effects(
    rows: Sequence[StudyRow],
    effects: Sequence[StudyEffect],
    choices: Choices,
    questions: Questions,
    file: str,
) -> Answers:
    """All answers on effects with variances.

    Args:
        rows: of the table, one for each effect.
        effects: that were pooled.
        choices: how.
        questions: what is asked.
        file: named in messages.

    Raises:
        Invalid: a column is missing.
    """
    remarks: list[str] = []
    groups, common = None, None
    if questions.subgroup:
        pooling = partial(pool, method=choices.method, test=choices.test, level=choices.level)
        groups = on_subgroups(rows, effects, pooling, questions.subgroup, file)
        remarks += groups.remarks
        common = _with_common_tau2(rows, effects, choices, questions.subgroup, file)
    line = _regression(rows, effects, choices, questions, file, remarks)
    small = _egger(effects, choices, questions)
    return Answers(
        subgroups=groups,
        common_tau2=_answer(common, remarks),
        regression=line,
        egger=_answer(small, remarks),
        remarks=(*remarks, *_warned(small, choices)),
    )


def on_subgroups(
    rows: Sequence[StudyRow],
    studies: Sequence[Study],
    pooling: Callable[[Sequence[Study]], Pooled | NotPooled],
    column: str,
    file: str,
) -> Subgroups:
    """Each group of a column pooled for itself.

    Raises:
        Invalid: the column is missing.
    """
    return subgroups(
        [(_group(row, column, file), study) for row, study in zip(rows, studies, strict=True)],
        pooling,
    )


def _group(row: StudyRow, column: str, file: str) -> str:
    return cell_of(row, column, file) or NO_GROUP


def _with_common_tau2(
    rows: Sequence[StudyRow],
    effects: Sequence[StudyEffect],
    choices: Choices,
    column: str,
    file: str,
) -> CommonTau2 | NotPooled | None:
    """Only random effects have a tau² that groups can share."""
    if not choices.method.is_random:
        return None
    named = [(_group(row, column, file), each) for row, each in zip(rows, effects, strict=True)]
    return subgroups_with_common_tau2(named, choices.method, choices.test, choices.level)


def _regression(
    rows: Sequence[StudyRow],
    effects: Sequence[StudyEffect],
    choices: Choices,
    questions: Questions,
    file: str,
    remarks: list[str],
) -> Regression | None:
    """The line through studies that have the moderator; the others are named in a remark."""
    if not questions.moderator:
        return None
    values, explained, without = [], [], []
    for row, effect in zip(rows, effects, strict=True):
        try:
            values.append(number_in(cell_of(row, questions.moderator, file)))
            explained.append(effect)
        except BadCell:
            without.append(f"{row.study} in line {row.row.line}")
    if without:
        remarks.append(
            f"Not in the meta-regression, since {questions.moderator} is no number there: "
            f"{listed(without)}."
        )
    refusal = regression_not_offered(len(explained))
    if refusal:
        remarks.append(refusal)
        return None
    return _answer(
        regression(explained, values, choices.method, choices.test, choices.level), remarks
    )


def _egger(
    effects: Sequence[StudyEffect], choices: Choices, questions: Questions
) -> Egger | NotPooled | None:
    if not questions.egger:
        return None
    refusal = egger_not_offered(len(effects), choices.computed)
    return NotPooled(reasons=(refusal,)) if refusal else egger(effects)


def _warned(small: Egger | NotPooled | None, choices: Choices) -> tuple[str, ...]:
    warning = egger_warning(choices.computed) if isinstance(small, Egger) else ""
    return (warning,) if warning else ()


Answer = TypeVar("Answer")


def _answer(answer: Answer | NotPooled | None, remarks: list[str]) -> Answer | None:
    """The answer; where there is none, why goes to the remarks."""
    if isinstance(answer, NotPooled):
        remarks += answer.reasons
        return None
    return answer
