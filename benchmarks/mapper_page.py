"""What a published page of EPPI-Mapper draws, and what the same codes are on our map.

    python benchmarks/mapper_page.py [../shared/eppi/mapper_html/PAGE.html]

The page holds its references with their codes. Its own script puts a reference into a cell where
two codes were applied among the cell's row and column, and draws the cell from the codes of
segments (version 2.2.4, read in the page); both are done here again and compared with crosstab.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evidence.coding.scheme import OptionRole  # noqa: E402
from evidence.eppi.coded_review import CodedReview, review_of  # noqa: E402
from evidence.eppi.export import Export  # noqa: E402
from evidence.eppi.read_export import read_export  # noqa: E402
from evidence.synthesis.crosstab import CrossTab, crosstab  # noqa: E402
from evidence.synthesis.dimensions import Dimension, dimensions  # noqa: E402
from evidence.synthesis.map_cells import (  # noqa: E402
    CellKind,
    Counted,
    Gaps,
    Roles,
    cell_kind,
    counted,
    roles_of,
)
from evidence.synthesis.studies import CodedStudy  # noqa: E402

PAGE = ROOT.parent / "shared/eppi/mapper_html/chi_homelessness_effectiveness_egm_v2.2.4.html"
COLUMNS, ROWS = "eppi-columns-of-the-map", "eppi-rows-of-the-map"
SEGMENTS = "Confidence in study findings"
ROLES = {
    "Low confidence reviews": OptionRole.REVIEW,
    "Medium/high confidence reviews": OptionRole.REVIEW,
    "Ongoing": OptionRole.ONGOING,
}
"""What the segments of the page say of a study; the page itself knows no such thing."""
APPLIED_FOR_A_CELL = 2
SMALLEST_SHARE = 8  # per cent; the page draws smaller shares so large


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMap:
    """A page of EPPI-Mapper in our words.

    Attributes:
        segments: those of the page, with the roles that their names tell.
    """

    export: Export
    studies: tuple[CodedStudy, ...]
    dimensions: tuple[Dimension, ...]
    rows: Dimension
    columns: Dimension
    segments: Dimension


def published_map(page: Path) -> PublishedMap:
    """Read a page; the studies are in the order of its references, and are numbered so."""
    export = read_export(page.read_bytes(), page.name)
    if not isinstance(export, Export):
        raise SystemExit("This is no page of EPPI-Mapper.")
    review = review_of(export)
    by_scheme = {scheme.id: dimensions(scheme) for scheme in review.schemes}
    everything = tuple(_with_roles(d) for each in by_scheme.values() for d in each)
    return PublishedMap(
        export=export,
        studies=tuple(_studies(review)),
        dimensions=everything,
        rows=by_scheme[ROWS][0],
        columns=by_scheme[COLUMNS][0],
        segments=next(d for d in everything if d.title == SEGMENTS),
    )


def lowest(dimension: Dimension) -> Dimension:
    """The headings that nothing stands below: the rows and columns that the page has."""
    headings = tuple(heading for heading in dimension.headings if len(heading.covers) == 1)
    return replace(dimension, headings=headings)


def _with_roles(dimension: Dimension) -> Dimension:
    if dimension.title != SEGMENTS:
        return dimension
    headings = tuple(replace(h, role=ROLES.get(h.label)) for h in dimension.headings)
    return replace(dimension, headings=headings)


def _studies(review: CodedReview) -> Iterator[CodedStudy]:
    for number, study in enumerate(review.studies, start=1):
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for coding in study.codings:
            for row in coding.rows:
                if row.code:
                    codes[row.question].add(row.code)
        yield CodedStudy(
            id=number,
            label=study.label,
            year=study.record.reference.year,
            codes={question: frozenset(each) for question, each in codes.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCells:
    """What the page's rule makes of its references; all counted over rows and columns.

    Attributes:
        drawn: studies in cells, as the bubbles add up.
        phantom: studies in a cell without both of its codes.
        invisible: studies with both codes that no segment draws.
        twice: how often a study is drawn once more in a cell where it is already.
        widened: shares of cells that are drawn larger than they are.
    """

    cells: frozenset[tuple[str, str]]
    drawn: int
    phantom: int
    invisible: int
    twice: int
    widened: int


def drawn_cells(page: PublishedMap) -> DrawnCells:
    """Count as the page does."""
    rows, columns = (
        [heading.id for heading in lowest(d).headings] for d in (page.rows, page.columns)
    )
    segments = [heading.id for heading in lowest(page.segments).headings]
    shares: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for reference in page.export.references:
        applied = Counter(f"eppi-{each.code}" for each in reference.applied)
        own = [segment for segment in segments if applied[segment]]
        for row, column in product(rows, columns):
            if applied[row] + applied[column] < APPLIED_FOR_A_CELL:
                continue
            has_both = bool(applied[row] and applied[column])
            counts["phantom"] += not has_both
            counts["invisible"] += has_both and not own
            counts["twice"] += max(len(own) - 1, 0)
            shares[row, column].update(own)
    drawn = {cell: share for cell, share in shares.items() if share.total()}
    return DrawnCells(
        cells=frozenset(drawn),
        drawn=sum(share.total() for share in drawn.values()),
        phantom=counts["phantom"],
        invisible=counts["invisible"],
        twice=counts["twice"],
        widened=sum(
            round(100 * number / share.total()) < SMALLEST_SHARE
            for share in drawn.values()
            for number in share.values()
        ),
    )


Line = tuple[str, int, int]
"""What is counted, on the page, and on our map."""


def main() -> None:
    """Print both counts side by side."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("page", nargs="?", type=Path, default=PAGE)
    page = published_map(options.parse_args().page)
    rows, columns = (len(lowest(d).headings) for d in (page.rows, page.columns))
    print(f"{len(page.studies):,} records; {rows} rows x {columns} columns, groups left out\n")
    print("| what | page | ours |")
    print("|---|---|---|")
    for line in compared(page):
        print(as_row(line))


