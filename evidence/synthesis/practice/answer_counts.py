"""What services answer to a questionnaire, counted: of each service its newest complete form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evidence.coding.scheme import Question, QuestionKind, Scheme
from evidence.synthesis.practice.counting_forms import codes_now, newest_forms
from evidence.synthesis.practice.service_form import ServiceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """What services answer to one question.

    Attributes:
        answered: how many services answered it.
        options: label and number of services of each option, in the order of the scheme; a service
            can be at several. Empty for a number.
        smallest, largest: of a number; None for options.
    """

    question: str
    answered: int
    options: tuple[tuple[str, int], ...] = ()
    smallest: Decimal | None = None
    largest: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAnswers:
    """What services answer to all questions of a scheme.

    Attributes:
        title: of the scheme.
        services: how many have a complete form; the base of every number.
        counts: of questions that a service answered; what is answered in words is not counted.
    """

    title: str
    services: int
    counts: tuple[AnswerCount, ...]


def counted_answers(scheme: Scheme, forms: Iterable[ServiceForm]) -> CountedAnswers:
    """Count what services answer.

    Args:
        scheme: that asks.
        forms: all of it.
    """
    newest = [codes_now(scheme, form) for form in newest_forms(forms).values()]
    counts = (_counted(question, newest) for question in scheme.questions)
    return CountedAnswers(
        title=scheme.title,
        services=len(newest),
        counts=tuple(each for each in counts if each is not None and each.answered),
    )


def _counted(question: Question, forms: Sequence[ServiceForm]) -> AnswerCount | None:
    answers = [form.answer(question.id) for form in forms]
    if question.kind is QuestionKind.NUMBER:
        numbers = [n for each in answers if (n := _number(each.value)) is not None]
        return AnswerCount(
            question=question.text,
            answered=len(numbers),
            smallest=min(numbers, default=None),
            largest=max(numbers, default=None),
            unit=question.unit,
        )
    options = tuple(question.walk())
    if not options:
        return None
    return AnswerCount(
        question=question.text,
        answered=sum(bool(each.codes) for each in answers),
        options=tuple(
            (option.label, sum(option.id in each.codes for each in answers)) for option in options
        ),
    )


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
