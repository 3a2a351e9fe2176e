"""Whether a decision that came in a file may become a vote here.

A vote closes a work, and a closed work shows what everybody said of it. So a vote that its person
did not cast herself must never be the one that closes a work on which a colleague voted blind.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.screening.verdicts import Stage, State, Verdict, Vote, resolving_index

HIDDEN = frozenset({State.OPEN, State.NOT_RETRIEVED})
"""States of works whose votes are hidden from those who did not cast them."""


class Settled(StrEnum):
    """What became of a decision that came in a file. The values stand in databases."""

    WAITING = ""
    OWN = "own"  # whoever brought the file is its person
    CONFIRMED = "confirmed"  # by its person
    VOUCHED = "vouched"  # the owner said that the file is its person's
    SUPERSEDED = "superseded"  # its person has decided the work here; that stands
    DECLINED = "declined"  # its person does not want it, or nobody does


class Obstacle(StrEnum):
    """Why a decision of a file does not become a vote, as people read it after a number."""

    DECIDED = "decided here already; what was said here stands"
    RESOLVED = "in conflict here until somebody resolved it; the resolution stands"
    NOT_INCLUDED = "not included by title and abstract"
    NOT_ASKED = "given to others to read"
    READING = "that you may still have to read, since you screen here, too"
    DECLINED = "of which they said that what a file has of them is not theirs"
    BLIND = "with something of a colleague that nobody may see yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a work stands to the person whose vote is to be cast.

    Attributes:
        states: what its decisions come to at each stage.
        votes: on it at the stage, in their order.
        vouched: people all of whose votes on it came from files by the owner's word.
        labelled: people who put labels on it by hand.
        unasked: others were asked to read it, and she was not.
    """

    states: dict[Stage, State]
    votes: Sequence[Vote]
    vouched: Collection[int] = ()
    labelled: Collection[int] = ()
    unasked: bool = False


def obstacle(standing: Standing, stage: Stage, person_id: int) -> Obstacle | None:
    """What is in the way of a vote that its person herself casts; None where nothing is."""
    if stage is Stage.FULL_TEXT and standing.states[Stage.TITLE_ABSTRACT] is not State.INCLUDE:
        return Obstacle.NOT_INCLUDED
    if person_id in standing_voters(standing.votes):
        return Obstacle.DECIDED
    state = standing.states[stage]
    if resolving_index(standing.votes) is not None and state is not State.NOT_RETRIEVED:
        return Obstacle.RESOLVED
    return Obstacle.NOT_ASKED if standing.unasked and state in HIDDEN else None


def obstacle_to_voucher(
    standing: Standing, stage: Stage, person_id: int, voucher_id: int, *, reads: bool
) -> Obstacle | None:
    """What is in the way of a vote that somebody casts for another by saying whose file it is.

    Beside what stops the person herself, that is a vote of anybody else that is hidden from the
    voucher: the new vote could close the work and so open the other. So could it with one that
    was taken back, and with labels. Votes that came by the voucher's word are no secret of a
    reader. A voucher who screens as well judges a work first: else the next vote of a colleague
    would close it, and show itself to somebody who has still to judge.
    """
    if (own := obstacle(standing, stage, person_id)) is not None:
        return own
    if standing.states[stage] not in HIDDEN:
        return None
    voters = {vote.person for vote in standing.votes if not vote.resolves}
    hidden = (voters - set(standing.vouched)) | set(standing.labelled)
    if hidden - {voucher_id, person_id}:
        return Obstacle.BLIND
    return Obstacle.READING if reads else None


def standing_voters(votes: Sequence[Vote]) -> set[int]:
    """Who has said something of a work that stands; resolutions are the work's, not a person's."""
    newest = {vote.person: vote.verdict for vote in votes if not vote.resolves}
    return {person for person, verdict in newest.items() if verdict is not Verdict.WITHDRAWN}
