"""Works with all that a list of them can say: what came of them, why, and where they are from."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage, State, Verdict, Vote, counted_indexes
from evidence.store.records import labels
from evidence.store.records.filters import Filter, conditions
from evidence.store.records.references import NAMES, from_row
from evidence.store.review.reasons import counted_labels
from evidence.store.schema import (
    decision,
    imported_file,
    record,
    source,
    study,
    study_work,
    work,
)
from evidence.store.surviving import in_state, original, originals_of, surviving, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A surviving work in a table.

    Attributes:
        records: how many records describe it.
        sources: the names of all sources that have one of its records.
        labels: as far as the person who asks may see them.
        states: what its decisions come to; no full text where it did not come to that stage.
        reasons: why it is excluded, at the stages where it is; the reason that is counted first.
        study: the label of the study that it reports, or "".
    """

    id: int
    reference: Reference
    records: int
    sources: tuple[str, ...]
    labels: tuple[str, ...]
    states: Mapping[Stage, State]
    reasons: Mapping[Stage, tuple[str, ...]]
    study: str


def in_batches(
    connection: Connection, review_id: int, which: Filter, person_id: int, size: int
) -> Iterator[list[WorkRow]]:
    """The works that pass a filter, in the order of their import."""
    query = select(work.c.id).where(*conditions(review_id, which)).order_by(work.c.id).limit(size)
    last = 0
    while ids := list(connection.execute(query.where(work.c.id > last)).scalars()):
        yield of_works(connection, review_id, ids, person_id)
        last = ids[-1]


def of_works(
    connection: Connection, review_id: int, work_ids: Collection[int], person_id: int
) -> list[WorkRow]:
    """These works, as many as one query can name, in the order of their import."""
    ids = list(work_ids)
    columns = [work.c[name] for name in ("id", *NAMES, *Stage)]
    query = select(*columns).where(work.c.review_id == review_id, work.c.id.in_(ids))
    rows = connection.execute(query.order_by(work.c.id)).mappings().all()
    label_names = labels.on_works(connection, review_id, ids, person_id)
    records, sources = _records(connection, ids), _sources(connection, ids)
    study_labels = _studies(connection, ids)
    reasons = {stage: reasons_of(connection, review_id, stage, ids) for stage in Stage}
    return [
        WorkRow(
            id=row["id"],
            reference=from_row(row),
            records=records.get(row["id"], 0),
            sources=tuple(sources.get(row["id"], ())),
            labels=tuple(label_names.get(row["id"], ())),
            states=_states(row),
            reasons={
                stage: of_stage[row["id"]]
                for stage, of_stage in reasons.items()
                if row["id"] in of_stage
            },
            study=study_labels.get(row["id"], ""),
        )
        for row in rows
    ]


def reasons_of(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Why those of these works are excluded that are: the reason that is counted, then the others.

    An excluded work is open to nobody, so all may know why.
    """
    columns = ("person_id", "verdict", "resolves", "reason_id", "reason_ids")
    query = (
        select(surviving.c.id, *(decision.c[name] for name in columns))
        .select_from(decision)
        .join(original, original.c.id == decision.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            originals_of(work_ids),
            *in_state(stage, State.EXCLUDE, surviving),
        )
        .order_by(decision.c.id)
    )
    votes: dict[int, list[tuple[Vote, list[int]]]] = defaultdict(list)
    for row in connection.execute(query):
        vote = Vote(row.person_id, Verdict(row.verdict), resolves=row.resolves)
        votes[row.id].append((vote, [row.reason_id or 0, *row.reason_ids]))
    names = counted_labels(connection, review_id) if votes else {}
    return {work_id: _reasons(of_work, names) for work_id, of_work in votes.items()}


def _reasons(votes: list[tuple[Vote, list[int]]], names: Mapping[int, str]) -> tuple[str, ...]:
    counted = [votes[index] for index in counted_indexes([vote for vote, _ in votes])]
    newest_first = [ids for vote, ids in reversed(counted) if vote.verdict is Verdict.EXCLUDE]
    return tuple(dict.fromkeys(names[i] for ids in newest_first for i in ids if i in names))


def _states(row: Mapping[Any, Any]) -> dict[Stage, State]:
    states = {stage: State(row[stage.value]) for stage in Stage}
    if states[Stage.TITLE_ABSTRACT] is not State.INCLUDE:
        del states[Stage.FULL_TEXT]
    return states


def _records(connection: Connection, ids: list[int]) -> dict[int, int]:
    query = select(record.c.work_id, func.count()).where(record.c.work_id.in_(ids))
    rows = connection.execute(query.group_by(record.c.work_id))
    return {work_id: count for work_id, count in rows}  # noqa: C416 - rows are no pairs to mypy


def _sources(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    query = (
        select(record.c.work_id, source.c.name, source.c.id)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.work_id.in_(ids))
        .distinct()
        .order_by(source.c.id)
    )
    return _listed(connection, query)


def _listed(connection: Connection, query: Select[Any]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for work_id, name, _ in connection.execute(query):
        names[work_id].append(name)
    return names


def _studies(connection: Connection, ids: list[int]) -> dict[int, str]:
    query = (
        select(surviving_id, study.c.label, study.c.id)
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .where(originals_of(ids))
        .order_by(study.c.id)
    )
    return {work_id: "; ".join(labels) for work_id, labels in _listed(connection, query).items()}
