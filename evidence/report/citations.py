"""A publication as the list of references names it."""

from evidence.citations.record import Name, Reference

MOST_AUTHORS = 6
"""More are told as “et al.”."""


def citation(reference: Reference) -> str:
    """`Burns T, Catty J (2009). Title. Journal 12(3):4-9. doi:10.1/x`; what is not known is left
    out.
    """
    pages = f":{reference.pages}" if reference.pages else ""
    issue = f"({reference.issue})" if reference.issue else ""
    volume = f"{reference.volume}{issue}{pages}"
    where = " ".join(part for part in (reference.journal, volume) if part)
    if reference.publisher and not reference.journal:
        where = ": ".join(part for part in (reference.place, reference.publisher) if part)
    year = f"({reference.year})" if reference.year else "(no year)"
    doi = f"doi:{reference.doi}" if reference.doi else ""
    head = f"{_authors(reference.authors or reference.editors)} {year}".strip()
    parts = [head, reference.title or "No title", where]
    return " ".join([f"{part.rstrip('.')}." for part in parts if part] + [doi] * bool(doi))


def _authors(people: tuple[Name, ...]) -> str:
    named = ", ".join(_author(person) for person in people[:MOST_AUTHORS])
    return named + ", et al" * (len(people) > MOST_AUTHORS)


def _author(person: Name) -> str:
    initials = "".join(part[0] for part in person.given.replace(".", " ").split())
    return f"{person.family} {initials}".strip()
