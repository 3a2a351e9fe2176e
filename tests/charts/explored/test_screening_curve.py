from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.charts.explored.screening_curve import (
    MOST_POINTS,
    RelevantInAll,
    curve_table,
    screening_curve,
)
from evidence.charts.palette import ThemeName


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_line_begins_at_nothing_and_ends_where_reading_stands(theme: ThemeName) -> None:
    figure = screening_curve([0, 1, 1, 2], 10, theme)
    (line,) = figure.data
    assert (list(line.x), list(line.y)) == ([0, 1, 2, 3, 4], [0, 0, 1, 1, 2])
    assert list(figure.layout.xaxis.range) == [0, 10]


def test_a_long_reading_is_drawn_with_few_points_and_its_true_end() -> None:
    (line,) = screening_curve(list(range(1, 100_002)), 200_000).data
    assert len(line.x) <= MOST_POINTS + 2
    assert (line.x[-1], line.y[-1]) == (100_001, 100_001)


def test_nothing_read_is_an_empty_line() -> None:
    (line,) = screening_curve([], 0).data
    assert set(line.y) == {0}


IN_ALL = RelevantInAll(likeliest=4, at_most=9, confidence=0.95, random_works=20)


def words(figure: Any) -> list[str]:
    return [each.text for each in figure.layout.annotations]


def test_what_random_works_tell_of_all_stands_as_level_lines_and_in_words() -> None:
    figure = screening_curve([0, 1, 2], 10, "dark", IN_ALL)
    assert [line.y0 for line in figure.layout.shapes] == [4, 9]
    assert [line.line.dash for line in figure.layout.shapes] == ["dash", "dot"]
    assert {"about 4 in all", "at most 9"} <= set(words(figure))
    assert "95% sure" in " ".join(words(figure))
    assert list(figure.data[0].customdata) == [0, 0, 0.25, 0.5]
    assert figure.layout.yaxis.range[1] > 9


def test_a_bound_far_off_is_said_and_does_not_flatten_the_line() -> None:
    far = replace(IN_ALL, at_most=900)
    figure = screening_curve([0, 1, 2], 1000, "light", far)
    assert [line.y0 for line in figure.layout.shapes] == [4]
    assert "at most 900" in " ".join(words(figure))


def test_without_an_estimate_none_is_drawn_and_that_is_said() -> None:
    figure = screening_curve([0, 1], 10)
    assert not figure.layout.shapes
    assert "cannot be estimated" in " ".join(words(figure))


@given(st.lists(st.booleans()))
def test_the_table_gives_the_whole_line_back(found: list[bool]) -> None:
    relevant = list(accumulate(map(int, found)))
    rows = curve_table(relevant).rows
    again: list[int] = []
    for at, number, _ in rows:
        assert isinstance(at, int)
        assert isinstance(number, int)
        level = again[-1] if again else 0
        again += [level] * (at - 1 - len(again)) + [number]
    assert again == relevant


def test_the_table_has_the_share_of_what_is_estimated() -> None:
    assert curve_table([0, 1, 2], IN_ALL).rows == ((2, 1, 0.25), (3, 2, 0.5))
