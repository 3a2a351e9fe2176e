"""What effect directions come to, as tables in words."""

from collections.abc import Mapping, Sequence

from evidence.charts.picture import PictureTable
from evidence.synthesis.direction_words import DirectionWord
from evidence.synthesis.sign_test import out_of_reach, p_text
from evidence.synthesis.within_study import EffectDirection

WORDS_HEAD = (
    "Intervention",
    "Outcome",
    "In a word",
    "Studies",
    "Favourable",
    "Unfavourable",
    "No change",
    "Conflicting",
    "Not stated",
    "Favourable of clear",
    "95% interval",
    "Sign test p",
)
CLEAR_FROM = 6  # clear directions, from which on a sentence is written


def words_table(
    words: Sequence[DirectionWord], interventions: Mapping[str, str], outcomes: Mapping[str, str]
) -> PictureTable:
    """A row for each intervention and outcome.

    Args:
        words: what studies say of each.
        interventions: labels by id.
        outcomes: likewise.
    """
    return PictureTable(
        head=WORDS_HEAD,
        rows=tuple(
            (
                interventions.get(word.intervention, word.intervention),
                outcomes.get(word.outcome, word.outcome),
                word.text,
                word.total,
                *(_number(word, direction) for direction in _COLUMNS),
                f"{word.test.favourable} of {word.test.clear}" if word.test else "",
                f"{word.test.low:.0%} to {word.test.high:.0%}" if word.test else "",
                _p(word),
            )
            for word in words
        ),
    )


def sentence(word: DirectionWord, intervention: str, outcome: str) -> str:
    """One intervention and outcome in a sentence; empty below six clear directions."""
    test = word.test
    if test is None or test.clear < CLEAR_FROM:
        return ""
    return (
        f"{intervention}, {outcome}: {test.favourable} of {test.clear} studies with a clear "
        f"direction are favourable ({test.share:.0%}, 95% interval {test.low:.0%} to "
        f"{test.high:.0%}; sign test p {p_text(test.p)})."
    )


_COLUMNS = (
    EffectDirection.FAVOURABLE,
    EffectDirection.UNFAVOURABLE,
    EffectDirection.NO_CHANGE,
    EffectDirection.CONFLICTING,
    EffectDirection.NOT_STATED,
)


def _number(word: DirectionWord, direction: EffectDirection) -> int:
    return len(word.studies.get(direction, ()))


def _p(word: DirectionWord) -> str:
    if word.test is None or out_of_reach(word.test.clear):
        return "out of reach"
    return p_text(word.test.p).removeprefix("= ")
