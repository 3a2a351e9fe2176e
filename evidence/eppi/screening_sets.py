"""Screening sets of an export that shall be stages of screening, and no coding schemes."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from evidence.eppi.account import Account, Ledger, Part
from evidence.eppi.decisions import VerdictCodes, verdict_codes
from evidence.eppi.export import (
    AppliedCode,
    Code,
    CodedReference,
    CodeSet,
    CodeType,
    Export,
    SetType,
)
from evidence.screening.external_decisions import ExternalDecision
from evidence.screening.verdicts import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningSet:
    """A set by which references were screened.

    Attributes:
        number: its place among the sets that were read, from 1.
        id: EPPI's number of it; None where the file gives none.
        includes, excludes: names of its codes, each once.
    """

    number: int
    id: int | None
    name: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedExport:
    """An export of which some sets are stages.

    Attributes:
        export: without these sets and what was coded with them; its account tells what of them
            has no place in a decision.
        decisions: by the line of the reference; two that contradict each other stay two.
    """

    export: Export
    decisions: Mapping[int, tuple[ExternalDecision, ...]]


def screening_sets(export: Export) -> tuple[ScreeningSet, ...]:
    """The screening sets of an export that have codes to include or exclude by."""
    found = (_screening_set(number, each) for number, each in enumerate(export.sets, 1))
    return tuple(each for each in found if each is not None)


def _screening_set(number: int, code_set: CodeSet) -> ScreeningSet | None:
    if code_set.type is not SetType.SCREENING:
        return None
    codes = verdict_codes([code_set]).by_id.values()
    if not codes:
        return None
    names = {
        kind: tuple(dict.fromkeys(code.name for code in codes if code.type is kind))
        for kind in (CodeType.INCLUDE, CodeType.EXCLUDE)
    }
    return ScreeningSet(
        number=number,
        id=code_set.id,
        name=code_set.name,
        includes=names[CodeType.INCLUDE],
        excludes=names[CodeType.EXCLUDE],
    )


def with_stages(export: Export, stages: Mapping[int, Stage]) -> StagedExport:
    """An export of which these screening sets, by their numbers, are stages.

    Args:
        export: as it was read.
        stages: what each set decides about.
    """
    if not stages:
        return StagedExport(export=export, decisions={})
    ledger = Ledger()
    taking = [
        _Taking(code_set, stages[number], ledger)
        for number, code_set in enumerate(export.sets, 1)
        if number in stages
    ]
    for each in taking:
        each.tell_of_codes()
    decisions = {
        reference.record.line: tuple(d for each in taking for d in each.decisions(reference))
        for reference in export.references
    }
    sets = tuple(each for number, each in enumerate(export.sets, 1) if number not in stages)
    gone = {id_ for each in taking for id_ in each.own}
    references = tuple(
        _without(each, gone, ledger, has_sets=bool(sets)) for each in export.references
    )
    return StagedExport(
        export=replace(
            export, sets=sets, references=references, account=_account(export.account, ledger)
        ),
        decisions={line: some for line, some in decisions.items() if some},
    )


@dataclass(slots=True)
class _Taking:
    """One set on its way to a stage; what does not go there is told."""

    code_set: CodeSet
    stage: Stage
    ledger: Ledger
    own: dict[int, Code] = field(init=False)
    codes: VerdictCodes = field(init=False)

    def __post_init__(self) -> None:
        self.own = {code.id: code for code in self.code_set.walk() if code.id is not None}
        self.codes = verdict_codes([self.code_set])

    @property
    def place(self) -> str:
        return f"set “{self.code_set.name}”"

    def tell_of_codes(self) -> None:
        if self.code_set.description:
            self.ledger.repair(self.place, "What explains a set is not kept with a stage.")
        for code in self.code_set.walk():
            here = f"{self.place}, code “{code.name}”"
            if code.id is None or code.id not in self.codes.by_id:
                sentence = "A code that neither includes nor excludes has no place in a stage."
                self.ledger.leave_out(Part.CODES, here, sentence)
            elif code.description or code.link:
                self.ledger.repair(here, "What explains a code is not kept with a reason.")

    def decisions(self, reference: CodedReference) -> Iterator[ExternalDecision]:
        for applied in reference.applied:
            if applied.code in self.own:
                self._tell_of(applied, self.own[applied.code], reference)
        yield from self.codes.decisions(reference, self.stage)

    def _tell_of(self, applied: AppliedCode, code: Code, reference: CodedReference) -> None:
        here = f"reference {reference.record.line}, code “{code.name}”"
        if code.id not in self.codes.by_id:
            sentence = "A code of a screening set that neither includes nor excludes was applied."
            self.ledger.leave_out(Part.APPLIED, here, sentence)
            lost = f"Lost with its code: {sentence[0].lower()}{sentence[1:]}"
            self.ledger.leave_out(Part.NOTES, here, lost, int(bool(applied.note)))
            self.ledger.leave_out(Part.QUOTATIONS, here, lost, len(applied.highlights))
            return
        if applied.arm:
            sentence = "A reference was screened for one arm; a decision is about all of it."
            self.ledger.repair(here, sentence)
        sentence = "Words were highlighted for a decision, which has no quotations."
        self.ledger.leave_out(Part.QUOTATIONS, here, sentence, len(applied.highlights))


def _without(
    reference: CodedReference, gone: Collection[int], ledger: Ledger, *, has_sets: bool
) -> CodedReference:
    """A reference without what was coded with these codes; where no set is left, outcomes belong
    to none.
    """
    left = replace(
        reference, applied=tuple(each for each in reference.applied if each.code not in gone)
    )
    if has_sets or not reference.outcomes:
        return left
    sentence = "No code set is left, and an outcome belongs to one."
    place = f"reference {reference.record.line}"
    ledger.leave_out(Part.OUTCOMES, place, sentence, len(reference.outcomes))
    return replace(left, outcomes=())


def _account(account: Account, ledger: Ledger) -> Account:
    """The account of a file with what the stages left out; so in the file = kept + left out."""
    more: Counter[Part] = Counter()
    for each in ledger.left_out:
        more[each.part] += each.number
    return replace(
        account,
        kept={part: number - more[part] for part, number in account.kept.items()},
        left_out=(*account.left_out, *ledger.left_out),
        repairs=(*account.repairs, *ledger.repairs),
    )
