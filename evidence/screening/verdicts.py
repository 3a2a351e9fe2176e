"""The stages of screening, the verdicts of people, and the state to which these bring a work."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.screening.stage_settings import Maybe, Rule, StageSettings


class Stage(StrEnum):
    """What is read of a work; it comes to the second by being included in the first."""

    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"


class Verdict(StrEnum):
    """What one person says of one work at one stage."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    NOT_RETRIEVED = "not_retrieved"  # the full text could not be got
    WITHDRAWN = "withdrawn"  # an undo: as if the person had not decided


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
class Vote:
    """What one person decided on a work at a stage.

    Attributes:
        resolves: it was made to end a conflict, in the knowledge of what the others had decided;
            with a withdrawal, it takes back such an end.
    """

    person: int
    verdict: Verdict
    resolves: bool = False


def consensus(votes: Sequence[Vote], settings: StageSettings = ALONE, voices: int = 1) -> State:
    """What votes come to, which stand in the order in which they were cast.

    The newest of each person counts. While fewer than `voices` people have voted the work is open,
    whatever they say. A vote that resolves ends what was said before it, and needs nobody else;
    what people say later counts again.
    """
    verdicts: list[Verdict] = [votes[index].verdict for index in counted_indexes(votes)]
    needed = max(1, voices) if resolving_index(votes) is None else 1
    if len(verdicts) < needed:
        return State.OPEN
    return _agreed(_without_maybes(verdicts, settings.maybe), settings.rule)


def resolving_index(votes: Sequence[Vote]) -> int | None:
    """Where the vote stands that resolves the work now, if one does.

    Each resolution goes before the one before it. A person takes back their own newest one by
    withdrawing; a withdrawal that resolves takes back the one that counts, whoever made it. Whoever
    reads a report refutes that it was not retrieved: so many must read it as before.
    """
    resolutions: list[int] = []
    for index, vote in enumerate(votes):
        if vote.verdict is Verdict.WITHDRAWN:
            own = [i for i in resolutions if vote.resolves or votes[i].person == vote.person]
            if own:
                resolutions.remove(own[-1])
        elif vote.resolves:
            resolutions.append(index)
        elif vote.verdict is not Verdict.NOT_RETRIEVED:
            resolutions = [i for i in resolutions if votes[i].verdict is not Verdict.NOT_RETRIEVED]
    return resolutions[-1] if resolutions else None


def counted_indexes(votes: Sequence[Vote]) -> list[int]:
    """Where the votes stand that count now, in their order.

    These are the newest of each person since the work was resolved last, the resolution included;
    resolutions that were taken back say nothing, and cover nothing that their person said before.
    """
    resolution = resolving_index(votes)
    newest = {
        vote.person: index
        for index, vote in enumerate(votes)
        if index >= (resolution or 0) and (index == resolution or not vote.resolves)
    }
    return sorted(i for i in newest.values() if votes[i].verdict is not Verdict.WITHDRAWN)


def _without_maybes(verdicts: list[Verdict], maybe: Maybe) -> list[Verdict]:
    clear: list[Verdict] = [verdict for verdict in verdicts if verdict is not Verdict.MAYBE]
    if maybe is Maybe.OTHERS and clear:
        return clear
    if maybe is Maybe.INCLUDE:
        return clear + [Verdict.INCLUDE] * (len(verdicts) - len(clear))
    return verdicts


def _agreed(verdicts: list[Verdict], rule: Rule) -> State:
    if rule is Rule.SAFETY_FIRST and Verdict.INCLUDE in verdicts:
        return State.INCLUDE
    (commonest, times) = Counter(verdicts).most_common(1)[0]
    enough = times * 2 > len(verdicts) if rule is Rule.MAJORITY else times == len(verdicts)
    return State(commonest.value) if enough else State.CONFLICT
