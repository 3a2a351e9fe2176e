from collections.abc import Callable
from typing import Any

import pytest

from evidence.charts.palette import ThemeName
from evidence.charts.study_bars import option_bars, year_bars
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import Count, Counts, by_option, by_year

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]


@pytest.fixture
def designs(axis: Axes, study: Studies) -> Counts:
    studies = [study(design="n0"), study(design="n0"), study()]
    return by_option(studies, axis("question:design", ["Trial", "Cohort"], Of.STUDY))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_option_has_a_bar_and_so_have_those_not_coded(
    designs: Counts, theme: ThemeName
) -> None:
    figure = option_bars(designs, theme)
    bars = figure.data[0]
    assert list(bars.x) == [2, 0, 1]
    assert list(bars.text) == ["2", "0", "1"]
    assert list(figure.layout.yaxis.ticktext) == ["Trial", "Cohort", "Not coded"]
    assert [list(place) for place in bars.customdata] == [["n0"], ["n1"], [None]]


def test_options_with_others_below_are_strong() -> None:
    lines = (
        Count(id="a", label="Work", studies=frozenset({1})),
        Count(id="b", label="IPS", studies=frozenset({1}), depth=1),
        Count(id="c", label="Education", studies=frozenset()),
    )
    figure = option_bars(Counts(title="T", lines=lines, without=frozenset(), total=1))
    assert list(figure.layout.yaxis.ticktext) == ["<b>Work</b>", "IPS", "Education"]


def test_few_studies_are_counted_in_whole_numbers(designs: Counts) -> None:
    assert option_bars(designs).layout.xaxis.dtick == 1


def test_years_stand_in_a_row_with_gaps(study: Studies) -> None:
    studies = [study(), study(), study(), study()]
    counts = by_year([studies[0], studies[3]])
    bars = year_bars(counts).data[0]
    assert list(bars.x) == [2001, 2002, 2003, 2004]
    assert list(bars.y) == [1, 0, 0, 1]
    assert list(bars.text) == ["1", "", "", "1"]


def test_studies_without_a_year_are_told(study: Studies) -> None:
    known = study()
    unknown = CodedStudy(id=99, label="u", year=None, codes={})
    figure = year_bars(by_year([known, unknown]))
    assert figure.layout.xaxis.title.text == "1 of 2 studies without a year"


@pytest.mark.parametrize("room", [360, 1000])
def test_many_years_are_labelled_as_far_as_there_is_room(room: float) -> None:
    lines = tuple(Count(id=str(y), label=str(y), studies=frozenset({y})) for y in range(1900, 2020))
    counts = Counts(title="Year", lines=lines, without=frozenset(), total=120)
    figure = year_bars(counts, room=room)
    assert 5 < len(figure.layout.xaxis.tickvals) <= room / 30
    assert figure.data[0].textposition == "none"


def test_nothing_to_count_is_an_empty_drawing() -> None:
    empty = Counts(title="T", lines=(), without=frozenset(), total=0)
    assert list(option_bars(empty).data[0].x) == []
    assert list(year_bars(empty).data[0].y) == []


def test_what_people_wrote_shows_as_they_wrote_it(
    axis: Axes,
    study: Studies,
    hostile: tuple[str, ...],
    assert_no_markup: Callable[[Any], None],
) -> None:
    designs = axis("question:design", hostile, Of.STUDY)
    assert_no_markup(option_bars(by_option([study(design="n0")], designs)))
