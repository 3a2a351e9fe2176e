"""Reads the text of one search of a map.

evidence/viewer/map_search_parser.js reads the same and says the same of what cannot be read.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evidence.synthesis.map_search.folded_texts import whole_words
from evidence.synthesis.map_search.search_terms import (
    OPERATORS,
    YEAR,
    And,
    Code,
    CodeNames,
    Not,
    Or,
    Reference,
    SearchNode,
    TextField,
    Words,
    YearSpan,
    escaped,
)

LONGEST_SEARCH = 1000
"""Characters of a search."""
DEEPEST_SEARCH = 20
"""How deep parentheses and "not" may stand."""

_BLANKS = " \t\n\r\f\v\u00a0"
_QUOTES = '"“”„«»'
_ENDS = f"{_BLANKS}{_QUOTES}()["
_REFERENCE = re.compile(r"#([0-9]{1,4})")
_YEARS = re.compile(r"([0-9]{1,4})?[-\u2013]([0-9]{1,4})?|([0-9]{1,4})")
_OFFERED = 3  # names of an ambiguous code


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFault:
    """Why a search cannot be read.

    Attributes:
        at: where, in characters from 0.
    """

    text: str
    at: int

    def __str__(self) -> str:
        """The fault with its place as people count."""
        return f"{self.text} (character {self.at + 1})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A part of a search's text.

    Attributes:
        kind: "(", ")", "and", "or", "not", "field", "word", "phrase", "code" or "reference".
        text: without quotation marks and brackets; of a code without escapes.
        at: where it begins, in characters from 0.
        is_closed: whether its quotation marks or bracket are.
    """

    kind: str
    text: str
    at: int
    is_closed: bool = True
    end: int


