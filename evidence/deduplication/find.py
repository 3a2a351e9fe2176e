"""The whole way from references to groups: prepare, pairs, compare, rules, groups."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor

import numpy as np

from evidence.citations.record import Reference
from evidence.deduplication.aliases import across_aliases, learn_aliases, mark_learnt, with_aliases
from evidence.deduplication.judge_pairs import JudgedPairs, apply_rules, join_judged
from evidence.deduplication.outcome import History, outcome
from evidence.deduplication.pairs import Keys, candidates, keys
from evidence.deduplication.parallel import map_parts
from evidence.deduplication.prepare import Integers, PreparedRecords, join, prepare
from evidence.deduplication.recurring import mark_recurring
from evidence.deduplication.reference_columns import Columns, from_references
from evidence.deduplication.rule_types import DedupeSettings
from evidence.deduplication.verdicts import DedupeResult, PairDecision, ReportProgress, RuleVerdict
from evidence.errors import Invalid

RECORDS_PER_PART = 20_000
PAIRS_PER_PART = 50_000
# Shares of the whole time that are done when a step begins.
PREPARING, PAIRING, COMPARING, GROUPING = 0.0, 0.35, 0.45, 0.9


def find(  # noqa: PLR0913 - the one door of the room
    references: Sequence[Reference] | Columns,
    *,
    ids: Sequence[int],
    settings: DedupeSettings | None = None,
    decisions: Iterable[PairDecision] = (),
    new: Collection[int] | None = None,
    earlier: Iterable[RuleVerdict] = (),
    executor: Executor | None = None,
    progress: ReportProgress | None = None,
) -> DedupeResult:
    """Find the records that describe one publication.

    The groups do not depend on the order of the records, and the work may be split over an
    executor without changing them.

    Args:
        references: the records of a review, all of them.
        ids: their ids, in the same order.
        settings: what the team counts as a duplicate; None for what is usual.
        decisions: what people decided; it stands, also along chains. Of two that contradict each
            other the one that parts is followed.
        new: ids of records that came since the last run; only pairs with one of them are compared.
            None compares all.
        earlier: verdicts of earlier runs, which are kept; none when all is compared anew.
        executor: where to work; None works in this process.
        progress: called with the share done, from 0 to 1, and what is being done.

    Raises:
        Invalid: the ids are not as many as the records, or one of them comes twice.
    """
    settings = settings or DedupeSettings()
    report = progress or _silent
    columns = references if isinstance(references, Columns) else from_references(references)
    if len(ids) != len(columns) or len(set(ids)) != len(ids):
        raise Invalid(f"There are {len(columns)} records and {len(set(ids))} different ids.")
    if not ids:
        return DedupeResult(groups=(), verdicts=(), considered=0)
    report(PREPARING, "Reading the fields")
    parts = list(_prepared(columns, executor, report))
    table = np.concatenate([part_keys for _, part_keys in parts])
    records = mark_recurring(join([part for part, _ in parts]), table[:, 0].astype(np.int64))
    del parts
    report(PAIRING, "Looking for records that might be the same")
    pairs = _with_new(*candidates(records, table), ids, new)
    judged = join_judged(list(_judged(records, pairs, settings, executor, report)))
    report(GROUPING, "Grouping")
    history = History.by_rows(ids, decisions, earlier)
    records, judged = _joined_by_aliases(records, judged, pairs, settings)
    groups, verdicts = outcome(records, judged.in_order(table[:, -1]), history, settings)
    report(1.0, "Done")
    return DedupeResult(groups=groups, verdicts=verdicts, considered=len(pairs[0]))


def _silent(_share: float, _step: str) -> None:
    """Progress that nobody follows."""


def _prepared(
    columns: Columns, executor: Executor | None, report: ReportProgress
) -> Iterator[tuple[PreparedRecords, Keys]]:
    begins = range(0, len(columns), RECORDS_PER_PART)
    tasks = ((columns.part(begin, begin + RECORDS_PER_PART),) for begin in begins)
    for done, part in enumerate(map_parts(_prepared_part, tasks, executor), start=1):
        report(PREPARING + (PAIRING - PREPARING) * done / len(begins), "Reading the fields")
        yield part


def _prepared_part(columns: Columns) -> tuple[PreparedRecords, Keys]:
    records = prepare(columns)
    return records, keys(records)


def _with_new(
    a: Integers, b: Integers, ids: Sequence[int], new: Collection[int] | None
) -> tuple[Integers, Integers]:
    if new is None:
        return a, b
    is_new = np.isin(np.asarray(ids), list(new))
    mask = is_new[a] | is_new[b]
    return a[mask], b[mask]


def _judged(
    records: PreparedRecords,
    pairs: tuple[Integers, Integers],
    settings: DedupeSettings,
    executor: Executor | None,
    report: ReportProgress,
) -> Iterator[JudgedPairs]:
    begins = range(0, max(len(pairs[0]), 1), PAIRS_PER_PART)
    tasks = (_task(records, pairs, begin, settings) for begin in begins)
    rows = (_rows(pairs, begin) for begin in begins)
    for done, (part, back) in enumerate(
        zip(map_parts(apply_rules, tasks, executor), rows, strict=True), 1
    ):
        report(COMPARING + (GROUPING - COMPARING) * done / len(begins), "Comparing")
        yield part.at(back)


def _joined_by_aliases(
    records: PreparedRecords,
    judged: JudgedPairs,
    pairs: tuple[Integers, Integers],
    settings: DedupeSettings,
) -> tuple[PreparedRecords, JudgedPairs]:
    """Judge again what stands under two names that the set shows to be one journal."""
    aliases = learn_aliases(records, judged)
    if not aliases:
        return records, judged
    across = across_aliases(records, aliases, *pairs)
    others = ~across_aliases(records, aliases, judged.a, judged.b)
    records = with_aliases(records, aliases)
    learnt = mark_learnt(apply_rules(records, pairs[0][across], pairs[1][across], settings))
    return records, join_judged([judged.take(others), learnt])


def _rows(pairs: tuple[Integers, Integers], begin: int) -> Integers:
    end = begin + PAIRS_PER_PART
    return np.unique(np.concatenate([side[begin:end] for side in pairs]))


def _task(
    records: PreparedRecords, pairs: tuple[Integers, Integers], begin: int, settings: DedupeSettings
) -> tuple[PreparedRecords, Integers, Integers, DedupeSettings]:
    """What one part needs: its own records only, and pairs of places among them."""
    rows = _rows(pairs, begin)
    end = begin + PAIRS_PER_PART
    a, b = (np.searchsorted(rows, side[begin:end]) for side in pairs)
    return records.take(rows), a, b, settings
