"""One run of the rules over a whole review.

Comparing takes a while and locks nothing; only storing the outcome is a transaction, which heeds
whatever people did in between (answers, undone imports).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence import deduplication
from evidence.citations.record import Reference
from evidence.deduplication.all_rules import version
from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.records.duplicates.duplicate_policy import current
from evidence.steps.records.duplicates.form_works import (
    WorkValues,
    arrange,
    dedupe_settings,
    form_works,
    merge,
    pair_decisions,
    to_pair_verdict,
)
from evidence.store import Role, Write
from evidence.store.records import dedupe_runs, duplicates, records_of_works, works
from evidence.store.records.dedupe_runs import DedupeRun
from evidence.store.records.duplicates import PairVerdict
from evidence.store.records.records_of_works import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """The outcome of a run, worked out before anything is locked.

    Attributes:
        answers: of people, when the run began.
        new_works: the values of the works that it forms anew, by their records.
    """

    groups: tuple[tuple[int, ...], ...]
    verdicts: list[PairVerdict]
    references: Mapping[int, Reference]
    answers: Mapping[tuple[int, int], str]
    new_works: Mapping[tuple[int, ...], WorkValues]


def compare(desk: Desk, progress: Progress = silent) -> None:
    """Compare all records by the rules; answers of people stand."""
    desk.require(Role.EDITOR)
    kinds = current(desk).kinds
    settings = dedupe_settings(kinds)
    with desk.reading() as c:
        import_times = dedupe_runs.import_times(c, desk.review_id)
        ids, references = works.all_references(c, desk.review_id)
        answers = duplicates.answers_of_people(c, desk.review_id)
        memberships = records_of_works.memberships(c, desk.review_id)
    tell = _with_count(progress, len(ids))
    with jobs.processes(len(ids)) as executor:
        result = deduplication.find(
            references,
            ids=ids,
            settings=settings,
            decisions=pair_decisions(answers),
            executor=executor,
            progress=tell,
        )
    outcome = _outcome(result, dict(zip(ids, references, strict=True)), answers, memberships)
    with desk.writing(Role.EDITOR) as w:
        times_now = dedupe_runs.import_times(w.connection, desk.review_id)
        compared = import_times.items() & times_now.items()
        run = DedupeRun(
            files=frozenset(file_id for file_id, _ in compared),
            records=len(ids),
            kinds=kinds,
            rules=version(settings),
        )
        dedupe_runs.add(w, run)
        _store(w, outcome)


def _outcome(
    result: deduplication.DedupeResult,
    references: Mapping[int, Reference],
    answers: Mapping[tuple[int, int], str],
    memberships: Sequence[Membership],
) -> _Outcome:
    work_of = {membership.record_id: membership.work_id for membership in memberships}
    groups = tuple(tuple(sorted(group)) for group in result.groups)
    new_groups = [group for group in groups if len({work_of.get(id_) for id_ in group}) > 1]
    return _Outcome(
        groups=groups,
        verdicts=[to_pair_verdict(verdict) for verdict in result.verdicts],
        references=references,
        answers=answers,
        new_works={group: merge(group, references) for group in new_groups},
    )


def _with_count(progress: Progress, records: int) -> Progress:
    def tell(done: float, doing: str) -> None:
        progress(done, f"{doing} · {records:,} records")

    return tell


def _store(write: Write, outcome: _Outcome) -> None:
    """Store the outcome, without records that are gone and with answers that came meanwhile."""
    c, review_id = write.connection, write.review_id
    present = {row.record_id for row in records_of_works.memberships(c, review_id)}
    duplicates.replace_automatic(write, [v for v in outcome.verdicts if present.issuperset(v.pair)])
    groups = [[id_ for id_ in group if id_ in present] for group in outcome.groups]
    references = {id_: r for id_, r in outcome.references.items() if id_ in present}
    arrange(write, [group for group in groups if group], references, outcome.new_works)
    answers = duplicates.answers_of_people(c, review_id)
    changed_pairs = outcome.answers.items() ^ answers.items()
    answered = {record_id for pair, _ in changed_pairs for record_id in pair}
    torn = {
        record_id
        for whole, rest in zip(outcome.groups, groups, strict=True)
        if len(rest) < len(whole)
        for record_id in rest
    }
    form_works(write, (answered | torn) & present)
