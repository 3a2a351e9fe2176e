"""Quarters of a service and published figures on the same outcome, side by side.

Both keep their base, and nothing is added up or subtracted: years and bases differ, so a published
figure is a background and no target.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.synthesis.practice.monitoring import (
    ANY,
    KEPT,
    OUTCOME,
    OutcomeCategory,
    QuarterReport,
    share_on,
)
from evidence.synthesis.practice.published_figures import PublishedFigure

NO_YEAR = "year not stated"
CLIENTS_OF_IT = "clients of the quarter"
AT_THE_START = "people in paid employment at the start"
OTHER_NAMES: Mapping[str, str] = {KEPT: "Kept paid employment", ANY: "Any outcome"}
"""Of shares that are no category of outcomes, short enough to be read alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBeside:
    """A figure that stands beside others on the same outcome.

    Attributes:
        service: whose it is.
        when: a quarter, or the year as it is printed.
        figure: what a document calls it; empty for a quarter.
        words: the value with its base.
        percent: of the base; None where it cannot be known.
        source, place: of a published figure; empty for a quarter, which was reported to the review.
        note: what the reader must know of it.
    """

    service: str
    when: str
    figure: str = ""
    words: str
    percent: Decimal | None
    source: str = ""
    place: str = ""
    note: str = ""

    @property
    def is_published(self) -> bool:
        """Whether a document prints it."""
        return bool(self.source)


def reported_beside(reports: Sequence[QuarterReport], question_id: str) -> tuple[FigureBeside, ...]:
    """What quarters say on an outcome, those that say nothing left out.

    Args:
        reports: that count, by time.
        question_id: of the outcome.
    """
    shares = ((each, share_on(each, question_id)) for each in reports)
    return tuple(
        FigureBeside(
            service=each.service_name,
            when=str(each.quarter),
            words=f"{share.words} {AT_THE_START if question_id == KEPT else CLIENTS_OF_IT}",
            percent=share.percent,
        )
        for each, share in shares
        if share is not None
    )


def published_beside(
    figures: Sequence[PublishedFigure], question_id: str
) -> tuple[FigureBeside, ...]:
    """What documents print on an outcome, in their order."""
    return tuple(
        FigureBeside(
            service=each.service,
            when=each.year or NO_YEAR,
            figure=each.figure,
            words=each.words,
            percent=each.share.percent,
            source=each.source,
            place=each.place,
            note=each.note,
        )
        for each in figures
        if question_id in each.outcome.split()
    )


def published_outcomes(
    figures: Iterable[PublishedFigure], categories: Iterable[OutcomeCategory] = ()
) -> dict[str, str]:
    """Names of the outcomes on which documents print figures, by the question that asks for it.

    Args:
        figures: of documents.
        categories: as a review asks for them; one that it does not ask for is named by its id.
    """
    names = {**OTHER_NAMES, **{each.id: each.name for each in categories}}
    found = sorted({outcome for each in figures for outcome in each.outcome.split()})
    return {
        outcome: names.get(outcome) or outcome.removeprefix(OUTCOME).replace("-", " ").capitalize()
        for outcome in found
    }
