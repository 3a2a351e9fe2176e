"""Where a work stands, from the one line in which a database writes it.

PubMed: `J Invent Rehabil. 2021 Mar 14;12(3):349-69. doi: …`. Ovid, of articles:
`Journal. 12(3):349-69, 2021 Mar 14.`, `Journal. 12 (3) (pp 349-369), 2021.`,
`Journal. Vol.12(3), Mar 2021, pp. 349-369.`, `Journal March/April 2021;12(3):349-369`,
`Journal 12, Winter 2021: 349-369.`; of chapters:
`Arbor, Ada [Editor], Berg, Bea [Ed]. Title of the book.:349-369, 2021.` Embase:
`Journal (2021) 12:3 (349-369). Date of Publication: Mar 2021`. LILACS and BVS:
`Rev. Inv.;12(3): 349-369, mar. 2021. tab`, `Rev. Inv.; 12(3); 349-369`. ERIC:
`Journal, v12 n3 p349-369 Mar 2021`.

The line is not compared with these forms: its numbers, dates and brackets are read one by one, and
what stands before the first from which on all of them make sense names the journal or the book.
"""

import re
from dataclasses import dataclass

from evidence.citations import dates, page_ranges
from evidence.citations.formats.source_parts import Parts, read_parts
from evidence.citations.formats.source_people import Editors, find_editors
from evidence.citations.formats.source_tokens import fold, tokens
from evidence.citations.record import Name
from evidence.citations.text import line

_LONGEST = 1500  # characters; a longer text is no such line
_START = re.compile(r"(?<=[\s.,;:])(?=\w)|(?=\()")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"\[[^\]]{5,}\]|.{0,400}?(?:[^\W\d_]{3}|\d|[)\]?!\"”])(?=[.?!](?:\s|$))")
_EDITION = re.compile(
    r"[\s,.(]*\b(?:\d{1,2}(?:st|nd|rd|th)|rev(?:ised)?\.?|first|second|third|fourth|fifth)"
    r" ed(?:n|ition)?\b\.?\)?",
    re.IGNORECASE,
)
_MEETING = re.compile(r"[.;]\s*(?:Conference|Meeting)(?: Publication)?:.*")  # Embase
_ABBREVIATION = re.compile(r"\s\([A-Z][A-Z .&]+\)$")  # CINAHL, in capitals
_MONOGRAPH = re.compile(r"[^;\d]{2,60};[^;\d]{2,80}")  # LILACS: place and publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The parts of a source line; empty where it does not give them.

    Attributes:
        container: the journal or the book.
        editors: of the book.
        is_chapter: whether the line says that the work stands in a book.
        is_read: whether all of the line that matters was understood.
    """

    container: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    editors: tuple[Name, ...] = ()
    is_chapter: bool = False
    is_read: bool = True


def parse_source(text: str) -> Source:
    """The parts of one line; of one that cannot be read the year, and what a digit follows."""
    text = line(text)
    if not text:
        return Source()
    book = find_editors(text) if len(text) <= _LONGEST else None
    rest = book.rest if book else text
    found = _find_parts(rest, book) if len(text) <= _LONGEST else None
    if found is None:
        return _of_unread(rest, book)
    start, parts = found
    return Source(
        container=_container(rest[:start], book, parts),
        date=parts.date,
        volume=parts.volume,
        issue=parts.issue,
        pages=page_ranges.pages(parts.pages),
        editors=book.people if book else (),
        is_chapter=book is not None,
    )


def _of_unread(text: str, book: Editors | None) -> Source:
    """What can be told of a line whose numbers make no sense: nothing is lost if it has none."""
    before = _DIGIT.split(text, maxsplit=1)[0]
    return Source(
        container=_container(before, book),
        date=book.date if book and book.date else str(dates.year(text) or ""),
        editors=book.people if book else (),
        is_chapter=book is not None,
        is_read=before == text,
    )


def _find_parts(text: str, book: Editors | None) -> tuple[int, Parts] | None:
    """Where the first number, date or bracket stands from which on all make sense, and these."""
    folded = fold(text)
    date = book.date if book else ""
    for match in _START.finditer(folded):
        start = match.start()
        if not _LETTER.search(text, 0, start):
            continue
        parts = read_parts(list(tokens(text, folded, start)), date)
        before = text[:start].rstrip(" (")
        if parts and (parts.is_enough or before.endswith((".", ",", ";", ":"))):
            return start, parts
    return None


def _container(text: str, book: Editors | None, parts: Parts | None = None) -> str:
    """The journal or the book, from what stands before the numbers."""
    name = text.rstrip(" .,;:(")
    if book:
        name = name.partition(";")[0]
        sentence = _SENTENCE.match(name)
        return _EDITION.sub("", sentence[0] if sentence else name).strip(" .,;:")
    if parts and not (parts.volume or parts.pages or parts.issue) and _MONOGRAPH.fullmatch(name):
        return ""
    return _ABBREVIATION.sub("", _MEETING.sub("", name)).rstrip(" .,;:")
