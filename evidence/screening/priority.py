"""Priority order: which undecided work to read next.

What looks most like the relevant works comes first. The order never decides: all works stay
in it. The same decisions and seed give the same order, however works and decisions come in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import floor

import numpy as np

from evidence.errors import Invalid
from evidence.screening.features import Features, Text, describe
from evidence.screening.learner import Vector
from evidence.screening.model import DecidedRows, Term, line_between, scores, terms

__all__ = ["Features", "Ranking", "Term", "Text", "describe", "rank", "shuffled", "terms"]

Model = Callable[..., Vector | None]
"""Learns a line from decisions: `line_between`, or another with the same arguments."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """An order of the undecided works.

    Attributes:
        order: most promising first, with random ones mixed in.
        scores: of the works in `order`; higher is more promising, and nothing else is meant.
        random: those that stand where they stand by chance, for honest estimates.
        line: what was learnt; None where there was nothing to learn from.
    """

    order: tuple[int, ...]
    scores: Mapping[int, float]
    random: frozenset[int]
    line: Vector | None


def rank(
    features: Features,
    decided: Mapping[int, bool],
    *,
    seed: int,
    random_share: float = 0.0,
    start: Vector | None = None,
    model: Model = line_between,
) -> Ranking:
    """Put the undecided works in order; ties go by id.

    Without anything relevant to go by (a decision, a known study, criteria) the order is random.

    Args:
        features: of all works, decided or not.
        decided: whether a work is relevant, for those where this was decided or known before;
            works that the collection no longer has are left out.
        seed: of all that is left to chance.
        random_share: the part of all reading that goes to works drawn at random, 0 to 1.
        start: the line of an earlier ranking, to be quicker; near ties may then fall otherwise.
        model: what learns from the decisions.

    Raises:
        Invalid: a share outside 0 to 1.
    """
    if not 0 <= random_share <= 1:
        raise Invalid("The share of random works lies between 0 and 1.")
    keys = tuple(features.rows_by_id)
    decided_rows = _decided_rows(keys, decided)
    open_keys = [keys[row] for row in decided_rows.undecided]
    line = model(features, decided_rows, seed=seed, start=start)
    if line is None:
        drawn = shuffled(open_keys, seed)
        none = dict.fromkeys(drawn, 0.0)
        return Ranking(order=drawn, scores=none, random=frozenset(drawn), line=None)
    values = scores(features, line)[decided_rows.undecided]
    best = [open_keys[at] for at in np.argsort(-values, kind="stable")]
    order, random = _mixed(best, random_share, len(keys) - len(best), seed)
    return Ranking(
        order=order,
        scores=dict(zip(open_keys, values.tolist(), strict=True)),
        random=random,
        line=line,
    )


def shuffled(keys: Sequence[int], seed: int) -> tuple[int, ...]:
    """A random order in which a work keeps its turn whatever becomes of the others."""
    return tuple(sorted(keys, key=lambda key: blake2b(f"{seed} {key}".encode()).digest()))


def _decided_rows(keys: Sequence[int], decided: Mapping[int, bool]) -> DecidedRows:
    labels = np.array([decided.get(key, -1) for key in keys], np.int8)
    return DecidedRows(
        relevant=np.flatnonzero(labels == 1),
        irrelevant=np.flatnonzero(labels == 0),
        undecided=np.flatnonzero(labels < 0),
    )


def _mixed(
    best: Sequence[int], share: float, begun: int, seed: int
) -> tuple[tuple[int, ...], frozenset[int]]:
    """An order that takes every so many-th work at random, counted from the first ever read."""
    if not share:
        return tuple(best), frozenset()
    placed: set[int] = set()
    random: set[int] = set()
    order: list[int] = []
    promising, drawn = _without(best, placed), _without(shuffled(best, seed), placed)
    for turn in range(begun, begun + len(best)):
        by_chance = floor((turn + 1) * share) > floor(turn * share)
        key = next(drawn if by_chance else promising)
        placed.add(key)
        order.append(key)
        if by_chance:
            random.add(key)
    return tuple(order), frozenset(random)


def _without(keys: Sequence[int], placed: set[int]) -> Iterator[int]:
    """The keys that are not taken by the time their turn comes."""
    return (key for key in keys if key not in placed)
