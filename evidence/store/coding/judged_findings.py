"""Findings of a study that can be judged with another scheme, and what was judged."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, exists, select

from evidence.coding.which_counts import CodingStage
from evidence.store.coding import coders
from evidence.store.coding.codings import StoredFinding, position_of
from evidence.store.coding.seen_codings import COMPLETE, is_still_to_code
from evidence.store.schema import coding, coding_assignment, finding


def offered(
    connection: Connection, review_id: int, scheme_id: int, study_id: int, person_id: int
) -> tuple[StoredFinding, ...]:
    """The findings of a study that a person can judge: of the coding that counts, or of theirs.

    Who codes the study with that scheme, or is still to, is given their own: what others said of
    it must not reach them before. Of the rest only that there are these findings is told.

    Args:
        connection: to the database.
        review_id: of the review.
        scheme_id: with which the findings are coded.
        study_id: of the study.
        person_id: who judges.
    """
    here = select(coding).where(coding.c.study_id == study_id, coding.c.scheme_id == scheme_id)
    rows = connection.execute(here.order_by(coding.c.id)).all()
    own = [row for row in rows if row.person_id == person_id and not row.is_agreed]
    chosen = own[0].id if own else None
    waits = _is_still_to_code(connection, scheme_id, study_id, person_id)
    if not waits and all(row.state == COMPLETE for row in own):
        standing = coders.of_studies(connection, review_id, scheme_id, study_ids=[study_id])
        if standing[study_id].stage is CodingStage.COUNTED:
            complete = [row for row in rows if row.state == COMPLETE]
            chosen = max(complete, key=lambda row: bool(row.is_agreed)).id
    if chosen is None:
        return ()
    found = select(finding).where(finding.c.coding_id == chosen, finding.c.removed_at.is_(None))
    return tuple(sorted(map(_stored, connection.execute(found)), key=position_of))


def named(connection: Connection, study_id: int, uids: Collection[str]) -> dict[str, StoredFinding]:
    """Findings of a study by uid, whoever coded them, also those that were taken away."""
    query = (
        select(finding)
        .join(coding, coding.c.id == finding.c.coding_id)
        .where(coding.c.study_id == study_id, finding.c.uid.in_(uids))
        .order_by(finding.c.id.desc())
    )
    return {row.uid: _stored(row) for row in connection.execute(query)} if uids else {}


def _is_still_to_code(
    connection: Connection, scheme_id: int, study_id: int, person_id: int
) -> bool:
    to_do = exists().where(
        coding_assignment.c.study_id == study_id,
        coding_assignment.c.scheme_id == scheme_id,
        coding_assignment.c.person_id == person_id,
        is_still_to_code(),
    )
    return bool(connection.execute(select(to_do)).scalar_one())


def _stored(row: Any) -> StoredFinding:
    return StoredFinding(
        id=row.id, uid=row.uid, fields=row.fields, removed=row.removed_at is not None
    )
