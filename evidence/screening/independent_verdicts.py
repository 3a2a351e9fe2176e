"""What people decided on a work without knowing what the others had decided."""

from collections.abc import Sequence

from evidence.screening.verdicts import Verdict, Vote, resolving_index

PAIR = 2  # with fewer people there is nothing to agree on


def independent(votes: Sequence[Vote], voices: int) -> dict[int, Verdict]:
    """Each person's verdict as far as it was reached blind, by person.

    While fewer than `voices` people have voted, nobody sees what the others said, so the newest
    vote of each counts. From then on changes do not count any more, because they may follow
    from what others said; only somebody's first vote still does. After a resolution nothing
    counts. Who withdraws and so opens the work votes blind again. That the report of an open work
    was not retrieved tells nobody what others said; but while that stands nothing here does either.

    Args:
        votes: on one work at one stage, in the order in which they were cast.
        voices: how many people had to read the work; at least two are taken.
    """
    verdicts: dict[int, Verdict] = {}
    for vote in votes:
        blind = len(verdicts) < max(voices, PAIR)
        if vote.resolves:
            if blind and vote.verdict in {Verdict.NOT_RETRIEVED, Verdict.WITHDRAWN}:
                continue
            break
        if vote.verdict is Verdict.WITHDRAWN:
            verdicts.pop(vote.person, None)
        elif blind or vote.person not in verdicts:
            verdicts[vote.person] = vote.verdict
    resolution = resolving_index(votes)
    given_up = resolution is not None and votes[resolution].verdict is Verdict.NOT_RETRIEVED
    return {} if given_up and len(verdicts) < max(voices, PAIR) else verdicts
