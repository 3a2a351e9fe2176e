import re
from io import BytesIO
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from evidence.charts.counts.country_map import country_map_picture, country_map_svg
from evidence.charts.counts.country_shapes import by_code, equal_earth, high_for, lands
from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.page_parts import ON_SCREEN
from evidence.charts.pixels import as_png
from evidence.charts.shades import LIGHT
from evidence.charts.svg_parts import SvgTheme
from evidence.synthesis.counts import country_names as module
from evidence.synthesis.counts.country_counts import CountryCounts, country_counts
from evidence.synthesis.counts.country_names import country_name
from evidence.synthesis.study_counts import Count, Counts
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def counted(*sizes: tuple[str, int], without: int = 0) -> CountryCounts:
    """Each place with so many studies, no study in two of them."""
    lines, first = [], 0
    for label, size in sizes:
        lines.append(Count(id=label, label=label, studies=frozenset(range(first, first + size))))
        first += size
    left = frozenset(range(first, first + without))
    return country_counts(
        Counts(title="Country", lines=tuple(lines), without=left, total=first + without)
    )


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def fills(page: str) -> list[str]:
    return [path.attrib["fill"] for path in drawn(page).iter(f"{SVG}path")]


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 2.70663, 0),
        (0, 90, 0, 1.31732),
        (180, 90, 1.60359, 1.31736),
    ],
)  # the widths of its equator, pole line and middle meridian
def test_places_lie_as_equal_earth_has_them(
    longitude: float, latitude: float, x: float, y: float
) -> None:
    assert equal_earth(longitude, latitude) == pytest.approx((x, y), abs=1e-4)


def test_land_has_the_area_on_paper_that_it_has_on_earth() -> None:
    world = by_code(1000.0)
    earth = {"usa": 9.53, "can": 9.98, "bra": 8.51, "aus": 7.69, "nor": 0.385, "cod": 2.34}
    per_million = [world[code].area / size for code, size in earth.items()]
    assert max(per_million) / min(per_million) < 1.12  # millions of square kilometres


def test_no_outline_crosses_the_whole_map() -> None:
    for land in lands(1000.0):
        for ring in land.rings:
            assert all(0 <= x <= 1000 for x, _ in ring), land.code
            assert all(-1 <= y <= high_for(1000) + 1 for _, y in ring), land.code
            assert max(abs(b[0] - a[0]) for a, b in pairwise(ring)) < 120, land.code


def test_every_country_of_the_table_is_on_the_map_but_three() -> None:
    nowhere = [code for code in module._names() if code not in by_code(1000.0)]
    assert nowhere == ["ata", "bvt", "umi"]


def test_countries_are_painted_by_their_numbers_and_small_ones_have_a_mark() -> None:
    page = country_map_svg(counted(("USA", 16), ("UK", 3), ("Singapore", 2), ("Malta", 1)))
    painted = [fill for fill in fills(page) if fill in LIGHT]
    assert len(painted) == 2
    marks = list(drawn(page).iter(f"{SVG}circle"))
    assert len(marks) == 2
    assert len({mark.attrib["fill"] for mark in marks}) == 2
    assert "22 of 22 studies in 4 countries." in texts(page)
    assert any("A circle stands for a country" in text for text in texts(page))


def test_regions_other_names_and_what_is_not_coded_are_told_and_in_the_table() -> None:
    counts = counted(("UK", 3), ("Europe (several countries)", 1), ("Atlantis", 2), without=4)
    picture = country_map_picture(counts, "Rests on 10 of 10 studies.")
    (page,) = picture.draw("light")
    said = texts(page)
    assert "Not painted, since no country is named: “Europe (several countries)”: 1 study." in said
    assert "Codes that name no country: “Atlantis”: 2 studies." in said
    assert "Not coded: 4 studies." in said
    assert "Rests on 10 of 10 studies." in said
    assert picture.table.rows == (
        ("United Kingdom", "country", "GBR", 3, 0.3),
        ("Europe (several countries)", "region", "", 1, 0.1),
        ("Atlantis", "no country", "", 2, 0.2),
        ("Not coded", "", "", 4, 0.4),
    )
    assert "Not painted: “Europe (several countries)”: 1 study" in picture.text


def test_a_study_of_twelve_countries_counts_in_each_and_once_in_all() -> None:
    names = [country_name(code) for code in ("gbr", "fra", "deu", "nor", "swe", "dnk", "fin", "ita",
                                             "esp", "prt", "grc", "tur")]  # fmt: skip
    lines = tuple(Count(id=name, label=name, studies=frozenset({1})) for name in names)
    counts = country_counts(Counts(title="Country", lines=lines, without=frozenset(), total=1))
    said = texts(country_map_svg(counts))
    assert "1 of 1 study in 12 countries. A study in several countries counts in each." in said


def test_antarctica_is_counted_and_told() -> None:
    said = texts(country_map_svg(counted(("Antarctica", 1), ("Norway", 1))))
    assert "Counted, but not on this map: Antarctica." in said


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (counted(), "No study is coded yet."),
        (counted(("Norway", 0), without=2), "None of 2 studies names a country."),
        (counted(("Europe", 2)), "None of 2 studies names a country."),
    ],
)
def test_without_a_country_a_sentence_says_so(counts: CountryCounts, words: str) -> None:
    page = country_map_svg(counts)
    assert words in texts(page)
    assert not set(fills(page)) & set(LIGHT)
    assert (
        "study" in country_map_picture(counts).table.head[-1]
        or "studies" in (country_map_picture(counts).table.head[-1])
    )


@pytest.mark.parametrize("theme", ["light", "dark", "page"])
def test_names_from_outside_stay_texts_on_one_page_of_paper(theme: SvgTheme) -> None:
    sizes = [(label, 1) for label in HOSTILE] + [(f"Nowhere {n}", 1) for n in range(200)]
    counts = counted(("Norway", 3), *sizes)
    for paper_wide, page in (
        (WIDE, country_map_svg(counts, theme=theme)),
        (640, country_map_svg(counts, theme=theme, paper=ON_SCREEN)),
    ):
        tree = drawn(page)
        assert {element.tag for element in tree.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text", "g", "circle")
        }
        assert float(tree.attrib["width"]) == paper_wide
        assert float(tree.attrib["height"]) <= HIGH
        assert not {"style", "href"} & {name for each in tree.iter() for name in each.attrib}


def test_the_map_is_seen_in_pixels() -> None:
    (page,) = country_map_picture(counted(("Brazil", 9), ("Chad", 1))).draw("light")
    assert as_png(page, 96).startswith(b"\x89PNG")
    brazil = by_code(WIDE - 2 * MARGIN)["bra"].middle
    moved = re.search(r"translate\((\d+) ([\d.]+)\)", page)
    assert moved
    with Image.open(BytesIO(as_png(page, 96))) as picture:
        at = (round(brazil[0] + float(moved[1])), round(brazil[1] + float(moved[2])))
        pixel = picture.convert("RGB").crop((*at, at[0] + 1, at[1] + 1)).tobytes()
    assert f"#{pixel.hex().upper()}" == LIGHT[-1]
