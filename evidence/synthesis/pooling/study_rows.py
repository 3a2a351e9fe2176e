"""The effect of each study from the columns of a table, by the names that metafor's escalc has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log

from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.counts import Table, table_of
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import as_printed
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Correlation,
    Counts,
    EventGroup,
    MeanGroup,
    Means,
    People,
    StandardDeviation,
)
from evidence.errors import Invalid
from evidence.synthesis.pooling.measures import MEAN_MEASURES, TABLE_MEASURES, PooledMeasure
from evidence.synthesis.pooling.number_table import (
    BadCell,
    LeftOut,
    NumberTable,
    Row,
    count_in,
    decimal_commas,
    number_in,
)
from evidence.synthesis.pooling.study_effects import (
    StudyEffect,
    estimate_fault,
    on_large,
    variance_fault,
)
from evidence.synthesis.pooling.table_effects import says_nothing, table_effect

COUNTS = ("ai", "bi", "ci", "di")
COUNTS_OF_PEOPLE = ("ai", "n1i", "ci", "n2i")
MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
CORRELATIONS = ("ri", "ni")
GIVEN = ("yi", "vi")
_COUNTED = frozenset({*COUNTS, *COUNTS_OF_PEOPLE, "ni"})
MOST_HEADS, LONGEST_HEAD = 30, 40  # of a table's columns in a message, and letters of each

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """A row that can be pooled.

    Attributes:
        table: the 2x2 table, where the row has one.
        effect: None where the table says nothing of the measure; `silence` says why then.
    """

    row: Row
    study: str
    table: Table | None
    effect: StudyEffect | None
    silence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRows:
    """What came out of a table: each row is in `rows` or in `left_out`, in the order of the file.

    Attributes:
        has_tables: whether the rows have 2x2 tables.
    """

    rows: tuple[StudyRow, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]
    has_tables: bool


class _Fault(Exception):
    """What is wrong with a row, and in which column; the column is empty where several are."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence


def study_rows(table: NumberTable, measure: PooledMeasure | None, added: float) -> StudyRows:
    """The effects of a table's rows.

    Args:
        table: with the columns of the measure, or with yi and vi.
        measure: None takes yi and vi as they are; so does a measure whose columns are not there.
        added: to each cell of a 2x2 table with a cell of 0.

    Raises:
        Invalid: neither the columns of the measure nor yi and vi are there.
    """
    columns = _columns(table, measure)
    rows: list[StudyRow] = []
    left_out = list(table.left_out)
    for row in table.rows:
        try:
            rows.append(_study_row(row, columns, measure, added))
        except _Fault as fault:
            left_out.append(
                LeftOut(
                    file=table.file, line=row.line, column=fault.column, sentence=fault.sentence
                )
            )
    remarks = (
        *table.remarks,
        decimal_commas(table.rows, columns),
        *_on_columns(columns, measure),
        *_on_effects(rows, measure),
    )
    return StudyRows(
        rows=tuple(rows),
        left_out=tuple(sorted(left_out, key=lambda each: each.line)),
        remarks=tuple(filter(None, remarks)),
        has_tables=columns in {COUNTS, COUNTS_OF_PEOPLE},
    )


def study_name(row: Row) -> str:
    """What the row calls its study: slab, else author and year, else study or trial, else line."""
    cells = row.cells
    author = " ".join(filter(None, (cells.get("author", ""), cells.get("year", ""))))
    names = (cells.get("slab", ""), author if cells.get("author") else "")
    others = (cells.get("study", ""), cells.get("trial", ""))
    return next(filter(None, (*names, *others)), f"line {row.line}")


def _columns(table: NumberTable, measure: PooledMeasure | None) -> tuple[str, ...]:
    """The columns that are read."""
    wanted = _wanted(measure)
    for columns in (*wanted, GIVEN):
        if table.has(*columns):
            return columns
    heads = heads_told(table.heads)
    if measure is None:
        raise Invalid(
            f"{table.file} lacks yi and vi, the effect of each study and its variance. Its columns "
            f"are: {heads}. To compute effects from counts, means or correlations, name a measure, "
            "such as --measure OR."
        )
    ways = ", or ".join(" ".join(columns) for columns in (*wanted, GIVEN))
    raise Invalid(f"{table.file} lacks columns for {measure}: {ways}. Its columns are: {heads}.")


def heads_told(heads: Iterable[str]) -> str:
    """The columns of a table in a message: as many as can be read, each bounded."""
    names = [name if len(name) <= LONGEST_HEAD else f"{name[:LONGEST_HEAD]}…" for name in heads]
    more = len(names) - MOST_HEADS
    return ", ".join(names[:MOST_HEADS]) + f" and {more:,} more" * (more > 0)


def _wanted(measure: PooledMeasure | None) -> tuple[tuple[str, ...], ...]:
    if measure is None:
        return ()
    if measure in TABLE_MEASURES:
        return COUNTS, COUNTS_OF_PEOPLE
    return (MEANS,) if measure in MEAN_MEASURES else (CORRELATIONS,)


