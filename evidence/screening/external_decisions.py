"""Decisions that were made in another tool, as the exports of the tools carry them.

Rayyan writes them into the notes of its records, ASReview into columns or notes, EPPI-Reviewer
into the codes of its JSON (evidence/eppi), and this program into columns of its own.
Covidence writes one file for each list and no verdict: there people say what the file is.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
        note: several of one person are joined by a semicolon.
        at: when it was made, as the tool writes it.
        resolves: it ends a conflict for all, or takes such an end back, and is nobody's vote.
    """

    tool: Tool
    person: str = ""
    verdict: Verdict | None = None
    stage: Stage | None = None
    reasons: tuple[str, ...] = ()
    note: str = ""
    seconds: float | None = None
    at: str = ""
    resolves: bool = False


COLUMNS_NEEDED = ("person", "stage", "verdict")
"""The columns of our own table without which a row is no decision; beside a title or a DOI."""

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rf'({_QUOTED})\s*=>\s*({_QUOTED}|\[[^\]"]*(?:{_QUOTED}[^\]"]*)*\])')
_RAYYAN_HEAD = re.compile(r"\b(RAYYAN-[A-Z-]+|USER-NOTES):\s*")
_RAYYAN = {
    "included": Verdict.INCLUDE,
    "excluded": Verdict.EXCLUDE,
    "maybe": Verdict.MAYBE,
}
_ASREVIEW_LABEL = "asreview_label"
_OLD_LABELS = ("included", "label_included")  # columns of version 1, and of data sets
_ASREVIEW_MARKS = re.compile(r"\basreview_(relevant|irrelevant|not_seen)\b", re.IGNORECASE)
_ASREVIEW_MARKED = {"relevant": Verdict.INCLUDE, "irrelevant": Verdict.EXCLUDE}
_ASREVIEW_NOTE = re.compile(r"(asreview_(?:time|note|user_name|user_email)):\s*(.*)", re.DOTALL)
_ASREVIEW_TAG = "asreview_tag_"
_LABELS = {
    "1": Verdict.INCLUDE,
    "1.0": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE,
    "0.0": Verdict.EXCLUDE,
}
_COVIDENCE_REASON = re.compile(r"exclusion reason:\s*([^;\n]+)", re.IGNORECASE)


def decisions_in(record: Record, columns: Collection[str] = ()) -> list[ExternalDecision]:
    """The decisions that a record of an export carries; empty where it carries none.

    Args:
        record: of the file.
        columns: the headings of the table that holds it. Where ASReview has its own column, an
            empty cell there is no decision, whatever older columns say.
    """
    fields, texts = _fields(record), _texts(record)
    for decisions in (
        list(_waymark(fields)),
        list(_rayyan(texts)),
        list(_asreview(fields, texts, columns)),
        list(_covidence(fields)),
    ):
        if decisions:
            return decisions
    return []


def columns_lacking(columns: Collection[str]) -> tuple[str, ...]:
    """Which columns our own table needs and this one has not; none of a table of another tool."""
    present = {name.casefold().strip() for name in columns}
    if not present.isdisjoint({_ASREVIEW_LABEL, *_OLD_LABELS, "covidence #"}):
        return ()
    return tuple(name for name in COLUMNS_NEEDED if name not in present)


def not_understood(record: Record) -> list[str]:
    """What stands in the places of decisions and is none, each as the end of a sentence."""
    fields, told = _fields(record), []
    kinds: tuple[tuple[str, type[StrEnum]], ...] = (("verdict", Verdict), ("stage", Stage))
    if not decisions_in(record):
        for name, known in kinds:
            if fields.get(name) and fields[name] not in set(known):
                told.append(f"the {name} “{fields[name]}” is not known; known are {_listed(known)}")
    label = fields.get(_ASREVIEW_LABEL)
    if label and label not in _LABELS:
        told.append(f"the {_ASREVIEW_LABEL} “{label}” is not known; known are 1 and 0")
    parts = dict(_rayyan_parts(_rayyan_text(_texts(record))))
    for person, words in _pairs(parts.get("RAYYAN-INCLUSION", "")):
        if words and words[0].casefold() not in _RAYYAN:
            known_words = ", ".join(word.capitalize() for word in _RAYYAN)
            told.append(f"“{words[0]}” of {person} is not known; known are {known_words}")
    return told


def _listed(codes: type[StrEnum]) -> str:
    return ", ".join(codes)


def labels_in(record: Record) -> tuple[str, ...]:
    """The labels that people put on a record in Rayyan, Covidence or ASReview."""
    fields = _fields(record)
    parts = dict(_rayyan_parts(_rayyan_text(_texts(record))))
    labels = [*_parted(parts.get("RAYYAN-LABELS", ""), ",")]
    if "covidence #" in fields:
        tags = _COVIDENCE_REASON.sub("", fields.get("tags", ""))
        labels += _parted(tags, ";")
    labels += (
        name.removeprefix(_ASREVIEW_TAG).replace("_", " ").strip()
        for name, value in fields.items()
        if name.startswith(_ASREVIEW_TAG) and _LABELS.get(value) is Verdict.INCLUDE
    )
    return tuple(dict.fromkeys(" ".join(label.split()) for label in labels if label.strip()))


