from collections.abc import Callable
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.palette import THEMES, contrast
from evidence.charts.svg_bars import option_bars_svg, year_bars_svg
from evidence.charts.svg_parts import SvgTheme
from evidence.synthesis.study_counts import Count, Counts
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[..., str]


def counts(
    *sizes: int, labels: tuple[str, ...] = (), without: int = 0, title: str = "Design"
) -> Counts:
    """Lines of so many studies each, no study in two of them."""
    lines, first = [], 0
    for number, size in enumerate(sizes):
        label = labels[number] if number < len(labels) else f"Option {number}"
        lines.append(
            Count(id=f"o{number}", label=label, studies=frozenset(range(first, first + size)))
        )
        first += size
    left = frozenset(range(first, first + without))
    return Counts(title=title, lines=tuple(lines), without=left, total=first + without)


def years(first: int, last: int, size: int = 1) -> Counts:
    lines = tuple(
        Count(id=str(year), label=str(year), studies=frozenset(range(year, year + size)))
        for year in range(first, last + 1)
    )
    return Counts(title="Year", lines=lines, without=frozenset({1}), total=2 + last - first)


def drawn(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - the text is our own


def texts(tree: Element) -> list[str]:
    return [text.text or "" for text in tree.iter(f"{SVG}text")]


def bars(tree: Element) -> list[Element]:
    return [rect for rect in tree.iter(f"{SVG}rect") if rect.get("height") != "100%"]


@pytest.mark.parametrize("theme", ["light", "dark", "page"])
def test_each_option_has_a_bar_as_long_as_its_number_and_the_number_beside_it(
    theme: SvgTheme,
) -> None:
    tree = drawn(option_bars_svg(counts(10, 0, 5, without=2), theme=theme))
    assert [float(bar.attrib["width"]) for bar in bars(tree)] == pytest.approx(
        [10 * (u := float(bars(tree)[1].attrib["width"]) / 5), 5 * u, 2 * u], abs=0.2
    )
    said = texts(tree)
    assert said[:3] == ["Design", "1 option without a study is left out.", "Of 17 studies."]
    assert said[3:] == ["Option 0", "10", "Option 2", "5", "Not coded", "2"]


def test_studies_without_a_code_stand_apart_by_an_outline() -> None:
    coded, missing = bars(drawn(option_bars_svg(counts(3, without=1))))
    assert coded.get("stroke") is None
    assert (missing.get("stroke"), missing.get("fill")) == (THEMES["light"].ink, "#FFFFFF")


def test_a_study_of_two_options_is_told() -> None:
    both = frozenset({1, 2})
    lines = (Count(id="a", label="A", studies=both), Count(id="b", label="B", studies=both))
    twice = Counts(title="Design", lines=lines, without=frozenset(), total=2)
    assert "A study can stand in several lines; there are 2 studies." in texts(
        drawn(option_bars_svg(twice))
    )


def test_a_long_label_takes_several_lines_and_bars_do_not_touch() -> None:
    labels = ("Cluster randomised controlled trials with a waiting list " * 3, "x" * 120, "Short")
    tree = drawn(option_bars_svg(counts(3, 2, 1, labels=labels), room=400))
    tops = [float(bar.attrib["y"]) for bar in bars(tree)]
    heights = [float(bar.attrib["height"]) for bar in bars(tree)]
    assert all(
        top + high < below for top, high, below in zip(tops, heights, tops[1:], strict=False)
    )
    lowest = [float(text.attrib["y"]) for text in tree.iter(f"{SVG}text")]
    right = max(float(b.attrib["x"]) + float(b.attrib["width"]) for b in bars(tree))
    assert right < 400
    assert max(lowest) < float(tree.attrib["height"])


@pytest.mark.parametrize("draw", [option_bars_svg, year_bars_svg])
def test_texts_from_outside_stay_texts(draw: Draw) -> None:
    labels = (*HOSTILE, "\x00 \ufffe control", "עברית", "😀")
    tree = drawn(draw(counts(*[1] * len(labels), labels=labels, title=HOSTILE[0]), room=900))
    assert {element.tag for element in tree.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text")
    }
    description = tree.find(f"{SVG}desc")
    assert description is not None
    assert all(label in (description.text or "") for label in HOSTILE)


@pytest.mark.parametrize("draw", [option_bars_svg, year_bars_svg])
@pytest.mark.parametrize("theme", ["light", "page"])
def test_a_drawing_needs_no_style_and_nothing_from_elsewhere(draw: Draw, theme: SvgTheme) -> None:
    text = draw(counts(1, 2), theme=theme)
    assert "style=" not in text
    assert "href" not in text
    assert "url(" not in text
    assert text == draw(counts(1, 2), theme=theme)


@pytest.mark.parametrize("draw", [option_bars_svg, year_bars_svg])
def test_ids_are_of_one_drawing_only(draw: Draw) -> None:
    assert 'aria-labelledby="x7-title x7-text"' in draw(counts(1), name="x7")


@pytest.mark.parametrize("draw", [option_bars_svg, year_bars_svg])
def test_a_review_without_studies_says_so(draw: Draw) -> None:
    none = Counts(title="Design", lines=(), without=frozenset(), total=0)
    tree = drawn(draw(none))
    assert bars(tree) == []
    description = tree.find(f"{SVG}desc")
    assert description is not None
    assert description.text == "No study. 0 studies in all."


def test_years_stand_in_line_and_only_so_many_are_named_as_there_is_room_for() -> None:
    few = drawn(year_bars_svg(years(2018, 2021)))
    assert [text for text in texts(few) if text.startswith("20")] == [
        "2018",
        "2019",
        "2020",
        "2021",
    ]
    assert "Of 5 studies; 1 without a year." in texts(few)
    many = drawn(year_bars_svg(years(1900, 2024)))
    named = [text for text in texts(many) if len(text) == 4 and text.isdecimal()]
    assert named[0] == "1900"
    assert 5 < len(named) < 20
    assert len(bars(many)) == 125


@pytest.mark.parametrize("most", [1, 4, 5, 6, 11, 99, 100, 5000])
def test_the_scale_has_whole_steps_up_to_five(most: int) -> None:
    said = texts(drawn(year_bars_svg(years(2020, 2020, most))))
    numbers = [int(text.replace(",", "")) for text in said[2:-1] if text != "2020"]
    grid = numbers[:-1] if numbers[-1] == most else numbers
    assert grid[0] == 0
    assert 2 <= len(grid) <= 6
    assert {b - a for a, b in pairwise(grid)} == {grid[1]}


def test_bars_and_letters_are_seen_on_both_grounds() -> None:
    for look in THEMES.values():
        assert contrast("#0072B2", look.ground) >= 3
        assert contrast(look.quiet, look.ground) >= 4.5


def test_of_many_lines_the_longest_are_described_and_the_others_counted() -> None:
    text = drawn(option_bars_svg(counts(*range(1, 31)))).findtext(f"{SVG}desc") or ""
    assert text.startswith("Option 29: 30; Option 28: 29; ")
    assert text.endswith("Option 20: 21; and 20 more. 465 studies in all.")
