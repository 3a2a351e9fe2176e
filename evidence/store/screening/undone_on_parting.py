"""Decisions of files that were taken back while their work was joined with another.

One that its person had decided anew on the other was covered by that, and could not be taken back
without the newer one. When the works part it would stand again; it is taken back then.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Row, or_, select

from evidence.screening.brought_in import Settled
from evidence.screening.verdicts import Stage, Verdict
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import brought_decision, decision, decision_file
from evidence.store.screening import brought_decisions, decisions
from evidence.store.screening.decisions import NewDecision
from evidence.store.surviving import original, originals_of, surviving_id


def take_back(write: Write, work_ids: Collection[int]) -> None:
    """Take back what stands again on these surviving works, though its file was taken back or its
    person declined it.
    """
    for stage in Stage:
        undone = list(_undone(write, stage, work_ids))
        newest = brought_decisions.newest_decisions(
            write.connection, stage, {row.survivor for row in undone}
        )
        by_person: dict[int, list[NewDecision]] = defaultdict(list)
        for row in undone:
            if newest[row.survivor, row.person_id, row.resolves][0] == row.id:
                by_person[row.person_id].append(
                    NewDecision(
                        work_id=row.work_id,
                        stage=stage,
                        verdict=Verdict.WITHDRAWN,
                        client_id=f"parted-{row.id}-{secrets.token_hex(8)}",
                        resolves=row.resolves,
                    )
                )
        for person_id, new in by_person.items():
            decisions.withdraw(write.on_behalf_of(person_id), new)


def _undone(
    write: Write, stage: Stage, work_ids: Collection[int]
) -> Iterator[Row[tuple[int, ...]]]:
    """Decisions on these works that were made of what is undone or declined in a file."""
    d, b, file = decision.c, brought_decision.c, decision_file.c
    for ids in batches(set(work_ids)):
        query = (
            select(d.id, d.work_id, d.person_id, d.resolves, surviving_id.label("survivor"))
            .select_from(brought_decision)
            .join(decision, d.id == b.decision_id)
            .join(decision_file, file.id == b.file_id)
            .join(original, original.c.id == d.work_id)
            .where(
                file.review_id == write.review_id,
                d.stage == stage.value,
                or_(file.undone_at.isnot(None), b.settled == Settled.DECLINED.value),
                originals_of(ids),
            )
            .order_by(d.id)
        )
        yield from write.connection.execute(query)
