"""References in a line, as people cite them."""

from collections.abc import Iterable, Sequence

from evidence.citations.record import Name, Reference

MOST_AUTHORS = 6  # in a reference; of more, the first three stand there
_MOST_INITIALS = 3  # capitals without dots that are taken for initials: "DK"


def authors_line(authors: Sequence[Name], most: int = 3) -> str:
    """The authors as people cite them: `Drake R, McHugo G, Becker D et al.`."""
    names = [f"{name.family} {_initials(name.given)}".strip() for name in authors[:most]]
    return ", ".join(names) + (" et al." if len(authors) > most else "")


def place(reference: Reference) -> str:
    """Volume, issue and pages: `12(3):45-67`."""
    volume = reference.volume + (f"({reference.issue})" if reference.issue else "")
    return ":".join(part for part in (volume, reference.pages) if part)


def reference_text(reference: Reference) -> str:
    """The reference in one line, in the order of Vancouver's style, for a list in an appendix.

    What the source does not say is left out: `Drake R, Becker D. Title. Journal.
    1996;22(4):315-9. doi:10.1000/1`.
    """
    authors = reference.authors or reference.editors
    few = len(authors) <= MOST_AUTHORS
    year_and_place = ";".join(
        part for part in (str(reference.year or ""), place(reference)) if part
    )
    parts = (
        authors_line(authors, MOST_AUTHORS if few else 3),
        reference.title,
        reference.journal or reference.publisher,
        year_and_place,
    )
    return _in_one_line(parts, _identifier(reference))


def dated_reference_text(reference: Reference) -> str:
    """The reference in one line with its year in front, for the list of a report.

    `Burns T, Catty J (2009). Title. Journal 12(3):4-9. doi:10.1000/1`; without authors the title
    comes first: `Title (2009). Journal.`
    """
    authors = authors_line(reference.authors or reference.editors, MOST_AUTHORS)
    title = reference.title or "No title"
    year = f"({reference.year})" if reference.year else "(no year)"
    where = " ".join(part for part in (reference.journal, place(reference)) if part)
    if reference.publisher and not reference.journal:
        where = ": ".join(part for part in (reference.place, reference.publisher) if part)
    first = (f"{authors} {year}", title) if authors else (f"{title} {year}",)
    return _in_one_line((*first, where), f"doi:{reference.doi}" if reference.doi else "")


def _in_one_line(parts: Iterable[str], identifier: str) -> str:
    """Parts one behind the other, each with a mark at its end."""
    sentences = [part.rstrip() for part in parts if part.strip()]
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in sentences)
    return " ".join(f"{text} {identifier}".split())


def _identifier(reference: Reference) -> str:
    if reference.doi:
        return f"doi:{reference.doi}"
    if reference.pmid:
        return f"PMID: {reference.pmid}"
    return next(iter(reference.urls), "")


def _initials(given: str) -> str:
    """The first letter of each given name; two or three capitals are initials already ("DK")."""
    parts = given.replace(".", " ").replace("-", " ").split()
    return "".join(
        part if part.isupper() and len(part) <= _MOST_INITIALS and len(parts) == 1 else part[0]
        for part in parts
    )
