"""References as rows, and back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping

from evidence.citations import citing
from evidence.citations.record import Name, Reference
from evidence.store.bulk import to_json
from evidence.store.schema.column_types import clean

NAMES = tuple(field.name for field in fields(Reference))
PEOPLE = ("authors", "editors")
NUL = "\\u0000"  # in JSON
LISTS = ("keywords", "urls", "issn", "isbn", "notes")
_VALUES = attrgetter(*NAMES)


def to_values(reference: Reference) -> tuple[Any, ...]:
    """Column values of a reference in the order of NAMES, with lists as JSON text, for
    evidence.store.bulk.
    """
    return tuple([write(value) for write, value in zip(_WRITERS, _VALUES(reference), strict=True)])


def pairs_json(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of texts as JSON."""
    return _cleaned("[" + ",".join([f"[{quoted(a)},{quoted(b)}]" for a, b in pairs]) + "]")


def _people(people: Sequence[Name]) -> str:
    return pairs_json([(name.family, name.given) for name in people]) if people else "[]"


def _texts(texts: Sequence[str]) -> str:
    return _cleaned("[" + ",".join(map(quoted, texts)) + "]") if texts else "[]"


def _cleaned(text: str) -> str:
    """JSON text without NUL, however that is written there."""
    if NUL in text:
        return to_json(_without_nul(json.loads(text)))
    return clean(text)


def _without_nul(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else [_without_nul(item) for item in value]


def from_row(row: RowMapping) -> Reference:
    """The reference in a row of `record` or `work`."""
    values = {name: row[name] for name in NAMES}
    for name in PEOPLE:
        values[name] = tuple(Name(family, given) for family, given in values[name])
    for name in LISTS:
        values[name] = tuple(values[name])
    return Reference(**values)


def _as_it_is(value: Any) -> Any:
    return value


_WRITERS = tuple(
    _people
    if name in PEOPLE
    else _texts
    if name in LISTS
    else _as_it_is
    if name == "year"
    else clean
    for name in NAMES
)


def authors_line(row: RowMapping) -> str:
    """The first three authors in a row, as people cite them."""
    return citing.authors_line([Name(family, given) for family, given in row["authors"]])
