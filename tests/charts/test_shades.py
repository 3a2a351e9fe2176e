from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.charts.palette import THEMES, ThemeName, contrast
from evidence.charts.shades import DARK, LIGHT, shade_of, shades
from evidence.settings import ROOT


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (1, ["1 study"]),
        (3, ["1 study", "2 studies", "3 studies"]),
        (7, ["1 study", "2 to 4 studies", "5 to 7 studies"]),
        (30, ["1 study", "2 to 4 studies", "5 to 9 studies", "10 to 19 studies",
              "20 to 30 studies"]),
        (60, ["1 to 2 studies", "3 to 9 studies", "10 to 29 studies", "30 to 60 studies"]),
        (700, ["1 to 4 studies", "5 to 19 studies", "20 to 99 studies", "100 to 499 studies",
               "500 to 700 studies"]),
    ],
)  # fmt: skip
def test_shades_begin_at_round_numbers(most: int, words: list[str]) -> None:
    assert [shade.words("study", "studies") for shade in shades(most, "light")] == words


def test_without_a_study_there_is_no_shade() -> None:
    assert shades(0, "dark") == ()


@given(most=st.integers(1, 10**6), theme=st.sampled_from(tuple(THEMES)))
def test_every_number_has_the_one_shade_whose_numbers_hold_it(most: int, theme: ThemeName) -> None:
    steps = shades(most, theme)
    assert min(most, 3) <= len(steps) <= len(LIGHT)
    assert len({step.fill for step in steps}) == len(steps)
    for number in {1, most, max(1, most // 2), max(1, most // 7)}:
        step = shade_of(number, steps)
        assert step.least <= number <= step.most


def test_shades_are_told_apart_without_colours() -> None:
    for look, fills in ((THEMES["light"], LIGHT), (THEMES["dark"], DARK)):
        ladder = [look.panel, *fills]
        for lower, upper in pairwise(ladder):
            assert contrast(lower, upper) >= 1.25
        rising = [contrast(fill, look.panel) for fill in fills]
        assert rising == sorted(rising)


def test_the_map_file_has_the_shades_of_both_grounds() -> None:
    style = (ROOT / "evidence" / "viewer" / "map_file.css").read_text(encoding="utf-8")
    for n, (light, dark) in enumerate(zip(LIGHT, DARK, strict=True), start=1):
        assert f"--chart-shade-{n}: light-dark({light.lower()}, {dark.lower()});" in style
