"""Two questions crossed so that every study stands in it: those with none of the headings, too.

A cell of two headings is exact, as on the map (crosstab.py): where both are read from findings, one
finding that passes has both. “None of these” is said of the study: none of its findings that pass,
nor what was ticked for it, has a heading of the question. So a row of the crosstab has as many
studies as the same heading among the frequencies of its question (study_counts.py). A study that
has headings of both questions, but never in one finding, is in no cell; it counts in the totals and
is named. The viewer of maps counts the same (evidence/viewer/pages/crosstab.js).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from evidence.coding.findings import Finding
from evidence.synthesis.crosstab import NO_FILTERS
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_filters import Filters
from evidence.synthesis.map_view import NONE_OF_THESE, Shares
from evidence.synthesis.studies import CodedStudy

Place = tuple[str | None, str | None]
"""Row and column: a heading, NONE_OF_THESE, or None for a total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCrosstab:
    """Studies by two questions.

    Attributes:
        studies_at: of each cell and total that has any.
        apart: studies with headings of both, but never in one finding; they are only in totals.
    """

    rows: Dimension
    columns: Dimension
    studies_at: Mapping[Place, frozenset[int]]
    apart: frozenset[int]

    def studies(self, row: str | None = None, column: str | None = None) -> frozenset[int]:
        """The studies of a cell or a total, each once; `studies()` is every study that passes."""
        return self.studies_at.get((row, column), frozenset())

    def base(self, row: str | None, column: str | None, shares: Shares) -> frozenset[int]:
        """What a cell is a share of: the studies of its row, of its column, or all that pass.

        A study can stand in several cells of its base, so shares can add up to more than 100 %.
        """
        return self.studies(
            row if shares is Shares.ROW else None, column if shares is Shares.COLUMN else None
        )


def whole_crosstab(
    studies: Sequence[CodedStudy],
    rows: Dimension,
    columns: Dimension,
    filters: Filters = NO_FILTERS,
) -> WholeCrosstab:
    """Sort the studies that pass into cells and totals."""
    studies_at: defaultdict[Place, set[int]] = defaultdict(set)
    apart: set[int] = set()
    for study in studies:
        if not filters.passes(study):
            continue
        units = [
            unit for unit in study.findings or (None,) if filters.passes_as_finding(study, unit)
        ]
        in_cells: set[Place] = {
            cell
            for unit in units
            for cell in product(_headings(rows, study, unit), _headings(columns, study, unit))
        }
        own = [
            {heading for unit in units for heading in _headings(dimension, study, unit)}
            for dimension in (rows, columns)
        ]
        if all(own) and not in_cells:
            apart.add(study.id)
        stands = [headings or {NONE_OF_THESE} for headings in own]
        places: set[Place] = {(row, None) for row in stands[0]}
        places |= {(None, column) for column in stands[1]} | {(None, None)}
        places |= in_cells if all(own) else {(row, column) for row, column in product(*stands)}
        for place in places:
            studies_at[place].add(study.id)
    return WholeCrosstab(
        rows=rows,
        columns=columns,
        studies_at={place: frozenset(ids) for place, ids in studies_at.items()},
        apart=frozenset(apart),
    )


def _headings(dimension: Dimension, study: CodedStudy, unit: Finding | None) -> set[str]:
    codes = dimension.codes(study, unit)
    return {heading.id for heading in dimension.headings if heading.covers & codes}
