"""Fidelity on a page and figures over time: every score is there, words beside colours."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.page_parts import PHONE, UPRIGHT
from evidence.charts.picture import PictureTable
from evidence.charts.practice.fidelity_over_time import fidelity_trend_picture
from evidence.charts.practice.fidelity_report import fidelity_report_picture
from evidence.charts.practice.lines_over_time import (
    MOST_LINES,
    FiguresOverTime,
    TimeLine,
    TimePoint,
    over_time_picture,
)
from evidence.charts.practice.monitoring_beside_published import beside_published_picture
from evidence.errors import Invalid
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.steps.practice.monitoring import published
from evidence.synthesis.practice.beside_published import published_beside
from evidence.synthesis.practice.fidelity import FidelityItem
from evidence.synthesis.practice.fidelity_over_time import occasions
from evidence.synthesis.practice.monitoring import KEPT
from tests.charts.conftest import HOSTILE
from tests.synthesis.practice.test_fidelity import IDS, IPS, scored, summing_to

SVG = "{http://www.w3.org/2000/svg}"
EMPTY = PictureTable(head=("When",), rows=())


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def words(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def test_the_report_of_an_assessment_is_one_page_with_every_score_and_sum() -> None:
    picture = fidelity_report_picture(scored(summing_to(104)))
    assert picture.name.startswith("fidelity-")
    assert picture.name.isascii()
    (page,) = picture.draw("light")
    shown = words(page)
    assert float(drawn(page).attrib["height"]) <= UPRIGHT.high
    assert "104 of 25 to 125: good." in shown
    assert {"15 of 3 to 15", "40 of 8 to 40", "49 of 14 to 70"} <= set(shown)
    assert shown.count("5") + shown.count("4") + shown.count("1") == 25
    assert [row[5] for row in picture.table.rows] == [5] * 19 + [4] + [1] * 5
    csv = picture_file(picture, PictureFormat.CSV).data.decode("utf-8-sig")
    assert len(csv.splitlines()) == 26


def test_a_telephone_has_every_score_below_its_item_and_nothing_beyond_its_edge() -> None:
    given = scored({**summing_to(104), IDS[1]: "cannot-rate"})
    pages = []
    for picture in (
        fidelity_report_picture(given),
        fidelity_trend_picture(occasions([given])),
        beside_published_picture("Retained", (), published_beside(published(), KEPT)),
    ):
        assert picture.draw_on_phone
        page = picture.draw_on_phone("light")
        assert drawn(page).attrib["width"] == str(PHONE)
        for each in drawn(page).iter(f"{SVG}text"):
            left, wide = float(each.attrib["x"]), float(each.attrib.get("textLength", 0))
            if each.attrib.get("text-anchor", "start") == "start":
                assert left + wide <= PHONE, each.text
        pages.append(page)
    shown = words(pages[0])
    assert shown.count("5") + shown.count("4") + shown.count("1") == 24
    assert "cannot rate" in shown


def test_what_has_no_score_is_said_in_words() -> None:
    picture = fidelity_report_picture(scored({**summing_to(104), IDS[0]: "cannot-rate"}))
    (page,) = picture.draw("dark")
    assert {"cannot rate", "No total: not classified.", "no sum: 2 of 3 items rated"} <= set(
        words(page)
    )
    assert "1. Caseload size (cannot rate)" in picture.text


def test_a_very_long_scale_goes_on_further_pages() -> None:
    items = tuple(
        FidelityItem(id=f"i{n}", name=f"Item {n} " + "long " * 60, section="S", scores={"a": 1})
        for n in range(60)
    )
    long = replace(scored({}), scale=replace(IPS, items=items, name="other"))
    pages = fidelity_report_picture(long).draw("light")
    assert len(pages) > 1
    assert all(float(drawn(page).attrib["height"]) <= UPRIGHT.high + 1 for page in pages)
    assert sum(words(page).count("not answered") for page in pages) == 60


def test_assessors_who_differ_are_points_beside_the_line_of_totals() -> None:
    each = [
        scored(summing_to(80), day="2025-03-01"),
        scored(summing_to(90), day="2026-03-01", who="Anna"),
        scored(summing_to(96), day="2026-03-01", who="Ben"),
    ]
    picture = fidelity_trend_picture(occasions(each))
    assert "Total: 2025-03-01 80, 2026-03-01 no figure" in picture.text
    assert "one of several assessors: 2026-03-01 90, 2026-03-01 96" in picture.text
    assert [row[1] for row in picture.table.rows] == [80, 90, 96]
    (page,) = picture.draw("light")
    assert {"exemplary from 115", "2025-03-01", "2026-03-01"} <= set(words(page))


def test_more_lines_than_can_be_told_apart_are_refused_and_a_gap_breaks_a_line() -> None:
    points = tuple(TimePoint(at=n, when=str(n), value=None if n == 2 else n) for n in range(5))
    shown = FiguresOverTime(
        name="x", title="T", subtitle="S", unit="people", table=EMPTY,
        lines=(TimeLine(name="A", points=points),),
    )  # fmt: skip
    (page,) = over_time_picture(shown).draw("light")
    lines = [p for p in drawn(page).iter(f"{SVG}path") if p.get("stroke-width") == "2"]
    assert len(lines) == 2
    nothing = replace(shown, lines=(*shown.lines, TimeLine(name="Never told", points=())))
    (page,) = over_time_picture(nothing).draw("light")
    assert "Never told" not in words(page)
    assert over_time_picture(replace(shown, lines=nothing.lines[1:])).draw("light")
    with pytest.raises(Invalid, match="told apart"):
        over_time_picture(replace(shown, lines=shown.lines * (MOST_LINES + 1)))


@pytest.mark.parametrize("text", [*HOSTILE, "wide " * 400, "\x00"])
def test_texts_from_outside_stay_texts(text: str) -> None:
    given = replace(scored(summing_to(104)), service_name=text, assessor=text, occasion="2026-Q1")
    for picture in (fidelity_report_picture(given), fidelity_trend_picture(occasions([given]))):
        for page in picture.draw("dark"):
            assert float(drawn(page).attrib["height"]) <= UPRIGHT.high + 1
            assert not list(drawn(page).iter(f"{SVG}script"))
