import json
from collections.abc import Callable
from typing import Any

import pytest

from evidence.charts.counts.crosstab_heat import drawn_crosstab
from evidence.charts.explored.bars import bars_figure, counted, years_figure
from evidence.charts.explored.funnel import funnel_figure
from evidence.charts.explored.heat import heat_figure
from evidence.charts.palette import ThemeName
from evidence.synthesis.map_view import NONE_OF_THESE
from evidence.synthesis.study_counts import Count, Counts, by_year
from evidence.synthesis.whole_crosstab import whole_crosstab
from tests.charts.conftest import HOSTILE
from tests.charts.counts.test_crosstab_heat import A, B, question, small, study
from tests.charts.test_forest_plot import effects

COUNTRIES = Counts(
    title="Country",
    lines=(
        Count(id="usa", label="United States", studies=frozenset({1, 2})),
        Count(id="nor", label="Norway", studies=frozenset()),
        Count(id="gbr", label=HOSTILE[0], studies=frozenset({2}), depth=1),
    ),
    without=frozenset({3}),
    total=3,
)


def part(figure: Any, name: str) -> list[Any]:
    """What all traces have of one kind, one after another."""
    return [each for trace in figure.data for each in (trace[name] or ())]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_bar_has_its_number_and_says_its_code_when_it_is_clicked(
    theme: ThemeName, assert_no_markup: Callable[[Any], None]
) -> None:
    figure = bars_figure(COUNTRIES, theme)
    assert part(figure, "x") == [2, 1, 1]
    assert [each[0] for each in part(figure, "customdata")] == ["usa", "gbr", NONE_OF_THESE]
    assert [each.text for each in figure.layout.annotations] == ["2", "1", "1"]
    assert figure.data[0].hovertext[0] == "United States: 2 of 3 (67%)"
    assert_no_markup(figure)


def test_years_stand_in_order_and_say_themselves() -> None:
    studies = [study(1), study(2)]
    counts = by_year([*studies])
    assert part(years_figure(counts, "light"), "x") == []
    lines = tuple(
        Count(id=str(year), label=str(year), studies=frozenset({year})) for year in (1999, 2000)
    )
    some = Counts(title="Year", lines=lines, without=frozenset(), total=2)
    figure = years_figure(some, "dark")
    assert part(figure, "x") == [1999, 2000]
    assert [each[0] for each in part(figure, "customdata")] == ["1999", "2000"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_cell_has_its_number_and_says_its_row_and_column(theme: ThemeName) -> None:
    figure = heat_figure(drawn_crosstab(small()), theme)
    cells = dict(zip(map(tuple, part(figure, "customdata")), part(figure, "text"), strict=True))
    assert cells == {
        ("a0", "b0"): "2",
        ("a0", "b1"): "1",
        ("a1", NONE_OF_THESE): "1",
        (NONE_OF_THESE, NONE_OF_THESE): "1",
    }


def test_a_cell_that_was_not_clicked_keeps_letters_that_can_be_read() -> None:
    for trace in heat_figure(drawn_crosstab(small()), "light").data:
        assert trace.unselected.textfont.color == trace.textfont.color


def test_words_of_others_stay_words_in_cells(assert_no_markup: Callable[[Any], None]) -> None:
    rows, columns = question("a", *HOSTILE), question("b", *HOSTILE)
    studies = [study(n, a=f"a{n}", b=f"b{n}") for n in range(len(HOSTILE))]
    assert_no_markup(heat_figure(drawn_crosstab(whole_crosstab(studies, rows, columns)), "light"))


@pytest.mark.journey
def test_many_cells_are_drawn() -> None:
    rows = question("a", *(f"Outcome {n}" for n in range(200)))
    columns = question("b", *(f"Country {n}" for n in range(60)))
    studies = [study(n, a=f"a{n % 200}", b=f"b{n % 60}") for n in range(600)]
    figure = heat_figure(drawn_crosstab(whole_crosstab(studies, rows, columns)), "light")
    assert len(part(figure, "text")) == 600
    assert figure.layout.width > 60 * 40


def test_nothing_counted_gives_no_bar() -> None:
    none = Counts(title="Country", lines=(), without=frozenset(), total=0)
    assert counted(none) == ()
    assert drawn_crosstab(whole_crosstab((), A, B)).cells == []


def test_a_funnel_names_each_study_with_its_numbers() -> None:
    figure = funnel_figure(effects(5), "light")
    dots = figure.data[-1]
    assert len(dots.x) == 5
    assert dots.hovertext[0].startswith("Study 0: ")
    assert "standard error" in dots.hovertext[0]
    low, high = figure.layout.yaxis.range
    assert low > max(dots.y) > high == 0


def test_no_chart_asks_anything_of_another_machine() -> None:
    for figure in (
        bars_figure(COUNTRIES, "light"),
        heat_figure(drawn_crosstab(small()), "light"),
        funnel_figure(effects(5), "light"),
    ):
        traces = {trace["type"] for trace in json.loads(figure.to_json())["data"]}
        assert traces <= {"bar", "scatter"}
