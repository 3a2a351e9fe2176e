"""Lists as people type them become names, and what cannot be is said with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.first_scheme.typed_lists import NameGroup, plain_words, read_list
from evidence.errors import Invalid


def test_bullets_numbers_blanks_and_empty_lines_are_left_out() -> None:
    typed = read_list("\n- Fish \n\n *  Water   plants\r\n2) Erosion\n   \n•Bank\n", "outcomes")
    assert typed.names == ("Fish", "Water plants", "Erosion", "•Bank")
    assert typed.repeated == ()


def test_a_line_with_a_colon_begins_a_group() -> None:
    typed = read_list("Cost\nHealth:\nWeight\nSleep\nSchool:\nMarks\nhealth:\nMood", "outcomes")
    assert typed.groups == (
        NameGroup(names=("Cost",)),
        NameGroup(title="Health", names=("Weight", "Sleep", "Mood")),
        NameGroup(title="School", names=("Marks",)),
    )


def test_a_heading_with_nothing_below_it_is_a_name() -> None:
    assert read_list("Health:\nSchool:\nMarks\nLater:", "outcomes").groups == (
        NameGroup(names=("Health", "Later")),
        NameGroup(title="School", names=("Marks",)),
    )


def test_what_stands_twice_is_taken_once_and_told() -> None:
    typed = read_list("Fish\nfish\nA:\nFish\nFISH", "outcomes")
    assert typed.names == ("Fish", "Fish")
    assert typed.repeated == ("fish", "FISH")


def test_a_line_that_is_too_long_is_named_and_all_at_once() -> None:
    with pytest.raises(Invalid, match=r"Line 2 of the outcomes has 5,000 characters.*Line 3"):
        read_list(f"Fish\n{'x' * 5000}\n{'y' * 301}\n", "outcomes")


def test_more_names_than_a_scheme_takes_are_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match=r"501 outcomes; a first scheme takes 500\. Put like ones"):
        read_list("\n".join(map(str, range(501))), "outcomes")
    assert len(read_list("\n".join(map(str, range(200))), "outcomes").names) == 200


@given(st.text(max_size=200))
def test_no_name_is_empty_or_has_what_cannot_be_seen(text: str) -> None:
    typed = read_list(text, "outcomes")
    for name in (*typed.names, *(group.title for group in typed.groups)):
        assert name == plain_words(name)
    assert all(typed.names)


def test_signs_that_turn_a_line_round_are_left_out() -> None:
    assert plain_words("a\u202eb\u0000c\td\ud800") == "abc d"
    assert plain_words("\u200c") == ""
