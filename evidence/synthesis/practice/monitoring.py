"""What services report each quarter, checked: outcomes with their base, retention, and what is odd.

Every share carries its base. Categories in which the same people can be counted are never added
up. Where each person is in one category only, the parts must come to their total: exactly for
numbers of people, within half a unit of the last printed digit per part for percentages (so 46, 37
and 4 agree with 88). The six outcomes are those of the commissioning guidance of the Department of
Health, Department for Work and Pensions and CSIP (2006), paragraph 53.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evidence.coding.scheme import Purpose, Scheme
from evidence.synthesis.practice.counting_forms import codes_now
from evidence.synthesis.practice.occasion import Quarter, missing_quarters, read_quarter
from evidence.synthesis.practice.service_form import ServiceForm

CLIENTS, UNIT, ONCE, ANY = "clients", "figures-as", "counted-once", "supported"
AT_START, KEPT, KEPT_PERCENT = "employed-at-start", "employment-kept", "employment-kept-percent"
TOOK_PART, REMARKS = "users-took-part", "remarks"
OUTCOME = "outcome-"
"""Begins the ids of the questions that are categories of outcomes."""
OVERLAPPING = frozenset({"outcome-permitted-work", "outcome-public-services"})
"""Categories in which people of other categories are counted by what the category is."""
ALL = Decimal(100)
HALF = Decimal("0.5")
NAMED = 8  # missing quarters in a sentence
SHOWN_DIGITS = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of a base.

    Attributes:
        part: people, or per cent of the base where only a percentage is known.
        base: how many people; None where nobody says it.
        is_percent: whether `part` is a percentage.
    """

    part: Decimal
    base: int | None
    is_percent: bool = False

    @property
    def percent(self) -> Decimal | None:
        """Per cent of the base, computed anew where people were counted; None without a base."""
        if self.is_percent:
            return self.part
        return self.part * ALL / self.base if self.base else None

    @property
    def people(self) -> Decimal | None:
        """People; None where only a percentage is known."""
        return None if self.is_percent else self.part

    @property
    def words(self) -> str:
        """Always with its base."""
        if self.is_percent:
            return (
                f"{self.part:f}% of {'an unknown base' if self.base is None else f'{self.base:,}'}"
            )
        if self.base is None:
            return f"{self.part:,f}, of an unknown base"
        percent = self.percent
        share = "" if percent is None else f" ({percent.quantize(SHOWN_DIGITS):f}%)"
        return f"{self.part:,f} of {self.base:,}{share}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCategory:
    """A category of outcomes.

    Attributes:
        overlaps: people in it can be in other categories, too, by what it is.
    """

    id: str
    name: str
    overlaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterReport:
    """What one form says of one quarter of one service.

    Attributes:
        quarter: None where the form names none.
        clients: None where nobody said.
        outcomes: by id of the category, without what was refused or left empty.
        counted_once: whether each person is in one category only, so that they may be added up.
        any_outcome: how many had any of them.
        retention: of those in paid employment at the start, how many kept it.
        took_part: service users who took part in the monitoring.
        problems: what is refused or does not fit, in sentences.
    """

    uid: str
    service: str
    service_name: str
    occasion: str
    quarter: Quarter | None
    clients: int | None
    outcomes: Mapping[str, Share]
    counted_once: bool
    any_outcome: Share | None
    retention: Share | None
    took_part: int | None
    remarks: str
    problems: tuple[str, ...]
    is_complete: bool


def is_monitoring(scheme: Scheme) -> bool:
    """Whether forms of a scheme can be read as quarters."""
    return scheme.purpose is Purpose.MONITORING and scheme.question(CLIENTS) is not None


def categories(scheme: Scheme) -> tuple[OutcomeCategory, ...]:
    """The categories of outcomes that a scheme asks for."""
    return tuple(
        OutcomeCategory(id=q.id, name=q.name, overlaps=q.id in OVERLAPPING)
        for q in scheme.questions
        if q.id.startswith(OUTCOME)
    )


def quarter_report(scheme: Scheme, form: ServiceForm, service_name: str) -> QuarterReport:
    """A form, read and checked; what cannot be is left out and told."""
    form = codes_now(scheme, form)
    reading = _Reading(scheme, form)
    clients = reading.people(CLIENTS)
    is_percent = "percent" in form.answer(UNIT).codes
    outcomes = {
        each.id: share
        for each in categories(scheme)
        if (share := reading.share(each.id, clients, is_percent=is_percent)) is not None
    }
    any_outcome = reading.share(ANY, clients, is_percent=is_percent)
    counted_once = "yes" in form.answer(ONCE).codes
    if is_percent and outcomes and clients is None:
        reading.problems.append("Percentages need their base: say how many clients there were.")
    if counted_once and any_outcome is not None and len(outcomes) == len(categories(scheme)):
        reading.problems += _parts_against(any_outcome, list(outcomes.values()))
    return QuarterReport(
        uid=form.uid,
        service=form.service,
        service_name=service_name,
        occasion=form.occasion,
        quarter=read_quarter(form.occasion),
        clients=clients,
        outcomes=outcomes,
        counted_once=counted_once,
        any_outcome=any_outcome,
        retention=reading.retention(),
        took_part=reading.people(TOOK_PART),
        remarks=form.answer(REMARKS).value,
        problems=tuple(reading.problems),
        is_complete=form.is_complete,
    )


