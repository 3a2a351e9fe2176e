"""Screening decisions in an export of EPPI-Reviewer.

A code of a screening set is an Include or an Exclude; the name of an Exclude is its reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.citations.record import Reference
from evidence.eppi.export import AppliedCode, Code, CodedReference, CodeSet, CodeType
from evidence.eppi.read_export import Unreadable, read_export
from evidence.screening.external_decisions import ExternalDecision, Tool
from evidence.screening.verdicts import Stage, Verdict

_VERDICTS = {CodeType.INCLUDE: Verdict.INCLUDE, CodeType.EXCLUDE: Verdict.EXCLUDE}


@dataclass(frozen=True, slots=True)
class ScreenedReference:
    """A reference of a report, and what was decided on it."""

    reference: Reference
    decisions: tuple[ExternalDecision, ...]


@dataclass(frozen=True, slots=True)
class VerdictCodes:
    """The codes that include or exclude.

    Attributes:
        by_id: these codes.
        named: those that include beside others of their set, so that their names say something; a
            decision has them in its note.
    """

    by_id: Mapping[int, Code]
    named: frozenset[int]

    def decisions(
        self, reference: CodedReference, stage: Stage | None = None
    ) -> Iterator[ExternalDecision]:
        """At most two decisions on a reference: one of all codes that include, one of the others.

        Args:
            reference: with its codes.
            stage: at which was decided; None where people still have to say it.
        """
        coded = [(self.by_id[a.code], a) for a in reference.applied if a.code in self.by_id]
        for kind, verdict in _VERDICTS.items():
            of_verdict = [(code, applied) for code, applied in coded if code.type is kind]
            if of_verdict:
                excludes = verdict is Verdict.EXCLUDE
                reasons = tuple(dict.fromkeys(code.name for code, _ in of_verdict))
                notes = dict.fromkeys(self._note(*each) for each in of_verdict)
                yield ExternalDecision(
                    tool=Tool.EPPI,
                    verdict=verdict,
                    stage=stage,
                    reasons=reasons if excludes else (),
                    note="; ".join(filter(None, notes)),
                )

    def _note(self, code: Code, applied: AppliedCode) -> str:
        name = code.name if code.id in self.named else ""
        return ": ".join(filter(None, (name, applied.note)))


def verdict_codes(sets: Iterable[CodeSet]) -> VerdictCodes:
    """The codes of these sets that include or exclude."""
    by_id: dict[int, Code] = {}
    named: set[int] = set()
    for code_set in sets:
        own = {
            code.id: code
            for code in code_set.walk()
            if code.id is not None and code.type in _VERDICTS
        }
        by_id |= own
        includes = [id_ for id_, code in own.items() if code.type is CodeType.INCLUDE]
        named.update(includes if len(includes) > 1 else ())
    return VerdictCodes(by_id, frozenset(named))


def is_report(data: bytes) -> bool:
    """Whether a file looks like a JSON report of EPPI-Reviewer."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"References"' in data


def read_report(data: bytes) -> list[ScreenedReference]:
    """The references of a report with their decisions; empty where the file is no report.

    A report without a screening set holds no decisions; the flag of a reference (`ItemStatus`) is
    no decision of a person and is not read.
    """
    export = read_export(data, "")
    if isinstance(export, Unreadable):
        return []
    codes = verdict_codes(export.sets)
    return [
        ScreenedReference(each.record.reference, tuple(codes.decisions(each)))
        for each in export.references
    ]
