"""What services of the review provide beside what the review calls sufficient.

For each area and each kind of service: who provides it, whether that is sufficient by the rule of
the review, why nothing can be told, and how people rated it, with their reasons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.coding.scheme import Scheme
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks, service_forms, services, sufficiency
from evidence.steps.practice.ratings import RatingLine
from evidence.synthesis.practice.comparisons import ComparedText, compared_texts
from evidence.synthesis.practice.framework import Framework
from evidence.synthesis.practice.provision import (
    ElementProvision,
    Provision,
    Verdict,
    agreement_provisions,
    element_provisions,
    party_provisions,
    product_provisions,
    provisions,
)
from evidence.synthesis.practice.rating import RatedThing
from evidence.synthesis.practice.service_report import (
    ServiceReport,
    by_area,
    newest_reports,
)
from evidence.synthesis.practice.sufficiency import SufficiencyRules


@dataclass(frozen=True, slots=True, kw_only=True)
class KindInArea:
    """One kind of service in one area.

    Attributes:
        kind: its id in the framework, which is the id of an option of the scheme that asks.
        name: of the kind, in words.
        services: names of those that report to be of this kind.
        provision: sufficient, less, none reported, or that it cannot be told.
        reported: the numbers with their base, or that there are none.
        why: what is missing, so that it cannot be told, or what is more than the rule.
        rule: from where on it is sufficient, in words.
        rule_source: where the rule comes from.
        population: of the area with its source; empty where it is not needed or not known.
        teams: of the area as the review settled them; empty where forms give them.
        ratings: of this kind in this area, then of its services one by one; may be empty.
    """

    area: str
    kind: str
    name: str
    services: tuple[str, ...]
    provision: Verdict
    reported: str
    why: str
    rule: str
    rule_source: str
    population: str
    teams: str
    ratings: tuple[RatingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalProvision:
    """What the services of a review provide.

    Attributes:
        rules: what the review settled on what is sufficient.
        when_set: since when, in a sentence that belongs under every figure.
        reports: what counts of each service.
        silent: names of services without a complete form that says what kind they are.
        elements: of a complete service.
        agreements: of organisations of an area, as far as forms ask for them.
        parties: who is supported.
        products: what is offered to them, as far as forms ask for it.
        compared: links, meetings and signs that the framework suggests, beside what services say.
    """

    framework: Framework
    rules: SufficiencyRules
    when_set: str
    reports: tuple[ServiceReport, ...]
    silent: tuple[str, ...]
    provisions: tuple[Provision, ...]
    elements: tuple[ElementProvision, ...]
    agreements: tuple[ElementProvision, ...]
    parties: tuple[ElementProvision, ...]
    products: tuple[ElementProvision, ...]
    compared: tuple[ComparedText, ...]

    @property
    def gaps(self) -> int:
        """How many kinds of service are missing or less than sufficient, over all areas."""
        return sum(each.is_gap for each in self.provisions)

    @property
    def unanswered(self) -> int:
        """In how many areas nobody answered, so that gaps there are not known."""
        return len({each.area for each in self.provisions if each.is_unanswered})


def is_asked(desk: Desk) -> bool:
    """Whether a scheme of the review asks services of which kind they are."""
    return bool(_schemes(desk, frameworks.current(desk)))


def local_provision(desk: Desk) -> LocalProvision:
    """What services report, beside what the review calls sufficient."""
    known = frameworks.current(desk)
    rules = sufficiency.current(desk)
    asking = _schemes(desk, known)
    there = services.listing(desk)
    forms = service_forms.listing(desk).values()
    reports = newest_reports(there, forms, known, asking)
    reported = {each.service.uid for each in reports}
    silent = [each for uid, each in there.items() if uid not in reported]
    areas = by_area(reports, silent, rules.areas) if asking else ()
    return LocalProvision(
        framework=known,
        rules=rules,
        when_set=sufficiency.when_set(desk),
        reports=reports,
        silent=tuple(each.name for each in silent),
        provisions=provisions(known, areas, rules),
        elements=element_provisions(known, areas),
        agreements=agreement_provisions(known, areas),
        parties=party_provisions(known, areas),
        products=product_provisions(known, areas),
        compared=compared_texts(known, areas),
    )


def with_ratings(given: Iterable[Provision], rated: Sequence[RatingLine]) -> tuple[KindInArea, ...]:
    """Kinds in areas with the ratings that belong to each."""
    return tuple(
        KindInArea(
            area=each.area,
            kind=each.kind.kind,
            name=each.kind.name,
            services=each.services,
            provision=each.verdict,
            reported=each.reported,
            why=each.why,
            rule=each.rule.words,
            rule_source=each.rule.source,
            population=each.population,
            teams=each.teams,
            ratings=_ratings_of(each, rated),
        )
        for each in given
    )


def _ratings_of(given: Provision, rated: Sequence[RatingLine]) -> tuple[RatingLine, ...]:
    own = RatedThing(kind=given.kind.kind, area=given.area).key
    of_kind = [each for each in rated if each.thing.key == own]
    return (*of_kind, *(each for each in rated if each.thing.service in given.uids))


def _schemes(desk: Desk, known: Framework) -> dict[int, Scheme]:
    asking = schemes.of_services(desk)
    return {e.id: e.scheme for e in asking if e.scheme.question(known.asked.kind) is not None}
