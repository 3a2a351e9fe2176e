"""Quotations: words of a page that somebody points at, so that they can be found again.

They follow the selectors of the W3C Web Annotation model: a text position, with the words and what
stands before and after them. https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from evidence.documents.folding import fold, fold_once, folded_phrase
from evidence.documents.pages import LINE_END_HYPHEN, HasText
from evidence.errors import Invalid

AROUND = 32  # characters before and after the words that are kept
LONGEST = 5_000  # characters of a quotation, about a page
ENOUGH = 16  # letters around the words that are as they were
MOST_COMPARED = 2_000  # places; a single letter may stand on every page
MOST_TOLD = 20  # places, where it is ambiguous
UNMISTAKABLE = 40  # characters of words that hardly stand twice by chance
NOTHING = "Nothing is selected on page {page}. Select the words that are to be quoted."
TOO_LONG = f"A quotation has at most {LONGEST:,} characters; quote the sentences that matter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a page.

    Attributes:
        page: its number, from 1.
        start, end: the words' offsets in the page's text.
        exact: the words as they stand in the page's text.
        prefix, suffix: a little of the page's text before and after them.
    """

    page: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class Outcome(StrEnum):
    """What became of a quotation in a new version of its document."""

    FOUND = "found"  # there is one clear best place
    AMBIGUOUS = "ambiguous"  # the words stand there, but a person must say which are meant
    GONE = "gone"  # the words do not stand there any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Refound:
    """Where a quotation stands now.

    Attributes:
        places: the one place where it was found; where it is ambiguous those that come into
            question, the likeliest first, at most MOST_TOLD; none where it is gone.
    """

    outcome: Outcome
    places: tuple[Quotation, ...] = ()

    @property
    def quotation(self) -> Quotation | None:
        """The quotation as it stands now, where it was found."""
        return self.places[0] if self.outcome is Outcome.FOUND else None


def quote(page: HasText, start: int, end: int) -> Quotation:
    """Quote a stretch of a page's text; blanks at its edges are left out.

    Raises:
        Invalid: the stretch is empty, only blank, too long, or not on the page.
    """
    if not 0 <= start <= end <= len(page.text) or not page.text[start:end].strip():
        raise Invalid(NOTHING.format(page=page.number))
    exact = page.text[start:end]
    start += len(exact) - len(exact.lstrip())
    exact = exact.strip()
    if len(exact) > LONGEST:
        raise Invalid(TOO_LONG)
    return _quotation(page, start, start + len(exact))


def check(quotation: Quotation, pages: Iterable[HasText]) -> bool:
    """Whether the words stand on the page where the quotation says.

    Line breaks and hyphens at line ends may be written otherwise, case and accents may not. What
    stands before and after is not compared.
    """
    for page in pages:
        if page.number == quotation.page:
            stretch = page.text[max(quotation.start, 0) : max(quotation.end, 0)]
            return bool(stretch.strip()) and _written(stretch) == _written(quotation.exact)
    return False


def find_again(quotation: Quotation, pages: Iterable[HasText]) -> Refound:
    """Look for a quotation in a new version of its document, by its words and those around them.

    Case, accents, blanks and punctuation may differ. Found is the one place with both sides as they
    were, else the one with one side as it was, else long words that stand there once. Whatever
    leaves a choice is ambiguous, as is a heading that every page repeats.
    """
    pages = list(pages)
    intact = list(islice(_intact(quotation, pages), 2))
    if len(intact) == 1:
        return Refound(outcome=Outcome.FOUND, places=tuple(intact))
    places = list(islice(_places(quotation, pages), MOST_COMPARED))
    if not places:
        return Refound(outcome=Outcome.GONE)
    places.sort(key=lambda place: (-place.sides, place.quotation.page != quotation.page))
    alike = [place for place in places if place.sides == places[0].sides]
    if len(alike) == 1 and (
        places[0].letters >= ENOUGH or (len(places) == 1 and len(quotation.exact) >= UNMISTAKABLE)
    ):
        return Refound(outcome=Outcome.FOUND, places=(places[0].quotation,))
    likeliest = [place.quotation for place in places[:MOST_TOLD]]
    return Refound(outcome=Outcome.AMBIGUOUS, places=tuple(likeliest))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A place where the words of a quotation stand.

    Attributes:
        sides: before and after the words, how many are as they were: 0, 1 or 2; an empty one is.
        letters: how many letters those sides have.
    """

    quotation: Quotation
    sides: int
    letters: int


def _quotation(page: HasText, start: int, end: int) -> Quotation:
    return Quotation(
        page=page.number,
        start=start,
        end=end,
        exact=page.text[start:end],
        prefix=page.text[max(start - AROUND, 0) : start],
        suffix=page.text[end : end + AROUND],
    )


def _written(text: str) -> str:
    """Words without regard to where lines end."""
    return " ".join(text.replace(LINE_END_HYPHEN, "").split())


def _intact(quotation: Quotation, pages: Iterable[HasText]) -> Iterator[Quotation]:
    """Where the words stand sign by sign with all that stood around them."""
    passage = quotation.prefix + quotation.exact + quotation.suffix
    for page in pages:
        for at in _finds(page.text, passage):
            start = at + len(quotation.prefix)
            yield _quotation(page, start, start + len(quotation.exact))


def _places(quotation: Quotation, pages: Iterable[HasText]) -> Iterator[_Place]:
    """Where the words stand, sign by sign or in another writing of the same words."""
    wanted = folded_phrase(quotation.exact)
    prefix, suffix = _letters(quotation.prefix), _letters(quotation.suffix)
    for page in pages:
        stretches = [(at, at + len(quotation.exact)) for at in _finds(page.text, quotation.exact)]
        taken = {at for stretch in stretches for at in range(*stretch)}
        text = fold(page.text)
        for at in _finds(text.text, wanted) if wanted else ():
            start, end = text.original(at, at + len(wanted))
            if taken.isdisjoint(range(start, end)):
                stretches.append((start, end))
        for start, end in sorted(stretches):
            before = _letters(page.text[max(start - 3 * AROUND, 0) : start]).endswith(prefix)
            after = _letters(page.text[end : end + 3 * AROUND]).startswith(suffix)
            yield _Place(
                quotation=_quotation(page, start, end),
                sides=before + after,
                letters=before * len(prefix) + after * len(suffix),
            )


def _finds(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _letters(text: str) -> str:
    """The folded letters and digits of what stands around words."""
    return "".join(sign for sign in fold_once(text).text if sign.isalnum())
