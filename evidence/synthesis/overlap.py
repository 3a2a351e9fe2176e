"""Which source found what alone, and what several found: for reporting searches."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one source gave.

    Attributes:
        works: publications, after duplicates are settled.
        alone: those that no other source found.
    """

    source: int
    works: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Sources against each other.

    Attributes:
        shares: in the order in which the sources were first met.
        shared: works that two sources both found, by their ids, the smaller first; a source with
            itself gives all of its works.
    """

    shares: tuple[Share, ...]
    shared: Mapping[tuple[int, int], int]

    def shared_by(self, source: int, other_source: int) -> int:
        """Works that both sources found."""
        return self.shared.get((min(source, other_source), max(source, other_source)), 0)


def overlap(pairs: Iterable[tuple[int, int]]) -> Overlap:
    """Count from pairs of (work, source); a pair that comes twice counts once."""
    sources: dict[int, set[int]] = defaultdict(set)
    order: dict[int, None] = {}
    for work, source in pairs:
        sources[work].add(source)
        order[source] = None
    alone = Counter(next(iter(names)) for names in sources.values() if len(names) == 1)
    shared: Counter[tuple[int, int]] = Counter()
    for names in sources.values():
        shared.update(combinations_with_replacement(sorted(names), 2))
    shares = (Share(source=s, works=shared[s, s], alone=alone[s]) for s in order)
    return Overlap(shares=tuple(shares), shared=shared)
