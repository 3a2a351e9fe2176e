"""From judged pairs, and what people decided, to groups and the verdicts to keep."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np

from evidence.deduplication.all_rules import RULE_NUMBERS, RULES, version
from evidence.deduplication.facts import Mask
from evidence.deduplication.groups import Pair, group
from evidence.deduplication.judge_pairs import JudgedPairs, keeps_apart
from evidence.deduplication.prepare import Integers, PreparedRecords
from evidence.deduplication.rule_types import Band, DedupeSettings
from evidence.deduplication.verdicts import (
    CHAIN,
    SHARES,
    FieldScores,
    PairAnswer,
    PairDecision,
    RuleVerdict,
)

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What people decided and earlier runs found, by rows.

    Attributes:
        ids: of the records, by row.
        joined, parted: pairs that a person joined or parted.
        earlier: verdicts of earlier runs with their pairs of rows.
    """

    ids: Sequence[int]
    joined: frozenset[Pair]
    parted: frozenset[Pair]
    earlier: tuple[tuple[Pair, RuleVerdict], ...]

    @classmethod
    def by_rows(
        cls, ids: Sequence[int], decisions: Iterable[PairDecision], earlier: Iterable[RuleVerdict]
    ) -> "History":
        """Translate ids to rows; what concerns records that are gone is left out."""
        row = {record: at for at, record in enumerate(ids)}
        pairs = {answer: set[Pair]() for answer in PairAnswer}
        for decision in decisions:
            a, b = row.get(decision.a), row.get(decision.b)
            if a is not None and b is not None and a != b:
                pairs[decision.answer].add(_pair(a, b))
        return cls(
            ids=ids,
            joined=frozenset(pairs[PairAnswer.SAME] - pairs[PairAnswer.DIFFERENT]),
            parted=frozenset(pairs[PairAnswer.DIFFERENT]),
            earlier=tuple(
                (_pair(row[v.a], row[v.b]), v) for v in earlier if v.a in row and v.b in row
            ),
        )


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def outcome(
    records: PreparedRecords, judged: JudgedPairs, history: History, settings: DedupeSettings
) -> tuple[Groups, tuple[RuleVerdict, ...]]:
    """Groups of record ids, and the verdicts: what is the same, and what a person should see.

    The judged pairs come with the surest first.
    """
    verdicts = _all_verdicts(judged, history, settings)
    edges = [pair for pair, verdict in verdicts.items() if verdict.band is Band.SAME]

    def apart(a: Integers, b: Integers) -> Mask:
        return keeps_apart(records, a, b, settings)

    groups = group(edges, history.joined, history.parted, apart)
    group_of = {row: number for number, rows in enumerate(groups) for row in rows}
    to_keep = sorted(_verdicts_to_keep(verdicts, group_of, history.parted), key=_unlikeliness)
    return tuple(tuple(history.ids[row] for row in rows) for rows in groups), tuple(to_keep)


def _unlikeliness(verdict: RuleVerdict) -> tuple[bool, float, float]:
    """Sorts what is the same first, then the questions, the likeliest first."""
    asked = verdict.band is Band.POSSIBLE
    share = SHARES.get(verdict.reason, 0.0) if asked else 0.0
    return asked, -share, -(verdict.scores.title or 0.0) if asked else 0.0


def _all_verdicts(
    judged: JudgedPairs, history: History, settings: DedupeSettings
) -> dict[Pair, RuleVerdict]:
    """Earlier verdicts and those of this run, the surest of each first."""

    def sureness(earlier: tuple[Pair, RuleVerdict]) -> tuple[int, Pair]:
        pair, verdict = earlier
        return RULE_NUMBERS.get(verdict.reason, 0), pair

    earlier = sorted(history.earlier, key=sureness)
    return dict(earlier) | dict(_verdicts(judged, history.ids, version(settings)))


def _verdicts(
    judged: JudgedPairs, ids: Sequence[int], rules: str
) -> Iterator[tuple[Pair, RuleVerdict]]:
    scores = judged.scores.astype(np.float64).round(3).tolist()
    for a, b, number, row in zip(
        judged.a.tolist(), judged.b.tolist(), judged.rule.tolist(), scores, strict=True
    ):
        rule = RULES[number]
        fields = FieldScores(*[None if isnan(score) else score for score in row])
        yield (a, b), RuleVerdict(ids[a], ids[b], rule.band, rule.code, fields, rules)


def _verdicts_to_keep(
    verdicts: Mapping[Pair, RuleVerdict], group_of: Mapping[int, int], parted: Collection[Pair]
) -> Iterator[RuleVerdict]:
    """What is joined, and of the pairs between two groups the surest, as a question.

    What a person parted is not asked again, nor anything else between the same two groups.
    """
    answered = {_groups_of(pair, group_of) for pair in parted}
    for pair, verdict in verdicts.items():
        groups = _groups_of(pair, group_of)
        if groups[0] == groups[1]:
            if verdict.band is Band.SAME:
                yield verdict
        elif groups not in answered:
            answered.add(groups)
            yield verdict if verdict.band is Band.POSSIBLE else _as_question(verdict)


def _as_question(verdict: RuleVerdict) -> RuleVerdict:
    return replace(verdict, band=Band.POSSIBLE, reason=CHAIN)


def _groups_of(pair: Pair, group_of: Mapping[int, int]) -> Pair:
    """The groups of both rows; a row without a group stands for itself, below zero."""
    return _pair(group_of.get(pair[0], -1 - pair[0]), group_of.get(pair[1], -1 - pair[1]))
