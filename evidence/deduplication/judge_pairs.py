"""Compare pairs and apply the rules, in parts that different processes can take."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from evidence.deduplication.all_rules import DIFFERENT, NOTHING, decide
from evidence.deduplication.compare import compare, compare_hopeful
from evidence.deduplication.facts import Mask, facts
from evidence.deduplication.pairs import Keys
from evidence.deduplication.prepare import Integers, PreparedRecords
from evidence.deduplication.rule_types import DedupeSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPairs:
    """Pairs of rows that are the same or possibly the same.

    Attributes:
        a, b: rows of the two records.
        rule: number of the rule in RULES.
        scores: a column per field of verdicts.FieldScores; NaN where a value is missing.
    """

    a: Integers
    b: Integers
    rule: NDArray[np.int16]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.a)

    def take(self, mask: Mask) -> "JudgedPairs":
        """Some of the pairs."""
        return JudgedPairs(**{f.name: getattr(self, f.name)[mask] for f in fields(JudgedPairs)})

    def at(self, rows: Integers) -> "JudgedPairs":
        """These pairs where the records stand at other rows; `rows` has the new row of each."""
        return replace(self, a=rows[self.a], b=rows[self.b])

    def in_order(self, contents: Keys) -> "JudgedPairs":
        """The surest first: by rule, then by title; ties by what the records hold.

        Rows play no part, so that the order of the records cannot change the groups.
        """
        content_a, content_b = contents[self.a], contents[self.b]
        ties = (np.maximum(content_a, content_b), np.minimum(content_a, content_b))
        order = np.lexsort((*ties, -np.nan_to_num(self.scores[:, 0]), self.rule))
        return JudgedPairs(**{f.name: getattr(self, f.name)[order] for f in fields(JudgedPairs)})


def apply_rules(
    records: PreparedRecords, a: Integers, b: Integers, settings: DedupeSettings
) -> JudgedPairs:
    """Compare pairs of rows and keep those that are the same or possibly the same."""
    pairs = compare_hopeful(records, a, b)
    rule = decide(facts(records, pairs), settings)
    alike = (rule != NOTHING) & ~DIFFERENT[rule]
    pairs = pairs.take(alike)
    return JudgedPairs(a=pairs.a, b=pairs.b, rule=rule[alike], scores=pairs.scores())


def keeps_apart(
    records: PreparedRecords, a: Integers, b: Integers, settings: DedupeSettings
) -> Mask:
    """Whether something speaks against each pair, rather than too little for it."""
    rule = decide(facts(records, compare(records, a, b)), settings)
    apart: Mask = (rule != NOTHING) & DIFFERENT[rule]
    return apart


def join_judged(parts: Sequence[JudgedPairs]) -> JudgedPairs:
    """Pairs that were judged in parts."""
    return JudgedPairs(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(JudgedPairs)}
    )
