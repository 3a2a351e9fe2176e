"""Compare pairs and apply the rules, in parts that can be done by different processes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from evidence.dedupe.compare import compare, compare_hopeful
from evidence.dedupe.facts import Holds, facts
from evidence.dedupe.pairs import Keys
from evidence.dedupe.prepare import Integers, Prepared
from evidence.dedupe.rule import Settings
from evidence.dedupe.rules import DIFFERENT, NOTHING, decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs of rows that are the same or possibly the same.

    Attributes:
        rule: place in RULES.
        scores: a column per field of verdicts.Scores; NaN where a value is missing.
    """

    a: Integers
    b: Integers
    rule: NDArray[np.int16]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.a)

    def take(self, kept: Holds) -> "Judged":
        """Some of the pairs."""
        return Judged(**{f.name: getattr(self, f.name)[kept] for f in fields(Judged)})

    def at(self, rows: Integers) -> "Judged":
        """The same pairs, where the records stand at other rows, smaller before larger."""
        return replace(self, a=rows[self.a], b=rows[self.b])

    def in_order(self, contents: Keys) -> "Judged":
        """The surest first: by rule, then by title; ties by what the records hold.

        Rows play no part, so that the order of the records cannot change the groups.
        """
        left, right = contents[self.a], contents[self.b]
        ties = (np.maximum(left, right), np.minimum(left, right))
        order = np.lexsort((*ties, -np.nan_to_num(self.scores[:, 0]), self.rule))
        return Judged(**{f.name: getattr(self, f.name)[order] for f in fields(Judged)})


def judge(records: Prepared, a: Integers, b: Integers, settings: Settings) -> Judged:
    """Compare pairs of rows and keep those that are the same or possibly the same."""
    pairs = compare_hopeful(records, a, b)
    rule = decide(facts(records, pairs), settings)
    kept = (rule != NOTHING) & ~DIFFERENT[rule]
    pairs = pairs.take(kept)
    return Judged(a=pairs.a, b=pairs.b, rule=rule[kept], scores=pairs.scores())


def keeps_apart(records: Prepared, a: Integers, b: Integers, settings: Settings) -> Holds:
    """Whether something speaks against each pair, rather than too little for it."""
    rule = decide(facts(records, compare(records, a, b)), settings)
    apart: Holds = (rule != NOTHING) & DIFFERENT[rule]
    return apart


def join_judged(parts: Sequence[Judged]) -> Judged:
    """Pairs that were judged in parts."""
    return Judged(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Judged)}
    )
