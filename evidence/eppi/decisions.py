"""Screening decisions in a JSON report of EPPI-Reviewer.

A report holds code sets and references. A code of a screening set is an Include or an Exclude; the
name of an Exclude is its reason. Older reports leave out keys that are empty.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.citations.identifiers import doi
from evidence.citations.names import names
from evidence.citations.record import Reference
from evidence.screening.external_decisions import Elsewhere, Tool
from evidence.screening.verdicts import Verdict

_TYPES = {"Include": Verdict.INCLUDE, "Exclude": Verdict.EXCLUDE}
_DEEPEST = 20  # levels of codes; EPPI-Reviewer has ten


@dataclass(frozen=True, slots=True)
class Screened:
    """A reference of a report, and what was decided on it."""

    reference: Reference
    decisions: tuple[Elsewhere, ...]


def is_report(data: bytes) -> bool:
    """Whether this looks like such a report."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"References"' in data


def screened(data: bytes) -> list[Screened]:
    """The references of a report with their decisions; empty where it is none.

    A report without a screening set says nothing; the flag of a reference (`ItemStatus`) is no
    decision of a person and is not read.
    """
    try:
        report = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    if not isinstance(report, Mapping):
        return []
    codes = dict(_codes(report))
    return [
        Screened(_reference(one), tuple(_decisions(one, codes)))
        for one in _mappings(report.get("References"))
    ]


def _codes(report: Mapping[str, Any]) -> Iterator[tuple[int, tuple[str, Verdict]]]:
    for code_set in _mappings(report.get("CodeSets")):
        yield from _below(code_set, 0)


def _below(holder: Mapping[str, Any], depth: int) -> Iterator[tuple[int, tuple[str, Verdict]]]:
    attributes = holder.get("Attributes")
    if not isinstance(attributes, Mapping) or depth > _DEEPEST:
        return
    for one in _mappings(attributes.get("AttributesList")):
        verdict = _TYPES.get(str(one.get("AttributeType")))
        if verdict and isinstance(one.get("AttributeId"), int):
            yield one["AttributeId"], (str(one.get("AttributeName", "")).strip(), verdict)
        yield from _below(one, depth + 1)


def _decisions(
    reference: Mapping[str, Any], codes: Mapping[int, tuple[str, Verdict]]
) -> Iterator[Elsewhere]:
    given = [
        (codes[code["AttributeId"]], str(code.get("AdditionalText") or "").strip())
        for code in _mappings(reference.get("Codes"))
        if code.get("AttributeId") in codes
    ]
    for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE):
        said = [(name, text) for (name, each), text in given if each is verdict]
        if said:
            yield Elsewhere(
                tool=Tool.EPPI,
                verdict=verdict,
                reasons=tuple(name for name, _ in said if name)
                if verdict is Verdict.EXCLUDE
                else (),
                note="; ".join(text for _, text in said if text),
            )


def _reference(one: Mapping[str, Any]) -> Reference:
    def text(name: str) -> str:
        return str(one.get(name) or "").strip()

    year = text("Year")
    return Reference(
        title=text("Title"),
        authors=names([text("Authors")]),
        year=int(year) if year.isdecimal() else None,
        journal=text("ParentTitle"),
        volume=text("Volume"),
        issue=text("Issue"),
        pages=text("Pages"),
        doi=doi(text("DOI")),
        abstract=text("Abstract"),
    )


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))
