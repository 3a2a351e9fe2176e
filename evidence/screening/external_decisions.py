"""Decisions that were made in another tool, as the exports of the tools carry them.

Rayyan writes them into the notes of its records, ASReview into columns or notes, EPPI-Reviewer
into the codes of its JSON (evidence/eppi), and this program into columns of its own.
Covidence writes one file for each list and no verdict: there people say what the file is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.citations.record import Record
from evidence.screening.verdicts import Stage, Verdict


class Tool(StrEnum):
    """Where decisions come from; the value is what people read."""

    WAYMARK = "Waymark"
    RAYYAN = "Rayyan"
    ASREVIEW = "ASReview"
    COVIDENCE = "Covidence"
    EPPI = "EPPI-Reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalDecision:
    """A decision on a record that was made in another tool.

    Attributes:
        person: as the tool names them; empty where it does not say.
        verdict: None where the tool says none; then people say what the whole file is.
        stage: None where the tool does not know stages as we do.
        at: when it was made, as the tool writes it.
    """

    tool: Tool
    person: str = ""
    verdict: Verdict | None = None
    stage: Stage | None = None
    reasons: tuple[str, ...] = ()
    note: str = ""
    seconds: float | None = None
    at: str = ""


_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*\[?\s*"((?:[^"\\]|\\.)*)"')
_RAYYAN = {
    "included": Verdict.INCLUDE,
    "excluded": Verdict.EXCLUDE,
    "maybe": Verdict.MAYBE,
}
_ASREVIEW_NOTES = {"asreview_relevant": Verdict.INCLUDE, "asreview_irrelevant": Verdict.EXCLUDE}
_LABELS = {
    "1": Verdict.INCLUDE,
    "1.0": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE,
    "0.0": Verdict.EXCLUDE,
}
_ASREVIEW_LABELS = ("asreview_label", "included", "label_included")
_COVIDENCE_REASON = re.compile(r"exclusion reason:\s*([^;\n]+)", re.IGNORECASE)


def decisions_in(record: Record) -> list[ExternalDecision]:
    """The decisions that a record of an export carries; empty where it carries none."""
    fields = {name.casefold().strip(): value.strip() for name, value in record.fields}
    texts = [*record.reference.notes, *(value for _, value in record.fields)]
    for decisions in (
        list(_waymark(fields)),
        list(_rayyan(texts)),
        list(_asreview(fields, texts)),
        list(_covidence(fields)),
    ):
        if decisions:
            return decisions
    return []


def _waymark(fields: Mapping[str, str]) -> Iterator[ExternalDecision]:
    verdict, stage = fields.get("verdict", ""), fields.get("stage", "")
    if "person" not in fields or verdict not in set(Verdict) or stage not in set(Stage):
        return
    seconds = fields.get("seconds", "")
    yield ExternalDecision(
        tool=Tool.WAYMARK,
        person=fields["person"],
        verdict=Verdict(verdict),
        stage=Stage(stage),
        reasons=_parted(fields.get("reasons", ""), ";"),
        note=fields.get("note", ""),
        seconds=float(seconds) if re.fullmatch(r"\d+(\.\d+)?", seconds) else None,
        at=fields.get("at", ""),
    )


def _rayyan(texts: list[str]) -> Iterator[ExternalDecision]:
    text = next((text for text in texts if "RAYYAN-INCLUSION:" in text), "")
    if not text:
        return
    parts = dict(_rayyan_parts(text))
    reasons = _parted(parts.get("RAYYAN-EXCLUSION-REASONS", ""), ",")
    notes = dict(_PAIR.findall(parts.get("USER-NOTES", "")))
    for person, word in _PAIR.findall(parts["RAYYAN-INCLUSION"]):
        verdict = _RAYYAN.get(word.casefold())
        if verdict:
            yield ExternalDecision(
                tool=Tool.RAYYAN,
                person=person,
                verdict=verdict,
                reasons=reasons if verdict is Verdict.EXCLUDE else (),
                note=notes.get(person, ""),
            )


def _rayyan_parts(text: str) -> Iterator[tuple[str, str]]:
    heads = list(re.finditer(r"\b(RAYYAN-[A-Z-]+|USER-NOTES):\s*", text))
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        value = text[head.end() : after.start() if after else None]
        yield head[1], value.strip().strip("|").strip()


def _asreview(fields: Mapping[str, str], texts: list[str]) -> Iterator[ExternalDecision]:
    named = (_LABELS.get(fields[name]) for name in _ASREVIEW_LABELS if name in fields)
    noted = (
        _ASREVIEW_NOTES[word.casefold()]
        for text in texts
        for word in re.findall(r"asreview_(?:ir)?relevant", text, re.IGNORECASE)
    )
    verdict = next((v for v in (*named, *noted) if v), None)
    if verdict:
        yield ExternalDecision(
            tool=Tool.ASREVIEW,
            person=fields.get("asreview_user_name", ""),
            verdict=verdict,
            note=fields.get("asreview_note", "") or fields.get("exported_notes", ""),
            at=fields.get("asreview_time", ""),
        )


def _covidence(fields: Mapping[str, str]) -> Iterator[ExternalDecision]:
    if "covidence #" in fields:
        reason = _COVIDENCE_REASON.search(fields.get("notes", "") + "\n" + fields.get("tags", ""))
        yield ExternalDecision(tool=Tool.COVIDENCE, reasons=(reason[1].strip(),) if reason else ())


def _parted(text: str, by: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(by) if part.strip()))
