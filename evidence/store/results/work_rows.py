"""Works with all that a list of them can say: what came of them, why, and where they are from."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage, State, Verdict, Vote, counted_indexes
from evidence.store.id_batches import in_review
from evidence.store.records import labels, works
from evidence.store.records.filters import Filter
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
from evidence.store.surviving import original, originals_of, surviving_id


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
    ids = works.ids(connection, review_id, which)  # filters are asked once, not for each batch
    for start in range(0, len(ids), size):
        yield of_works(connection, review_id, ids[start : start + size], person_id)


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
    survivors = _survivors(connection, ids)
    study_labels = _studies(connection, survivors)
    states = {row["id"]: _states(row) for row in rows}
    reasons = {}
    for stage in Stage:
        excluded = {i for i, state in states.items() if state.get(stage) is State.EXCLUDE}
        of_excluded = {i: survivor for i, survivor in survivors.items() if survivor in excluded}
        reasons[stage] = _reasons_of(connection, review_id, stage, of_excluded)
    return [
        WorkRow(
            id=row["id"],
            reference=from_row(row),
            records=records.get(row["id"], 0),
            sources=tuple(sources.get(row["id"], ())),
            labels=tuple(label_names.get(row["id"], ())),
            states=states[row["id"]],
            reasons={
                stage: of_stage[row["id"]]
                for stage, of_stage in reasons.items()
                if row["id"] in of_stage
            },
            study=study_labels.get(row["id"], ""),
        )
        for row in rows
    ]


def _survivors(connection: Connection, ids: list[int]) -> dict[int, int]:
    """These works and those that were merged into them, with the work that survives."""
    query = select(original.c.id, surviving_id).where(originals_of(ids))
    return {work_id: int(survivor) for work_id, survivor in connection.execute(query)}


def _reasons_of(
    connection: Connection, review_id: int, stage: Stage, survivors: Mapping[int, int]
) -> dict[int, tuple[str, ...]]:
    """Why works are excluded: the reason that is counted, then the others.

    An excluded work is open to nobody, so all may know why.

    Args:
        connection: to the store.
        review_id: of the review.
        stage: at which all of them are excluded.
        survivors: each work and those merged into it, with the one that survives.
    """
    columns = ("work_id", "person_id", "verdict", "resolves", "reason_id", "reason_ids")
    query = (
        select(*(decision.c[name] for name in columns))
        .where(
            in_review(decision.c.review_id, review_id),
            decision.c.work_id.in_(list(survivors)),
            decision.c.stage == stage.value,
        )
        .order_by(decision.c.id)
    )
    votes: dict[int, list[tuple[Vote, list[int]]]] = defaultdict(list)
    for row in connection.execute(query):
        vote = Vote(row.person_id, Verdict(row.verdict), resolves=row.resolves)
        votes[survivors[row.work_id]].append((vote, [row.reason_id or 0, *row.reason_ids]))
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
    names: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        names[row.work_id].append(row.name)
    return names


def _studies(connection: Connection, survivors: Mapping[int, int]) -> dict[int, str]:
    query = (
        select(study_work.c.work_id, study.c.label)
        .join(study, study.c.id == study_work.c.study_id)
        .where(study_work.c.work_id.in_(list(survivors)))
        .order_by(study.c.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        names[survivors[row.work_id]].append(row.label)
    return {work_id: "; ".join(dict.fromkeys(labels)) for work_id, labels in names.items()}
