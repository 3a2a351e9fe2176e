"""Volumes in a form that can be compared: Arabic and Roman figures, letters, words, `1A`."""

import re
from functools import lru_cache

from evidence.deduplication.text import fold
from evidence.deduplication.vocabulary import (
    NO_VOLUME,
    NOT_YET_IN_A_VOLUME,
    NUMBER_WORDS,
    ORDINALS,
    SMALL_WORDS,
    VOLUME_LABELS,
)

REMEMBERED = 50_000  # volumes; they repeat
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]+|\d+")
LABEL = re.compile(rf"(?:\b(?:{'|'.join(VOLUME_LABELS)})\b|\b(?:v|t)(?=[.\s]*\d))[.:\s]*")
FIGURES = re.compile(r"(?:([a-df-moq-ruw-z])[\s.-]?)?0*(\d+)(?:[.-]?([a-z]))?\b")
ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
BEHIND_ROMAN = re.compile(r"[\s./,:-]*(\d+|[a-z])")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
LETTERS = "cdlm"  # alone they are letters, I, V and X are figures
SUPPLEMENT = "s"
SUPPLEMENT_BEHIND = re.compile(r"\s*[(,]|\s+sup")
FREE_STANDING = 3  # words; what is longer is a remark


def number(text: str) -> str:
    """The first number in a text.

    What was torn off a larger text, such as the `1)` of `61 (Suppl. 1)`, says nothing.
    """
    if text.isdecimal():
        return text.lstrip("0")
    if text.count("(") != text.count(")"):
        return ""
    match = NUMBER.search(text)
    return match[0].lstrip("0") if match else ""


@lru_cache(maxsize=REMEMBERED)
def volume(text: str) -> tuple[str, str]:
    """A volume as (its whole form, its number): `1A` is ("1a", "1"), `II` is ("2", "2").

    A volume that is a letter or a word has no number. Both are empty where the text says nothing,
    as "in press" does.
    """
    if text.isdecimal():
        digits = text.lstrip("0")
        return digits, digits
    folded = fold(text)
    if text.count("(") != text.count(")") or not NOT_YET_IN_A_VOLUME.isdisjoint(
        WORD.findall(folded)
    ):
        return "", ""
    bare = LABEL.sub("", folded).strip(" .,:;'\"")
    return _roman(bare) or _figures(bare) or _in_words(bare)


def _roman(text: str) -> tuple[str, str] | None:
    """Roman figures, with what may stand behind them: `II`, `II/1`, `IV B`."""
    first = WORD.match(text)
    if first is None or first[0] in LETTERS or not ROMAN.fullmatch(first[0]):
        return None
    digits = str(_value(first[0]))
    behind = text[first.end() :]
    if not behind or SUPPLEMENT_BEHIND.match(behind):
        return digits, digits
    part = BEHIND_ROMAN.fullmatch(behind)
    if part is None:
        return None
    return f"{digits}{'/' if part[1].isdigit() else ''}{part[1]}", digits


def _value(figures: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in figures]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _figures(text: str) -> tuple[str, str] | None:
    """Arabic figures, with a letter of the volume: `1A`, `A12`; an S is that of a supplement."""
    digits = number(text)
    if not digits:
        return None
    match = FIGURES.match(text)
    if match is None or match[2] != digits:
        return digits, digits
    before, _, behind = match.groups(default="")
    return f"{before}{digits}{behind.replace(SUPPLEMENT, '')}", digits


def _in_words(text: str) -> tuple[str, str]:
    words = [word for word in WORD.findall(text) if word not in SMALL_WORDS] or WORD.findall(text)
    if len(words) == 1 and words[0] in ORDINALS:
        return ORDINALS[words[0]], ORDINALS[words[0]]
    if len(words) == 1 and words[0] in NUMBER_WORDS:
        return NUMBER_WORDS[words[0]], NUMBER_WORDS[words[0]]
    if len(words) > FREE_STANDING or not NO_VOLUME.isdisjoint(words):
        return "", ""
    return " ".join(words), ""
