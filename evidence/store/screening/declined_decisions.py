"""What people declined of the decisions that files have under their names."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from evidence.screening.brought_in import Settled
from evidence.store.schema import brought_decision, decision_file
from evidence.store.surviving import original, surviving_id

_row = brought_decision.c


def declined_works(
    connection: Connection, review_id: int, person_id: int
) -> dict[tuple[int, str], datetime]:
    """On which surviving works, at which stage, somebody declined a decision, and when last."""
    query = (
        select(surviving_id, _row.stage, func.max(_row.settled_at))
        .join(decision_file, decision_file.c.id == _row.file_id)
        .join(original, original.c.id == _row.work_id)
        .where(
            decision_file.c.review_id == review_id,
            _row.person_id == person_id,
            _row.settled == Settled.DECLINED.value,
        )
        .group_by(surviving_id, _row.stage)
    )
    return {(work_id, stage): at for work_id, stage, at in connection.execute(query)}


def asked_again(connection: Connection, file_id: int, person_id: int) -> dict[int, datetime]:
    """Which decisions of a file their person let wait again after she declined them, and when."""
    query = select(_row.id, _row.settled_at).where(
        _row.file_id == file_id,
        _row.person_id == person_id,
        _row.settled == Settled.WAITING.value,
        _row.settled_by == person_id,
    )
    return {row.id: row.settled_at for row in connection.execute(query)}
