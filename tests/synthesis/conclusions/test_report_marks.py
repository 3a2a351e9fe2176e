"""Of reports that came and went is told which; marks without titles are read as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.conclusions.report_marks import difference_words, is_same, reports_mark

REPORTS = st.lists(st.tuples(st.text(max_size=5), st.integers(0, 2100)), max_size=4)


@given(REPORTS, REPORTS)
def test_marks_are_the_same_for_the_same_reports_only(
    first: list[tuple[str, int]], second: list[tuple[str, int]]
) -> None:
    is_equal = sorted(first) == sorted(second)
    assert is_same(reports_mark(first), reports_mark(second)) == is_equal
    assert is_same(reports_mark(first).partition("\n")[0], reports_mark(second)) == is_equal


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (["A"], ["A", "B"], " Linked, or split off from another: “B”."),
        (["A", "A"], ["A"], " Taken away or merged into another: “A”."),
        (
            ["A"],
            ["B"],
            " Taken away or merged into another: “A”. Linked, or split off from another: “B”.",
        ),
        (["A\n<b>"], [], " Taken away or merged into another: “A\n<b>”."),
        (
            [],
            list("ABCDEFG"),
            " Linked, or split off from another: “A”, “B”, “C”, “D”, “E” and 2 more.",
        ),
        (["x" * 100], [], f" Taken away or merged into another: “{'x' * 89}…”."),
    ],
)
def test_what_came_and_went_is_named(before: list[str], after: list[str], words: str) -> None:
    marks = [reports_mark((title, 2000) for title in each) for each in (before, after)]
    assert difference_words(*marks) == words


def test_a_mark_from_before_titles_were_kept_names_nothing() -> None:
    assert difference_words("0123456789abcdef", reports_mark([("A", 2000)])) == ""
