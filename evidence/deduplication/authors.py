"""Author fields as names that can be compared, whatever layout the source chose, and how alike
two of them are.

Layouts that occur: `Family, Given and Family, Given`; `Family, G.; Family, G.`; `Family GH, Family
I`; `Family, G., Family, H.`; `Given Family, Given Family`; `Family G. H.Family I.` (glued).
"""

import re
from enum import IntEnum

from rapidfuzz import fuzz

from evidence.deduplication.text import fold
from evidence.deduplication.titles import same_word

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

MOST = 0.6  # share of the shorter list of names that makes two fields the same
SOME = 0.3
ALIKE = 85  # percent of letters
ENOUGH = 10  # letters
FIRST = 6  # words, which the first two or three authors take
FEW = 2  # words; with no more, the first author must be the same


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


class FieldLevel(IntEnum):
    """How two values of a field compare. A missing value is never different."""

    MISSING = -1
    OTHER = 0
    SOME = 1  # alike in part, or not decidable
    SAME = 2


def compare_authors(a: str, b: str, family_a: str, family_b: str) -> tuple[FieldLevel, float]:
    """Compare two author fields as `names` gives them; the number is the share in common."""
    if not a or not b:
        return FieldLevel.MISSING, 0.0
    if a == b:
        return FieldLevel.SAME, 1.0
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), words))
    longer = set(long)
    lone = [word for word in short if word not in longer]
    if lone:
        rest = [word for word in long if word not in set(short)]
        lone = [word for word in lone if not any(same_word(word, other) for other in rest)]
    share = 1 - len(lone) / len(short)
    if share < MOST and _as_letters(a, b) >= ALIKE:
        return FieldLevel.SAME, MOST
    first = _among_first(family_a, b) or _among_first(family_b, a)
    first = first or _spelt_alike(family_a, family_b)
    if share >= MOST and (len(short) > FEW or first):
        return FieldLevel.SAME, share
    if share >= SOME or first:
        return FieldLevel.SOME, max(share, SOME)
    return FieldLevel.OTHER, share


def _as_letters(a: str, b: str) -> float:
    """Names that were parted or joined otherwise: Di Mascio, DIMASCIO."""
    letters_a, letters_b = a.replace(" ", ""), b.replace(" ", "")
    if min(len(letters_a), len(letters_b)) < ENOUGH:
        return 0.0
    return fuzz.partial_ratio(letters_a, letters_b)


def _among_first(family: str, names: str) -> bool:
    return family in names.split()[:FIRST]


def _spelt_alike(a: str, b: str) -> bool:
    return a == b or (len(a) > 3 and len(b) > 3 and same_word(a, b))  # noqa: PLR2004
