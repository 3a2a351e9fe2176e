"""The numbers that effects were computed from, as they stand beside them in a forest plot."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from evidence.coding.effects.counts import Table
from evidence.synthesis.pooling.number_table import BadCell, count_in, number_in

RAW_TABLE = ("Intervention: events / n", "Comparison: events / n")
RAW_MEANS = ("Intervention: mean (SD), n", "Comparison: mean (SD), n")
RAW_CORRELATION = ("n",)
_MEANS = (("m1i", "sd1i", "n1i"), ("m2i", "sd2i", "n2i"))
_CORRELATION = ("ri", "ni")
_UNKNOWN = "–"
_WHOLE_FROM = 1000
"""From which on no digit after the point tells anything beside an effect."""
_TOO_LONG_FROM = 1e10


class Row(Protocol):
    """What is asked of a study: its cells by column, and its 2x2 table where it has one."""

    @property
    def cells(self) -> Mapping[str, str]:
        """By column."""

    @property
    def table(self) -> Table | None:
        """Of people with and without the event."""


def raw_heads(rows: Sequence[Row]) -> tuple[str, ...]:
    """The heads of the columns that all rows can fill; empty where effects came as they are."""
    if not rows:
        return ()
    if all(row.table for row in rows):
        return RAW_TABLE
    if all(column in rows[0].cells for side in _MEANS for column in side):
        return RAW_MEANS
    return RAW_CORRELATION if all(column in rows[0].cells for column in _CORRELATION) else ()


def raw_numbers(row: Row, heads: tuple[str, ...]) -> tuple[str, ...]:
    """What stands beside a study, as many texts as there are heads."""
    if heads == RAW_TABLE and row.table:
        return tuple(f"{events} / {people}" for events, people in _counts(row.table))
    if heads == RAW_MEANS:
        return tuple(_mean(row.cells, side) for side in _MEANS)
    if heads == RAW_CORRELATION:
        return (_people(row.cells, "ni"),)
    return ()


def raw_totals(rows: Sequence[Row], heads: tuple[str, ...]) -> tuple[str, ...]:
    """People of several studies, and their events, for the row of the pooled effect.

    Only what counts can be summed; where a study does not tell its people, there is no sum.
    """
    if heads == RAW_TABLE:
        tables = [row.table for row in rows if row.table]
        pairs = (
            (sum(t.a for t in tables), sum(t.a + t.b for t in tables)),
            (sum(t.c for t in tables), sum(t.c + t.d for t in tables)),
        )
        return tuple(f"{_figure(events)} / {_figure(people)}" for events, people in pairs)
    if heads == RAW_MEANS:
        return tuple(_sum(rows, side[-1]) for side in _MEANS)
    return (_sum(rows, "ni"),) if heads == RAW_CORRELATION else ()


def _counts(table: Table) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (_figure(table.a), _figure(table.a + table.b)),
        (_figure(table.c), _figure(table.c + table.d)),
    )


def _mean(cells: Mapping[str, str], columns: tuple[str, str, str]) -> str:
    mean, deviation, people = columns
    if not all(cells.get(column) for column in columns):
        return _UNKNOWN
    return f"{_number(cells[mean])} ({_number(cells[deviation])}), {_people(cells, people)}"


def _number(cell: str) -> str:
    try:
        return _figure(number_in(cell))
    except BadCell:
        return _UNKNOWN


def _people(cells: Mapping[str, str], column: str) -> str:
    try:
        return _figure(count_in(cells.get(column, "")))
    except BadCell:
        return _UNKNOWN


def _sum(rows: Sequence[Row], column: str) -> str:
    try:
        return f"n = {_figure(sum(count_in(row.cells.get(column, '')) for row in rows))}"
    except BadCell:
        return ""


def _figure(number: float) -> str:
    """A number without digits that nobody reads: whole, or four digits that count."""
    if abs(number) >= _TOO_LONG_FROM:
        return f"{number:.2g}"
    whole = float(number).is_integer() or abs(number) >= _WHOLE_FROM
    return (f"{number:,.0f}" if whole else f"{number:.4g}").replace("-", "−")
