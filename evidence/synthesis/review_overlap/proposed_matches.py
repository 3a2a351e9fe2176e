"""Which study a citation may be, by DOI, title, label, or author and year; people confirm."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.synthesis.map_search.folded_texts import whole_words

LEAST_TITLE = 25  # letters of a title that tells works apart
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"((?:1[89]|20)\d\d)[a-z]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCandidate:
    """A study that a citation may be.

    Attributes:
        titles, dois: of its reports.
        authors: of each report the family name of the first author, with the year.
    """

    study_id: int
    label: str
    titles: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    authors: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMatch:
    """The study that a citation may be, and what speaks for it, in a word or two."""

    study_id: int
    why: str


def proposed_match(citation: str, candidates: Sequence[MatchCandidate]) -> ProposedMatch | None:
    """The only study that fits best; None where none does, or several equally well.

    Args:
        citation: as a list has it, from "Drake 1996" to a whole reference.
        candidates: the studies.
    """
    words = whole_words(citation)
    for why, fitting in (
        ("DOI", _by_doi(citation, candidates)),
        ("title", _by_title("".join(words), candidates)),
        ("label", (each for each in candidates if whole_words(each.label) == words)),
        ("author and year", _by_author(words, candidates)),
    ):
        found = {each.study_id for each in fitting}
        if found:
            return ProposedMatch(study_id=found.pop(), why=why) if len(found) == 1 else None
    return None


def _by_doi(citation: str, candidates: Iterable[MatchCandidate]) -> Iterator[MatchCandidate]:
    named = {found.rstrip(".,;)") for found in _DOI.findall(citation.casefold())}
    for each in candidates:
        if named & {doi.casefold() for doi in each.dois}:
            yield each


def _by_title(letters: str, candidates: Iterable[MatchCandidate]) -> Iterator[MatchCandidate]:
    for each in candidates:
        titles = ("".join(whole_words(title)) for title in each.titles)
        if any(len(title) >= LEAST_TITLE and title in letters for title in titles):
            yield each


def _by_author(
    words: Sequence[str], candidates: Iterable[MatchCandidate]
) -> Iterator[MatchCandidate]:
    years = {int(found[1]) for word in words if (found := _YEAR.fullmatch(word))}
    text = f" {' '.join(words)} "
    for each in candidates:
        for surname, year in each.authors:
            name = " ".join(whole_words(surname))
            if name and year in years and f" {name} " in text:
                yield each
                break
