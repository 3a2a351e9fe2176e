"""Of which service a figure on practice is."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.report.asked_results import asked_option, outcomes_published, scales_of
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import Choice, LiveToken
from evidence.synthesis.practice.beside_published import (
    FigureBeside,
    published_beside,
    reported_beside,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBeside:
    """Quarters of one service and published figures on one outcome.

    Attributes:
        outcome: its name.
    """

    outcome: str
    reported: tuple[FigureBeside, ...]
    published: tuple[FigureBeside, ...]


def asked_beside(facts: ReviewFacts, token: LiveToken) -> AskedBeside | NotLive:
    """The quarters of one service beside what documents print on one outcome."""
    outcome = asked_option(token, Choice.OUTCOME, outcomes_published(facts))
    if isinstance(outcome, NotLive):
        return outcome
    asked = asked_quarters(facts, token)
    if isinstance(asked, NotLive):
        return asked
    quarters, _ = asked
    reported = reported_beside(quarters, outcome.id)
    if not reported:
        name = quarters[0].service_name
        return NotLive(why=f"{name} has not reported on this outcome: {outcome.label}.")
    return AskedBeside(
        outcome=outcome.label,
        reported=reported,
        published=published_beside(facts.published, outcome.id),
    )


def quarters_with_users(facts: ReviewFacts) -> tuple[QuarterReport, ...] | NotLive:
    """The quarters that say how many service users took part, of all services."""
    by_scheme = [
        [each for each in shown(some) if each.took_part is not None] for _, some in facts.monitoring
    ]
    services = [service for own in by_scheme for service in {each.service for each in own}]
    if len(set(services)) < len(services):
        return NotLive(why="A service reports by several schemes, which no figure joins.")
    return tuple(each for own in by_scheme for each in own)
