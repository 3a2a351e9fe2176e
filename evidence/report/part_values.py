"""What a live part said when somebody wrote it, so that they see later what it said before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.report.live_content import LiveContent, NotLive, ReportFigure, ReportList, ReportTable
from evidence.report.statements import Statement

LONGEST = 500  # characters of a sentence that are kept
VERSION = "2:"
"""Begins digests of what a reader sees. Those of an early Waymark, which begin with nothing, were
of the values in memory, with numbers that are others in another installation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartValue:
    """What a live part said.

    Attributes:
        digest: another one where it says, shows or rests on something else.
        text: the sentence or number, or its beginning; empty for tables, figures and lists.
    """

    digest: str
    text: str = ""


def part_value(
    content: LiveContent, labels: Mapping[int, str], shown: str = ""
) -> PartValue | None:
    """What a live part says; None where it cannot be filled.

    Args:
        content: what it came to.
        labels: of the studies, by id; ids themselves are in no value.
        shown: for a figure, its title, words and numbers.
    """
    if isinstance(content, NotLive):
        return None
    seen = [*_seen(content, labels), shown]
    digest = VERSION + _digest(json.dumps(seen, ensure_ascii=False))
    text = content.text if isinstance(content, Statement) else ""
    return PartValue(digest=digest, text=f"{text[: LONGEST - 1]}…" if len(text) > LONGEST else text)


def is_other(kept: PartValue, now: PartValue, content: LiveContent, shown_then: str = "") -> bool:
    """Whether a live part says something else than was kept.

    What an early Waymark kept of a sentence is compared by its words, of all else by the digest as
    it was made then: nothing is told as changed only because digests are made another way now.

    Args:
        kept: what it said then.
        now: what it says now, as `part_value` gives it.
        content: from what.
        shown_then: for a figure, its words and numbers as an early Waymark put them.
    """
    if kept.digest.startswith(VERSION):
        return kept.digest != now.digest
    if kept.text or now.text:
        return kept.text != now.text
    return kept.digest != _digest(f"{content!r}{shown_then}")


def _seen(
    content: Statement | ReportTable | ReportFigure | ReportList, labels: Mapping[int, str]
) -> list[Any]:
    """What a reader sees of it, with the names of the studies to which it leads."""
    match content:
        case Statement():
            return ["words", content.text, _names(content.studies, labels)]
        case ReportTable():
            rows = [[list(row.cells), _names(row.studies, labels)] for row in content.rows]
            return ["table", content.caption, list(content.head), rows, content.note]
        case ReportList():
            lines = [[line.text, _names(line.studies, labels)] for line in content.lines]
            return ["list", lines, content.empty]
        case ReportFigure():
            return ["figure", content.name, _names(content.studies, labels)]


def _names(studies: Iterable[int], labels: Mapping[int, str]) -> list[str]:
    return sorted(labels[study] for study in studies if study in labels)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
