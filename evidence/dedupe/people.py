"""How alike two author fields are."""

from enum import IntEnum

from rapidfuzz import fuzz

from evidence.dedupe.titles import same_word

MOST = 0.6  # share of the shorter list of names that makes two fields the same
SOME = 0.3
ALIKE = 85  # percent of letters
ENOUGH = 10  # letters
FIRST = 6  # words, which the first two or three authors take
FEW = 2  # words; with no more, the first author must be the same


class FieldLevel(IntEnum):
    """How two values of a field compare. A missing value is never different."""

    MISSING = -1
    OTHER = 0
    SOME = 1  # alike in part, or not decidable
    SAME = 2


def compare_authors(a: str, b: str, family_a: str, family_b: str) -> tuple[FieldLevel, float]:
    """Compare the words of two author fields (names.py); the number is the share in common."""
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
