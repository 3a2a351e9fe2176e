"""BibTeX and BibLaTeX: the file is cut into blocks first, so that no entry can harm another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.citations.formats import bibtex_blocks, bibtex_crossref
from evidence.citations.formats.bibtex_fields import reference
from evidence.citations.formats.bibtex_macros import MONTHS, Macros, defined, resolved
from evidence.citations.formats.format import Entries, Format, marks
from evidence.citations.formats.values import quoted
from evidence.citations.record import Record
from evidence.problems import Code, Problem

# A block begins at the start of a line, or behind a closing brace where a file has no lines.
# With a parenthesis an entry needs a key, because "@name (2014)" may be text.
_START = re.compile(
    rb"(?:(?:\A|\n)[ \t]*+|\}[ \t]*+)(@(?:(\w++)\s*+(?:\{|\((?=\s*+[^\s,()]*+\s*+,))"
    rb"|((?i:string|preamble))\s*+\())"
)
_QUOTED = 60


@dataclass(slots=True)
class _Known:
    """What the blocks read so far and the whole file tell of an entry.

    Attributes:
        macros: the abbreviations defined above it.
        keys: of the entries above it.
        parents: the fields of entries that others name as `crossref`, wherever they stand.
    """

    macros: Macros
    keys: set[str] = field(default_factory=set)
    parents: dict[bytes, bibtex_crossref.Fields] = field(default_factory=dict)


def read(clean: bytes, file: str) -> Entries:
    """The records of a BibTeX file, and what is wrong with it."""
    known = _Known(dict(MONTHS), parents=_parents(clean))
    line = 1
    for kind, part in _parts(clean):
        text = part.decode()
        if kind is None:
            yield from _outside(text, line, file)
        elif kind in {b"string", b"preamble"}:
            end = bibtex_blocks.end_of_definition(text)
            known.macros |= defined(text[:end], known.macros)
            yield from _outside(text[end:], line + text.count("\n", 0, end), file)
        elif kind != b"comment":  # which BibTeX leaves out, whatever it holds
            yield from _entry(text, line, known, file)
        line += part.count(b"\n")


def _parts(clean: bytes) -> Iterator[tuple[bytes | None, bytes]]:
    """The whole file in parts: each block with its kind, and the text before the first."""
    kind: bytes | None = None
    start = 0
    for mark in _START.finditer(clean):
        yield kind, clean[start : mark.start(1)]
        kind, start = (mark[2] or mark[3]).lower(), mark.start(1)
    yield kind, clean[start:]


def _outside(text: str, line: int, file: str) -> Iterator[Problem]:
    """A problem for text between the entries, unless it is a remark behind a per cent sign."""
    rows = ((line + n, row.strip(" \t,}")) for n, row in enumerate(text.split("\n")))
    said = [(number, row) for number, row in rows if row and not row.startswith("%")]
    if said:
        more = f" and {len(said) - 1} more" if len(said) > 1 else ""
        detail = f"“{said[0][1][:_QUOTED]}”{more}"
        yield Problem(code=Code.TEXT_OUTSIDE, file=file, line=said[0][0], detail=detail)


def _parents(clean: bytes) -> dict[bytes, bibtex_crossref.Fields]:
    """The fields of the entries that others name as `crossref`."""
    keys = bibtex_crossref.wanted(clean)
    macros = dict(MONTHS)
    found: dict[bytes, bibtex_crossref.Fields] = {}
    for kind, part in _parts(clean) if keys else ():
        if kind == b"string":
            macros |= defined(part.decode(), macros)
        elif kind and (key := bibtex_crossref.key_of(part)) in keys and key not in found:
            fields = bibtex_blocks.parse(part.decode()).fields
            found[key] = [(name, resolved(value, macros)[0]) for name, value in fields]
    return found


def _entry(text: str, line: int, known: _Known, file: str) -> Iterator[Record | Problem]:
    """The record of one block, with a problem for each repair."""
    block = bibtex_blocks.parse(text)
    amiss = list(block.repairs)
    fields = [("@", block.kind)]
    for name, value in block.fields:
        plain, unknown = resolved(value, known.macros)
        fields.append((name, plain))
        amiss += [(Code.MACRO_UNKNOWN, f"“{macro}” in the field {name}") for macro in unknown]
    if not any(value.strip() for _, value in fields[1:]):
        code = Code.ENTRY_EMPTY if fields[1:] or block.is_bare else Code.ENTRY_UNREADABLE
        yield Problem(code=code, file=file, line=line, detail=quoted(text))
        return
    if block.key and block.key in known.keys:
        amiss.append((Code.KEY_REPEATED, quoted(block.key)))
    known.keys.add(block.key)
    handed_down = bibtex_crossref.inherited(fields[1:], known.parents) if known.parents else []
    normal, unread = reference(block.kind, block.key, [*fields[1:], *handed_down])
    amiss += [(Code.VALUE_UNREADABLE, detail) for detail in unread]
    if not normal.title:
        amiss.append((Code.TITLE_MISSING, f"its key is {quoted(block.key)}" if block.key else ""))
    for code, detail in amiss:
        yield Problem(code=code, file=file, line=line, detail=detail)
    raw = text[: len(text) - len(block.behind)].rstrip()
    yield Record(reference=normal, line=line, raw=raw, fields=tuple(fields), key=block.key)
    yield from _outside(block.behind, line + raw.count("\n"), file)


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
