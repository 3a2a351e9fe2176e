"""What is learnt from decisions, and what in a work speaks for or against it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import diags_array, vstack

from evidence.screening.features import Features, Numbers
from evidence.screening.learner import Lessons, Matrix, Vector, learn, score

RELEVANT_SHARE = 0.9  # of the weight of all lessons: relevant works are few and precious
STRENGTH = 0.25  # of fitting the lessons against keeping the line simple, once there are many
MANY = 100  # relevant works; with fewer, fitting counts less, because each may be an odd one
FEW = 5  # as if so many more had been found, or the first one would count for nothing
UNREAD = 100  # undecided works that stand in for irrelevant ones, as most of them are
UNREAD_WEIGHT = 0.3  # of a decision, because some of them will turn out relevant
BRIEF = 5  # words; so many are half believed, the rest is as if the work were like any other


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecidedRows:
    """Where in a collection the decisions stand, as rows of its features."""

    relevant: Numbers
    irrelevant: Numbers
    undecided: Numbers


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a pair of words of a work, and how much it adds to the work's score."""

    word: str
    weight: float


def line_between(
    features: Features, decided: DecidedRows, *, seed: int, start: Vector | None = None
) -> Vector | None:
    """Learn from decisions; None where nothing relevant was decided and there are no targets.

    Args:
        features: of the collection; targets count like relevant works.
        decided: the decisions.
        seed: of the choice of undecided works that stand in for irrelevant ones. They keep the
            model from learning only what parts one near miss from another, and let it begin
            before anything irrelevant was seen.
        start: what was learnt from fewer decisions, to be quicker.
    """
    targets = features.targets
    if not targets.shape[0] and not len(decided.relevant):
        return None
    chance = np.random.default_rng([abs(seed), len(decided.relevant) + len(decided.irrelevant)])
    stand_in = chance.choice(decided.undecided, min(UNREAD, len(decided.undecided)), replace=False)
    against = np.concatenate([decided.irrelevant, stand_in])
    rows: Matrix = vstack([targets, features.rows[decided.relevant], features.rows[against]], "csr")
    speaking = targets.shape[0] + len(decided.relevant)
    sides = np.repeat(np.array([1, -1], np.float32), [speaking, len(against)])
    decided_count = len(sides) - len(stand_in)
    counts = np.repeat(np.array([1, UNREAD_WEIGHT], np.float32), [decided_count, len(stand_in)])
    strength = STRENGTH * min(1, (FEW + speaking) / MANY)
    weights = (strength * _weights(sides, counts)).astype(np.float32)
    return learn(Lessons(rows=rows, sides=sides, weights=weights), start)


def _weights(sides: Vector, counts: Vector) -> Vector:
    """Shares out the weight of all lessons between the two sides, then within each."""
    weights = counts.copy()
    for side, share in ((1, RELEVANT_SHARE), (-1, 1 - RELEVANT_SHARE)):
        on_side = sides == side
        if on_side.any():
            weights[on_side] *= share * counts.sum() / counts[on_side].sum()
    return weights


def scores(features: Features, line: Vector) -> Vector:
    """How promising each work is, by row of its features; what says little of itself is drawn to
    the mean.

    What a work does not say is taken to be as in works at large, as a language model is smoothed by
    the collection (Zhai and Lafferty 2004, doi:10.1145/984321.984322). So a work without
    abstract is neither first nor last because of one word, and one without any text comes when
    those left are no more promising than works are on average; else it would be the last of all.
    """
    said = _said(features.words)
    own = score(features.rows, line)
    at_large = own[said > 0].mean() if said.any() else np.float32(0)
    return np.asarray(said * own + (1 - said) * at_large, np.float32)


def _said(words: Matrix) -> Vector:
    """How far works are believed by themselves, 0 to 1: the more words, the more."""
    lengths = np.asarray(words.sum(axis=1), np.float32)
    return lengths / (lengths + np.float32(BRIEF))


def terms(features: Features, line: Vector, work: int, most: int = 10) -> tuple[Term, ...]:
    """What in a work speaks most for it (weight above 0) or against it, strongest first.

    Together they are what the work itself adds to its score. Runs of letters are no words; what
    they add is shared out among the words they stand in.

    Raises:
        KeyError: no work of this collection.
    """
    row_index = features.rows_by_id[work]
    row = features.rows[[row_index]]
    gains = row.data * line[row.indices] * _said(features.words[[row_index]])
    named = row.indices < len(features.names)
    weights: defaultdict[str, float] = defaultdict(float)
    for column, gain in zip(row.indices[named], gains[named], strict=True):
        weights[features.names[column]] += float(gain)
    for word, gain in _by_word(features, row_index, row.indices[~named], gains[~named]):
        weights[word] += gain
    strongest = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Term(word, weight) for word, weight in strongest[:most])


def _by_word(
    features: Features, row_index: int, columns: Numbers, gains: Vector
) -> Iterator[tuple[str, float]]:
    """What runs of letters add to a work, by the words they stand in."""
    counts = features.words[[row_index]]
    held = diags_array(counts.data) @ features.runs[counts.indices]
    each = np.zeros(held.shape[1], np.float32)
    each[columns - len(features.names)] = gains
    each /= np.maximum(np.asarray(held.sum(axis=0)), 1)
    for word, gain in zip(counts.indices, held @ each, strict=True):
        yield features.vocabulary[word], float(gain)
