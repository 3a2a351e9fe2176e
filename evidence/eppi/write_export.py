"""Write schemes and codings as an export of EPPI-Reviewer, in the form of its newest generation.

What cannot be said in that form is listed in words. `coded_review.py` goes the other way.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE
from evidence.coding.findings import Direction, Reporting, Significance
from evidence.coding.scheme import Axis, Scheme
from evidence.coding.typed_numbers import NUMBERS
from evidence.eppi.account import Ledger, Repair
from evidence.eppi.coded_review import (
    ARM,
    FINDING,
    TIME,
    CodedReview,
    CodedStudy,
    QuotedWords,
    StudyCoding,
    TypedFinding,
)
from evidence.eppi.export import Highlight
from evidence.eppi.numbering import Numbering
from evidence.eppi.outcome_numbers import numbers_of_fields
from evidence.eppi.outcomes import STORED
from evidence.eppi.written_codes import WrittenCodes
from evidence.eppi.written_references import written_reference

_TYPE_NAMES = {1: "Continuous", 2: "Binary", 3: "Continuous", 4: "Continuous", 5: "Continuous",
               6: "Binary", 7: "Correlation"}  # fmt: skip
_TIME = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ([^\W\d_]+)")
_UNSAID_FIELDS = {
    "direction": "The direction of a finding is not said.",
    "direction_reason": "The direction of a finding is not said.",
    "significance": "The reported significance of a finding is not said.",
    "reporting": "How far a result is reported is not said.",
    "benefit": "Whether more or less is better is not said.",
    "quotation": "The quoted words of a finding are not said.",
    "adjusted": "Whether an effect is adjusted is not said.",
    "position": "The order of findings is not said.",
}
_SAY_NOTHING = {Direction.NOT_STATED.value, Significance.NOT_REPORTED.value,
                Reporting.REPORTED.value}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenExport:
    """An export, and what cannot be said in it.

    Attributes:
        root: the JSON's outermost object.
        unsaid: in words, with places and numbers.
    """

    root: Mapping[str, Any]
    unsaid: tuple[Repair, ...]

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        text = json.dumps(self.root, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def write_export(review: CodedReview) -> WrittenExport:
    """A review as an export of EPPI-Reviewer."""
    ledger = Ledger()
    written = _Writing({scheme.id: scheme for scheme in review.schemes}, ledger)
    sets = written.codes.sets(review.schemes)
    written.reserve(review.studies)
    references = [written.reference(study) for study in review.studies]
    root = {"CodeSets": sets, "References": references}
    return WrittenExport(root=root, unsaid=ledger.repairs)


def write_code_sets(schemes: Sequence[Scheme]) -> WrittenExport:
    """Coding schemes alone, as an export without references."""
    return write_export(CodedReview(schemes=tuple(schemes), studies=()))


@dataclass(slots=True)
class _Writing:
    schemes: Mapping[str, Scheme]
    ledger: Ledger
    codes: WrittenCodes = field(init=False)
    items: Numbering = field(default_factory=Numbering)
    arms: Numbering = field(default_factory=Numbering)
    times: Numbering = field(default_factory=Numbering)
    findings: Numbering = field(default_factory=Numbering)

    def __post_init__(self) -> None:
        self.codes = WrittenCodes(self.ledger)

    def reserve(self, studies: Sequence[CodedStudy]) -> None:
        """Numbers that came with the review stay with what they name."""
        for study in studies:
            self.items.reserve(int(study.record.key) if study.record.key.isdecimal() else 0)
            for arm in study.arms:
                self.arms.reserve(_number_in(arm.uid, ARM))
            for point in study.time_points:
                self.times.reserve(_number_in(point.uid, TIME))
            for finding in (each for coding in study.codings for each in coding.findings):
                self.findings.reserve(_number_in(finding.uid, FINDING))

    def reference(self, study: CodedStudy) -> dict[str, Any]:
        written = written_reference(study.record, study.label, study.status, self.items)
        own = _OneStudy(study, written["ItemId"], self)
        codes = [code for coding in study.codings for code in own.codes(coding)]
        outcomes = [own.outcome(f, c) for c in study.codings for f in c.findings]
        return {
            **written,
            "Codes": codes,
            "Outcomes": outcomes,
            "Arms": own.listed_arms(),
            "Timepoints": own.listed_times(),
        }


@dataclass(slots=True)
class _OneStudy:
    study: CodedStudy
    item: int
    all: _Writing
    arm_numbers: dict[str, int] = field(init=False)
    time_numbers: dict[str, int] = field(init=False)
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        # One arm belongs to one study, so a number that came with it is given once.
        take = self.all.arms.take
        self.arm_numbers = {a.uid: take(_number_in(a.uid, ARM)) for a in self.study.arms}
        take = self.all.times.take
        self.time_numbers = {t.uid: take(_number_in(t.uid, TIME)) for t in self.study.time_points}
        named: tuple[ExportedArm | ExportedTimePoint, ...] = (
            *self.study.arms,
            *self.study.time_points,
        )
        self.labels = {each.uid: each.label for each in named}

    @property
    def place(self) -> str:
        return f"study “{self.study.label}”"

    def tell(self, sentence: str, what: str = "") -> None:
        self.all.ledger.repair(", ".join(filter(None, (self.place, what))), sentence)

    def listed_arms(self) -> list[dict[str, Any]]:
        return [
            {"itemArmId": number, "itemId": self.item, "ordering": order, "title": self.labels[uid]}
            for order, (uid, number) in enumerate(self.arm_numbers.items())
        ]

    def listed_times(self) -> list[dict[str, Any]]:
        for arm in self.study.arms:
            if arm.people:
                self.tell("How many people an arm has is not said.", f"arm “{arm.label}”")
        return [
            {
                "itemTimepointId": number,
                "itemId": self.item,
                "timepointValue": _plain(float(_time_in(self.labels[uid])[0] or 0)),
                "timepointMetric": _time_in(self.labels[uid])[1],
                "timepointDisplayValue": self.labels[uid],
            }
            for uid, number in self.time_numbers.items()
        ]

    def codes(self, coding: StudyCoding) -> Iterator[dict[str, Any]]:
        quoted: dict[tuple[str, str, str], list[QuotedWords]] = {}
        for each in coding.quotations:
            quoted.setdefault((each.question, each.code, each.arm), []).append(each)
        for row in coding.rows:
            words = quoted.pop((row.question, row.code, row.arm), [])
            code = self.code(row, coding.scheme, [own.highlight for own in words])
            if code:
                yield code
        if quoted:
            number = sum(map(len, quoted.values()))
            sentence = "Quoted words of a question that has no answer are not said."
            self.all.ledger.repair(self.place, sentence, number)

    def code(
        self, row: AnswerRow, scheme: str, highlights: Sequence[Highlight]
    ) -> dict[str, Any] | None:
        number = self.all.codes.number(scheme, row.question, row.code)
        what = f"question “{row.question}”"
        if number is None:
            if row.says_something:
                sentence = (
                    "An answer to a question or code that its scheme does not have is not said."
                )
                self.tell(sentence, what)
            return None
        if row.code and not row.chosen:
            if row.note.strip() or highlights:
                self.tell("A note or words on a code that is not ticked are not said.", what)
            return None
        if not (row.says_something or highlights):
            return None
        if row.arm and row.arm not in self.arm_numbers:
            self.tell("An answer for an arm that the study does not list is not said.", what)
            return None
        return {
            "AttributeId": number,
            "AdditionalText": "\n".join(filter(None, (row.value, row.note))),
            "ArmId": self.arm_numbers.get(row.arm, 0),
            "ArmTitle": self.labels.get(row.arm, ""),
            "ItemAttributeFullTextDetails": [self.full_text(each, row.arm) for each in highlights],
        }

    def full_text(self, highlight: Highlight, arm: str) -> dict[str, Any]:
        text = highlight.words[0] if highlight.words else ""
        if highlight.is_from_pdf:
            page = f"Page {highlight.page}:\n" if highlight.page else ""
            between = '"\n"'.join(highlight.words)
            text = f'{page}[¬s]"{between}[¬e]"'
        return {
            "ItemDocumentId": highlight.document_id,
            "TextFrom": highlight.start,
            "TextTo": highlight.end,
            "Text": text,
            "IsFromPDF": highlight.is_from_pdf,
            "DocTitle": highlight.document,
            "ItemArm": self.labels.get(arm, ""),
        }

    def outcome(self, finding: TypedFinding, coding: StudyCoding) -> dict[str, Any]:
        fields = finding.fields
        scheme = self.all.schemes[coding.scheme]
        numbers = numbers_of_fields(fields)
        self.list_unsaid(fields, numbers.unsaid, scheme)
        axes = {axis: fields.get(axis.value, "") for axis in Axis}
        options = {axis: scheme.axis_option(axis, code) for axis, code in axes.items()}
        names = {axis: option.label if option else "" for axis, option in options.items()}
        on = {axis: self.on_axis(scheme, axis, code) for axis, code in axes.items() if code}
        time = self.time_of(fields.get("time", ""))
        arm_1, arm_2 = fields.get("arm_intervention", ""), fields.get("arm_comparison", "")
        return {
            "OutcomeId": self.all.findings.take(_number_in(finding.uid, FINDING)),
            "ItemSetId": 0,
            "OutcomeTypeId": numbers.kind,
            "OutcomeTypeName": _TYPE_NAMES.get(numbers.kind, ""),
            "ItemAttributeIdIntervention": on.get(Axis.INTERVENTION, 0),
            "ItemAttributeIdControl": on.get(Axis.CONTRAST, 0),
            "ItemAttributeIdOutcome": on.get(Axis.OUTCOME, 0),
            "InterventionText": names[Axis.INTERVENTION],
            "ControlText": names[Axis.CONTRAST],
            "OutcomeText": names[Axis.OUTCOME],
            "Title": fields.get("measure", ""),
            "ShortTitle": self.study.label,
            "OutcomeDescription": fields.get("note", ""),
            "ItemTimepointId": self.time_numbers.get(time, 0),
            "ItemTimepointMetric": _time_in(self.labels.get(time, ""))[1],
            "ItemTimepointValue": _time_in(self.labels.get(time, ""))[0],
            "TimepointDisplayValue": self.labels.get(time, ""),
            "ItemArmIdGrp1": self.arm_numbers.get(arm_1, 0),
            "ItemArmIdGrp2": self.arm_numbers.get(arm_2, 0),
            "grp1ArmName": self.labels.get(arm_1, ""),
            "grp2ArmName": self.labels.get(arm_2, ""),
            **{f"Data{place}": _plain(value) for place, value in enumerate(numbers.numbers, 1)},
            # EPPI-Reviewer computes these itself; a 0 would say that there is no effect.
            **dict.fromkeys(STORED),
            "OutcomeCodes": {"OutcomeItemAttributesList": list(self.outcome_codes(fields, scheme))},
        }

    def on_axis(self, scheme: Scheme, axis: Axis, code: str) -> int:
        number = self.all.codes.number_on_axis(scheme, axis, scheme.axis_code_now(axis, code))
        if number is None:
            self.tell("A code of a finding that its scheme does not have is not said.")
        return number or 0

    def time_of(self, time: str) -> str:
        """The uid of a time; one that was typed in words becomes a time point of the study."""
        if time and time not in self.time_numbers:
            self.time_numbers[time] = self.all.times.take()
            self.labels[time] = time
        return time

    def outcome_codes(self, fields: Mapping[str, str], scheme: Scheme) -> Iterator[dict[str, Any]]:
        for question in scheme.questions:
            if question.axis or not question.options:
                continue
            note = fields.get(ANSWER_NOTE + question.id, "")
            for code in fields.get(ANSWER + question.id, "").split():
                number = self.all.codes.number(scheme.id, question.id, code)
                number = number or self.all.codes.number_on_axis(scheme, Axis.OUTCOME, code)
                if number is None:
                    self.tell("A code of a finding that its scheme does not have is not said.")
                    continue
                yield {
                    "OutcomeItemAttributeId": 0,
                    "OutcomeId": 0,
                    "AttributeId": number,
                    "AdditionalText": note,
                    "AttributeName": question.label(code),
                }
                note = ""

    def list_unsaid(self, fields: Mapping[str, str], unsaid: Sequence[str], scheme: Scheme) -> None:
        what = f"finding “{fields.get('measure', '')}”"
        for name in unsaid:
            sentence = "Numbers that EPPI-Reviewer has no place for are not said."
            self.tell(sentence, f"{what}, {name.removeprefix(NUMBERS)} {fields[name]}")
        for name, sentence in _UNSAID_FIELDS.items():
            if fields.get(name, "").strip() and fields[name] not in _SAY_NOTHING:
                self.tell(sentence, what)
        if any(name.startswith("printed.") and text for name, text in fields.items()):
            self.tell("What the report prints beside its numbers is not said.", what)
        for arm in ("arm_intervention", "arm_comparison"):
            if fields.get(arm, "") and fields[arm] not in self.arm_numbers:
                self.tell("An arm of a finding that the study does not list is not said.", what)
        for question in scheme.questions:
            note = fields.get(ANSWER_NOTE + question.id, "").strip()
            text = fields.get(ANSWER + question.id, "").strip()
            if (text and not question.options) or (note and not (text and question.options)):
                sentence = "An answer about a finding that is no code is not said."
                self.tell(sentence, f"{what}, “{question.text}”")


def _number_in(uid: str, start: str) -> int:
    """EPPI's number in a uid that came from it; 0 where it came from elsewhere."""
    match = re.fullmatch(rf"{start}(\d{{6,19}}|\d{{1,5}})", uid)
    return int(match[1]) if match else 0


def _time_in(label: str) -> tuple[str, str]:
    """Value and unit of a time such as "6 months"; empty where it is not in that form."""
    match = _TIME.fullmatch(label)
    return (match[1], match[2]) if match else ("", "")


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value
