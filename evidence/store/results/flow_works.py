"""The works, records and studies that stand behind the numbers of a flow diagram, one by one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage, State
from evidence.store.id_batches import batches, in_review
from evidence.store.records.references import NAMES, from_row
from evidence.store.schema import imported_file, record, source, study, study_work, work
from evidence.store.surviving import in_state, original, surviving, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWork:
    """A live work with what matters to the flow.

    Attributes:
        searched: at least one of its records came from a source of the first arm.
    """

    id: int
    searched: bool
    title_abstract: State
    full_text: State


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecord:
    """A record with its live work, and the source that gave it."""

    id: int
    work_id: int
    source_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLine:
    """What a list shows of a record or a work.

    Attributes:
        source: the name of the source; empty for works.
    """

    id: int
    reference: Reference
    source: str = ""


def works(connection: Connection, review_id: int, searched: Collection[str]) -> list[FlowWork]:
    """All live works that have a record, in the order of their import.

    Args:
        connection: to read with.
        review_id: of which review.
        searched: the kinds of source of the first arm.
    """
    arm = func.max(case((source.c.kind.in_(list(searched)), 1), else_=0))
    columns = (work.c.id, work.c.title_abstract, work.c.full_text)
    query = (
        select(*columns, arm.label("arm"))
        .select_from(record)
        .join(work, work.c.id == record.c.work_id)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.review_id == review_id)
        .group_by(*columns)
        .order_by(work.c.id)
    )
    return [
        FlowWork(
            id=row.id,
            searched=bool(row.arm),
            title_abstract=State(row.title_abstract),
            full_text=State(row.full_text),
        )
        for row in connection.execute(query)
    ]


def records(connection: Connection, review_id: int) -> list[FlowRecord]:
    """All records, in the order of their import."""
    query = (
        select(record.c.id, record.c.work_id, source.c.id.label("source_id"), source.c.kind)
        .select_from(record)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.review_id == review_id)
        .order_by(record.c.id)
    )
    return [FlowRecord(**row) for row in connection.execute(query).mappings()]


def reports_of_studies(connection: Connection, review_id: int) -> list[tuple[int, int]]:
    """Each study with each of its included reports, by the ids of study and live work."""
    query = (
        select(study.c.id, surviving.c.id.label("work_id"))
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(study.c.review_id == review_id, *in_state(Stage.FULL_TEXT, State.INCLUDE, surviving))
        .distinct()
    )
    return [(row.id, row.work_id) for row in connection.execute(query)]


def record_lines(connection: Connection, review_id: int, ids: Sequence[int]) -> list[FlowLine]:
    """These records with their sources, oldest first."""
    columns = [record.c[name] for name in ("id", *NAMES)]
    query = (
        select(*columns, source.c.name.label("source_name"))
        .select_from(record)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(in_review(record.c.review_id, review_id))
        .order_by(record.c.id)
    )
    return [
        FlowLine(id=row["id"], reference=from_row(row), source=row["source_name"])
        for batch in batches(ids)
        for row in connection.execute(query.where(record.c.id.in_(batch))).mappings()
    ]


def work_lines(connection: Connection, review_id: int, ids: Sequence[int]) -> list[FlowLine]:
    """These works, oldest first."""
    columns = [work.c[name] for name in ("id", *NAMES)]
    query = select(*columns).where(in_review(work.c.review_id, review_id)).order_by(work.c.id)
    return [
        FlowLine(id=row["id"], reference=from_row(row))
        for batch in batches(ids)
        for row in connection.execute(query.where(work.c.id.in_(batch))).mappings()
    ]
