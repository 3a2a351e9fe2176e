from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.direction_pages import HIGH
from evidence.charts.palette import contrast, letters_on
from evidence.charts.review_overlap import (
    BOX,
    DEGREE_FILLS,
    inclusion_matrix_picture,
    inclusion_matrix_svgs,
    overlap_pairs_picture,
    overlap_pairs_svgs,
)
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.synthesis.review_overlap.covered_area import InclusionTable, OverlapDegree
from evidence.synthesis.review_overlap.read_inclusions import read_inclusions
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def a_table(reviews: int, studies: int, text: str = "") -> InclusionTable:
    return InclusionTable(
        reviews=tuple(text or f"Review {n}" for n in range(reviews)),
        studies=tuple(text or f"Study {n}" for n in range(studies)),
        inclusions=frozenset((s, r) for s in range(studies) for r in range(reviews) if s >= r),
    )


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def said(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def boxes(page: str) -> int:
    return sum(r.get("width") == str(BOX) for r in drawn(page).iter(f"{SVG}rect"))


@pytest.mark.parametrize(("reviews", "studies"), [(1, 1), (5, 60), (30, 40)])
def test_every_inclusion_has_its_box_once(reviews: int, studies: int) -> None:
    table = a_table(reviews, studies)
    pages = inclusion_matrix_svgs(table)
    key = 1
    assert sum(boxes(page) - key for page in pages) == len(table.inclusions)
    assert all(float(drawn(page).attrib["height"]) <= HIGH + 1 for page in pages)


def test_each_pair_has_its_share_and_each_review_its_number() -> None:
    (page,) = overlap_pairs_svgs(a_table(3, 4))
    assert {"75.0%", "50.0%", "66.7%", "n 4", "n 3", "n 2"} <= set(said(page))
    assert any("Corrected covered area 62.50%: very high overlap." in line for line in said(page))


def test_degrees_grow_darker_and_their_letters_are_read() -> None:
    fills = [DEGREE_FILLS[degree] for degree in OverlapDegree]
    on_white = [contrast(fill, "#FFFFFF") for fill in fills]
    assert on_white == sorted(on_white)
    assert all(contrast(letters_on(fill), fill) >= 4.5 for fill in fills)


def test_the_matrix_is_read_again_as_it_was() -> None:
    table = a_table(4, 6)
    csv = picture_file(inclusion_matrix_picture(table), PictureFormat.CSV).data
    assert read_inclusions(csv, "again.csv").table == table


def test_one_review_has_no_overlap_and_says_so() -> None:
    picture = overlap_pairs_picture(a_table(1, 2))
    assert "Overlap needs two reviews" in picture.text
    assert picture.table.rows == ()
    assert "n 2" in said(picture.draw("light")[0])


@pytest.mark.parametrize("text", [*HOSTILE, "wide " * 400, "\x00"])
def test_texts_from_outside_stay_texts_on_their_page(text: str) -> None:
    for picture in (inclusion_matrix_picture, overlap_pairs_picture):
        for page in picture(a_table(3, 3, text)).draw("dark"):
            assert float(drawn(page).attrib["height"]) <= HIGH + 1
            assert not list(drawn(page).iter(f"{SVG}script"))
