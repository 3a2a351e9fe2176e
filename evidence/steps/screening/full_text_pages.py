"""Pages of full texts: their words, their pictures, and search, for the people of their review."""

from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from evidence.documents import search as searching
from evidence.documents.pages import Page, PageSize, PageText
from evidence.documents.pdf.reader import PdfFile, PdfReader, PictureKind, text_version
from evidence.errors import Invalid
from evidence.steps.screening import full_texts
from evidence.store import Store

MOST_FOUND = 500  # places that are told of a search
LONGEST_PHRASE = 200
TOO_LONG = f"Search for at most {LONGEST_PHRASE} characters."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWords:
    """A place where the words of a search stand.

    Attributes:
        page, start, end: the stretch of the page's text.
        before, words, after: the stretch as people read it, with what stands around it.
    """

    page: int
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInDocument:
    """What a search found in a document.

    Attributes:
        found: in the order of the pages, at most MOST_FOUND.
        is_complete: False where there are more places.
        without_text: numbers of pages that are pictures only, where nothing can be found.
        unreadable: numbers of pages that are damaged.
    """

    found: tuple[FoundWords, ...]
    is_complete: bool
    without_text: tuple[int, ...]
    unreadable: tuple[int, ...]


@cache
def pdf_reader() -> PdfReader:
    """The one reader of this server; its process starts with the first file that is read."""
    return PdfReader()


# Each function below raises NotFound, NotAllowed and Unavailable as `full_texts.content` does,
# UnreadablePdf where a file or page cannot be read, and NotFound where there is no such page.


def version(store: Store, person_id: int, document_id: int) -> str:
    """Changes when anything that is read of a document may change."""
    return f"{full_texts.digest(store, person_id, document_id)}-{text_version()}"


def page_sizes(store: Store, person_id: int, document_id: int) -> tuple[PageSize, ...]:
    """How large each page of a document is shown, from the first."""
    return pdf_reader().page_sizes(_file(store, person_id, document_id))


def page(store: Store, person_id: int, document_id: int, number: int) -> Page:
    """A page's text and words; pages count from 1."""
    return pdf_reader().page(_file(store, person_id, document_id), number)


def texts(store: Store, person_id: int, document_id: int) -> tuple[PageText, ...]:
    """The text of every page; a book takes some seconds the first time."""
    return pdf_reader().texts(_file(store, person_id, document_id))


def picture(
    store: Store,
    person_id: int,
    document_id: int,
    number: int,
    *,
    width: int,
    kind: PictureKind = PictureKind.JPEG,
) -> bytes:
    """A page as a picture so many pixels wide."""
    file = _file(store, person_id, document_id)
    return pdf_reader().picture(file, number, width, kind)


def search(store: Store, person_id: int, document_id: int, phrase: str) -> FoundInDocument:
    """Look for words on all pages of a document, whatever case, accents, line ends and hyphens.

    Raises:
        Invalid: the phrase is too long.
    """
    if len(phrase) > LONGEST_PHRASE:
        raise Invalid(TOO_LONG)
    pages = texts(store, person_id, document_id)
    matches = list(islice(searching.search(phrase, pages), MOST_FOUND + 1))
    return FoundInDocument(
        found=tuple(_found(match, pages[match.page - 1]) for match in matches[:MOST_FOUND]),
        is_complete=len(matches) <= MOST_FOUND,
        without_text=tuple(p.number for p in pages if p.is_readable and not p.text),
        unreadable=tuple(p.number for p in pages if not p.is_readable),
    )


def _found(match: searching.Match, page: PageText) -> FoundWords:
    before, words, after = searching.surroundings(match, page)
    return FoundWords(
        page=match.page,
        start=match.start,
        end=match.end,
        before=before,
        words=words,
        after=after,
    )


def _file(store: Store, person_id: int, document_id: int) -> PdfFile:
    """A document's file; its bytes leave the database only where the reader does not hold them."""
    content = partial(full_texts.content, store, person_id, document_id)
    digest = full_texts.digest(store, person_id, document_id)
    return PdfFile(digest=digest, load=lambda: content()[1])
