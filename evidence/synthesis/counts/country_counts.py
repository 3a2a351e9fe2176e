"""Studies by country, from the codes of any question that names countries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.synthesis.counts.country_names import country_codes
from evidence.synthesis.study_counts import Count, Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCounts:
    """Studies by country; one of several countries counts in each.

    Attributes:
        title: of the question.
        countries: the studies of each country that has one, by its code of three small letters.
        regions: each region with the studies that name it and no country below it.
        others: each code that names neither, with its studies.
        without: studies without any code of the question.
        total: all studies.
    """

    title: str
    countries: Mapping[str, frozenset[int]]
    regions: tuple[tuple[str, frozenset[int]], ...]
    others: tuple[tuple[str, frozenset[int]], ...]
    without: frozenset[int]
    total: int

    @property
    def painted(self) -> frozenset[int]:
        """The studies that name a country."""
        return frozenset[int]().union(*self.countries.values())


def country_counts(counts: Counts) -> CountryCounts:
    """Sort what was counted by code into countries, regions and what is neither."""
    countries: defaultdict[str, set[int]] = defaultdict(set)
    regions: list[tuple[str, frozenset[int]]] = []
    others: list[tuple[str, frozenset[int]]] = []
    codes = country_codes({line.id: line.label for line in counts.lines})
    for line, below in _with_below(counts.lines):
        code = codes[line.id]
        if code:
            countries[code] |= line.studies
            continue
        alone = line.studies.difference(*(each.studies for each in below))
        if alone:
            (others if code is None else regions).append((line.label, alone))
    return CountryCounts(
        title=counts.title,
        countries={code: frozenset(ids) for code, ids in countries.items() if ids},
        regions=tuple(regions),
        others=tuple(others),
        without=counts.without,
        total=counts.total,
    )


def _with_below(lines: Sequence[Count]) -> Iterator[tuple[Count, list[Count]]]:
    """Each line with those that stand below it in the tree."""
    for at, line in enumerate(lines):
        end = at + 1
        while end < len(lines) and lines[end].depth > line.depth:
            end += 1
        yield line, list(lines[at + 1 : end])
