"""What a cell of a map says beside its numbers: which kind of gap it is, or that there is evidence.

Reviews and primary studies are counted apart and never added in what is shown: a review may hold
the primary studies beside it. A gap is judged by all studies, whatever the filters; it holds for
the searches of the review only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag, StrEnum

from evidence.coding.scheme import Of, OptionRole
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy


class Roles(IntFlag):
    """What the codes of a study say of it; a study without REVIEW is a primary study."""

    NONE = 0
    REVIEW = 1
    ONGOING = 2
    LOW_WEIGHT = 4
    HIGH_QUALITY = 8
    SOME_CONCERNS = 16
    LOW_QUALITY = 32
    NO_INFORMATION = 64


ROLES = {
    OptionRole.REVIEW: Roles.REVIEW,
    OptionRole.ONGOING: Roles.ONGOING,
    OptionRole.LOW_WEIGHT: Roles.LOW_WEIGHT,
    OptionRole.HIGH_QUALITY: Roles.HIGH_QUALITY,
    OptionRole.SOME_CONCERNS: Roles.SOME_CONCERNS,
    OptionRole.LOW_QUALITY: Roles.LOW_QUALITY,
    OptionRole.NO_INFORMATION: Roles.NO_INFORMATION,
}


class CellKind(StrEnum):
    """What a cell is, the first that holds."""

    NOT_APPLICABLE = "not applicable"
    NO_STUDY = "no study"
    ONGOING_ONLY = "ongoing only"
    LOW_WEIGHT_ONLY = "low weight only"
    FEW = "few"
    SYNTHESIS_GAP = "synthesis gap"
    EVIDENCE = "evidence"


ABSOLUTE_GAPS = frozenset({CellKind.NO_STUDY, CellKind.FEW})
"""No or few studies and reviews."""

Marked = tuple[str, str, str, str]
"""A cell by hand: dimension and heading, dimension and heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The numbers that the protocol sets for gaps.

    Attributes:
        few: up to so many primary studies and reviews are few; 0: no cell is called so.
        several: from so many primary studies on a review is missed; 0: it never is.
        recent_since: the year from which a review is recent; None: whatever its year.
        not_applicable: the cells in which no study can be, with all that lies below them.
    """

    few: int = 0
    several: int = 5
    recent_since: int | None = None
    not_applicable: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many primary studies, and how many reviews; they may hold the same evidence."""

    primary: int = 0
    reviews: int = 0


def roles_of(study: CodedStudy, dimensions: Sequence[Dimension]) -> Roles:
    """What the study-level codes of a study say of it; a code says what those above it say, too.

    Judgements from which an overall one follows are left aside: it speaks for them.
    """
    roles = Roles.NONE
    for dimension in dimensions:
        if dimension.of is Of.STUDY and not dimension.in_overall:
            ticked = dimension.codes(study)
            for heading in dimension.headings:
                if heading.role in ROLES and heading.covers & ticked:
                    roles |= ROLES[heading.role]
    return roles


def tells_reviews(dimensions: Sequence[Dimension]) -> bool:
    """Whether any code of studies means that one is a review.

    Without, nobody can know which studies are: all count as primary studies, and that a review is
    missing cannot be said.
    """
    return any(
        heading.role is OptionRole.REVIEW
        for dimension in dimensions
        if dimension.of is Of.STUDY
        for heading in dimension.headings
    )


def counted(studies: Collection[int], roles: Mapping[int, Roles]) -> Counted:
    """Primary studies and reviews among these."""
    reviews = sum(Roles.REVIEW in roles[study] for study in studies)
    return Counted(primary=len(studies) - reviews, reviews=reviews)


def is_marked(gaps: Gaps, row: tuple[Dimension, str], column: tuple[Dimension, str]) -> bool:
    """Whether a cell, or one that it lies in, is not applicable; either way round."""
    for first, above, second, beside in gaps.not_applicable:
        pairs = ((first, above), (second, beside))
        if any(_within(row, one) and _within(column, other) for one, other in (pairs, pairs[::-1])):
            return True
    return False


def _within(place: tuple[Dimension, str], marked: tuple[str, str]) -> bool:
    dimension, heading_id = place
    return dimension.id == marked[0] and any(
        heading.id == marked[1] and heading_id in heading.covers for heading in dimension.headings
    )


def cell_kind(
    studies: Sequence[CodedStudy],
    roles: Mapping[int, Roles],
    gaps: Gaps,
    *,
    marked: bool = False,
) -> CellKind:
    """What a cell is.

    Args:
        studies: of the cell, whatever the filters.
        roles: by study.
        gaps: the numbers of the protocol.
        marked: whether the cell is not applicable by hand.
    """
    done = [study for study in studies if Roles.ONGOING not in roles[study.id]]
    number = counted([study.id for study in studies], roles)
    has_good_review = any(_is_good_and_recent(study, roles[study.id], gaps) for study in done)
    kinds = {
        CellKind.NOT_APPLICABLE: marked,
        CellKind.NO_STUDY: not studies,
        CellKind.ONGOING_ONLY: not done,
        CellKind.LOW_WEIGHT_ONLY: all(Roles.LOW_WEIGHT in roles[study.id] for study in done),
        CellKind.FEW: number.primary + number.reviews <= gaps.few,
        CellKind.SYNTHESIS_GAP: 0 < gaps.several <= number.primary and not has_good_review,
        CellKind.EVIDENCE: True,
    }
    return next(kind for kind, holds in kinds.items() if holds)


def _is_good_and_recent(study: CodedStudy, roles: Roles, gaps: Gaps) -> bool:
    """Whether it is a review of high quality from the recent years; an ongoing one is none yet."""
    if Roles.REVIEW | Roles.HIGH_QUALITY not in roles:
        return False
    return gaps.recent_since is None or (study.year is not None and study.year >= gaps.recent_since)
