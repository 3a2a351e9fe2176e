"""What a colour says is said in grey print, too: by its darkness in order, or by a sign, a word."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from evidence.charts.direction_labels import STRIPS
from evidence.charts.funnel_plot import CONTOURS, DARK_CONTOURS
from evidence.charts.harvest_plot import SHADES
from evidence.charts.judgement_marks import MARKS
from evidence.charts.palette import CATEGORIES, THEMES, contrast, mark
from evidence.charts.review_overlap import DEGREE_FILLS
from evidence.charts.shades import DARK, LIGHT
from evidence.synthesis.appraisal.judgements import Level

CHARTS = Path("evidence/charts")
ORDERED = {
    "counts on a map or in a crosstab": LIGHT,
    "the same in the dark": DARK,
    "appraisal in a harvest plot": tuple(SHADES.values()),
    "overlap of reviews": tuple(DEGREE_FILLS.values()),
    "contours of a funnel": (*(fill for _, fill in CONTOURS), THEMES["dark"].ground),
    "contours in the dark": (*(fill for _, fill in DARK_CONTOURS), THEMES["light"].ground),
    "judgements": tuple(
        MARKS[level].fill
        for level in (Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE, Level.CRITICAL)
    ),
}
SEEN_APART = 1.13
"""Contrast in grey at which two neighbouring fields with an edge between them are told apart."""


@pytest.mark.parametrize("name", ORDERED)
def test_steps_of_an_order_go_one_way_in_grey(name: str) -> None:
    on_white = [contrast(fill, "#FFFFFF") for fill in ORDERED[name]]
    ways = {later > earlier for earlier, later in pairwise(on_white)}
    assert len(ways) == 1
    for earlier, later in pairwise(on_white):
        assert max(earlier, later) / min(earlier, later) > SEEN_APART


def test_categories_without_an_order_have_a_symbol_each() -> None:
    assert len({mark(number).symbol for number in range(len(CATEGORIES))}) == len(CATEGORIES)
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)


def test_no_palette_is_forgotten() -> None:
    known = {"palette.py", "shades.py", "harvest_plot.py", "review_overlap.py", "funnel_plot.py",
             "judgement_marks.py", "direction_labels.py"}  # fmt: skip
    with_colours = {
        path.name
        for path in CHARTS.rglob("*.py")
        if re.search(r'"#[0-9A-Fa-f]{6}"', path.read_text(encoding="utf-8"))
    }
    assert with_colours == known


def test_the_strip_of_an_appraisal_stands_beside_its_word() -> None:
    assert len({appraisal.value for appraisal in STRIPS}) == len(STRIPS)
