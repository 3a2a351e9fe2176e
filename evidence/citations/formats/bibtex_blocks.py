"""From the text of one BibTeX block to its fields, by the book where possible, else by its lines.

bibtexparser reads what is well-formed. What it cannot read, or reads by swallowing one field into
another, is read by `by_lines`, which takes each `name =` that looks like one for a field.
"""

import logging
import re
from dataclasses import dataclass, replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateFieldKeyBlock, Entry

from evidence.problems import Code

# It logs each malformed block as a warning; here that becomes a problem with file and line.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_HEAD = re.compile(r"@(\w+)\s*[{(]")
_NAME = r"[A-Za-z][\w .:+/&'-]{0,60}?"
_BARE = r"(?:\d{1,9}|[A-Za-z]\w{0,60})[ \t]*+(?:#[^\n]*+)?,?[ \t]*+(?=[\n}]|\Z)"
_FIELD = re.compile(
    # at the start of a line, where a wrapped abstract may have "n = 25) and" ...
    rf"\n[ \t]*+,?[ \t]*+({_NAME})[ \t]*+=[ \t]*+(?=[{{\"]|{_BARE})"
    # ... or within one, only where a bracket or quote follows
    rf"|[,{{}}(\"]\s{{0,9}}({_NAME})[ \t]*+=[ \t]*+(?=[{{\"])"
)
_SWALLOWED = re.compile(rf"[}}\"][ \t]*+,?[ \t]*+\n[ \t]*+{_NAME}[ \t]*+=[ \t]*+[{{\"]")
_BEHIND = re.compile(rf"\s*+,?\s*+{_NAME}[ \t]*+=[ \t]*+(?:[{{\"]|{_BARE})")
_CLOSING = re.compile(r"\)[ \t]*+(?=\n|\Z)")
_BRACE = re.compile(r"(?<!\\)[{}]")
_FORBIDDEN_IN_KEY = re.compile(r"[\s,{}\"#%~\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One entry, its values still as they are written.

    Attributes:
        behind: text between the entry's closing brace and the next entry.
        repairs: what had to be repaired, as code and detail.
    """

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]
    behind: str = ""
    repairs: tuple[tuple[Code, str], ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether the block is nothing but a key, as `@article{key}`."""
        return not self.fields and not _FORBIDDEN_IN_KEY.search(self.key)


def parse(text: str) -> Block:
    """One block, which begins with `@type{`."""
    block = _by_the_book(text)
    repairs: tuple[tuple[Code, str], ...] = block.repairs if block else ()
    if block is None:
        block = by_lines(text)
        if not _is_balanced(text):
            repairs = ((Code.BRACES_UNBALANCED, ""),)
    if not block.key or _FORBIDDEN_IN_KEY.search(block.key):
        repairs += ((Code.KEY_REPAIRED, f"“{block.key}”" if block.key else "none"),)
    kind = _HEAD.match(text)
    return replace(block, kind=kind[1] if kind else "", repairs=repairs or block.repairs)


def _by_the_book(text: str) -> Block | None:
    """The block as bibtexparser reads it, unless it fails or has lost its way."""
    try:
        blocks = parse_string(text, parse_stack=[]).blocks
    except Exception:  # noqa: BLE001 - whatever a library does not foresee is read by lines
        return None
    entry = blocks[0] if blocks else None
    repairs: tuple[tuple[Code, str], ...] = ()
    if isinstance(entry, DuplicateFieldKeyBlock):
        repairs = ((Code.FIELD_REPEATED, ", ".join(sorted(entry.duplicate_keys))),)
        entry = entry.ignore_error_block
    if not isinstance(entry, Entry):
        return None
    behind = text[len(entry.raw or "") :]
    fields = tuple((field.key, field.value) for field in entry.fields)
    if _BEHIND.match(behind) or any(_has_swallowed(name, value) for name, value in fields):
        return None
    return Block(
        kind=entry.entry_type, key=entry.key, fields=fields, behind=behind, repairs=repairs
    )


def _has_swallowed(name: str, value: str) -> bool:
    """Whether a missing comma, or a quote too many, has put the next field into this one."""
    if not name or (value.startswith('"') and _SWALLOWED.search(value)):
        return True
    if not value.startswith("{") or "=" not in value:
        return False
    behind = value[end_of_braces(value) :].lstrip()
    return bool(behind) and not behind.startswith("#")


def end_of_braces(text: str) -> int:
    """Where the first pair of braces of a text is closed; the end of the text if nowhere."""
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth <= 0:
            return brace.end()
    return len(text)


def end_of_definition(text: str) -> int:
    """Where an @string or @preamble is closed: by its brace, or by a parenthesis in its line."""
    opening = _HEAD.match(text)
    if opening and opening[0].endswith("("):
        closing = _CLOSING.search(text)
        return closing.end() if closing else len(text)
    return end_of_braces(text)


def by_lines(text: str) -> Block:
    """A malformed block: its key is what stands before the first field, its fields run on until
    the next one begins, and brackets that do not match are dropped.
    """
    head = _HEAD.match(text)
    if head is None:
        return Block(kind="", key="", fields=())
    starts = list(_FIELD.finditer(text, head.end() - 1))
    cuts = [*(start.start() for start in starts), len(text)]
    key = text[head.end() : cuts[0]]
    if not starts:
        key = re.split(r"[})]", key, maxsplit=1)[0]
    values = [text[start.end() : end].strip() for start, end in zip(starts, cuts[1:], strict=True)]
    behind = ""
    if values:
        values[-1], behind = _last(values[-1])
    return Block(
        kind=head[1].lower(),
        key=" ".join(key.strip().rstrip(",").split()),
        fields=tuple(
            ((start[1] or start[2]).strip(), _value(value))
            for start, value in zip(starts, values, strict=True)
        ),
        behind=behind,
        repairs=((Code.FIELD_REPAIRED, "read line by line"),) if values else (),
    )


def _last(text: str) -> tuple[str, str]:
    """The last value and what stands behind it, where its own end or the entry's can be found."""
    depth = 0
    for mark in _BRACE.finditer(text):
        depth += 1 if mark[0] == "{" else -1
        closes_value = depth == 0 and text.startswith("{")
        if closes_value or depth < 0:
            end = mark.end() if closes_value else mark.start()
            return text[:end].rstrip(), text[mark.end() :].strip().removeprefix("}")
    return text, ""


def _value(text: str) -> str:
    """A value that was cut out by its neighbours, wrapped anew so that it is well-formed."""
    text = text.rstrip().rstrip(",").rstrip()
    if text.startswith('"'):
        text = text[1:].removesuffix('"')
    elif text.startswith("{"):
        text = text[1:].removesuffix("}")
    return "{" + _without_lone_braces(text) + "}"


def _is_balanced(text: str) -> bool:
    """Whether the braces and quotes of a block match, so that only its key was at fault."""
    return text.count("{") == text.count("}") and not text.count('"') % 2


def _without_lone_braces(text: str) -> str:
    """The text without the braces that have no partner."""
    unmatched, opened = set(), []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            unmatched.add(brace.start())
    unmatched.update(opened)
    if not unmatched:
        return text
    return "".join(character for at, character in enumerate(text) if at not in unmatched)
