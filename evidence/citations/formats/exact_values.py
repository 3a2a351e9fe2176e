"""What an export could not say exactly in the fields of its format, kept beside them.

Every program reads the usual fields of a format. They cannot hold all: a RIS abstract has no safe
place for each kind of line end, and no table tells the organisation "Vitamin D" from a person. So a
writer reads back what it wrote, and puts each value that came back otherwise into one more field,
as JSON: `["waymark", ["authors", "1a2b3c4d", [["Vitamin D", ""]]]]`. The number is a check of what
the usual field says. If another program changed that since, it does not fit any more, and the usual
field counts.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from evidence.citations import dates, identifiers, types
from evidence.citations.record import Name, Record, Reference

# The tag or the column of that field. A long text takes several columns: "Waymark 2", "Waymark 3".
RIS, NBIB, BIBTEX, COLUMN = "U5", "WMK", "waymark", "Waymark"
CSL = "waymark"  # in the variable `custom`
_CUSTOM = "custom"
_TAGS = frozenset({RIS, NBIB, BIBTEX, COLUMN, _CUSTOM})

_BEGIN = '["waymark"'
_UNSAFE = re.compile(r"[{}@#%&<>=~$^_`\x7f]")  # means something in one of the formats
_ANY = ""  # the check where the usual fields hold nothing that could change
_NONE = Reference()
_NAMES = tuple(field.name for field in fields(Reference))
_PEOPLE = frozenset({"authors", "editors"})

# What these fields hold in normal form; pages build links of some.
_DOI = re.compile(r"10\.\S+")
_ADDRESS = re.compile(r"http|ftp|www\.")
_NORMAL: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "type": lambda word: word if word in types.TYPES else "",
        "year": lambda number: dates.year(str(number)),
        "date": lambda text: dates.date([text]),
        "doi": lambda text: text if _DOI.fullmatch(text) else "",
        "pmid": identifiers.pmid,
        "pmcid": identifiers.pmcid,
        "issn": identifiers.issns,
        "isbn": identifiers.isbns,
        "urls": lambda told: tuple(url for url in told if _ADDRESS.match(url)),
    }
)


def difference(wanted: Reference, told: Reference | None) -> str:
    """What to put beside the usual fields; empty if they say all.

    Args:
        wanted: the reference as it is.
        told: what a reader makes of the usual fields, None if it finds no entry there.
    """
    differing = [
        [name, _check(getattr(told, name)) if told else _ANY, getattr(wanted, name)]
        for name in _NAMES
        if told is None or getattr(told, name) != getattr(wanted, name)
    ]
    if not differing:
        return ""
    text = json.dumps(["waymark", *differing], default=_pair, separators=(",", ":"))
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def restore(record: Record) -> Record:
    """The record with the values that stand beside the usual fields, where they still fit."""
    text = _beside(record.fields)
    if not text:
        return record
    told = record.reference
    values = {
        name: value
        for name, check, value in _read(text)
        if check in {_ANY, _check(getattr(told, name))}
    }
    return replace(record, reference=replace(told, **values))


def split(text: str, longest: int) -> list[str]:
    """The text in parts that fit into cells, none of which begins or ends with a blank."""
    if len(text) <= longest:
        return [text]
    text = text.replace(" ", "\\u0020")
    return [text[start : start + longest] for start in range(0, len(text), longest)]


def _pair(person: Name) -> list[str]:
    return [person.family, person.given]


def _check(value: object) -> str:
    return f"{zlib.crc32(json.dumps(value, default=_pair).encode()):08x}"


def _beside(tagged: Iterable[tuple[str, str]]) -> str:
    """What stands beside the usual fields of an entry, empty if nothing."""
    found = [v for tag, v in tagged if tag in _TAGS or tag.startswith(f"{COLUMN} ")]
    text = "".join(map(_of_custom, found)) if found else ""
    return text if text.startswith(_BEGIN) else ""


def _of_custom(value: str) -> str:
    """The value, or what is ours of CSL's `custom`."""
    if not value.startswith("{"):
        return value
    try:
        text = json.loads(value).get(CSL)
    except ValueError:
        return ""
    return text if isinstance(text, str) else ""


def _read(text: str) -> Iterator[tuple[str, str, Any]]:
    """Name, check and value of each field, but for those that are damaged."""
    try:
        _, *found = json.loads(text)
    except (ValueError, RecursionError):
        return
    for each in found:
        match each:
            case [str(name), str(check), value] if name in _NAMES and _fits(name, value):
                yield name, check, _made(name, value)


def _fits(name: str, value: Any) -> bool:
    """Whether a value is one that a reader could give, whoever wrote the file."""
    if not _is_of_kind(name, value):
        return False
    normal = _NORMAL.get(name)
    return not value or normal is None or normal(_made(name, value)) == _made(name, value)


def _is_of_kind(name: str, value: object) -> bool:
    """Whether a value is of the kind that the field has."""
    if name == "year":
        return value is None or type(value) is int
    if isinstance(getattr(_NONE, name), str):
        return isinstance(value, str)
    if not isinstance(value, list):
        return False
    if name in _PEOPLE:
        return all(_is_texts(each) and len(each) == len(("family", "given")) for each in value)
    return _is_texts(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _made(name: str, value: Any) -> Any:
    """The value as a Reference has it."""
    if name in _PEOPLE:
        return tuple(Name(*each) for each in value)
    return tuple(value) if isinstance(value, list) else value


def only_reference(entries: Iterable[object]) -> Reference | None:
    """The reference of the only entry that a reader found, None if it found none."""
    found: Sequence[Record] = [each for each in entries if isinstance(each, Record)]
    return found[0].reference if len(found) == 1 else None
