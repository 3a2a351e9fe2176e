"""The line between relevant and irrelevant: a linear support vector machine.

Written on numpy because scikit-learn costs seconds and 100 MB at every start, for one function
whose mathematics fits on a page.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Vector = NDArray[np.float32]
Matrix = csr_array[Any, tuple[int, int]]

CLOSE_ENOUGH = 1e-2  # the slope that may remain, as a share of the slope at zero
MOST_STEPS = 30
INNER_CLOSE = 0.1  # the error that a step may leave, as a share of where it began
INNER_TURNS = 50
ARMIJO = 1e-4  # the share of the promised gain that a step must bring
SMALLEST_STEP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What there is to learn from.

    Attributes:
        rows: a work per row, a feature per column.
        sides: 1 for relevant, -1 for irrelevant.
        weights: how much it counts when a work lies on the wrong side, or too near the line.
    """

    rows: Matrix
    sides: Vector
    weights: Vector


def score(rows: Matrix, line: Vector) -> Vector:
    """How far each work lies on the relevant side of a line."""
    return np.asarray(rows @ line[:-1] + line[-1], np.float32)


def learn(lessons: Lessons, start: Vector | None = None) -> Vector:
    """The line: the weight of each feature, and last the intercept.

    Minimises (|line|² + sum of weight * max(0, 1 - side * score)²) / 2 by Newton's method with
    conjugate gradients (Keerthi and DeCoste 2005, Journal of Machine Learning Research 6:341).
    There is one minimum, so where the search starts matters only within the tolerance.

    Args:
        lessons: at least one work.
        start: the line learnt from nearly the same lessons, to be quicker.
    """
    rows, sides, weights = lessons.rows, lessons.sides, lessons.weights
    line = np.zeros(rows.shape[1] + 1, np.float32) if start is None else start
    enough = CLOSE_ENOUGH * _length(_pull(rows, weights * sides))
    scores = score(rows, line)
    for _ in range(MOST_STEPS):
        short = np.maximum(0, 1 - sides * scores)
        slope = line - _pull(rows, weights * sides * short)
        if _length(slope) <= enough:
            break
        step = _newton(rows, weights * (short > 0), -slope)
        ahead = score(rows, step)
        size = _size(lessons, (line, scores), (step, ahead), slope)
        line, scores = line + size * step, scores + size * ahead
    return line


def _pull(rows: Matrix, force: Vector) -> Vector:
    """Where works draw the line, each with its force."""
    return np.append(rows.T @ force, force.sum()).astype(np.float32)


def _newton(rows: Matrix, curve: Vector, target: Vector) -> Vector:
    """Solve (identity + rowsᵀ curve rows) step = target, roughly."""
    step = np.zeros_like(target)
    residual, direction = target, target
    error = first = float(residual @ residual)
    for _ in range(INNER_TURNS):
        if error <= INNER_CLOSE**2 * first:
            break
        curved = direction + _pull(rows, curve * score(rows, direction))
        size = np.float32(error / float(direction @ curved))
        step, residual = step + size * direction, residual - size * curved
        before, error = error, float(residual @ residual)
        direction = residual + np.float32(error / before) * direction
    return step


def _size(
    lessons: Lessons, start: tuple[Vector, Vector], step: tuple[Vector, Vector], slope: Vector
) -> np.float32:
    """How much of a step to take: all of it, or half as often as needed until it pays."""
    promised = float(slope @ step[0])
    begun = _loss(lessons, *start)
    size = np.float32(1)
    while size > SMALLEST_STEP:
        gained = _loss(lessons, start[0] + size * step[0], start[1] + size * step[1]) - begun
        if gained <= ARMIJO * float(size) * promised:
            break
        size /= np.float32(2)
    return size


def _loss(lessons: Lessons, line: Vector, scores: Vector) -> float:
    short = np.maximum(0, 1 - lessons.sides * scores)
    return float(line @ line + lessons.weights @ short**2) / 2


def _length(vector: Vector) -> float:
    return float(np.sqrt(vector @ vector))
