"""Reports that came to full text and are not in the review: excluded, or not retrieved."""

from sqlalchemy import Connection, literal, select

from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage, State
from evidence.store.records.references import NAMES, from_row
from evidence.store.schema import work
from evidence.store.screening.decision_queries import reason_by_work
from evidence.store.surviving import in_state


def excluded(connection: Connection, review_id: int) -> list[tuple[Reference, str]]:
    """Those excluded in full text with the reason that counts, by year and title."""
    reasons = reason_by_work(connection, review_id, Stage.FULL_TEXT)
    return [
        (reference, reasons.get(work_id, ""))
        for work_id, reference in _in_state(connection, review_id, State.EXCLUDE)
    ]


def not_retrieved(connection: Connection, review_id: int) -> list[Reference]:
    """Those whose search was given up, by year and title."""
    return [each for _, each in _in_state(connection, review_id, State.NOT_RETRIEVED)]


def _in_state(connection: Connection, review_id: int, state: State) -> list[tuple[int, Reference]]:
    columns = [literal("").label(n) if n == "abstract" else work.c[n] for n in NAMES]
    query = (
        select(work.c.id, *columns)
        .where(
            work.c.review_id == review_id,
            work.c.merged_into.is_(None),
            *in_state(Stage.FULL_TEXT, state),
        )
        .order_by(work.c.year, work.c.title, work.c.id)
    )
    rows = connection.execute(query).mappings()
    return [(row["id"], from_row(row)) for row in rows]
