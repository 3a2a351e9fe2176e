"""From judged pairs, and what people decided, to groups and the verdicts worth keeping."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np

from evidence.dedupe.apply_rules import JudgedPairs, keeps_apart
from evidence.dedupe.facts import Mask
from evidence.dedupe.groups import Pair, group
from evidence.dedupe.prepare import Integers, PreparedRecords
from evidence.dedupe.rule import Band, DedupeSettings
from evidence.dedupe.rules import RULE_NUMBERS, RULES, version
from evidence.dedupe.verdicts import CHAIN, FieldScores, PairAnswer, PairDecision, RuleVerdict

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was there before a run, by rows.

    Attributes:
        earlier: verdicts of earlier runs with their pairs of rows.
    """

    ids: Sequence[int]
    joined: frozenset[Pair]
    parted: frozenset[Pair]
    earlier: tuple[tuple[Pair, RuleVerdict], ...]

    @classmethod
    def of(
        cls, ids: Sequence[int], decided: Iterable[PairDecision], earlier: Iterable[RuleVerdict]
    ) -> "History":
        """By rows; what concerns records that are not there any more is left out."""
        row = {record: at for at, record in enumerate(ids)}
        here = [d for d in decided if d.a in row and d.b in row and d.a != d.b]
        pairs = {answer: set[Pair]() for answer in PairAnswer}
        for decision in here:
            pairs[decision.verdict].add(_pair(row[decision.a], row[decision.b]))
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
    records: PreparedRecords, judged: JudgedPairs, known: History, settings: DedupeSettings
) -> tuple[Groups, tuple[RuleVerdict, ...]]:
    """Groups of record ids, and the verdicts: what is the same, and what a person should see.

    The judged pairs come with the surest first.
    """
    verdicts = _all_verdicts(judged, known, settings)
    edges = [pair for pair, verdict in verdicts.items() if verdict.band is Band.SAME]

    def apart(a: Integers, b: Integers) -> Mask:
        return keeps_apart(records, a, b, settings)

    groups = group(edges, known.joined, known.parted, apart)
    home = {row: number for number, rows in enumerate(groups) for row in rows}
    kept = tuple(_worth_keeping(verdicts, home, known.parted))
    return tuple(tuple(known.ids[row] for row in rows) for rows in groups), kept


def _all_verdicts(
    judged: JudgedPairs, known: History, settings: DedupeSettings
) -> dict[Pair, RuleVerdict]:
    """Earlier verdicts and those of this run, the surest of each first."""
    earlier = sorted(known.earlier, key=lambda item: (RULE_NUMBERS.get(item[1].reason, 0), item[0]))
    return dict(earlier) | dict(_verdicts(judged, known.ids, version(settings)))


def _verdicts(
    judged: JudgedPairs, ids: Sequence[int], rules: str
) -> Iterator[tuple[Pair, RuleVerdict]]:
    scores = judged.scores.astype(np.float64).round(3).tolist()
    for a, b, place, row in zip(
        judged.a.tolist(), judged.b.tolist(), judged.rule.tolist(), scores, strict=True
    ):
        rule = RULES[place]
        given = FieldScores(*[None if isnan(score) else score for score in row])
        yield (a, b), RuleVerdict(ids[a], ids[b], rule.band, rule.code, given, rules)


def _worth_keeping(
    verdicts: Mapping[Pair, RuleVerdict], home: Mapping[int, int], parted: Collection[Pair]
) -> Iterator[RuleVerdict]:
    """What is joined, and of the pairs between two groups the surest, as a question.

    What a person parted is not asked again, nor anything else between the same two groups.
    """
    asked = {_homes(pair, home) for pair in parted}
    for pair, verdict in verdicts.items():
        between = _homes(pair, home)
        if between[0] == between[1]:
            if verdict.band is Band.SAME:
                yield verdict
        elif between not in asked:
            asked.add(between)
            yield verdict if verdict.band is Band.POSSIBLE else _as_question(verdict)


def _as_question(verdict: RuleVerdict) -> RuleVerdict:
    return replace(verdict, band=Band.POSSIBLE, reason=CHAIN)


def _homes(pair: Pair, home: Mapping[int, int]) -> Pair:
    """The groups of both rows; a row without a group stands for itself, below zero."""
    return _pair(home.get(pair[0], -1 - pair[0]), home.get(pair[1], -1 - pair[1]))
