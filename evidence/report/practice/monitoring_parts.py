"""What services report each quarter, as a table of the report; every share with its base."""

from collections.abc import Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    PartKind,
    ReportFigure,
    ReportRow,
    ReportTable,
)
from evidence.report.live_part import LivePart, live_part
from evidence.report.live_tokens import Choice, LiveToken
from evidence.report.practice.asked_services import asked_quarters
from evidence.report.statements import Statement
from evidence.synthesis.practice.monitoring import OutcomeCategory, QuarterReport, Share, shown

NOT_REPORTED = "–"
NOTE = (
    "As services reported it; shares are of the clients of the quarter. Of some categories people "
    "can be in others, too, so they are not added up. Service users took part otherwise than by "
    "being counted."
)


def _monitoring(facts: ReviewFacts, _token: object) -> LiveContent:
    rows = tuple(
        ReportRow(cells=_cells(each, categories))
        for categories, reports in facts.monitoring
        for each in shown(reports)
    )
    return ReportTable(
        caption="Outcomes that services report",
        head=("Service", "Quarter", "Clients", "Outcomes", "Kept paid employment", "Took part"),
        rows=rows,
        note=NOTE if rows else "",
    )


def _cells(each: QuarterReport, categories: tuple[OutcomeCategory, ...]) -> tuple[str, ...]:
    outcomes = [
        f"{c.name}: {each.outcomes[c.id].words}" for c in categories if c.id in each.outcomes
    ]
    return (
        each.service_name,
        each.occasion,
        NOT_REPORTED if each.clients is None else f"{each.clients:,}",
        "; ".join(outcomes) or NOT_REPORTED,
        _share(each.retention),
        NOT_REPORTED if each.took_part is None else f"{each.took_part:,}",
    )


def _share(share: Share | None) -> str:
    return NOT_REPORTED if share is None else share.words


def _figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    if not any(shown(some) for _, some in facts.monitoring):
        return Statement(text="No service has reported a quarter yet.")
    asked = asked_quarters(facts, token)
    return asked if isinstance(asked, NotLive) else ReportFigure(name=token.name)


MONITORING_PARTS: Mapping[str, LivePart] = {
    "monitoring": live_part("Outcomes that services report", PartKind.TABLE, _monitoring),
    "monitoring-figure": live_part(
        "Outcomes of a service over time",
        PartKind.FIGURE,
        _figure,
        chooses=frozenset({Choice.SERVICE}),
    ),
}
