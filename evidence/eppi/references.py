"""The bibliographic side of a reference of EPPI-Reviewer, as a record."""

import json
import re
from typing import Any

from evidence.citations import dates, identifiers, page_ranges, types
from evidence.citations.names import names_in_any_order
from evidence.citations.record import Record, Reference
from evidence.citations.text import line, paragraphs
from evidence.eppi.values import Entry

_CODING = frozenset({"Codes", "Outcomes", "Arms", "Timepoints"})
_LINE_END = re.compile(r"\r\n|\r|\n")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def record_of(entry: Entry, number: int) -> Record:
    """The record of a reference.

    Args:
        entry: the reference.
        number: its place among the references, from 1; the record's line, since a file of
            EPPI-Reviewer often has one line only.
    """
    bibliographic = {name: value for name, value in entry.values.items() if name not in _CODING}
    fields = tuple((name, _written(value)) for name, value in bibliographic.items())
    identifier = entry.identifier("ItemId")
    return Record(
        reference=_reference(entry),
        line=number,
        raw=json.dumps(bibliographic, ensure_ascii=False).encode("utf-8", "replace").decode(),
        fields=tuple((name, value) for name, value in fields if value),
        key="" if identifier is None else str(identifier),
    )


def _reference(entry: Entry) -> Reference:
    authors, guessed = names_in_any_order([entry.text("Authors")], family_first=True)
    editors, _ = names_in_any_order([entry.text("ParentAuthors")], family_first=True)
    if guessed:
        entry.ledger.repair(
            f"{entry.place}, {guessed[0]}",
            "A name stands without a comma; its first word was taken as the family name.",
        )
    numbers = [entry.text("StandardNumber")]
    addresses = tuple(dict.fromkeys(_ADDRESS.findall(entry.text("URL"))))
    place = ", ".join(filter(None, (line(entry.text("City")), line(entry.text("Country")))))
    day = dates.date([entry.text("Year"), entry.text("Month")])
    return Reference(
        type=types.from_words(entry.text("TypeName")),
        title=line(entry.text("Title")),
        authors=authors,
        editors=editors,
        year=dates.year(day),
        date=day,
        journal=line(entry.text("ParentTitle")),
        volume=line(entry.text("Volume")),
        issue=line(entry.text("Issue")),
        pages=page_ranges.pages(entry.text("Pages")),
        doi=identifiers.doi(entry.text("DOI")) or identifiers.doi_of_address(entry.text("URL")),
        abstract=paragraphs(entry.text("Abstract")),
        keywords=_keywords(entry.text("Keywords")),
        urls=addresses,
        issn=identifiers.issns(numbers),
        isbn=identifiers.isbns(numbers),
        publisher=line(entry.text("Publisher") or entry.text("Institution")),
        place=place,
        notes=tuple(filter(None, [entry.text("Comments")])),
    )


def _keywords(text: str) -> tuple[str, ...]:
    """Keywords stand in lines; scripts part them by semicolons."""
    parts = _LINE_END.split(text)
    if len(parts) == 1:
        parts = text.split(";")
    return tuple(dict.fromkeys(filter(None, (line(part) for part in parts))))


def _written(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()
