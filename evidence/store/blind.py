"""What people said independently of each other, for measuring how far they agree."""

from itertools import groupby

from sqlalchemy import Connection, select

from evidence.screening.independent import independent
from evidence.screening.team import StageSettings, voices_of
from evidence.screening.verdicts import Said, Stage, State, Verdict
from evidence.store import assignments, rounds, states
from evidence.store.schema import decision, work


def verdicts(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings
) -> dict[int, dict[int, Verdict]]:
    """For each live work that is not open any more, each person's independent verdict.

    Works that are open are left out in the query: while somebody must still judge a work, nothing
    that is computed here may tell what others said of it.
    """
    live = work.alias("live")
    query = (
        select(live.c.id, decision.c.person_id, decision.c.verdict, decision.c.settles)
        .select_from(decision)
        .join(work, work.c.id == decision.c.work_id)
        .join(live, live.c.id == states.root)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            live.c[stage.value] != State.OPEN.value,
        )
        .order_by(live.c.id, decision.c.id)
    )
    rows = connection.execute(query).all()
    pilots = _pilots(connection, review_id, stage)
    found: dict[int, dict[int, Verdict]] = {}
    for work_id, of_work in groupby(rows, key=lambda row: int(row.id)):
        made = [Said(row.person_id, Verdict(row.verdict), row.settles) for row in of_work]
        voices = pilots.get(work_id) or voices_of(settings, work_id)
        found[work_id] = independent(made, voices)
    return found


def _pilots(connection: Connection, review_id: int, stage: Stage) -> dict[int, int]:
    found: dict[int, int] = {}
    for ids in states.portions(list(rounds.works_of(connection, review_id, stage))):
        found |= assignments.in_pilots(connection, stage, ids)
    return found
