"""A table of studies pooled as somebody wants it, with all that is to be said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from evidence.errors import Invalid
from evidence.synthesis.pooling.leave_one_out import MOST, leave_one_out
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.number_table import LeftOut, read_table
from evidence.synthesis.pooling.pool import USUAL_LEVEL, pool
from evidence.synthesis.pooling.results import NotPooled, Pooled
from evidence.synthesis.pooling.study_rows import StudyRow, study_rows
from evidence.synthesis.pooling.table_effects import (
    ADDED,
    says_nothing,
    silent_remarks,
    zero_cell_rule,
)
from evidence.synthesis.pooling.two_by_two import (
    MANTEL_HAENSZEL,
    StudyTable,
    mantel_haenszel,
    peto,
)

_MOST_SHOWN = 10
_BY_PETO = (None, PooledMeasure.OR, PooledMeasure.PETO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a table is to be pooled.

    Attributes:
        measure: computed from its columns; None takes yi and vi.
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
        added: to each cell of a 2x2 table with a cell of 0; MH and PETO add nothing.
    """

    measure: PooledMeasure | None = None
    method: Method = Method.REML
    test: EffectTest | None = None
    level: float = USUAL_LEVEL
    added: float = ADDED

    def __post_init__(self) -> None:
        if self.method is Method.MH and self.measure not in MANTEL_HAENSZEL:
            raise Invalid("MH pools 2x2 tables: name the measure, OR, RR or RD.")
        if self.method is Method.PETO and self.measure not in _BY_PETO:
            raise Invalid("The method PETO gives an odds ratio: name the measure OR or none.")
        if self.method.needs_tables and self.test is EffectTest.KNHA:
            raise Invalid(f"{self.method} has no Knapp and Hartung's test; use z.")
        if not 0 <= self.added <= 1:
            raise Invalid(f"{self.added:g} cannot be added to cells of a table; use 0 to 1.")

    @property
    def computed(self) -> PooledMeasure | None:
        """The measure that is computed from the columns; for the method PETO its own."""
        return PooledMeasure.PETO if self.method is Method.PETO else self.measure

    @property
    def of_tables(self) -> PooledMeasure:
        """The measure of MH and PETO."""
        return self.computed or PooledMeasure.OR


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePooled:
    """The result of a table.

    Attributes:
        studies: names of those that were pooled, in the order of the file.
        without: what the estimate is without each of them; None where nothing can be pooled then.
            Empty for fewer than 2 studies, and for too many, which a remark says.
        left_out: rows that are at fault.
        remarks: on the file, the effects and the result, a sentence each.
    """

    choices: Choices
    result: Pooled
    studies: tuple[str, ...]
    without: tuple[float | None, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    result: Pooled | NotPooled
    studies: tuple[str, ...]
    without: tuple[Pooled | NotPooled, ...]
    remarks: tuple[str, ...]


def pool_table(content: bytes, file: str, choices: Choices) -> TablePooled:
    """Pool the studies of a CSV, each row a study.

    Args:
        content: of the file, in any encoding.
        file: its name as people know it.
        choices: how.

    Raises:
        Invalid: the file is no such table, the choices do not go together, or nothing can be
            pooled; the message says what to do.
    """
    read = study_rows(read_table(content, file), choices.computed, choices.added)
    if choices.method.needs_tables and not read.has_tables:
        raise Invalid(f"{choices.method} pools 2x2 tables, and {file} has yi and vi alone; use FE.")
    pooling = _pool_tables if choices.method.needs_tables else _pool_effects
    outcome = pooling(read.rows, choices)
    if isinstance(outcome.result, NotPooled):
        faults = [str(each) for each in read.left_out[:_MOST_SHOWN]]
        raise Invalid("\n".join((*outcome.remarks, outcome.result.sentence, *faults)))
    return TablePooled(
        choices=choices,
        result=outcome.result,
        studies=outcome.studies,
        without=tuple(
            each.estimate if isinstance(each, Pooled) else None for each in outcome.without
        ),
        left_out=read.left_out,
        remarks=(
            *read.remarks,
            *outcome.remarks,
            *outcome.result.remarks,
            *_on_tables(read.rows, choices),
            *_on_many(outcome.result),
        ),
    )


def _pool_effects(rows: Sequence[StudyRow], choices: Choices) -> _Outcome:
    effects = [row.effect for row in rows if row.effect]
    pooling = partial(pool, method=choices.method, test=choices.test, level=choices.level)
    return _Outcome(
        result=pooling(effects),
        studies=tuple(effect.study for effect in effects),
        without=leave_one_out(effects, pooling),
        remarks=silent_remarks((row.study, row.silence) for row in rows),
    )


def _pool_tables(rows: Sequence[StudyRow], choices: Choices) -> _Outcome:
    """What tables cannot say is told by the pooling itself; without them nothing changes."""
    tables = [
        StudyTable(study=row.study, table=row.table)
        for row in rows
        if row.table and not says_nothing(row.table, choices.of_tables)
    ]
    pooling = (
        partial(peto, level=choices.level)
        if choices.method is Method.PETO
        else partial(mantel_haenszel, measure=choices.of_tables, level=choices.level)
    )
    return _Outcome(
        result=pooling(tables),
        studies=tuple(each.study for each in tables),
        without=leave_one_out(tables, pooling),
        remarks=silent_remarks((row.study, row.silence) for row in rows),
    )


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
