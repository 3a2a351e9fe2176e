"""Which publication a file is of, by its name; no guess where it could be two."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import PurePath

from evidence.citations.record import Reference

OWN_PART = 6  # characters behind the slash of a DOI that are enough to know it by
SHORTEST_WORD = 4  # letters of a word that is looked at
TITLE_WORDS = 4  # words of a file's name that must stand in the title, and in no other
BEGINNING = 10  # letters of the beginning of a title that are enough beside the first author
SHORTEST_NAME = 2  # letters of a first author


def reference_named(name: str, references: Sequence[Reference]) -> Reference | None:
    """The one publication that a file's name tells: by DOI, by words of the title, by the first
    author with the beginning of the title, or by the first author with the year.
    """
    stem = PurePath(name).stem.casefold()
    letters = re.sub(r"[^a-z0-9]", "", stem)
    by_doi = [reference for reference in references if _names_doi(letters, reference.doi)]
    if by_doi:
        return by_doi[0] if len(by_doi) == 1 else None
    return (
        _by_title(stem, references)
        or _only(references, lambda reference: _names_author_and_title(stem, reference))
        or _only(references, lambda reference: _names_author_and_year(stem, reference))
    )


def _only(references: Sequence[Reference], fits: Callable[[Reference], bool]) -> Reference | None:
    found = [reference for reference in references if fits(reference)]
    return found[0] if len(found) == 1 else None


def _names_doi(stem: str, doi: str) -> bool:
    """Whether the letters and numbers of a file's name hold a DOI, or are its own part of it, as
    in `journal.pone.0209483.pdf`.
    """
    whole, own = (re.sub(r"[^a-z0-9]", "", part) for part in (doi, doi.partition("/")[2]))
    return bool(whole) and (whole in stem or (own == stem and len(own) >= OWN_PART))


def _by_title(stem: str, references: Sequence[Reference]) -> Reference | None:
    words = {
        word for word in re.findall(r"\w+", stem.replace("_", " ")) if len(word) >= SHORTEST_WORD
    }
    scored = sorted(
        ((len(words & set(re.findall(r"\w+", reference.title.casefold()))), -index)
         for index, reference in enumerate(references)),
        reverse=True,
    )  # fmt: skip
    if not scored or scored[0][0] < TITLE_WORDS:
        return None
    if len(scored) > 1 and scored[1][0] == scored[0][0]:
        return None
    return references[-scored[0][1]]


def _names_author_and_title(stem: str, reference: Reference) -> bool:
    """As in `Dlamini - A clubhouse programme.pdf`, perhaps with the year between them."""
    family, written = _first_author(reference), _letters(stem)
    if not family or not written.startswith(family):
        return False
    rest = written.removeprefix(family).removeprefix("etal")
    rest = rest.removeprefix(str(reference.year or ""))
    return len(rest) >= BEGINNING and _letters(reference.title).startswith(rest)


def _names_author_and_year(stem: str, reference: Reference) -> bool:
    """As in `aalto2011.pdf`; a letter behind the year says that there are several."""
    family, year = _first_author(reference), reference.year
    names = {f"{family}{year}", f"{family}etal{year}", f"{year}{family}", f"{year}{family}etal"}
    return bool(family and year) and _letters(stem) in names


def _first_author(reference: Reference) -> str:
    family = _letters(reference.authors[0].family) if reference.authors else ""
    return family if len(family) >= SHORTEST_NAME else ""


def _letters(text: str) -> str:
    """Letters and digits without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())
