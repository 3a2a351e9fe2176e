import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.review_overlap.covered_area import (
    CoveredArea,
    InclusionTable,
    OverlapDegree,
    covered_area,
    pair_overlaps,
    review_sizes,
)


def a_table(*reviews: set[int], studies: int = 3) -> InclusionTable:
    return InclusionTable(
        reviews=tuple(f"Review {n}" for n in range(len(reviews))),
        studies=tuple(f"Study {n}" for n in range(studies)),
        inclusions=frozenset((study, at) for at, some in enumerate(reviews) for study in some),
    )


def test_eight_inclusions_of_three_studies_in_five_reviews() -> None:
    area = covered_area(a_table({0, 1}, {0, 1}, {0}, {0, 2}, {2}))
    assert (area.inclusions, area.studies, area.reviews) == (8, 3, 5)
    assert area.share == pytest.approx(5 / 12)
    assert area.words == "41.67% (very high)"


def test_of_two_reviews_it_is_shared_studies_among_all_of_either() -> None:
    first, _, last = pair_overlaps(a_table({0, 1}, {1, 2}, set()))
    assert (first.first, first.second, first.sizes, first.shared) == (0, 1, (2, 2), 1)
    assert first.area.share == pytest.approx(1 / 3)
    assert last.area.share == 0


@pytest.mark.parametrize(
    ("inclusions", "degree"),
    [(100, OverlapDegree.SLIGHT), (105, OverlapDegree.SLIGHT), (106, OverlapDegree.MODERATE),
     (110, OverlapDegree.MODERATE), (115, OverlapDegree.HIGH), (116, OverlapDegree.VERY_HIGH),
     (200, OverlapDegree.VERY_HIGH)],
)  # fmt: skip
def test_the_words_are_those_of_pieper(inclusions: int, degree: OverlapDegree) -> None:
    assert CoveredArea(reviews=2, studies=100, inclusions=inclusions).degree is degree


@pytest.mark.parametrize("reviews", [(), ({0, 1},), (set(), set())])
def test_without_two_reviews_and_a_study_there_is_no_overlap(reviews: tuple[set[int], ...]) -> None:
    area = covered_area(a_table(*reviews))
    assert (area.share, area.degree, area.words) == (None, None, "not defined")


@given(st.lists(st.sets(st.integers(0, 9)), min_size=2, max_size=6))
def test_overlap_is_between_none_and_all(reviews: list[set[int]]) -> None:
    table = a_table(*reviews, studies=10)
    assert review_sizes(table) == [len(review) for review in reviews]
    share = covered_area(table).share
    assert share is None or 0 <= share <= 1
    for pair in pair_overlaps(table):
        both, either = reviews[pair.first] & reviews[pair.second], set[int]()
        either |= reviews[pair.first] | reviews[pair.second]
        expected = len(both) / len(either) if either else None
        assert pair.area.share == (None if expected is None else pytest.approx(expected))
