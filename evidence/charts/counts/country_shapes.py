"""Where countries lie on a map of the world.

The shapes are those of Natural Earth (public domain); scripts/country_shapes.py made them. They are
drawn in Equal Earth, in which equal areas of land have equal areas on paper (Šavrič, Patterson and
Jenny 2018, doi:10.1080/13658816.2018.1504949).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
Ring = tuple[Point, ...]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Of the polynomial of Equal Earth (its equation 8)."""
NORTH, SOUTH = 83.7, -55.8
"""The latitudes between which there is land where people live, in degrees."""


def equal_earth(longitude: float, latitude: float) -> Point:
    """Where a place lies in the projection Equal Earth.

    Args:
        longitude: in degrees, east of Greenwich.
        latitude: in degrees, north of the equator.

    Returns:
        x to the east and y to the north, for a globe with a radius of 1.
    """
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    slope = 9 * _A4 * sixth * squared + 7 * _A3 * sixth + 3 * _A2 * squared + _A1
    x = 2 * sqrt(3) / 3 * radians(longitude) * cos(theta) / slope
    y = theta * (_A4 * sixth * squared + _A3 * sixth + _A2 * squared + _A1)
    return x, y


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """A country on a map, or land that none of our codes names.

    Attributes:
        code: three small letters; empty for land without a code.
        rings: its outlines in pixels, y downwards; empty for a country too small for an outline.
        middle: of its largest part.
        area: of all its parts, in square pixels.
    """

    code: str
    rings: tuple[Ring, ...]
    middle: Point
    area: float


def high_for(wide: float) -> float:
    """How high a map of the world of this width is, in pixels."""
    return (equal_earth(0, NORTH)[1] - equal_earth(0, SOUTH)[1]) * _scale(wide)


@cache
def lands(wide: float) -> tuple[Land, ...]:
    """All land of the world but Antarctica, on a map that is so wide, from 0, 0 on."""
    stored = json.loads(files("evidence.charts.counts").joinpath(_FILE).read_text("utf-8"))
    return (
        *(_land(code, rings, wide) for code, rings in stored["shapes"].items()),
        *(
            Land(code=code, rings=(), middle=_place(at[0] / 10, at[1] / 10, wide), area=0)
            for code, at in stored["points"].items()
        ),
    )


_FILE = "country_shapes.json"


def _scale(wide: float) -> float:
    return wide / (2 * equal_earth(180, 0)[0])


def _place(longitude: float, latitude: float, wide: float) -> Point:
    x, y = equal_earth(longitude, latitude)
    scale = _scale(wide)
    return wide / 2 + x * scale, (equal_earth(0, NORTH)[1] - y) * scale


def _land(code: str, stored: Sequence[Sequence[int]], wide: float) -> Land:
    rings = tuple(
        tuple(_place(longitude, latitude, wide) for longitude, latitude in _degrees(ring))
        for ring in stored
    )
    largest = max(rings, key=_area)
    return Land(
        code=code, rings=rings, middle=_middle(largest), area=sum(_area(ring) for ring in rings)
    )


def _degrees(steps: Sequence[int]) -> Iterator[Point]:
    """The points of a ring that is stored as steps in tenths of a degree."""
    x = y = 0
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        yield x / 10, y / 10


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*ring, ring[0])))) / 2


def _middle(ring: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def by_code(wide: float) -> Mapping[str, Land]:
    """The countries of a map by their codes."""
    return {land.code: land for land in lands(wide) if land.code}
