"""The language of searches: words, "phrases", OR, NOT, brackets, and DOIs in any spelling.

Words beside each other must all occur, and that binds tighter than OR. Whatever is typed can be
looked for; what does not fit is told in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.citations import identifiers

MOST_WORDS = 30  # words and phrases of a search
LONGEST_SEARCH = 1000  # letters
DEEPEST = 10  # brackets within brackets
QUOTES = '"“”„‟«»'

_DOI = re.compile(r"(?:doi:)?10\.\d{4,9}(?:/\S*)?", re.IGNORECASE | re.ASCII)
_DOI_ADDRESS = re.compile(r"(?:https?://|www\.|(?:dx\.)?doi\.org/)\S*10\.\d{4,9}/", re.IGNORECASE)
_DOI_BEFORE = ("doi", "doi:")
_WORD = re.compile(rf"[^\s{QUOTES}]+")

OPEN_QUOTE = "A quotation mark is not closed; all behind it is looked for as one phrase."
LOOSE_OR = "OR needs words on both sides; one that has none is left out."
LOOSE_NOT = "NOT needs a word behind it; one that has none is left out."
LOOSE_BRACKETS = "There are more brackets of one kind than of the other; those are left out."
TOO_DEEP = f"Brackets count to a depth of {DEEPEST}; those further inside are left out."


@dataclass(frozen=True, slots=True)
class Phrase:
    """Letters that must stand beside each other, as typed; a single word is one, too."""

    text: str


@dataclass(frozen=True, slots=True)
class Doi:
    """The DOI of a work, or its beginning, in normal form."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Two parts or more that must all be so."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Two parts or more of which one must be so."""

    parts: tuple["Node", ...]


Node = Phrase | Doi | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was typed, understood.

    Attributes:
        tree: None where there is nothing to look for.
        words: how many words, phrases and DOIs it has.
        remarks: sentences that tell what did not fit.
    """

    tree: Node | None
    words: int
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Bracket:
    """What stands so far between two brackets, or outside of all."""

    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    negated: bool = False


def parse(text: str) -> Search:
    """Understand what somebody typed into a box for searching.

    What no text can hold (NUL, halves of letters) is passed over; databases refuse it.
    """
    text = "".join(" " if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)
    reader = _Reader()
    for token in _tokens(text):
        reader.take(token)
    return reader.end()


@dataclass(frozen=True, slots=True)
class _Sign:
    """OR, NOT, AND, a bracket, or a quotation mark that stays open."""

    name: str


def _tokens(text: str) -> Iterator[Node | _Sign]:
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
        elif sign in QUOTES:
            end = next((i for i in range(at + 1, len(text)) if text[i] in QUOTES), None)
            if end is None:
                yield _Sign("open quote")
            yield from _phrase(" ".join(text[at + 1 : end].split()))
            at = len(text) if end is None else end + 1
        elif sign == "(":
            yield _Sign("(")
            at += 1
        elif sign == "-" and text[at + 1 : at + 2].strip(" -"):
            yield _Sign("NOT")
            at += 1
        else:
            match = _WORD.match(text, at)
            word = match[0] if match else sign
            yield from _word(word)
            at += len(word)


def _word(word: str) -> Iterator[Node | _Sign]:
    """A word or a sign; brackets behind it that it did not open are the search's."""
    bare = word
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    if bare in {"OR", "NOT", "AND"}:
        yield _Sign(bare)
    else:
        yield from _phrase(bare)
    yield from (_Sign(")") for _ in range(len(word) - len(bare)))


def _phrase(text: str) -> Iterator[Node]:
    if _DOI.fullmatch(text):
        yield Doi(identifiers.doi(text) or text.lower().removeprefix("doi:"))
    elif _DOI_ADDRESS.match(text) and (name := identifiers.doi_of_address(text)):
        yield Doi(name)
    elif text.strip("-"):
        yield Phrase(text)


class _Reader:
    """Puts the tree together, token by token."""

    def __init__(self) -> None:
        self.brackets = [_Bracket()]
        self.ignored = 0  # brackets that are too deep, and still open
        self.words = 0
        self.remarks: list[str] = []

    def take(self, token: Node | _Sign) -> None:
        """Add a token."""
        bracket = self.brackets[-1]
        if not isinstance(token, _Sign):
            self.words += 1
            self._add(token)
        elif token.name == "NOT":
            bracket.negated = not bracket.negated
        elif token.name == "OR":
            self._check_not(bracket)
            if bracket.alternatives[-1]:
                bracket.alternatives.append([])
            else:
                self.remarks.append(LOOSE_OR)
        elif token.name == "(":
            self._open()
        elif token.name == ")":
            self._close()
        elif token.name == "open quote":
            self.remarks.append(OPEN_QUOTE)

    def end(self) -> Search:
        """The whole search."""
        if len(self.brackets) > 1:
            self.remarks.append(LOOSE_BRACKETS)
        while len(self.brackets) > 1:
            self._close()
        tree = self._tree(self.brackets[0])
        return Search(tree=tree, words=self.words, remarks=tuple(dict.fromkeys(self.remarks)))

    def _add(self, node: Node) -> None:
        bracket = self.brackets[-1]
        beside = bracket.alternatives[-1]
        if isinstance(node, Doi) and beside and _names_doi(beside[-1]):
            beside.pop()
            self.words -= 1
        beside.append(Not(node) if bracket.negated else node)
        bracket.negated = False

    def _open(self) -> None:
        if len(self.brackets) > DEEPEST:
            self.remarks.append(TOO_DEEP)
            self.ignored += 1
        else:
            self.brackets.append(_Bracket())

    def _close(self) -> None:
        if self.ignored:
            self.ignored -= 1
        elif len(self.brackets) == 1:
            self.remarks.append(LOOSE_BRACKETS)
        else:
            node = self._tree(self.brackets.pop())
            if node is not None:
                self._add(node)

    def _tree(self, bracket: _Bracket) -> Node | None:
        self._check_not(bracket)
        alternatives = [parts for parts in bracket.alternatives if parts]
        if len(alternatives) < len(bracket.alternatives) and alternatives:
            self.remarks.append(LOOSE_OR)
        several = [parts[0] if len(parts) == 1 else AllOf(tuple(parts)) for parts in alternatives]
        if len(several) > 1:
            return AnyOf(tuple(several))
        return several[0] if several else None

    def _check_not(self, bracket: _Bracket) -> None:
        if bracket.negated:
            self.remarks.append(LOOSE_NOT)
            bracket.negated = False


def _names_doi(node: Node) -> bool:
    return isinstance(node, Phrase) and node.text.lower() in _DOI_BEFORE
