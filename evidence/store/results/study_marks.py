"""How studies stand, as statements that rest on them remember it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from evidence.coding.which_counts import CodingStage
from evidence.store.coding import coders, studies
from evidence.store.coding.seen_codings import COMPLETE
from evidence.store.id_batches import batches
from evidence.store.schema import coding, decision, study_work
from evidence.store.surviving import original, surviving, survivor_of
from evidence.synthesis.conclusions.flags import INCLUDED, NOT_INCLUDED, Aspect, Standing
from evidence.synthesis.conclusions.report_marks import reports_mark

NONE_COUNTS = "none"


def standings(
    connection: Connection,
    review_id: int,
    study_ids: Collection[int],
    *,
    coded: Mapping[int, str],
    appraised: Mapping[int, str],
) -> dict[int, Standing]:
    """How these studies of a review stand; one that is no study of it has no entry.

    Args:
        connection: to the database.
        review_id: of the review.
        study_ids: of the studies.
        coded: what `coded_at` gives for the schemes by which studies are coded.
        appraised: the same for those by which they are appraised.
    """
    if not study_ids:
        return {}
    screened = _screened_at(connection, study_ids)
    return {
        study.id: Standing(
            label=study.label,
            studies=(study.id,),
            marks={
                Aspect.INCLUSION: (
                    INCLUDED if any(report.included for report in study.reports) else NOT_INCLUDED
                ),
                Aspect.REPORTS: reports_mark((r.title, r.year or 0) for r in study.reports),
                Aspect.SCREENING: screened.get(study.id, ""),
                Aspect.CODING: coded.get(study.id, NONE_COUNTS),
                Aspect.APPRAISAL: appraised.get(study.id, NONE_COUNTS),
            },
        )
        for study in studies.listing(connection, review_id)
        if study.id in study_ids
    }


def coded_at(connection: Connection, review_id: int, scheme_ids: Collection[int]) -> dict[int, str]:
    """When the codings that count of each study changed last; studies without any have no entry."""
    newest: dict[int, datetime] = {}
    for scheme_id in scheme_ids:
        counted = {
            study_id: standing.is_agreed
            for study_id, standing in coders.of_studies(connection, review_id, scheme_id).items()
            if standing.stage is CodingStage.COUNTED
        }
        query = select(coding.c.study_id, coding.c.is_agreed, coding.c.changed_at).where(
            coding.c.scheme_id == scheme_id, coding.c.state == COMPLETE
        )
        for study_id, is_agreed, at in connection.execute(query):
            if counted.get(study_id) == is_agreed:
                newest[study_id] = max(at, newest.get(study_id, at))
    return {study_id: at.isoformat() for study_id, at in newest.items()}


def _screened_at(connection: Connection, study_ids: Collection[int]) -> dict[int, str]:
    """When a report of each study was decided on last, under whatever work it was."""
    found: dict[int, str] = {}
    for batch in batches(study_ids):
        survivor = survivor_of(original)
        query = (
            select(study_work.c.study_id, func.max(decision.c.at))
            .join(original, original.c.id == study_work.c.work_id)
            .join(surviving, or_(surviving.c.id == survivor, surviving.c.merged_into == survivor))
            .join(decision, decision.c.work_id == surviving.c.id)
            .where(study_work.c.study_id.in_(batch))
            .group_by(study_work.c.study_id)
        )
        found |= {study_id: at.isoformat() for study_id, at in connection.execute(query)}
    return found
