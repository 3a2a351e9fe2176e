"""References as columns: one sequence per field, which is small and quick where records are many.

The columns of a CSV are those of the public test sets: record_id, title, author, year, journal,
volume, number, pages, doi, abstract, isbn; pmid, issn, type and source are welcome.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from sys import intern

from evidence.citations import identifiers
from evidence.citations.formats.decoding import decode
from evidence.citations.formats.decoding import lines as decoded_lines
from evidence.citations.record import Reference
from evidence.errors import Invalid
from evidence.problems import Code, Problem

ABSTRACT_LENGTH = 400  # characters; the beginning tells two abstracts apart, the rest costs memory
MOST_AUTHORS = 40  # of thousands in some trials and experiments
AUTHORS_LENGTH = 2_000  # characters of an author field
NEEDED = ("record_id", "title", "author", "year", "journal")
ADDRESSES = ("url", "urls", "link")
LONGEST_FIELD = 10_000_000  # characters; the csv module stops at 131,072 of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """References by field; all sequences are equally long, an empty text means "not said".

    Attributes:
        authors: as the source writes them; several layouts are understood (authors.py).
        issn: ISSNs and ISBNs, as the source writes them.
        abstract: its beginning only.
        source: which search or database the record came from; never compared.
    """

    title: Sequence[str]
    authors: Sequence[str]
    year: Sequence[str]
    journal: Sequence[str]
    volume: Sequence[str]
    issue: Sequence[str]
    pages: Sequence[str]
    doi: Sequence[str]
    pmid: Sequence[str]
    abstract: Sequence[str]
    issn: Sequence[str]
    type: Sequence[str]
    source: Sequence[str]

    def __len__(self) -> int:
        return len(self.title)

    def part(self, begin: int, end: int) -> "Columns":
        """The references from `begin` up to, not including, `end`."""
        return Columns(**{name: getattr(self, name)[begin:end] for name in FIELDS})


FIELDS = tuple(field.name for field in fields(Columns))
REPEATED = frozenset({"year", "journal", "volume", "issue", "type", "source"})
CSV_NAMES = {"authors": "author", "issue": "number", "issn": "isbn"}


def from_references(references: Sequence[Reference]) -> Columns:
    """References as columns."""
    rows = [_row(reference) for reference in references]
    return Columns(**{name: [row[at] for row in rows] for at, name in enumerate(FIELDS)})


def _row(reference: Reference) -> tuple[str, ...]:
    names = "; ".join(str(name) for name in reference.authors[:MOST_AUTHORS])
    return (
        reference.title,
        names + ";" if names else "",
        str(reference.year or ""),
        reference.journal or reference.journal_short,
        reference.volume,
        reference.issue,
        reference.pages,
        reference.doi or _linked_doi(reference.urls),
        reference.pmid,
        reference.abstract[:ABSTRACT_LENGTH],
        " ".join(reference.issn + reference.isbn),
        reference.type,
        "",
    )


def _linked_doi(addresses: Iterable[str]) -> str:
    return next(filter(None, map(identifiers.doi_of_address, addresses)), "")


def read_csv(source: Path | Iterable[str]) -> tuple[Columns, list[str], list[Problem]]:
    """Read a table of records: the columns, the record ids, and what was odd.

    Args:
        source: a file in any encoding, or the lines of one; between the columns stand commas,
            semicolons or tabs.

    Raises:
        Invalid: a needed column is not there, and the message names it; or the file is no text.
    """
    if not isinstance(source, Path):
        return _read(source, "")
    decoded = decode(source.read_bytes(), source.name)
    if not decoded.encoding:
        raise Invalid(str(decoded.problems[0]))
    columns, ids, problems = _read(decoded_lines(decoded.clean), source.name)
    return columns, ids, [*decoded.problems, *problems]


def _read(lines: Iterable[str], file: str) -> tuple[Columns, list[str], list[Problem]]:
    csv.field_size_limit(LONGEST_FIELD)
    lines = iter(lines)
    first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=max(",;\t", key=first.count))
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Invalid(
            f"The table {file} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}. "
            f"Its columns are: {', '.join(header) or 'none'}."
        )
    ids: list[str] = []
    values: dict[str, list[str]] = {name: [] for name in FIELDS}
    problems: list[Problem] = []
    places, record_id = _places(header), header.index("record_id")
    address = next((header.index(name) for name in ADDRESSES if name in header), None)
    linked: list[str] = []
    seen: set[str] = set()
    for cells in filter(None, reader):
        if len(cells) != len(header):
            problems.append(_odd_width(cells, header, file, reader.line_num))
        row = cells + [""] * (len(header) - len(cells))
        if row[record_id] in seen:
            detail = f"{row[record_id] or 'an empty id'} stands in more than one row"
            problems.append(
                Problem(code=Code.KEY_REPEATED, file=file, line=reader.line_num, detail=detail)
            )
        seen.add(row[record_id])
        ids.append(row[record_id])
        for name, at in places:
            values[name].append(_shortened(name, row[at]))
        if address is not None:
            linked.append(identifiers.doi_of_address(row[address]))
    absent = ("",) * len(ids)
    present = {name for name, _ in places}
    if linked:
        own = values["doi"] if "doi" in present else absent
        values["doi"] = [doi or other for doi, other in zip(own, linked, strict=True)]
        present.add("doi")
    columns = {name: values[name] if name in present else absent for name in FIELDS}
    return Columns(**columns), ids, problems


def _odd_width(row: list[str], header: list[str], file: str, line: int) -> Problem:
    detail = f"{len(row)} columns instead of {len(header)}"
    return Problem(code=Code.ROW_RAGGED, file=file, line=line, detail=detail)


def _places(header: list[str]) -> list[tuple[str, int]]:
    named = [(name, CSV_NAMES.get(name, name)) for name in FIELDS]
    named = [(name, "issn" if name == "issn" and "issn" in header else at) for name, at in named]
    return [(name, header.index(column)) for name, column in named if column in header]


def _shortened(name: str, value: str) -> str:
    if name in REPEATED:
        return intern(value)
    if name == "abstract":
        return value[:ABSTRACT_LENGTH]
    return value[:AUTHORS_LENGTH] if name == "authors" else value
