"""A published map of 800 studies, counted in Python and in the viewer; EPPI-Mapper is held beside.

The page is third-party material and stays outside of the repository.
"""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from benchmarks.mapper_page import (
    PAGE,
    PublishedMap,
    as_row,
    compared,
    drawn_cells,
    lowest,
    published_map,
)
from evidence.synthesis.crosstab import crosstab
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_cells import counted, roles_of
from evidence.synthesis.map_document import Json, MapContent, map_document
from evidence.synthesis.map_filters import filters_of
from evidence.synthesis.map_view import FilterMode, MapFilter, MapView
from tests.conftest import ROOT
from tests.viewer import node

STUDY_CELLS, PLACED, STUDIES = 5_468, 799, 800
UNPLACED = {"study": 568, "reason": "no code on “Intervention”"}

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the page is not in ../shared")


@pytest.fixture(scope="module")
def page() -> PublishedMap:
    return published_map(PAGE)


def content(page: PublishedMap, *axes: Dimension) -> MapContent:
    others = tuple(d for d in page.dimensions if d.id not in {axis.id for axis in axes})
    rows, columns = axes
    return MapContent(
        title="Published",
        studies=page.studies,
        dimensions=(rows, columns, *others),
        view=MapView(rows=rows.id, columns=columns.id),
    )


def test_crosstab_has_the_numbers_of_the_page(page: PublishedMap) -> None:
    tab = crosstab(page.studies, lowest(page.rows), lowest(page.columns))
    assert (len(tab.rows.headings), len(tab.columns.headings)) == (43, 24)
    assert sum(len(cell.studies) for cell in tab.cells) == STUDY_CELLS
    assert len(tab.studies()) == PLACED
    assert [(each.study - 1, each.reason) for each in tab.unplaced] == [tuple(UNPLACED.values())]
    assert len(crosstab(page.studies, page.rows, page.columns).studies()) == STUDIES
    assert tab.coded_together is False  # no axes: a page does not say what is an intervention


def test_the_page_draws_one_study_twice(page: PublishedMap) -> None:
    drawn = drawn_cells(page)
    tab = crosstab(page.studies, lowest(page.rows), lowest(page.columns))
    assert (drawn.drawn, drawn.twice) == (STUDY_CELLS + 1, 1)
    assert (drawn.phantom, drawn.invisible) == (0, 0)
    assert drawn.cells == {(cell.row, cell.column) for cell in tab.cells}


def test_the_viewer_has_the_numbers_of_the_page(page: PublishedMap) -> None:
    flat = content(page, lowest(page.rows), lowest(page.columns))
    tree = content(page, page.rows, page.columns)
    (of_flat,), (of_tree,) = node.asked(
        "counted_in_node.mjs",
        [(map_document(each), [to_address(each.view)]) for each in (flat, tree)],
    )
    assert of_flat["unplaced"] == [UNPLACED]
    assert of_tree["unplaced"] == []
    assert _number(of_flat["cells"]["[null,null]"]) == PLACED
    assert _number(of_tree["cells"]["[null,null]"]) == STUDIES
    rows, columns = (_positions(d) for d in (page.rows, page.columns))
    below = [of_tree["cells"][f"[{i},{j}]"] for i, j in product(rows, columns)]
    assert sum(map(_number, below)) == STUDY_CELLS
    assert len({study for cell in below for study in cell["studies"]}) == PLACED
    cells = [c for key, c in of_flat["cells"].items() if "null" not in key]
    assert sum(map(_number, cells)) == STUDY_CELLS
    # The heading over all others is not among the rows that are shown; its nine groups are.
    assert (len(of_tree["rows"]), len(of_tree["columns"])) == (9, 7)


def test_every_cell_under_filters_and_with_segments(page: PublishedMap) -> None:
    whole = content(page, page.rows, page.columns)
    ids = {d.title: d for d in page.dimensions}
    country, design = ids["Country"], ids["Study design"]
    views = [
        replace(whole.view, segment=page.segments.id),
        replace(
            whole.view,
            segment=page.segments.id,
            years=(2000, 2015),
            filters=(
                MapFilter(dimension=country.id, codes=_labelled(country, "United Kingdom (UK)")),
                MapFilter(
                    dimension=design.id,
                    mode=FilterMode.NONE,
                    codes=_labelled(design, "Systematic reviews"),
                ),
            ),
        ),
        MapView(rows=country.id, columns=design.id, segment=page.segments.id),
    ]
    document: Json = map_document(whole)
    (answers,) = node.asked(
        "counted_in_node.mjs", [(document, [to_address(view) for view in views])]
    )
    for view, counts in zip(views, answers, strict=True):
        assert _different(page, whole, view, counts["cells"]) == []
    totals = [counts["cells"]["[null,null]"] for counts in answers]
    assert [totals[0]["primary"], totals[0]["reviews"]] == [701, 99]
    assert 0 < _number(totals[1]) < PLACED


def _different(
    page: PublishedMap, whole: MapContent, view: MapView, cells: dict[str, Any]
) -> list[str]:
    """The cells in which the viewer and `crosstab` differ."""
    by_id = {dimension.id: dimension for dimension in whole.dimensions}
    rows, columns = by_id[view.rows], by_id[view.columns]
    segments = page.segments.segments()
    at = {heading.id: i for i, heading in enumerate(page.segments.headings)}
    tab = crosstab(page.studies, rows, columns, segments, filters_of(view, whole.dimensions))
    roles = {study.id: roles_of(study, whole.dimensions) for study in page.studies}
    different = []
    for key, cell in cells.items():
        i, j = (None if n == "null" else int(n) for n in re.findall(r"null|\d+", key))
        where = (
            None if i is None else rows.headings[i].id,
            None if j is None else columns.headings[j].id,
        )
        number = counted(tab.studies(*where), roles)
        divided = [
            {"position": at[h.id], "primary": share.primary, "reviews": share.reviews}
            for h in segments.headings
            if (share := counted(tab.studies(*where, h.id), roles)).primary or share.reviews
        ]
        shown = [each for each in cell["segments"] if each["position"] >= 0]
        if (number.primary, number.reviews) != (cell["primary"], cell["reviews"]):
            different.append(key)
        if divided != shown:
            different.append(f"{key} by segments")
    return different


def _labelled(dimension: Dimension, label: str) -> tuple[str, ...]:
    return tuple(heading.id for heading in dimension.headings if heading.label == label)


def _positions(dimension: Dimension) -> list[int]:
    return [i for i, heading in enumerate(dimension.headings) if len(heading.covers) == 1]


def _number(cell: dict[str, Any]) -> int:
    number: int = cell["primary"] + cell["reviews"]
    return number


def test_the_table_of_the_guide_is_that_of_the_script(page: PublishedMap) -> None:
    guide = (ROOT / "docs/guide/evidence_map.md").read_text(encoding="utf-8")
    assert [line for line in compared(page) if as_row(line) not in guide] == []
