"""The counts that a flow diagram needs, each from one query."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Select, case, func, select

from evidence.screening.verdicts import Stage, State
from evidence.store.schema import imported_file, record, source, study, study_work, work
from evidence.store.screening.decision_queries import reason_by_work
from evidence.store.surviving import in_state, original, surviving, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """A source with the records it gave."""

    id: int
    name: str
    kind: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCount:
    """How many works share what matters to the flow.

    Attributes:
        searched: at least one of their records came from a database or register.
    """

    searched: bool
    title_abstract: State
    full_text: State
    works: int


def sources(connection: Connection, review_id: int) -> list[SourceCount]:
    """All sources in the order they came, those without records included."""
    query = (
        select(source.c.id, source.c.name, source.c.kind, func.count(record.c.id).label("records"))
        .join(imported_file, imported_file.c.source_id == source.c.id, isouter=True)
        .join(record, record.c.file_id == imported_file.c.id, isouter=True)
        .where(source.c.review_id == review_id)
        .group_by(source.c.id, source.c.name, source.c.kind)
        .order_by(source.c.id)
    )
    return [SourceCount(**row) for row in connection.execute(query).mappings()]


def works(connection: Connection, review_id: int, searched: Collection[str]) -> list[WorkCount]:
    """The live works by arm and by what their decisions come to.

    Args:
        connection: to read with.
        review_id: of which review.
        searched: the kinds of source that are databases or registers.
    """
    arm = func.max(case((source.c.kind.in_(list(searched)), 1), else_=0))
    each = (
        select(arm.label("arm"), work.c.title_abstract, work.c.full_text)
        .select_from(record)
        .join(work, work.c.id == record.c.work_id)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.review_id == review_id)
        .group_by(work.c.id, work.c.title_abstract, work.c.full_text)
        .subquery()
    )
    query = select(each.c.arm, each.c.title_abstract, each.c.full_text, func.count()).group_by(
        each.c.arm, each.c.title_abstract, each.c.full_text
    )
    return [
        WorkCount(
            searched=bool(arm_), title_abstract=State(first), full_text=State(second), works=count
        )
        for arm_, first, second, count in connection.execute(query)
    ]


def reasons(
    connection: Connection, review_id: int, stage: Stage, searched: Collection[str]
) -> dict[bool, dict[str, int]]:
    """For each arm (True: databases and registers), how many works are excluded for each reason.

    Args:
        connection: to read with.
        review_id: of which review.
        stage: at which they are excluded.
        searched: the kinds of source of the first arm.
    """
    by_work = reason_by_work(connection, review_id, stage)
    query = _of_kinds(review_id, searched).where(*in_state(stage, State.EXCLUDE))
    of_searched = {row.work_id for row in connection.execute(query)}
    counts: dict[bool, dict[str, int]] = {True: defaultdict(int), False: defaultdict(int)}
    for work_id, label in by_work.items():
        counts[work_id in of_searched][label] += 1
    return counts


def included_studies(
    connection: Connection, review_id: int, kinds: Collection[str] | None = None
) -> int:
    """Studies with at least one report that is included at full text.

    Args:
        connection: to read with.
        review_id: of which review.
        kinds: of source; only reports of which one has a record count. None for all.
    """
    query = (
        select(func.count(func.distinct(study.c.id)))
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            study.c.review_id == review_id,
            *in_state(Stage.FULL_TEXT, State.INCLUDE, surviving),
        )
    )
    if kinds is not None:
        query = query.where(surviving.c.id.in_(_of_kinds(review_id, kinds)))
    return int(connection.execute(query).scalar_one())


def _of_kinds(review_id: int, kinds: Collection[str]) -> Select[tuple[int]]:
    """The live works with a record from a source of these kinds."""
    return (
        select(record.c.work_id)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .join(work, work.c.id == record.c.work_id)
        .where(record.c.review_id == review_id, source.c.kind.in_(list(kinds)))
    )
