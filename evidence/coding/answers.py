"""Answers to the questions of a scheme: which questions apply, what is wrong, what is missing.

A function here takes all answers at once, because whether a question applies may depend on others.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.coding.scheme import Of, Option, Question, QuestionKind, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one person answered to one question.

    Attributes:
        question: the question's id.
        codes: option ids, for the kinds that have options.
        value: what was written, for NUMBER, TEXT and DATE.
        note: a remark; an answer that has nothing else is no answer.
    """

    question: str
    codes: tuple[str, ...] = ()
    value: str = ""
    note: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether something was answered; a note alone answers nothing."""
        return bool(self.codes or self.value.strip())


def answer_to(question_id: str, answers: Sequence[Answer]) -> Answer:
    """The answer to this question; an empty one where there is none."""
    matches = (answer for answer in answers if answer.question == question_id)
    return next(matches, Answer(question=question_id))


def is_applicable(question: Question, scheme: Scheme, answers: Sequence[Answer]) -> bool:
    """Whether the answers so far call for this question.

    An option counts as chosen when one below it was chosen. An answer to a question that is itself
    not applicable does not count.
    """
    if question.when is None:
        return True
    if question.when.axis is not None:  # findings.py knows what the finding is on its axes
        return False
    earlier = scheme.question(question.when.question)
    if earlier is None or not is_applicable(earlier, scheme, answers):
        return False
    return is_any_chosen(
        earlier.options, question.when.any_of, answer_to(earlier.id, answers).codes
    )


def is_any_chosen(
    options: Iterable[Option], any_of: Collection[str], codes: Collection[str]
) -> bool:
    """Whether one of these options was chosen, or one below it."""
    chosen = set(codes)
    return any(
        not chosen.isdisjoint(below.id for below in option.walk())
        for top in options
        for option in top.walk()
        if option.id in any_of
    )


def applicable_questions(
    scheme: Scheme, answers: Sequence[Answer], of: Of = Of.STUDY
) -> tuple[Question, ...]:
    """The questions to show now, in reading order."""
    return tuple(q for q in scheme.questions if q.of is of and is_applicable(q, scheme, answers))


def missing_answers(scheme: Scheme, answers: Sequence[Answer]) -> tuple[Question, ...]:
    """The required questions about the study that apply and have no answer yet."""
    return tuple(
        question
        for question in applicable_questions(scheme, answers)
        if question.required and not answer_to(question.id, answers).is_answered
    )


def answer_faults(question: Question, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer, in plain words; no answer has no faults."""
    if not answer.is_answered:
        return ()
    if question.options:
        return _choice_faults(question, answer)
    if answer.codes:
        return (f"“{question.text}” has no options; write the answer instead.",)
    check = {QuestionKind.NUMBER: _number_faults, QuestionKind.DATE: _date_faults}.get(
        question.kind
    )
    return check(question, answer.value.strip()) if check else ()


def faults_in(scheme: Scheme, answers: Sequence[Answer], of: Of = Of.STUDY) -> tuple[str, ...]:
    """What is wrong with all answers about a study, or about one finding."""
    faults: list[str] = []
    for answer in answers:
        question = scheme.question(answer.question)
        if question is None or question.of is not of or (of is Of.FINDING and question.axis):
            faults.append(f"The scheme asks nothing called “{answer.question}” about a {of.value}.")
        else:
            faults.extend(answer_faults(question, answer))
    if len({answer.question for answer in answers}) < len(answers):
        faults.append("A question is answered twice; keep one answer to each.")
    return tuple(faults)


def _choice_faults(question: Question, answer: Answer) -> tuple[str, ...]:
    options = {option.id for option in question.walk()}
    faults = [
        f"“{code}” is not an option of “{question.text}”; choose one that is listed."
        for code in answer.codes
        if code not in options
    ]
    faults += [
        f"“{option.label}” is a heading; choose an option below it."
        for option in question.walk()
        if option.id in answer.codes and not option.selectable
    ]
    if answer.value.strip():
        faults.append(f"“{question.text}” is answered by choosing; put words into the note.")
    if question.kind in {QuestionKind.ONE, QuestionKind.YES_NO} and len(answer.codes) > 1:
        faults.append(f"“{question.text}” takes one answer; {len(answer.codes)} are chosen.")
    if len(set(answer.codes)) < len(answer.codes):
        faults.append(f"“{question.text}” has the same option chosen twice.")
    return tuple(faults)


def _number_faults(question: Question, value: str) -> tuple[str, ...]:
    if not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,15})?", value, re.ASCII):
        start = value[:40]
        return (
            f"“{start}” under “{question.text}” is not a number; write it in digits, such as 12.5.",
        )
    number = float(value)
    if question.minimum is not None and number < question.minimum:
        return (f"{value} under “{question.text}” is below {question.minimum:g}.",)
    if question.maximum is not None and number > question.maximum:
        return (f"{value} under “{question.text}” is above {question.maximum:g}.",)
    return ()


def without_separators(value: str) -> str:
    """A number that a person typed, without the signs between its thousands: 210,000 as 210000.

    Only groups of three digits lose them, so that a decimal comma (12,5 or 0,500) stays a fault.
    """
    typed = value.strip()
    grouped = re.fullmatch(
        r"[-+]?[1-9]\d{0,2}([, \u00a0\u202f'’])\d{3}(\1\d{3})*(\.\d+)?", typed, re.ASCII
    )
    return typed.replace(grouped[1], "") if grouped else value


def _date_faults(question: Question, value: str) -> tuple[str, ...]:
    """A date is as exact as the report: `2006`, `2006-03` or `2006-03-14`."""
    exact = re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII) is not None
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :] if exact else "")
    except ValueError:
        start = value[:40]
        return (
            f"“{start}” under “{question.text}” is not a date; write 2006, 2006-03 or 2006-03-14.",
        )
    return ()
