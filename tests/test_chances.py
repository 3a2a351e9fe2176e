"""Probabilities are told in words that nobody can misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import chances


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "less than once in 1,000 times"),
        (0.0009, "less than once in 1,000 times"),
        (0.001, "about once in 1,000"),
        (0.0043, "about 4 times in 1,000"),
        (0.0099, "about 10 times in 1,000"),
        (0.01, "about once in 100"),
        (0.049, "about 5 times in 100"),
        (0.651, "about 65 times in 100"),
        (0.994, "about 99 times in 100"),
        (1.0, "nearly always"),
    ],
)
def test_the_words_of_a_probability(probability: float, words: str) -> None:
    assert chances.in_words(probability) == words


@given(st.floats(0, 1))
def test_no_probability_is_told_as_never_or_as_always(probability: float) -> None:
    words = chances.in_words(probability)
    assert "about 0 " not in words
    assert "100 times in 100" not in words
