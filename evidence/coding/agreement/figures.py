"""The figures of agreement for one code, one question, or a whole scheme.

A figure that has no value is None, and a sentence says why; see docs/methods.md.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence.agreement_formulas import (
    PAIR,
    Judged,
    Scale,
    agreement_of,
    gwet,
    krippendorff,
    observed_agreement,
    wilson,
)

NOTHING = "No two people judged the same."
ALL_ALIKE = (
    "All got one and the same answer, so there was nothing to differ on: kappa and alpha have no "
    "value."
)
NO_RANKS = "Nothing that was judged twice got ranks that differ, so alpha has no value."
NUMBERS = "Kappa, PABAK and AC1 are for codes; of numbers, how near they lie counts (alpha)."
CLUSTERED = (
    "Several judgements rest on one study, so intervals, which ask for independent ones, are not "
    "given."
)

TICKS = (True, False)
"""What can be said of a code that stands beside others."""


class Level(StrEnum):
    """What a figure is about."""

    CODE = "code"
    QUESTION = "question"
    SCHEME = "all codes"
    SCHEME_USED = "codes that were used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure is about, by ids and by words.

    Attributes:
        question, code: ids; "" above their level.
        name: of the code, the question or the scheme.
        within: what it stands in, for people; "" for a scheme.
    """

    level: Level
    name: str
    question: str = ""
    code: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How far people agree on one subject.

    Attributes:
        units: what at least two people judged; all figures rest on these.
        agreed: of these, on how many all said the same.
        by_one: what one person only answered, as for an arm where the other spoke of the whole
            study; it counts in no figure.
        percent: the share of pairs of people who said the same, 0 to 1; of two people that is
            `agreed` of `units`.
        low, high: the 95 % Wilson interval of `percent`, for two people and single judgements.
        positive, negative: agreement on who has the code, and on who has not; for two people.
        kappa, kappa_low, kappa_high, pabak: for two people.
        scale: what alpha takes for near.
        remark: why something has no value; "" where all have.
    """

    subject: Subject
    units: int
    agreed: int
    by_one: int = 0
    scale: Scale
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    positive: float | None = None
    negative: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None
    pabak: float | None = None
    ac1: float | None = None
    alpha: float | None = None
    remark: str = ""

    @property
    def differing(self) -> int:
        """On how many units not all said the same."""
        return self.units - self.agreed


def of_ticks(subject: Subject, judged: Judged, *, clustered: bool = False) -> Figure:
    """The figure of codes that are ticked (True) or not (False).

    Args:
        subject: what it is about.
        judged: how often who ticked.
        clustered: several judgements rest on one study, so that intervals would be too narrow.
    """
    figure = _nominal(subject, judged, TICKS)
    if not clustered or not figure.units:
        return figure
    return replace(
        figure,
        low=None,
        high=None,
        kappa_low=None,
        kappa_high=None,
        remark=f"{figure.remark} {CLUSTERED}".strip(),
    )


def of_values(
    subject: Subject,
    judged: Judged,
    codes: Sequence[Hashable] = (),
    ranks: Mapping[str, int] | None = None,
) -> Figure:
    """The figure of a question with one answer: an option, or a date.

    Args:
        subject: what it is about.
        judged: how often which answers met.
        codes: all that could have been said, for PABAK and AC1.
        ranks: of ordered options; alpha then compares ranks, and what has none is missing there.
    """
    figure = _nominal(subject, judged, codes)
    if not ranks:
        return figure
    ranked: dict[tuple[Hashable, ...], int] = {}
    for values, times in judged.items():
        places = tuple(ranks[value] for value in values if isinstance(value, str) if value in ranks)
        ranked[places] = ranked.get(places, 0) + times
    alpha = krippendorff(ranked, Scale.ORDINAL)
    remark = NO_RANKS if alpha is None and figure.alpha is not None else figure.remark
    return replace(figure, scale=Scale.ORDINAL, alpha=alpha, remark=remark)


def of_numbers(subject: Subject, judged: Judged) -> Figure:
    """The figure of a question that is answered by a number."""
    figure = _counted(subject, judged, Scale.INTERVAL)
    if not figure.units:
        return figure
    alpha = krippendorff(judged, Scale.INTERVAL)
    return replace(figure, alpha=alpha, remark=ALL_ALIKE if alpha is None else NUMBERS)


def of_several(figure: Figure) -> Figure:
    """The figure without what is defined for two people, who may be others from unit to unit."""
    return replace(
        figure,
        low=None,
        high=None,
        positive=None,
        negative=None,
        kappa=None,
        kappa_low=None,
        kappa_high=None,
        pabak=None,
    )


def _counted(subject: Subject, judged: Judged, scale: Scale) -> Figure:
    """What holds on any scale: how often people said the same."""
    twice = {answers: times for answers, times in judged.items() if len(answers) >= PAIR and times}
    units = sum(twice.values())
    agreed = sum(times for answers, times in twice.items() if len(set(answers)) == 1)
    by_one = sum(times for answers, times in judged.items() if len(answers) == 1)
    figure = Figure(subject=subject, units=units, agreed=agreed, by_one=by_one, scale=scale)
    if not units:
        return replace(figure, remark=NOTHING)
    low, high = wilson(agreed, units) if _is_of_two(twice) else (None, None)
    return replace(figure, percent=observed_agreement(twice), low=low, high=high)


def _nominal(subject: Subject, judged: Judged, codes: Sequence[Hashable]) -> Figure:
    figure = _counted(subject, judged, Scale.NOMINAL)
    if not figure.units:
        return figure
    alpha = krippendorff(judged)
    possible = {*codes, *(code for answers in judged for code in answers)}
    figure = replace(
        figure,
        ac1=gwet(judged, len(possible)),
        alpha=alpha,
        remark=ALL_ALIKE if alpha is None else "",
    )
    twice = {answers: times for answers, times in judged.items() if len(answers) >= PAIR}
    if not _is_of_two(twice):
        return figure
    pair = agreement_of(twice, codes)
    positive, negative = pair.specific if codes is TICKS else (None, None)
    return replace(
        figure,
        positive=positive,
        negative=negative,
        kappa=pair.kappa.kappa if pair.kappa else None,
        kappa_low=pair.kappa.low if pair.kappa else None,
        kappa_high=pair.kappa.high if pair.kappa else None,
        pabak=pair.pabak,
    )


def _is_of_two(judged: Judged) -> bool:
    """Whether no more than two people judged any one thing."""
    return all(len(answers) == PAIR for answers in judged)
