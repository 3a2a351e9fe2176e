"""The years of studies, of all and by the headings of a question: from when to when, how many."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import by_option

ALL = "All studies"
NOT_CODED = "Not coded"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyYears:
    """The years of some studies.

    Attributes:
        label: which studies.
        numbers: how many studies there are of each year that has one.
        without: studies that have no year.
    """

    label: str
    numbers: Mapping[int, int]
    without: int

    @property
    def studies(self) -> int:
        """How many there are, with a year and without."""
        return sum(self.numbers.values()) + self.without

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last year; None where no study has a year."""
        return (min(self.numbers), max(self.numbers)) if self.numbers else None


def study_years(
    studies: Sequence[CodedStudy], dimension: Dimension | None = None
) -> tuple[StudyYears, ...]:
    """The years of all studies, then of each heading that has a study, then of those without one.

    A study with two codes counts in both headings.
    """
    by_id = {study.id: study.year for study in studies}
    found = [_years(ALL, by_id.values())]
    if dimension is not None:
        counts = by_option(studies, dimension)
        parts = [(line.label, line.studies) for line in counts.lines] + [
            (NOT_CODED, counts.without)
        ]
        found += [_years(label, (by_id[study] for study in ids)) for label, ids in parts if ids]
    return tuple(found)


def _years(label: str, years: Iterable[int | None]) -> StudyYears:
    known, without = [], 0
    for year in years:
        if year is None:
            without += 1
        else:
            known.append(year)
    return StudyYears(label=label, numbers=dict(sorted(Counter(known).items())), without=without)
