"""The editors who stand before the title of a book in a line that says where a chapter stands."""

import re
from dataclasses import dataclass

from evidence.citations.formats import table_names
from evidence.citations.record import Name

_ROLE = r"[\[(](?:eds?|editors?|hrsg|hg|coords?|orgs?|comps?)\b[^\[\]()]{0,120}[\])]"
_IN = r"(?:In|En|Em|Dans)"
_MARKED = re.compile(
    rf"(?:{_IN}:?\s)?(?P<people>(?:[^\[\]()]{{2,200}}{_ROLE}[.,;&\s]*)+):?\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:{_IN}:?\s(?P<people>.{{3,300}}?)[,.]?\s(?:eds?|editors?|hrsg|hg|coords?|orgs?|comps?)\b"
    r"|(?P<others>[^.]{3,200}?),\s(?:eds?\.|editors?\b))[.,:]*\s(?P<rest>\S.*)",
    re.IGNORECASE,
)
_ONLY_BOOK = re.compile(rf"{_IN}:\s(?P<rest>\S.*)", re.IGNORECASE)
_GIVEN = r"(?:[^\W\d_a-z][\w.'’-]*|d[aeio]s?|de la|van|von)"
_PERSON = rf"[^\W\d_a-z][^.;,\d]{{1,50}}, {_GIVEN}(?: {_GIVEN}){{0,3}}"
_LISTED = re.compile(rf"(?P<people>{_PERSON}(?:; {_PERSON}){{0,9}})\.\s(?P<rest>\S.*)")
_YEAR = re.compile(
    r"\(?(?P<year>1[5-9]\d\d|20\d\d)[a-z]?\)?[.,:]\s?|\((?P<other>1[5-9]\d\d|20\d\d)\)\s"
)
_JOINED = re.compile(r"^[\s.,;&]*(?:and|und|y|e|et)\s", re.IGNORECASE)
_SEVERAL = re.compile(r"[;&]|\s(?:and|und)\s|\s[A-Z]{1,3}$")
_ROLES = re.compile(_ROLE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Editors:
    """The editors of a book, and the line from its title on.

    Attributes:
        date: the year between them, if it stands there.
    """

    people: tuple[Name, ...]
    date: str
    rest: str


def find_editors(text: str) -> Editors | None:
    """The editors before a title; None where the line does not say that it is of a book."""
    if marked := _MARKED.match(text):
        return _editors(_ROLES.split(marked["people"]), marked["rest"])
    if named := _NAMED.match(text):
        return _editors([named["people"] or named["others"]], named["rest"])
    if only := _ONLY_BOOK.match(text):
        listed = _LISTED.match(only["rest"])
        if listed:
            return _editors(listed["people"].split("; "), listed["rest"])
        return _editors([], only["rest"])
    return None


def _editors(chunks: list[str], rest: str) -> Editors:
    bare = [_JOINED.sub("", chunk).strip(" ,;&") for chunk in chunks]
    people = [person for chunk in bare if len(chunk) > 1 for person in _names(chunk)]
    year = _YEAR.match(rest)
    if year is None:
        return Editors(tuple(people), "", rest)
    return Editors(tuple(people), year["year"] or year["other"], rest[year.end() :])


def _names(text: str) -> tuple[Name, ...]:
    """The names of a text; one alone keeps the dot behind its last initial."""
    family, comma, given = text.partition(", ")
    if comma and "," not in given and not _SEVERAL.search(given):
        return (Name(family, given),)
    return table_names.split(text)