def as_row(line: Line) -> str:
    """A line of the table."""
    return f"| {line[0]} | {line[1]:,} | {line[2]:,} |"


def compared(page: PublishedMap) -> list[Line]:
    """Both counts, side by side."""
    drawn = drawn_cells(page)
    rows, columns = lowest(page.rows), lowest(page.columns)
    tab = crosstab(page.studies, rows, columns)
    groups = crosstab(page.studies, page.rows, page.columns)
    ours = {(cell.row, cell.column): cell.studies for cell in tab.cells}
    roles = {study.id: roles_of(study, page.dimensions) for study in page.studies}
    apart = [counted(ids, roles) for ids in ours.values()]
    total = counted(groups.studies(), roles)
    kinds = _kinds(page, ours, roles)
    uncertain = _uncertain(page, tab)
    segments = [h.id for h in lowest(page.segments).headings]
    in_segments = sum(
        segment in page.segments.codes(study) for study in page.studies for segment in segments
    )
    return [
        ("cells that are not empty", len(drawn.cells), len(ours)),
        ("studies in cells", drawn.drawn, sum(map(len, ours.values()))),
        ("phantoms: studies in a cell without both of its codes", drawn.phantom, 0),
        ("false gaps: cells that look empty and are not", len(ours.keys() - drawn.cells), 0),
        ("studies drawn twice in one cell", drawn.twice, 0),
        ("studies by segment, added up", in_segments, total.primary + total.reviews),
        ("studies that stand somewhere", len(tab.studies()), len(groups.studies())),
        ("cells that add reviews to primary studies", sum(_has_both(each) for each in apart), 0),
        ("cells marked “ongoing only”", 0, kinds[CellKind.ONGOING_ONLY]),
        ("shares drawn larger than they are", drawn.widened, 0),
        ("studies in cells that may never have been compared", uncertain, uncertain),
    ]


def _has_both(number: Counted) -> bool:
    return bool(number.primary and number.reviews)


def _kinds(
    page: PublishedMap,
    ours: dict[tuple[str, str], frozenset[int]],
    roles: dict[int, Roles],
) -> Counter[CellKind]:
    gaps = Gaps(several=0)
    return Counter(
        cell_kind([s for s in page.studies if s.id in ids], roles, gaps) for ids in ours.values()
    )


def _uncertain(page: PublishedMap, tab: CrossTab) -> int:
    """Of studies with several rows and columns the codes do not say which were compared."""
    rows, columns = ({h.id for h in d.headings} for d in (tab.rows, tab.columns))
    several = {
        study.id
        for study in page.studies
        if len(tab.rows.codes(study) & rows) > 1 and len(tab.columns.codes(study) & columns) > 1
    }
    return sum(len(cell.studies & several) for cell in tab.cells)


if __name__ == "__main__":
    main()
