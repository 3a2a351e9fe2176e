"""What decisions of files that wait still name as their reasons."""

from sqlalchemy import Connection, select

from evidence.screening.brought_in import Settled
from evidence.store.schema import brought_decision, decision_file


def waiting_reasons(connection: Connection, review_id: int, *, but: int) -> list[str]:
    """The reasons, as files have them, of decisions that wait; not those of the file `but`."""
    query = (
        select(brought_decision.c.reasons)
        .join(decision_file, decision_file.c.id == brought_decision.c.file_id)
        .where(
            decision_file.c.review_id == review_id,
            decision_file.c.id != but,
            decision_file.c.undone_at.is_(None),
            brought_decision.c.settled == Settled.WAITING.value,
        )
    )
    return [label for labels in connection.execute(query).scalars() for label in labels]
