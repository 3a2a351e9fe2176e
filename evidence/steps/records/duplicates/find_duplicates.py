"""One run of the rules over a whole review.

Comparing takes a while and locks nothing; only keeping what it came to is a transaction. Whatever
people did in between (decisions, undone imports) is taken in there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence import dedupe
from evidence.citations.record import Reference
from evidence.dedupe.rules import version
from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.records.duplicates.duplicate_policy import chosen
from evidence.steps.records.duplicates.form_works import (
    Described,
    arrange,
    decided,
    join,
    merge,
    settings_of,
    to_row,
)
from evidence.store import Role, Write
from evidence.store.records import dedupe_runs, duplicates, work_membership, works
from evidence.store.records.dedupe_runs import DedupeRun
from evidence.store.records.duplicates import PairVerdict
from evidence.store.records.work_membership import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What a run came to, worked out before anything is locked.

    Attributes:
        said: what people had said when it began.
        merged: what the works say that it would put together anew.
    """

    groups: tuple[tuple[int, ...], ...]
    verdicts: list[PairVerdict]
    references: Mapping[int, Reference]
    said: Mapping[tuple[int, int], str]
    merged: Mapping[tuple[int, ...], Described]


def compare(desk: Desk, progress: Progress = silent) -> None:
    """Compare all records by the rules; what people decided stands."""
    kinds = chosen(desk).kinds
    settings = settings_of(kinds)
    with desk.reading() as c:
        files = dedupe_runs.files(c, desk.review_id)
        ids, references = works.all_references(c, desk.review_id)
        said = duplicates.human(c, desk.review_id)
        places = work_membership.places(c, desk.review_id)
    tell = _counting(progress, len(ids))
    with jobs.processes(len(ids)) as executor:
        result = dedupe.find(
            references,
            ids=ids,
            settings=settings,
            decisions=decided(said),
            executor=executor,
            progress=tell,
        )
    outcome = _outcome(result, dict(zip(ids, references, strict=True)), said, places)
    with desk.writing(Role.EDITOR) as w:
        there = dedupe_runs.files(w.connection, desk.review_id)
        ran = DedupeRun(
            files=frozenset(one for one, kept_at in files.items() if there.get(one) == kept_at),
            records=len(ids),
            kinds=kinds,
            rules=version(settings),
        )
        dedupe_runs.add(w, ran)
        _keep(w, outcome)


def _outcome(
    result: dedupe.DedupeResult,
    references: Mapping[int, Reference],
    said: Mapping[tuple[int, int], str],
    places: Sequence[Place],
) -> _Outcome:
    now = {place.id: place.work_id for place in places}
    groups = tuple(tuple(sorted(group)) for group in result.groups)
    new = [group for group in groups if len({now.get(one) for one in group}) > 1]
    return _Outcome(
        groups=groups,
        verdicts=[to_row(verdict) for verdict in result.verdicts],
        references=references,
        said=said,
        merged={group: merge(group, references) for group in new},
    )


def _counting(progress: Progress, records: int) -> Progress:
    def tell(done: float, doing: str) -> None:
        progress(done, f"{doing} · {records:,} records")

    return tell


def _keep(write: Write, outcome: _Outcome) -> None:
    """Keep what the rules came to; what people did in the meantime is taken in afterwards."""
    c = write.connection
    there = {row.id for row in work_membership.places(c, write.review_id)}
    duplicates.replace_automatic(
        write, [one for one in outcome.verdicts if there.issuperset(one.pair)]
    )
    groups = [[one for one in group if one in there] for group in outcome.groups]
    references = {i: r for i, r in outcome.references.items() if i in there}
    arrange(write, [group for group in groups if group], references, outcome.merged)
    now = duplicates.human(c, write.review_id)
    changed = {one for pair, _ in outcome.said.items() ^ now.items() for one in pair}
    torn = {
        one
        for whole, left in zip(outcome.groups, groups, strict=True)
        if len(left) < len(whole)
        for one in left
    }
    join(write, (changed | torn) & there)
