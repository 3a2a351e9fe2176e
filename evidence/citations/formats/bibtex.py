"""BibTeX and BibLaTeX: the file is cut into blocks first, so that no entry can harm another."""

import re
from collections.abc import Iterator

from evidence.citations.formats import bibtex_blocks
from evidence.citations.formats.bibtex_fields import reference
from evidence.citations.formats.format import Entries, Format, marks
from evidence.citations.record import Record
from evidence.problems import Code, Problem

# A block begins at the start of a line, or behind a closing brace where a file has no lines.
# With a parenthesis it needs a key, because "@name (2014)" may be text.
_START = re.compile(rb"(?:(?:\A|\n)[ \t]*+|\}[ \t]*+)(@(\w++)\s*+(?:\{|\((?=\s*+[^\s,()]*+\s*+,)))")
_STRING = re.compile(r"@string\s*[{(]\s*([^\s={}\"#,]+)\s*=\s*(.*)[})]", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"[{}\"#]")
_QUOTED = 60

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Macros = dict[str, str]


def read(clean: bytes, file: str) -> Entries:
    """The records of a BibTeX file, and what is wrong with it."""
    macros = {month: month for month in _MONTHS}
    keys: set[str] = set()
    line = 1
    for kind, part in _parts(clean):
        text = part.decode()
        if kind is None:
            yield from _outside(text, line, file)
        elif kind in {b"string", b"preamble"}:
            end = bibtex_blocks.end_of_braces(text)
            macros |= _defined(text[:end], macros)
            yield from _outside(text[end:], line + text.count("\n", 0, end), file)
        elif kind != b"comment":  # which BibTeX leaves out, whatever it holds
            yield from _entry(text, line, macros, keys, file)
        line += part.count(b"\n")


def _parts(clean: bytes) -> Iterator[tuple[bytes | None, bytes]]:
    """The whole file in parts: each block with its kind, and the text before the first."""
    kind: bytes | None = None
    start = 0
    for mark in _START.finditer(clean):
        yield kind, clean[start : mark.start(1)]
        kind, start = mark[2].lower(), mark.start(1)
    yield kind, clean[start:]


def _outside(text: str, line: int, file: str) -> Iterator[Problem]:
    """A problem for text between the entries, unless it is a remark behind a per cent sign."""
    rows = ((line + n, row.strip(" \t,}")) for n, row in enumerate(text.split("\n")))
    said = [(number, row) for number, row in rows if row and not row.startswith("%")]
    if said:
        more = f" and {len(said) - 1} more" if len(said) > 1 else ""
        detail = f"“{said[0][1][:_QUOTED]}”{more}"
        yield Problem(code=Code.TEXT_OUTSIDE, file=file, line=said[0][0], detail=detail)


def _entry(
    text: str, line: int, macros: Macros, keys: set[str], file: str
) -> Iterator[Record | Problem]:
    """The record of one block, with a problem for each repair."""
    block = bibtex_blocks.parse(text)
    amiss = list(block.repairs)
    fields = [("@", block.kind)]
    for name, value in block.fields:
        resolved, unknown = _resolved(value, macros)
        fields.append((name, resolved))
        amiss += [(Code.MACRO_UNKNOWN, f"{name}: {macro}") for macro in unknown]
    if not any(value.strip() for _, value in fields[1:]):
        code = Code.ENTRY_EMPTY if fields[1:] or block.is_bare else Code.ENTRY_UNREADABLE
        yield Problem(code=code, file=file, line=line, detail=text.strip()[:_QUOTED])
        return
    if block.key and block.key in keys:
        amiss.append((Code.KEY_REPEATED, block.key))
    keys.add(block.key)
    normal, unread = reference(block.kind, block.key, fields[1:])
    amiss += [(Code.VALUE_UNREADABLE, detail) for detail in unread]
    if not normal.title:
        amiss.append((Code.TITLE_MISSING, block.key))
    for code, detail in amiss:
        yield Problem(code=code, file=file, line=line, detail=detail)
    raw = text[: len(text) - len(block.behind)].rstrip()
    yield Record(reference=normal, line=line, raw=raw, fields=tuple(fields), key=block.key)
    yield from _outside(block.behind, line + raw.count("\n"), file)


def _defined(text: str, macros: Macros) -> Macros:
    """The abbreviation that an @string block defines."""
    found = _STRING.match(text.strip())
    return {found[1].lower(): _resolved(found[2].strip(), macros)[0]} if found else {}


def _resolved(value: str, macros: Macros) -> tuple[str, list[str]]:
    """A value without its delimiters, its parts joined, and the abbreviations nobody defined."""
    unknown = []
    parts = []
    for part in _joined(value.strip()):
        if part[:1] in {"{", '"'}:
            parts.append(part[1:-1])
        elif part.isdigit() or not part:
            parts.append(part)
        else:
            parts.append(macros.get(part.lower(), part))
            if part.lower() not in macros:
                unknown.append(part[:_QUOTED])
    return "".join(parts), unknown


def _joined(value: str) -> list[str]:
    """The parts of a value that `#` joins."""
    if "#" not in value:
        return [value]
    parts, start, depth, quoted = [], 0, 0, False
    for mark in _PART.finditer(value):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif depth:
            continue
        elif mark[0] == '"':
            quoted = not quoted
        elif not quoted:
            parts.append(value[start : mark.start()].strip())
            start = mark.end()
    return [*parts, value[start:].strip()]


_ENTRY = re.compile(
    rb"[\n}][ \t]*+@(?!(?:string|preamble|comment)\b)\w+\s*+"
    rb"[{(](?:(?<=\{)|(?=\s*+[^\s,()]*+\s*+,))",
    re.IGNORECASE,
)


def count(clean: bytes) -> int:
    """Blocks that are entries: everything with an @ but @string, @preamble and @comment."""
    return sum(1 for _ in marks(_ENTRY, clean))


_RECOGNISED = re.compile(
    rb"\n[ \t]*@(?:article|book|booklet|collection|conference|dataset|electronic|inbook"
    rb"|incollection|inproceedings|inreference|manual|mastersthesis|misc|online|patent"
    rb"|periodical|phdthesis|preprint|proceedings|report|software|string|techreport|thesis"
    rb"|unpublished|www)\s*[{(]",
    re.IGNORECASE,
)
_WITH_FIELD = re.compile(rb"@\w+\s*\{[^@{}=\n]{0,200},\s*[\w-]+\s*=\s*[{\"]")


def recognise(clean: bytes) -> int:
    """How many blocks have a known type, or a field behind their key."""
    known = sum(1 for _ in marks(_RECOGNISED, clean))
    return known or sum(1 for _ in _WITH_FIELD.finditer(clean))


FORMAT = Format(name="bibtex", label="BibTeX", recognise=recognise, read=read, count=count)
