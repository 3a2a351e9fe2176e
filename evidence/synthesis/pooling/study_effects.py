"""What is pooled: an effect of each study, with its variance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from evidence.errors import Invalid

LARGE_SMD = 2.0
MOST_NAMED = 8  # studies that a sentence names
_ASKED = "was a standard error entered as the SD?"

Numbers = NDArray[np.float64]

COMPUTED_WITH = (1e-80, 1e80)
"""Sizes of variances, and of estimates at most, whose squares a computer still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEffect:
    """The effect of a study on the scale of analysis: ratios as logarithms, correlations as z.

    Raises Invalid for a number that cannot be pooled; what stands in files goes through
    `effect_table`.

    Attributes:
        study: what it is called.
        estimate: above 0 where the intervention group has more of the outcome.
        variance: of the estimate, above 0: the square of its standard error.
    """

    study: str
    estimate: float
    variance: float

    def __post_init__(self) -> None:
        fault = estimate_fault(self.estimate) or variance_fault(self.variance)
        if fault:
            raise Invalid(f"{self.study}: {fault}")


def estimate_fault(estimate: float) -> str:
    """Why this is no estimate that can be pooled; empty where it is."""
    if not isfinite(estimate):
        return "The estimate is no number."
    if abs(estimate) > COMPUTED_WITH[1]:
        return f"An estimate of {estimate:g} is too large to compute with; check its unit."
    return ""


def variance_fault(variance: float) -> str:
    """Why this is no variance that can be pooled; empty where it is."""
    if not isfinite(variance):
        return "The variance is no number."
    if variance == 0:
        return (
            "The variance is 0, as if the study had no error; where it was rounded, more decimals "
            "are needed."
        )
    if variance < 0:
        return f"The variance {variance:g} is below 0; it is the square of a standard error."
    smallest, largest = COMPUTED_WITH
    if not smallest <= variance <= largest:
        return f"A variance of {variance:g} is too small or too large to compute with."
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The effects in plain numbers, on a scale on which the smallest variance is about 1.

    So nothing overflows, and nothing is lost where all estimates are large and alike.

    Attributes:
        y: (k,) estimates, moved by `shift` and divided by `scale`.
        v: (k,) variances, divided by the square of `scale`.
        design: (k, p) columns of the model, of which some combination is 1 throughout.
        scale: a power of 2, so that dividing by it is exact.
        shift: an estimate near the middle.
    """

    y: Numbers
    v: Numbers
    design: Numbers
    scale: float
    shift: float

    @property
    def k(self) -> int:
        """How many studies there are."""
        return len(self.y)

    @property
    def free(self) -> int:
        """Degrees of freedom: studies less the columns of the model."""
        return len(self.y) - int(self.design.shape[1])


def observed(effects: Sequence[StudyEffect], *columns: Sequence[float]) -> Observed:
    """Effects as numbers, with a model of their mean.

    Args:
        effects: one of each study, at least one.
        columns: of the model, each of as many numbers as there are studies; without them it is one
            mean of all.
    """
    y = np.array([effect.estimate for effect in effects], dtype=np.float64)
    v = np.array([effect.variance for effect in effects], dtype=np.float64)
    scale = float(2.0 ** np.round(np.log2(v.min()) / 2))
    shift = float(np.sort(y)[len(y) // 2])
    design = np.column_stack(columns or [np.ones(len(y))])
    return Observed(
        y=(y - shift) / scale, v=v / scale / scale, design=design, scale=scale, shift=shift
    )


def on_large(effects: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Effects so large that a number may have been entered wrongly; nothing where none is.

    Args:
        effects: label of each study with its standardised mean difference.
    """
    large = [label for label, estimate in effects if abs(estimate) > LARGE_SMD]
    return (f"An SMD beyond ±2 ({listed(large)}): {_ASKED}",) if large else ()


def listed(names: Iterable[str]) -> str:
    """Names in a row, each once; of many the first ones and how many more."""
    every = list(dict.fromkeys(names))
    more = len(every) - MOST_NAMED
    return "; ".join(every[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
