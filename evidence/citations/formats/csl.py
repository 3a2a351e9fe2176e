"""CSL JSON, as Zotero and Mendeley write it; also Crossref's, and one item in each line.

The items stand in a list, alone, one behind the other, or in a list below a known name. A file
that breaks off or has a broken item loses no other.
"""

import json
import re
from collections.abc import Iterator

from evidence.citations.formats import not_exports
from evidence.citations.formats.csl_fields import fields, reference
from evidence.citations.formats.entry_values import QUOTE_LENGTH, quote
from evidence.citations.formats.format import Entries, Format, opening_mark
from evidence.citations.record import Record
from evidence.problems import Code, Problem

_LIST = re.compile(rb'"(?:items|references)"\s{0,9}:\s{0,9}(?=\[)')
_HEAD = 4096  # bytes in which the name of the list stands

# A text ends at a line end behind which a name or a bracket stands, whether its quote is there or
# not, so that one quote too many harms its own item only.
_TEXT = (
    r""""(?:[^"\\\n]|\\.|\n(?!\s{0,99}(?:"[\w-]{1,40}"\s{0,9}:|[{}\[\]])))*+(?:"|(?=\n)|\\?\Z)"""
)
_TOKEN = re.compile(_TEXT + r"|[{}\[\],]", re.DOTALL | re.ASCII)
_BETWEEN = re.compile(r"[\s,\[\]{}]+")
_TRIES = 8  # commas at which a broken item is cut off, from its end

Item = dict[str, object]
_DECODER = json.JSONDecoder()


def read(clean: bytes, file: str) -> Entries:
    """The records of a JSON file, and what is wrong with it."""
    start, in_named_list = _items(clean)
    text = clean[start:].decode()
    line = 1 + clean.count(b"\n", 0, start)
    position = 0
    while (brace := _next(text, position, in_named_list=in_named_list)) >= 0:
        yield from _outside(text[position:brace], line, file)
        line += text.count("\n", position, brace)
        try:
            item, end = _DECODER.raw_decode(text, brace)
            yield from _record(item, None, text[brace:end], line, file)
        except (ValueError, RecursionError):
            end = _end(text, brace)
            item, repair = _salvage(text[brace:end])
            truncated = (Code.ENTRY_TRUNCATED, "") if end == len(text) else None
            broken = truncated or (Code.FIELD_REPAIRED, repair)
            yield from _record(item, broken, text[brace:end], line, file)
        line += text.count("\n", brace, end)
        position = end
    if not in_named_list:
        yield from _outside(text[position:], line, file)


def _items(clean: bytes) -> tuple[int, bool]:
    """Where the items begin, and whether they stand in a list that has a name."""
    head = clean[:_HEAD]
    named = _LIST.search(head)
    if named and named.end() == head.find(b"["):
        return named.end() + 1, True
    return 0, False


def _next(text: str, position: int, *, in_named_list: bool) -> int:
    """Where the next item begins; -1 where there is none."""
    for token in _TOKEN.finditer(text, position):
        if token[0] == "{":
            return token.start()
        if token[0] == "]" and in_named_list:
            break
    return -1


def _outside(between: str, line: int, file: str) -> Iterator[Problem]:
    text = _BETWEEN.sub(" ", between).strip()
    if text:
        yield Problem(
            code=Code.TEXT_OUTSIDE, file=file, line=line, detail=f"“{text[:QUOTE_LENGTH]}”"
        )


def _record(
    item: Item | None, repaired: tuple[Code, str] | None, raw: str, line: int, file: str
) -> Iterator[Record | Problem]:
    """The record of one item, with a problem for what was wrong with it."""

    def problem(code: Code, detail: str = "") -> Problem:
        return Problem(code=code, file=file, line=line, detail=detail)

    if item is None:
        yield problem(Code.ENTRY_UNREADABLE, quote(raw))
        return
    if not any(item.values()):
        yield problem(Code.ENTRY_EMPTY)
        return
    if repaired:
        yield problem(*repaired)
    normal, remarks = reference(item)
    for code, detail in remarks:
        yield problem(code, detail)
    if not normal.title:
        yield problem(Code.TITLE_MISSING)
    key = item.get("id")
    yield Record(
        reference=normal,
        line=line,
        raw=raw,
        fields=fields(item),
        key=str(key) if isinstance(key, str | int) else "",
    )


def _end(text: str, brace: int) -> int:
    """Where the brackets of an item that cannot be read are closed."""
    depth = 0
    for token in _TOKEN.finditer(text, brace):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if not depth:
            return token.end()
    return len(text)


def _salvage(raw: str) -> tuple[Item | None, str]:
    """An item with line ends in its texts, or that breaks off, and how it was repaired.

    What is whole of it is kept.
    """
    if item := _load(raw):
        return item, "line ends within a text"
    commas = [token.start() for token in _TOKEN.finditer(raw) if token[0] == ","]
    for comma in reversed(commas[-_TRIES:]):
        if item := _load(raw[:comma] + _closers(raw[:comma])):
            return item, f"left out behind “{raw[max(0, comma - QUOTE_LENGTH) : comma].strip()}”"
    return None, ""


def _load(text: str) -> Item | None:
    try:
        item: Item = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return item


def _closers(text: str) -> str:
    """The brackets that are still open at the end of a text."""
    opened = []
    for token in _TOKEN.finditer(text):
        if token[0] in "{[":
            opened.append("}" if token[0] == "{" else "]")
        elif token[0] in "}]" and opened:
            opened.pop()
    return "".join(reversed(opened))


_MARK = re.compile((_TEXT + r"|[{}\[\]]").encode(), re.DOTALL)


def count(clean: bytes) -> int:
    """Braces that open an item, and not something within one."""
    start, in_named_list = _items(clean)
    items = depth = 0
    for mark in _MARK.finditer(clean, start):
        token = mark[0]
        if token == b"{":
            items += not depth
            depth += 1
        elif token == b"[":
            depth += depth > 0
        elif token in {b"}", b"]"}:
            if not depth and token == b"]" and in_named_list:
                break
            depth -= depth > 0
    return items


_RECOGNISED = re.compile(rb'"(?:title|DOI|container-title)"\s{0,9}:')
_BESIDE = re.compile(
    rb'"(?:DOI|URL|ISBN|PMID|type|authors?|editor|issued|year|abstract|page|publisher|container-title'
    rb'|issue|volume|source|citation-key|journal)"\s{0,9}:'
)


def recognise(clean: bytes) -> int:
    """How many titles and DOIs there are in what begins like JSON."""
    if clean[:_HEAD].lstrip()[:1] not in {b"[", b"{"} or not_exports.is_other_json(clean):
        return 0
    titles = sum(1 for _ in _RECOGNISED.finditer(clean))
    if titles == 1 and not _BESIDE.search(clean) and clean.lstrip().startswith(b"{"):
        return 0  # one title alone may be that of anything
    return titles


FORMAT = Format(
    name="csl-json",
    label="CSL JSON (Zotero, Mendeley)",
    recognise=recognise,
    opening=opening_mark(re.compile(rb"[{\[]")),
    read=read,
    count=count,
)
