"""What services of an area provide, kind by kind, beside the level that a framework suggests.

Of each service the newest form counts that is complete and says which kinds of service it is. An
amount of which a part is not given is "at least" what is given; it is sufficient where that part
alone is, and cannot be told otherwise. Nothing is taken as 0 because nobody wrote it. From which
level on provision is sufficient is a rule of the review, by default the suggested level; whether it
suits the people of the area is a person's judgement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from evidence.synthesis.practice.framework import (
    Base,
    Counted,
    Framework,
    FrameworkService,
    SuggestedLevel,
)
from evidence.synthesis.practice.occasion import time_of
from evidence.synthesis.practice.service import Service, area_key
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.practice.sufficiency import (
    AreaPeople,
    SufficiencyRule,
    SufficiencyRules,
)

SHARED_TEAMS = "teams added up over services: where they share teams, the rate is too low"
_PEOPLE = 100_000
_MOST_DIGITS = 6  # after the point


class Verdict(StrEnum):
    """What a comparison with the rule of sufficiency comes to."""

    ENOUGH = "sufficient by the rule"
    LESS = "less than the rule asks for"
    NONE = "none reported"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReport:
    """What the form that counts says of a service.

    Attributes:
        service: with the name that it has now.
        area: where it works; empty where nobody said.
        framework: by whose questions the form is read.
    """

    service: Service
    form: ServiceForm
    area: str
    framework: Framework

    @property
    def kinds(self) -> tuple[str, ...]:
        """Ids of the kinds of service that it is."""
        return self.form.answer(self.framework.asked.kind).codes

    def amount(self, question: str) -> Decimal | None:
        """A number that it gives; None where it gives none."""
        try:
            amount = Decimal(self.form.answer(question).value.strip())
        except InvalidOperation:
            return None
        return amount if amount.is_finite() and amount >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPopulation:
    """How many adults live in an area, as the review settled it or forms give it.

    Attributes:
        number: None where nobody gives one, or where forms differ.
        words: the number with its source, or why there is none.
    """

    number: Decimal | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What there is of one kind of service in an area.

    Attributes:
        area: empty for services without one.
        rule: from where on it is sufficient.
        services: names of those that report to be of this kind.
        uids: theirs, in the same order.
        numbers: what is there, in words with its base.
        why: what is missing, or is more than suggested; empty where nothing is to be told.
        caseloads: caseloads beside their limit, in words; empty where there is no limit.
        population: of the area, with its source; empty where it is not needed or not known.
    """

    area: str
    kind: FrameworkService
    rule: SufficiencyRule
    verdict: Verdict
    services: tuple[str, ...]
    uids: tuple[str, ...] = ()
    numbers: str = ""
    why: str = ""
    caseloads: str = ""
    population: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether there is less than the rule asks for, or nothing."""
        return self.verdict in (Verdict.NONE, Verdict.LESS)

    @property
    def reported(self) -> str:
        """The numbers, or that there are none."""
        return self.numbers or ("none" if self.verdict is Verdict.NONE else "no numbers")

    @property
    def overlap(self) -> str:
        """That several services are of one kind, which can be overlap; empty where they are not."""
        if len(self.services) < 2:  # noqa: PLR2004 - several
            return ""
        return f"{len(self.services)} services of this kind: {', '.join(self.services)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementProvision:
    """Which services of an area report something that a complete service has."""

    area: str
    element: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A sum over services, and whose part is not in it."""

    known: Decimal
    missing: tuple[str, ...]


def newest_reports(
    services: Mapping[str, Service], forms: Iterable[ServiceForm], framework: Framework
) -> tuple[ServiceReport, ...]:
    """The report of each service that has one, by area and name.

    Args:
        services: those that are there, by uid.
        forms: in the order in which they were begun; of several of one service the one with the
            latest day or quarter counts, and among equals the one begun last.
        framework: which says by which questions they are read.
    """
    kind = framework.asked.kind
    last: dict[str, tuple[float, int, ServiceForm]] = {}
    for at, form in enumerate(forms):
        if not form.is_complete or form.service not in services or not form.answer(kind).codes:
            continue
        time = time_of(form.occasion)
        place = (float("-inf") if time is None else time, at, form)
        if form.service not in last or place[:2] > last[form.service][:2]:
            last[form.service] = place
    reports = (_report(services[uid], form, framework) for uid, (_, _, form) in last.items())
    return tuple(sorted(reports, key=lambda r: (area_key(r.area), r.service.name.casefold())))


