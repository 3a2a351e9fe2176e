"""The shapes of countries for maps of the world, from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip download iso3166==3.0.0 --no-deps && unzip iso3166-3.0.0-py3-none-any.whl
    python scripts/country_shapes.py package .

world-atlas carries Natural Earth 4.1 as TopoJSON, whose countries have their numbers of ISO 3166-1;
iso3166 gives the three letters. Written is evidence/charts/counts/country_shapes.json: of each
country of the scale 1:110 million its rings, as steps in tenths of a degree (longitude, latitude)
from 0, 0; of each smaller one of the scale 1:50 million the middle of its largest part.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "evidence/charts/counts/country_shapes.json"
SOURCE = (
    "Natural Earth 4.1, Admin 0 countries, 1:110m and 1:50m (public domain, "
    "https://www.naturalearthdata.com), by way of the npm package world-atlas 2.0.2 (ISC)"
)
WITHOUT_NUMBER = {"Kosovo": "xkx", "N. Cyprus": "", "Somaliland": ""}
"""Parts that ISO 3166-1 gives no number; without a code they are land that is never painted."""
WITHOUT_SHAPE = {
    "bes": (-683, 122),
    "cck": (968, -122),
    "cxr": (1056, -105),
    "gib": (-54, 361),
    "glp": (-616, 163),
    "guf": (-531, 39),
    "mtq": (-610, 146),
    "myt": (452, -128),
    "reu": (555, -211),
    "sjm": (156, 782),
    "tkl": (-1718, -92),
    "tuv": (1792, -85),
}
"""Where Natural Earth draws them as parts of others or not at all, in tenths of a degree."""
LEFT_OUT = {"ata"}  # nobody lives there, and it would take a fifth of the picture

_LINE = 2  # points that do not enclose anything
_HALF = 1800  # of the way around the world, in tenths of a degree

Point = tuple[int, int]
Ring = list[Point]


def main() -> None:
    """Read the two scales, write what the charts draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path, help="folder of the unpacked npm package")
    parser.add_argument("iso", type=Path, help="folder that holds the package iso3166")
    asked = parser.parse_args()
    codes = _codes(asked.iso)
    rough, fine = (
        dict(_countries(json.loads((asked.atlas / name).read_text()), codes))
        for name in ("countries-110m.json", "countries-50m.json")
    )
    shapes = {
        code: [_steps(part) for ring in rings for part in _cut(ring) if len(set(part)) > _LINE]
        for code, rings in sorted(rough.items())
    }
    points = WITHOUT_SHAPE | {
        code: _middle(max(rings, key=_area))
        for code, rings in fine.items()
        if code and code not in rough
    }
    written = {"source": SOURCE, "shapes": shapes, "points": dict(sorted(points.items()))}
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n")


def _codes(folder: Path) -> dict[str, str]:
    """The three letters of each country, by its number."""
    sys.path.insert(0, str(folder))
    countries = importlib.import_module("iso3166").countries_by_numeric
    return {number: country.alpha3.lower() for number, country in countries.items()}


def _countries(
    atlas: Mapping[str, Any], codes: Mapping[str, str]
) -> Iterator[tuple[str, list[Ring]]]:
    """Code and rings; land without a code comes as one country."""
    arcs = [list(_points(arc, atlas["transform"])) for arc in atlas["arcs"]]
    rings_by_code: dict[str, list[Ring]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes[geometry["id"]] if "id" in geometry else WITHOUT_NUMBER.get(name)
        if code is None or code in LEFT_OUT:
            continue
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [_ring(ring, arcs) for part in parts for ring in part]
        rings_by_code.setdefault(code, []).extend(rings)
    yield from rings_by_code.items()


def _points(arc: list[list[int]], transform: Mapping[str, list[float]]) -> Iterator[Point]:
    """An arc in tenths of a degree; the format has steps from point to point."""
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        longitude = x * transform["scale"][0] + transform["translate"][0]
        latitude = y * transform["scale"][1] + transform["translate"][1]
        yield round(longitude * 10), round(latitude * 10)


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    """The arcs of a ring one after another; a negative index is one that runs backwards."""
    ring: Ring = []
    for index in indexes:
        ring += arcs[index] if index >= 0 else arcs[~index][::-1]
    return [ring[0], *(after for before, after in pairwise(ring) if after != before)]


def _cut(ring: Ring) -> Iterator[Ring]:
    """A ring in parts that do not cross the line of 180 degrees, where our maps end."""
    unrolled = [ring[0]]
    for (before, _), (after, latitude) in pairwise([*ring, ring[0]]):
        step = (after - before + _HALF) % (2 * _HALF) - _HALF
        unrolled.append((unrolled[-1][0] + step, latitude))
    for turn in (-2 * _HALF, 0, 2 * _HALF):
        part = [(x + turn, y) for x, y in unrolled[:-1]]
        part = _west_of(_HALF, part)
        part = [(-x, y) for x, y in _west_of(_HALF, [(-x, y) for x, y in part])]
        if part:
            yield [part[0], *(after for before, after in pairwise(part) if after != before)]


def _west_of(limit: int, ring: Ring) -> Ring:
    """What of a ring lies west of a meridian, closed along it (Sutherland and Hodgman)."""
    west: Ring = []
    for a, b in pairwise([*ring[-1:], *ring]):
        if (a[0] > limit) != (b[0] > limit):
            share = (limit - a[0]) / (b[0] - a[0])
            west.append((limit, round(a[1] + share * (b[1] - a[1]))))
        if b[0] <= limit:
            west.append(b)
    return west


def _steps(ring: Ring) -> list[int]:
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0, 0), *ring])]
    return [number for step in steps for number in step]


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def _middle(ring: Ring) -> list[int]:
    """Half way between its ends: exact enough for what is no larger than a mark."""
    longitudes, latitudes = zip(*ring, strict=True)
    return [round((min(each) + max(each)) / 2) for each in (longitudes, latitudes)]


if __name__ == "__main__":
    main()
