"""Figures of services as documents published them: each with year, source, place and base."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

from evidence.errors import Invalid
from evidence.synthesis.practice.monitoring import Share, agrees_with_parts

COLUMNS = (
    "service", "year", "figure", "value", "unit", "base", "base_number", "printed_percent",
    "total", "outcome", "source", "place", "note",
)  # fmt: skip
PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """A figure that a document prints.

    Attributes:
        year: to which it belongs, as it is printed; empty where the source does not say.
        value: as it is printed.
        unit: `%`, or what is counted.
        base: of whom or what it is a part; empty for a count of its own.
        base_number: how many these are; None where the source does not say.
        printed_percent: that the source prints beside the numbers.
        total: the name of the figure of which it is a part, of the same service.
        outcome: the question of monitoring that asks for the same; empty for none.
        source: the document.
        place: in it.
    """

    service: str
    year: str
    figure: str
    value: Decimal
    unit: str
    base: str = ""
    base_number: int | None = None
    printed_percent: Decimal | None = None
    total: str = ""
    outcome: str = ""
    source: str
    place: str
    note: str = ""

    @property
    def share(self) -> Share:
        """As a share of its base."""
        return Share(part=self.value, base=self.base_number, is_percent=self.unit == PERCENT)

    @property
    def words(self) -> str:
        """With its unit, its base and, where people were counted, the percentage computed anew."""
        if self.unit == PERCENT:
            number = "" if self.base_number is None else f" ({self.base_number:,})"
            return f"{self.value:f}% of {self.base}{number}"
        if self.base_number is None:
            return f"{self.value:,f} {self.unit}"
        return f"{self.share.words} {self.base}"


def read_published(text: str, name: str) -> tuple[PublishedFigure, ...]:
    """The figures of a CSV file with the columns COLUMNS.

    Raises:
        Invalid: a row lacks what every figure needs, with its line.
    """
    reader = csv.DictReader(StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise Invalid(f"{name}:1: the columns are {', '.join(COLUMNS)}.")
    return tuple(_figure(row, f"{name}:{reader.line_num}") for row in reader)


def _figure(row: dict[str, str], where: str) -> PublishedFigure:
    words = {column: (row[column] or "").strip() for column in COLUMNS}
    lacking = [c for c in ("service", "figure", "value", "unit", "source", "place") if not words[c]]
    if lacking or (words["unit"] == PERCENT and not words["base"]):
        raise Invalid(f"{where}: a figure needs its {', '.join(lacking) or 'base'}.")
    numbers: dict[str, Decimal | None] = {}
    for column in ("value", "base_number", "printed_percent"):
        try:
            numbers[column] = Decimal(words[column]) if words[column] else None
        except InvalidOperation:
            raise Invalid(f"{where}: “{words[column][:40]}” is no number.") from None
    base = numbers["base_number"]
    return PublishedFigure(
        **{c: words[c] for c in COLUMNS if c not in numbers},
        value=numbers["value"] or Decimal(0),
        base_number=None if base is None else int(base),
        printed_percent=numbers["printed_percent"],
    )


def faults_in_totals(figures: tuple[PublishedFigure, ...]) -> tuple[str, ...]:
    """Totals to which their parts do not come, in sentences."""
    told = []
    for total in figures:
        parts = [e for e in figures if e.total == total.figure and e.service == total.service]
        values = [each.value for each in parts]
        is_percent = total.unit == PERCENT
        if parts and not agrees_with_parts(total.value, values, is_percent=is_percent):
            terms = " + ".join(f"{value:f}" for value in values)
            told.append(f"{total.service}, {total.figure}: {terms} is not {total.value:f}.")
    return tuple(told)
