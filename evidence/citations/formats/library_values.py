"""Values as the catalogues of libraries write them, in MARC and in MODS alike.

Their punctuation (ISBD) stands at the end of a value and belongs to the next one: `Garden work :`
is followed by a subtitle, `Invented Press,` by a year.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from evidence.citations.record import Name
from evidence.citations.text import line

_ISBD_END = re.compile(r"(?:\s*[/:;,=]|\s+\.)+\s*$")
_FULL_STOP = re.compile(r"(?<=[^\W_]{3})\.$|(?<=[)\]?!”\"])\.$")
_ABBREVIATION = re.compile(r"\b(?:etc|inc|ltd|bros|dept|univ|assoc|prof)\.$", re.IGNORECASE)
# Articles by which titles are not sorted stand between signs: <<The>> garden, ¬The ¬garden.
_UNSORTED = re.compile(r"<<\s*([^<>]{1,40}?)\s*>>|¬")
_ABSENT = re.compile(
    r"\[?(?:s\.\s?[lna]\.?|n\.\s?[dp]\.?|o\.\s?[ojv]\.?|sine (?:loco|nomine|anno)"
    r"|(?:place of publication|publisher|date of publication) not identified"
    r"|(?:erscheinungsort|verlag|ort) nicht ermittelbar|lieu de publication non identifié)\.?\]?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|i{1,3}|iv|v)\.?", re.IGNORECASE)


class Part(StrEnum):
    """What a person has to do with a work, as far as a reference tells it."""

    AUTHOR = "author"
    EDITOR = "editor"
    OTHER = "other"
    UNSAID = ""


# Relator codes, and the beginnings of the terms that catalogues use in their languages.
_AUTHOR = (
    *("aut", "cre", "dis", "author", "co-author", "coauthor", "joint author", "creator"),
    *("dissertant", "verf", "autor", "auteur", "writer", "författare", "forfatter"),
)
_EDITOR = (
    *("edt", "edc", "com", "editor", "ed.", "eds.", "joint editor", "hrsg", "herausg", "hg"),
    *("éditeur scientifique", "éditeur intellectuel", "éd.", "compil", "redakt", "red."),
    *("curator", "a cura di", "redaktör", "redaktør", "coord", "directeur de pub"),
)
_OF_A_PART = re.compile(r"\b(?:of|in|von|de l'|de la|du)\b")  # author of introduction
_CODE_LENGTH = 3
_EDITED = re.compile(
    r"\b(?:ed(?:ited)?\.? by|eds?\.|edited|editors?|hrsg|herausgegeben|herausgeber|hg\."
    r"|éd(?:ité)?\.|sous la direction|a cura di|coord\.|edición de|redigert|redaktion)",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """A value in one line, without the punctuation that leads to the next one."""
    plain = _ISBD_END.sub("", line(_UNSORTED.sub(r"\1", text)))
    return (
        plain if _ABBREVIATION.search(plain) or plain.endswith("..") else _FULL_STOP.sub("", plain)
    )


def of_publication(text: str) -> str:
    """A place or a publisher, empty where the catalogue says that it is not known."""
    plain = tidy(text)
    if _ABSENT.fullmatch(plain):
        return ""
    if plain.startswith("[") and plain.endswith("]") and plain.count("[") == 1:
        plain = plain[1:-1]
    return plain.strip(" ?")


def title(main: str, sub: str = "", parts: Iterable[str] = ()) -> str:
    """A title with its subtitle, and the number and name of a part."""
    whole = tidy(main)
    if below := tidy(sub):
        whole = f"{whole}: {below}" if whole else below
    return ". ".join(filter(None, (whole, ", ".join(filter(None, map(tidy, parts))))))


def part_of(roles: Iterable[str]) -> Part:
    """What the roles of one person come to; an author who is an editor, too, is an author."""
    found = {_part(role) for role in roles if role.strip()}
    order = (Part.AUTHOR, Part.EDITOR, Part.OTHER)
    return next((part for part in order if part in found), Part.UNSAID)


def _part(role: str) -> Part:
    """The part of one role: a code, a term, or the address of one."""
    term = role.rstrip("/").rsplit("/", 1)[-1].strip(" ,.;:()[]").casefold()
    if len(term) == _CODE_LENGTH and term.isalpha():
        return Part.AUTHOR if term in _AUTHOR else Part.EDITOR if term in _EDITOR else Part.OTHER
    if _OF_A_PART.search(term):
        return Part.OTHER
    terms = ((Part.AUTHOR, _AUTHOR), (Part.EDITOR, _EDITOR))
    stems = ((part, stem.rstrip(".")) for part, all_stems in terms for stem in all_stems)
    return next((part for part, stem in stems if term.startswith(stem)), Part.OTHER)


def names_editors(responsibility: str) -> bool:
    """Whether a statement of responsibility (“edited by Jane Doe”) names editors alone."""
    return _EDITED.search(responsibility[:200]) is not None


def person(heading: str, *, suffix: str = "") -> Name:
    """A name as a heading has it: “Family, Given”, with what stands behind it (“Jr.”)."""
    family, comma, given = tidy(heading).partition(",")
    behind = tidy(suffix)
    if behind and _SUFFIX.fullmatch(behind):
        given = f"{given.strip()}, {suffix.strip(' ,;')}" if comma else given
    return Name(family.strip(), given.strip(" ,"))


def organisation(parts: Iterable[str]) -> Name:
    """An organisation with its divisions."""
    return Name(". ".join(filter(None, map(tidy, parts))))
