"""The viewer counts services beside studies as `practice_table` does: random views, every cell."""

from collections import Counter
from typing import Any

import pytest

from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_view import MapView, Page
from evidence.synthesis.practice.practice_table import PracticeCell, PracticeTable, practice_table
from tests.viewer import node
from tests.viewer.random_reviews import RandomReview, random_review
from tests.viewer.view_filters import view_filters

REVIEWS = 150


@pytest.mark.journey
def test_every_cell_is_as_practice_table_has_it() -> None:
    reviews = [(seed, random_review(seed)) for seed in range(REVIEWS)]
    asked = [
        (seed, review, views)
        for seed, review in reviews
        if review.content.practice and (views := _of_services(review))
    ]
    answers = node.asked(
        "practice_in_node.mjs",
        [(review.document, [to_address(view) for view in views]) for _, review, views in asked],
    )
    compared: Counter[str] = Counter()
    for (seed, review, views), answer in zip(asked, answers, strict=True):
        for view, found in zip(views, answer, strict=True):
            table = _table(review, view)
            where = f"review {seed}, {to_address(view)}"
            assert found["rows"] == [list(place) for place in table.rows], where
            assert found["columns"] == [list(place) for place in table.columns], where
            assert found["passing"] == len(table.passing), where
            cells = iter(found["cells"])
            for row in table.rows:
                for column in table.columns:
                    cell = table.cells[row, column]
                    assert next(cells) == _as_json(review, row, column, cell), where
                    compared[cell.situation or "nothing said"] += 1
                    compared["overlap"] += bool(cell.overlap)
                    compared["provision"] += bool(cell.provision)
    assert min(compared.values()) > 15, compared  # else the examples are too poor to show anything


def _of_services(review: RandomReview) -> list[MapView]:
    return [view for view in review.views if view.page is Page.PRACTICE]


def _table(review: RandomReview, view: MapView) -> PracticeTable:
    content = review.content
    assert content.practice is not None
    filters = view_filters(review, view)
    return practice_table(
        content.studies, content.dimensions, content.practice, view.practice, filters
    )


def _as_json(review: RandomReview, row: Any, column: Any, cell: PracticeCell) -> dict[str, Any]:
    positions = {study.id: at for at, study in enumerate(review.content.studies)}
    studies = cell.studies
    return {
        "row": list(row),
        "column": list(column),
        "studies": None if studies is None else sorted(positions[each] for each in studies),
        "services": None if cell.services is None else sorted(cell.services),
        "situation": cell.situation and str(cell.situation),
        "overlap": cell.overlap,
        "provision": {"verdict": cell.provision, "why": "", "ratings": []}
        if cell.provision
        else None,
    }
