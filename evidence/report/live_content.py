"""What a live part can come to: words, a table, a figure, a list, or why it came to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.report.statements import Statement


class PartKind(StrEnum):
    """What a live part is on the page."""

    NUMBER = "number"
    SENTENCE = "sentence"
    TABLE = "table"
    FIGURE = "figure"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row of a table.

    Attributes:
        cells: as many as the table has columns.
        studies: ids of those that the row is about.
        leads: cells that lead to another row of the report, by their places from 0, with the anchor
            of that row; where the report has no such row, they lead nowhere.
        anchor: by which other rows lead here; empty for none.
        study_at: the place of the cell that names the only study.
    """

    cells: tuple[str, ...]
    studies: tuple[int, ...] = ()
    leads: Mapping[int, str] = field(default_factory=dict)
    anchor: str = ""
    study_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table that knows its studies.

    Attributes:
        caption: without a number, which it gets in the report.
        note: below it; empty for none.
        numbers: the columns that are set to the right, by their places from 0.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    note: str = ""
    numbers: frozenset[int] = frozenset()

    @property
    def studies(self) -> tuple[int, ...]:
        """Ids of all studies of its rows, each once."""
        return tuple(dict.fromkeys(study for row in self.rows for study in row.studies))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """A figure that the report asks for; who writes the report draws it (charts/picture.py).

    Attributes:
        name: of the live part.
        studies: ids of those that it shows.
    """

    name: str
    studies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportList:
    """A list, a line for each thing.

    Attributes:
        empty: what is said where it has no line.
    """

    lines: tuple[Statement, ...]
    empty: str = ""

    @property
    def studies(self) -> tuple[int, ...]:
        """Ids of all studies of its lines, each once."""
        return tuple(dict.fromkeys(study for line in self.lines for study in line.studies))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLive:
    """A live part that cannot be filled.

    Attributes:
        why: what is wrong, and what to write instead.
    """

    why: str


LiveContent = Statement | ReportTable | ReportFigure | ReportList | NotLive
