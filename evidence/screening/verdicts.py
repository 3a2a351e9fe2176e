"""The stages of screening, what people can say, and what it comes to."""

from collections.abc import Iterable
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


def settle(verdicts: Iterable[Verdict]) -> State:
    """What the newest verdict of each person comes to.

    One person is enough; several must say the same, otherwise it is a conflict that people settle.
    """
    said = {verdict for verdict in verdicts if verdict is not Verdict.WITHDRAWN}
    if not said:
        return State.OPEN
    if len(said) > 1:
        return State.CONFLICT
    return State(said.pop().value)