def _fields(record: Record) -> dict[str, str]:
    return {name.casefold().strip(): value.strip() for name, value in record.fields}


def _texts(record: Record) -> list[str]:
    """All texts of a record, each once."""
    texts = (*record.reference.notes, *(value for _, value in record.fields))
    return list(dict.fromkeys(texts))


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
        resolves=fields.get("settles", "").casefold() == "true",
    )


def _rayyan(texts: Sequence[str]) -> Iterator[ExternalDecision]:
    parts = dict(_rayyan_parts(_rayyan_text(texts)))
    reasons = _parted(parts.get("RAYYAN-EXCLUSION-REASONS", ""), ",")
    notes: dict[str, list[str]] = {}
    for person, values in _pairs(parts.get("USER-NOTES", "")):
        notes.setdefault(person, []).extend(values)
    for person, words in _pairs(parts.get("RAYYAN-INCLUSION", "")):
        verdict = _RAYYAN.get(words[0].casefold()) if words else None
        if verdict:
            yield ExternalDecision(
                tool=Tool.RAYYAN,
                person=person,
                verdict=verdict,
                reasons=reasons if verdict is Verdict.EXCLUDE else (),
                note="; ".join(notes.get(person, ())),
            )


def _rayyan_text(texts: Sequence[str]) -> str:
    """What Rayyan wrote into the notes of a record."""
    return " | ".join(text for text in texts if _RAYYAN_HEAD.search(text))


def _rayyan_parts(text: str) -> Iterator[tuple[str, str]]:
    heads = list(_RAYYAN_HEAD.finditer(text))
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        value = text[head.end() : after.start() if after else None]
        yield head[1], value.strip().strip("|").strip()


def _pairs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each name with what is said of it: `{"Anna"=>["one note", "another"]}`."""
    for name, values in _PAIR.findall(text):
        yield _unquoted(name), [_unquoted(value) for value in re.findall(_QUOTED, values)]


def _unquoted(text: str) -> str:
    """What stands between quotation marks, where a backslash protects a sign."""
    return re.sub(r"\\(.)", lambda sign: {"n": "\n", "t": "\t"}.get(sign[1], sign[1]), text[1:-1])


def _asreview(
    fields: Mapping[str, str], texts: Sequence[str], columns: Collection[str]
) -> Iterator[ExternalDecision]:
    noted = {match[1]: _plain(match[2]) for text in texts if (match := _noted(text))}
    values = {**noted, **fields}
    verdict = _asreview_verdict(fields, texts, columns)
    if verdict:
        notes = [
            value
            for name, value in values.items()
            if name == "asreview_note" or name.startswith("exported_notes")
        ]
        yield ExternalDecision(
            tool=Tool.ASREVIEW,
            person=values.get("asreview_user_name") or values.get("asreview_user_email", ""),
            verdict=verdict,
            note="; ".join(dict.fromkeys(note for note in notes if note)),
            at=values.get("asreview_time", ""),
        )


def _asreview_verdict(
    fields: Mapping[str, str], texts: Sequence[str], columns: Collection[str]
) -> Verdict | None:
    """What ASReview's label says; what it has not shown to anybody carries none."""
    if _ASREVIEW_LABEL in {*fields, *(name.casefold().strip() for name in columns)}:
        return _LABELS.get(fields.get(_ASREVIEW_LABEL, ""))
    for name in _OLD_LABELS:
        if fields.get(name) in _LABELS:
            return _LABELS[fields[name]]
    marks = [mark.casefold() for text in texts for mark in _ASREVIEW_MARKS.findall(text)]
    return _ASREVIEW_MARKED.get(marks[0]) if marks and "not_seen" not in marks else None


def _noted(text: str) -> re.Match[str] | None:
    """A note in which ASReview's RIS keeps one of its variables."""
    return _ASREVIEW_NOTE.fullmatch(text.strip())


def _plain(value: str) -> str:
    """A value without the quotation marks of JSON."""
    value = value.strip()
    if value.startswith('"'):
        try:
            return str(json.loads(value)).strip()
        except ValueError:
            return value.strip('"').strip()
    return value


def _covidence(fields: Mapping[str, str]) -> Iterator[ExternalDecision]:
    if "covidence #" in fields:
        reason = _COVIDENCE_REASON.search(fields.get("notes", "") + "\n" + fields.get("tags", ""))
        yield ExternalDecision(tool=Tool.COVIDENCE, reasons=(reason[1].strip(),) if reason else ())


def _parted(text: str, by: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(by) if part.strip()))
