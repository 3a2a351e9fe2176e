from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.counts.frequency_bars import frequency_picture, frequency_svgs
from evidence.charts.counts.year_bars import MOST_BARS, span_words, year_picture, year_svgs
from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.page_parts import ON_SCREEN
from evidence.charts.palette import THEMES, contrast
from evidence.charts.pixels import as_png
from evidence.charts.svg_parts import SvgTheme
from evidence.synthesis.study_counts import Count, Counts, StudyYears
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def line(label: str, *studies: int, depth: int = 0) -> Count:
    return Count(id=label, label=label, studies=frozenset(studies), depth=depth)


COUNTRIES = Counts(
    title="Country",
    lines=(
        line("United States", 1, 2, 3, 4),
        line("Europe", 5, 6, 7),
        line("United Kingdom", 5, 6, depth=1),
        line("Norway", depth=1),
    ),
    without=frozenset({8}),
    total=8,
)
YEARS = (
    StudyYears(label="All studies", numbers={1991: 2, 2006: 5}, without=1),
    StudyYears(label="Process evaluations", numbers={1992: 1}, without=0),
    StudyYears(label="Surveys", numbers={}, without=2),
)


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def bars(page: str) -> list[dict[str, float]]:
    found = (r.attrib for r in drawn(page).iter(f"{SVG}rect") if r.get("width") != "100%")
    return [{name: float(each[name]) for name in ("x", "y", "width", "height")} for each in found]


def test_bars_are_as_long_as_their_numbers_and_shares_have_their_base() -> None:
    (page,) = frequency_svgs(COUNTRIES, "Rests on 8 of 8 studies.")
    lengths = [bar["width"] for bar in bars(page)]
    assert [length / lengths[0] for length in lengths] == pytest.approx(
        [1, 0.75, 0.5, 0.25], abs=0.001
    )
    said = texts(page)
    for words in ("Shares are of 8 studies.", "4 (50%)", "Not coded", "Rests on 8 of 8 studies."):
        assert words in said
    assert "Norway" not in said
    assert "1 code without a study left out." in said


def test_a_region_that_is_coded_without_a_country_is_told() -> None:
    (page,) = frequency_svgs(COUNTRIES)
    assert any("with none below it: “Europe”: 1." in text for text in texts(page))
    table = frequency_picture(COUNTRIES).table
    assert ("United Kingdom", "Europe", 2, 0.25) in table.rows
    assert ("Norway", "Europe", 0, 0.0) in table.rows


def test_studies_in_several_lines_are_told() -> None:
    twice = Counts(
        title="Design", lines=(line("A", 1, 2), line("B", 2)), without=frozenset(), total=2
    )
    assert any("several lines" in text for text in texts(frequency_svgs(twice)[0]))


@pytest.mark.parametrize("headings", [0, 1, 200])
def test_everything_stands_on_its_page(headings: int) -> None:
    names = [HOSTILE[n % len(HOSTILE)] * (n % 3 + 1) for n in range(headings)]
    lines = tuple(line(f"{n} {name}", *range(n + 1)) for n, name in enumerate(names))
    counts = Counts(title=HOSTILE[0], lines=lines, without=frozenset(), total=headings)
    pages = frequency_svgs(counts)
    assert len(pages) == (8 if headings > 1 else 1)
    for page in pages:
        high = float(drawn(page).attrib["height"])
        assert high <= HIGH + 1
        assert as_png(page, 96).startswith(b"\x89PNG")
        for bar in bars(page):
            assert bar["x"] + bar["width"] <= WIDE - MARGIN
            assert bar["y"] + bar["height"] <= high


def test_years_of_each_group_say_from_when_to_when() -> None:
    assert [span_words(years) for years in YEARS] == [
        "1991 to 2006, 8 studies, 1 without a year",
        "1992, 1 study",
        "2 studies, 2 without a year",
    ]
    picture = year_picture(YEARS, "Stream")
    (page,) = picture.draw("light")
    assert {"1991 to 2006, 8 studies, 1 without a year", "1991", "2006"} <= set(texts(page))
    first, last, process = bars(page)
    assert last["height"] / first["height"] == pytest.approx(2.5, abs=0.05)
    assert first["x"] < process["x"] < last["x"]
    assert ("Surveys", None, 2) in picture.table.rows


