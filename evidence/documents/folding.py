"""Text as words are compared: small letters without accents, in one line, without hyphens.

A hyphen between letters is left out, whether it stands at the end of a line or not: a page cannot
tell `long-term`, broken behind its hyphen, from a `longterm` that was hyphenated. Between digits it
stays, since 10-12 is not 1012.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from evidence.citations.search_folding import DASHES, folded, spelled_out
from evidence.documents.pages import LINE_END_HYPHEN

_HYPHENS = f"-{DASHES}{LINE_END_HYPHEN}"
_REMEMBERED = 1_000  # pages; with their places about 40 MB
# What is not one letter for one letter: blanks but single ones, hyphens, signs outside of ASCII.
_SPECIAL = re.compile(rf"[{_HYPHENS}]\s*| \s+|[^\S ]\s*|[^\x00-\x7f]")
# Letters of scripts that part no words by blanks, so that a line may end anywhere.
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_INVISIBLE = {"Mn", "Me", "Cf"}  # accents and vowel signs of all scripts, joiners, directions


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text that knows from where in the original each of its characters comes.

    Attributes:
        starts, ends: of the original's stretch behind each character of `text`.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the folded text, not empty, comes from."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str, *, umlauts: bool = False) -> FoldedText:
    """A page's text as it is compared; with `umlauts`, these are two letters, as ae for ä.

    The texts of the last pages are remembered.
    """
    return fold_once(text, umlauts=umlauts)


def fold_once(text: str, *, umlauts: bool = False) -> FoldedText:
    """Any text as it is compared; it is not remembered."""
    letters = spelled_out if umlauts else folded
    folding = _Folding(text, letters)
    at = 0
    for match in _SPECIAL.finditer(text):
        folding.add_plain(at, match.start())
        folding.add_special(match[0], match.start())
        at = match.end()
    folding.add_plain(at, len(text))
    return FoldedText("".join(folding.parts), folding.starts, folding.ends)


def folded_phrase(phrase: str, *, umlauts: bool = False) -> str:
    """What somebody looks for, as it is compared; hyphens at its edges are not looked for."""
    text = fold_once(phrase, umlauts=umlauts).text.strip()
    inner = text.strip("-")
    return inner if inner[:1].isalpha() or inner[-1:].isalpha() else text


class _Folding:
    """The folded text, put together from left to right."""

    def __init__(self, text: str, letters: Callable[[str], str]) -> None:
        self.original, self.letters = text, letters
        self.parts: list[str] = []
        self.last = ""  # the last folded character
        self.starts, self.ends = array("I"), array("I")

    def add_plain(self, start: int, end: int) -> None:
        """Add a stretch of letters and signs in ASCII."""
        self.parts.append(self.original[start:end].lower())
        self.last = self.parts[-1][-1:] or self.last
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def add_special(self, text: str, start: int) -> None:
        """Add blanks, or a hyphen with the blanks behind it, or one sign outside of ASCII."""
        if text.isspace():
            around = (
                self.original[max(start - 1, 0) : start],
                self.original[start + len(text) :][:1],
            )
            if not ("\n" in text and all(map(_WITHOUT_BLANKS.match, around))):
                self._add(" ", start, start + len(text))
        elif text[0] in _HYPHENS:
            self._add_hyphen(text, start)
        elif unicodedata.category(text) not in _INVISIBLE:
            self._add(self.letters(text), start, start + 1)
        elif self.ends:
            self.ends[-1] = start + 1

    def _add_hyphen(self, text: str, start: int) -> None:
        end = start + len(text)
        ends_line = text[0] == LINE_END_HYPHEN or "\n" in text
        before, after = self.last, self.original[end : end + 1]
        joins = before.isalnum() and after.isalnum() and (ends_line or len(text) == 1)
        if joins and (before.isalpha() or after.isalpha()):
            return
        if joins or text[0] != LINE_END_HYPHEN:
            self._add("-", start, end if joins else start + 1)
        if not joins and len(text) > 1:
            self._add(" ", start + 1, end)

    def _add(self, folded_text: str, start: int, end: int) -> None:
        self.parts.append(folded_text)
        self.last = folded_text[-1:] or self.last
        self.starts.extend([start] * len(folded_text))
        self.ends.extend([end] * len(folded_text))
