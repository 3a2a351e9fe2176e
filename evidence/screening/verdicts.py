"""The stages of screening, what people can say, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Said:
    """One decision on a work at a stage.

    Attributes:
        settles: it was made to end a conflict, in the knowledge of what the others had said.
    """

    person: int
    verdict: Verdict
    settles: bool = False


def settle(decisions: Sequence[Said]) -> State:
    """What decisions come to, given in the order in which they were made.

    The newest of each person counts. One person is enough; several must say the same, otherwise it
    is a conflict. A maybe leaves it to the others. A decision that settles ends what was said
    before it; what people say later counts again.
    """
    begin = max((at for at, said in enumerate(decisions) if _settles(decisions, at)), default=0)
    newest = {said.person: said.verdict for said in decisions[begin:]}
    verdicts = set(newest.values()) - {Verdict.WITHDRAWN}
    if len(verdicts) > 1:
        verdicts -= {Verdict.MAYBE}
    if not verdicts:
        return State.OPEN
    if len(verdicts) > 1:
        return State.CONFLICT
    return State(verdicts.pop().value)


def _settles(decisions: Sequence[Said], at: int) -> bool:
    """Whether this decision settles, and its person did not take it back."""
    own = decisions[at]
    later = (said for said in decisions[at + 1 :] if said.person == own.person)
    return own.settles and all(said.verdict is not Verdict.WITHDRAWN for said in later)