@pytest.mark.parametrize("last", [1991, 2026, 9999])
def test_years_far_apart_share_bars_which_is_said(last: int) -> None:
    years = StudyYears(label="All studies", numbers=dict.fromkeys({1991, last}, 1), without=0)
    (page,) = year_picture((years,)).draw("dark")
    assert len(bars(page)) == len(years.numbers) <= MOST_BARS
    assert any("Each bar is" in text for text in texts(page)) == (last == 9999)
    assert all(bar["x"] + bar["width"] <= WIDE - MARGIN + 0.1 for bar in bars(page))


def test_no_study_at_all_is_said() -> None:
    nothing = Counts(title="Country", lines=(line("Norway"),), without=frozenset(), total=0)
    assert "No study is coded yet." in texts(frequency_svgs(nothing)[0])
    none = StudyYears(label="All studies", numbers={}, without=0)
    assert "0 studies" in texts(year_picture((none,)).draw("light")[0])


@pytest.mark.parametrize("theme", ["light", "dark", "page"])
def test_a_drawing_needs_no_style_and_nothing_from_elsewhere_and_has_ids_of_its_own(
    theme: SvgTheme,
) -> None:
    bars = frequency_svgs(COUNTRIES, theme=theme, paper=ON_SCREEN, name="x7")
    years = year_svgs(YEARS, "Years", theme=theme, paper=ON_SCREEN, name="x8")
    for (page,), name in ((bars, "x7"), (years, "x8")):
        assert f'aria-labelledby="{name}-1-title {name}-1-text"' in page
        assert not any(word in page for word in ("style=", "href", "url("))
        assert ("var(--chart-ink" in page) == (theme == "page")


def test_texts_from_outside_stay_texts() -> None:
    labels = (*HOSTILE, "\x00 \ufffe control", "עברית", "😀")
    lines = tuple(line(label, n) for n, label in enumerate(labels))
    counts = Counts(title=HOSTILE[0], lines=lines, without=frozenset(), total=len(labels))
    groups = tuple(StudyYears(label=label, numbers={2000: 1}, without=0) for label in labels)
    for page in (*frequency_svgs(counts), *year_svgs(groups, HOSTILE[0])):
        tags = {element.tag for element in drawn(page).iter()}
        assert tags <= {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text")}


@pytest.mark.parametrize("headings", [0, 1, 200])
def test_in_a_column_of_text_all_stands_on_one_narrow_page(headings: int) -> None:
    lines = tuple(
        line(f"{n} " + "Cluster trials with a waiting list " * (n % 4), *range(n + 1))
        for n in range(headings)
    )
    counts = Counts(title="Design", lines=lines, without=frozenset({999}), total=headings + 1)
    (page,) = frequency_svgs(counts, paper=ON_SCREEN)
    places = bars(page)
    assert len(places) == headings + 1
    assert all(bar["x"] + bar["width"] < ON_SCREEN.wide - MARGIN for bar in places)
    ends = [bar["y"] + bar["height"] for bar in places]
    assert all(end < after["y"] for end, after in zip(ends, places[1:], strict=False))
    assert float(drawn(page).attrib["width"]) == ON_SCREEN.wide


def test_studies_without_a_code_stand_apart_by_an_outline() -> None:
    (page,) = frequency_svgs(COUNTRIES)
    *coded, missing = [r for r in drawn(page).iter(f"{SVG}rect") if r.get("width") != "100%"]
    assert {bar.get("stroke") for bar in coded} == {None}
    assert (missing.get("stroke"), missing.get("fill")) == (THEMES["light"].ink, "#FFFFFF")


def test_bars_and_letters_are_seen_on_both_grounds() -> None:
    for look in THEMES.values():
        assert contrast("#0072B2", look.ground) >= 3
        assert contrast(look.quiet, look.ground) >= 4.5


def test_of_many_bars_the_longest_are_told_and_the_others_counted() -> None:
    lines = tuple(line(f"Option {n}", *range(n)) for n in range(1, 31))
    counts = Counts(title="Design", lines=lines, without=frozenset(), total=30)
    text = frequency_picture(counts).text
    assert "Option 30: 30; Option 29: 29; " in text
    assert text.endswith("Option 21: 21; and 20 more")


def test_the_scale_of_years_is_named_where_bars_have_no_room_for_numbers() -> None:
    years = StudyYears(label="All", numbers=dict.fromkeys(range(1910, 2024), 1234), without=0)
    (page,) = year_svgs((years,), "Years", paper=ON_SCREEN)
    assert texts(page).count("1,234") == 1
    assert len(bars(page)) == 114
