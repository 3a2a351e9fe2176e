"""Quotations of a coding: their words are taken from the report itself, and looked for again.

What a browser sends of a quotation is only where it stands and what it reads there. The words that
are kept, and those around them, come from the text that the server has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evidence.documents import quotations as stretches
from evidence.documents.pages import LINE_END_HYPHEN, HasText, PageText
from evidence.documents.quotations import Outcome
from evidence.errors import Invalid, NotFound
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.steps.screening import full_text_pages
from evidence.store.coding import codings, quotations, seen_codings
from evidence.store.coding.quotations import Part, Quotation
from evidence.store.records import works
from evidence.store.screening import full_texts

NOT_THERE = "These words do not stand there any more; please select them again."
GONE = "These words do not stand in the report any more. Quote them anew, or take them away."
WAITING = "These words wait for their file; add the PDF on the page Full texts."
AMBIGUOUS = "The file was replaced, and these words stand in several places now; quote them anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPlace:
    """Where quoted words stand now; `message` says why there is no such place."""

    document_id: int | None
    page: int
    start: int
    end: int
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPages:
    """Pages of reports that were read for quotations that came together, each of them once."""

    desk: Desk
    pages: dict[tuple[Part, int, int], HasText] = field(default_factory=dict)

    def with_own_words(self, sent: Quotation) -> Quotation:
        """A quotation with the words that stand in the report where it points.

        Raises:
            Invalid: other words stand there than the browser has read, or none.
            NotFound: the report, its file or the page is not there.
        """
        source = sent.part, sent.document_id or sent.work_id, sent.page
        if source not in self.pages:
            self.pages[source] = _page(self.desk, sent)
        stretch = stretches.quote(self.pages[source], sent.start, sent.end)
        if _letters(stretch.exact) != _letters(sent.exact):
            raise Invalid(NOT_THERE)
        return replace(
            sent,
            start=stretch.start,
            end=stretch.end,
            exact=stretch.exact,
            prefix=stretch.prefix,
            suffix=stretch.suffix,
        )


def place_now(
    desk: Desk, study_id: int, scheme_id: int, uid: str, coding_id: int | None = None
) -> QuotedPlace:
    """Where the words of a quotation stand now, also in a new version of their file.

    Args:
        desk: of the person who asks.
        study_id: of which study.
        scheme_id: with which scheme it is coded.
        uid: of the quotation.
        coding_id: of a coding that the person may see; None for their own.

    Raises:
        NotFound: there is no such quotation, or it is not for this person.
    """
    sheet = coding.sheet(desk, study_id, scheme_id)
    with desk.reading() as c:
        if coding_id is None:
            ids = [sheet.coding.id] if sheet.coding else []
        else:
            which = seen_codings.may_see(desk.person_id)
            seen = codings.of_scheme(c, desk.review_id, scheme_id, study_id=study_id, which=which)
            ids = [each.id for each in seen if each.id == coding_id]
        there = [q for quoted in quotations.of_codings(c, ids).values() for q in quoted]
        quoted = next((each for each in there if each.uid == uid), None)
        if quoted is None:
            raise NotFound("quotation", 0)
        documents = full_texts.of_works(c, desk.review_id, [quoted.work_id])
    if quoted.part is not Part.FILE:
        return _refound(quoted, [_page(desk, quoted)], None)
    standing = [document.id for document in documents.get(quoted.work_id, ())]
    if quoted.document_id in standing:
        standing = [quoted.document_id]
    message = GONE if standing else WAITING
    for document_id in reversed(standing):  # the newest first
        pages = full_text_pages.texts(desk.store, desk.person_id, document_id)
        waits = quoted.document_id is None and 0 < quoted.page <= len(pages)
        on_its_page = [pages[quoted.page - 1]] if waits else pages  # as it came with the words
        place = _refound(quoted, on_its_page, document_id)
        if place.message and waits:
            place = _refound(quoted, pages, document_id)
        if not place.message:
            return place
        message = AMBIGUOUS if AMBIGUOUS in {message, place.message} else GONE
    return QuotedPlace(document_id=None, page=0, start=0, end=0, message=message)


def _refound(quoted: Quotation, pages: Sequence[HasText], document_id: int | None) -> QuotedPlace:
    stretch = stretches.Quotation(
        page=max(quoted.page, 1),
        start=quoted.start,
        end=quoted.end,
        exact=quoted.exact,
        prefix=quoted.prefix,
        suffix=quoted.suffix,
    )
    found = stretches.find_again(stretch, pages)
    if found.outcome is not Outcome.FOUND:
        message = AMBIGUOUS if found.outcome is Outcome.AMBIGUOUS else GONE
        return QuotedPlace(document_id=None, page=0, start=0, end=0, message=message)
    place = found.places[0]
    page = 0 if document_id is None else place.page
    return QuotedPlace(document_id=document_id, page=page, start=place.start, end=place.end)


def _page(desk: Desk, quoted: Quotation) -> HasText:
    if quoted.part is Part.FILE:
        document_id = quoted.document_id or 0
        return full_text_pages.page(desk.store, desk.person_id, document_id, quoted.page)
    with desk.reading() as c:
        if quoted.part is Part.TITLE:
            texts = works.titles_of(c, desk.review_id, [quoted.work_id])
        else:
            texts = works.abstracts(c, desk.review_id, [quoted.work_id])
    if quoted.work_id not in texts:
        raise NotFound("work", quoted.work_id)
    return PageText(number=1, text=texts[quoted.work_id])


def _letters(text: str) -> str:
    """What people read, whatever the ends of lines and the hyphens at them."""
    return "".join(text.replace(LINE_END_HYPHEN, "").split())
