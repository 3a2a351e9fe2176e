"""How many studies there are of each kind and of each year: the frequencies of a question.

A heading has the studies that carry its code, or one below it, each once, however many of their
findings do. Under filters only studies that pass are counted, and of codes of findings only those
of findings that pass. A study with two codes stands in two lines, so shares can add up to more than
100 %. The viewer of maps counts the same (evidence/viewer/pages/frequencies.js).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.findings import Reporting
from evidence.synthesis.crosstab import NO_FILTERS
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_filters import Filters
from evidence.synthesis.studies import CodedStudy

ALL = "All studies"
NOT_CODED = "Not coded"


def studies_in_words(number: int) -> str:
    """`1 study`, `1,200 studies`."""
    return f"{number:,} {'study' if number == 1 else 'studies'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of a table of counts.

    Attributes:
        id: of an option, or the year.
        depth: of an option in a tree, from 0.
    """

    id: str
    label: str
    studies: frozenset[int]
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Studies by one thing. A study with several codes is in several lines, but once in the total.

    Attributes:
        lines: empty ones included.
        without: studies that are in no line: they have none of these codes, or no year.
        total: all studies, under filters all that pass.
    """

    title: str
    lines: tuple[Count, ...]
    without: frozenset[int]
    total: int


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


def by_option(
    studies: Sequence[CodedStudy], dimension: Dimension, filters: Filters = NO_FILTERS
) -> Counts:
    """Count studies by the options of a question, an axis or a property of findings."""
    passing = _passing(studies, filters)
    carriers = _carriers(passing, dimension, filters)
    lines = tuple(
        Count(
            id=heading.id,
            label=heading.label,
            studies=frozenset().union(*(carriers[code] for code in heading.covers)),
            depth=heading.depth,
        )
        for heading in dimension.headings
    )
    return _counts(dimension.title, lines, passing)


def by_year(studies: Sequence[CodedStudy], filters: Filters = NO_FILTERS) -> Counts:
    """Count studies by year, from the first to the last; years without a study are kept."""
    passing = _passing(studies, filters)
    carriers: defaultdict[int, set[int]] = defaultdict(set)
    for study in passing:
        if study.year is not None:
            carriers[study.year].add(study.id)
    years = range(min(carriers), max(carriers) + 1) if carriers else ()
    lines = tuple(
        Count(id=str(year), label=str(year), studies=frozenset(carriers[year])) for year in years
    )
    return _counts("Year", lines, passing)


def study_years(
    studies: Sequence[CodedStudy], dimension: Dimension | None = None
) -> tuple[StudyYears, ...]:
    """The years of all studies, then of each heading that has a study, then of those without one.

    A study with two codes counts in both headings.
    """
    by_id = {study.id: study.year for study in studies}
    found = [_study_years(ALL, by_id.values())]
    if dimension is not None:
        counts = by_option(studies, dimension)
        parts = [(line.label, line.studies) for line in counts.lines] + [
            (NOT_CODED, counts.without)
        ]
        found += [
            _study_years(label, (by_id[study] for study in ids)) for label, ids in parts if ids
        ]
    return tuple(found)


def years_of(counts: Counts) -> StudyYears:
    """The years of all studies, from counts by year; years without a study are left out."""
    numbers = {int(line.id): len(line.studies) for line in counts.lines if line.studies}
    return StudyYears(label=ALL, numbers=numbers, without=len(counts.without))


def outcome_reporting(
    studies: Sequence[CodedStudy], outcomes: Dimension
) -> dict[tuple[int, str], Reporting]:
    """How far each study gives the results of each outcome that it measured.

    Where some findings of an outcome are reported and others are not, it is reported partly.

    Returns:
        By the id of the study and of the outcome; without an entry nobody coded that it was
        measured.
    """
    known = {heading.id for heading in outcomes.headings}
    told: defaultdict[tuple[int, str], set[Reporting]] = defaultdict(set)
    for study in studies:
        for finding in study.findings:
            if finding.outcome in known:
                told[study.id, finding.outcome].add(finding.reporting)
    return {
        pair: next(iter(how)) if len(how) == 1 else Reporting.PARTLY for pair, how in told.items()
    }


def _passing(studies: Sequence[CodedStudy], filters: Filters) -> tuple[CodedStudy, ...]:
    return tuple(study for study in studies if filters.passes(study))


def _carriers(
    studies: Sequence[CodedStudy], dimension: Dimension, filters: Filters
) -> defaultdict[str, set[int]]:
    carriers: defaultdict[str, set[int]] = defaultdict(set)
    for study in studies:
        findings = (f for f in study.findings if filters.passes_as_finding(study, f))
        for finding in (None, *findings):
            for code in dimension.codes(study, finding):
                carriers[code].add(study.id)
    return carriers


def _counts(title: str, lines: tuple[Count, ...], studies: Sequence[CodedStudy]) -> Counts:
    everyone = frozenset(study.id for study in studies)
    counted = frozenset[int]().union(*(line.studies for line in lines))
    return Counts(title=title, lines=lines, without=everyone - counted, total=len(everyone))


def _study_years(label: str, years: Iterable[int | None]) -> StudyYears:
    known, without = [], 0
    for year in years:
        if year is None:
            without += 1
        else:
            known.append(year)
    return StudyYears(label=label, numbers=dict(sorted(Counter(known).items())), without=without)
