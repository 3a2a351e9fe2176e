"""The reports of studies as references: what a map's list of studies cites, links and exports."""

from sqlalchemy import Connection, literal, select

from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage, State
from evidence.store.records.references import NAMES, from_row
from evidence.store.schema import study, study_work, work
from evidence.store.surviving import in_state, original, surviving_id


def of_studies(
    connection: Connection, review_id: int, *, abstracts: bool = False
) -> dict[int, list[Reference]]:
    """For each study its included reports, the oldest first, in one query.

    Two linked works that turned out to be one count once.

    Args:
        connection: to the database.
        review_id: of the review.
        abstracts: whether the abstracts are read, too; they are most of the text.
    """
    left_out = () if abstracts else ("abstract",)
    columns = [literal("").label(name) if name in left_out else work.c[name] for name in NAMES]
    query = (
        select(study_work.c.study_id, work.c.id.label("work_id"), *columns)
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .join(work, work.c.id == surviving_id)
        .where(study.c.review_id == review_id, *in_state(Stage.FULL_TEXT, State.INCLUDE))
        .order_by(work.c.year, work.c.id)
    )
    by_study: dict[int, dict[int, Reference]] = {}
    for row in connection.execute(query).mappings():
        by_study.setdefault(row["study_id"], {})[row["work_id"]] = from_row(row)
    return {study_id: list(reports.values()) for study_id, reports in by_study.items()}
