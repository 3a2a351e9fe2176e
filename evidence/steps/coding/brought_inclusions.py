"""What bringing a coding in decides on works, and how that is taken back."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.screening import decisions
from evidence.store import Connection, Write
from evidence.store.coding import brought_codings, brought_rows
from evidence.store.coding.brought_codings import Brought
from evidence.store.coding.undo_brought_codings import TakingBack
from evidence.store.id_batches import batches
from evidence.store.screening import brought_decisions, work_states
from evidence.store.screening import decisions as stored_decisions
from evidence.store.screening.decisions import NewDecision
from evidence.store.surviving import surviving_ids

AT_ONCE = 2000  # decisions that are kept together
TOOL = "EPPI-Reviewer"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on works, by their ids.

    Attributes:
        works: on which the writing person decided at a stage at least.
        not_asked: that others were asked to read.
    """

    works: AbstractSet[int]
    not_asked: AbstractSet[int]


def undecided(connection: Connection, work_ids: AbstractSet[int]) -> set[int]:
    """Those of these works on which nobody's decision stands."""
    free = set(work_ids)
    for stage in Stage:
        for batch in batches(work_ids):
            states = work_states.stored_states(connection, stage, batch)
            free -= {work_id for work_id, state in states.items() if state is not State.OPEN}
        newest = brought_decisions.newest_decisions(connection, stage, work_ids)
        free -= {
            work_id
            for (work_id, _, _), (_, verdict) in newest.items()
            if verdict is not Verdict.WITHDRAWN
        }
    return free


def decide(
    write: Write, brought_id: int, work_ids: AbstractSet[int], verdict: Verdict, note: str
) -> Decided:
    """Include works at both stages, or exclude them at the first, as decisions of who brings the
    coding; what others were asked to read stays with them, and what she said already at a stage
    stays.
    """
    stages = tuple(Stage) if verdict is Verdict.INCLUDE else (Stage.TITLE_ABSTRACT,)
    decided: set[int] = set()
    others: set[int] = set()
    for some in batches(work_ids, AT_ONCE):
        asked = set(some)
        for stage in stages:
            asked -= decisions.unasked(write, stage, asked)
        others |= set(some) - asked
        for stage in stages:
            open_to_her = asked - _said(write, stage, asked)
            new = [
                NewDecision(
                    work_id=work_id,
                    stage=stage,
                    verdict=verdict,
                    client_id=f"{brought_rows.BROUGHT}{brought_id}-{stage.value}-{work_id}",
                    note=note,
                    how=TOOL,
                )
                for work_id in sorted(open_to_her)
            ]
            decisions.decide_within(write, new)
            decided |= open_to_her
    return Decided(decided, others)


def to_reopen(
    connection: Connection,
    review_id: int,
    one: Brought,
    back: TakingBack,
    going: AbstractSet[int] = frozenset(),
) -> list[int]:
    """The works that it decided on, whose studies go, and on which nobody has decided since.

    Args:
        connection: to the database.
        review_id: of the review.
        one: what was brought.
        back: what taking it back does.
        going: ids of decisions that are taken back otherwise.
    """
    works = set(one.made.get("works", ()))
    works -= brought_codings.works_of_other_studies(connection, works, back.studies)
    survivors: dict[int, int] = {}
    for batch in batches(works):
        survivors |= surviving_ids(connection, review_id, batch)
    stays: set[int] = set()
    stands: set[int] = set()
    for stage in Stage:
        newest = brought_decisions.newest_decisions(connection, stage, set(survivors.values()))
        for (work_id, person_id, _), (decision_id, verdict) in newest.items():
            if verdict is not Verdict.WITHDRAWN and decision_id not in going:
                (stands if person_id == one.brought_by else stays).add(work_id)
    return sorted(id_ for id_, survivor in survivors.items() if survivor in stands - stays)


def reopen(write: Write, one: Brought, work_ids: Sequence[int]) -> None:
    """Take back the decisions on these works, each on the work it was made for; `write` is of who
    brought the coding.
    """
    for start in range(0, len(work_ids), AT_ONCE):
        some = work_ids[start : start + AT_ONCE]
        survivors = surviving_ids(write.connection, write.review_id, some)
        new = []
        for stage in Stage:
            said = _said(write, stage, {survivors[work_id] for work_id in some})
            new += [
                NewDecision(
                    work_id=work_id,
                    stage=stage,
                    verdict=Verdict.WITHDRAWN,
                    client_id=f"undone-{brought_rows.BROUGHT}{one.id}-{stage.value}-{work_id}",
                )
                for work_id in some
                if survivors[work_id] in said
            ]
        stored_decisions.withdraw(write, new)


def _said(write: Write, stage: Stage, work_ids: AbstractSet[int]) -> set[int]:
    """On which of these works the writing person's decision stands."""
    newest = brought_decisions.newest_decisions(write.connection, stage, work_ids)
    return {
        work_id
        for (work_id, person_id, _), (_, verdict) in newest.items()
        if person_id == write.person_id and verdict is not Verdict.WITHDRAWN
    }
