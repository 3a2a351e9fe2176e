import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.charts.labels import lines, longest_word, safe, width, wrapped


def test_what_people_wrote_is_no_markup(hostile: tuple[str, ...]) -> None:
    for text in hostile:
        assert not re.search(r"<|\$|&(?!(lt|gt|amp|#36);)", safe(text))


def test_wrapping_keeps_words_and_breaks_at_spaces_hyphens_and_slashes() -> None:
    assert wrapped("Hospital stays", 70, 12) == ["Hospital", "stays"]
    assert wrapped("self-esteem", 50, 12) == ["self-", "esteem"]
    assert wrapped("and/or", 30, 12) == ["and/", "or"]


def test_a_word_that_is_too_long_is_broken_not_cut_off() -> None:
    broken = wrapped("rehospitalisation", 60, 12)
    assert len(broken) > 1
    assert "".join(line.removesuffix("-") for line in broken) == "rehospitalisation"


def test_a_no_break_space_holds_together() -> None:
    assert wrapped("sought (n\u00a0=\u00a012)", 75, 12) == ["sought", "(n\u00a0=\u00a012)"]


def test_spaces_and_line_ends_are_one_space() -> None:
    assert wrapped("  a \n\t b ", 500, 12) == ["a b"]
    assert wrapped("", 500, 12) == []


def test_wide_letters_count_as_wide() -> None:
    assert width("支援", 10) > width("aa", 10)
    assert width("e\u0301", 10) == width("e", 10)


def test_the_longest_word_is_one_that_stays_together() -> None:
    assert longest_word("a self-employed b", 12) == width("employed", 12)


def test_lines_are_safe_and_parted() -> None:
    assert lines("<b> <i>", 25, 12) == "&lt;b&gt;<br>&lt;i&gt;"


@given(st.text(max_size=80), st.integers(min_value=40, max_value=300))
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text: str, room: int) -> None:
    found = wrapped(text, room, 12)
    assert all(width(line, 12) <= room for line in found)
    kept = re.sub(r"[\s-]", "", "".join(found))
    assert kept == re.sub(r"[\s-]", "", text)


@pytest.mark.parametrize("room", [1, 5])
def test_no_room_at_all_still_ends(room: int) -> None:
    assert "".join(wrapped("wwwwww", room, 12)).replace("-", "") == "wwwwww"
