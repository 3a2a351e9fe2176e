"""People in one cell of a table, parted in whatever way its database chose."""

import re

from evidence.citations.formats import bibtex_names
from evidence.citations.names import given_first, name
from evidence.citations.record import Name
from evidence.citations.text import line

_QUOTED = re.compile(r"""(['"])(.{0,300}?)\1(?=\s?(?:,|$))""")
_NUMBER = re.compile(r" ?\((?:\d{5,20}|[^()\s]{1,99}@[^()\s]{1,99})\)")  # Scopus, Web of Science
_AND = re.compile(r" (?:and|&) ")
_AND_FIRST = re.compile(r"^(?:and|&) ")  # Abstrackr, in lines of their own
_SEPARATORS = re.compile(r"[;|\n]")
_NOTHING = frozenset({"null", "none", "undefined"})  # RefWorks, for a missing given name
_TWO = 2
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[- ]?)+")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_OTHERS = re.compile(r"et al\.?|and others", re.IGNORECASE)
_ONE_INITIAL = re.compile(r"[^,\s]+(?: [^,\s]{2,})*(?:, ?| )[^\W\d_]\.")  # "Okafor, N."


def split(cell: str, *, natural: bool = False) -> tuple[Name, ...]:
    """The names of a cell.

    Args:
        cell: people parted by semicolons, bars, lines, "and", or commas; or a list as Python
            writes it.
        natural: whether given names stand first, as in "Jane Q. Public".
    """
    parts = _parts(_NUMBER.sub("", cell.strip()))
    if natural:
        people = [given_first(part) for part in parts]
    elif len(parts) == 1:
        people = _by_commas(parts[0])
    else:
        people = [name(part) for part in parts]
    return tuple(_without_placeholder(person) for person in people if person.family)


def _parts(text: str) -> list[str]:
    """The persons, where anything but a comma parts them."""
    if text.startswith("[") and text.endswith("]"):
        return [line(match[2]) for match in _QUOTED.finditer(line(text[1:-1]))]
    if _SEPARATORS.search(text):
        rows = [_AND_FIRST.sub("", line(row)) for row in _SEPARATORS.split(text)]
        return [part for row in rows if row for part in _joined(row)]
    text = line(text)
    parts = _AND.split(text)
    if all("," in part or name(part).given for part in parts):
        return parts
    return [text]  # "Ministry of Health and Welfare"


def _joined(row: str) -> list[str]:
    """The last two persons of a list, which JabRef and others join by "&" or "and"."""
    parts = _AND.split(row)
    return parts if len(parts) > 1 and all("," in part for part in parts) else [row]


def _without_placeholder(person: Name) -> Name:
    return Name(person.family) if person.given.lower() in _NOTHING else person


def _by_commas(text: str) -> list[Name]:
    """One person, or several that only commas part."""
    if text.count(".") == 1 and not _ONE_INITIAL.fullmatch(text):  # of the list, as in PubMed
        text = text.rstrip(".")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1:
        return [name(parts[0])]
    if len(parts) == _TWO:
        return list(bibtex_names.split(text))
    if pairs := _in_pairs(parts):
        return pairs
    with_initials = sum(bool(name(part).given) for part in parts)
    if 2 * with_initials < len(parts) and any(" " not in part for part in parts):
        return list(bibtex_names.split(text))
    behind = sum(_initials_behind(part) for part in parts)
    read = _family_first if 2 * behind > len(parts) else given_first
    return [read(part) for part in parts]


def _in_pairs(parts: list[str]) -> list[Name]:
    """Scopus's list: family names with initials behind them, "Jr.", groups and single names."""
    if not any(map(_INITIALS.fullmatch, parts)):
        return []
    people: list[Name] = []
    at = 0
    while at < len(parts):
        family, given = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        if _SUFFIX.fullmatch(family) and people and people[-1].given:
            people[-1] = Name(people[-1].family, f"{people[-1].given}, {family}")
        elif _INITIALS.fullmatch(given) and not _INITIALS.fullmatch(family):
            people.append(Name(family, given))
            at += 1
        elif not _OTHERS.fullmatch(family):
            people.append(name(family))
        at += 1
    return people


def _initials_behind(part: str) -> bool:
    person = name(part)
    return bool(person.given) and part.endswith(f" {person.given}")


def _family_first(part: str) -> Name:
    """A name of a list that has initials behind: there "de la Fuente Paz R" is clear, too."""
    family, _, last = part.rpartition(" ")
    if family and not name(part).given and len(last) == 1 and last.isupper():
        return Name(family, last)
    return given_first(part)
