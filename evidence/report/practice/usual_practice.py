"""The usual sections on practice: what services do, how it is measured, and what documents claim.

A section is offered where the review has something for it, and else has no heading.
"""

from collections.abc import Iterator

from evidence.report.asked_results import outcomes_published
from evidence.report.facts import ReviewFacts
from evidence.report.live_tokens import LiveToken, live_token
from evidence.report.practice.asked_services import (
    AskedBeside,
    asked_beside,
    quarters_with_users,
)
from evidence.report.practice.stated_sections import stated_text
from evidence.synthesis.practice.fidelity_over_time import of_service
from evidence.synthesis.practice.monitoring import shown

SEVERAL = 2
MOST_FIGURES = 12  # of one kind


def practice_sections(facts: ReviewFacts) -> Iterator[tuple[str, str, Iterator[str]]]:
    """Key, title and paragraphs of each."""
    yield "practice", "What services do", _services(facts)
    yield "fidelity", "How closely services follow the model", _fidelity(facts)
    yield "monitoring", "What services achieve", _monitoring(facts)
    yield "principles", "Principles", _principles(facts)
    yield "claims", "What documents claim", _claims(facts)
    yield "stated", "The knowledge review behind this example", _stated(facts)


def practice_appendix(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs of the usual appendix: what is too long to be read between results."""
    if facts.claims:
        yield "## Published claims"
        yield "{{claims}}"


def _services(facts: ReviewFacts) -> Iterator[str]:
    if facts.services:
        yield "{{services-asked}}"
        yield "{{services}}"
    if facts.answers:
        yield "## Answers"
        yield "{{practice-answers}}"
    if any(each.services for each in facts.provisions):
        yield "## Beside the framework for commissioning"
        yield "{{provision}}"
    if facts.compared:
        yield "{{provision-links}}"


def _fidelity(facts: ReviewFacts) -> Iterator[str]:
    """The table, and lines of each service that was assessed twice by a scale."""
    if not facts.fidelity:
        return
    yield "{{fidelity}}"
    keys = dict.fromkeys((o.first.scale.name, o.first.service) for o in facts.fidelity)
    several = {scale for scale, _ in keys}
    lines = [
        _figure("fidelity-figure", service, scale if len(several) > 1 else "")
        for scale, service in keys
        if _times(facts, scale, service) >= SEVERAL
    ]
    yield from _first(lines)


def _first(figures: list[str]) -> Iterator[str]:
    """As many figures as a section bears, and which others there are."""
    yield from figures[:MOST_FIGURES]
    more = len(figures) - MOST_FIGURES
    if more > 0:
        yield f"Figures of {more} more services are not shown here; the table has their numbers."


def _times(facts: ReviewFacts, scale: str, service: str) -> int:
    return len(of_service((o for o in facts.fidelity if o.first.scale.name == scale), service))


def _figure(name: str, service: str, scheme: str = "") -> str:
    chosen = f", scheme={scheme}" if scheme else ""
    return f"{{{{{name} for service={service}{chosen}}}}}"


def _monitoring(facts: ReviewFacts) -> Iterator[str]:
    """The table, lines of each service that reported two quarters by one scheme, users who took
    part, and quarters beside published figures on the same outcome.
    """
    quarters: dict[str, list[int]] = {}
    for place, (_, reports) in enumerate(facts.monitoring):
        for each in shown(reports):
            quarters.setdefault(each.service, []).append(place)
    if not quarters:
        return
    yield "{{monitoring}}"
    lines = [
        _figure("monitoring-figure", service)
        for service, places in quarters.items()
        if len(places) >= SEVERAL and len(set(places)) == 1
    ]
    yield from _first(lines)
    if quarters_with_users(facts):
        yield "{{monitoring-took-part}}"
    yield from _published(facts, [s for s, places in quarters.items() if len(set(places)) == 1])


def _published(facts: ReviewFacts, services: list[str]) -> Iterator[str]:
    """Of each service and each outcome on which documents print a figure, too."""
    figures = [
        token.written
        for outcome in outcomes_published(facts)
        for service in services
        if isinstance(asked_beside(facts, token := _beside(service, outcome)), AskedBeside)
    ]
    if figures:
        yield "## Beside published figures"
        yield from figures[:MOST_FIGURES]
    more = len(figures) - MOST_FIGURES
    if more > 0:
        yield f"{more} more such figures are not shown here; the table has the numbers reported."


def _beside(service: str, outcome: str) -> LiveToken:
    return live_token(f"monitoring-published for service={service}, outcome={outcome}")


def _principles(facts: ReviewFacts) -> Iterator[str]:
    if facts.principles:
        yield "{{principles}}"


def _claims(facts: ReviewFacts) -> Iterator[str]:
    """What is said of them, and where they conflict; the appendix has the table of all."""
    if facts.claims:
        yield "{{claims-judged}} The appendix has each claim with its source and place."
        yield "## Where claims conflict"
        yield "{{claim-conflicts}}"


def _stated(facts: ReviewFacts) -> Iterator[str]:
    if facts.stated is not None:
        yield _APART
        yield stated_text(facts)


_APART = (
    "What follows is what documents say of that review, in our own words. None of its studies "
    "is counted anywhere else in this report. What it recommends stands among the conclusions."
)
