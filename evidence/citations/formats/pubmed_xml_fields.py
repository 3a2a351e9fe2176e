"""What the elements of PubMed's XML mean.

NLM's own account: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html. An article
cites others, whose numbers stand in it too; so every path here begins at the entry.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from evidence.citations import dates, identifiers, page_ranges, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.entry_values import NormalForm
from evidence.citations.formats.xml_blocks import text_of
from evidence.citations.record import Name, Reference
from evidence.citations.text import NOTHING, line
from evidence.problems import Code

# Meaning: paths of elements in order of preference; the second halves are of books.
_ARTICLE = "MedlineCitation/Article"
_BOOK = "BookDocument"
TITLE = (
    *(f"{_ARTICLE}/ArticleTitle", f"{_BOOK}/ArticleTitle", f"{_BOOK}/Book/BookTitle"),
    f"{_ARTICLE}/VernacularTitle",
)
AUTHORS = (f"{_ARTICLE}/AuthorList/Author", f"{_BOOK}/AuthorList/Author")
BOOK_PEOPLE = f"{_BOOK}/Book/AuthorList"
DATES = (f"{_ARTICLE}/Journal/JournalIssue/PubDate", f"{_BOOK}/Book/PubDate")
EARLY = (f"{_ARTICLE}/ArticleDate",)
JOURNAL = (f"{_ARTICLE}/Journal/Title", "MedlineCitation/MedlineJournalInfo/MedlineTA")
BOOK_TITLE = f"{_BOOK}/Book/BookTitle"
JOURNAL_SHORT = (
    f"{_ARTICLE}/Journal/ISOAbbreviation",
    "MedlineCitation/MedlineJournalInfo/MedlineTA",
)
VOLUME = (f"{_ARTICLE}/Journal/JournalIssue/Volume", f"{_BOOK}/Book/Volume")
ISSUE = (f"{_ARTICLE}/Journal/JournalIssue/Issue",)
PAGINATION = (f"{_ARTICLE}/Pagination", f"{_BOOK}/Pagination")
LOCATION = (f"{_ARTICLE}/ELocationID",)
NUMBERS = ("PubmedData/ArticleIdList/ArticleId", f"{_BOOK}/ArticleIdList/ArticleId")
PMID = ("MedlineCitation/PMID", f"{_BOOK}/PMID")
ABSTRACT = (
    *(f"{_ARTICLE}/Abstract/AbstractText", f"{_BOOK}/Abstract/AbstractText"),
    "MedlineCitation/OtherAbstract/AbstractText",
)
KEYWORDS = ("MedlineCitation/KeywordList/Keyword", f"{_BOOK}/KeywordList/Keyword")
HEADINGS = "MedlineCitation/MeshHeadingList/MeshHeading"
LANGUAGE = (f"{_ARTICLE}/Language", f"{_BOOK}/Language")
TYPES = (f"{_ARTICLE}/PublicationTypeList/PublicationType", f"{_BOOK}/PublicationType")
ISSN = (f"{_ARTICLE}/Journal/ISSN", "MedlineCitation/MedlineJournalInfo/ISSNLinking")
ISBN = (f"{_BOOK}/Book/Isbn",)
PUBLISHER = (f"{_BOOK}/Book/Publisher/PublisherName",)
PLACE = (
    f"{_BOOK}/Book/Publisher/PublisherLocation",
    "MedlineCitation/MedlineJournalInfo/Country",
)
NOTES = ("MedlineCitation/GeneralNote",)

_UNLABELLED = "UNLABELLED"


def reference(entry: Element) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    date = dates.date([*map(_date, _all(entry, DATES)), *map(_date, _all(entry, EARLY))])
    is_part = entry.find(f"{_BOOK}/ArticleTitle") is not None
    is_book = entry.find(_BOOK) is not None
    journal = _first(entry, (BOOK_TITLE,) if is_part else JOURNAL)
    shorts = [line(text_of(element)) for element in _all(entry, JOURNAL_SHORT)]
    kind = types.from_pubmed(text_of(element) for element in _all(entry, TYPES))
    people = {element.get("Type", ""): element for element in entry.iterfind(BOOK_PEOPLE)}
    normal = Reference(
        type="chapter" if is_part else "book" if is_book else kind,
        title=_first(entry, TITLE),
        authors=_names(_all(entry, AUTHORS)) or _names(people.get("authors", ())),
        editors=_names(people.get("editors", ())),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=next(
            (short for short in shorts if short.casefold() != journal.casefold()), ""
        ),
        volume=_first(entry, VOLUME),
        issue=_first(entry, ISSUE),
        pages=_pages(entry),
        doi=_number(entry, "doi", (*LOCATION, *NUMBERS)),
        pmid=entry_values.find_first(
            identifiers.pmid, (text_of(element) for element in _all(entry, PMID))
        ),
        pmcid=_number(entry, "pmc", NUMBERS),
        abstract="\n".join(filter(None, map(_paragraph, _of_first(entry, ABSTRACT)))),
        keywords=_keywords(entry),
        language="; ".join(line(text_of(element)) for element in _all(entry, LANGUAGE)),
        issn=identifiers.issns(text_of(element) for element in _all(entry, ISSN)),
        isbn=identifiers.isbns(text_of(element) for element in _all(entry, ISBN)),
        publisher=_first(entry, PUBLISHER),
        place=_first(entry, PLACE),
        notes=tuple(line(text_of(element)) for element in _all(entry, NOTES)),
    )
    written_date = " ".join(map(_date, _all(entry, DATES)))
    unread = [(Code.VALUE_UNREADABLE, f"year “{written_date}”")]
    return normal, unread if written_date and not date else []


def _all(entry: Element, paths: tuple[str, ...]) -> Iterator[Element]:
    return (element for path in paths for element in entry.iterfind(path))


def _of_first(entry: Element, paths: tuple[str, ...]) -> list[Element]:
    return next((elements for path in paths if (elements := entry.findall(path))), [])


def _first(entry: Element, paths: tuple[str, ...]) -> str:
    """The first text that says something."""
    texts = (line(text_of(element)) for element in _all(entry, paths))
    return next((text for text in texts if text not in NOTHING), "")


def _date(element: Element) -> str:
    """Year, month and day stand apart, or together where a journal has no months."""
    return " ".join(filter(None, (line(text_of(part)) for part in element)))


def _names(people: Iterable[Element]) -> tuple[Name, ...]:
    return tuple(name for person in people if (name := _name(person)).family)


def _name(person: Element) -> Name:
    given = text_of(person.find("ForeName")) or text_of(person.find("Initials"))
    suffix = text_of(person.find("Suffix"))
    family = text_of(person.find("LastName")) or text_of(person.find("CollectiveName"))
    return Name(line(family), line(f"{given} {suffix}"))


def _pages(entry: Element) -> str:
    for pagination in _all(entry, PAGINATION):
        whole = line(text_of(pagination.find("MedlinePgn")))
        start, end = text_of(pagination.find("StartPage")), text_of(pagination.find("EndPage"))
        if page_range := page_ranges.pages(whole) or page_ranges.pages(line(start), line(end)):
            return page_range
    return ""


def _number(entry: Element, kind: str, paths: tuple[str, ...]) -> str:
    """An identifier of the article itself; `EIdType` and `IdType` say which it is."""
    recognise = identifiers.doi if kind == "doi" else identifiers.pmcid
    numbers = _all(entry, paths)
    return entry_values.find_first(
        recognise, (text_of(element) for element in numbers if kind in element.attrib.values())
    )


def _paragraph(element: Element) -> str:
    """A paragraph of an abstract behind its heading."""
    label, text = element.get("Label", ""), line(text_of(element))
    return f"{label}: {text}" if text and label and label != _UNLABELLED else text


def _keywords(entry: Element) -> tuple[str, ...]:
    """Keywords of the authors, and headings of the database with their qualifiers."""
    headings = entry.iterfind(HEADINGS)
    return entry_values.keywords(
        [
            *(line(text_of(element)) for element in _all(entry, KEYWORDS)),
            *("/".join(line(text_of(part)) for part in heading) for heading in headings),
        ]
    )
