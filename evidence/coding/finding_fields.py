"""The fields of a finding as they are typed, and the finding that they come to.

What is typed is kept as it is, also where it is not finished or not a number, so that no refusal
can lose it. Only fields that hold a whole finding count in maps and plots.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding, Reporting, Significance
from evidence.coding.scheme import Axis, Scheme

LONGEST_FIELD = 20_000
ANSWER = "answer."
ANSWER_NOTE = "answer_note."

Word = TypeVar("Word", bound=StrEnum)

_PLAIN = frozenset({
    "intervention", "outcome", "contrast", "measure", "benefit", "time", "arm_intervention",
    "arm_comparison", "n_intervention", "n_comparison", "numbers_kind", "adjusted", "direction",
    "direction_reason", "significance", "reporting", "note", "quotation", "position",
})  # fmt: skip
_NUMBERS = frozenset({
    "n1", "n2", "mean1", "mean2", "sd1", "sd2", "se1", "se2", "low1", "high1", "low2", "high2",
    "events1", "events2", "total1", "total2", "effect", "effect_kind", "se", "low", "high",
    "level", "t", "p", "sign", "r", "n", "cluster", "icc",
})  # fmt: skip
_PRINTED = frozenset({"effect", "low", "high", "p"})


class NumbersKind(StrEnum):
    """In which form the report gives the numbers of a finding."""

    MEANS = "means"
    TABLE = "table"
    EFFECT = "effect"
    TEST = "test"
    CORRELATION = "correlation"


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


def fields_of(finding: Finding) -> dict[str, str]:
    """The fields of a whole finding; those that say nothing are left out."""
    fields = {
        "intervention": finding.intervention,
        "outcome": finding.outcome,
        "contrast": finding.contrast,
        "direction": finding.direction.value,
        "significance": finding.significance.value,
        "reporting": finding.reporting.value,
        "measure": finding.measure,
        "time": finding.time,
        "n_intervention": _written(finding.n_intervention),
        "n_comparison": _written(finding.n_comparison),
        "quotation": finding.quotation,
        "note": finding.note,
    }
    for answer in finding.answers:
        fields[ANSWER + answer.question] = " ".join(answer.codes) or answer.value
        fields[ANSWER_NOTE + answer.question] = answer.note
    return {name: value for name, value in fields.items() if value}


def finding_of(fields: Mapping[str, str], scheme: Scheme) -> Finding | None:
    """The finding that these fields hold; None while what every finding needs is not said.

    That is its place on the axes and its direction; what was measured but not reported has none.
    """
    reporting = _one_of(Reporting, fields.get("reporting")) or Reporting.REPORTED
    direction = _one_of(Direction, fields.get("direction"))
    if direction is None and reporting is Reporting.MEASURED_ONLY:
        direction = Direction.NOT_STATED
    places = [fields.get(axis.value, "") for axis in Axis if scheme.axis(axis)]
    if direction is None or not all(places):
        return None
    return Finding(
        intervention=fields.get("intervention", ""),
        outcome=fields.get("outcome", ""),
        contrast=fields.get("contrast", ""),
        direction=direction,
        significance=_one_of(Significance, fields.get("significance")) or Significance.NOT_REPORTED,
        reporting=reporting,
        measure=fields.get("measure", ""),
        time=fields.get("time", ""),
        n_intervention=count_of(fields.get("n_intervention", "")),
        n_comparison=count_of(fields.get("n_comparison", "")),
        quotation=fields.get("quotation", ""),
        note=fields.get("note", ""),
        answers=_answers(fields, scheme),
    )


def count_of(text: str) -> int | None:
    """A number of people as it was typed; None where that is no whole number."""
    digits = text.strip().replace(",", "").replace(" ", "")
    return int(digits) if re.fullmatch(r"\d{1,9}", digits, re.ASCII) else None


def _answers(fields: Mapping[str, str], scheme: Scheme) -> tuple[Answer, ...]:
    answers = []
    for question in scheme.questions:
        text = fields.get(ANSWER + question.id, "")
        note = fields.get(ANSWER_NOTE + question.id, "")
        if not (text.strip() or note.strip()):
            continue
        codes, value = (tuple(text.split()), "") if question.options else ((), text)
        answers.append(Answer(question=question.id, codes=codes, value=value, note=note))
    return tuple(answers)


def _one_of(words: type[Word], text: str | None) -> Word | None:
    return words(text) if text in set(words) else None


def _written(number: int | None) -> str:
    return "" if number is None else str(number)
