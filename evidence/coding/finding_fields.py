"""The fields of a finding as they are typed, and the finding that they come to.

What is typed is kept as it is, also where it is not finished or not a number, so that no refusal
can lose it. Only fields that hold a whole finding count in maps and plots.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from evidence.coding.answers import Answer, answer_faults, answer_to
from evidence.coding.finding_numbers import BENEFITS, benefit_of, comparable_of
from evidence.coding.findings import (
    Direction,
    Finding,
    Reporting,
    Significance,
    finding_questions,
)
from evidence.coding.number_fields import OWN_FIELDS, PEOPLE, people_typed_of
from evidence.coding.scheme import Axis, Scheme
from evidence.coding.typed_numbers import FieldFault, TypedNumbers, count_of

LONGEST_FIELD = 20_000
ANSWER = "answer."
ANSWER_NOTE = "answer_note."
_LONGEST_QUOTED = 40

Word = TypeVar("Word", bound=StrEnum)

_PLAIN = frozenset({
    "intervention", "outcome", "contrast", "measure", "benefit", "time", "arm_intervention",
    "arm_comparison", "n_intervention", "n_comparison", "numbers_kind", "adjusted", "direction",
    "direction_reason", "significance", "reporting", "note", "quotation", "position",
})  # fmt: skip
_NUMBERS = frozenset({
    *(name for names in OWN_FIELDS.values() for name in names),
    "randomised1", "randomised2", "scores", "groups", "effect_kind", "transformed", "level",
    "degrees_of_freedom", "sign", "two_sided", "cluster", "icc", "icc_from",
})  # fmt: skip
GROUP_FIELDS = ("arm_intervention", "arm_comparison", "time")  # may hold the uid of an arm or time
_PRINTED = frozenset({"effect", "effect_kind", "transformed", "low", "high", "level", "p"})
_OF_WHOLE = frozenset({
    "intervention", "outcome", "contrast", "direction", "significance", "reporting", "measure",
    "time", "n_intervention", "n_comparison", "quotation", "note",
})  # fmt: skip


def is_field(name: str) -> bool:
    """Whether a finding has a field of this name."""
    group, dot, rest = name.partition(".")
    if not dot:
        return name in _PLAIN
    known = {"numbers": _NUMBERS, "printed": _PRINTED}.get(group)
    if known is not None:
        return rest in known
    is_answer = f"{group}." in {ANSWER, ANSWER_NOTE}
    return is_answer and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rest) is not None


def is_of_whole(name: str) -> bool:
    """Whether every whole finding says this field; others stay as they were typed."""
    return name in _OF_WHOLE or name.startswith((ANSWER, ANSWER_NOTE))


def fields_of(finding: Finding) -> dict[str, str]:
    """The fields of a whole finding; those that say nothing are left out.

    Its numbers are not among them: they stay as they were typed.
    """
    fields = {
        "intervention": finding.intervention,
        "outcome": finding.outcome,
        "contrast": finding.contrast,
        "direction": finding.direction.value,
        "significance": finding.significance.value,
        "reporting": finding.reporting.value,
        "measure": finding.measure,
        "time": finding.time,
        "arm_intervention": finding.arm,
        "n_intervention": _written(finding.n_intervention),
        "n_comparison": _written(finding.n_comparison),
        "quotation": finding.quotation,
        "note": finding.note,
        "benefit": next((word for word, b in BENEFITS.items() if b is finding.benefit), ""),
    }
    for answer in finding.answers:
        fields[ANSWER + answer.question] = " ".join(answer.codes) or answer.value
        fields[ANSWER_NOTE + answer.question] = answer.note
    return {name: value for name, value in fields.items() if value}


def finding_of(fields: Mapping[str, str], scheme: Scheme) -> Finding | None:
    """The finding that these fields hold; None while what every finding needs is not said.

    That is its place on the axes and its direction; what was measured but not reported has none.
    A code that was merged into another counts as that one.
    """
    direction = _direction(fields)
    places = [fields.get(axis.value, "") for axis in Axis if scheme.axis(axis)]
    if direction is None or not all(places):
        return None
    return finding_so_far(fields, scheme)


def finding_so_far(fields: Mapping[str, str], scheme: Scheme) -> Finding:
    """The same, whatever is not said yet; a direction that is not said is not stated."""
    places = {axis: scheme.axis_code_now(axis, fields.get(axis.value, "")) for axis in Axis}
    return Finding(
        intervention=places[Axis.INTERVENTION],
        outcome=places[Axis.OUTCOME],
        contrast=places[Axis.CONTRAST],
        direction=_direction(fields) or Direction.NOT_STATED,
        significance=_one_of(Significance, fields.get("significance")) or Significance.NOT_REPORTED,
        reporting=_one_of(Reporting, fields.get("reporting")) or Reporting.REPORTED,
        measure=fields.get("measure", ""),
        time=fields.get("time", ""),
        n_intervention=count_of(fields.get("n_intervention", "")),
        n_comparison=count_of(fields.get("n_comparison", "")),
        arm=fields.get("arm_intervention", ""),
        people_typed=people_typed_of(fields),
        quotation=fields.get("quotation", ""),
        note=fields.get("note", ""),
        answers=_answers(fields, scheme),
        benefit=benefit_of(fields),
        reported=comparable_of(fields, scheme),
    )


def needs_of(
    fields: Mapping[str, str], scheme: Scheme, study: Sequence[Answer] = ()
) -> tuple[FieldFault, ...]:
    """What a finding still needs before its coding can be complete, field by field.

    That is its place on the axes, its direction (or that it was measured only), and answers to what
    the scheme requires. What is wrong with its numbers is said by `finding_effects`.

    Args:
        fields: of the finding.
        scheme: of the coding.
        study: the answers about the study, on which questions about findings may depend.
    """
    return tuple(_needs(fields, scheme, study))


def _needs(
    fields: Mapping[str, str], scheme: Scheme, study: Sequence[Answer]
) -> Iterator[FieldFault]:
    for axis in Axis:
        code = scheme.axis_code_now(axis, fields.get(axis.value, ""))
        if scheme.axis(axis) and not code:
            yield FieldFault(field=axis.value, sentence=f"The {axis.value} is not chosen yet.")
        elif scheme.axis(axis) and scheme.axis_option(axis, code) is None:
            quoted = code[:_LONGEST_QUOTED]
            yield FieldFault(
                field=axis.value,
                sentence=f"The {axis.value} “{quoted}” is not in the scheme any more; choose one.",
            )
    said = _one_of(Direction, fields.get("direction"))
    if _direction(fields) is Direction.NOT_STATED and said not in {None, Direction.NOT_STATED}:
        yield FieldFault(
            field="direction",
            sentence=f"It says “{said}” and that nothing was reported: take the direction out, or "
            "say that it is reported.",
        )
    if _direction(fields) is None:
        yield FieldFault(
            field="direction",
            sentence="The direction is not chosen yet; where the outcome was only measured and not "
            "reported, say so under reporting.",
        )
    people = TypedNumbers(fields)
    for name in PEOPLE.values():
        people.count(name)
    yield from people.faults
    yield from _open_answers(finding_so_far(fields, scheme), scheme, study)


def _open_answers(
    finding: Finding, scheme: Scheme, study: Sequence[Answer]
) -> Iterator[FieldFault]:
    for question in finding_questions(finding, scheme, study):
        answer = answer_to(question.id, finding.answers)
        known = {option.id for option in question.walk()}
        codes = tuple(code for code in answer.codes if code in known)
        faults = list(answer_faults(question, replace(answer, codes=codes)))
        if question.required and not answer.is_answered:
            faults.append(f"“{question.text}” has no answer yet.")
        for fault in faults:
            yield FieldFault(field=ANSWER + question.id, sentence=fault)


def _direction(fields: Mapping[str, str]) -> Direction | None:
    """As said; what was measured but not reported has none to state, whatever was said."""
    if fields.get("reporting") == Reporting.MEASURED_ONLY:
        return Direction.NOT_STATED
    return _one_of(Direction, fields.get("direction"))


def _answers(fields: Mapping[str, str], scheme: Scheme) -> tuple[Answer, ...]:
    answers = []
    for question in scheme.questions:
        text = fields.get(ANSWER + question.id, "")
        note = fields.get(ANSWER_NOTE + question.id, "")
        if not (text.strip() or note.strip()):
            continue
        chosen = dict.fromkeys(map(question.code_now, text.split())) if question.options else {}
        codes, value = tuple(chosen), "" if question.options else text
        answers.append(Answer(question=question.id, codes=codes, value=value, note=note))
    return tuple(answers)


def _one_of(words: type[Word], text: str | None) -> Word | None:
    return words(text) if text in set(words) else None


def _written(number: int | None) -> str:
    return "" if number is None else str(number)
