"""The normal form of a row of a table, from its cells by meaning (which columns.py looks up)."""

import re
from collections.abc import Sequence

from evidence.citations import dates, identifiers, page_ranges, types
from evidence.citations.formats import entry_values, table_names
from evidence.citations.formats.entry_values import NormalForm, Values, every, find_first, first
from evidence.citations.formats.source_lines import parse_source
from evidence.citations.record import Name, Reference
from evidence.citations.text import line, paragraphs
from evidence.problems import Code

# What a spreadsheet program makes of pages and long numbers: 12-May, May-12, 1.23E+12.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez)"
_DAMAGED = re.compile(
    rf"\d{{1,2}}[-/.]{_MONTH}\.?|{_MONTH}\.?[-/.]\d{{2}}|\d(?:[.,]\d+)?E\+\d+|\d{{4}}-\d\d-\d\d",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(\d+)\.0")
_LIST = re.compile(r"""['"\[\]]""")

# Numbers that such a program can damage.
_NUMBERS = ("volume", "issue", "pages", "page_start", "page_end", "article_number", "pmid")


def reference(cells_by_meaning: Values) -> NormalForm:
    """The normal form of a row, and what is to be said of its values."""
    values = {
        word: [_without_fraction(cell) for cell in cells]
        for word, cells in cells_by_meaning.items()
    }
    damaged = [
        (Code.VALUE_DAMAGED, f"{word} “{cell}”"[: entry_values.QUOTE_LENGTH])
        for word in _NUMBERS
        for cell in values.get(word, ())
        if _is_damaged(cell)
    ]
    for word in _NUMBERS:
        if word in values:
            values[word] = [cell for cell in values[word] if not _is_damaged(cell)]
    values = {word: cells for word, cells in values.items() if cells}
    source = first(values, ("citation",))
    cited = parse_source(source)
    date = _date(values, cited.date)
    doi = (
        find_first(identifiers.doi, every(values, ("doi",)))
        or _linked_doi(values)
        or find_first(identifiers.noted_doi, every(values, ("notes",)))
    )
    journal = line(first(values, ("journal",))) or cited.container
    notes = [part for note in every(values, ("notes",)) for part in entry_values.split_notes(note)]
    pmid = _pmid(values, notes)
    pmcid = find_first(identifiers.pmcid, [*every(values, ("pmcid",)), *_short_notes(notes)])
    serials = every(values, ("issn", "isbn"))
    normal = Reference(
        type=_type(values),
        title=line(first(values, ("title",))),
        authors=_people(values, "authors") + _groups(values),
        editors=_people(values, "editors") or cited.editors,
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=entry_values.abbreviated_journal(values, ("journal_short",), journal),
        volume=entry_values.brief(values, ("volume",)) or cited.volume,
        issue=entry_values.brief(values, ("issue",)) or cited.issue,
        pages=_pages(values) or cited.pages,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        abstract=paragraphs(first(values, ("abstract",))),
        keywords=entry_values.split_keywords(map(_split_list, every(values, ("keywords",)))),
        language=line(first(values, ("language",))),
        urls=entry_values.urls(every(values, ("urls",))),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, ("publisher",))),
        place=entry_values.brief(values, ("place",)),
        notes=entry_values.notes(notes, pmid, pmcid),
    )
    unread = entry_values.unreadable_values(
        values, (("year", ("year",), date), ("DOI", ("doi",), doi))
    )
    known = (journal, date, normal.volume or normal.pages)
    return normal, damaged + unread + entry_values.unread_source(source, cited, known)


def _without_fraction(cell: str) -> str:
    """The cell without the fraction that a spreadsheet gives to whole numbers: 2012.0."""
    return cell[:-2] if _DECIMAL.fullmatch(cell) else cell


def _is_damaged(cell: str) -> bool:
    return _DAMAGED.fullmatch(cell.strip()) is not None


def _date(values: Values, citation_date: str) -> str:
    """Year, month and day may stand apart; a citation has the year somewhere within."""
    years = [line(year) for year in every(values, ("year",))]
    month, day = line(first(values, ("month",))), line(first(values, ("day",)))
    parts = "-".join(filter(None, [first(values, ("year",)), month, day]))
    if not month.isdecimal():
        parts = f"{day} {month}"
    written_dates = [dates.without_doubt(line(text)) for text in every(values, ("date",))]
    texts = [*years, *written_dates, parts, citation_date]
    return dates.date(texts) or dates.date(map(line, every(values, ("citation",))))


def _linked_doi(values: Values) -> str:
    return find_first(
        identifiers.doi, (url for url in every(values, ("urls",)) if "doi.org/" in url)
    )


def _type(values: Values) -> str:
    """The type in words; one that is not known is another one."""
    words = every(values, ("type",))
    return find_first(types.from_words, words) or (types.OTHER if any(words) else "")


def _people(values: Values, word: str) -> tuple[Name, ...]:
    if word in values:
        return table_names.split(values[word][0])
    natural = first(values, (f"{word}_given_first",))
    return table_names.split(natural, natural=True) if natural else ()


def _groups(values: Values) -> tuple[Name, ...]:
    names = (line(part) for part in first(values, ("author_groups",)).split(";"))
    return tuple(Name(part) for part in names if part)


def _pages(values: Values) -> str:
    whole = page_ranges.pages(line(first(values, ("pages",))))
    start, end = line(first(values, ("page_start",))), line(first(values, ("page_end",)))
    if not whole:  # RefWorks may give nothing but "other pages"
        whole = page_ranges.pages(start, end) if start else page_ranges.pages(end)
    return whole or page_ranges.pages(line(first(values, ("article_number",))))


def _pmid(values: Values, notes: Sequence[str]) -> str:
    pmid = find_first(identifiers.pmid, every(values, ("pmid",)))
    return (
        pmid
        or find_first(identifiers.pmid_named, _short_notes(notes))
        or find_first(identifiers.noted_pmid, notes)
    )


def _short_notes(notes: Sequence[str]) -> list[str]:
    """Notes that may name an identifier; a longer one may list those of other publications."""
    return [note for note in notes if len(note) < entry_values.SHORT_NOTE]


def _split_list(cell: str) -> str:
    """Keywords as OpenAlex and Python write lists of them, with semicolons."""
    if "|" in cell:
        return cell.replace("|", ";")
    return _LIST.sub("", cell) if cell.startswith("[") else cell
