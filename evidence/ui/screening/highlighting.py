"""A review's terms marked in text, as the screening deck marks them."""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

STYLE = """<style>
.marked { overflow-wrap: anywhere; max-width: 75ch; }
.marked h2 { font-size: 1.15rem; }
.marked p { margin: 0 0 .6rem; white-space: pre-line; }
.marked .small { opacity: .85; font-size: .9rem; }
.marked mark { color: inherit; border-radius: .15em; padding: 0 .1em; }
.marked mark.include { background: color-mix(in srgb, #0072b2 28%, transparent);
  border-bottom: 2px solid #0072b2; }
.marked mark.exclude { background: color-mix(in srgb, #e69f00 32%, transparent);
  border-bottom: 2px dashed #b36b00; }
</style>"""
TITLES = {"include": "Speaks for inclusion", "exclude": "Speaks for exclusion"}


BLANKS = "\t\n\v\f\r"  # beside those that Unicode calls separators
WORD, BLANK, OTHER = "word", "blank", "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of blanks (as one blank) or one other sign, in lower case, with its place."""

    text: str
    is_word: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a term, parted at its stars, or a sign between words.

    Attributes:
        pieces: what a word must hold in this order, the first at its beginning and the last at its
            end; empty for a sign.
    """

    text: str
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A place of a text that a term of this kind marks."""

    start: int
    end: int
    kind: str


def marked(text: str, include: Sequence[str], exclude: Sequence[str]) -> str:
    """Text as HTML with its terms marked; everything in it is escaped."""
    parts, end = [], 0
    for span in spans(text, {"include": include, "exclude": exclude}):
        parts.append(html.escape(text[end : span.start]))
        end = span.end
        word = html.escape(text[span.start : end])
        parts.append(f'<mark class="{span.kind}" title="{TITLES[span.kind]}">{word}</mark>')
    return "".join([*parts, html.escape(text[end:])])


def spans(text: str, terms: Mapping[str, Sequence[str]]) -> list[Span]:
    """Where a text holds terms, which are given by kind.

    Whole words are marked; `*` stands for any letters, at the beginning, in the middle or at the
    end. Where terms overlap the first counts, and of two that begin at one place the longer. No
    text and no term takes longer than in proportion to its length, as spansOf in deck/terms.js.
    """
    tokens = _tokens(text)
    by_start = _by_start(tuple((kind, tuple(words)) for kind, words in terms.items()))
    kinds = list(terms)
    found = []
    begin = 0
    while begin < len(tokens):
        best_end, best_rank = begin, len(kinds)
        if not begin or not tokens[begin - 1].is_word:
            for start in (tokens[begin].text[0], "*"):
                for rank, parts in by_start.get(start, ()):
                    end = _match_end(tokens, begin, parts)
                    if end > best_end or (begin < end == best_end and rank < best_rank):
                        best_end, best_rank = end, rank
        if best_end > begin:
            last = tokens[best_end - 1]
            found.append(Span(tokens[begin].start, last.end, kinds[best_rank]))
        begin = max(best_end, begin + 1)
    return found


def _tokens(text: str) -> list[Token]:
    """The text as JavaScript's classes of characters part it (Unicode's letters and numbers)."""
    tokens: list[Token] = []
    for kind, group in groupby(enumerate(text), key=lambda numbered: _kind(numbered[1])):
        signs = list(group)
        runs = [signs] if kind != OTHER else [[sign] for sign in signs]
        for run in runs:
            folded = " " if kind == BLANK else "".join(_fold(sign) for _, sign in run)
            tokens.append(Token(folded, kind == WORD, run[0][0], run[-1][0] + 1))
    return tokens


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    category = unicodedata.category(sign)[0]
    if category in "LN":
        return WORD
    return BLANK if category == "Z" or sign in BLANKS else OTHER


@lru_cache(maxsize=4096)
def _fold(sign: str) -> str:
    upper = sign.upper()
    single = upper if len(upper) == 1 else sign
    lower = single.lower()
    return lower if len(lower) == 1 else single


@lru_cache(maxsize=64)
def _by_start(
    terms: tuple[tuple[str, tuple[str, ...]], ...],
) -> dict[str, list[tuple[int, tuple[Part, ...]]]]:
    """The terms by the sign with which they begin, each with the rank of its kind."""
    found: dict[str, list[tuple[int, tuple[Part, ...]]]] = defaultdict(list)
    for rank, (_, words) in enumerate(terms):
        for term in words:
            if parts := _parts(term):
                found[parts[0].text[0]].append((rank, parts))
    return dict(found)


def _parts(term: str) -> tuple[Part, ...]:
    """A term as words and signs; nothing for one without any letter or sign beside its stars."""
    parts = []
    tokens = _tokens(term.strip())
    for in_word, group in groupby(tokens, key=lambda token: token.is_word or token.text == "*"):
        texts = [token.text for token in group]
        if in_word:
            word = "".join(texts)
            parts.append(Part(word, tuple(re.split(r"\*+", word))))
        else:
            parts += [Part(text) for text in texts]
    return tuple(parts) if any(part.text.strip("* ") for part in parts) else ()


def _match_end(tokens: Sequence[Token], begin: int, parts: Sequence[Part]) -> int:
    """Behind which token a term ends that begins at one; the same token where it does not."""
    at = begin
    for part in parts:
        token = tokens[at] if at < len(tokens) else None
        is_word = token is not None and token.is_word
        if not part.pieces:
            if token is None or is_word or token.text != part.text:
                return begin
            at += 1
        elif token is not None and is_word:
            if not _fits(token.text, part.pieces):
                return begin
            at += 1
        elif any(part.pieces):
            return begin
    ends_in_word = at > 0 and tokens[at - 1].is_word
    goes_on = at < len(tokens) and tokens[at].is_word
    return begin if goes_on and not ends_in_word else at


def _fits(word: str, pieces: Sequence[str]) -> bool:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return word == first
    at, end = len(first), len(word) - len(last)
    if at > end or not word.startswith(first) or not word.endswith(last):
        return False
    for piece in pieces[1:-1]:
        found = word.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
