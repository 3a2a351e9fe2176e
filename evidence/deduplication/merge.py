"""One reference from the records of one publication, and where each of its values comes from.

The rules, per field: a value beats none. Of several, the one wins that says most by the measure of
its field (MEASURES); of equals the one that most records give; of those the first. Volume, issue
and pages are taken together from one record where one has all of them, so that a place is never
put together from two editions.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from evidence.citations.record import Reference
from evidence.deduplication.text import title_words

PLACE = ("year", "date", "volume", "issue", "pages")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedReference:
    """A reference put together from several.

    Attributes:
        origin: for each field that has a value, the place of the reference that it is from.
    """

    reference: Reference
    origin: Mapping[str, int]


def merge(references: Sequence[Reference]) -> MergedReference:
    """Put one reference together; the same references always give the same, in any order.

    The order decides only between values that are equally good, and which place `origin` names.
    """
    if not references:
        return MergedReference(reference=Reference(), origin={})
    origin = {field.name: _best(references, field.name) for field in fields(Reference)}
    place = _best_place(references)
    origin |= {name: place for name in PLACE if getattr(references[place], name)}
    filled = {name: at for name, at in origin.items() if getattr(references[at], name)}
    values = {name: getattr(references[at], name) for name, at in filled.items()}
    return MergedReference(reference=replace(Reference(), **values), origin=filled)


def _best(references: Sequence[Reference], name: str) -> int:
    values = [getattr(reference, name) for reference in references]
    counts = Counter(values)
    measure = MEASURES.get(name, bool)
    ranked = [
        (measure(value), counts[value], _plain(value), -at) for at, value in enumerate(values)
    ]
    return -max(ranked)[-1]


def _best_place(references: Sequence[Reference]) -> int:
    """The record that says most of where the publication stands; a later year is the final one."""
    ranked = [
        (
            sum(bool(getattr(r, name)) for name in ("volume", "issue", "pages")),
            r.year or 0,
            r.pages,
            -at,
        )
        for at, r in enumerate(references)
    ]
    return -max(ranked)[-1]


def _plain(value: object) -> str:
    return str(value or "")


def _mixed_case(text: str) -> tuple[bool, int]:
    """Not all capitals; then the longer, which is the full name."""
    return bool(text) and not text.isupper(), len(text)


def _title(text: str) -> tuple[bool, int, int]:
    """Not all capitals; then the longer, which has the subtitle, but without notes about it."""
    return bool(text) and not text.isupper(), len(title_words(text)), -len(text)


def _names(names: tuple[Any, ...]) -> tuple[int, int]:
    """The longer list of names; then the one with more of the given names."""
    return len(names), sum(len(str(name)) for name in names)


def _type(value: str) -> int:
    return 0 if not value else 1 if value == "other" else 2


MEASURES: Mapping[str, Callable[[Any], Any]] = {
    "type": _type,
    "title": _title,
    "authors": _names,
    "editors": _names,
    "journal": _mixed_case,
    "journal_short": len,
    "date": len,
    "abstract": len,
    "keywords": len,
    "urls": len,
    "issn": len,
    "isbn": len,
    "notes": len,
}
