from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.screening.explanation import MOST, explain, question_words
from evidence.screening.model import Term


def told(*words: str, question: Sequence[str] = ()) -> tuple[str, ...]:
    """What is told of terms that all speak for a work."""
    weighed = [Term(word=word, weight=1 - at / 100) for at, word in enumerate(words)]
    return explain(weighed, question_words(question))


@pytest.mark.parametrize(
    "word",
    ["psycinfo", "database", "medline", "embase", "copyright", "reserved", "elsevier", "truncated"],
)
def test_what_databases_and_publishers_add_is_no_reason(word: str) -> None:
    assert told(word, f"{word} gardens", f"gardens {word}", "gardens") == ("gardens",)


@pytest.mark.parametrize("word", ["2019", "95", "12th", "1990s", "0_05", "10mg", "iii", "seven"])
def test_numbers_are_no_reason(word: str) -> None:
    assert told(word, f"of {word}", "gardens") == ("gardens",)


@given(number=st.integers(0, 10**9), word=st.sampled_from(["weeks", "mice", "of", "database"]))
def test_no_pair_with_a_figure_is_a_reason(number: int, word: str) -> None:
    assert told(f"{number} {word}", f"{word} {number}") == ()


@pytest.mark.parametrize("word", ["p53", "hba1c", "5ht2", "3d", "5g", "il6"])
def test_names_with_figures_are_reasons(word: str) -> None:
    assert told(word) == (word,)


@pytest.mark.parametrize("word", ["background", "objective", "methods", "results", "conclusions"])
def test_headings_of_abstracts_are_no_reason(word: str) -> None:
    assert told(word) == ()


def test_fillers_alone_are_no_reason() -> None:
    assert told("and", "of the", "und der", "of work", "not only") == ("of work",)


def test_what_the_review_asks_for_is_a_reason() -> None:
    question = ["Does copyright keep people from using a database of seeds?", "In PsycINFO, 2019"]

    words = ("copyright", "database", "psycinfo", "2019", "publisher")
    assert told(*words, question=question) == ("copyright", "database")


def test_what_speaks_against_a_work_is_no_reason() -> None:
    assert explain([Term("mice", -3.0), Term("gardens", 1.0), Term("soil", 0.0)]) == ("gardens",)


def test_few_words_are_told() -> None:
    assert len(told(*(f"word{letter}" for letter in "abcdefghij"))) == MOST
