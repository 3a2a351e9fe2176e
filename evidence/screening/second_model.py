"""A second model, to read on with once the first one brings nothing new.

It sees the same features and weighs them otherwise: works come first that lie nearer to the mean
of the relevant ones than to the mean of the others. The first model (model.py) looks for what
parts the two and lets a few odd works count much; here each counts alike.
"""

import numpy as np

from evidence.screening.features import Features, Numbers
from evidence.screening.learner import Vector
from evidence.screening.model import DecidedRows


def between_means(
    features: Features, decided: DecidedRows, *, seed: int, start: Vector | None = None
) -> Vector | None:
    """Learn from decisions, with the arguments of `model.line_between`.

    Rocchio's relevance feedback with equal weight on both sides (Salton and Buckley 1990,
    doi:10.1002/(SICI)1097-4571(199006)41:4<288::AID-ASI8>3.0.CO;2-H). Without anything irrelevant
    all undecided works stand in for it.
    """
    del seed, start  # nothing is drawn, and there is nothing to search for
    speaking = features.targets.shape[0] + len(decided.relevant)
    if not speaking:
        return None
    towards = (_sum(features, decided.relevant) + features.targets.sum(axis=0)) / speaking
    against = decided.irrelevant if len(decided.irrelevant) else decided.undecided
    away = _sum(features, against) / max(1, len(against))
    return np.append(towards - away, 0).astype(np.float32)


def _sum(features: Features, rows: Numbers) -> Vector:
    return np.asarray(features.rows[rows].sum(axis=0), np.float32)
