"""Of which service a figure on practice is."""

from collections.abc import Sequence

from evidence.report.asked_results import asked_option, scales_of
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import Choice, LiveToken
from evidence.synthesis.practice.fidelity_over_time import FidelityOccasion, of_service
from evidence.synthesis.practice.monitoring import OutcomeCategory, QuarterReport, shown


def asked_occasions(facts: ReviewFacts, token: LiveToken) -> tuple[FidelityOccasion, ...] | NotLive:
    """The assessments of one service by one scale that have a time, the earliest first."""
    scale = asked_option(token, Choice.SCHEME, scales_of(facts))
    if isinstance(scale, NotLive):
        return scale
    on_scale = [o for o in facts.fidelity if o.first.scale.name == scale.id]
    names = {o.first.service: o.first.service_name for o in on_scale}
    service = asked_option(token, Choice.SERVICE, names)
    if isinstance(service, NotLive):
        return service
    found = of_service(on_scale, service.id)
    return found or NotLive(
        why=f"No finished assessment of {service.label} has a day or a quarter."
    )


def asked_quarters(
    facts: ReviewFacts, token: LiveToken
) -> tuple[Sequence[QuarterReport], Sequence[OutcomeCategory]] | NotLive:
    """The quarters of one service, and the categories of outcomes."""
    names = {
        each.service: each.service_name for _, some in facts.monitoring for each in shown(some)
    }
    service = asked_option(token, Choice.SERVICE, names)
    if isinstance(service, NotLive):
        return service
    found = [
        (own, categories)
        for categories, some in facts.monitoring
        if (own := [each for each in shown(some) if each.service == service.id])
    ]
    if len(found) > 1:
        return NotLive(why=f"{service.label} reports by several schemes, which no figure joins.")
    return found[0]
