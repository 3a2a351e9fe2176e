"""What services of an area report, as a framework reads their forms, and who reports nothing.

Of each service the newest form counts that is complete and says which kinds of service it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evidence.coding.answers import Answer
from evidence.coding.scheme import Question, Scheme
from evidence.synthesis.practice.counting_forms import (
    area_of,
    codes_now,
    newest_first,
    newest_forms,
)
from evidence.synthesis.practice.framework import Framework
from evidence.synthesis.practice.service import Service, area_key
from evidence.synthesis.practice.service_form import ServiceForm

_NAMED = 5  # services without a form, in a sentence
NOT_LISTED = "no service of this area is listed, so none was asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReport:
    """What the form that counts says of a service.

    Attributes:
        service: with the name that it has now.
        form: with the options as which its answers count now.
        area: where it works; empty where nobody said.
        framework: by whose questions the form is read.
        scheme: that asks, in its newest version.
    """

    service: Service
    form: ServiceForm
    area: str
    framework: Framework
    scheme: Scheme

    @property
    def kinds(self) -> tuple[str, ...]:
        """Ids of the kinds of service of the framework that it is."""
        question = self.framework.asked.kind
        codes = self.form.answer(question).codes
        return tuple(
            each.kind
            for each in self.framework.services
            if code_now(self.scheme.question(question), each.kind) in codes
        )

    @property
    def has_shared_posts(self) -> bool:
        """Whether it gives the posts of several kinds of service in one number."""
        question = self.scheme.question(self.framework.asked.kind)
        with_posts = self.framework.kinds_with_posts.intersection(self.kinds)
        return len({code_now(question, kind) for kind in with_posts}) > 1

    def says(self, options: Collection[str]) -> bool:
        """Whether it answers any of these options, whichever question has it."""
        return any(
            code_now(question, option) in answer.codes
            for question, answer in self._answers()
            for option in options
        )

    def is_answered(self, options: Collection[str]) -> bool:
        """Whether it answers a question that has one of these options."""
        return any(
            answer.codes and question.option(code_now(question, option)) is not None
            for question, answer in self._answers()
            for option in options
        )

    def _answers(self) -> Iterator[tuple[Question, Answer]]:
        for answer in self.form.answers:
            question = self.scheme.question(answer.question)
            if question is not None:
                yield question, answer

    def amount(self, question: str) -> Decimal | None:
        """A number that it gives; None where it gives none."""
        try:
            amount = Decimal(self.form.answer(question).value.strip())
        except InvalidOperation:
            return None
        return amount if amount.is_finite() and amount >= 0 else None


def code_now(question: Question | None, option: str) -> str:
    """The option that one named by a framework counts as now."""
    return question.code_now(option) if question else option


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReports:
    """What is known of an area.

    Attributes:
        area: empty for services without one.
        reports: of services with a form that counts.
        silent: names of services without such a form.
    """

    area: str
    reports: tuple[ServiceReport, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def silence(self) -> str:
        """Who did not answer, in words; empty where all who were asked did."""
        if not self.silent:
            return "" if self.reports else NOT_LISTED
        more = len(self.silent) - _NAMED
        others = f" and {more:,} more" if more > 0 else ""
        return f"no complete form of {', '.join(self.silent[:_NAMED])}{others}"


def newest_reports(
    services: Mapping[str, Service],
    forms: Iterable[ServiceForm],
    framework: Framework,
    schemes: Mapping[int, Scheme],
) -> tuple[ServiceReport, ...]:
    """The report of each service that has one, by area and name.

    Args:
        services: those that are there, by uid.
        forms: in the order in which they were begun.
        framework: which says by which questions they are read.
        schemes: that ask of which kind services are, by id; forms of others do not count.
    """
    asked = framework.asked
    there = [each for each in forms if each.service in services and each.scheme_id in schemes]
    own = newest_first(there)
    counting = newest_forms(form for form in there if form.answer(asked.kind).codes)
    reports = (
        ServiceReport(
            service=services[uid],
            form=codes_now(schemes[form.scheme_id], form),
            area=area_of(services[uid], own[uid], asked.area),
            framework=framework,
            scheme=schemes[form.scheme_id],
        )
        for uid, form in counting.items()
    )
    return tuple(sorted(reports, key=lambda r: (area_key(r.area), r.service.name.casefold())))


def by_area(
    reports: Iterable[ServiceReport],
    silent: Iterable[Service] = (),
    settled: Iterable[str] = (),
) -> tuple[AreaReports, ...]:
    """All areas that anybody names, in alphabetical order; capitals make no other area.

    Args:
        reports: of `newest_reports`.
        silent: services without a report; those without an area belong to none.
        settled: areas of which the review settled something.
    """
    spelling: dict[str, str] = {}
    there: dict[str, list[ServiceReport]] = {}
    for each in reports:
        spelling.setdefault(area_key(each.area), each.area)
        there.setdefault(area_key(each.area), []).append(each)
    names: dict[str, list[str]] = {}
    for service in silent:
        if service.area:
            spelling.setdefault(area_key(service.area), service.area)
            names.setdefault(area_key(service.area), []).append(service.name)
    for area in settled:
        spelling.setdefault(area_key(area), area)
    return tuple(
        AreaReports(
            area=spelling[key],
            reports=tuple(there.get(key, ())),
            silent=tuple(names.get(key, ())),
        )
        for key in sorted(spelling)
    )
