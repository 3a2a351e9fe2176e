"""Progress of screening: each person has a line that is known without its colour."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from evidence.charts.explored.reading_days import (
    MOST_LINES,
    reading_days_figure,
    reading_days_table,
    reading_days_words,
)
from evidence.charts.palette import ThemeName
from evidence.screening.reading_days import DayRead
from tests.charts.conftest import HOSTILE

FIRST = date(2026, 11, 1)


def read(person: str, *works: int) -> list[DayRead]:
    return [
        DayRead(person=person, day=FIRST + timedelta(days=at), works=number)
        for at, number in enumerate(works)
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_differ_by_more_than_colour_and_end_with_name_and_number(theme: ThemeName) -> None:
    figure = reading_days_figure([*read("Anna", 3, 4), *read("Ben", 2)], "Full text", theme)
    assert [list(trace.y) for trace in figure.data] == [[3, 7], [2]]
    assert len({trace.line.dash for trace in figure.data}) == 2
    assert len({trace.marker.symbol for trace in figure.data}) == 2
    assert [each.text for each in figure.layout.annotations][:2] == ["Anna 7", "Ben 2"]
    assert figure.layout.title.text == "Works decided day by day: full text"


def test_many_people_are_few_lines_and_all_stand_in_the_table() -> None:
    days = [each for at in range(20) for each in read(f"Person {at}", at + 1, 1)]
    figure = reading_days_figure(days, "Full text", "light")
    assert len(figure.data) == MOST_LINES
    drawn = sum(trace.y[-1] for trace in figure.data)
    assert drawn == sum(each.works for each in days)
    texts = [each.text for each in figure.layout.annotations]
    assert any(text.startswith("15 others") for text in texts)
    assert any("15 who read least" in text for text in texts)
    assert len(reading_days_table(days).rows) == 40
    assert "Person 19 21 by 2026-11-02" in reading_days_words(days, "Full text")


def test_names_at_the_ends_of_lines_keep_off_each_other() -> None:
    days = [each for name in "ABCDE" for each in read(name, 10)]
    shifts = [each.yshift for each in reading_days_figure(days, "x", "light").layout.annotations]
    assert len(set(shifts[:5])) == 5


def test_one_day_is_named_once() -> None:
    figure = reading_days_figure(read("Anna", 3), "Full text", "light")
    assert list(figure.layout.xaxis.ticktext) == ["11-01<br>2026"]


def test_names_stay_names(assert_no_markup: Callable[[Any], None]) -> None:
    days = [each for name in HOSTILE[:5] for each in read(name, 2)]
    assert_no_markup(reading_days_figure(days, "Full text", "dark"))
    assert reading_days_words([], "Full text").endswith("nothing yet.")
