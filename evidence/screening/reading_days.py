"""How many works people read on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """Works that a person decided on a day."""

    person: str
    day: date
    works: int


def sums_by_person(days: Iterable[DayRead]) -> dict[str, tuple[tuple[date, int], ...]]:
    """For each person, who read most first, the days with all that they had read by then."""
    sums: dict[str, list[tuple[date, int]]] = {}
    for each in sorted(days, key=lambda each: each.day):
        before = sums.setdefault(each.person, [])
        before.append((each.day, each.works + (before[-1][1] if before else 0)))
    ranked = sorted(sums.items(), key=lambda item: (-item[1][-1][1], item[0]))
    return {person: tuple(steps) for person, steps in ranked}


def together(days: Iterable[DayRead], name: str) -> tuple[DayRead, ...]:
    """All of these days as if one person had read them."""
    sums: dict[date, int] = {}
    for each in days:
        sums[each.day] = sums.get(each.day, 0) + each.works
    return tuple(DayRead(person=name, day=day, works=sums[day]) for day in sorted(sums))
