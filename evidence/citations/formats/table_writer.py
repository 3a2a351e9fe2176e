"""References as rows of a table: the columns of CSV and XLSX, and their cells."""

from collections.abc import Iterable

from evidence.citations import types
from evidence.citations.formats import column_meanings, exact_values, table_rows
from evidence.citations.formats.cells import neutralise, restore_cell
from evidence.citations.formats.table_layout import Header, Row
from evidence.citations.formats.writer import join_keywords, join_notes, line, paragraphs
from evidence.citations.record import Name, Reference

HEAD = (
    *("Title", "Authors", "Year", "Journal", "Volume", "Issue", "Pages", "DOI", "Abstract"),
    *("Keywords", "Type", "Language", "Date", "Journal abbreviation", "Editors", "Publisher"),
    *("Place", "ISSN", "ISBN", "PMID", "PMCID", "URLs", "Notes", "Key"),
)
_HEADER = Header(line=0, raw="head", names=HEAD, words=tuple(column_meanings.known_meanings(HEAD)))


def cells(key: str, ref: Reference, longest: int = 0) -> list[str]:
    """The cells of a reference below HEAD, none of which can run as a formula.

    Args:
        key: of the reference.
        ref: to be written.
        longest: how many characters a cell may hold; 0 where there is no limit.
    """
    plain = plain_cells(key, ref)
    return [neutralise(cell[:longest] if longest else cell) for cell in plain]


def plain_cells(key: str, ref: Reference) -> list[str]:
    """The same cells, before they are made safe for spreadsheets."""
    kind = types.TYPES.get(ref.type)
    return [
        *(line(ref.title), _people(ref.authors), str(ref.year or ""), line(ref.journal)),
        *(line(ref.volume), line(ref.issue), line(ref.pages), line(ref.doi)),
        *(paragraphs(ref.abstract), join_keywords(ref.keywords), kind.label if kind else ""),
        *(line(ref.language), line(ref.date), line(ref.journal_short), _people(ref.editors)),
        *(line(ref.publisher), line(ref.place)),
        *(" ".join(map(line, several)) for several in (ref.issn, ref.isbn)),
        *(line(ref.pmid), line(ref.pmcid), " ".join(map(line, ref.urls))),
        *(join_notes(ref.notes), line(key)),
    ]


def difference(cells_written: Iterable[str], ref: Reference) -> str:
    """What the cells of a reference do not say exactly."""
    row = Row(line=1, cells=tuple(map(restore_cell, cells_written)), raw="row")
    read_back = exact_values.only_reference(table_rows.records([row], _HEADER, ""))
    return exact_values.difference(ref, read_back)


def _people(people: Iterable[Name]) -> str:
    """Names parted by semicolons; a comma behind a whole name keeps it from being parted."""
    several = [person for person in people if person.family]
    if len(several) == 1:
        return line(str(several[0]))
    return "; ".join(line(str(person)) for person in several)
