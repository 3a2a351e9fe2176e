"""How alike two names of journals, books or conferences are: abbreviations, acronyms, subtitles."""

from functools import lru_cache

from rapidfuzz import fuzz

from evidence.dedupe.people import Field
from evidence.dedupe.vocabulary import BODIES, EDITION_WORDS, PLACE_WORDS, SMALL_WORDS

ALIKE = 90  # percent of letters
SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 8
ACRONYM_WORDS = 2  # an acronym is the first word of a name or the second
KNOWN = 200_000  # pairs of names that are remembered


@lru_cache(maxsize=KNOWN)
def compare_journals(a: str, b: str) -> Field:
    """Compare two names in the normal form of text.words."""
    if not a or not b:
        return Field.MISSING
    if a == b:
        return Field.SAME
    words_a, words_b = _telling(a), _telling(b)
    if not words_a or not words_b:
        return Field.SOME
    short, long = sorted((words_a, words_b), key=lambda words: (len(words), words))
    if (
        _abbreviated(short, long)
        or _acronym(a, b)
        or _acronym(b, a)
        or fuzz.ratio("".join(short), "".join(long)) >= ALIKE
    ):
        return Field.SAME
    shared = sum(any(_short_for(word, other) for other in long) for word in short)
    return Field.SOME if 2 * shared >= len(short) else Field.OTHER


def _telling(name: str) -> list[str]:
    """The words that name it: without small words, editions, years and numbers."""
    every = name.split()
    words = [
        w for w in every if w not in SMALL_WORDS and not w.isdigit() and w not in EDITION_WORDS
    ]
    return words or every


def _abbreviated(short: list[str], long: list[str]) -> bool:
    """Each word of the shorter stands for a word of the longer, in order, and little is left.

    What may be left: a subtitle behind ("official journal of ..."), or one word among many.
    """
    at, left, last = 0, 0, 0
    for word in short:
        while at < len(long) and not _short_for(word, long[at]):
            left += long[at] not in BODIES
            at += 1
        if at == len(long):
            return False
        at += 1
        last = at
    behind = len(long) - last
    if left == 0 and PLACE_WORDS.issuperset(long[last:]):
        return True
    if len(short) == 1:
        return False
    return (left == 0 and behind >= SUBTITLE) or (left + behind == 1 and len(short) >= SUBTITLE)


SUBTITLE = 3  # words


def _short_for(a: str, b: str) -> bool:
    """One is the beginning of the other, or its contraction: natl, intl, dtsch."""
    if a == b or a.startswith(b) or b.startswith(a):
        return True
    if len(a) > len(b):
        a, b = b, a
    return a[0] == b[0] and len(a) >= SHORTEST_ACRONYM and 2 * len(a) > len(b) - 4 and _within(a, b)


def _within(a: str, b: str) -> bool:
    """Whether the letters of the one occur in the other, in order."""
    letters = iter(b)
    return all(letter in letters for letter in a)


def _acronym(name: str, other: str) -> bool:
    """One is named by an acronym of the other: ICIS, VLDB J., Proc. STOC."""
    words, others = _telling(name), other.split()
    for at, word in enumerate(words[:ACRONYM_WORDS]):
        if SHORTEST_ACRONYM <= len(word) <= LONGEST_ACRONYM and _spells(word, others):
            rest = words[:at] + words[at + 1 :]
            first = at == 0 and len(word) > SHORTEST_ACRONYM and word == "".join(_initials(others))
            if first or all(_in_any(one, others) for one in rest):
                return True
    return False


def _spells(word: str, others: list[str]) -> bool:
    """Whether the letters of a word are those that following words begin with."""
    return any(_begins(word, others[start:]) for start in range(len(others)))


def _begins(word: str, others: list[str]) -> bool:
    at = 0
    for other in others:
        if other[0] == word[at]:
            at += 1
            if at == len(word):
                return True
        elif other not in SMALL_WORDS or at == 0:
            return False
    return False


def _initials(words: list[str]) -> list[str]:
    return [word[0] for word in words if word not in SMALL_WORDS]


def _in_any(word: str, others: list[str]) -> bool:
    return word in BODIES or any(_short_for(word, other) for other in others)
