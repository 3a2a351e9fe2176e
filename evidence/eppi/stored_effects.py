"""Effects that EPPI-Reviewer stored, beside our own; they are judged and never taken over.

A standardised mean difference from means and SDs is held against EPPI's own formula. Those from
standard errors and intervals (types 3 and 4) are wrong in EPPI-Reviewer: the spread of group 2 is
turned into an SD with the people of group 1.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from evidence.coding.effects.compute import effect_of, measures_of
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Means
from evidence.coding.finding_numbers import reported_of
from evidence.eppi.export import Outcome
from evidence.eppi.outcome_numbers import fields_of_numbers
from evidence.eppi.standardised_mean_difference import smd_as_eppi

AGREES_WITHIN = 1e-6
_SMD = Measure.STANDARDISED_MEAN_DIFFERENCE
_SDS, _ERRORS = 1, (3, 4)
_REASON = (
    "EPPI-Reviewer turns the standard error or interval of group 2 into an SD with the people of "
    "group 1; the effect is computed anew from the numbers, and the stored one stands beside it."
)
_NOT_JUDGED = "The effect is computed anew from the numbers; the stored one stands beside it."
_NO_NUMBERS = "No effect follows from the numbers; the stored one is not taken over."


class StoredVerdict(StrEnum):
    """What is said of an effect that EPPI-Reviewer stored."""

    AS_EPPI = "as EPPI-Reviewer computes it"
    DIFFERS = "differs from EPPI-Reviewer's own formula"
    REFUSED = "cannot be computed"
    BESIDE = "stands beside ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEffect:
    """A stored effect and ours.

    Attributes:
        stored, stored_error: EPPI's effect (`ES`) and its standard error.
        ours: the first measure that the numbers give; None where they cannot be read.
        sentence: why the stored effect is not ours.
    """

    verdict: StoredVerdict
    stored: float
    stored_error: float
    ours: Effect | Refusal | None
    sentence: str


def judged(outcome: Outcome) -> StoredEffect | None:
    """The stored effect of an outcome beside ours; None where nothing is stored."""
    stored = dict(outcome.stored)
    reported = reported_of(fields_of_numbers(outcome.type, outcome.numbers).fields)
    if isinstance(reported, Means):
        value, error = stored.get("SMD", 0.0), stored.get("SESMD", 0.0)
    else:
        value, error = stored.get("ES", 0.0), stored.get("SEES", 0.0)
    if reported is None or isinstance(reported, tuple):
        if not value:
            return None
        return StoredEffect(
            verdict=StoredVerdict.REFUSED,
            stored=value,
            stored_error=error,
            ours=None,
            sentence=_NO_NUMBERS,
        )
    measures = measures_of(reported)
    ours = effect_of(reported, _SMD if _SMD in measures else measures[0])
    verdict, sentence = StoredVerdict.BESIDE, _NOT_JUDGED
    if isinstance(ours, Refusal):
        verdict, sentence = StoredVerdict.REFUSED, ours.sentence
    elif outcome.type in _ERRORS:
        sentence = _REASON
    elif outcome.type == _SDS and isinstance(reported, Means):
        verdict, sentence = _by_own_formula(reported, value, error)
    return StoredEffect(
        verdict=verdict, stored=value, stored_error=error, ours=ours, sentence=sentence
    )


def count_verdicts(outcomes: Iterable[Outcome]) -> Mapping[StoredVerdict, int]:
    """How many stored effects there are of each verdict."""
    verdicts = Counter(each.verdict for outcome in outcomes if (each := judged(outcome)))
    return MappingProxyType({verdict: verdicts[verdict] for verdict in StoredVerdict})


def _by_own_formula(means: Means, value: float, error: float) -> tuple[StoredVerdict, str]:
    as_eppi = smd_as_eppi(means)
    if isinstance(as_eppi, Refusal):
        return StoredVerdict.REFUSED, as_eppi.sentence
    apart = max(abs(as_eppi.estimate - value), abs(as_eppi.standard_error - error))
    if apart <= AGREES_WITHIN:
        return StoredVerdict.AS_EPPI, (
            "The stored effect is as EPPI-Reviewer computes it, by an approximation; ours is exact."
        )
    return StoredVerdict.DIFFERS, (
        f"By EPPI-Reviewer's own formula it would be {as_eppi.estimate:.4f} with a standard error "
        f"of {as_eppi.standard_error:.4f}; the stored numbers were changed afterwards, or clusters "
        "count in them."
    )
