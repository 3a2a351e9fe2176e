"""On what people differ who coded the same studies, and what each of them said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.agreement.compared import (
    TICKED,
    ComparedStudy,
    PreparedStudy,
    Value,
    prepare,
    questions_compared,
    tick_units,
    value_units,
)
from evidence.coding.scheme import Question, Scheme

TICKED_WORD, NOT_TICKED_WORD = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One unit on which not all say the same.

    Attributes:
        study: its id; `label` is what people know it by.
        arm: the arm's label; "" for the whole study.
        question, code: ids; no code where a question takes one answer.
        subject: the question and, where there is one, the code in words.
        answers: what each coder said who was asked, in words.
    """

    study: str
    label: str
    arm: str
    question: str
    code: str
    subject: str
    answers: Mapping[str, str]


def differences(
    scheme: Scheme, studies: Iterable[ComparedStudy], coders: Sequence[str]
) -> Iterator[Difference]:
    """All units on which not all of these people say the same, study by study."""
    questions = questions_compared(scheme)
    for study in prepare(scheme, studies):
        for question in questions:
            units = _of_ticks if question.kind in TICKED else _of_values
            yield from units(question, study, coders)


def _of_ticks(
    question: Question, prepared: PreparedStudy, coders: Sequence[str]
) -> Iterator[Difference]:
    labels = {option.id: option.label for option in question.walk()}
    for code, arm, ticks in tick_units(question, prepared, coders):
        if code in labels and len(set(ticks)) > 1:
            words = {
                coder: TICKED_WORD if ticked else NOT_TICKED_WORD
                for coder, ticked in zip(prepared.asked(question, coders), ticks, strict=True)
            }
            subject = f"{question.name}: {labels[code]}"
            yield _difference(prepared.study, arm, question.id, code, subject, words)


def _of_values(
    question: Question, prepared: PreparedStudy, coders: Sequence[str]
) -> Iterator[Difference]:
    for arm, by_coder in value_units(question, prepared, coders):
        if len(set(by_coder.values())) > 1:
            words = {coder: _words(question, value) for coder, value in by_coder.items()}
            yield _difference(prepared.study, arm, question.id, "", question.name, words)


def _words(question: Question, value: Value) -> str:
    if isinstance(value, float):
        number = f"{value:.15g}"
        return f"{number} {question.unit}" if question.unit else number
    return question.label(value)


def _difference(
    study: ComparedStudy, arm: str, question: str, code: str, subject: str, words: Mapping[str, str]
) -> Difference:
    return Difference(
        study=study.id,
        label=study.label,
        arm=study.arms.get(arm, arm),
        question=question,
        code=code,
        subject=subject,
        answers=words,
    )
