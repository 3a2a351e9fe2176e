"""What is learnt from decisions, and what in a record speaks for or against it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import diags_array, vstack

from evidence.screening.features import Features, Numbers
from evidence.screening.learner import Lessons, Matrix, Vector, learn

RELEVANT_SHARE = 0.9  # of the weight of all lessons: relevant records are few and precious
STRENGTH = 0.5  # of fitting the lessons against keeping the line simple, once there are many
MANY = 100  # relevant records; with fewer, fitting counts less, because each may be an odd one
FEW = 5  # as if so many more had been found, or the first one would count for nothing
UNREAD = 100  # undecided records that stand in for irrelevant ones, as most of them are
UNREAD_WEIGHT = 0.3  # of a decision, because some of them will turn out relevant


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """Where in a collection the decisions stand, as rows of its features."""

    relevant: Numbers
    irrelevant: Numbers
    undecided: Numbers


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a pair of words of a record, and how much it adds to the record's score."""

    word: str
    weight: float


def line_between(
    features: Features, known: Known, *, seed: int, start: Vector | None = None
) -> Vector | None:
    """Learn from what is known; None where nothing relevant is known and nothing is wanted.

    Args:
        features: of the collection; what is wanted counts like relevant records.
        known: the decisions.
        seed: of the choice of undecided records that stand in for irrelevant ones. They keep the
            model from learning only what parts one near miss from another, and let it begin
            before anything irrelevant was seen.
        start: what was learnt from fewer decisions, to be quicker.
    """
    wanted = features.wanted
    if not wanted.shape[0] and not len(known.relevant):
        return None
    chance = np.random.default_rng([abs(seed), len(known.relevant) + len(known.irrelevant)])
    stand_in = chance.choice(known.undecided, min(UNREAD, len(known.undecided)), replace=False)
    against = np.concatenate([known.irrelevant, stand_in])
    rows: Matrix = vstack([wanted, features.rows[known.relevant], features.rows[against]], "csr")
    speaking = wanted.shape[0] + len(known.relevant)
    sides = np.repeat(np.array([1, -1], np.float32), [speaking, len(against)])
    decided = len(sides) - len(stand_in)
    counts = np.repeat(np.array([1, UNREAD_WEIGHT], np.float32), [decided, len(stand_in)])
    strength = STRENGTH * min(1, (FEW + speaking) / MANY)
    weights = (strength * _weights(sides, counts)).astype(np.float32)
    return learn(Lessons(rows=rows, sides=sides, weights=weights), start)


def _weights(sides: Vector, counts: Vector) -> Vector:
    """Shares out the weight of all lessons between the two sides, then within each."""
    weights = counts.copy()
    for side, share in ((1, RELEVANT_SHARE), (-1, 1 - RELEVANT_SHARE)):
        here = sides == side
        if here.any():
            weights[here] *= share * counts.sum() / counts[here].sum()
    return weights


def terms(features: Features, line: Vector, record: int, most: int = 10) -> tuple[Term, ...]:
    """What in a record speaks most for it (weight above 0) or against it, strongest first.

    Runs of letters are no words; what they add is shared out among the words they stand in.

    Raises:
        KeyError: no record of this collection.
    """
    place = features.places[record]
    row = features.rows[[place]]
    gains = row.data * line[row.indices]
    named = row.indices < len(features.names)
    weights: defaultdict[str, float] = defaultdict(float)
    for column, gain in zip(row.indices[named], gains[named], strict=True):
        weights[features.names[column]] += float(gain)
    for word, gain in _by_word(features, place, row.indices[~named], gains[~named]):
        weights[word] += gain
    strongest = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Term(word, weight) for word, weight in strongest[:most])


def _by_word(
    features: Features, place: int, columns: Numbers, gains: Vector
) -> Iterator[tuple[str, float]]:
    """What runs of letters add to a record, by the words they stand in."""
    in_record = features.words[[place]]
    held = diags_array(in_record.data) @ features.runs[in_record.indices]
    each = np.zeros(held.shape[1], np.float32)
    each[columns - len(features.names)] = gains
    each /= np.maximum(np.asarray(held.sum(axis=0)), 1)
    for word, gain in zip(in_record.indices, held @ each, strict=True):
        yield features.vocabulary[word], float(gain)
