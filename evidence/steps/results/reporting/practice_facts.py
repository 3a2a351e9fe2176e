"""The services of a review as its report names them."""

from evidence.report.facts import ReportedService
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.answer_counts import CountedAnswers, counted_answers
from evidence.synthesis.practice.service import area_key
from evidence.synthesis.practice.service_form import ServiceForm


def reported_services(desk: Desk) -> tuple[ReportedService, ...]:
    """Each service with its complete forms, by area and name."""
    there = services.listing(desk)
    asking = schemes.of_services(desk)
    titles = {each.id: each.scheme.title for each in asking}
    asked = {each.id for each in asking if each.scheme.is_questionnaire}
    forms: dict[str, list[ServiceForm]] = {}
    for form in service_forms.listing(desk).values():
        if form.is_complete and form.scheme_id in titles:
            forms.setdefault(form.service, []).append(form)
    ordered = sorted(there.values(), key=lambda s: (area_key(s.area), s.name.casefold()))
    return tuple(
        ReportedService(
            service=each,
            forms=tuple(_form(form, titles) for form in forms.get(each.uid, ())),
            questionnaires=sum(form.scheme_id in asked for form in forms.get(each.uid, ())),
        )
        for each in ordered
    )


def answers_of_services(desk: Desk) -> tuple[CountedAnswers, ...]:
    """What services answer to each questionnaire; scales and quarters are told by themselves."""
    forms = service_forms.listing(desk).values()
    counted = (
        counted_answers(taken.scheme, [form for form in forms if form.scheme_id == taken.id])
        for taken in schemes.questionnaires(desk)
    )
    return tuple(each for each in counted if each.services)


def _form(form: ServiceForm, titles: dict[int, str]) -> str:
    """Who filled it in stays within the review."""
    title = titles[form.scheme_id]
    return f"{title} ({form.occasion})" if form.occasion else title
