"""About which results a live part speaks: what stands after `for`."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.report.facts import ReviewFacts
from evidence.report.finding_results import FindingChoice
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import Choice, LiveToken
from evidence.synthesis.pooling.coded_findings import POOLED
from evidence.synthesis.practice.beside_published import published_outcomes
from evidence.synthesis.practice.monitoring import CLIENTS

MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An option that is asked for."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFindings:
    """Findings that are asked for, of one type of contrast.

    Attributes:
        intervention, outcome: None for all.
    """

    contrast: Asked
    intervention: Asked | None = None
    outcome: Asked | None = None


def asked_contrast(facts: ReviewFacts, token: LiveToken) -> AskedFindings | NotLive:
    """One type of contrast, and an intervention where one is named."""
    contrast = asked_option(token, Choice.CONTRAST, facts.results.contrasts)
    if isinstance(contrast, NotLive):
        return contrast
    if not token.choice(Choice.INTERVENTION):
        return AskedFindings(contrast=contrast)
    intervention = asked_option(token, Choice.INTERVENTION, facts.results.interventions)
    if isinstance(intervention, NotLive):
        return intervention
    return AskedFindings(contrast=contrast, intervention=intervention)


def asked_findings(facts: ReviewFacts, token: LiveToken) -> FindingChoice | NotLive:
    """One type of contrast, one intervention, one outcome, and a measure where one is named."""
    results = facts.results
    found: dict[Choice, str] = {}
    for choice, labels in (
        (Choice.CONTRAST, results.contrasts),
        (Choice.INTERVENTION, results.interventions),
        (Choice.OUTCOME, results.outcomes),
    ):
        asked = asked_option(token, choice, labels)
        if isinstance(asked, NotLive):
            return asked
        found[choice] = asked.id
    measures = {measure.short_name.casefold(): measure for measure in POOLED}
    name = token.choice(Choice.MEASURE)
    if name and name.casefold() not in measures:
        known = ", ".join(measure.short_name for measure in POOLED)
        return NotLive(why=f"No measure is called “{name}”; there are {known}.")
    return FindingChoice(
        contrast=found[Choice.CONTRAST],
        intervention=found[Choice.INTERVENTION],
        outcome=found[Choice.OUTCOME],
        measure=measures[name.casefold()] if name else None,
    )


def asked_option(token: LiveToken, choice: Choice, labels: Mapping[str, str]) -> Asked | NotLive:
    """One of some options, by its id or its label; the only one need not be named."""
    name = token.choice(choice)
    if not labels:
        return NotLive(why=f"There is no {choice} to choose yet.")
    if not name and len(labels) == 1:
        return Asked(id=next(iter(labels)), label=next(iter(labels.values())))
    known = ", ".join(list(labels)[:MOST_NAMED]) + " …" * (len(labels) > MOST_NAMED)
    if not name:
        return NotLive(why=f"Write which {choice}, as in “for {choice}=…”; there are {known}.")
    by_label = {label.casefold(): option for option, label in labels.items()}
    option = name if name in labels else by_label.get(name.casefold())
    if option is None:
        return NotLive(why=f"No {choice} is called “{name}”; there are {known}.")
    return Asked(id=option, label=labels[option])


def scales_of(facts: ReviewFacts) -> dict[str, str]:
    """Titles of the scales of fidelity by which services were assessed, by the id of the scheme."""
    return {o.first.scale.name: o.first.scale.title for o in facts.fidelity}


def outcomes_published(facts: ReviewFacts) -> dict[str, str]:
    """The shares that monitoring asks for and on which documents print figures: names by id."""
    asked = (each for categories, _ in facts.monitoring for each in categories)
    names = published_outcomes(facts.published, asked)
    return {outcome: name for outcome, name in names.items() if outcome != CLIENTS}


def parts_of(facts: ReviewFacts) -> dict[str, str]:
    """Of what a knowledge review that is stated beside this one speaks, in order, by id."""
    found = facts.stated.findings if facts.stated else ()
    return {_id_of(each.part): each.part for each in found}


def audiences_of(facts: ReviewFacts) -> dict[str, str]:
    """To whom that knowledge review recommends something, in order, by id."""
    found = facts.stated.recommendations if facts.stated else ()
    return {_id_of(each.audience): each.audience for each in found}


def _id_of(name: str) -> str:
    return name.casefold().replace(" ", "-")


def choices_of(facts: ReviewFacts) -> dict[Choice, Mapping[str, str]]:
    """What can be named after `for`: labels by id."""
    results = facts.results
    return {
        Choice.CONTRAST: results.contrasts,
        Choice.INTERVENTION: results.interventions,
        Choice.OUTCOME: {**results.outcomes, **outcomes_published(facts)},
        Choice.MEASURE: {each.short_name: each.short_name for each in POOLED},
        Choice.SCHEME: {
            **{scheme: table.title for scheme, table in facts.appraisals.items()},
            **scales_of(facts),
        },
        Choice.PART: {**parts_of(facts), **audiences_of(facts)},
        Choice.SERVICE: {
            **{o.first.service: o.first.service_name for o in facts.fidelity},
            **{each.service: each.service_name for _, some in facts.monitoring for each in some},
        },
    }
