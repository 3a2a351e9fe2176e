"""Searches in waves: those of the map, then those that brought it up to date, and what each gave.

PRISMA-S asks for the searches that were run again and for those that gave nothing, too
(doi:10.1186/s13643-020-01542-z, items 12 and 15).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveSearch:
    """A search, as far as waves ask for it.

    Attributes:
        searched: the day, `2026-11-22` or `2026-11` or `2026`; empty where nobody said it.
        update_of: the earlier search that it brings up to date.
        chosen: the wave that somebody said it belongs to; None where it follows.
        is_imported: whether a file of it was imported.
    """

    id: int
    name: str
    searched: str = ""
    update_of: int | None = None
    chosen: int | None = None
    is_imported: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWave:
    """One wave of searching with what it gave.

    Attributes:
        number: 1 for the first searches.
        searches: their ids, in the order they were made.
        first_day, last_day: on which it was searched; empty where no day is known.
        records: entries of all files.
        new_works: works that no earlier wave found.
        known_works: works that an earlier wave had found.
        new_included: of the new works, those included at full text.
        new_studies: studies of which no report was found earlier.
        without_records: searches that gave none, by name.
    """

    number: int
    searches: tuple[int, ...]
    first_day: str = ""
    last_day: str = ""
    records: int = 0
    new_works: int = 0
    known_works: int = 0
    new_included: int = 0
    new_studies: int = 0
    without_records: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people read it."""
        return "First searches" if self.number == FIRST else f"Update {self.number - FIRST}"

    @property
    def days(self) -> str:
        """From when to when it was searched."""
        if self.first_day == self.last_day:
            return self.first_day
        return f"{self.first_day} to {self.last_day}"


def wave_numbers(searches: Sequence[WaveSearch]) -> dict[int, int]:
    """The wave of each search, by its id.

    What somebody chose holds; else a search that brings another one up to date belongs to the wave
    after that, and all others to the first.
    """
    by_id = {search.id: search for search in searches}
    numbers: dict[int, int] = {}

    def number(search: WaveSearch, above: frozenset[int]) -> int:
        if search.id not in numbers:
            earlier = by_id.get(search.update_of or 0)
            if search.chosen is not None:
                numbers[search.id] = search.chosen
            elif earlier is None or earlier.id in above:  # people can join searches in a ring
                return FIRST
            else:
                numbers[search.id] = number(earlier, above | {search.id}) + 1
        return numbers[search.id]

    return {search.id: number(search, frozenset({search.id})) for search in searches}


def search_waves(
    searches: Sequence[WaveSearch],
    records: Iterable[tuple[int, int]],
    included: Collection[int],
    reports: Iterable[tuple[int, int]],
) -> tuple[SearchWave, ...]:
    """The waves, the first one first.

    A work, or a study, is new in the wave that found it first; whoever found it again later.

    Args:
        searches: all, in the order they were made.
        records: of each record its search and its work.
        included: works that are included at full text.
        reports: of each included report its study and its work.
    """
    numbers = wave_numbers(searches)
    of_work: dict[int, set[int]] = defaultdict(set)
    in_wave: dict[int, int] = defaultdict(int)
    by_search: dict[int, int] = defaultdict(int)
    for search_id, work_id in records:
        of_work[work_id].add(numbers[search_id])
        in_wave[numbers[search_id]] += 1
        by_search[search_id] += 1
    first = {work: min(waves) for work, waves in of_work.items()}
    of_study: dict[int, set[int]] = defaultdict(set)
    for study, work in reports:
        if work in first:
            of_study[study].add(first[work])
    return tuple(
        _wave(
            number,
            [search for search in searches if numbers[search.id] == number],
            by_search,
            SearchWave(
                number=number,
                searches=(),
                records=in_wave[number],
                new_works=sum(wave == number for wave in first.values()),
                known_works=sum(
                    number in waves and min(waves) < number for waves in of_work.values()
                ),
                new_included=sum(first[work] == number for work in included if work in first),
                new_studies=sum(min(waves) == number for waves in of_study.values()),
            ),
        )
        for number in sorted(set(numbers.values()))
    )


def doubts(searches: Sequence[WaveSearch]) -> Iterator[str]:
    """What looks wrong in the waves, in sentences."""
    numbers = wave_numbers(searches)
    by_id = {search.id: search for search in searches}
    for search in searches:
        earlier = by_id.get(search.update_of or 0)
        if earlier is not None and numbers[search.id] <= numbers[earlier.id]:
            yield (
                f"“{search.name}” brings “{earlier.name}” up to date, but belongs to no later wave."
            )
        if (
            earlier is not None
            and search.searched
            and search.searched < earlier.searched[: len(search.searched)]
        ):
            yield (
                f"“{search.name}” brings “{earlier.name}” up to date, but was searched earlier "
                f"({search.searched}, {earlier.searched})."
            )
    undated = sum(not search.searched for search in searches)
    if undated:
        yield ("1 search has no day." if undated == 1 else f"{undated:,} searches have no day.")


def _wave(
    number: int,
    searches: Sequence[WaveSearch],
    by_search: Mapping[int, int],
    counted: SearchWave,
) -> SearchWave:
    days = sorted(search.searched for search in searches if search.searched)
    return SearchWave(
        number=number,
        searches=tuple(search.id for search in searches),
        first_day=days[0] if days else "",
        last_day=days[-1] if days else "",
        records=counted.records,
        new_works=counted.new_works,
        known_works=counted.known_works,
        new_included=counted.new_included,
        new_studies=counted.new_studies,
        without_records=tuple(each.name for each in searches if not by_search[each.id]),
    )
