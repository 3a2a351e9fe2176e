"""The entries of an XML file, cut out by their tags first, so that none can harm another.

No document type is ever looked at, so entities that a file defines are never expanded and nothing
is fetched; what XML forbids within an entry is mended, and a problem says so.
"""

import html
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evidence.citations.formats.entry_values import QUOTE_LENGTH
from evidence.problems import Code, Problem

_TAG = re.compile(r"<[^<>]*>")
# A text marked as one, or a comment, that is closed before another one is opened.
_CDATA = re.compile(rb"<!\[CDATA\[(?:[^\]<]|\](?!\]>)|<(?!!\[CDATA\[))*+\]\]>")
_COMMENT = re.compile(rb"<!--(?:[^<-]|-(?!->)|<(?!!--))*+-->")
_NAME = re.compile(r"<(/?)([A-Za-z_][\w.-]*)[^<>]*?(/?)>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHARACTER = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9A-Fa-f]{1,6}));")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_BARE_LESS = re.compile(r"<(?![/A-Za-z_!?])|<(?=[^<>]*(?:<|\Z))")
_PREFIX = re.compile(r"(?<=[</\s])[A-Za-z_][\w.-]*:(?=[A-Za-z_])")
_PREFIXED = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*[\s=/>]")
_FIRST_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)[^<>]*>")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_BROKEN_OFF = re.compile(r"<[^<>]*\Z")
_XML_KNOWS = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MOST_PREFIXES = 50  # of one entry
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
        number: which entry of the file it is, counted from 1, if another one begins in the same
            line; 0 if its line is enough to find it.
        without_end: what to say where its end tag is missing.
    """

    line: int
    number: int
    raw: str
    without_end: Code | None


def blocks(clean: bytes, names: tuple[str, ...], file: str) -> Iterator[Block | Problem]:
    """The entries whose tag is one of the names, and text that stands outside of them."""
    start_tag = re.compile(rf"<({'|'.join(names)})(?=[\s/>])".encode())
    return blocks_from(clean, start_tag, file)


def blocks_from(
    clean: bytes, start_tag: re.Pattern[bytes], file: str, around: re.Pattern[str] = _TAG
) -> Iterator[Block | Problem]:
    """The entries of a file, and text that stands outside of them.

    Args:
        clean: the file.
        start_tag: matches the beginning of an entry; its first group is the name of its tag.
        file: the name of the file.
        around: matches what may stand around entries without a word.
    """
    visible = _without_quoted_tags(clean)
    marks = list(start_tag.finditer(visible))
    starts = [mark.start() for mark in marks]
    yield from _head(clean[: starts[0] if starts else len(clean)], file, around)
    line, before, crowded = 1, 0, False
    spans = zip(marks, pairwise([*starts, len(clean)]), strict=True)
    for number, (mark, (start, next_start)) in enumerate(spans, 1):
        line += clean.count(b"\n", before, start)
        before = start
        behind = next_start < len(clean) and clean.find(b"\n", start, next_start) < 0
        crowded, shown_number = behind, number if crowded or behind else 0
        found_end = _end(visible, mark, next_start)
        end = found_end or next_start
        missing = Code.ENTRY_TRUNCATED if next_start == len(clean) else Code.END_MISSING
        raw = clean[start:end].decode().rstrip()
        without_end = None if found_end else missing
        yield Block(line=line, number=shown_number, raw=raw, without_end=without_end)
        line_behind = line + clean.count(b"\n", start, end)
        yield from _outside(clean[end:next_start], line_behind, file, around)


def _end(visible: bytes, start_tag: re.Match[bytes], next_start: int) -> int:
    """Where an entry ends; 0 where it has no end before the next one begins."""
    tag_end = visible.find(b">", start_tag.end(1), next_start)
    if tag_end > 0 and visible[tag_end - 1 : tag_end] == b"/":
        return tag_end + 1
    end_tag = b"</" + start_tag[1] + b">"
    end_start = visible.find(end_tag, start_tag.end(1), next_start)
    return end_start + len(end_tag) if end_start >= 0 else 0


def _without_quoted_tags(clean: bytes) -> bytes:
    """The file with texts marked as such (CDATA) and comments blotted out, as long as it was."""
    for opening, pattern in ((b"<![CDATA[", _CDATA), (b"<!--", _COMMENT)):
        if opening in clean:
            clean = pattern.sub(lambda match: b"_" * len(match[0]), clean)
    return clean


def count_tags(clean: bytes, names: Iterable[str]) -> int:
    """How many start tags of these names there are, but for those in a text or in a comment."""
    for opening, closing in ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->")):
        first, *parts = clean.split(opening)
        behind = (part.partition(closing) for part in parts)
        clean = first + b"".join(b"_" + (rest if end else text) for text, end, rest in behind)
    return sum(clean.count(f"<{name}{end}".encode()) for name in names for end in "> \t\n/")


def _head(before: bytes, file: str, around: re.Pattern[str]) -> Iterator[Problem]:
    """What stands before the first entry may define entities, which no export needs."""
    position = before.find(b"<!ENTITY")
    if position < 0:
        yield from _outside(before, 1, file, around)
        return
    line = 1 + before.count(b"\n", 0, position)
    yield Problem(code=Code.XML_ENTITIES, file=file, line=line)


def _outside(between: bytes, line: int, file: str, around: re.Pattern[str]) -> Iterator[Problem]:
    text = around.sub("", between.decode()).strip()
    if text:
        detail = f"“{text.split(chr(10), 1)[0][:QUOTE_LENGTH]}”"
        yield Problem(code=Code.TEXT_OUTSIDE, file=file, line=line, detail=detail)


def parse(block: Block) -> tuple[Element | None, str]:
    """The element of an entry, None where it cannot be read, and the repair that it needed."""
    raw = _BROKEN_OFF.sub("", block.raw) if block.without_end else block.raw
    element = _parse(raw)
    if element is not None:
        return element, ""
    mended = _mend(raw)
    element = _parse(mended)
    if element is not None:
        return element, "characters that XML forbids"
    return _parse(_close_tags(mended)), "tags that do not match"


def _parse(text: str) -> Element | None:
    """The element of a text, its names without namespaces; those of the file are not needed."""
    text = _declare_prefixes(text)
    try:
        element: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    if "xmlns" in text:
        for part in element.iter():
            part.tag = part.tag.rpartition("}")[2]
            part.attrib = {name.rpartition("}")[2]: value for name, value in part.attrib.items()}
    return element


def _declare_prefixes(text: str) -> str:
    """An entry with a declaration for each prefix that the file declares above it."""
    prefixes = set(_PREFIXED.findall(text)) - {"xml", "xmlns"} if ":" in text else set()
    root = _FIRST_TAG.match(text)
    if not root or not 0 < len(prefixes) <= _MOST_PREFIXES:
        return text
    unknown = sorted(prefixes - set(_DECLARED.findall(root[0])))
    cut = root.end(1)
    return text[:cut] + "".join(f' xmlns:{prefix}="{prefix}"' for prefix in unknown) + text[cut:]


def _mend(raw: str) -> str:
    """The text without the characters that XML forbids, and with the entities of HTML decoded."""
    text = _CHARACTER.sub(_legal_or_nothing, _ILLEGAL.sub("", raw))
    text = _ENTITY.sub(_decode_entity, _BARE_AMPERSAND.sub("&amp;", text))
    text = _BARE_LESS.sub("&lt;", text)
    return _TAG.sub(lambda tag: _PREFIX.sub("", tag[0]), text)


def _legal_or_nothing(match: re.Match[str]) -> str:
    number = int(match[1]) if match[1] else int(match[2], 16)
    is_legal = number <= sys.maxunicode and not _ILLEGAL.match(chr(number))
    return match[0] if is_legal else ""


def _decode_entity(match: re.Match[str]) -> str:
    """An entity of HTML as its character; an unknown one stays as text."""
    if match[1] in _XML_KNOWS:
        return match[0]
    text = html.unescape(match[0])
    return html.escape(text, quote=False)


def _close_tags(text: str) -> str:
    """The text with end tags for all elements, and without those that end nothing."""
    parts, position = [], 0
    opened: list[str] = []
    names: Counter[str] = Counter()
    for tag in _NAME.finditer(text):
        closing, name, empty = tag.groups()
        parts.append(text[position : tag.start()])
        position = tag.end()
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
    parts.append(text[position:])
    return "".join(parts) + "".join(f"</{name}>" for name in reversed(opened))


def text_of(element: Element | None) -> str:
    """All text within an element."""
    return "" if element is None else "".join(element.itertext()).replace("\r", "\n").strip()


def fields(element: Element) -> list[tuple[str, str]]:
    """Every text and every attribute within an entry, in its order, each with its path.

    `titles/title` is a text, `ref-type@name` an attribute.
    """
    values = [(f"@{name}", value) for name, value in element.attrib.items()]
    waiting = [(child, child.tag, 1) for child in reversed(element)]
    while waiting:
        part, path, depth = waiting.pop()
        values += [(f"{path}@{name}", value) for name, value in part.attrib.items()]
        if depth < _DEEPEST and _is_parted(part):
            waiting += [(child, f"{path}/{child.tag}", depth + 1) for child in reversed(part)]
        elif value := text_of(part):
            values.append((path, value))
    return values


def _is_parted(element: Element) -> bool:
    """Whether it holds elements of its own, and not a text with some of it set otherwise."""
    if len(element) == 0:  # as most are
        return False
    texts = [element.text, *(child.tail for child in element)]
    mixed = any(text and text.strip() for text in texts)
    return not mixed and any(child.tag not in _INLINE for child in element)
