import tomllib
from pathlib import Path

import pytest

from evidence.charts.palette import (
    CATEGORIES,
    SYMBOLS,
    THEMES,
    ThemeName,
    contrast,
    letters_on,
    mark,
)

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
BOTH: tuple[ThemeName, ...] = ("light", "dark")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#777777") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", BOTH)
def test_letters_can_be_read_on_the_ground_and_on_every_mark(theme: ThemeName) -> None:
    look = THEMES[theme]
    for ground in (look.ground, look.panel):
        assert contrast(look.ink, ground) >= 7
        assert contrast(look.quiet, ground) >= 4.5
    for fill in CATEGORIES:
        assert contrast(letters_on(fill), fill) >= 4.5


@pytest.mark.parametrize("theme", BOTH)
def test_every_mark_stands_out_from_the_ground(theme: ThemeName) -> None:
    look = THEMES[theme]
    for number in range(len(CATEGORIES)):
        assert contrast(mark(number).outline(look), look.ground) >= 3
    assert all(contrast(fill, look.ground) >= 3 for fill in CATEGORIES[:4])


@pytest.mark.parametrize("theme", BOTH)
def test_charts_have_the_colours_of_the_page_around_them(theme: ThemeName) -> None:
    page = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    look = THEMES[theme]
    shown = (look.ground, look.panel, look.ink, look.line)
    names = ("backgroundColor", "secondaryBackgroundColor", "textColor", "borderColor")
    assert [colour.casefold() for colour in shown] == [page[name].casefold() for name in names]


def test_categories_differ_by_colour_and_by_symbol() -> None:
    first = [mark(number) for number in range(len(CATEGORIES))]
    assert len({one.fill for one in first}) == len(CATEGORIES)
    assert len({one.symbol for one in first}) == len(SYMBOLS)
    many = [(mark(n).fill, mark(n).symbol) for n in range(len(CATEGORIES) * len(SYMBOLS))]
    assert len(set(many)) == len(many)


@pytest.mark.parametrize("number", range(len(CATEGORIES)))
def test_numbers_fit_into_every_symbol_that_is_large_enough(number: int) -> None:
    how = mark(number)
    assert 0 < how.inside(20) <= how.diameter(20)
