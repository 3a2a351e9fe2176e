"""Finding words on the pages of a document, whatever case, accents, line ends and hyphens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.documents.folding import fold, folded_phrase
from evidence.documents.pages import HasText, readable
from evidence.documents.right_to_left import is_right_to_left

AROUND = 40  # characters that are shown before and after a match


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Match:
    """A stretch of a page's text: from `start` to before `end`."""

    page: int
    start: int
    end: int


def search(phrase: str, pages: Iterable[HasText]) -> Iterator[Match]:
    """Where a phrase stands, page by page and from the top of each; a phrase of blanks nowhere.

    Müller is found by Muller and by Mueller. A phrase in a script from right to left is looked for
    in both directions, since files keep such words in either.
    """
    plain, spelled = folded_phrase(phrase), folded_phrase(phrase, umlauts=True)
    if not plain:
        return
    for page in pages:
        found = set(_stretches(page, plain, umlauts=False))
        if spelled != plain or not page.text.isascii():
            found.update(_stretches(page, spelled, umlauts=True))
        if any(map(is_right_to_left, plain)):
            found.update(_stretches(page, plain[::-1], umlauts=False))
        yield from sorted(found)


def surroundings(match: Match, page: HasText) -> tuple[str, str, str]:
    """What is shown of a match: what stands before it, itself, and what stands after it."""
    before = page.text[max(match.start - AROUND, 0) : match.start]
    after = page.text[match.end : match.end + AROUND]
    space_before, space_after = before[-1:].isspace(), after[:1].isspace()
    return (
        readable(before) + " " * space_before,
        readable(page.text[match.start : match.end]),
        " " * space_after + readable(after),
    )


def _stretches(page: HasText, wanted: str, *, umlauts: bool) -> Iterator[Match]:
    text = fold(page.text, umlauts=umlauts)
    at = text.text.find(wanted)
    while at >= 0:
        start, end = text.original(at, at + len(wanted))
        yield Match(page=page.number, start=start, end=end)
        at = text.text.find(wanted, at + len(wanted))
