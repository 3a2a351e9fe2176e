"""One plain sentence says what is probably still unread."""

import pytest

from evidence.screening.stopping_rules import ReadingProgress, StoppingSettings, advise
from evidence.screening.stopping_sentence import in_short
from evidence.screening.stopping_tests import Sample


def progress(size: int, relevant: int, found: int, read: int, total: int = 1000) -> ReadingProgress:
    """A review of `total` works of which `read` are read and `found` relevant."""
    sample = Sample(size=size, relevant=relevant, among=total, relevant_among=found, read=read)
    return ReadingProgress(
        reading=[True] * found + [False] * (read - found), total=total, sample=sample
    )


@pytest.mark.parametrize(
    ("under_way", "sentence"),
    [
        (
            progress(0, 0, 5, 40),
            "no work that was drawn at random is read yet (those of pilots are not",
        ),
        (progress(2, 0, 0, 2), "Only 2 works were read at random: too few to say"),
        (progress(100, 3, 18, 400), "Probably about 12 relevant works are still unread; 95% sure"),
        (progress(100, 2, 19, 400), "Probably about 1 relevant work is still unread; 95% sure"),
        (
            progress(100, 1, 30, 400),
            "Probably no relevant works are still unread; 95% sure at",
        ),
        (progress(100, 0, 3, 400), "No relevant work came up at random; 95% sure at most"),
        (progress(999, 30, 30, 999), "Probably no relevant work is still unread; 95% sure."),
        (progress(1000, 30, 30, 1000), "All works are read; nothing relevant can be left."),
    ],
)
def test_what_is_said_of_what_is_unread(under_way: ReadingProgress, sentence: str) -> None:
    assert sentence in in_short(under_way, StoppingSettings())


def test_every_p_value_is_told_in_words() -> None:
    advice = advise(progress(300, 9, 38, 700), StoppingSettings())
    tests = [one.sentence for one in advice.values() if one.p is not None and not one.too_few]
    assert tests
    for sentence in tests:
        assert "If recall were below 95%" in sentence
        assert "in 100 (p = " in sentence or "nearly always (p = " in sentence
        assert "95% sure that it is not" in sentence
