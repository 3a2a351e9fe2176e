"""Screening decisions in an export of EPPI-Reviewer.

A code of a screening set is an Include or an Exclude; the name of an Exclude is its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.citations.record import Reference
from evidence.eppi.export import Code, CodedReference, CodeType
from evidence.eppi.read_export import Unreadable, read_export
from evidence.screening.external_decisions import ExternalDecision, Tool
from evidence.screening.verdicts import Verdict

_VERDICTS = {CodeType.INCLUDE: Verdict.INCLUDE, CodeType.EXCLUDE: Verdict.EXCLUDE}


@dataclass(frozen=True, slots=True)
class ScreenedReference:
    """A reference of a report, and what was decided on it."""

    reference: Reference
    decisions: tuple[ExternalDecision, ...]


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
    codes = {
        code.id: code
        for code_set in export.sets
        for code in code_set.walk()
        if code.id is not None and code.type in _VERDICTS
    }
    return [
        ScreenedReference(each.record.reference, tuple(_decisions(each, codes)))
        for each in export.references
    ]


def _decisions(item: CodedReference, codes: Mapping[int, Code]) -> Iterator[ExternalDecision]:
    """At most two decisions on a reference: one of all codes that include, one of the others."""
    coded = [(codes[each.code], each.note) for each in item.applied if each.code in codes]
    for kind, verdict in _VERDICTS.items():
        of_verdict = [(code.name, note) for code, note in coded if code.type is kind]
        if of_verdict:
            reasons = tuple(name for name, _ in of_verdict)
            yield ExternalDecision(
                tool=Tool.EPPI,
                verdict=verdict,
                reasons=reasons if verdict is Verdict.EXCLUDE else (),
                note="; ".join(note for _, note in of_verdict if note),
            )
