import pytest

from evidence.charts.palette import ThemeName
from evidence.charts.screening_curve import MOST_POINTS, screening_curve


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
