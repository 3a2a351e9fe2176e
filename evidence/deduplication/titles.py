"""How alike two titles are, by words: a misspelling is forgiven, another word is not."""

from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from evidence.deduplication.vocabulary import CONTRASTS, GREEK, SMALL_WORDS

GREEK_NAMES = frozenset(GREEK.values())
ALPHA = "alpha"

MOST_ERRORS = 2
LONG_WORD = 8  # letters; such a word may hold two errors, a shorter one a single error
SHORT_WORD = 4  # letters; a shorter word may hold none
PART_WORDS = 3  # telling words that the shorter of two titles must have to count as a part
SLIP_LETTERS = 25  # of a title; in a shorter one a letter may mean another
FEW_WORDS = 3
SHARED = 0.34  # of the shorter title's words; with fewer in common, misspellings explain nothing
MOST_PAIRS = 48  # of words that only one of the two has; with more, it is not worth looking
SAME_ORDER = 80  # percent of letters; the same words in another order are another title
MISREAD = 60  # percent of letters; a word that was misread is more alike than that
LIKE_SHARE = 0.5  # of the shorter title's telling words


class TitleLevel(IntEnum):
    """How two titles compare, from nothing in common to the same."""

    MISSING = -1
    OTHER = 0
    LIKE = 1  # many words in common, but each has words that the other lacks
    REPLACED = 2  # one word stands where the other has another one
    SHORT_PART = 3  # one is the beginning or the end of the other, but has few words
    NUMBERS = 4  # alike but for different numbers
    INSERTED = 5  # one has a further telling word in its midst
    SLIP = 6  # a single letter differs, in a word too short to call it a misspelling
    PART = 7  # one is the beginning or the end of the other
    NEAR = 8  # alike but for misspellings and small words
    SAME = 9


def compare_titles(a: str, b: str) -> TitleLevel:
    """Compare two titles in the normal form of text.title_words; which comes first is the same."""
    a, b = sorted((a, b))
    if not a:
        return TitleLevel.MISSING
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return TitleLevel.SAME
    level = _by_words(a, b)
    if level in {TitleLevel.LIKE, TitleLevel.INSERTED} and _one_letter(a, b):
        return TitleLevel.SLIP
    if level is TitleLevel.LIKE and _one_word_replaced(a, b):
        return TitleLevel.REPLACED
    return level


def _one_word_replaced(a: str, b: str) -> bool:
    """Whether only one word differs, and is no misreading: B-trees, R-trees; sensitive, resistant.

    Such titles are those of two trials of one sponsor, or of two chapters.
    """
    words_a, words_b = a.split(), b.split()
    if len(words_a) != len(words_b):
        return False
    pairs = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    if len(pairs) != 1:
        return False
    (x, y) = pairs[0]
    return min(len(x), len(y)) < SHORT_WORD or fuzz.ratio(x, y) < MISREAD


def _one_letter(a: str, b: str) -> bool:
    """Whether a slip of the pen explains it: one letter in a word of several, or a lost space.

    A letter that stands alone is no slip: B-trees are not R-trees.
    """
    joined_a, joined_b = a.replace(" ", ""), b.replace(" ", "")
    if len(joined_a) < SLIP_LETTERS or OSA.distance(joined_a, joined_b, score_cutoff=1) > 1:
        return False
    words_a, words_b = a.split(), b.split()
    if len(words_a) != len(words_b):
        return True
    pairs = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    return all(
        max(len(x), len(y)) >= SHORT_WORD or not SMALL_WORDS.isdisjoint((x, y)) for x, y in pairs
    )


def _by_words(a: str, b: str) -> TitleLevel:
    words_a, words_b = _telling(a), _telling(b)
    set_a, set_b = set(words_a), set(words_b)
    only_a = [word for word in words_a if word not in set_b]
    only_b = [word for word in words_b if word not in set_a]
    least = min(len(words_a), len(words_b))
    shared = least - min(len(only_a), len(only_b))
    if least > FEW_WORDS and shared < SHARED * least:
        return TitleLevel.OTHER
    _take_alpha(only_a, a, b)
    _take_alpha(only_b, b, a)
    if len(only_a) * len(only_b) <= MOST_PAIRS:
        _take_variants(only_a, only_b)
    if only_a and only_b:
        return _unlike(only_a, only_b, least)
    if only_a or only_b:
        return _longer(*((words_b, words_a, only_a) if only_a else (words_a, words_b, only_b)))
    return TitleLevel.NEAR if fuzz.ratio(a, b) >= SAME_ORDER else TitleLevel.LIKE


