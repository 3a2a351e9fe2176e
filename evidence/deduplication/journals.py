"""How alike two names of journals, books or conferences are: abbreviations, acronyms, subtitles."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rapidfuzz import fuzz

from evidence.deduplication.authors import FieldLevel
from evidence.deduplication.vocabulary import (
    BODIES,
    EDITION_WORDS,
    HELD,
    PERIODICALS,
    PLACE_WORDS,
    SMALL_WORDS,
    SPONSORS,
)

ALIKE = 90  # percent of letters
SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 8
ACRONYM_WORDS = 2  # an acronym is the first word of a name or the second
SUBTITLE = 3  # words behind a name that are a subtitle rather than another journal
KNOWN = 200_000  # pairs of names that are remembered


@lru_cache(maxsize=KNOWN)
def compare_journals(a: str, b: str) -> FieldLevel:
    """Compare two names in the normal form of text.words."""
    if not a or not b:
        return FieldLevel.MISSING
    if a == b:
        return FieldLevel.SAME
    words_a, words_b = _telling(a), _telling(b)
    if not words_a or not words_b:
        return FieldLevel.SOME
    short, long = sorted(map(_without_place, (words_a, words_b)), key=lambda w: (len(w), w))
    if (
        _abbreviated(short, long)
        or _acronym(a, b)
        or _acronym(b, a)
        or _same_words(short, long)
        or fuzz.ratio("".join(short), "".join(long)) >= ALIKE
    ):
        return FieldLevel.SAME
    if len(short) == 1 and len(short[0]) <= LONGEST_ACRONYM and _one_is_periodical(short, long):
        return FieldLevel.OTHER
    short, long = (_without(SPONSORS, words) for words in (short, long))
    shared = sum(any(_short_for(word, other) for other in long) for word in short)
    return FieldLevel.SOME if 2 * shared >= len(short) else FieldLevel.OTHER


def _telling(name: str) -> list[str]:
    """The words that name it: without small words, editions, years and numbers."""
    every = name.split()
    words = [
        w for w in every if w not in SMALL_WORDS and not w.isdigit() and w not in EDITION_WORDS
    ]
    return words or every


def _without_place(words: list[str]) -> list[str]:
    """Without the country or town behind a name of several words."""
    end = len(words)
    while end > ACRONYM_WORDS and words[end - 1] in PLACE_WORDS:
        end -= 1
    return words[:end]


def _same_words(a: list[str], b: list[str]) -> bool:
    """Whether only the order of words differs: Machine Learning: Proceedings of the 11th Conf."""
    names_a, names_b = set(a) - BODIES, set(b) - BODIES
    both_or_none = BODIES.isdisjoint(a) == BODIES.isdisjoint(b)
    return names_a == names_b and len(names_a) > 1 and both_or_none


def _abbreviated(short: list[str], long: list[str]) -> bool:
    """Each word of the shorter stands for a word of the longer, in order, and little is left.

    What may be left: a subtitle behind ("official journal of ..."), or one word among many.
    """
    short, long = (_without(SPONSORS | HELD, words) for words in (short, long))
    at, skipped, last = 0, 0, 0
    for word in short:
        while at < len(long) and not _short_for(word, long[at]):
            skipped += 1
            at += 1
        if at == len(long):
            return False
        at += 1
        last = at
    behind = len(long) - last
    if skipped == 0 and PLACE_WORDS.issuperset(long[last:]):
        return True
    if len(short) == 1:
        return False
    if skipped == 0 and behind >= SUBTITLE:
        return True
    return skipped + behind == 1 and len(short) >= SUBTITLE


def _without(dropped: AbstractSet[str], words: list[str]) -> list[str]:
    return [word for word in words if word not in dropped] or words


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
    """One is named by an acronym of the other: ICIS, VLDB J., Proc. STOC, MISQ."""
    words, others = _telling(name), other.split()
    words = _without(HELD, words)
    for at, word in enumerate(words[:ACRONYM_WORDS]):
        if SHORTEST_ACRONYM <= len(word) <= LONGEST_ACRONYM:
            rest = words[:at] + words[at + 1 :]
            for turned in _turned(others):
                if any(_fits(word, rest, turned, start) for start in range(len(turned))):
                    return True
    return False


def _turned(name: list[str]) -> Iterator[list[str]]:
    """A name; and Machine Learning: Proceedings of the 9th International Conference (ICML)."""
    yield name
    for at, word in enumerate(name[1:], start=1):
        if word in HELD:
            yield name[at:] + name[:at]
            return


def _fits(word: str, rest: list[str], others: list[str], start: int) -> bool:
    """Whether the letters of a word are those that following words begin with."""
    end = 0 if others[start] in SMALL_WORDS else _spelt(word, others, start)
    if end < start + 2:  # none, or the word itself
        return False
    outside = [other for other in others[:start] + others[end:] if other not in SMALL_WORDS]
    if not outside and len(word) > SHORTEST_ACRONYM:
        return PERIODICALS.isdisjoint(rest)
    return not _one_is_periodical(rest, outside) and all(_in_any(word, others) for word in rest)


def _spelt(letters: str, others: list[str], at: int) -> int:
    """Where the words end that spell these letters by their first ones; 0 where none do.

    Small words may have a letter or none, and an acronym may be a part of another (CACM).
    """
    if at == len(others):
        return 0
    word = others[at]
    for length in (len(word), 1):
        if length <= len(letters) and letters.startswith(word[:length]):
            end = at + 1 if length == len(letters) else _spelt(letters[length:], others, at + 1)
            if end:
                return end
    return _spelt(letters, others, at + 1) if word in SMALL_WORDS or len(word) == 1 else 0


def _one_is_periodical(a: list[str], b: list[str]) -> bool:
    """VLDB is a conference, the VLDB Journal is not."""
    return PERIODICALS.isdisjoint(a) != PERIODICALS.isdisjoint(b)


def _in_any(word: str, others: list[str]) -> bool:
    return word in BODIES or any(_short_for(word, other) for other in others)
