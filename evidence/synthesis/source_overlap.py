"""Which source found what alone, and what several found: for reporting searches.

A record is an entry of a source; a work is one publication, after duplicates are settled.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.synthesis.overlap import Overlap, overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedSource:
    """A source with the records it gave."""

    id: int
    name: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWorks:
    """What one source gave.

    Attributes:
        works: publications that it found, alone or with others.
        alone: those that no other source found.
    """

    source: SearchedSource
    works: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTogether:
    """Works that these sources found and no others.

    Attributes:
        sources: their ids, one or several.
    """

    sources: frozenset[int]
    works: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOverlap:
    """The sources of a review against each other.

    Attributes:
        sources: in the order in which they were given, those without works included.
        combinations: each work in one of them; the largest first, of equal ones that of fewer
            sources.
        pairs: each two sources, by their ids.
        works: how many there are in all.
    """

    sources: tuple[SourceWorks, ...]
    combinations: tuple[FoundTogether, ...]
    pairs: Overlap
    works: int

    @property
    def alone(self) -> int:
        """Works that one source found and no other."""
        return sum(each.alone for each in self.sources)


def source_overlap(
    sources: Iterable[SearchedSource], found: Iterable[tuple[int, int]]
) -> SourceOverlap:
    """Count works by the sources that found them.

    Args:
        sources: all of the review.
        found: pairs of work and source, by their ids; a pair that comes twice counts once.
    """
    found_by: defaultdict[int, set[int]] = defaultdict(set)
    for work, source in found:
        found_by[work].add(source)
    pairs = overlap((work, source) for work, ids in found_by.items() for source in ids)
    together = Counter(frozenset(ids) for ids in found_by.values())
    combinations = (FoundTogether(sources=ids, works=works) for ids, works in together.items())
    return SourceOverlap(
        sources=tuple(
            SourceWorks(
                source=source,
                works=pairs.shared_by(source.id, source.id),
                alone=together[frozenset({source.id})],
            )
            for source in sources
        ),
        combinations=tuple(
            sorted(
                combinations,
                key=lambda each: (-each.works, len(each.sources), sorted(each.sources)),
            )
        ),
        pairs=pairs,
        works=len(found_by),
    )
