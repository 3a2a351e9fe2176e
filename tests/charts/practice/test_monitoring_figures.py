"""Quarters stand beside published figures with year, source and base; users who took part, too."""

from xml.etree.ElementTree import fromstring

from evidence.charts.page_parts import UPRIGHT
from evidence.charts.picture import Picture
from evidence.charts.practice.lines_over_time import MOST_LINES
from evidence.charts.practice.monitoring_beside_published import (
    BACKGROUND,
    MOST_QUARTERS,
    NO_BAR,
    beside_published_picture,
)
from evidence.charts.practice.users_took_part import took_part_picture
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.steps.practice.monitoring import published
from evidence.synthesis.practice.beside_published import (
    FigureBeside,
    published_beside,
    reported_beside,
)
from evidence.synthesis.practice.monitoring import KEPT, QuarterReport, shown
from tests.charts.conftest import HOSTILE
from tests.synthesis.practice.test_monitoring import quarter

PAID = "outcome-retained-paid"


def letters(picture: Picture) -> str:
    pages = [fromstring(page) for page in picture.draw("light")]  # noqa: S314 - our own
    assert all(float(page.attrib["height"]) <= UPRIGHT.high + 1 for page in pages)
    return " ".join(" ".join(text for page in pages for text in page.itertext()).split())


def of_service(*reports: QuarterReport, outcome: str = PAID) -> Picture:
    return beside_published_picture(
        "Retained", reported_beside(reports, outcome), published_beside(published(), outcome)
    )


def test_a_quarter_stands_beside_published_figures_with_year_source_and_base() -> None:
    picture = of_service(quarter(clients="40", outcome_retained_paid="9"))
    said = letters(picture)
    for wanted in (
        "quarters of Service s beside published figures",
        "Service s · 2026-Q1", "9 of 40 (22.5%) clients of the quarter", "22.5%",
        "vocational services · 2004/05", "479 of 1,495 (32.0%) clients", "Box below paragraph 30",
        "[1] Vocational services for people", "year not stated", "no target",
    ):  # fmt: skip
        assert wanted in said, wanted
    assert said.count(NO_BAR) == 1 + BACKGROUND.count(
        NO_BAR
    )  # 30 people in Sheffield, of an unknown base
    first, second, *_ = picture.table.rows
    assert (first[4], second[4]) == (22.5, 32.0)
    assert len(picture.table.rows) == 1 + len(published_beside(published(), PAID))
    assert "479 of 1,495" in picture.text
    assert b"479 of 1,495" in picture_file(picture, PictureFormat.CSV).data


def test_retention_has_those_in_work_at_the_start_as_its_base_on_both_sides() -> None:
    report = quarter(clients="40", employed_at_start="12", employment_kept="9")
    (own,) = reported_beside([report], KEPT)
    (other,) = published_beside(published(), KEPT)
    base = "people in paid employment at the start"
    assert (own.words, other.words) == (f"9 of 12 (75.0%) {base}", f"237 of 263 (90.1%) {base}")


def test_what_has_no_percentage_has_no_bar_and_nothing_is_said_of_what_is_not_there() -> None:
    without = quarter(outcome_retained_paid="9")
    assert "9, of an unknown base" in letters(of_service(without))
    said = letters(beside_published_picture("Retained", (), ()))
    assert "Reported to this review: no figure" in said
    assert "Published by documents, of other services: no figure" in said


def test_more_quarters_than_a_page_holds_are_in_the_table_and_said_below() -> None:
    many = [quarter(f"{2000 + n}-Q1", clients="40", outcome_retained_paid="9") for n in range(20)]
    picture = of_service(*many)
    assert f"The newest {MOST_QUARTERS} of 20 quarters" in letters(picture)
    assert sum(row[0] == "Service s" for row in picture.table.rows) == 20


def test_words_of_services_are_text_in_the_picture() -> None:
    bad = " ".join(HOSTILE)
    each = FigureBeside(service=bad, when=bad, words=bad * 9, percent=None)
    pages = beside_published_picture(bad, [each], [each]).draw("dark")
    assert all(fromstring(page).tag.endswith("svg") for page in pages)  # noqa: S314 - our own


def test_service_users_who_took_part_are_counted_by_quarter_and_never_added_up() -> None:
    each = shown([
        quarter("2026-Q1", clients="40", users_took_part="3"),
        quarter("2026-Q3", clients="40", users_took_part="0"),
        quarter("2026-Q1", "t", clients="9", users_took_part="2"),
        quarter("2026-Q2", "u", clients="9"),
    ])  # fmt: skip
    picture = took_part_picture(each)
    assert picture is not None
    assert "Service s: 2026-Q1 3, 2026-Q2 no figure, 2026-Q3 0" in picture.text
    assert "quarters are not added up" in letters(picture)
    assert [row[1:3] for row in picture.table.rows] == [("2026-Q1", 3), ("2026-Q3", 0),
                                                         ("2026-Q1", 2)]  # fmt: skip
    assert took_part_picture(each[-1:]) is None


def test_services_for_which_there_is_no_line_are_named() -> None:
    many = shown([quarter(service=f"s{n}", users_took_part="1") for n in range(MOST_LINES + 2)])
    picture = took_part_picture(many)
    assert picture is not None
    assert "Not drawn, and in the table: Service s7; Service s8." in letters(picture)