def _report(service: Service, form: ServiceForm, framework: Framework) -> ServiceReport:
    area = service.area or form.answer(framework.asked.area).value
    return ServiceReport(
        service=service, form=form, area=" ".join(area.split()), framework=framework
    )


def by_area(reports: Iterable[ServiceReport]) -> dict[str, tuple[ServiceReport, ...]]:
    """Reports under their areas; capitals make no other area."""
    spelling: dict[str, str] = {}
    areas: dict[str, list[ServiceReport]] = {}
    for each in reports:
        name = spelling.setdefault(area_key(each.area), each.area)
        areas.setdefault(name, []).append(each)
    return {name: tuple(there) for name, there in areas.items()}


def provisions(
    framework: Framework, reports: Iterable[ServiceReport], rules: SufficiencyRules
) -> tuple[Provision, ...]:
    """Each area with each kind of service, also those of which there is none.

    Args:
        framework: which says which kinds there should be.
        reports: of `newest_reports`.
        rules: what the review calls sufficient.
    """
    by_kind = {each.kind: rules.rule(framework, each.kind) for each in framework.services}
    return tuple(
        _provision(area, kind, by_kind[kind.kind], there, rules.people_of(area))
        for area, there in by_area(reports).items()
        for kind in framework.services
    )


def element_provisions(
    framework: Framework, reports: Iterable[ServiceReport]
) -> tuple[ElementProvision, ...]:
    """Each area with each element of a complete service."""
    wanted = [(each.name, frozenset(each.answers)) for each in framework.elements]
    return _with_answers(wanted, reports)


def party_provisions(
    framework: Framework, reports: Iterable[ServiceReport]
) -> tuple[ElementProvision, ...]:
    """Each area with each party, and which services report to support it."""
    wanted = [(each.name, frozenset({each.answer})) for each in framework.parties]
    return _with_answers(wanted, reports)


def _with_answers(
    wanted: Sequence[tuple[str, frozenset[str]]], reports: Iterable[ServiceReport]
) -> tuple[ElementProvision, ...]:
    return tuple(
        ElementProvision(
            area=area,
            element=name,
            services=tuple(
                each.service.name
                for each in there
                if any(answers.intersection(a.codes) for a in each.form.answers)
            ),
        )
        for area, there in by_area(reports).items()
        for name, answers in wanted
    )


def population_of(
    reports: Sequence[ServiceReport], settled: AreaPeople | None = None
) -> AreaPopulation:
    """The population of the area of these reports, with its source.

    Args:
        reports: whose forms may give it, with the source in the note.
        settled: by the review, which counts before any form.
    """
    if settled is not None:
        return AreaPopulation(number=settled.people, words=settled.words)
    given: dict[Decimal, list[str]] = {}
    for each in reports:
        question = each.framework.asked.population
        amount = each.amount(question)
        if amount:
            note = each.form.answer(question).note.strip()
            given.setdefault(amount, []).append(note)
    if not given:
        return AreaPopulation(number=None, words="population not given")
    told = [
        f"{_written(amount)} ({'; '.join(dict.fromkeys(filter(None, notes))) or 'no source noted'})"
        for amount, notes in given.items()
    ]
    if len(given) > 1:
        return AreaPopulation(
            number=None, words=f"forms differ on the population: {', '.join(told)}"
        )
    return AreaPopulation(number=next(iter(given)), words=told[0])


def _provision(
    area: str,
    kind: FrameworkService,
    rule: SufficiencyRule,
    there: Sequence[ServiceReport],
    settled: AreaPeople | None,
) -> Provision:
    of_kind = [each for each in there if kind.kind in each.kinds]
    population = population_of(there, settled) if rule.level.per is Base.PEOPLE else None
    verdict, numbers, why = _compared(rule.level, of_kind, population)
    return Provision(
        area=area,
        kind=kind,
        rule=rule,
        verdict=verdict,
        services=tuple(each.service.name for each in of_kind),
        uids=tuple(each.service.uid for each in of_kind),
        numbers=numbers,
        why=why,
        caseloads=_caseloads(of_kind, rule.caseload),
        population=population.words if population and population.number else "",
    )


