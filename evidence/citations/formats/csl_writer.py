"""CSL JSON, an item in each line; further web addresses stand in `custom`."""

import json
import re
from collections.abc import Iterable, Iterator

from evidence.citations import types
from evidence.citations.formats import csl, exact_values
from evidence.citations.formats.csl_fields import CUSTOM
from evidence.citations.formats.writer import (
    KeyedReferences,
    Writer,
    join_keywords,
    join_notes,
    line,
    paragraphs,
)
from evidence.citations.record import Name, Reference

_NO_TYPE = "document"
_NUMBER = re.compile(r"[0-9]{1,4}")
Item = dict[str, object]


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file, an item at a time."""
    before = "[\n"
    for key, reference in references:
        yield (before + entry(key, reference)).encode()
        before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def entry(key: str, reference: Reference) -> str:
    """One item."""
    item = _item(key, reference)
    read_back = exact_values.only_reference(csl.read(_to_json(item).encode(), ""))
    if extra := exact_values.difference(reference, read_back):
        item[CUSTOM] = _custom(reference) | {exact_values.CSL: extra}
    return _to_json(item)


def _to_json(item: Item) -> str:
    return json.dumps(item, ensure_ascii=False)


def _item(key: str, ref: Reference) -> Item:
    """The variables that have a value, and the title, by which the format is known."""
    kind = types.TYPES.get(ref.type)
    item: Item = {
        "id": line(key),
        "type": kind.csl[0] if kind and kind.csl else _NO_TYPE,
        "title": line(ref.title),
        "author": _people(ref.authors),
        "editor": _people(ref.editors),
        "issued": _date(ref),
        "container-title": line(ref.journal),
        "container-title-short": line(ref.journal_short),
        "volume": line(ref.volume),
        "issue": line(ref.issue),
        "page": line(ref.pages),
        "DOI": line(ref.doi),
        "PMID": line(ref.pmid),
        "PMCID": line(ref.pmcid),
        "abstract": paragraphs(ref.abstract),
        "keyword": join_keywords(ref.keywords),
        "language": line(ref.language),
        "URL": line(ref.urls[0]) if ref.urls else "",
        "ISSN": ", ".join(map(line, ref.issn)),
        "ISBN": ", ".join(map(line, ref.isbn)),
        "publisher": line(ref.publisher),
        "publisher-place": line(ref.place),
        "note": join_notes(ref.notes),
        CUSTOM: _custom(ref),
    }
    return {name: value for name, value in item.items() if value or name == "title"}


def _custom(ref: Reference) -> Item:
    """What CSL has no variable for: all web addresses but the first."""
    return {"urls": further} if (further := list(map(line, ref.urls[1:]))) else {}


def _people(people: Iterable[Name]) -> list[Item]:
    lines = ((line(person.family), line(person.given)) for person in people)
    return [
        {"family": family, "given": given} if given else {"literal": family}
        for family, given in lines
    ]


def _date(ref: Reference) -> Item:
    """The date in numbers: [2006, 3, 14]."""
    parts = (ref.date or str(ref.year or "")).split("-")
    if not all(map(_NUMBER.fullmatch, parts)):
        return {}
    return {"date-parts": [[int(part) for part in parts]]}


WRITER = Writer(
    name="csl",
    label="CSL JSON (Zotero, Pandoc)",
    ending="json",
    media_type="application/vnd.citationstyles.csl+json",
    write=write,
)
