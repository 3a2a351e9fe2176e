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
        settles: it was made to end a conflict, in the knowledge of what the others had said; with
            a withdrawal, it takes back such an end.
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
    spoken: list[Verdict] = [decisions[at].verdict for at in counting(decisions)]
    needed = max(1, voices) if settlement(decisions) is None else 1
    if len(spoken) < needed:
        return State.OPEN
    return _together(_without_maybes(spoken, settings.maybe), settings.rule)


def settlement(decisions: Sequence[Said]) -> int | None:
    """The place of the decision that settles the work now, if one does.

    Each settlement goes before the one before it. Its person takes it back by withdrawing, others
    by a withdrawal that settles; then the one before it counts again.
    """
    live: list[int] = []
    for at, said in enumerate(decisions):
        if said.verdict is not Verdict.WITHDRAWN:
            if said.settles:
                live.append(at)
        elif live and (said.settles or said.person == decisions[live[-1]].person):
            live.pop()
    return live[-1] if live else None


def counting(decisions: Sequence[Said]) -> list[int]:
    """The places of the decisions that count now, in their order.

    These are the newest of each person since the work was settled last, the settlement included;
    settlements that were taken back say nothing, and cover nothing that their person said before.
    """
    settled = settlement(decisions)
    newest = {
        said.person: at
        for at, said in enumerate(decisions)
        if at >= (settled or 0) and (at == settled or not said.settles)
    }
    return sorted(at for at in newest.values() if decisions[at].verdict is not Verdict.WITHDRAWN)


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
