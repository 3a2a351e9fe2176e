"""Decisions that are taken back on joined works: on which original, so that they stay taken back.

What was decided stays with its original when works part. So does its withdrawal, which for that is
stored where the decision was made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from evidence.screening.verdicts import Stage, Verdict, Vote, resolving_index
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import decision
from evidence.store.surviving import original, originals_of, surviving_id

if TYPE_CHECKING:
    from evidence.store.screening.decisions import NewDecision


@dataclass(frozen=True, slots=True)
class _Said:
    """A vote, with the work for which it was cast."""

    work_id: int
    vote: Vote


def where_said(
    write: Write, stage: Stage, fresh: Sequence["NewDecision"], survivors: Mapping[int, int]
) -> list["NewDecision"]:
    """Decisions that are to be stored, with every withdrawal where what it takes back was said.

    Who takes their vote back does so on each original on which they have one; how a conflict ended
    is taken back on the original on which it ended.

    Args:
        write: of the person whose decisions these are.
        stage: of all of them.
        fresh: the decisions.
        survivors: for their works those that hold the records now.
    """
    withdrawn = {survivors[new.work_id] for new in fresh if new.verdict is Verdict.WITHDRAWN}
    said = _said(write.connection, stage, withdrawn)
    placed: list[NewDecision] = []
    for new in fresh:
        here = said.get(survivors[new.work_id], [])
        if new.verdict is not Verdict.WITHDRAWN:
            placed.append(new)
        elif new.resolves:
            resolution = resolving_index([one.vote for one in here])
            work_id = new.work_id if resolution is None else here[resolution].work_id
            placed.append(replace(new, work_id=work_id))
        else:
            others = _voted_on(here, write.person_id) - {new.work_id}
            placed += [
                replace(new, work_id=other, client_id=f"{new.client_id}-{other}")
                for other in sorted(others)
            ]
            placed.append(new)
    return placed


def _voted_on(said: Iterable[_Said], person_id: int) -> set[int]:
    """The originals on which the newest vote of a person stands."""
    newest = {
        one.work_id: one.vote.verdict
        for one in said
        if one.vote.person == person_id and not one.vote.resolves
    }
    return {work_id for work_id, verdict in newest.items() if verdict is not Verdict.WITHDRAWN}


def _said(connection: Connection, stage: Stage, work_ids: Iterable[int]) -> dict[int, list[_Said]]:
    """Everything that was said of these surviving works, in its order."""
    said: dict[int, list[_Said]] = defaultdict(list)
    for ids in batches(set(work_ids)):
        query = (
            select(
                surviving_id,
                decision.c.work_id,
                decision.c.person_id,
                decision.c.verdict,
                decision.c.resolves,
            )
            .select_from(decision)
            .join(original, original.c.id == decision.c.work_id)
            .where(decision.c.stage == stage.value, originals_of(ids))
            .order_by(decision.c.id)
        )
        for survivor, work_id, person_id, verdict, resolves in connection.execute(query):
            said[survivor].append(_Said(work_id, Vote(person_id, Verdict(verdict), resolves)))
    return said
