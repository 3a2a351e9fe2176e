"""How many people code each study with a scheme, and how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, select

from evidence.coding.which_counts import CodersOfStudy
from evidence.errors import Invalid
from evidence.store.coding.seen_codings import COMPLETE, LOTS_PER_PERCENT, is_still_to_code
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import coding, coding_assignment, coding_setting, person, study

ALL = 100  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChange:
    """A share of double coding, with who set it and when."""

    person: str
    at: datetime
    share: int


def share(connection: Connection, scheme_id: int) -> int:
    """Of the studies that two people code with a scheme, in percent; 0 where nobody said."""
    changes = history(connection, scheme_id)
    return changes[0].share if changes else 0


def history(connection: Connection, scheme_id: int) -> list[ShareChange]:
    """All shares that were set for a scheme, the newest first."""
    query = (
        select(person.c.name.label("person"), coding_setting.c.at, coding_setting.c.share)
        .join(person, person.c.id == coding_setting.c.person_id)
        .where(coding_setting.c.scheme_id == scheme_id)
        .order_by(coding_setting.c.id.desc())
    )
    return [ShareChange(**row) for row in connection.execute(query).mappings()]


def set_share(write: Write, scheme_id: int, percent: int) -> None:
    """Let two people code this share of the studies from now on.

    Raises:
        Invalid: it is not between 0 and 100.
    """
    if not 0 <= percent <= ALL:
        raise Invalid("A share lies between 0 and 100 percent.")
    values = {"scheme_id": scheme_id, "share": percent, **write.by_and_at}
    write.connection.execute(insert(coding_setting).values(**values))


def of_studies(
    connection: Connection,
    review_id: int,
    scheme_id: int,
    *,
    percent: int | None = None,
    study_ids: Collection[int] | None = None,
    without: ColumnElement[bool] | None = None,
) -> dict[int, CodersOfStudy]:
    """How each study of a review stands with a scheme, in a few queries.

    Args:
        connection: to the database.
        review_id: of the review.
        scheme_id: of the scheme.
        percent: as if this were the share of double coding; None for the one that is set.
        study_ids: of these studies only; None for all.
        without: as if these rows of `coding_assignment` were not there, where their people have not
            coded the study completely; None for all that are.
    """
    if percent is None:
        percent = share(connection, scheme_id)
    if study_ids is None:
        return _of_studies(connection, review_id, scheme_id, percent, None, without)
    found: dict[int, CodersOfStudy] = {}
    for batch in batches(study_ids):
        which = study.c.id.in_(batch)
        found |= _of_studies(connection, review_id, scheme_id, percent, which, without)
    return found


def _of_studies(
    connection: Connection,
    review_id: int,
    scheme_id: int,
    percent: int,
    which: ColumnElement[bool] | None,
    without: ColumnElement[bool] | None,
) -> dict[int, CodersOfStudy]:
    conditions = [study.c.review_id == review_id]
    if which is not None:
        conditions.append(which)
    is_complete = coding.c.state == COMPLETE
    complete = func.count(case((is_complete & ~coding.c.is_agreed, 1)))
    agreed = func.count(case((is_complete & coding.c.is_agreed, 1)))
    codings = (
        select(study.c.id, study.c.lot, complete.label("complete"), agreed.label("agreed"))
        .outerjoin(coding, and_(coding.c.study_id == study.c.id, coding.c.scheme_id == scheme_id))
        .where(*conditions)
        .group_by(study.c.id, study.c.lot)
    )
    still = (
        select(coding_assignment.c.study_id, func.count())
        .join(study, study.c.id == coding_assignment.c.study_id)
        .where(coding_assignment.c.scheme_id == scheme_id, is_still_to_code(), *conditions)
        .group_by(coding_assignment.c.study_id)
    )
    if without is not None:
        still = still.where(~without)
    waiting = {row[0]: int(row[1]) for row in connection.execute(still)}
    return {
        row.id: CodersOfStudy(
            asked=max(by_lot(row.lot, percent), int(row.complete) + waiting.get(row.id, 0)),
            complete=int(row.complete),
            is_agreed=bool(row.agreed),
        )
        for row in connection.execute(codings)
    }


def by_lot(lot: int, percent: int) -> int:
    """How many people a study of this lot is coded by; a larger share takes no study out."""
    return 2 if lot < percent * LOTS_PER_PERCENT else 1
