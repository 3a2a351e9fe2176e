"""What a page sends of a report, read strictly: nothing in it is trusted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.report.live_tokens import LONGEST as LONGEST_TOKEN
from evidence.steps.coding.sent_fields import LONGEST_ID, UNREADABLE
from evidence.store.schema.column_types import clean

LONGEST_TEXT = 100_000  # characters of a section
LONGEST_TITLE = 300
MOST_BEFORE = 200  # marks that a page may have seen or sent of one section
OWN_KEY = re.compile(r"own-[0-9a-z]{6,40}")
"""Key of a section that somebody added."""
_KEY = re.compile(r"[a-z][a-z0-9-]{0,60}")
NO_TITLE = "A section needs a title."
LONG_TITLE = f"A title can have up to {LONGEST_TITLE} characters; shorten it."
LONG_TEXT = (
    f"A section can have up to {LONGEST_TEXT:,} characters; this one has {{length:,}}. Move a part "
    "of it into a section of its own."
)


class ActName(StrEnum):
    """What can be done to a section."""

    WRITE = "write"
    ADD = "add"
    MOVE = "move"
    REMOVE = "remove"
    BRING_BACK = "bring back"
    SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAct:
    """What somebody does to a section.

    Attributes:
        section: its key.
        before: marks of what the page has shown or sent of it; the empty one is the usual text.
        title, text: to be written or added.
        after: key of the section after which it is moved or added; empty for the first place.
        part, digest: of the live part that was seen (id of its token), and of what it said.
    """

    name: ActName
    section: str
    before: frozenset[str] = frozenset()
    title: str = ""
    text: str = ""
    after: str = ""
    part: str = ""
    digest: str = ""


def read(message: Mapping[str, Any]) -> ReportAct:
    """What a message asks for.

    Raises:
        Invalid: it cannot be read, or is too long.
    """
    name, section = message.get("act"), _text(message, "section", LONGEST_ID)
    if name not in list(ActName) or not _KEY.fullmatch(section):
        raise Invalid(UNREADABLE)
    act = ActName(str(name))
    writes = act in {ActName.WRITE, ActName.ADD}
    return ReportAct(
        name=act,
        section=section,
        before=_before(message),
        title=_title(message) if writes else "",
        text=_long_text(message) if writes else "",
        after=_text(message, "after", LONGEST_ID),
        part=_text(message, "part", LONGEST_TOKEN),
        digest=_text(message, "digest", LONGEST_ID),
    )


def _text(message: Mapping[str, Any], name: str, longest: int) -> str:
    text = message.get(name, "")
    if not isinstance(text, str) or len(text) > longest:
        raise Invalid(UNREADABLE)
    return clean(text)


def _title(message: Mapping[str, Any]) -> str:
    title = message.get("title")
    if not isinstance(title, str):
        raise Invalid(UNREADABLE)
    title = visible(clean(title))
    if not title:
        raise Invalid(NO_TITLE)
    if len(title) > LONGEST_TITLE:
        raise Invalid(LONG_TITLE)
    return title


def _long_text(message: Mapping[str, Any]) -> str:
    text = message.get("text", "")
    if not isinstance(text, str):
        raise Invalid(UNREADABLE)
    if len(text) > LONGEST_TEXT:
        raise Invalid(LONG_TEXT.format(length=len(text)))
    return clean(text).replace("\r\n", "\n")


def _before(message: Mapping[str, Any]) -> frozenset[str]:
    before = message.get("before", [])
    if not isinstance(before, list) or len(before) > MOST_BEFORE:
        raise Invalid(UNREADABLE)
    if not all(isinstance(mark, str) and len(mark) <= LONGEST_ID for mark in before):
        raise Invalid(UNREADABLE)
    return frozenset(before)
