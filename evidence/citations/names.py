"""Names of people and organisations, from the ways in which databases write them."""

import re
from collections.abc import Iterable

from evidence.citations.record import Name
from evidence.citations.text import line

# A name without a comma that holds one of these words is an organisation, not a person.
_ORGANISATION = re.compile(
    r"\b(?:academy|agency|alliance|association|authority|board|bureau|cent(?:er|re)s?|centro"
    r"|coalition|collaboration|collaborators|college|commission|committee|consortium"
    r"|corporation|council|department|federation|forum|foundation|group|hospital|initiative"
    r"|institut(?:e|ion|o)?|investigators|laborator(?:y|ies)|ministry|network|office"
    r"|organi[sz]ation|panel|program(?:me)?|project|school|services?|society|study|task force"
    r"|team|trust|union|universi(?:ty|t[eéä]t?|dad|dade)|workgroup|university|working party)\b",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"(?:\band others|,?\s?\bet al\.?)$", re.IGNORECASE)
_OTHERS_END = ("others", "al", "al.", "OTHERS", "AL", "AL.", "}")  # a quick look first
_PARTICLE = re.compile(r"[a-zà-ÿ'’]+|St\.")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[- ]?)+")
_BEHIND = re.compile(r"\S.* (?:[^\W\d_]\.-?)+")  # a family name with initials behind it
_MOST_INITIALS = 3  # letters without dots, as in "Smith JAB"
_MOST_DOTTED = 6  # letters with dots, as in "Ch.-F."
_MOST_PER_DOT = 2
_LONGEST = 200  # characters; a longer text is a list that nobody can part, or no name at all


def names(texts: Iterable[str]) -> tuple[Name, ...]:
    """The names of the texts, each of which holds one name or several parted by semicolons."""
    people = []
    for text in texts:
        if ";" not in text and "\n" not in text and "&" not in text:
            people += _by_commas(text) if ".," in text else [name(text)]
        else:
            parts = (part for row in text.split("\n") for part in line(row).split(";"))
            people += [name(part) for part in parts]
    return tuple(person for person in people if person.family)


def name(text: str) -> Name:
    """One name; "Family, Given", "Family GM" and "G. M. Family" are recognised.

    A text without a comma whose order cannot be known ("Abbas Mohamed") stays whole.
    """
    text = line(text)
    if text.endswith(_OTHERS_END):
        if text.startswith("{") and text.endswith("}"):  # Mendeley, around an organisation
            return Name(text.strip("{} "))
        text = _AND_OTHERS.sub("", text).strip()
    family, comma, given = text.partition(",")
    if comma:
        family, given = family.strip(), given.strip(" ,")
        return Name(family, given) if family else Name(given)
    if len(text) > _LONGEST or _ORGANISATION.search(text):
        return Name(text)
    return _by_initials(text)


def _by_commas(text: str) -> list[Name]:
    """One name, or the names of a list that nothing but commas parts: "Roe A., Doe B.C." and
    "Roe, A., Doe, B.C.".
    """
    parts = [part for part in line(text).rstrip(",").split(", ") if part]
    if len(parts) > 1 and all(_BEHIND.fullmatch(part) for part in parts):
        return [name(part) for part in parts]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    in_pairs = len(parts) == 2 * len(pairs) and len(pairs) > 1
    if in_pairs and all(_INITIALS.fullmatch(given) for _, given in pairs):
        return [Name(family, given) for family, given in pairs]
    return [name(text)]


def is_organisation(text: str) -> bool:
    """Whether a name without a comma holds a word that only organisations have."""
    return _ORGANISATION.search(text) is not None


def given_first(text: str) -> Name:
    """One name in the order of BibTeX, where "Ludwig van Beethoven" has the family name last."""
    text = line(text)
    whole = name(text)
    initials_first = bool(whole.given) and "," not in text and text.startswith(whole.given + " ")
    if (whole.given and not initials_first) or _ORGANISATION.search(whole.family):
        return whole
    words = (text if initials_first else whole.family).split(" ")
    if len(words) == 1:
        return whole
    first = len(words) - 1
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def _by_initials(text: str) -> Name:
    """The initials are the given name, whether they stand behind or before the family name."""
    words = text.split(" ")
    is_initials = [_is_initials(word, all_capitals=text.isupper()) for word in words]
    if all(is_initials) or not any(is_initials):
        return Name(text)
    behind = before = 0
    while is_initials[-1 - behind]:
        behind += 1
    while is_initials[before]:
        before += 1
    if not behind and not before:
        within = [number for number, word in enumerate(words) if _INITIAL.fullmatch(word)]
        before = within[-1] + 1 if within else len(words)
        if all(map(_PARTICLE.fullmatch, words[before:])):  # "Silva Maria J. da"
            return Name(text)
        # else "Pieter J. van der Berg"
    if behind:
        family = words[:-behind]
        whole = [word for word in family if not _PARTICLE.fullmatch(word)]
        if len(whole) > 1 and len(words[-1]) == 1 and behind == 1:
            return Name(text)  # "Abou Ghayda R" and "Morel Chantal M" look alike
        return Name(" ".join(family), " ".join(words[-behind:]))
    return Name(" ".join(words[before:]), " ".join(words[:before]))


def _is_initials(word: str, *, all_capitals: bool) -> bool:
    """Whether a word is initials; where all is in capitals, only dots show it."""
    if word.endswith("."):
        return len(word) <= _MOST_DOTTED and all(
            len(part) <= _MOST_PER_DOT for part in word.replace("-", "").split(".")
        )
    letters = word.replace("-", "")
    return (
        not all_capitals
        and letters.isalpha()
        and letters.isupper()
        and len(letters) <= _MOST_INITIALS
    )
