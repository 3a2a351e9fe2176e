"""Tables as they stand in files, before anybody asked what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProblem:
    """What is wrong with a table of codings, or with one of its rows.

    Attributes:
        file: with its sheet, as people know it.
        line: counted from 1; None where the whole table is meant.
        sentence: what is wrong, and what to do (may quote the file, so escape it when shown).
        is_lost: whether something could not be read; otherwise it is only worth knowing.
    """

    file: str
    line: int | None = None
    sentence: str
    is_lost: bool = True

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table of a file.

    Attributes:
        file: with its sheet, as people know it.
        rows: each with its line; cells are texts, or in a workbook whatever it says they are.
    """

    name: str
    file: str
    head: Sequence[str]
    rows: Sequence[tuple[int, Sequence[object]]]
