"""What an export means in Waymark's own words: schemes, and studies with what was coded of them.

`write_export.py` goes the other way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from evidence.citations.record import Record
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE, LONGEST_FIELD
from evidence.coding.scheme import Axis, Scheme
from evidence.eppi.account import Ledger, Repair
from evidence.eppi.export import AppliedCode, CodedReference, CodeType, Export, Highlight, Outcome
from evidence.eppi.outcome_numbers import fields_of_numbers
from evidence.eppi.schemes import AXES, CLASSIFICATION, TakenSets, as_schemes

ARM, ARM_BY_TITLE, TIME, FINDING = "arm", "armtitle", "time", "outcome"
"""How uids begin; EPPI's number follows. Uids have six characters at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFinding:
    """A finding by its fields (`coding.finding_fields`)."""

    uid: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedWords:
    """Words of a document on which an answer rests; they are looked for when the document comes.

    Attributes:
        question, code, arm: the answer, as in its row.
    """

    question: str
    code: str
    arm: str
    highlight: Highlight


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCoding:
    """What is coded of a study with one scheme.

    Attributes:
        scheme: its id.
    """

    scheme: str
    rows: tuple[AnswerRow, ...] = ()
    findings: tuple[TypedFinding, ...] = ()
    quotations: tuple[QuotedWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStudy:
    """A reference with what is coded of it.

    Attributes:
        label: as people name the study.
        status: I, E, D or S; "" where the export does not say.
    """

    record: Record
    label: str
    status: str = ""
    arms: tuple[ExportedArm, ...] = ()
    time_points: tuple[ExportedTimePoint, ...] = ()
    codings: tuple[StudyCoding, ...] = ()

    @property
    def is_coded(self) -> bool:
        """Whether anything is coded of it; then it becomes a study."""
        return bool(self.codings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReview:
    """Schemes, and studies coded with them.

    Attributes:
        repairs: what has no place here, or another one than in the export.
    """

    schemes: tuple[Scheme, ...]
    studies: tuple[CodedStudy, ...]
    repairs: tuple[Repair, ...] = ()


def review_of(export: Export) -> CodedReview:
    """The schemes and codings of an export. Nothing that the export kept is lost here."""
    ledger = Ledger()
    taken = as_schemes(export.sets, ledger)
    coding = _Coding(taken, ledger)
    studies = tuple(coding.study(each) for each in export.references)
    return CodedReview(schemes=taken.schemes, studies=studies, repairs=ledger.repairs)


def arm_uid(key: str) -> str:
    """The uid of an arm, by its key in the export."""
    return f"{ARM}{int(key):06}" if key.isdecimal() else f"{ARM_BY_TITLE}{key.rpartition('-')[2]}"


@dataclass(slots=True)
class _OneCoding:
    """What is coded with one scheme so far; rows by question, code and arm."""

    rows: dict[tuple[str, str, str], AnswerRow] = field(default_factory=dict)
    findings: list[TypedFinding] = field(default_factory=list)
    quotations: dict[tuple[str, str, str], list[QuotedWords]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Coding:
    taken: TakenSets
    ledger: Ledger

    def study(self, reference: CodedReference) -> CodedStudy:
        codings: dict[str, _OneCoding] = {}
        place = f"reference {reference.record.line}"
        for applied in reference.applied:
            self.answer(applied, codings, place)
        uids: set[str] = set()
        for outcome in reference.outcomes:
            scheme = self.scheme_of(outcome)
            finding = self.finding(outcome, reference, scheme, uids)
            codings.setdefault(scheme.id, _OneCoding()).findings.append(finding)
        normal = reference.record.reference
        return CodedStudy(
            record=reference.record,
            label=reference.label or normal.title or place.capitalize(),
            status=reference.status,
            arms=tuple(ExportedArm(uid=arm_uid(a.key), label=a.title) for a in reference.arms),
            time_points=tuple(
                ExportedTimePoint(uid=_time_uid(each.id), label=each.label)
                for each in reference.time_points
            ),
            codings=tuple(
                StudyCoding(
                    scheme=scheme.id,
                    rows=tuple(own.rows.values()),
                    findings=tuple(own.findings),
                    quotations=tuple(each for group in own.quotations.values() for each in group),
                )
                for scheme in self.taken.schemes
                if (own := codings.get(scheme.id))
            ),
        )

    def answer(self, applied: AppliedCode, codings: dict[str, _OneCoding], place: str) -> None:
        stands = self.taken.places[applied.code]
        own = codings.setdefault(stands.scheme, _OneCoding())
        arm = arm_uid(applied.arm) if applied.arm else ""
        where = (stands.question, stands.option, arm)
        before, note = own.rows.get(where), applied.note
        if before is not None:
            sentence = "A code was applied twice to one arm; notes and words were put together."
            self.ledger.repair(f"{place}, code {applied.code}", sentence)
            note = "\n".join(dict.fromkeys(filter(None, (before.note, note))))
        own.rows[where] = AnswerRow(
            question=stands.question, code=stands.option, arm=arm, chosen=True, note=note
        )
        own.quotations.setdefault(where, []).extend(
            QuotedWords(question=stands.question, code=stands.option, arm=arm, highlight=each)
            for each in applied.highlights
        )

    def scheme_of(self, outcome: Outcome) -> Scheme:
        """The scheme of an outcome: whose codes it names, else the first with codes for outcomes.

        An export does not say it.
        """
        named = [(code, AXES[axis]) for axis, code, _ in _named(outcome)]
        named += [(code, CodeType.CLASSIFICATION) for code, _ in outcome.classification]
        at = [(self.taken.places.get(code), kind) for code, kind in named]
        ids = [stands.scheme for stands, kind in at if stands and stands.type is kind]
        schemes = {scheme.id: scheme for scheme in self.taken.schemes}
        if ids:
            return schemes[ids[0]]
        with_axes = (each for each in schemes.values() if any(map(each.axis, Axis)))
        return next(with_axes, self.taken.schemes[0])

    def finding(
        self, outcome: Outcome, reference: CodedReference, scheme: Scheme, uids: set[str]
    ) -> TypedFinding:
        place = f"reference {reference.record.line}, outcome “{outcome.title or outcome.id}”"
        read = fields_of_numbers(outcome.type, outcome.numbers)
        if read.beside:
            sentence = "Numbers that no field of a finding takes stand in its note."
            self.ledger.repair(place, sentence)
        points = {point.id: point for point in reference.time_points}
        fields = {
            **self.axes(outcome, scheme),
            "measure": outcome.title,
            "time": _time_uid(outcome.time_point) if outcome.time_point in points else "",
            "arm_intervention": arm_uid(outcome.arm_1) if outcome.arm_1 else "",
            "arm_comparison": arm_uid(outcome.arm_2) if outcome.arm_2 else "",
            **read.fields,
            **self.classified(outcome, scheme),
        }
        notes = [outcome.description, *self.named_besides(outcome, scheme), *read.beside]
        fields["note"] = "\n".join(filter(None, notes))
        too_long = [name for name, text in fields.items() if len(text) > LONGEST_FIELD]
        if too_long:
            sentence = f"A text of an outcome was cut after {LONGEST_FIELD:,} characters."
            self.ledger.repair(place, sentence)
        uid = f"{FINDING}{outcome.id}"
        number = 1
        while uid in uids:
            number += 1
            uid = f"{FINDING}{outcome.id}x{number}"
        uids.add(uid)
        texts = {name: text[:LONGEST_FIELD] for name, text in fields.items() if text.strip()}
        return TypedFinding(uid=uid, fields=texts)

    def axes(self, outcome: Outcome, scheme: Scheme) -> dict[str, str]:
        """Where the outcome stands on the axes of its scheme."""
        fields: dict[str, str] = {}
        for axis, code, _ in _named(outcome):
            stands = self.taken.places.get(code)
            if stands and scheme.axis_option(axis, stands.option) and stands.type is AXES[axis]:
                fields[axis.value] = stands.option
        return fields

    def named_besides(self, outcome: Outcome, scheme: Scheme) -> Iterator[str]:
        """What an outcome names that is on no axis of its scheme, for the note."""
        on_axes = self.axes(outcome, scheme)
        for axis, code, text in _named(outcome):
            name = text or (f"code {code}" if code else "")
            if name and axis.value not in on_axes:
                yield f"{axis.value.capitalize()}: {name}"
        options = self.classes(scheme)
        for code, note in outcome.classification:
            stands = self.taken.places.get(code)
            if stands is None or stands.option not in options:
                yield f"Classification: {': '.join(filter(None, (f'code {code}', note)))}"

    def classes(self, scheme: Scheme) -> set[str]:
        question = scheme.question(CLASSIFICATION)
        return {option.id for option in question.walk()} if question else set()

    def classified(self, outcome: Outcome, scheme: Scheme) -> dict[str, str]:
        options = self.classes(scheme)
        stands = [(self.taken.places.get(code), note) for code, note in outcome.classification]
        codes = [at.option for at, _ in stands if at and at.option in options]
        notes = [note for at, note in stands if at and at.option in options and note]
        return {
            ANSWER + CLASSIFICATION: " ".join(dict.fromkeys(codes)),
            ANSWER_NOTE + CLASSIFICATION: "\n".join(dict.fromkeys(notes)),
        }


def _named(outcome: Outcome) -> Iterable[tuple[Axis, int, str]]:
    return (
        (Axis.INTERVENTION, outcome.intervention, outcome.intervention_text),
        (Axis.OUTCOME, outcome.outcome, outcome.outcome_text),
        (Axis.CONTRAST, outcome.comparison, outcome.comparison_text),
    )


def _time_uid(identifier: int) -> str:
    return f"{TIME}{identifier:06}"
