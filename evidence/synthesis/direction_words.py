"""What studies say of an intervention and an outcome, in a word by a rule that was set before."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.directions import EffectDirections, effect_directions
from evidence.synthesis.sign_test import SignTest, sign_test
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import EffectDirection

STATED = (
    EffectDirection.FAVOURABLE,
    EffectDirection.UNFAVOURABLE,
    EffectDirection.NO_CHANGE,
    EffectDirection.CONFLICTING,
)


class Agreement(StrEnum):
    """How far studies say the same."""

    NO_STUDIES = "no studies"
    NOT_STATED = "direction not stated"
    FEW = "few studies"
    CONSISTENT = "consistent"
    MOST = "most"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionWord:
    """One intervention and outcome.

    Attributes:
        studies: ids by direction, each study once; those without one are missing.
        word: by the rules; never "no evidence".
        direction: that of the consistent or most studies; None for the other words.
        test: the sign test of the clear directions; None where there are none.
    """

    intervention: str
    outcome: str
    studies: dict[EffectDirection, tuple[int, ...]]
    word: Agreement
    direction: EffectDirection | None
    test: SignTest | None

    @property
    def total(self) -> int:
        """How many studies there are, also those whose direction is not stated."""
        return sum(map(len, self.studies.values()))

    @property
    def stated(self) -> int:
        """How many of them state a direction."""
        return sum(len(self.studies.get(each, ())) for each in STATED)

    @property
    def text(self) -> str:
        """The word with its direction, such as "most favourable"."""
        return f"{self.word.value} {self.direction.value}" if self.direction else self.word.value


def direction_words(
    studies: Sequence[CodedStudy],
    interventions: Dimension,
    outcomes: Dimension,
    contrast: str,
    rules: DirectionRules = USUAL,
    *,
    without_studies: bool = False,
) -> tuple[DirectionWord, ...]:
    """A word for each intervention and outcome that any finding of the contrast crosses.

    Args:
        studies: one per study.
        interventions: a heading stands for all below it.
        outcomes: likewise.
        contrast: one type; unlike contrasts answer different questions.
        rules: of the protocol.
        without_studies: whether outcomes on which an intervention has no study are among them.
    """
    made: list[DirectionWord] = []
    for heading in interventions.headings:
        result = effect_directions(
            studies, outcomes, [contrast], interventions=heading.covers, rules=rules
        )
        listed = outcomes.headings if without_studies and result.effects else result.outcomes
        made += (_word(heading.id, outcome.id, result, rules) for outcome in listed)
    return tuple(made)


def word_of(
    studies: dict[EffectDirection, tuple[int, ...]], rules: DirectionRules = USUAL
) -> tuple[Agreement, EffectDirection | None]:
    """The word for so many studies of each direction, and the direction it is about."""
    counts = {each: len(studies.get(each, ())) for each in STATED}
    stated = sum(counts.values())
    if not stated:
        has_studies = bool(studies.get(EffectDirection.NOT_STATED))
        return (Agreement.NOT_STATED if has_studies else Agreement.NO_STUDIES), None
    if stated < rules.least_studies:
        return Agreement.FEW, None
    clear = (each for each in STATED if each is not EffectDirection.CONFLICTING)
    most = max(clear, key=counts.__getitem__)
    # Whole numbers: a share has no exact binary form, and 7 of 10 are 70 %.
    if 100 * counts[most] >= rules.consistent_percent * stated:
        return Agreement.CONSISTENT, most
    if 100 * counts[most] >= rules.most_percent * stated:
        return Agreement.MOST, most
    return Agreement.MIXED, None


def _word(
    intervention: str, outcome: str, result: EffectDirections, rules: DirectionRules
) -> DirectionWord:
    effects = [effect for effect in result.effects if effect.outcome == outcome]
    studies = {
        direction: tuple(e.study for e in effects if e.direction is direction)
        for direction in EffectDirection
        if any(e.direction is direction for e in effects)
    }
    word, direction = word_of(studies, rules)
    return DirectionWord(
        intervention=intervention,
        outcome=outcome,
        studies=studies,
        word=word,
        direction=direction,
        test=sign_test(
            len(studies.get(EffectDirection.FAVOURABLE, ())),
            len(studies.get(EffectDirection.UNFAVOURABLE, ())),
        ),
    )
