"""Values that the fields of a format cannot hold exactly, kept in an extra field beside them.

Every program reads the usual fields of a format. They cannot hold all: a RIS abstract cannot keep
each kind of line end, and no table distinguishes the organisation "Vitamin D" from a person. So a
writer reads back what it wrote, and puts each value that came back otherwise into the extra field,
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

_MORE = f"{COLUMN} "
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
        "urls": lambda urls: tuple(url for url in urls if _ADDRESS.match(url)),
    }
)


def difference(reference: Reference, read_back: Reference | None) -> str:
    """The text of the field that is put beside the usual ones; empty if those say all.

    Args:
        reference: as it is.
        read_back: what a reader makes of the usual fields, None if it finds no entry there.
    """
    differing = [
        [name, _check(getattr(read_back, name)) if read_back else _ANY, getattr(reference, name)]
        for name in _NAMES
        if read_back is None or getattr(read_back, name) != getattr(reference, name)
    ]
    if not differing:
        return ""
    text = json.dumps(["waymark", *differing], default=_pair, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def restore(record: Record) -> Record:
    """The record with the values that stand beside the usual fields, where they still fit."""
    text = _extra_field(record.fields)
    if not text:
        return record
    reference = record.reference
    values = {
        name: value
        for name, check, value in _read(text)
        if check in {_ANY, _check(getattr(reference, name))}
    }
    return replace(record, reference=replace(reference, **values))


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


def _extra_field(tagged: Iterable[tuple[str, str]]) -> str:
    """What stands beside the usual fields of an entry, empty if nothing."""
    texts = [value for tag, value in tagged if tag in _TAGS or tag[:8] == _MORE]
    text = "".join(map(_of_custom, texts)) if texts else ""
    return text if text.startswith(_BEGIN) else ""


def _of_custom(value: str) -> str:
    """The value of the extra field; of CSL's `custom` the part that this program wrote."""
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
        _, *items = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in items:
        match item:
            case [str(name), str(check), value] if name in _NAMES and _fits(name, value):
                yield name, check, _as_in_reference(name, value)


def _fits(name: str, value: Any) -> bool:
    """Whether a value is one that a reader could give, whoever wrote the file."""
    if not _is_of_kind(name, value):
        return False
    if not value or name not in _NORMAL:
        return True
    typed = _as_in_reference(name, value)
    return bool(_NORMAL[name](typed) == typed)


def _is_of_kind(name: str, value: object) -> bool:
    """Whether a value is of the kind that the field has."""
    if name == "year":
        return value is None or type(value) is int
    if isinstance(getattr(_NONE, name), str):
        return isinstance(value, str)
    if not isinstance(value, list):
        return False
    if name in _PEOPLE:
        return all(_are_texts(pair) and len(pair) == len(("family", "given")) for pair in value)
    return _are_texts(value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _as_in_reference(name: str, value: Any) -> Any:
    """The value as a Reference has it."""
    if name in _PEOPLE:
        return tuple(Name(*pair) for pair in value)
    return tuple(value) if isinstance(value, list) else value


def only_reference(entries: Iterable[object]) -> Reference | None:
    """The reference of the only entry that a reader found, None if it found none."""
    records: Sequence[Record] = [entry for entry in entries if isinstance(entry, Record)]
    return records[0].reference if len(records) == 1 else None
