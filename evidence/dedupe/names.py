"""Author fields as names that can be compared, whatever layout the source chose.

Layouts that occur: `Family, Given and Family, Given`; `Family, G.; Family, G.`; `Family GH, Family
I`; `Family, G., Family, H.`; `Given Family, Given Family`; `Family G. H.Family I.` (glued).
"""

import re

from evidence.dedupe.text import fold

GLUE = re.compile(r"(?<=[a-z.])\.(?=[A-Z][\w'’-]+ )|(?<=\.)(?=[^\W\d_][a-z'’]+)")
GLUED_INITIAL = re.compile(r"(?<=[a-z])(?=[A-Z]\.)")
NAME = re.compile(r"[^\W\d_]+")
HYPHENS = re.compile(r"(?<=\w)[-‐‑'’](?=\w)")
ET_AL = re.compile(r"[;,.]?\s*(?:and\s+)?\b(?:et al|others)\b\.?", re.I)
NAMES_KEPT = 30
UNKNOWN = frozenset({"unknown", "anonymous", "anon", "no author", "none"})


def names(text: str) -> tuple[str, str]:
    """An author field as (family name of the first author, words of all names with spaces).

    Initials are left out, since sources differ in them most.
    """
    if not text:
        return "", ""
    text = _tidy(text)
    people = _people(text)[:NAMES_KEPT]
    upper = text.isupper()
    parts = [part for part in (_words(person, upper=upper) for person in people) if part]
    if not parts:
        return "", ""
    return _family(people[0], parts[0]), " ".join([word for part in parts for word in part])


def _tidy(text: str) -> str:
    if "\n" in text:
        text = text.replace("\n", "; ")
    if "al" in text or "thers" in text:
        text = ET_AL.sub("", text)
    if "." in text:
        text = GLUED_INITIAL.sub(" ", text)
    return "" if text.strip(" .").lower() in UNKNOWN else text


def _people(text: str) -> list[str]:
    if ";" in text:
        return [part for part in text.split(";") if part.strip()]
    if " and " in text and text.count(",") != 1 or text.count(" and ") > 1:
        return [piece for part in text.split(" and ") for piece in _by_comma(part)]
    glued = [part for part in GLUE.split(text) if part]
    return glued if len(glued) > 1 else _by_comma(text)


def _by_comma(text: str) -> list[str]:
    """`Family, Given` is one person; `Family G, Family H` and `Given Family, ...` are several."""
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        return parts
    if len(parts) == 2:  # noqa: PLR2004 - the two of "Family, Given"
        both = all(" " in part for part in parts)
        return parts if both and not _initials(parts[1]) else [text]
    if all(_initials(part) for part in parts[1::2]):
        return [f"{a}, {b}" for a, b in zip(parts[::2], [*parts[1::2], ""], strict=False)]
    return parts


def _initials(text: str) -> bool:
    letters = "".join(NAME.findall(text))
    return len(letters) <= 4 and (letters.isupper() or "." in text)  # noqa: PLR2004 - "JRRT"


def _words(person: str, *, upper: bool) -> list[str]:
    found = NAME.findall(HYPHENS.sub("", person))
    if not upper:
        found = [
            word for word in found if not (len(word) <= 3 and word.isupper() and word.isascii())
        ]  # noqa: PLR2004
    return [word for word in map(fold, found) if len(word) > 1 or not word.isascii()]


def _family(person: str, words: list[str]) -> str:
    """The family name: before the comma, before initials, or else the last word."""
    before, comma, _ = person.partition(",")
    if comma:
        own = _words(before, upper=person.isupper())
        return own[-1] if own else words[0]
    last = person.split()[-1]
    return words[0] if _initials(last) else words[-1]
