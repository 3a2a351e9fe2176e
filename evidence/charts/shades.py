"""Shades of one colour for numbers of studies, from few to many.

Each is darker than the one before it (lighter on a dark ground), so that they are told apart
without colours, too. In a page that turns dark by itself they are its variables `--chart-shade-1`
and so on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from evidence.charts.svg_parts import SvgTheme

LIGHT = ("#C3DDF1", "#8DBDE3", "#5398CB", "#1F6FA8", "#0B3D66")
DARK = ("#1F4A6E", "#2F6E9F", "#5396C7", "#8CC0E6", "#D3E8F8")
OF_PAGE = tuple(f"var(--chart-shade-{n}, {fill})" for n, fill in enumerate(LIGHT, start=1))
_LADDERS = ((1, 2, 5, 10, 20, 50), (1, 3, 10, 30), (1, 5, 20), (1, 10), (1,))
"""Where shades can begin, below 100; then the same by the hundred, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """What a shade stands for: numbers from the least to the most, both included."""

    least: int
    most: int
    fill: str

    def words(self, single: str, several: str) -> str:
        """`1 study`, `3 studies`, `5 to 9 studies`."""
        if self.least == self.most:
            return f"{self.least:,} {single if self.least == 1 else several}"
        return f"{self.least:,} to {self.most:,} {several}"


def shades(most: int, theme: SvgTheme) -> tuple[Shade, ...]:
    """As many shades as there are colours, at most, for numbers from 1 to `most`.

    Up to five each number has its own; beyond, they begin at round numbers, by the ladder that
    gives the most shades.
    """
    colours = {"light": LIGHT, "dark": DARK, "page": OF_PAGE}[theme]
    if most < 1:
        return ()
    if most <= len(colours):
        begins = list(range(1, most + 1))
    else:
        ladders = (_up_to(most, ladder) for ladder in _LADDERS)
        begins = max((each for each in ladders if len(each) <= len(colours)), key=len)
    ends = [*(begin - 1 for begin in begins[1:]), most]
    fills = _spread(colours, len(begins))
    return tuple(
        Shade(least=least, most=end, fill=fill)
        for least, end, fill in zip(begins, ends, fills, strict=True)
    )


def shade_of(number: int, steps: Sequence[Shade]) -> Shade:
    """The shade of a number that is at least 1 and at most what the shades reach."""
    return next(step for step in reversed(steps) if number >= step.least)


def _up_to(most: int, ladder: Sequence[int]) -> list[int]:
    rising = (step * 100**power for power in count() for step in ladder)
    return list(takewhile(lambda number: number <= most, rising))


def _spread(colours: Sequence[str], number: int) -> list[str]:
    """So many of the colours, as far apart as can be; one alone is the middle one."""
    last = len(colours) - 1
    if number == 1:
        return [colours[last // 2]]
    return [colours[round(at * last / (number - 1))] for at in range(number)]
