"""The viewer counts frequencies as `study_counts` does: random reviews and views, every line."""

from typing import Any

import pytest

from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_cells import counted, roles_of
from evidence.synthesis.map_view import YEAR, MapView
from evidence.synthesis.study_counts import Counts, by_option, by_year
from tests.viewer import node
from tests.viewer.random_reviews import RandomReview, random_review
from tests.viewer.view_filters import view_filters

REVIEWS = 150


@pytest.mark.journey
def test_every_line_of_every_question_is_as_study_counts_has_it() -> None:
    reviews = [random_review(seed) for seed in range(REVIEWS)]
    answers = node.asked(
        "frequencies_in_node.mjs",
        [(review.document, [to_address(view) for view in review.views]) for review in reviews],
    )
    compared = with_reviews = 0
    for seed, (review, answer) in enumerate(zip(reviews, answers, strict=True)):
        for view, found in zip(review.views, answer, strict=True):
            expected = _expected(review, view)
            assert found.keys() == expected.keys()
            for question, counts in expected.items():
                got = found[question]
                shown = got.pop("shown")
                assert got == counts, f"review {seed}, {question}, {to_address(view)}"
                _check_shown(shown, counts, hides_empty=view.hide_empty)
                compared += len(counts["counts"])
                with_reviews += counts["all"]["reviews"] > 0
    assert compared > 30_000  # else the examples are too poor to show anything
    assert with_reviews > 500


def _expected(review: RandomReview, view: MapView) -> dict[str, Any]:
    content = review.content
    roles = {study.id: roles_of(study, content.dimensions) for study in content.studies}
    positions = {study.id: position for position, study in enumerate(content.studies)}
    filters = view_filters(review, view)
    passing = frozenset(study.id for study in content.studies if filters.passes(study))

    def apart(studies: frozenset[int]) -> dict[str, int]:
        number = counted(studies, roles)
        return {"primary": number.primary, "reviews": number.reviews}

    def listed(studies: frozenset[int]) -> list[int]:
        return sorted(positions[study] for study in studies)

    def told(counts: Counts) -> dict[str, Any]:
        assert counts.total == len(passing)
        return {
            "none": apart(counts.without),
            "all": apart(passing),
            "coded": apart(passing - counts.without),
            "counts": [[line.id, apart(line.studies)] for line in counts.lines],
            "studies": {line.id: listed(line.studies) for line in counts.lines},
            "none_studies": listed(counts.without),
            "all_studies": listed(passing),
        }

    years = told(by_year(content.studies, filters))
    if view.hide_empty:
        years["counts"] = [line for line in years["counts"] if any(line[1].values())]
        years["studies"] = {year: ids for year, ids in years["studies"].items() if ids}
    return {YEAR: years} | {
        dimension.id: told(by_option(content.studies, dimension, filters))
        for dimension in content.dimensions
    }


def _check_shown(shown: list[Any], expected: dict[str, Any], *, hides_empty: bool) -> None:
    """Lines are in the scheme's order, none twice, and none with studies is left out.

    Only a heading over all others can be, on which alone there is no study.
    """
    order = [heading for heading, _ in expected["counts"]]
    ids = [heading for heading, _, _ in shown]
    counts = dict(expected["counts"])
    assert ids == [heading for heading in order if heading in set(ids)]
    assert all(count == counts[heading] for heading, _, count in shown)
    if hides_empty:
        assert all(any(count.values()) for _, _, count in shown)
    in_lines = {study for heading in ids for study in expected["studies"][heading]}
    coded = set(expected["all_studies"]) - set(expected["none_studies"])
    assert in_lines == coded
