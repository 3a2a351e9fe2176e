"""What services report each quarter, as a table and figures; every share with its base."""

from collections.abc import Callable, Mapping

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
from evidence.report.practice.asked_services import (
    asked_beside,
    asked_quarters,
    quarters_with_users,
)
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


def _lines(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    return _drawn(facts, token, lambda: asked_quarters(facts, token))


def _beside(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    return _drawn(facts, token, lambda: asked_beside(facts, token))


def _took_part(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    users = quarters_with_users(facts)
    if not users:
        return Statement(text="No quarter says how many service users took part.")
    return _drawn(facts, token, lambda: users)


def _drawn(facts: ReviewFacts, token: LiveToken, asked: Callable[[], object]) -> LiveContent:
    """A figure of what is asked for, where a quarter counts and nothing is left open."""
    if not any(shown(some) for _, some in facts.monitoring):
        return Statement(text="No service has reported a quarter yet.")
    found = asked()
    return found if isinstance(found, NotLive) else ReportFigure(name=token.name)


MONITORING_PARTS: Mapping[str, LivePart] = {
    "monitoring": live_part("Outcomes that services report", PartKind.TABLE, _monitoring),
    "monitoring-figure": live_part(
        "Outcomes of a service over time",
        PartKind.FIGURE,
        _lines,
        chooses=frozenset({Choice.SERVICE}),
    ),
    "monitoring-published": live_part(
        "Quarters of a service beside published figures",
        PartKind.FIGURE,
        _beside,
        chooses=frozenset({Choice.SERVICE, Choice.OUTCOME}),
    ),
    "monitoring-took-part": live_part(
        "Service users who took part in the monitoring", PartKind.FIGURE, _took_part
    ),
}
