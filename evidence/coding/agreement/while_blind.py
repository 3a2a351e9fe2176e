"""Figures of agreement that may be shown while people still code, as no answer can be read from
them.

Who leads a pilot sees how far its people agree before all are done. A figure tells answers where
it rests on few studies, where all said the same (that a code has no kappa says that nobody ticked
it), or where agreement on who has a code stands beside that on who has not. So figures rest on at
least `FEWEST` studies and not on the codes that somebody used; they give neither positive nor
negative agreement, and where nobody differs they say that and no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.agreement_formulas import PAIR
from evidence.coding.agreement.compared import (
    TICKED,
    ComparedStudy,
    PreparedStudy,
    prepare,
    questions_compared,
    value_units,
)
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.measure import agreement
from evidence.coding.scheme import Question, Scheme

FEWEST = 3  # studies on which a figure rests
DIGITS = 4  # the last digits of a sum tell in which order it was made
_ROUNDED = ("kappa", "kappa_low", "kappa_high", "pabak", "ac1", "alpha")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindFigures:
    """How far people agree who still code, with neither studies nor answers.

    Attributes:
        coders: how many people are compared.
        studies: how many at least two of them completed, as far as they count here.
        figures: empty where there are fewer than `FEWEST` studies.
        too_few: how many questions are left out, as too few studies answer them.
    """

    coders: int
    studies: int
    figures: tuple[Figure, ...] = ()
    too_few: int = 0


def figures_while_blind(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> BlindFigures:
    """What may be shown of the agreement of these people before all are done."""
    kept = tuple(studies)
    agreed = agreement(scheme, kept, coders)
    if agreed.studies < FEWEST:
        return BlindFigures(coders=len(coders), studies=agreed.studies)
    judged = studies_judged(scheme, kept, coders)
    few = {question for question, count in judged.items() if count < FEWEST}
    return BlindFigures(
        coders=len(coders),
        studies=agreed.studies,
        figures=tuple(
            without_answers(each)
            for each in agreed.figures
            if each.subject.question not in few and each.subject.level is not Level.SCHEME_USED
        ),
        too_few=len(few),
    )


def studies_judged(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> Mapping[str, int]:
    """For each question that is compared, in how many studies two people judged the same thing."""
    questions = questions_compared(scheme)
    count = Counter({question.id: 0 for question in questions})
    for study in prepare(scheme, studies):
        count.update(each.id for each in questions if _is_judged(each, study, coders))
    return count


def without_answers(figure: Figure) -> Figure:
    """The figure without what would tell which answers were given."""
    blind = replace(figure, by_one=0, positive=None, negative=None)
    if figure.differing:
        values = {name: getattr(blind, name) for name in _ROUNDED}
        return replace(
            blind,
            **{name: round(value, DIGITS) for name, value in values.items() if value is not None},
        )
    return replace(
        blind,
        kappa=None,
        kappa_low=None,
        kappa_high=None,
        pabak=None,
        ac1=None,
        alpha=None,
        remark="",
    )


def _is_judged(question: Question, study: PreparedStudy, coders: Sequence[str]) -> bool:
    if question.kind in TICKED:
        return len(study.asked(question, coders)) >= PAIR
    return any(len(said) >= PAIR for _, said in value_units(question, study, coders))
