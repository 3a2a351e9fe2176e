"""Forming works from verdicts: the one way in which records come together and part again.

Which records form a work follows from the verdicts alone. The surviving work of a group is the
first work of its oldest record; the works of the others are merged into it, and keep their
decisions for when they stand alone again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence import deduplication
from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage
from evidence.store import Write
from evidence.store.records import dedupe_runs, duplicates, edits, records_of_works, works
from evidence.store.records.duplicates import PairVerdict
from evidence.store.screening import (
    assignments_after_merge,
    decisions,
    undone_on_parting,
    work_states,
)

AT_ONCE = 1000  # records that a query names
WorkValues = tuple[Reference, dict[str, int]]
"""The reference of a work, and for each field the record of its value."""


def form_works(write: Write, record_ids: Iterable[int]) -> None:
    """Form the works of these records, and of all that belong to them, from standing verdicts."""
    seeds = set(record_ids)
    while seeds:
        batch = set(list(seeds)[:AT_ONCE])
        ids, verdicts = _neighbourhood(write, batch)
        _form_works(write, ids, verdicts)
        seeds -= ids | batch


def form_works_after_undo(write: Write, record_ids: Collection[int]) -> None:
    """Form the works of these records, which shared a work with records that were deleted.

    `form_works` writes only what moves. A work that lost a record and moved nowhere is described
    and decided here, without that record.
    """
    form_works(write, record_ids)
    c, review_id = write.connection, write.review_id
    same_works = records_of_works.records_of_same_works(c, review_id, record_ids)
    references = works.references(c, review_id, same_works)
    members: dict[int, list[int]] = defaultdict(list)
    for membership in records_of_works.memberships(c, review_id, references):
        members[membership.work_id].append(membership.record_id)
    describe(write, members, references)
    assignments_after_merge.follow(write, members)
    for stage in Stage:
        decisions.refresh(write, stage, members)


def _form_works(
    write: Write, ids: Collection[int], verdicts: Mapping[tuple[int, int], PairVerdict]
) -> None:
    references = works.references(write.connection, write.review_id, ids)
    run = dedupe_runs.newest(write.connection, write.review_id)
    result = deduplication.find(
        list(references.values()),
        ids=list(references),
        settings=dedupe_settings(run.kinds) if run else None,
        decisions=pair_decisions({pair: v.verdict for pair, v in verdicts.items() if v.person}),
        new=(),
        earlier=[to_rule_verdict(v) for v in verdicts.values() if not v.person],
    )
    arrange(write, result.groups, references)


def _neighbourhood(
    write: Write, record_ids: Iterable[int]
) -> tuple[set[int], dict[tuple[int, int], PairVerdict]]:
    """The records that can come into one work with these, and the verdicts about them."""
    c, review_id = write.connection, write.review_id
    ids = set(record_ids)
    while True:
        before = len(ids)
        ids |= records_of_works.records_of_same_works(c, review_id, ids)
        verdicts = duplicates.standing(c, review_id, ids)
        for pair, verdict in verdicts.items():
            if verdict.verdict == "same":
                ids.update(pair)
        if len(ids) == before:
            return ids, {pair: v for pair, v in verdicts.items() if set(pair) <= ids}


def arrange(
    write: Write,
    groups: Iterable[Sequence[int]],
    references: Mapping[int, Reference],
    ready: Mapping[tuple[int, ...], WorkValues] | None = None,
) -> None:
    """Move the records into works as the groups say; only what differs is written.

    The surviving work of a group is the first work of its oldest record, and has the decisions of
    all. `ready` holds the values of works of certain records that the caller has merged already.
    """
    oldest = {record_id: min(group) for group in groups for record_id in group}
    rows = records_of_works.memberships(write.connection, write.review_id, references)
    first_work = {row.record_id: row.first_work_id for row in rows}
    target = {row.record_id: first_work[oldest.get(row.record_id, row.record_id)] for row in rows}
    moved = [row for row in rows if row.work_id != target[row.record_id]]
    records_of_works.move(write, [(row.record_id, target[row.record_id]) for row in moved])
    merges = [(row.first_work_id, target[row.record_id]) for row in moved]
    records_of_works.set_merged_into(
        write, [(work, None if into == work else into) for work, into in merges]
    )
    members: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        members[target[row.record_id]].append(row.record_id)
    changed = {row.work_id for row in moved} | {into for _, into in merges}
    surviving = [work for work in changed if members[work]]
    describe(write, {work: members[work] for work in surviving}, references, ready)
    assignments_after_merge.follow(write, surviving)
    undone_on_parting.take_back(write, surviving)
    for stage in Stage:
        if work_states.decided(write.connection, write.review_id, stage):
            decisions.refresh(write, stage, surviving)


def describe(
    write: Write,
    members: Mapping[int, Sequence[int]],
    references: Mapping[int, Reference],
    ready: Mapping[tuple[int, ...], WorkValues] | None = None,
) -> None:
    """Store the values of works anew, from their records and from what people prefer or wrote."""
    preferred = records_of_works.preferred_records(write.connection, write.review_id)
    written = edits.standing(write.connection, write.review_id)
    values_by_work = {}
    for work, ids in members.items():
        values = (ready or {}).get(tuple(ids)) or merge(ids, references)
        if len(ids) > 1:
            values = _with_preferred(values, ids, references, preferred)
        values_by_work[work] = _with_edits(values, written[work]) if work in written else values
    records_of_works.describe(write, values_by_work)


def _with_edits(values: WorkValues, by_field: Mapping[str, edits.Edit]) -> WorkValues:
    """What people wrote stands above all records, and comes from none."""
    reference, origin = values
    texts: dict[str, Any] = {field: edit.value for field, edit in by_field.items()}
    others = {field: record_id for field, record_id in origin.items() if field not in by_field}
    return replace(reference, **texts), others


def merge(record_ids: Sequence[int], references: Mapping[int, Reference]) -> WorkValues:
    """The values of a work of these records by the rules, before any choice of a person."""
    if len(record_ids) == 1:
        return references[record_ids[0]], {}
    merged = deduplication.merge([references[record_id] for record_id in record_ids])
    return merged.reference, {name: record_ids[at] for name, at in merged.origin.items()}


def _with_preferred(
    values: WorkValues,
    record_ids: Sequence[int],
    references: Mapping[int, Reference],
    preferred: Mapping[str, Sequence[int]],
) -> WorkValues:
    """The values of preferred records stand above those by the rules; the newest choice holds."""
    reference, origin = values
    own = set(record_ids)
    records = {
        field: next(record_id for record_id in reversed(ids) if record_id in own)
        for field, ids in preferred.items()
        if own.intersection(ids)
    }
    changes = {field: getattr(references[record_id], field) for field, record_id in records.items()}
    return replace(reference, **changes), origin | records


def pair_decisions(answers: Mapping[tuple[int, int], str]) -> list[deduplication.PairDecision]:
    """Answers of people by pair, for the rules."""
    return [
        deduplication.PairDecision(a, b, deduplication.PairAnswer(v))
        for (a, b), v in answers.items()
    ]


def dedupe_settings(apart: Collection[str]) -> deduplication.DedupeSettings:
    """Settings by which the rules keep these kinds apart; kinds unknown to them are ignored."""
    return deduplication.DedupeSettings(
        vetoes=frozenset(veto for veto in deduplication.Veto if veto.value in apart)
    )


def to_pair_verdict(verdict: deduplication.RuleVerdict) -> PairVerdict:
    """A verdict of the rules as it is stored."""
    first, second = sorted((verdict.a, verdict.b))
    return PairVerdict(
        record_a=first,
        record_b=second,
        verdict=verdict.band.value,
        reason=verdict.reason,
        scores={
            name: getattr(verdict.scores, name) for name in deduplication.FieldScores.__slots__
        },
        rules=verdict.rules,
    )


def to_rule_verdict(row: PairVerdict) -> deduplication.RuleVerdict:
    """A stored verdict of the rules as these know it."""
    return deduplication.RuleVerdict(
        row.record_a,
        row.record_b,
        deduplication.Band(row.verdict),
        row.reason,
        deduplication.FieldScores(**row.scores),
        row.rules,
    )
