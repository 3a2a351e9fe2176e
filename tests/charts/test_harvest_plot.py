from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.direction_plot import DirectionWords
from evidence.charts.harvest_plot import SHADES, harvest_picture, harvest_svgs, numbered
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_groups import Appraisal, Grouping, direction_groups
from evidence.synthesis.studies import CodedStudy

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]
SVG = "{http://www.w3.org/2000/svg}"
WORDS = DirectionWords(contrast="between arms")


@pytest.fixture
def designs(axis: Axes) -> Dimension:
    return axis("question:design", ["Trial", "Cohort"], of=Of.STUDY)


def bars(page: str) -> list[Element]:
    tree = fromstring(page)  # noqa: S314 - the text is our own
    return [r for r in tree.iter(f"{SVG}rect") if r.get("width") == "11"]


def test_a_bar_is_as_high_as_its_design_and_as_dark_as_its_appraisal(
    axis: Axes, study: Studies, designs: Dimension
) -> None:
    studies = [study("n0 e0", design="n0"), study("n0 e0 worse", design="n1")]
    how = Grouping(designs=designs, appraisals={1: Appraisal.HIGH, 2: Appraisal.LOW})
    made = direction_groups(studies, axis("axis:outcome", ["Work"]), "arms", how)
    (page,) = harvest_svgs(made, WORDS)
    worse, better = bars(page)[:2]
    assert float(better.attrib["height"]) > float(worse.attrib["height"])
    assert float(worse.attrib["x"]) < float(better.attrib["x"])
    assert better.get("fill") == SHADES[Appraisal.HIGH]
    assert worse.get("fill") == SHADES[Appraisal.LOW]


def test_every_study_is_named_and_those_without_a_direction_are_counted(
    axis: Axes, study: Studies
) -> None:
    studies = [study("n0 e0"), study("n0 e0 not stated")]
    made = direction_groups(studies, axis("axis:outcome", ["Work"]), "arms", Grouping())
    (page,) = harvest_svgs(made, WORDS)
    assert "1 Study 1; 2 Study 2" in page
    assert "1 not stated" in page
    assert numbered(made) == {1: 1, 2: 2}
    assert len(harvest_picture(made, WORDS).table.rows) == 2


@pytest.mark.parametrize(("studies", "outcomes"), [(1, 1), (60, 3), (5, 40)])
def test_everything_stands_on_a_page(
    axis: Axes, study: Studies, studies: int, outcomes: int
) -> None:
    across = axis("axis:outcome", [f"Outcome {n}" for n in range(outcomes)])
    links = [f"n0 e{n}" for n in range(outcomes)]
    made = direction_groups([study(*links) for _ in range(studies)], across, "arms", Grouping())
    svgs = harvest_svgs(made, WORDS)
    assert sum(len(bars(svg)) for svg in svgs) >= studies * outcomes
    for svg in svgs:
        for bar in bars(svg):
            assert MARGIN <= float(bar.attrib["y"]) <= HIGH - MARGIN
            assert float(bar.attrib["x"]) <= WIDE - MARGIN


def test_nothing_to_show_is_said(axis: Axes) -> None:
    made = direction_groups([], axis("axis:outcome", ["Work"]), "arms", Grouping())
    (page,) = harvest_svgs(made, WORDS)
    assert "No study has a finding here yet." in page
