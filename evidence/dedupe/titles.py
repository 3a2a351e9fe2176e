"""How alike two titles are, by words: a misspelling is forgiven, another word is not."""

from enum import IntEnum

from rapidfuzz.distance import OSA

from evidence.dedupe.vocabulary import CONTRASTS, SMALL_WORDS

MOST_ERRORS = 2
LONG_WORD = 8  # letters; such a word may hold two errors, a shorter one a single error
SHORT_WORD = 4  # letters; a shorter word may hold none
PART_WORDS = 3  # telling words that the shorter of two titles must have to count as a part
MOST = 6  # words of each title that the other lacks; beyond, misspellings cannot explain it
LIKE_SHARE = 0.5  # of the shorter title's telling words


class Title(IntEnum):
    """How two titles compare, from nothing in common to the same."""

    MISSING = -1
    OTHER = 0
    LIKE = 1  # many words in common, but each has words that the other lacks
    NUMBERS = 2  # alike but for different numbers
    INSERTED = 3  # one has a further telling word in its midst
    PART = 4  # one is the beginning or the end of the other
    NEAR = 5  # alike but for misspellings and small words
    SAME = 6


def compare_titles(a: str, b: str) -> Title:
    """Compare two titles in the normal form of text.title_words."""
    if a == b:
        return Title.SAME if a else Title.MISSING
    if not a or not b:
        return Title.MISSING
    words_a, words_b = a.split(), b.split()
    if "".join(words_a) == "".join(words_b):
        return Title.SAME
    set_a, set_b = set(words_a), set(words_b)
    only_a = [word for word in words_a if word not in set_b]
    only_b = [word for word in words_b if word not in set_a]
    return _by_difference(words_a, words_b, only_a, only_b)


def _by_difference(
    words_a: list[str], words_b: list[str], only_a: list[str], only_b: list[str]
) -> Title:
    if len(only_a) > MOST and len(only_b) > MOST:
        return _overlap(words_a, words_b, only_a, only_b)
    only_a, only_b = _without_variants(only_a, only_b)
    only_a = [word for word in only_a if word not in SMALL_WORDS]
    only_b = [word for word in only_b if word not in SMALL_WORDS]
    if not only_a and not only_b:
        return Title.NEAR
    if not only_a or not only_b:
        return _longer(words_a, words_b, only_b) if only_b else _longer(words_b, words_a, only_a)
    if _numbers(only_a) and _numbers(only_b):
        rest_a = [word for word in only_a if not word.isdigit()]
        rest_b = [word for word in only_b if not word.isdigit()]
        return (
            Title.NUMBERS
            if not rest_a or not rest_b
            else _overlap(words_a, words_b, only_a, only_b)
        )
    return _overlap(words_a, words_b, only_a, only_b)


def _numbers(words: list[str]) -> bool:
    return any(word.isdigit() for word in words)


def _longer(short: list[str], long: list[str], extra: list[str]) -> Title:
    """One title has everything of the other, and more: in front, behind, or in its midst."""
    telling = {word for word in short if word not in SMALL_WORDS}
    if len(telling) < PART_WORDS:
        return Title.LIKE
    marked = [word in extra for word in long]
    begin, end = marked.index(True), len(marked) - marked[::-1].index(True)
    inner = [word for word in long[begin:end] if word not in extra and word not in SMALL_WORDS]
    if inner or (begin > 0 and end < len(long)):
        outside = [word for word in long[:begin] + long[end:] if word not in SMALL_WORDS]
        return Title.INSERTED if outside else Title.LIKE
    return Title.PART


def _overlap(words_a: list[str], words_b: list[str], only_a: list[str], only_b: list[str]) -> Title:
    telling_a = {word for word in words_a if word not in SMALL_WORDS}
    telling_b = {word for word in words_b if word not in SMALL_WORDS}
    shared = min(len(telling_a) - len(set(only_a)), len(telling_b) - len(set(only_b)))
    least = min(len(telling_a), len(telling_b))
    return Title.LIKE if least and shared >= LIKE_SHARE * least else Title.OTHER


def _without_variants(only_a: list[str], only_b: list[str]) -> tuple[list[str], list[str]]:
    """What remains of two lists of words when spellings of one word are taken from both."""
    rest_a, rest_b = list(only_a), list(only_b)
    for word in only_a:
        twin = next((other for other in rest_b if same_word(word, other)), None)
        if twin is not None:
            rest_a.remove(word)
            rest_b.remove(twin)
    for one, several in ((rest_a, rest_b), (rest_b, rest_a)):
        for word in list(one):
            _take_parts(word, one, several)
    return rest_a, rest_b


def _take_parts(word: str, one: list[str], several: list[str]) -> None:
    """Take `subgroup` from one list where the other has `sub group`."""
    for at in range(len(several) - 1):
        if same_word(several[at] + several[at + 1], word):
            one.remove(word)
            del several[at : at + 2]
            return


def same_word(a: str, b: str) -> bool:
    """Whether two words are spellings of one word; numbers never are."""
    if a == b:
        return True
    length, longer = sorted((len(a), len(b)))
    if longer - length > MOST_ERRORS or not a.isalpha() or not b.isalpha():
        return False
    if length < SHORT_WORD:
        return length > 1 and a.rstrip("s") == b.rstrip("s")
    allowed = MOST_ERRORS if length >= LONG_WORD else 1
    if a[0] != b[0] and (allowed == 1 or a[1:] != b[1:]):
        return False
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed and not _contrast(a, b)


def _contrast(a: str, b: str) -> bool:
    return any(
        (a.startswith(x) and b.startswith(y) and a[len(x) :] == b[len(y) :])
        or (a.startswith(y) and b.startswith(x) and a[len(y) :] == b[len(x) :])
        for x, y in CONTRASTS
    )
