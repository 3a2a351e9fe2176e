"""What an entry of BibTeX inherits from the book or proceedings that its `crossref` names."""

import re
from collections.abc import Iterable, Mapping

Fields = list[tuple[str, str]]

_NAMED = re.compile(rb"\bcrossref\s{0,9}=\s{0,9}[{\"]\s{0,9}([^\s{}\",]{1,200})", re.IGNORECASE)
_KEY = re.compile(rb"@\w+\s{0,9}[{(]\s{0,9}([^\s{}\",]{1,200})\s{0,9},")

# What is handed down, by its name in the parent; the title of a book names what its parts stand in.
_HANDED_DOWN = {
    "title": "booktitle",
    **{
        name: name
        for name in (
            *("booktitle", "editor", "editors", "year", "date", "month", "journal", "journaltitle"),
            *("volume", "publisher", "organization", "address", "location", "language", "isbn"),
            *("issn", "series"),
        )
    },
}
# Years and dates are one matter: a child that has either inherits neither.
_SAME = {"date": "year", "journaltitle": "journal", "location": "address", "editors": "editor"}


def parent_keys(clean: bytes) -> frozenset[bytes]:
    """The keys that entries of the file name."""
    return frozenset(key.lower() for key in _NAMED.findall(clean))


def key_of(block: bytes) -> bytes:
    """The key of a block, empty where it has none that could be named."""
    match = _KEY.match(block)
    return match[1].lower() if match else b""


def inherited_fields(fields: Iterable[tuple[str, str]], parents: Mapping[bytes, Fields]) -> Fields:
    """The fields that an entry has not itself and its parent has."""
    own_fields = [(name.strip().lower(), value) for name, value in fields]
    key = next(
        (value.strip().lower().encode() for name, value in own_fields if name == "crossref"), b""
    )
    own_names = {_SAME.get(name, name) for name, value in own_fields if value.strip()}
    own_names |= {"month"} if "year" in own_names else set()
    parent = ((name.strip().lower(), value) for name, value in parents.get(key, ()))
    inherited = [(_HANDED_DOWN[name], value) for name, value in parent if name in _HANDED_DOWN]
    return [(name, value) for name, value in inherited if _SAME.get(name, name) not in own_names]
