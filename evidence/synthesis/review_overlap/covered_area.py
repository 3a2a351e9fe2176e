"""How far reviews include the same primary studies: the corrected covered area.

Pieper and others 2014, doi:10.1016/j.jclinepi.2013.11.007: with N inclusions of r primary studies
in c reviews it is (N - r) / (rc - r), so that each study counts once without being overlap.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from evidence.synthesis.overlap import overlap

_LEAST = 2  # reviews that can overlap


class OverlapDegree(StrEnum):
    """How large an overlap is called (Pieper and others 2014)."""

    SLIGHT = "slight"
    MODERATE = "moderate"
    HIGH = "high"
    VERY_HIGH = "very high"


UP_TO: Mapping[OverlapDegree, float] = {
    OverlapDegree.SLIGHT: 0.05,
    OverlapDegree.MODERATE: 0.10,
    OverlapDegree.HIGH: 0.15,
    OverlapDegree.VERY_HIGH: 1.0,
}
"""The largest corrected covered area of each degree. The source has whole numbers in percent (0 to
5, 6 to 10, 11 to 15, above 15); what lies between two of them has the larger degree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredArea:
    """Some reviews and the studies that they include.

    Attributes:
        studies: primary studies that at least one of the reviews includes, each counted once.
        inclusions: of a study in a review.
    """

    reviews: int
    studies: int
    inclusions: int

    @property
    def share(self) -> float | None:
        """The corrected covered area, 0 to 1; None for fewer than two reviews or without a study,
        where there can be no overlap.
        """
        if self.reviews < _LEAST or not self.studies:
            return None
        possible = self.studies * self.reviews - self.studies
        return (self.inclusions - self.studies) / possible

    @property
    def degree(self) -> OverlapDegree | None:
        """How large it is called."""
        share = self.share
        if share is None:
            return None
        return next(degree for degree, most in UP_TO.items() if share <= most)

    @property
    def words(self) -> str:
        """It with its degree, as in "41.67% (very high)"."""
        if self.share is None:
            return "not defined"
        return f"{self.share:.2%} ({self.degree})"


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionTable:
    """Which review includes which primary study.

    Attributes:
        reviews: their names.
        studies: their names.
        inclusions: pairs of positions, of a study and of a review.
    """

    reviews: tuple[str, ...]
    studies: tuple[str, ...]
    inclusions: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOverlap:
    """Two reviews.

    Attributes:
        first: position of one review, the smaller one.
        second: position of the other.
        sizes: how many studies each includes.
        shared: how many both include.
        area: of the two; its share is that of shared studies among all of either.
    """

    first: int
    second: int
    sizes: tuple[int, int]
    shared: int
    area: CoveredArea


def covered_area(table: InclusionTable) -> CoveredArea:
    """The corrected covered area of all reviews; studies that no review includes do not count."""
    return CoveredArea(
        reviews=len(table.reviews),
        studies=len({study for study, _ in table.inclusions}),
        inclusions=len(table.inclusions),
    )


def review_sizes(table: InclusionTable) -> list[int]:
    """How many studies each review includes."""
    counts = overlap(table.inclusions)
    return [counts.shared_by(at, at) for at in range(len(table.reviews))]


def pair_overlaps(table: InclusionTable) -> tuple[PairOverlap, ...]:
    """Each two of the reviews, in their order."""
    counts = overlap(table.inclusions)
    sizes = review_sizes(table)
    pairs = []
    for first, second in combinations(range(len(table.reviews)), 2):
        shared = counts.shared_by(first, second)
        both = sizes[first] + sizes[second]
        area = CoveredArea(reviews=2, studies=both - shared, inclusions=both)
        pairs.append(
            PairOverlap(
                first=first,
                second=second,
                sizes=(sizes[first], sizes[second]),
                shared=shared,
                area=area,
            )
        )
    return tuple(pairs)
