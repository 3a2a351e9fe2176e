"""Author fields as names that can be compared, whatever layout the source chose.

Layouts that occur: `Family, Given and Family, Given`; `Family, G.; Family, G.`; `Family GH, Family
I`; `Family, G., Family, H.`; `Given Family, Given Family`; `Family G. H.Family I.` (glued).
"""

import re

from evidence.dedupe.text import fold

NAME = re.compile(r"[^\W\d_]+")
HYPHENS = re.compile(r"(?<=\w)[-‐‑'’](?=\w)")
ET_AL = re.compile(r"[;,.]?\s*(?:and\s+)?\b(?:et al|others)\b\.?", re.IGNORECASE)
# "Family G. H.Family I.": a name begins right behind the stop of an initial.
GLUE = re.compile(r"(?<=\.)(?=[^\W\d_][a-z'’]+)")
GLUED_INITIAL = re.compile(r"(?<=[a-z])(?=[A-Z]\.)")  # "FamilyG."
MOST_WORDS = 60
IDEOGRAPHS = "\u2e80"  # from here on a single sign may be a name
LONGEST_INITIALS = 3  # letters, as in "Smith JRR"
UNKNOWN = frozenset({"unknown", "anonymous", "anon", "no author", "none", "nan"})


def names(text: str) -> tuple[str, str]:
    """An author field as (family name of the first author, words of all names with spaces).

    Initials are left out, since sources differ in them most.
    """
    if not text or text.strip(" .[]").lower() in UNKNOWN:
        return "", ""
    text = _tidy(text)
    upper = text.isupper()
    words = _words(text.replace(" and ", "; "), upper=upper)[:MOST_WORDS]
    if not words:
        return "", ""
    return _family(_first_person(text), upper=upper) or words[0], " ".join(words)


def _tidy(text: str) -> str:
    if "et al" in text.lower() or "thers" in text:
        text = ET_AL.sub("", text)
    if text.count(".") > text.count(". ") + text.count(".;") + text.count(".,") + 1:
        text = GLUE.sub(" ; ", GLUED_INITIAL.sub(" ", text))
    return text.replace("\n", "; ")


def _first_person(text: str) -> str:
    """The field up to the second person; `Family, Given` is one person."""
    first = text.partition(";")[0].partition(" and ")[0]
    parts = first.split(",")
    if len(parts) == 1:
        return first
    if " " in parts[0].strip() and not _initials(parts[1]):
        return parts[0]  # Given Family, Given Family
    return ",".join(parts[:2])


def _initials(text: str) -> bool:
    letters = "".join(NAME.findall(text))
    return len(letters) <= LONGEST_INITIALS and (letters.isupper() or "." in text)


def _words(text: str, *, upper: bool) -> list[str]:
    if not text.isascii() or "-" in text or "'" in text:
        text = HYPHENS.sub("", text)
    words = NAME.findall(text)
    if not upper:
        words = [
            w for w in words if not (len(w) <= LONGEST_INITIALS and w.isupper() and w.isascii())
        ]
    return [word for word in fold(" ".join(words)).split() if len(word) > 1 or word >= IDEOGRAPHS]


def _family(person: str, *, upper: bool) -> str:
    """The family name: before the comma, before initials, or else the last word."""
    before, comma, _ = person.partition(",")
    if comma:
        own = _words(before, upper=upper)
        return own[-1] if own else ""
    own = _words(person, upper=upper)
    if not own:
        return ""
    return own[0] if _initials(person.rsplit(maxsplit=1)[-1]) else own[-1]
