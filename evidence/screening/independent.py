"""What people said of a work without knowing what the others had said."""

from collections.abc import Sequence

from evidence.screening.verdicts import Said, Verdict

PAIR = 2  # with fewer people there is nothing to agree on


def independent(decisions: Sequence[Said], voices: int) -> dict[int, Verdict]:
    """Each person's verdict as far as it was given blind, by person.

    While fewer than `voices` people have spoken, nobody sees what the others said, so the newest
    decision of each counts. From then on changes do not count any more, because they may follow
    from what others said; only somebody's first decision still does. After a settlement nothing
    counts. Who takes a decision back and so opens the work decides blind again.

    Args:
        decisions: on one work at one stage, in the order in which they were made.
        voices: how many people had to read the work; at least two are taken.
    """
    spoken: set[int] = set()
    found: dict[int, Verdict] = {}
    for said in decisions:
        if said.settles:
            break
        blind = len(spoken) < max(voices, PAIR)
        if said.verdict is Verdict.WITHDRAWN:
            spoken.discard(said.person)
            found.pop(said.person, None)
            continue
        spoken.add(said.person)
        if blind or said.person not in found:
            found[said.person] = said.verdict
    return found