class _Reading:
    """The numbers of a form, with what is wrong with them."""

    def __init__(self, scheme: Scheme, form: ServiceForm) -> None:
        self.scheme = scheme
        self.form = form
        self.problems: list[str] = []

    def name(self, question_id: str) -> str:
        question = self.scheme.question(question_id)
        return question.name if question else question_id

    def number(self, question_id: str) -> Decimal | None:
        """A number that is not below 0; None where there is none."""
        text = self.form.answer(question_id).value.strip()
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and value >= 0:
            return value
        self.problems.append(
            f"{self.name(question_id)}: “{text[:40]}” is no such number; left out."
        )
        return None

    def people(self, question_id: str) -> int | None:
        """A whole number; None where there is none."""
        value = self.number(question_id)
        if value is None or value == value.to_integral_value():
            return None if value is None else int(value)
        self.problems.append(
            f"{self.name(question_id)}: {value:f} is no whole number of people; left out."
        )
        return None

    def share(self, question_id: str, clients: int | None, *, is_percent: bool) -> Share | None:
        """People or per cent of the clients, never above all of them."""
        if not is_percent:
            part = self.people(question_id)
            if part is None:
                return None
            if clients is not None and part > clients:
                self.problems.append(
                    f"{self.name(question_id)}: {part:,} is more than the {clients:,} clients; "
                    "left out."
                )
                return None
            return Share(part=Decimal(part), base=clients)
        value = self.number(question_id)
        if value is not None and value > ALL:
            self.problems.append(
                f"{self.name(question_id)}: {value:f}% is above 100% and is left out. Percentages "
                "are of the clients; if these are people, say so in the form."
            )
            return None
        return None if value is None else Share(part=value, base=clients, is_percent=True)

    def retention(self) -> Share | None:
        """Of those in work at the start, how many kept it; None where one of both is missing."""
        base, part = self.people(AT_START), self.people(KEPT)
        printed = self.number(KEPT_PERCENT)
        if base is None or part is None:
            if printed is not None or part is not None:
                self.problems.append(
                    "Retention needs its base: say how many were in paid employment at the start, "
                    "and how many of these kept it."
                )
            return None
        if part > base:
            self.problems.append(
                f"Retention: {part:,} is more than its base of {base:,}; left out."
            )
            return None
        share = Share(part=Decimal(part), base=base)
        percent = share.percent
        if printed is not None and percent is not None:
            slack = HALF * Decimal(1).scaleb(int(printed.as_tuple().exponent))
            if abs(percent - printed) > slack:
                self.problems.append(
                    f"Retention: {printed:f}% is reported; {share.words} is what the numbers give."
                )
        return share


def _parts_against(total: Share, parts: Sequence[Share]) -> list[str]:
    """What is wrong with parts that should come to their total."""
    added = sum((each.part for each in parts), Decimal(0))
    slack = Decimal(0)
    if total.is_percent:
        slack = sum(
            (HALF * Decimal(1).scaleb(int(each.part.as_tuple().exponent)) for each in parts),
            Decimal(0),
        )
    if abs(added - total.part) <= slack:
        return []
    terms = " + ".join(f"{each.part:f}" for each in parts)
    unit = "%" if total.is_percent else ""
    whole = f"{total.part:f}{unit}"
    return [f"Parts against their total: {terms} = {added:f}{unit}, but {whole} had any outcome."]


def agrees_with_parts(total: Decimal, parts: Sequence[Decimal], *, is_percent: bool) -> bool:
    """Whether parts come to their total, within half a unit for each part that is rounded."""
    shares = [Share(part=part, base=None, is_percent=is_percent) for part in parts]
    return not _parts_against(Share(part=total, base=None, is_percent=is_percent), shares)


def share_on(report: QuarterReport, question_id: str) -> Share | None:
    """What a quarter says on a question whose answer is a share; None where it says nothing."""
    others = {ANY: report.any_outcome, KEPT: report.retention}
    return others.get(question_id) or report.outcomes.get(question_id)


def in_time(reports: Iterable[QuarterReport]) -> tuple[QuarterReport, ...]:
    """Those that are finished and name a quarter, by service and quarter."""
    dated = [each for each in reports if each.is_complete and each.quarter is not None]
    return tuple(
        sorted(dated, key=lambda e: (e.service_name.casefold(), e.service, str(e.quarter)))
    )


def doubled(reports: Iterable[QuarterReport]) -> frozenset[tuple[str, Quarter]]:
    """Services and quarters of which there are two forms or more; none of these counts."""
    times = Counter(
        (each.service, each.quarter) for each in in_time(reports) if each.quarter is not None
    )
    return frozenset(key for key, forms in times.items() if forms > 1)


def warnings(reports: Sequence[QuarterReport]) -> tuple[str, ...]:
    """What readers must know before they use the figures, in sentences."""
    names = {each.service: each.service_name for each in reports}
    quarters: dict[str, list[Quarter]] = {service: [] for service in names}
    for each in in_time(reports):
        quarters[each.service] += [each.quarter] if each.quarter else []
    told = [
        f"{names[service]}, {quarter}: there are several forms, so none is shown until all but one "
        "are taken away."
        for service, quarter in sorted(doubled(reports), key=str)
    ]
    for service, name in names.items():
        absent = missing_quarters(quarters[service])
        if absent:
            more = len(absent) - NAMED
            names_of = ", ".join(map(str, absent[:NAMED]))
            told.append(f"{name}: no form for {names_of}{f' and {more} more' if more > 0 else ''}.")
    for each in reports:
        where = f"{each.service_name}, {each.occasion or 'no quarter'}"
        if each.quarter is None:
            told.append(f"{where}: this is no quarter such as 2026-Q4, so the form is not shown.")
        told += [f"{where}: {problem}" for problem in each.problems]
    return tuple(told)


def shown(reports: Sequence[QuarterReport]) -> tuple[QuarterReport, ...]:
    """Those that count: finished, with a quarter, and alone in it."""
    twice = doubled(reports)
    return tuple(e for e in in_time(reports) if e.quarter and (e.service, e.quarter) not in twice)
