"""A table of studies pooled as somebody wants it, with all that is to be said of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from evidence.errors import Invalid
from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.further_questions import Answers, answers_on_effects, on_subgroups
from evidence.synthesis.pooling.leave_one_out import MOST, leave_one_out
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.number_table import LeftOut, read_table
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.remarks import on_narrower_interval
from evidence.synthesis.pooling.results import NotPooled, Pooled
from evidence.synthesis.pooling.study_rows import StudyRow, StudyRows, study_rows
from evidence.synthesis.pooling.table_effects import says_nothing, silent_remarks, zero_cell_rule
from evidence.synthesis.pooling.two_by_two import (
    MANTEL_HAENSZEL,
    StudyTable,
    mantel_haenszel,
    peto,
)
from evidence.synthesis.pooling.unit_of_analysis import Unit, as_units

_MOST_SHOWN = 10

Study = TypeVar("Study")


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePooled:
    """The result of a table.

    Attributes:
        rows: all that can be pooled, in the order of the file.
        pooled_rows: those of them that were.
        group_column: by which they were grouped; empty for none.
        without: what the estimate is without each of them; None where nothing can be pooled then.
            Empty for fewer than 2 studies, and for too many, which a remark says.
        answers: on groups, a moderator and small studies, where they were asked for.
        left_out: rows that are at fault.
        remarks: on the file, the effects and the result, a sentence each.
    """

    choices: Choices
    result: Pooled
    rows: tuple[StudyRow, ...]
    pooled_rows: tuple[StudyRow, ...]
    group_column: str
    without: tuple[float | None, ...]
    answers: Answers
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]

    @property
    def studies(self) -> tuple[str, ...]:
        """Names of those that were pooled, in the order of the file."""
        return tuple(row.study for row in self.pooled_rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    result: Pooled | NotPooled
    rows: tuple[StudyRow, ...]
    without: tuple[Pooled | NotPooled, ...]
    answers: Answers


def pool_table(
    content: bytes,
    file: str,
    choices: Choices,
    unit: Unit | None = None,
    questions: Questions | None = None,
) -> TablePooled:
    """Pool the studies of a CSV.

    Args:
        content: of the file, in any encoding.
        file: its name as people know it.
        choices: how.
        unit: what counts as a study; None takes each row as one.
        questions: what else is asked; None asks nothing.

    Raises:
        Invalid: the file is no such table, the choices do not go together, or nothing can be
            pooled; the message says what to do.
    """
    read = study_rows(read_table(content, file), choices.computed, choices.added)
    if choices.method.needs_tables and not read.has_tables:
        raise Invalid(f"{choices.method} pools 2x2 tables, and {file} has yi and vi alone; use FE.")
    read = as_units(read, unit or Unit(), file)
    silent = silent_remarks((row.study, row.silence) for row in read.rows)
    pooling = _pool_tables if choices.method.needs_tables else _pool_effects
    outcome = pooling(read, choices, questions or Questions(), file)
    if isinstance(outcome.result, NotPooled):
        faults = [str(each) for each in read.left_out[:_MOST_SHOWN]]
        raise Invalid("\n".join((*silent, f"{file}: {outcome.result.sentence}", *faults)))
    return TablePooled(
        choices=choices,
        result=outcome.result,
        rows=read.rows,
        pooled_rows=outcome.rows,
        group_column=(questions or Questions()).subgroup,
        without=tuple(
            each.estimate if isinstance(each, Pooled) else None for each in outcome.without
        ),
        answers=outcome.answers,
        left_out=read.left_out,
        remarks=(
            *read.remarks,
            *silent,
            *outcome.result.remarks,
            *on_narrower_interval(outcome.result, choices.computed),
            *_on_tables(read.rows, choices),
            *_on_many(outcome.result),
            *outcome.answers.remarks,
        ),
    )


def _pool_effects(read: StudyRows, choices: Choices, questions: Questions, file: str) -> _Outcome:
    rows = [row for row in read.rows if row.effect]
    effects = [row.effect for row in rows if row.effect]
    pooling = partial(pool, method=choices.method, test=choices.test, level=choices.level)
    return _Outcome(
        result=pooling(effects),
        rows=tuple(rows),
        without=leave_one_out(effects, pooling),
        answers=answers_on_effects(rows, effects, choices, questions, file),
    )


def _pool_tables(read: StudyRows, choices: Choices, questions: Questions, file: str) -> _Outcome:
    rows = [
        row for row in read.rows if row.table and not says_nothing(row.table, choices.of_tables)
    ]
    if any(row.effect and not row.table for row in read.rows):
        raise Invalid(
            f"{choices.method} pools 2x2 tables, which cannot be combined for a study; take its "
            "first or its most precise finding."
        )
    tables = [StudyTable(study=row.study, table=row.table) for row in rows if row.table]
    pooling: Callable[[Sequence[StudyTable]], Pooled | NotPooled] = (
        partial(peto, level=choices.level)
        if choices.method is Method.PETO
        else partial(mantel_haenszel, measure=choices.of_tables, level=choices.level)
    )
    return _Outcome(
        result=pooling(tables),
        rows=tuple(rows),
        without=leave_one_out(tables, pooling),
        answers=_answers_on_tables(rows, tables, pooling, questions, file),
    )


def _answers_on_tables(
    rows: Sequence[StudyRow],
    tables: Sequence[Study],
    pooling: Callable[[Sequence[Study]], Pooled | NotPooled],
    questions: Questions,
    file: str,
) -> Answers:
    """Groups alone: a moderator and small studies are asked of effects with variances."""
    if questions.moderator or questions.egger:
        raise Invalid(
            "A moderator and Egger's test need effects with variances; use FE or random effects."
        )
    if not questions.subgroup:
        return Answers()
    groups = on_subgroups(rows, tables, pooling, questions.subgroup, file)
    return Answers(subgroups=groups, remarks=groups.remarks)


def _on_tables(rows: Sequence[StudyRow], choices: Choices) -> Iterator[str]:
    """The zero-cell rule where it matters, and the method that people expect for tables."""
    tables = [row.table for row in rows if row.table]
    if any(table.has_zero for table in tables):
        if choices.method.needs_tables:
            yield f"Nothing is added to cells of 0, since {choices.method} does not divide by them."
        else:
            yield zero_cell_rule(choices.added)
    if tables and choices.method is Method.FE and choices.measure in MANTEL_HAENSZEL:
        yield "For 2x2 tables, MH is the usual method with one common effect."


def _on_many(result: Pooled) -> Iterator[str]:
    if result.k > MOST:
        yield f"With more than {MOST:,} studies, none is left out in turn."