def _study_row(
    row: Row, columns: tuple[str, ...], measure: PooledMeasure | None, added: float
) -> StudyRow:
    values = _values(row, columns)
    study = study_name(row)
    if columns == GIVEN:
        estimate, variance = values["yi"], values["vi"]
        for column, fault in zip(
            GIVEN, (estimate_fault(estimate), variance_fault(variance)), strict=True
        ):
            if fault:
                raise _Fault(column, fault)
        effect = StudyEffect(study=study, estimate=estimate, variance=variance)
        return StudyRow(row=row, study=study, table=None, effect=effect)
    if measure is None:
        raise AssertionError  # without a measure only yi and vi are read
    if measure in TABLE_MEASURES:
        return _of_table(row, study, _table(values), measure, added)
    estimate, variance = _of_means(values, measure) if columns == MEANS else _of_r(values)
    fault = estimate_fault(estimate) or variance_fault(variance)
    if fault:
        raise _Fault("", fault)
    effect = StudyEffect(study=study, estimate=estimate, variance=variance)
    return StudyRow(row=row, study=study, table=None, effect=effect)


def _values(row: Row, columns: Sequence[str]) -> Values:
    values = {}
    for column in columns:
        try:
            read = count_in if column in _COUNTED else number_in
            values[column] = read(row.cells[column])
        except BadCell as fault:
            raise _Fault(column, str(fault)) from fault
    return values


def _table(values: Values) -> Table:
    first = values["n1i"] if "n1i" in values else values["ai"] + values["bi"]
    second = values["n2i"] if "n2i" in values else values["ci"] + values["di"]
    for column in ("bi", "di"):
        if values.get(column, 0.0) < 0:
            raise _Fault(column, f"{values[column]:g} people without the event are less than none.")
    counts = Counts(
        intervention=EventGroup(events=_people(values["ai"]), total=_people(first)),
        comparison=EventGroup(events=_people(values["ci"]), total=_people(second)),
    )
    faults = faults_in(counts)
    if faults:
        raise _Fault("", " ".join(fault.sentence for fault in faults))
    return table_of(counts)


def _of_table(row: Row, study: str, table: Table, measure: PooledMeasure, added: float) -> StudyRow:
    silence = says_nothing(table, measure)
    if not silence and table.has_zero and not added:
        silence = "A cell of the table is 0, and nothing is added."
    if silence:
        return StudyRow(row=row, study=study, table=table, effect=None, silence=silence)
    estimate, variance = table_effect(table, measure, added)
    effect = StudyEffect(study=study, estimate=estimate, variance=variance)
    return StudyRow(row=row, study=study, table=table, effect=effect)


def _of_means(values: Values, measure: PooledMeasure) -> tuple[float, float]:
    means = Means(
        intervention=_group(values["n1i"], values["m1i"], values["sd1i"]),
        comparison=_group(values["n2i"], values["m2i"], values["sd2i"]),
    )
    if measure is PooledMeasure.ROM:
        faults = faults_in(means)
        if faults:
            raise _Fault("", " ".join(fault.sentence for fault in faults))
        return _ratio_of_means(values)
    wanted = (
        Measure.MEAN_DIFFERENCE
        if measure is PooledMeasure.MD
        else Measure.STANDARDISED_MEAN_DIFFERENCE
    )
    effect = effect_of(means, wanted)
    if isinstance(effect, Refusal):
        raise _Fault("", effect.sentence)
    return effect.estimate, effect.variance


def _ratio_of_means(values: Values) -> tuple[float, float]:
    """The log ratio of means, log(m1 / m2), variance SD1² / (n1 m1²) + SD2² / (n2 m2²).

    Hedges, Gurevitch and Curtis 1999, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2.
    """
    first, second = values["m1i"], values["m2i"]
    if first * second <= 0:
        raise _Fault(
            "m1i" if first <= 0 else "m2i",
            "A ratio of means needs means on one side of 0, of a scale that begins at 0; use MD or "
            "SMD.",
        )
    variance = sum(
        (values[f"sd{side}i"] / values[f"m{side}i"]) ** 2 / values[f"n{side}i"] for side in (1, 2)
    )
    return log(first / second), variance


def _of_r(values: Values) -> tuple[float, float]:
    correlation = Correlation(r=as_printed(values["ri"]), n=_people(values["ni"]))
    effect = effect_of(correlation, Measure.FISHER_Z)
    if isinstance(effect, Refusal):
        raise _Fault("", effect.sentence)
    return effect.estimate, effect.variance


def _group(n: float, mean: float, sd: float) -> MeanGroup:
    return MeanGroup(
        n=_people(n), mean=as_printed(mean), spread=StandardDeviation(value=as_printed(sd))
    )


def _people(number: float) -> People:
    """People as counted; tables that were split have fractions of them."""
    return int(number) if number.is_integer() else Fraction(number)


def _on_columns(columns: tuple[str, ...], measure: PooledMeasure | None) -> tuple[str, ...]:
    if measure is None or columns != GIVEN:
        return ()
    wanted = " ".join(_wanted(measure)[0])
    return (f"Without the columns {wanted}, yi and vi are taken as {measure.analysed_name}.",)


def _on_effects(rows: Sequence[StudyRow], measure: PooledMeasure | None) -> tuple[str, ...]:
    """What asks for a second look at single effects."""
    if measure is not PooledMeasure.SMD:
        return ()
    return on_large((each.study, each.effect.estimate) for each in rows if each.effect)
