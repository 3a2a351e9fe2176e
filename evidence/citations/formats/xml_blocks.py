"""The entries of an XML file, cut out by their tags first, so that none can harm another.

No document type is ever looked at, so entities that a file defines are never expanded and nothing
is fetched; what XML forbids within an entry is mended, and told.
"""

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evidence.citations.formats.entry_values import QUOTE_LENGTH
from evidence.problems import Code, Problem

_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"<(/?)([A-Za-z_][\w.-]*)[^<>]*?(/?)>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHARACTER = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9A-Fa-f]{1,6}));")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_BARE_LESS = re.compile(r"<(?![/A-Za-z_!?])|<(?=[^<>]*(?:<|\Z))")
_PREFIX = re.compile(r"(?<=[</\s])[A-Za-z_][\w.-]*:(?=[A-Za-z_])")
_BROKEN_OFF = re.compile(r"<[^<>]*\Z")
_XML_KNOWS = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DEEPEST = 12  # elements within elements; beyond, only their text counts

# Elements that are part of a text.
_INLINE = frozenset(
    {"style", "i", "b", "u", "em", "strong", "italic", "bold", "sup", "sub", "sc", "br", "p"}
    | {"math", "DispFormula", "mrow", "mi", "mo", "mn", "msub", "msup", "mtext", "mfrac"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One entry as it stands in the file.

    Attributes:
        number: its place among the entries, counted from 1, where an entry beside it begins in the
            same line; 0 where its line tells it apart.
        without_end: what to say where its end tag is missing.
    """

    line: int
    number: int
    raw: str
    without_end: Code | None


def blocks(clean: bytes, names: tuple[str, ...], file: str) -> Iterator[Block | Problem]:
    """The entries whose tag is one of the names, and text that stands outside of them."""
    start = re.compile(rf"<({'|'.join(names)})(?=[\s/>])".encode())
    marks = list(start.finditer(clean))
    starts = [mark.start() for mark in marks]
    yield from _head(clean[: starts[0] if starts else len(clean)], file)
    line, before, crowded = 1, 0, False
    spans = zip(marks, pairwise([*starts, len(clean)]), strict=True)
    for number, (mark, (place, next_place)) in enumerate(spans, 1):
        line += clean.count(b"\n", before, place)
        before = place
        behind = next_place < len(clean) and clean.find(b"\n", place, next_place) < 0
        crowded, told = behind, number if crowded or behind else 0
        end_tag = b"</" + mark[1] + b">"
        found = clean.find(end_tag, place, next_place)
        end = found + len(end_tag) if found >= 0 else next_place
        missing = Code.ENTRY_TRUNCATED if next_place == len(clean) else Code.END_MISSING
        raw = clean[place:end].decode().rstrip()
        without_end = missing if found < 0 else None
        yield Block(line=line, number=told, raw=raw, without_end=without_end)
        yield from _outside(clean[end:next_place], line + clean.count(b"\n", place, end), file)


def _head(before: bytes, file: str) -> Iterator[Problem]:
    """What stands before the first entry may define entities, which no export needs."""
    place = before.find(b"<!ENTITY")
    if place < 0:
        yield from _outside(before, 1, file)
        return
    line = 1 + before.count(b"\n", 0, place)
    yield Problem(code=Code.XML_ENTITIES, file=file, line=line)


def _outside(between: bytes, line: int, file: str) -> Iterator[Problem]:
    said = _TAG.sub("", between.decode()).strip()
    if said:
        detail = f"“{said.split(chr(10), 1)[0][:QUOTE_LENGTH]}”"
        yield Problem(code=Code.TEXT_OUTSIDE, file=file, line=line, detail=detail)


def parse(block: Block) -> tuple[Element | None, str]:
    """The element of an entry, None where it cannot be read, and the repair that it needed."""
    raw = _BROKEN_OFF.sub("", block.raw) if block.without_end else block.raw
    element = _parsed(raw)
    if element is not None:
        return element, ""
    mended = _mended(raw)
    element = _parsed(mended)
    if element is not None:
        return element, "signs that XML forbids"
    return _parsed(_closed(mended)), "tags that do not match"


def _parsed(text: str) -> Element | None:
    try:
        element: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return element


def _mended(raw: str) -> str:
    """The text without the signs that XML forbids, and with the entities of HTML decoded."""
    text = _CHARACTER.sub(_legal, _ILLEGAL.sub("", raw))
    text = _ENTITY.sub(_decoded, _BARE_AMPERSAND.sub("&amp;", text))
    text = _BARE_LESS.sub("&lt;", text)
    return _TAG.sub(lambda tag: _PREFIX.sub("", tag[0]), text)


def _legal(match: re.Match[str]) -> str:
    sign = int(match[1]) if match[1] else int(match[2], 16)
    known = sign <= sys.maxunicode and not _ILLEGAL.match(chr(sign))
    return match[0] if known else ""


def _decoded(match: re.Match[str]) -> str:
    """An entity of HTML as its sign; an unknown one stays as text."""
    if match[1] in _XML_KNOWS:
        return match[0]
    told = html.unescape(match[0])
    return html.escape(told, quote=False)


def _closed(text: str) -> str:
    """The text with end tags for all elements, and without those that end nothing."""
    parts, place = [], 0
    opened: list[str] = []
    names: Counter[str] = Counter()
    for tag in _NAME.finditer(text):
        closing, name, empty = tag.groups()
        parts.append(text[place : tag.start()])
        place = tag.end()
        if not closing:
            parts.append(tag[0])
            if not empty:
                opened.append(name)
                names[name] += 1
        while closing and names[name] and opened:
            last = opened.pop()
            names[last] -= 1
            parts.append(f"</{last}>")
            if last == name:
                break
    parts.append(text[place:])
    return "".join(parts) + "".join(f"</{name}>" for name in reversed(opened))


def text_of(element: Element | None) -> str:
    """All text within an element."""
    return "" if element is None else "".join(element.itertext()).replace("\r", "\n").strip()


def fields(element: Element) -> list[tuple[str, str]]:
    """Every text and every attribute within an entry, in its order, each with its path.

    `titles/title` is a text, `ref-type@name` an attribute.
    """
    told = [(f"@{name}", value) for name, value in element.attrib.items()]
    waiting = [(child, child.tag, 1) for child in reversed(element)]
    while waiting:
        found, path, depth = waiting.pop()
        told += [(f"{path}@{name}", value) for name, value in found.attrib.items()]
        if depth < _DEEPEST and _is_parted(found):
            waiting += [(child, f"{path}/{child.tag}", depth + 1) for child in reversed(found)]
        elif value := text_of(found):
            told.append((path, value))
    return told


def _is_parted(element: Element) -> bool:
    """Whether it holds elements of its own, and not a text with some of it set otherwise."""
    texts = [element.text, *(child.tail for child in element)]
    mixed = any(text and text.strip() for text in texts)
    return not mixed and any(child.tag not in _INLINE for child in element)
