"""Which cells of the map are gaps, judged as the map judges them (synthesis/map_cells.py).

Cells are those of main codes, without the codes below them: a narrow code without a study is
seldom a gap of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.report.facts import MapFacts
from evidence.synthesis.crosstab import crosstab
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_cells import CellKind, cell_kind, is_marked, roles_of
from evidence.synthesis.studies import CodedStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCell:
    """A cell of the map.

    Attributes:
        row, column: labels of its codes.
    """

    row: str
    column: str
    kind: CellKind
    studies: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGaps:
    """All cells of main codes.

    Attributes:
        rows, columns: titles of the questions.
        studies: that have a place on the map.
        few: up to so many studies and reviews are few; 0 where the protocol calls none so.
        several: from so many primary studies on a review is missed; 0 for never.
        searched_to: the day for which gaps hold; empty where it is not recorded.
    """

    rows: str
    columns: str
    cells: tuple[GapCell, ...]
    studies: frozenset[int]
    few: int
    several: int
    searched_to: str
    knows_reviews: bool

    def number(self, kind: CellKind) -> int:
        """How many cells are of a kind."""
        return sum(cell.kind is kind for cell in self.cells)


def map_gaps(
    studies: Sequence[CodedStudy], dimensions: Sequence[Dimension], facts: MapFacts
) -> MapGaps:
    """Judge each cell of main codes.

    Args:
        studies: all of the map.
        dimensions: what can be known of them, such as which are reviews.
        facts: of the map.
    """
    tab = crosstab(studies, facts.rows, facts.columns)
    roles = {study.id: roles_of(study, dimensions) for study in studies}
    cells = []
    for row in facts.rows.to_depth(1).headings:
        for column in facts.columns.to_depth(1).headings:
            here = tab.studies(row.id, column.id)
            marked = is_marked(facts.gaps, (facts.rows, row.id), (facts.columns, column.id))
            some = [study for study in studies if study.id in here]
            kind = cell_kind(some, roles, facts.gaps, marked=marked)
            cells.append(GapCell(row=row.label, column=column.label, kind=kind, studies=here))
    return MapGaps(
        rows=facts.rows.title,
        columns=facts.columns.title,
        cells=tuple(cells),
        studies=tab.studies(),
        few=facts.gaps.few,
        several=facts.gaps.several,
        searched_to=facts.searched_to,
        knows_reviews=facts.knows_reviews,
    )
