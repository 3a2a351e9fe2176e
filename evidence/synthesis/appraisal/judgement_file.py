"""What a file of judgements holds, whatever its tool, and what is told of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.synthesis.appraisal.judgements import JudgedRow, JudgementTable

_NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCellAt:
    """A cell that could not be read.

    Attributes:
        sentence: what is wrong; it may quote the table, so escape it.
    """

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJudgements:
    """What a file holds.

    Attributes:
        faults: cells and rows that could not be read; each a sentence with its place.
        remarks: what was guessed.
    """

    table: JudgementTable
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def on_faults(faults: int, *, has_overall: bool) -> Iterator[str]:
    """What a picture says of what could not be read, and that nothing is said overall."""
    if faults:
        yield (
            "1 cell or row of the file could not be read."
            if faults == 1
            else f"{faults:,} cells or rows of the file could not be read."
        )
    if not has_overall:
        yield "There is no overall judgement."


def on_names(named: Sequence[tuple[int, str]], rows: Sequence[JudgedRow]) -> Iterator[str]:
    """Rows without a name (lines with names), and names that stand in several rows."""
    without = [line for line, name in named if not name]
    if without:
        yield f"Without a name in column Study: line {_listed(map(str, without))}."
    counted = Counter((row.study, row.result) for row in rows)
    twice = [" · ".join(filter(None, name)) for name, number in counted.items() if number > 1]
    if twice:
        yield f"In several rows, each shown and counted: {_listed(twice)}."


def _listed(names: Sequence[str] | Iterator[str]) -> str:
    listed = list(names)
    more = len(listed) - _NAMED_AT_MOST
    return ", ".join(listed[:_NAMED_AT_MOST]) + (f" and {more:,} more" if more > 0 else "")
