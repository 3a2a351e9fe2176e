"""The viewer crosses questions as `whole_crosstab` does: random reviews and views, every cell."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from evidence.synthesis.crosstab import crosstab
from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_cells import counted, roles_of
from evidence.synthesis.map_view import NONE_OF_THESE, MapView, Shares
from evidence.synthesis.study_counts import by_option
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab
from tests.viewer import node
from tests.viewer.random_reviews import RandomReview, random_review
from tests.viewer.view_filters import view_filters

REVIEWS = 150
SHARES = (Shares.ROW, Shares.COLUMN, Shares.ALL)


@pytest.mark.journey
def test_every_cell_total_and_base_is_as_whole_crosstab_has_it() -> None:
    reviews = [_thinned(seed) if seed % 2 == 0 else random_review(seed) for seed in range(REVIEWS)]
    answers = node.asked(
        "crosstabs_in_node.mjs",
        [(review.document, [to_address(view) for view in review.views]) for review in reviews],
    )
    compared = apart = without = 0
    for seed, (review, answer) in enumerate(zip(reviews, answers, strict=True)):
        for view, found in zip(review.views, answer, strict=True):
            tab = _crossed(review, view)
            expected = _Expected(review, tab)
            where = f"review {seed}, {to_address(view)}"
            assert found["apart"] == expected.listed(tab.apart), where
            for cell in found["cells"]:
                assert cell == expected.cell(cell["row"], cell["column"]), where
                compared += 1
                without += -1 in (cell["row"], cell["column"]) and bool(cell["studies"])
            apart += len(tab.apart)
    assert compared > 100_000  # else the examples are too poor to show anything
    assert apart > 5
    assert without > 500


def test_cells_are_those_of_the_map_and_totals_the_frequencies() -> None:
    """Two other ways to count: the map's own cells, and each question alone."""
    for seed in range(20):
        review = _thinned(seed)
        studies = review.content.studies
        for view in review.views:
            tab = _crossed(review, view)
            filters = view_filters(review, view)
            on_map = crosstab(studies, tab.rows, tab.columns, None, filters)
            for row in tab.rows.headings:
                for column in tab.columns.headings:
                    assert tab.studies(row.id, column.id) == on_map.studies(row.id, column.id)
            for dimension, is_row in ((tab.rows, True), (tab.columns, False)):
                alone = by_option(studies, dimension, filters)
                lines = [(line.id, line.studies) for line in alone.lines]
                for heading, ids in [*lines, (NONE_OF_THESE, alone.without)]:
                    place = (heading, None) if is_row else (None, heading)
                    assert tab.studies(*place) == ids
            assert tab.studies() == on_map.passing


def _thinned(seed: int) -> RandomReview:
    """A review whose findings often lack one of the two; with a view that crosses them."""
    random = Random(seed)  # noqa: S311 - examples, the same in every run
    review = random_review(seed)
    lacking: tuple[dict[str, Any], ...] = ({}, {"intervention": ""}, {"outcome": ""})
    studies = tuple(
        replace(
            study,
            findings=tuple(replace(each, **random.choice(lacking)) for each in study.findings),
        )
        for study in review.content.studies
    )
    axes = [
        d.id for d in review.content.dimensions if d.id in {"axis:intervention", "axis:outcome"}
    ]
    rows, columns = (axes * 2)[:2] if axes else ("property:direction", "question:design")
    crossing = MapView(rows=rows, columns=columns, filters=review.views[0].filters)
    return replace(
        review,
        content=replace(review.content, studies=studies),
        views=(crossing, *review.views),
    )


def _crossed(review: RandomReview, view: MapView) -> WholeCrosstab:
    content = review.content
    by_id = {dimension.id: dimension for dimension in content.dimensions}
    filters = view_filters(review, view)
    return whole_crosstab(content.studies, by_id[view.rows], by_id[view.columns], filters)


class _Expected:
    """What the viewer must say of the cells of one crosstab."""

    def __init__(self, review: RandomReview, tab: WholeCrosstab) -> None:
        studies = review.content.studies
        self.tab = tab
        self.roles = {study.id: roles_of(study, review.content.dimensions) for study in studies}
        self.positions = {study.id: at for at, study in enumerate(studies)}

    def listed(self, ids: frozenset[int]) -> list[int]:
        return sorted(self.positions[study] for study in ids)

    def cell(self, row: int | None, column: int | None) -> dict[str, Any]:
        place = (_heading(self.tab.rows, row), _heading(self.tab.columns, column))
        return {
            "row": row,
            "column": column,
            "count": self._apart(self.tab.studies(*place)),
            "studies": self.listed(self.tab.studies(*place)),
            "bases": [self._apart(self.tab.base(*place, shares)) for shares in SHARES],
        }

    def _apart(self, ids: frozenset[int]) -> dict[str, int]:
        number = counted(ids, self.roles)
        return {"primary": number.primary, "reviews": number.reviews}


def _heading(dimension: Any, position: int | None) -> str | None:
    if position is None:
        return None
    return NONE_OF_THESE if position < 0 else str(dimension.headings[position].id)
