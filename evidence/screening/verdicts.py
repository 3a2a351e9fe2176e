"""The stages of screening, what people can say, and what it comes to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.screening.team import Maybe, Rule, StageSettings


class Stage(StrEnum):
    """A round of screening; a work reaches the second by being included in the first."""

    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"


class Verdict(StrEnum):
    """What one person says of one work at one stage."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    NOT_RETRIEVED = "not_retrieved"  # the full text could not be got
    WITHDRAWN = "withdrawn"  # an undo: the person has said nothing


class State(StrEnum):
    """What the verdicts of all people come to."""

    OPEN = "open"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    NOT_RETRIEVED = "not_retrieved"
    CONFLICT = "conflict"


ALLOWED: dict[Stage, tuple[Verdict, ...]] = {
    Stage.TITLE_ABSTRACT: (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE),
    Stage.FULL_TEXT: (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE, Verdict.NOT_RETRIEVED),
}
"""What can be said at each stage; withdrawing is always possible."""

ALONE = StageSettings()
"""One person per work, as long as nobody chose otherwise."""


@dataclass(frozen=True, slots=True)
class Said:
    """One decision on a work at a stage.

    Attributes:
        settles: it was made to end a conflict, in the knowledge of what the others had said.
    """

    person: int
    verdict: Verdict
    settles: bool = False


def settle(decisions: Sequence[Said], settings: StageSettings = ALONE, voices: int = 1) -> State:
    """What decisions come to, given in the order in which they were made.

    The newest of each person counts. While fewer than `voices` people have spoken the work is open,
    whatever was said. A decision that settles ends what was said before it, and needs nobody else;
    what people say later counts again.
    """
    begin = max((at for at, said in enumerate(decisions) if _settles(decisions, at)), default=-1)
    newest = {said.person: said.verdict for said in decisions[max(begin, 0) :]}
    spoken: list[Verdict] = [v for v in newest.values() if v is not Verdict.WITHDRAWN]
    if len(spoken) < (1 if begin >= 0 else max(1, voices)):
        return State.OPEN
    return _together(_without_maybes(spoken, settings.maybe), settings.rule)


def _without_maybes(spoken: list[Verdict], maybe: Maybe) -> list[Verdict]:
    clear: list[Verdict] = [verdict for verdict in spoken if verdict is not Verdict.MAYBE]
    if maybe is Maybe.OTHERS and clear:
        return clear
    if maybe is Maybe.INCLUDE:
        return clear + [Verdict.INCLUDE] * (len(spoken) - len(clear))
    return spoken


def _together(spoken: list[Verdict], rule: Rule) -> State:
    if rule is Rule.SAFETY_FIRST and Verdict.INCLUDE in spoken:
        return State.INCLUDE
    (most, votes) = Counter(spoken).most_common(1)[0]
    enough = votes * 2 > len(spoken) if rule is Rule.MAJORITY else votes == len(spoken)
    return State(most.value) if enough else State.CONFLICT


def _settles(decisions: Sequence[Said], at: int) -> bool:
    """Whether this decision settles, and its person did not take it back."""
    own = decisions[at]
    later = (said for said in decisions[at + 1 :] if said.person == own.person)
    return own.settles and all(said.verdict is not Verdict.WITHDRAWN for said in later)