def _telling(title: str) -> list[str]:
    words = title.split()
    return [word for word in words if word not in SMALL_WORDS] or words


def _unlike(only_a: list[str], only_b: list[str], least: int) -> TitleLevel:
    """Each title has words that the other lacks."""
    numbers_a = [word for word in only_a if word.isdigit()]
    numbers_b = [word for word in only_b if word.isdigit()]
    if numbers_a and numbers_b and (numbers_a == only_a or numbers_b == only_b):
        return TitleLevel.NUMBERS
    shared = least - min(len(only_a), len(only_b))
    return TitleLevel.LIKE if shared >= LIKE_SHARE * least else TitleLevel.OTHER


def _longer(short: list[str], long: list[str], extra: list[str]) -> TitleLevel:
    """One title has everything of the other, and more: in front, behind, or in its midst."""
    all_long, all_short = "".join(long), "".join(short)
    at_end = all_long.startswith(all_short) or all_long.endswith(all_short)
    if len(set(short)) < PART_WORDS:
        return TitleLevel.SHORT_PART if at_end else TitleLevel.LIKE
    if at_end:
        return TitleLevel.PART
    marked = [word in extra for word in long]
    begin, end = marked.index(True), len(marked) - marked[::-1].index(True)
    at_an_end = begin == 0 or end == len(long)
    return TitleLevel.PART if at_an_end and all(marked[begin:end]) else TitleLevel.INSERTED


def _take_alpha(only: list[str], own: str, other: str) -> None:
    """Take `alpha` where the other has the letter (TNF-a), which alone counts as a small word."""
    if ALPHA in only and other.split().count(ALPHA[0]) > own.split().count(ALPHA[0]):
        only.remove(ALPHA)


def _take_variants(only_a: list[str], only_b: list[str]) -> None:
    """Take spellings of one word from both lists."""
    for word in list(only_a):
        for other in only_b:
            if same_word(word, other):
                only_a.remove(word)
                only_b.remove(other)
                break
    for whole, parts in ((only_a, only_b), (only_b, only_a)):
        if len(parts) > 1:
            for word in list(whole):
                _take_parts(word, whole, parts)


def _take_parts(word: str, whole: list[str], parts: list[str]) -> None:
    """Take `subgroup` from one list where the other has `sub group`."""
    for at in range(len(parts) - 1):
        if word[0] == parts[at][0] and same_word(parts[at] + parts[at + 1], word):
            whole.remove(word)
            del parts[at : at + 2]
            return


def same_word(a: str, b: str) -> bool:
    """Whether two words are spellings of one word; numbers never are."""
    if len(a) == 1 or len(b) == 1:
        return a == b or (a[0] == b[0] and not GREEK_NAMES.isdisjoint((a, b)))
    if a[0] != b[0] and (a[1:] != b[1:] or len(a) < LONG_WORD):
        return a == b
    length = min(len(a), len(b))
    if max(len(a), len(b)) - length > MOST_ERRORS or not a.isalpha() or not b.isalpha():
        return a == b
    if length < SHORT_WORD:
        return length > 1 and a.rstrip("s") == b.rstrip("s")
    allowed = MOST_ERRORS if max(len(a), len(b)) >= LONG_WORD and length >= LONG_WORD - 1 else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed and not _contrast(a, b)


def _contrast(a: str, b: str) -> bool:
    return any(
        (a.startswith(x) and b.startswith(y) and a[len(x) :] == b[len(y) :])
        or (a.startswith(y) and b.startswith(x) and a[len(y) :] == b[len(x) :])
        for x, y in CONTRASTS
    )
