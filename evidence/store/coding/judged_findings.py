"""Findings of a study that can be judged with another scheme, and what was judged."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from evidence.coding.which_counts import CodingStage
from evidence.store.coding import agreed_codings, coders
from evidence.store.coding.agreed_codings import HowAgreed
from evidence.store.coding.codings import StoredFinding, position_of
from evidence.store.coding.seen_codings import COMPLETE, is_still_to_code, may_name_findings
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


def named(
    connection: Connection, study_id: int, uids: Collection[str], person_id: int
) -> dict[str, StoredFinding]:
    """Findings of a study by uid, also those that were taken away, as far as a person may know how
    they are called.
    """
    query = (
        select(finding)
        .join(coding, coding.c.id == finding.c.coding_id)
        .where(
            coding.c.study_id == study_id,
            finding.c.uid.in_(uids),
            may_name_findings(person_id),
        )
        .order_by(finding.c.id.desc())
    )
    return {row.uid: _stored(row) for row in connection.execute(query)} if uids else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The coding that a finding is of, and whose it is."""

    coding_id: int
    person_id: int | None
    is_agreed: bool


def origins(connection: Connection, study_id: int, uids: Collection[str]) -> dict[str, Origin]:
    """Of which coding findings of a study are, by uid."""
    query = (
        select(finding.c.uid, coding.c.id, coding.c.person_id, coding.c.is_agreed)
        .join(coding, coding.c.id == finding.c.coding_id)
        .where(coding.c.study_id == study_id, finding.c.uid.in_(uids))
        .order_by(finding.c.id.desc())
    )
    return {
        row.uid: Origin(coding_id=row.id, person_id=row.person_id, is_agreed=bool(row.is_agreed))
        for row in connection.execute(query)
    }


def became(connection: Connection, agreed: Origin) -> dict[str, str]:
    """The agreed finding that was taken from a finding, by the uid of that."""
    newest = agreed_codings.newest(agreed_codings.history(connection, agreed.coding_id))
    return {
        source.finding: chosen.finding
        for chosen in newest.values()
        if chosen.finding and chosen.how in (HowAgreed.TAKEN, HowAgreed.OTHER)
        for source in chosen.sources
        if source.finding
    }


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
