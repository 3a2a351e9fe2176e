"""Screening decisions in a JSON report of EPPI-Reviewer.

A report holds code sets and references. A code of a screening set is an Include or an Exclude; the
name of an Exclude is its reason. Older reports leave out keys that are empty.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from evidence.citations.dates import year
from evidence.citations.identifiers import doi
from evidence.citations.names import names
from evidence.citations.record import Reference
from evidence.screening.external_decisions import ExternalDecision, Tool
from evidence.screening.verdicts import Verdict

_VERDICTS = {"Include": Verdict.INCLUDE, "Exclude": Verdict.EXCLUDE}
_DEEPEST = 20  # levels of codes; EPPI-Reviewer has ten

Json = Mapping[str, Any]
"""An object of the report."""


@dataclass(frozen=True, slots=True)
class ScreenedReference:
    """A reference of a report, and what was decided on it."""

    reference: Reference
    decisions: tuple[ExternalDecision, ...]


class _Code(NamedTuple):
    """A code of a screening set; the name of one that excludes is the reason."""

    name: str
    verdict: Verdict


def is_report(data: bytes) -> bool:
    """Whether a file looks like a JSON report of EPPI-Reviewer."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"References"' in data


def read_report(data: bytes) -> list[ScreenedReference]:
    """The references of a report with their decisions; empty where the file is no report.

    A report without a screening set holds no decisions; the flag of a reference (`ItemStatus`) is
    no decision of a person and is not read.
    """
    try:
        report = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    if not isinstance(report, Mapping):
        return []
    codes = dict(_codes(report))
    return [
        ScreenedReference(_reference(item), tuple(_decisions(item, codes)))
        for item in _objects(report.get("References"))
    ]


def _codes(report: Json) -> Iterator[tuple[int, _Code]]:
    """The codes that include or exclude, by their ids."""
    for code_set in _objects(report.get("CodeSets")):
        yield from _codes_below(code_set, 0)


def _codes_below(parent: Json, depth: int) -> Iterator[tuple[int, _Code]]:
    attributes = parent.get("Attributes")
    if not isinstance(attributes, Mapping) or depth > _DEEPEST:
        return
    for attribute in _objects(attributes.get("AttributesList")):
        verdict = _VERDICTS.get(str(attribute.get("AttributeType")))
        if verdict and isinstance(attribute.get("AttributeId"), int):
            name = str(attribute.get("AttributeName", "")).strip()
            yield attribute["AttributeId"], _Code(name, verdict)
        yield from _codes_below(attribute, depth + 1)


def _decisions(item: Json, codes: Mapping[int, _Code]) -> Iterator[ExternalDecision]:
    """At most two decisions on a reference: one of all codes that include, one of the others."""
    coded = [
        (codes[code["AttributeId"]], str(code.get("AdditionalText") or "").strip())
        for code in _objects(item.get("Codes"))
        if isinstance(code.get("AttributeId"), int) and code["AttributeId"] in codes
    ]
    for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE):
        of_verdict = [(code.name, note) for code, note in coded if code.verdict is verdict]
        if of_verdict:
            reasons = tuple(name for name, _ in of_verdict if name)
            yield ExternalDecision(
                tool=Tool.EPPI,
                verdict=verdict,
                reasons=reasons if verdict is Verdict.EXCLUDE else (),
                note="; ".join(note for _, note in of_verdict if note),
            )


def _reference(item: Json) -> Reference:
    def text(name: str) -> str:
        return str(item.get(name) or "").strip()

    return Reference(
        title=text("Title"),
        authors=names([text("Authors")]),
        year=year(text("Year")),
        journal=text("ParentTitle"),
        volume=text("Volume"),
        issue=text("Issue"),
        pages=text("Pages"),
        doi=doi(text("DOI")),
        abstract=text("Abstract"),
    )


def _objects(value: object) -> Iterator[Json]:
    """The objects of a list; nothing where there is no list."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))
