"""Which form of a service counts, and what it says by the scheme as it is now.

Of the complete forms of a service the one of the latest day or quarter counts, and among equals the
one that was begun last; a form of no time goes before all others. An option that was merged into
another since counts as that one.
"""

from collections.abc import Iterable
from dataclasses import replace

from evidence.coding.scheme import Scheme
from evidence.synthesis.practice.occasion import time_of
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm


def order_of(form: ServiceForm, begun: int) -> tuple[float, int]:
    """By which forms are newer than others.

    Args:
        form: any.
        begun: its number in the order in which forms were begun.
    """
    time = time_of(form.occasion)
    return (float("-inf") if time is None else time, begun)


def newest_first(forms: Iterable[ServiceForm]) -> dict[str, tuple[ServiceForm, ...]]:
    """The complete forms of each service, those that count most first.

    Args:
        forms: in the order in which they were begun.
    """
    of_each: dict[str, list[tuple[tuple[float, int], ServiceForm]]] = {}
    for begun, form in enumerate(forms):
        if form.is_complete:
            of_each.setdefault(form.service, []).append((order_of(form, begun), form))
    return {
        uid: tuple(form for _, form in sorted(own, key=lambda each: each[0], reverse=True))
        for uid, own in of_each.items()
    }


def newest_forms(forms: Iterable[ServiceForm]) -> dict[str, ServiceForm]:
    """The form of each service that counts, in the order of their first.

    Args:
        forms: in the order in which they were begun.
    """
    return {uid: own[0] for uid, own in newest_first(forms).items()}


def codes_now(scheme: Scheme, form: ServiceForm) -> ServiceForm:
    """A form with the options as which its answers count now.

    Args:
        scheme: that asks, in its newest version.
        form: as it was kept.
    """
    answers = []
    for answer in form.answers:
        question = scheme.question(answer.question)
        codes = tuple(dict.fromkeys(map(question.code_now, answer.codes))) if question else None
        answers.append(answer if codes is None else replace(answer, codes=codes))
    return replace(form, answers=tuple(answers))


def area_of(service: Service, forms: Iterable[ServiceForm], question: str) -> str:
    """Where a service works: as it has it itself, else as the first form says that names an area.

    Args:
        service: with the area that people gave it, which may be empty.
        forms: of it, the newest first.
        question: by which forms are asked for the area.
    """
    said = (form.answer(question).value.split() for form in forms)
    return " ".join(service.area.split() or next(filter(None, said), []))
