"""By which rule statements are called strong: a setting of the review, printed with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.synthesis.certainty.grade import LEVELS, Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthLevel:
    """How strong a statement can be.

    Attributes:
        name: in the review's words.
        needs: the least certainty of every outcome it rests on, where certainty bounds strength.
    """

    name: str
    needs: Certainty = Certainty.VERY_LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthRule:
    """The levels, and how they are given.

    Attributes:
        levels: the strongest first; people choose one of them and say why.
        is_bounded: whether the lowest certainty of the outcomes of a statement bounds its strength.
    """

    levels: tuple[StrengthLevel, ...]
    is_bounded: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The levels in words, the strongest first."""
        return tuple(level.name for level in self.levels)

    @property
    def sentence(self) -> str:
        """The rule, to be printed with every list of statements."""
        told = f"Strength ({', '.join(self.names)}) is given by people, with a reason."
        if not self.is_bounded:
            return told
        needs = "; ".join(
            f"“{level.name}” needs {level.needs}"
            + " or higher" * (level.needs is not Certainty.HIGH)
            for level in self.levels
            if level.needs is not Certainty.VERY_LOW
        )
        return (
            f"{told} It is at most what the lowest certainty of the outcomes a statement rests on "
            f"allows{f': {needs}' if needs else ''}. An outcome that is not judged counts as very "
            "low; a statement that rests on no outcome has no such bound."
        )


USUAL_RULE = StrengthRule(
    levels=(
        StrengthLevel(name="strong", needs=Certainty.HIGH),
        StrengthLevel(name="moderate", needs=Certainty.MODERATE),
        StrengthLevel(name="tentative"),
    )
)
"""Before a review sets another one."""


def levels_text(rule: StrengthRule) -> str:
    """The levels as people type them: one per line, with the certainty that each needs."""
    return "\n".join(
        f"{level.name}: {level.needs}" if level.needs is not Certainty.VERY_LOW else level.name
        for level in rule.levels
    )


def typed_levels(text: str) -> tuple[StrengthLevel, ...]:
    """Levels as people typed them; a colon that no certainty follows belongs to the name."""
    levels = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, needs = line.rpartition(":")
        known = {level.value: level for level in LEVELS}
        certainty = known.get(needs.strip().casefold()) if name.strip() else None
        levels.append(
            StrengthLevel(name=name.strip(), needs=certainty)
            if certainty
            else StrengthLevel(name=line)
        )
    return tuple(levels)


def lowest(certainties: Iterable[Certainty | None]) -> Certainty | None:
    """The lowest of several; one that is not judged counts as very low. None where there is none.

    Args:
        certainties: of the outcomes of one statement, each None while it is not judged.
    """
    places = [LEVELS.index(each or Certainty.VERY_LOW) for each in certainties]
    return LEVELS[max(places)] if places else None


def why_not(rule: StrengthRule, strength: str, certainty: Certainty | None) -> str:
    """Why a statement cannot be so strong, in a sentence; empty where it can.

    Args:
        rule: of the review.
        strength: a level by its name; empty for none, which always can be.
        certainty: what `lowest` gives for its outcomes.
    """
    if not strength:
        return ""
    level = next((each for each in rule.levels if each.name == strength), None)
    if level is None:
        return f"“{strength}” is no level of the review's rule; there are {', '.join(rule.names)}."
    if not rule.is_bounded or certainty is None:
        return ""
    if LEVELS.index(certainty) <= LEVELS.index(level.needs):
        return ""
    return (
        f"“{strength}” needs outcomes of {level.needs} certainty; the lowest that this statement "
        f"rests on is {certainty}."
    )
