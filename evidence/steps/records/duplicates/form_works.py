"""Forming works from verdicts: the one way in which records come together and part again.

Which records form a work follows from the verdicts alone. The work of a group is the first work of
its oldest record; the works of the others wait, with their decisions, until they are needed again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence import dedupe
from evidence.citations.record import Reference
from evidence.screening.verdicts import Stage
from evidence.store import Write
from evidence.store.records import dedupe_runs, duplicates, edits, work_membership, works
from evidence.store.records.duplicates import PairVerdict
from evidence.store.screening import assignments_after_merge, consensus, decisions

AT_ONCE = 1000  # records that a query names
Described = tuple[Reference, dict[str, int]]  # what a work says, and the record of each value


def join(write: Write, record_ids: Iterable[int]) -> None:
    """Form the works anew around these records, from the verdicts that stand now."""
    seeds = set(record_ids)
    while seeds:
        some = set(list(seeds)[:AT_ONCE])
        ids, current = _neighbourhood(write, some)
        _join(write, ids, current)
        seeds -= ids | some


def renew(write: Write, record_ids: Collection[int]) -> None:
    """Form the works anew around records whose twins are gone.

    Joining writes what moves. A work that only lost a record stays in its place; it must forget
    what that record had said, and come to what was decided on its own.
    """
    join(write, record_ids)
    around = work_membership.together_with(write.connection, write.review_id, record_ids)
    references = works.references(write.connection, write.review_id, around)
    members: dict[int, list[int]] = defaultdict(list)
    for place in work_membership.places(write.connection, write.review_id, references):
        members[place.work_id].append(place.id)
    describe(write, members, references)
    assignments_after_merge.follow(write, members)
    for stage in Stage:
        decisions.refresh(write, stage, members)


def _join(
    write: Write, ids: Collection[int], current: Mapping[tuple[int, int], PairVerdict]
) -> None:
    kept = works.references(write.connection, write.review_id, ids)
    run = dedupe_runs.last(write.connection, write.review_id)
    result = dedupe.find(
        list(kept.values()),
        ids=list(kept),
        settings=settings_of(run.kinds) if run else None,
        decisions=decided({pair: v.verdict for pair, v in current.items() if v.person}),
        new=(),
        earlier=[to_verdict(v) for v in current.values() if not v.person],
    )
    arrange(write, result.groups, kept)


def _neighbourhood(
    write: Write, record_ids: Iterable[int]
) -> tuple[set[int], dict[tuple[int, int], PairVerdict]]:
    """The records that can come into one work with these, and the verdicts about them."""
    found = set(record_ids)
    while True:
        before = len(found)
        found |= work_membership.together_with(write.connection, write.review_id, found)
        about = duplicates.touching(write.connection, write.review_id, found)
        for pair, verdict in about.items():
            if verdict.verdict == "same":
                found.update(pair)
        if len(found) == before:
            return found, {pair: v for pair, v in about.items() if set(pair) <= found}


def arrange(
    write: Write,
    groups: Iterable[Sequence[int]],
    references: Mapping[int, Reference],
    ready: Mapping[tuple[int, ...], Described] | None = None,
) -> None:
    """Put the records into works as the groups say; only what differs is written.

    The work of a group is the first work of its oldest record, and keeps the decisions of all.
    `ready` is what works of certain records say, where the caller has worked it out already.
    """
    leader = {record_id: min(group) for group in groups for record_id in group}
    rows = work_membership.places(write.connection, write.review_id, references)
    first = {row.id: row.first_work_id for row in rows}
    target = {row.id: first[leader.get(row.id, row.id)] for row in rows}
    moved = [row for row in rows if row.work_id != target[row.id]]
    work_membership.move(write, [(row.id, target[row.id]) for row in moved])
    work_membership.lead(
        write,
        [
            (first[row.id], None if target[row.id] == first[row.id] else target[row.id])
            for row in moved
        ],
    )
    touched = {row.work_id for row in moved} | {target[row.id] for row in moved}
    members: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        members[target[row.id]].append(row.id)
    live = [work for work in touched if members[work]]
    describe(write, {work: members[work] for work in live}, references, ready)
    assignments_after_merge.follow(write, live)
    for stage in Stage:
        if consensus.decided(write.connection, write.review_id, stage):
            decisions.refresh(write, stage, live)


def describe(
    write: Write,
    members: Mapping[int, Sequence[int]],
    references: Mapping[int, Reference],
    ready: Mapping[tuple[int, ...], Described] | None = None,
) -> None:
    """Work out anew what works say, from their records and from what people chose or wrote."""
    known = ready or {}
    chosen = work_membership.choices(write.connection, write.review_id)
    written = edits.standing(write.connection, write.review_id)
    said = {}
    for work, ids in members.items():
        merged = known.get(tuple(ids)) or merge(ids, references)
        if len(ids) > 1:
            merged = _with_choices(merged, ids, references, chosen)
        said[work] = _with_edits(merged, written[work]) if work in written else merged
    work_membership.describe(write, said)


def _with_edits(merged: Described, given: Mapping[str, edits.Edit]) -> Described:
    """What people wrote themselves stands above all records, and comes from none."""
    reference, origin = merged
    values: dict[str, Any] = {field: edit.value for field, edit in given.items()}
    kept = {field: record_id for field, record_id in origin.items() if field not in given}
    return replace(reference, **values), kept


def merge(record_ids: Sequence[int], references: Mapping[int, Reference]) -> Described:
    """What a work of these records says by the rules, before any choice of a person."""
    if len(record_ids) == 1:
        return references[record_ids[0]], {}
    merged = dedupe.merge([references[record_id] for record_id in record_ids])
    return merged.reference, {name: record_ids[at] for name, at in merged.origin.items()}


def _with_choices(
    merged: Described,
    record_ids: Sequence[int],
    references: Mapping[int, Reference],
    chosen: Mapping[str, Sequence[int]],
) -> Described:
    reference, origin = merged
    own = set(record_ids)
    wanted = {
        field: next(record_id for record_id in reversed(records) if record_id in own)
        for field, records in chosen.items()
        if own.intersection(records)
    }
    values = {field: getattr(references[record_id], field) for field, record_id in wanted.items()}
    return replace(reference, **values), origin | wanted


def decided(said: Mapping[tuple[int, int], str]) -> list[dedupe.PairDecision]:
    """What people say, for the engine."""
    return [dedupe.PairDecision(a, b, dedupe.PairAnswer(v)) for (a, b), v in said.items()]


def settings_of(apart: Collection[str]) -> dedupe.DedupeSettings:
    """The engine's settings; kinds that it does not know are left out."""
    return dedupe.DedupeSettings(
        vetoes=frozenset(veto for veto in dedupe.Veto if veto.value in apart)
    )


def to_row(verdict: dedupe.RuleVerdict) -> PairVerdict:
    """A verdict of the rules, for the store."""
    first, second = sorted((verdict.a, verdict.b))
    return PairVerdict(
        record_a=first,
        record_b=second,
        verdict=verdict.band.value,
        reason=verdict.reason,
        scores={name: getattr(verdict.scores, name) for name in dedupe.FieldScores.__slots__},
        rules=verdict.rules,
    )


def to_verdict(row: PairVerdict) -> dedupe.RuleVerdict:
    """A verdict of the rules, from the store."""
    return dedupe.RuleVerdict(
        row.record_a,
        row.record_b,
        dedupe.Band(row.verdict),
        row.reason,
        dedupe.FieldScores(**row.scores),
        row.rules,
    )
