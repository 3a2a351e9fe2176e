from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.counts.source_overlap import (
    MOST_COLUMNS,
    MOST_ROWS,
    source_overlap_picture,
    source_overlap_svg,
)
from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.pixels import as_png
from evidence.synthesis.source_overlap import SearchedSource, SourceOverlap, source_overlap
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def sources(*names: str) -> tuple[SearchedSource, ...]:
    return tuple(SearchedSource(id=n, name=name, records=9) for n, name in enumerate(names))


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> str:
    return "\n".join(text.text or "" for text in drawn(page).iter(f"{SVG}text"))


def many(number: int) -> SourceOverlap:
    """So many sources, of which each and the next one found works together."""
    pairs = [(work, work % number) for work in range(3 * number)]
    pairs += [(work, (work + 1) % number) for work in range(2 * number)]
    names = (f"{n} {HOSTILE[n % len(HOSTILE)]} {'long ' * n}" for n in range(number))
    return source_overlap(sources(*names), pairs)


TWO = source_overlap(
    sources("PubMed", "PsycINFO", "Silent"), [(1, 0), (2, 0), (2, 1), (3, 0), (4, 1)]
)


def test_each_combination_has_a_bar_a_number_and_the_dots_of_its_sources() -> None:
    page = source_overlap_svg(TWO, included=False)
    said = texts(page)
    assert "4 works from 3 sources. One source alone found 3 of them (75%)." in said
    for words in ("PubMed", "3 (2)", "2 (1)", "0 (0)", "Sources without any of these works"):
        assert words in said
    circles = list(drawn(page).iter(f"{SVG}circle"))
    assert len(circles) == 3 * len(TWO.combinations)
    large = max(float(each.attrib["r"]) for each in circles)
    assert sum(float(each.attrib["r"]) == large for each in circles) == 4


def test_the_table_has_the_sources_and_then_what_several_found() -> None:
    picture = source_overlap_picture(TWO, included=True, notes=["3 records were not compared."])
    assert picture.table.rows == (
        ("PubMed", 1, 9, 3, 2),
        ("PsycINFO", 1, 9, 2, 1),
        ("Silent", 1, 9, 0, 0),
        ("PubMed + PsycINFO", 2, None, None, 1),
    )
    assert "4 included works" in picture.text
    (page,) = picture.draw("dark")
    assert "3 records were not compared." in texts(page)


@pytest.mark.parametrize("number", [1, 2, 40, 60])
def test_everything_stands_on_the_page_and_what_is_left_out_is_summed(number: int) -> None:
    found = many(number)
    page = source_overlap_svg(found, included=False)
    high = float(drawn(page).attrib["height"])
    assert high <= HIGH
    assert as_png(page, 96).startswith(b"\x89PNG")
    for each in drawn(page).iter(f"{SVG}rect"):
        if each.get("width") != "100%":
            assert float(each.attrib["x"]) + float(each.attrib["width"]) <= WIDE - MARGIN + 0.1
    left_out = len(found.combinations) - MOST_COLUMNS
    assert ("smaller combinations with" in texts(page)) == (left_out > 0)
    assert (f"{number - MOST_ROWS} more sources" in texts(page)) == (number > MOST_ROWS)
    rows = source_overlap_picture(found, included=False).table.rows
    assert sum(row[4] for row in rows if isinstance(row[4], int)) == found.works


@pytest.mark.parametrize("found", [source_overlap((), []), source_overlap(sources("A", "B"), [])])
def test_without_sources_or_works_there_is_a_plain_sentence(found: SourceOverlap) -> None:
    page = source_overlap_svg(found, included=True)
    said = "0 included works from 2 sources." if found.sources else "No source yet."
    assert said in texts(page)
    assert as_png(page, 96).startswith(b"\x89PNG")
