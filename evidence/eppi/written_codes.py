"""Coding schemes as code sets of EPPI-Reviewer, and the numbers by which codes are named there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from evidence.coding.scheme import Axis, Of, Option, Purpose, Question, Scheme
from evidence.eppi.account import Ledger
from evidence.eppi.export import CodeType, SetType
from evidence.eppi.numbering import Numbering
from evidence.eppi.schemes import (
    AXES,
    AXIS_QUESTIONS,
    CLASSIFICATION,
    PREFIXES,
    RUN,
    SET,
    TOP,
    USUAL_PREFIX,
)

_TYPE_NAMES = MappingProxyType(
    {
        CodeType.NOT_SELECTABLE: "Not selectable (no checkbox)",
        CodeType.SELECTABLE: "Selectable (show checkbox)",
        CodeType.OUTCOME: "Outcome",
        CodeType.INTERVENTION: "Intervention",
        CodeType.COMPARISON: "Comparison",
        CodeType.CLASSIFICATION: "Outcome classification code",
        CodeType.INCLUDE: "Include",
        CodeType.EXCLUDE: "Exclude",
    }
)
_SET_TYPE_IDS = {SetType.STANDARD: 3, SetType.SCREENING: 5}
_OPTION_ID = re.compile(r"(?:eppi|include|exclude)-(\d{1,19})")
_QUESTION_ID = re.compile(rf"{TOP}(\d{{1,19}})")
_SET_ID = re.compile(rf"{SET}(\d{{1,19}})")


@dataclass(slots=True)
class WrittenCodes:
    """Writes the code sets of schemes and knows the number of every code in them.

    Attributes:
        numbers: by scheme, question and option ("" for the question itself).
    """

    ledger: Ledger
    numbering: Numbering = field(default_factory=Numbering)
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def sets(self, schemes: Sequence[Scheme]) -> list[dict[str, Any]]:
        """The code sets, in the form of the newest generation."""
        for scheme in schemes:
            for question in scheme.questions:
                ids = [option.id for option in question.walk()]
                for match in (
                    _QUESTION_ID.fullmatch(question.id),
                    *map(_OPTION_ID.fullmatch, ids),
                ):
                    if match:
                        self.numbering.reserve(int(match[1]))
        return [self._code_set(scheme) for scheme in schemes]

    def _code_set(self, scheme: Scheme) -> dict[str, Any]:
        match = _SET_ID.fullmatch(scheme.id)
        number = int(match[1]) if match else 0
        kind = SetType.SCREENING if scheme.purpose is Purpose.SCREENING else SetType.STANDARD
        self._list_what_sets_lack(scheme)
        own = _WrittenSet(scheme, self, _types(scheme))
        return {
            "SetName": scheme.title,
            "SetId": number,
            "ReviewSetId": number,
            "SetDescription": scheme.description,
            "SetType": {
                "SetTypeDescription": "",
                "SetTypeName": kind.value,
                "SetTypeId": _SET_TYPE_IDS[kind],
            },
            "Attributes": {"AttributesList": list(own.codes())},
            "OldestKnownId": number,
            "OriginalSetId": number,
        }

    def number(self, scheme: str, question: str, option: str) -> int | None:
        """The number of a code; None where the schemes do not have it."""
        return self.numbers.get((scheme, question, option))

    def number_on_axis(self, scheme: Scheme, axis: Axis, option: str) -> int | None:
        """The number of a code that a finding names on an axis."""
        questions = [*scheme.axis(axis), *(q for q in scheme.questions if q.of is Of.STUDY)]
        found_numbers = (self.number(scheme.id, question.id, option) for question in questions)
        return next((number for number in found_numbers if number), None)

    def _list_what_sets_lack(self, scheme: Scheme) -> None:
        place = f"scheme “{scheme.title}”"
        for question in scheme.questions:
            where = f"{place}, question “{question.text}”"
            if question.when:
                self.ledger.repair(where, "When a question is asked is not said.")
            if question.rule:
                self.ledger.repair(where, "The rule of an overall judgement is not said.")
            if question.required:
                self.ledger.repair(where, "That a question must be answered is not said.")
            for option in question.walk():
                if option.role:
                    self.ledger.repair(where, "What an option says to maps is not said.")
                if option.replaces:
                    self.ledger.repair(where, "Which options were merged into one is not said.")
        studied = {section.title for section in scheme.sections} - {scheme.title, "Findings"}
        if studied:
            self.ledger.repair(place, "The headings of sections are not said.", len(studied))


@dataclass(slots=True)
class _WrittenSet:
    scheme: Scheme
    all: WrittenCodes
    types: Mapping[str, CodeType]

    def codes(self) -> Iterator[dict[str, Any]]:
        written: set[str] = set()
        for question in self.scheme.questions:
            if question.of is Of.STUDY:
                yield from self.of_question(question)
                written.update(option.id for option in question.walk())
        for question in self.scheme.questions:
            if question.of is Of.FINDING and question.options:
                missing = [option for option in question.options if option.id not in written]
                if missing and question.id not in {*AXIS_QUESTIONS.values(), CLASSIFICATION}:
                    yield self.heading(question, missing)
                elif missing:
                    yield from (self.option(option, question) for option in missing)

    def of_question(self, question: Question) -> Iterator[dict[str, Any]]:
        if question.id == RUN or question.id.startswith(f"{RUN}-after-"):
            yield from (self.option(option, question) for option in question.options)
        elif _stands_for_its_option(question):
            yield self.option(question.options[0], question)
        else:
            yield self.heading(question, question.options)

    def heading(self, question: Question, options: Sequence[Option]) -> dict[str, Any]:
        """The code of a question; one without options can be ticked, and its Info box filled."""
        match = _QUESTION_ID.fullmatch(question.id)
        number = self.all.numbering.take(int(match[1]) if match else 0)
        self.all.numbers[self.scheme.id, question.id, ""] = number
        kind = CodeType.NOT_SELECTABLE if options else CodeType.SELECTABLE
        below = [self.option(option, question) for option in options]
        return _code(number, question.text, kind, question.help, "", below)

    def option(self, option: Option, question: Question) -> dict[str, Any]:
        match = _OPTION_ID.fullmatch(option.id)
        number = self.all.numbering.take(int(match[1]) if match else 0)
        self.all.numbers[self.scheme.id, question.id, option.id] = number
        kind = self.types.get(option.id, CodeType.SELECTABLE)
        if not option.selectable:
            kind = CodeType.NOT_SELECTABLE
        below = [self.option(each, question) for each in option.options]
        return _code(number, option.label, kind, option.help, option.link, below)


def _stands_for_its_option(question: Question) -> bool:
    """Whether a question was made for a code that can be ticked and has codes below it."""
    if not question.id.startswith(TOP) or len(question.options) != 1:
        return False
    own = question.id.removeprefix(TOP)
    ids = {own, *(f"{prefix}{own}" for prefix in (USUAL_PREFIX, *PREFIXES.values()))}
    return question.options[0].id in ids


def _types(scheme: Scheme) -> dict[str, CodeType]:
    """The types of options, by their ids."""
    types: dict[str, CodeType] = {}
    for question in scheme.questions:
        of_finding = question.of is Of.FINDING and question.axis is None
        kind = AXES[question.axis] if question.axis else CodeType.CLASSIFICATION
        for option in question.walk():
            if question.axis or of_finding:
                types[option.id] = kind
            for typed, prefix in PREFIXES.items():
                if option.id.startswith(prefix) and _OPTION_ID.fullmatch(option.id):
                    types[option.id] = typed
    return types


def _code(
    number: int,
    name: str,
    kind: CodeType,
    description: str,
    link: str,
    below: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "AttributeSetId": number,
        "AttributeId": number,
        "AttributeSetDescription": description,
        "AttributeType": _TYPE_NAMES[kind],
        "AttributeTypeId": kind.value,
        "AttributeName": name,
        "AttributeDescription": "",
        "ExtURL": link,
        "ExtType": "",
        "OriginalAttributeID": number,
        "OldestKnownId": number,
        **({"Attributes": {"AttributesList": below}} if below else {}),
    }