def tokens_of(text: str) -> list[Token]:
    """The parts of a text, whatever it is; nothing is refused here."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] in _BLANKS:
            at += 1
            continue
        follows_field = bool(tokens) and tokens[-1].kind == "field" and tokens[-1].end == at
        token = _token(text, at, follows_field=follows_field)
        tokens.append(token)
        at = token.end
    return tokens


def _token(text: str, at: int, *, follows_field: bool) -> Token:
    sign = text[at]
    if sign in "()":
        return Token(kind=sign, text=sign, at=at, end=at + 1)
    if sign == "[":
        return _code_token(text, at)
    if sign in _QUOTES:
        return _phrase_token(text, at)
    end = next((i for i in range(at, len(text)) if text[i] in _ENDS), len(text))
    run = text[at:end]
    name = "" if follows_field else _field_name(run)
    if name:
        return Token(kind="field", text=name, at=at, end=at + len(name) + 1)
    kind = "word"
    if not follows_field and run.lower() in OPERATORS:
        kind = run.lower()
    elif not follows_field and sign == "#":
        kind = "reference"
    return Token(kind=kind, text=run, at=at, end=end)


def _phrase_token(text: str, at: int) -> Token:
    end = next((i for i in range(at + 1, len(text)) if text[i] in _QUOTES), None)
    if end is None:
        return Token(kind="phrase", text=text[at + 1 :], at=at, is_closed=False, end=len(text))
    return Token(kind="phrase", text=text[at + 1 : end], at=at, end=end + 1)


def _code_token(text: str, at: int) -> Token:
    inside, i = "", at + 1
    while i < len(text) and text[i] != "]":
        if text[i] == "\\" and i + 1 < len(text):
            i += 1
        inside += text[i]
        i += 1
    is_closed = i < len(text)
    return Token(
        kind="code", text=inside, at=at, is_closed=is_closed, end=i + 1 if is_closed else i
    )


def _field_name(run: str) -> str:
    """The letters before the first colon; none where something else stands there."""
    name, colon, _ = run.partition(":")
    is_name = colon and name and all(unicodedata.category(sign)[0] == "L" for sign in name)
    return name if is_name else ""


class _FaultError(Exception):
    def __init__(self, text: str, at: int) -> None:
        super().__init__(text)
        self.fault = SearchFault(text=text, at=at)


def parse_search(
    text: str, names: CodeNames, earlier: Sequence[bool] = ()
) -> SearchNode | SearchFault:
    """What a text asks for, or the first thing in it that cannot be read.

    Args:
        text: of the search.
        names: of the codes of the map.
        earlier: for each search before this one, whether it can be read.
    """
    if len(text) > LONGEST_SEARCH:
        return SearchFault(
            text=f"A search has at most {LONGEST_SEARCH} characters; this one has {len(text)}.",
            at=LONGEST_SEARCH,
        )
    tokens = tokens_of(text)
    if not tokens:
        return SearchFault(text="Write what to look for.", at=0)
    try:
        return _Parsing(tokens, names, earlier).search()
    except _FaultError as error:
        return error.fault


@dataclass
class _Parsing:
    """One text that is being read; the depth of nested parts is bounded, and so is recursion."""

    tokens: Sequence[Token]
    names: CodeNames
    earlier: Sequence[bool]
    at: int = field(default=0, init=False)
    depth: int = field(default=0, init=False)

    def search(self) -> SearchNode:
        node = self.either()
        if self.at < len(self.tokens):
            raise _FaultError("This “)” closes nothing.", self.tokens[self.at].at)
        return node

    def next_kind(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def either(self) -> SearchNode:
        parts = [self.together()]
        while self.next_kind() == "or":
            self.at += 1
            parts.append(self.together())
        return Or(parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def together(self) -> SearchNode:
        parts = [self.factor()]
        while self.next_kind() not in {"", "or", ")"}:
            if self.next_kind() == "and":
                self.at += 1
            parts.append(self.factor())
        return And(parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def factor(self) -> SearchNode:
        if self.next_kind() in {"", "and", "or", ")"}:
            raise self.missing()
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "not":
            return Not(part=self.deeper(token, self.factor))
        if token.kind == "(":
            node = self.deeper(token, self.either)
            if self.next_kind() != ")":
                raise _FaultError("This “(” is not closed.", token.at)
            self.at += 1
            return node
        return self.term(token)

    def deeper(self, token: Token, read: Callable[[], SearchNode]) -> SearchNode:
        self.depth += 1
        if self.depth > DEEPEST_SEARCH:
            deep = f"Parentheses and “not” may stand {DEEPEST_SEARCH} deep, no deeper."
            raise _FaultError(deep, token.at)
        node = read()
        self.depth -= 1
        return node

    def missing(self) -> _FaultError:
        if self.at:
            before = self.tokens[self.at - 1]
            return _FaultError(f"After “{before.text}” something must follow.", before.at)
        token = self.tokens[0]
        if token.kind == ")":
            return _FaultError("This “)” closes nothing.", token.at)
        return _FaultError(f"Before “{token.text}” something must stand.", token.at)

    def term(self, token: Token) -> SearchNode:
        if not token.is_closed:
            what = "This “[” is" if token.kind == "code" else "These quotation marks are"
            raise _FaultError(f"{what} not closed.", token.at)
        match token.kind:
            case "reference":
                return self.reference(token)
            case "code":
                return self.code(token)
            case "field":
                return self.in_field(token)
            case _:
                return _words(token, None)

    def reference(self, token: Token) -> Reference:
        number = _REFERENCE.fullmatch(token.text)
        if number is None:
            raise _FaultError(f"“{token.text}” is not the number of a search.", token.at)
        if not 1 <= int(number[1]) <= len(self.earlier):
            raise _FaultError(f"There is no earlier search {token.text}.", token.at)
        if not self.earlier[int(number[1]) - 1]:
            raise _FaultError(f"Search {token.text} cannot be read.", token.at)
        return Reference(number=int(number[1]))

    def code(self, token: Token) -> Code:
        codes = self.names.codes(token.text)
        if not codes:
            raise _FaultError(f"This map has no code “{token.text}”.", token.at)
        if len(codes) > 1:
            offered = " or ".join(f"[{escaped(self.names.text(c))}]" for c in codes[:_OFFERED])
            raise _FaultError(f"“{token.text}” is more than one code; write {offered}.", token.at)
        return codes[0]

    def in_field(self, token: Token) -> SearchNode:
        name = token.text.lower()
        if name != YEAR and name not in set(TextField):
            fields = ", ".join([*TextField, YEAR])
            raise _FaultError(
                f"There is no field “{token.text}”. Fields are {fields}; "
                f"other words with a colon stand in quotation marks.",
                token.at,
            )
        kinds = {"word"} if name == YEAR else {"word", "phrase"}
        if self.next_kind() not in kinds:
            what = "a year" if name == YEAR else "a word or a phrase"
            raise _FaultError(f"After “{token.text}:” {what} must follow.", token.at)
        term = self.tokens[self.at]
        self.at += 1
        if name == YEAR:
            return _years(term)
        if not term.is_closed:
            raise _FaultError("These quotation marks are not closed.", term.at)
        return _words(term, TextField(name))


def _years(token: Token) -> YearSpan:
    years = _YEARS.fullmatch(token.text)
    if years is None or not any(years.groups()):
        raise _FaultError(
            f"“{token.text}” is no year; write 1990, 1990-2010, 1990- or -2010.", token.at
        )
    since, until, only = (int(year) if year else None for year in years.groups())
    if only is not None:
        since = until = only
    if since is not None and until is not None and since > until:
        raise _FaultError(f"The years {token.text} run backwards.", token.at)
    return YearSpan(since=since, until=until)


def _words(token: Token, of: TextField | None) -> Words:
    text = token.text.strip(_BLANKS)
    without = text.lstrip("-")
    if token.kind == "word" and without != text and whole_words(text):
        raise _FaultError(f"Write “not {without}” to leave out, or “{without}”.", token.at)
    stem = text.removesuffix("*")
    is_beginning = stem != text
    if "*" in stem or (is_beginning and not _ends_in_word(stem)):
        raise _FaultError(
            f"In “{text}” the * must stand at the end of a word, for any ending.", token.at
        )
    words = whole_words(stem)
    if not words:
        raise _FaultError(f"“{text}” has no letter or digit to look for.", token.at)
    return Words(words=words, is_beginning=is_beginning, field=of)


def _ends_in_word(text: str) -> bool:
    return bool(text) and unicodedata.category(text[-1])[0] in "LMN"
