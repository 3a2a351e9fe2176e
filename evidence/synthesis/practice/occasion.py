"""When a form holds for: a day ("2026-11-30") or a quarter ("2026-Q4"), and its place in time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile

QUARTERS = 4
_QUARTER = re.compile(r"(\d{4})-?\s?[Qq]([1-4])", re.ASCII)
MOST_QUARTERS = 200  # between the first and the last


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Quarter:
    """Three months of a calendar year; the first begins in January."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def place(self) -> int:
        """Its place in a row of all quarters."""
        return self.year * QUARTERS + self.number - 1


def quarter_at(place: int) -> Quarter:
    """The quarter at a place in the row of all quarters."""
    return Quarter(year=place // QUARTERS, number=place % QUARTERS + 1)


def read_quarter(occasion: str) -> Quarter | None:
    """A quarter as people write it; None for anything else."""
    match = _QUARTER.fullmatch(occasion.strip())
    return Quarter(year=int(match[1]), number=int(match[2])) if match else None


def missing_quarters(quarters: Iterable[Quarter]) -> tuple[Quarter, ...]:
    """Those between the first and the last that are not there; the first few of very many."""
    there = set(quarters)
    if not there:
        return ()
    last = max(there).place
    places = takewhile(lambda place: place < last, count(min(there).place))
    absent = (quarter for place in places if (quarter := quarter_at(place)) not in there)
    return tuple(quarter for quarter, _ in zip(absent, range(MOST_QUARTERS), strict=False))


def in_one_form(occasion: str) -> str:
    """The same words for the same day or quarter, however it is written; others as they are."""
    quarter = read_quarter(occasion)
    if quarter is not None:
        return str(quarter)
    try:
        return date.fromisoformat(occasion.strip()).isoformat()
    except ValueError:
        return occasion.strip()


def time_of(occasion: str) -> float | None:
    """A place in time, in years; the middle of a quarter. None for what is no time."""
    quarter = read_quarter(occasion)
    if quarter is not None:
        return quarter.year + (quarter.number - 0.5) / QUARTERS
    try:
        day = date.fromisoformat(occasion.strip())
    except ValueError:
        return None
    return day.year + (day.timetuple().tm_yday - 1) / 366