def _compared(
    level: SuggestedLevel, of_kind: Sequence[ServiceReport], population: AreaPopulation | None
) -> tuple[Verdict, str, str]:
    if not of_kind:
        return Verdict.NONE, "", ""
    amount = _sum(level.of, of_kind)
    if level.per is Base.AREA:
        return _judged(level, amount, Decimal(1), "in the area")
    if level.per is Base.TEAM:
        return _per_team(level, amount, of_kind)
    if population is None or population.number is None:
        why = "" if population is None else population.words
        return Verdict.UNKNOWN, _amount_words(level, amount), why
    base = f"for {_written(population.number)} adults"
    return _judged(level, amount, population.number / _PEOPLE, base)


def _per_team(
    level: SuggestedLevel, amount: _Sum, of_kind: Sequence[ServiceReport]
) -> tuple[Verdict, str, str]:
    teams = _sum_of([(each, each.amount(each.framework.asked.teams)) for each in of_kind])
    if teams.missing or not teams.known:
        why = (
            f"teams not given by {', '.join(teams.missing)}" if teams.missing else "no team served"
        )
        return Verdict.UNKNOWN, _amount_words(level, amount), why
    verdict, numbers, why = _judged(
        level, amount, teams.known, f"for {_counted(teams.known, 'team')}"
    )
    if len(of_kind) > 1:
        why = "; ".join(filter(None, (why, SHARED_TEAMS)))
    return verdict, numbers, why


def _judged(
    level: SuggestedLevel, amount: _Sum, base: Decimal, base_words: str
) -> tuple[Verdict, str, str]:
    """The verdict on an amount for so many teams, areas or hundreds of thousands."""
    rate = amount.known / base
    numbers = f"{_amount_words(level, amount)} {base_words}"
    if amount.missing and not amount.known:
        numbers = ""
    elif level.per is not Base.AREA:
        at_least = "at least " if amount.missing else ""
        numbers += f": {at_least}{_rounded(rate, level)} per {level.per.value}"
    missing = f"{level.of.value} not told by {', '.join(amount.missing)}" if amount.missing else ""
    if rate >= level.least:
        above = ""
        if level.most is not None and rate > level.most:
            above = f"more than the {_written(level.most)} of the rule"
        return Verdict.ENOUGH, numbers, "; ".join(filter(None, (above, missing)))
    return (Verdict.UNKNOWN if missing else Verdict.LESS), numbers, missing


def _sum(of: Counted, of_kind: Sequence[ServiceReport]) -> _Sum:
    if of is Counted.SERVICES:
        return _Sum(known=Decimal(len(of_kind)), missing=())
    if of is Counted.PLACES:
        return _sum_of([(each, each.amount(each.framework.asked.places)) for each in of_kind])
    return _sum_of([(each, _posts(each)) for each in of_kind])


def _sum_of(amounts: Iterable[tuple[ServiceReport, Decimal | None]]) -> _Sum:
    known, missing = Decimal(0), []
    for report, amount in amounts:
        if amount is None:
            missing.append(report.service.name)
        else:
            known += amount
    return _Sum(known=known, missing=tuple(missing))


def _posts(report: ServiceReport) -> Decimal | None:
    """The posts; None, too, where a form gives those of several kinds of service in one number."""
    if len(report.framework.kinds_with_posts.intersection(report.kinds)) > 1:
        return None
    return report.amount(report.framework.asked.posts)


def _caseloads(of_kind: Sequence[ServiceReport], most: Decimal | None) -> str:
    if most is None:
        return ""
    given = [(each.service.name, each.amount(each.framework.asked.caseload)) for each in of_kind]
    told = [
        f"{name}: not given"
        if amount is None
        else f"{name}: {_written(amount)}, "
        f"{'within' if amount <= most else 'more than'} {_written(most)}"
        for name, amount in given
    ]
    return "; ".join(told)


def _amount_words(level: SuggestedLevel, amount: _Sum) -> str:
    if amount.missing and not amount.known:
        return ""
    words = _counted(amount.known, level.of.value[:-1])
    return f"at least {words}" if amount.missing else words


def _rounded(rate: Decimal, level: SuggestedLevel) -> str:
    """A rate in tenths, or as exactly as it takes to stand on the same side of the level."""
    ends = [end for end in (level.least, level.most) if end is not None]
    for digits in range(1, _MOST_DIGITS):
        about = round(rate, digits)
        if all((about < end, about > end) == (rate < end, rate > end) for end in ends):
            return _written(about)
    return _written(rate)


def _counted(amount: Decimal, noun: str) -> str:
    return f"{_written(amount)} {noun}" if amount == 1 else f"{_written(amount)} {noun}s"


def _written(amount: Decimal) -> str:
    """A number with its thousands parted and without zeros at its end."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
