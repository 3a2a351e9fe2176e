"""How many studies there are of each kind and of each year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy


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
        without: studies that are in no line.
        total: all studies.
    """

    title: str
    lines: tuple[Count, ...]
    without: frozenset[int]
    total: int


def by_option(studies: Sequence[CodedStudy], dimension: Dimension) -> Counts:
    """Count studies by the options of a question, an axis or a property of findings."""
    carriers = _carriers(studies, dimension)
    lines = tuple(
        Count(
            id=heading.id,
            label=heading.label,
            studies=frozenset().union(*(carriers[code] for code in heading.covers)),
            depth=heading.depth,
        )
        for heading in dimension.headings
    )
    return _counts(dimension.title, lines, studies)


def by_year(studies: Sequence[CodedStudy]) -> Counts:
    """Count studies by year, from the first to the last; years without a study are kept."""
    carriers: defaultdict[int, set[int]] = defaultdict(set)
    for study in studies:
        if study.year is not None:
            carriers[study.year].add(study.id)
    years = range(min(carriers), max(carriers) + 1) if carriers else ()
    lines = tuple(
        Count(id=str(year), label=str(year), studies=frozenset(carriers[year])) for year in years
    )
    return _counts("Year", lines, studies)


def _carriers(studies: Sequence[CodedStudy], dimension: Dimension) -> defaultdict[str, set[int]]:
    carriers: defaultdict[str, set[int]] = defaultdict(set)
    for study in studies:
        for finding in (None, *study.findings):
            for code in dimension.codes(study, finding):
                carriers[code].add(study.id)
    return carriers


def _counts(title: str, lines: tuple[Count, ...], studies: Sequence[CodedStudy]) -> Counts:
    everyone = frozenset(study.id for study in studies)
    counted = frozenset[int]().union(*(line.studies for line in lines))
    return Counts(title=title, lines=lines, without=everyone - counted, total=len(everyone))
