"""What services of an area provide, kind by kind, beside the level that a framework suggests.

An amount of which a part is not given is "at least" what is given; it is sufficient where that part
alone is, and cannot be told otherwise. Nothing is taken as 0 because nobody wrote it, and where
nobody of an area answered nothing is called missing. From which
level on provision is sufficient is a rule of the review, by default the suggested level; whether it
suits the people of the area is a person's judgement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.synthesis.practice.framework import (
    PRODUCTS,
    Base,
    Counted,
    Framework,
    FrameworkService,
    SuggestedLevel,
)
from evidence.synthesis.practice.service_report import AreaReports, ServiceReport
from evidence.synthesis.practice.sufficiency import (
    AreaBase,
    AreaNumber,
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
    UNANSWERED = "nobody answered"


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
        teams: of the area as the review settled them, with their source; empty where it is not
            needed or forms give them.
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
    teams: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether there is less than the rule asks for, or nothing, as those say who answered."""
        return self.verdict in (Verdict.NONE, Verdict.LESS)

    @property
    def is_unanswered(self) -> bool:
        """Whether nobody of the area answered, so that what there is is not known."""
        return self.verdict is Verdict.UNANSWERED

    @property
    def reported(self) -> str:
        """The numbers, or that there are none."""
        instead = {Verdict.NONE: "none", Verdict.UNANSWERED: "no answer"}
        return self.numbers or instead.get(self.verdict, "no numbers")

    @property
    def overlap(self) -> str:
        """That several services are of one kind, which can be overlap; empty where they are not."""
        if len(self.services) < 2:  # noqa: PLR2004 - several
            return ""
        return f"{len(self.services)} services of this kind: {', '.join(self.services)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementProvision:
    """Which services of an area report something that a complete service has.

    Attributes:
        is_answered: a service of the area answered a question that asks for it.
    """

    area: str
    element: str
    services: tuple[str, ...]
    is_answered: bool = True

    @property
    def verdict(self) -> Verdict:
        """Whether it is there, is not, or nobody answered."""
        if self.services:
            return Verdict.ENOUGH
        return Verdict.NONE if self.is_answered else Verdict.UNANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A sum over services, and whose part is not in it."""

    known: Decimal
    missing: tuple[str, ...]


def provisions(
    framework: Framework, areas: Iterable[AreaReports], rules: SufficiencyRules
) -> tuple[Provision, ...]:
    """Each area with each kind of service, also those of which there is none.

    Args:
        framework: which says which kinds there should be.
        areas: of `by_area`.
        rules: what the review calls sufficient.
    """
    by_kind = {each.kind: rules.rule(framework, each.kind) for each in framework.services}
    return tuple(
        _provision(each, kind, by_kind[kind.kind], rules)
        for each in areas
        for kind in framework.services
    )


def element_provisions(
    framework: Framework, areas: Iterable[AreaReports]
) -> tuple[ElementProvision, ...]:
    """Each area with each element of a complete service."""
    wanted = [(each.name, frozenset(each.answers)) for each in framework.elements]
    return _with_answers(wanted, areas)


def party_provisions(
    framework: Framework, areas: Iterable[AreaReports]
) -> tuple[ElementProvision, ...]:
    """Each area with each party, and which services report to support it."""
    wanted = [(each.name, frozenset({each.answer})) for each in framework.parties]
    return _with_answers(wanted, areas)


def agreement_provisions(
    framework: Framework, areas: Iterable[AreaReports]
) -> tuple[ElementProvision, ...]:
    """Each area with each agreement that forms ask for, and which services report it."""
    return _with_answers(_with_texts(framework, framework.agreements), areas)


def product_provisions(
    framework: Framework, areas: Iterable[AreaReports]
) -> tuple[ElementProvision, ...]:
    """Each area with each party and kind of product that forms ask for, and who offers it."""
    texts = [each.text(column) for each in framework.parties for column in PRODUCTS]
    return _with_answers(_with_texts(framework, texts), areas)


def _with_texts(framework: Framework, texts: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    by_text = {each.text: each for each in framework.comparisons if each.answers}
    return [(text, frozenset(by_text[text].answers)) for text in texts if text in by_text]


def _with_answers(
    wanted: Sequence[tuple[str, frozenset[str]]], areas: Iterable[AreaReports]
) -> tuple[ElementProvision, ...]:
    return tuple(
        ElementProvision(
            area=there.area,
            element=name,
            services=tuple(each.service.name for each in there.reports if each.says(answers)),
            is_answered=any(each.is_answered(answers) for each in there.reports),
        )
        for there in areas
        for name, answers in wanted
    )


def population_of(
    reports: Sequence[ServiceReport], settled: AreaNumber | None = None
) -> AreaPopulation:
    """The population of the area of these reports, with its source.

    Args:
        reports: whose forms may give it, with the source in the note.
        settled: by the review, which counts before any form.
    """
    if settled is not None:
        return AreaPopulation(number=settled.number, words=settled.words)
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
    there: AreaReports, kind: FrameworkService, rule: SufficiencyRule, rules: SufficiencyRules
) -> Provision:
    of_kind = [each for each in there.reports if kind.kind in each.kinds]
    people = rules.number_of(AreaBase.PEOPLE, there.area)
    teams = rules.number_of(AreaBase.TEAMS, there.area) if rule.level.per is Base.TEAM else None
    population = population_of(there.reports, people) if rule.level.per is Base.PEOPLE else None
    if not there.reports:
        verdict, numbers, why = Verdict.UNANSWERED, "", there.silence
    else:
        verdict, numbers, why = _compared(rule.level, of_kind, population, teams)
    if verdict in (Verdict.NONE, Verdict.LESS):
        why = "; ".join(filter(None, (why, there.silence)))
    return Provision(
        area=there.area,
        kind=kind,
        rule=rule,
        verdict=verdict,
        services=tuple(each.service.name for each in of_kind),
        uids=tuple(each.service.uid for each in of_kind),
        numbers=numbers,
        why=why,
        caseloads=_caseloads(of_kind, rule.caseload),
        population=population.words if population and population.number else "",
        teams=teams.words if teams else "",
    )


def _compared(
    level: SuggestedLevel,
    of_kind: Sequence[ServiceReport],
    population: AreaPopulation | None,
    teams: AreaNumber | None,
) -> tuple[Verdict, str, str]:
    if not of_kind:
        return Verdict.NONE, "", ""
    amount = _sum(level.of, of_kind)
    if level.per is Base.AREA:
        return _judged(level, amount, Decimal(1), "in the area")
    if level.per is Base.TEAM:
        return _per_team(level, amount, of_kind, teams)
    if population is None or population.number is None:
        why = "" if population is None else population.words
        return Verdict.UNKNOWN, _amount_words(level, amount), why
    base = f"for {_written(population.number)} adults"
    return _judged(level, amount, population.number / _PEOPLE, base)


def _per_team(
    level: SuggestedLevel,
    amount: _Sum,
    of_kind: Sequence[ServiceReport],
    settled: AreaNumber | None,
) -> tuple[Verdict, str, str]:
    """For the teams of the area where the review settled them, else for those that forms give."""
    if settled is not None:
        return _judged(level, amount, settled.number, f"for {_counted(settled.number, 'team')}")
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
    return None if report.has_shared_posts else report.amount(report.framework.asked.posts)


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
