"""Invented services of an exercise, for the pictures of the docs and for tests in a browser.

No source names them, and each says in its name and its note that it is invented. They are put on a
copy of the example, which comes without them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.coding.answers import Answer
from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.review import membership, people
from evidence.store import Store
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

EXAMPLE = 1  # the number of its review
NOTE = "Invented for an exercise; it stands for no service."
FOLDER = ROOT / "coding_schemes"
SURVEY, QUARTERS, SCALE = (
    "vocational-services.yaml",
    "vocational-monitoring.yaml",
    "supported-employment-fidelity-25.yaml",
)
SERVICES = {
    "Exercise service A (invented)": "Exercise town",
    "Exercise service B (invented)": "Exercise valley",
}
REPORTED: Mapping[str, Mapping[str, str]] = {
    "2025-Q4": {"clients": "40", "gained": "5", "retained": "9", "education": "4", "users": "2"},
    "2026-Q1": {"clients": "44", "gained": "6", "retained": "12", "education": "5", "users": "3"},
    "2026-Q2": {"clients": "47", "gained": "8", "retained": "15", "education": "5", "users": "5"},
}
SCORES = (4, 5, 5, 3, 4, 2, 5, 4, 5, 4, 3, 4, 3, 5, 4, 4, 3, 4, 4, 5, 4, 5, 4, 3, 3)
"""Of the items of the scale in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What was put on the review: its services, and its schemes by the name of their file."""

    services: tuple[Service, ...]
    schemes: Mapping[str, int]


def put_exercise_on(database: str, name: str) -> None:
    """Put the exercise on the example of a database, under a name."""
    store = Store.open(database)
    try:
        desk = Desk(store=store, person_id=people.named(store, name).id, review_id=EXAMPLE)
        membership.join(desk)
        exercise(desk)
    finally:
        store.close()


def exercise(desk: Desk) -> Exercise:
    """Put services, answers, quarters and assessments on a review."""
    taken = {
        name: schemes.add(desk, (FOLDER / name).read_text(encoding="utf-8"), name)
        for name in (SURVEY, QUARTERS, SCALE)
    }
    there = tuple(
        Service(uid=services.new_uid(), name=name, area=area, note=NOTE)
        for name, area in SERVICES.items()
    )
    for each in there:
        services.add(desk, each)
    forms = [
        *(
            _form(each, taken[SURVEY], "2026-05-04", (_coded("service-kind", kind),))
            for each, kind in zip(there, ("employment-specialists", "supported-work"), strict=True)
        ),
        *(
            _form(each, taken[QUARTERS], when, _quarter(values, more))
            for more, each in enumerate(there)
            for when, values in REPORTED.items()
        ),
        *_assessments(desk, there, taken[SCALE]),
    ]
    for form in forms:
        service_forms.save(desk, form)
    return Exercise(services=there, schemes=taken)


def _quarter(values: Mapping[str, str], more: int) -> tuple[Answer, ...]:
    """The answers of a quarter; those of the second service are a little higher."""
    number = {name: str(int(value) + more) for name, value in values.items()}
    return (
        Answer(question="clients", value=number["clients"]),
        _coded("figures-as", "number"),
        Answer(question="outcome-gained-paid", value=number["gained"]),
        Answer(question="outcome-retained-paid", value=number["retained"]),
        Answer(question="outcome-education", value=number["education"]),
        Answer(question="employed-at-start", value=str(int(number["retained"]) + 2)),
        Answer(question="employment-kept", value=number["retained"]),
        Answer(question="users-took-part", value=number["users"]),
    )


def _assessments(desk: Desk, there: tuple[Service, ...], scheme_id: int) -> tuple[ServiceForm, ...]:
    questions = schemes.get(desk, scheme_id).scheme.questions
    first = tuple(
        _coded(question.id, question.options[score - 1].id)
        for question, score in zip(questions, SCORES, strict=True)
    )
    lower = tuple(
        _coded(question.id, question.options[max(1, score - 1) - 1].id)
        for question, score in zip(questions, SCORES, strict=True)
    )
    return (
        _form(there[0], scheme_id, "2025-06-02", lower),
        _form(there[0], scheme_id, "2026-06-01", first),
        _form(there[1], scheme_id, "2026-06-03", lower),
    )


def _coded(question: str, code: str) -> Answer:
    return Answer(question=question, codes=(code,))


def _form(service: Service, scheme_id: int, when: str, answers: tuple[Answer, ...]) -> ServiceForm:
    return ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        occasion=when,
        filled_by="Somebody who practises (invented)",
        answers=answers,
        is_complete=True,
    )
