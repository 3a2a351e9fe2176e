"""The parts of a line that says where a work stands: labelled and bare numbers, dates, brackets.

`tokens` gives them in the order of the line, in whatever order a database writes them; what they
mean together is in source_parts.py.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from evidence.citations import dates


class Kind(Enum):
    """What a part of a source line is."""

    VOLUME = auto()  # with a label, as the next ones
    ISSUE = auto()
    SUPPLEMENT = auto()
    PAGES = auto()
    OWN_PAGES = auto()  # of a chapter, behind those of its book
    ARTICLE = auto()
    OTHER_DATE = auto()  # behind all else
    EXTENT = auto()  # how many pages or references there are, or that there are none
    ASIDE = auto()  # pages of a discussion, an edition
    NOTE = auto()  # it and all behind it is about something else
    DATE = auto()
    YEAR = auto()
    RANGE = auto()
    NUMBER = auto()
    BRACKET = auto()
    MARK = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a source line.

    Attributes:
        text: all of it.
        value: what stands behind the label or within the brackets.
        end: where the next one begins.
    """

    kind: Kind
    text: str
    value: str
    end: int


_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_PAGE = r"(?:[a-z]{0,5}\d{1,12}(?:\.?[a-z]\d{0,4})?|(?-i:[ivxlc]{1,8}|[IVXLC]{1,8}))(?![^\W_])"
_RANGE = rf"{_PAGE}(?:\s?-\s?{_PAGE})?"
_NUMBER = r"(?:[a-z]{0,3}\d{1,6}[a-z]?|(?-i:[IVXLC]{1,8}))(?:[/-]\d{1,6}[a-z]?)?(?![^\W_])"
_SEASON = (
    r"(?:(?:early|late|mid)[ -])?(?:winter|spring|summer|autumn|fall|fruhjahr|fruhling|sommer"
    r"|herbst|printemps|ete|automne|hiver|primavera|verano|otono|invierno|verao|outono|inverno"
    r"|estate|autunno|christmas|easter)"
)
_MONTH = rf"(?:{dates.MONTH_PATTERN})\.?"
_MONTHS = rf"(?:{_MONTH}(?:\s?[-/&]\s?{_MONTH}){{0,3}}|{_SEASON}(?:\s?[-/]\s?{_SEASON})?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d(])(?:\s?-\s?\d{1,2}(?!\d))?"
_DATE = (
    rf"{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?!\d)|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}(?!\d)"
    rf"|{_YEAR} (?:0[1-9]|1[0-2])(?: (?:[0-2]\d|3[01]))?(?=[\s.,;]*$)"
    rf"|{_YEAR},?\s?{_MONTHS}(?:\s{_DAY}(?!\s?\())?(?:\s?-\s?{_MONTH}(?:\s{_DAY})?)?(?![^\W_])"
    rf"|{_YEAR}\s{_DAY}\s{_MONTHS}(?![^\W_])"
    rf"|(?:{_DAY}\.?\s(?:de\s)?)?{_MONTHS}(?:\s{_DAY})?,?\s?(?:de\s)?{_YEAR}(?!\d)"
)
_EDITION = (
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)|rev(?:ised)?\.?|first|second|third|fourth|fifth|new|int(?:l|\.)?)"
    r"\s(?:rev(?:ised)?\.?\s)?(?:ed(?:n|ition|icion|icao)?|aufl(?:age)?)\b\.?"
)


def _labelled(label: str, value: str) -> str:
    """A label with what stands behind it."""
    return rf"(?:{label})(?![^\W\d_])[.:]{{0,2}}\s?(?P<value>{value})"


_EXTENT = (
    r"(?:(?-i:[ivxlc]{1,7})\s?[,+]\s?)?\[?\d{1,5}\]?\s?"
    r"(?:pp?|pages?|pgs?|seiten|s|ref(?:s|erences)?|leaves|hojas|fls?)(?![^\W_])\.{0,2}+(?!\s?\d)"
    r"|(?-i:[ivxlc]{1,7})(?=,)|(?:pp?\.?\s)?(?:no pagination(?: specified)?|unpaginated)\b"
)
_NOTE = (
    r"(?:doi|epub|e-?collection|e-?published|published|online|series information|conference"
    r"|refs?|tabl?|tabs|graf|ilus|mapas?|available|accession|issn|isbn|https?|www|abstract"
    r"|pmid|pmcid|in press|ahead of print|article in press|supplement title|publisher"
    r"|copyright)\b"
)
_VOLUME = (
    _labelled("vols?|volumen?|volume|v|bd|band|t|tome?|tomo|jg|jahrgang|ano", _NUMBER)
    + r"|(?P<behind>\d{1,4})\.?\s?(?:jg|jahrgang|jahrg|jaargang|arg)\b\.?"
)
_ISSUE = _labelled(
    r"nos?|nrs?|n|n[°º]|num|number|numero|iss|issues?|h|hefte?|fasc|fascicule|fascicolo|№",
    rf"{_NUMBER}|(?:suppl|spec)[a-z.]{{0,12}}\s?{_NUMBER}",
)
_SUPPLEMENT = (
    r"(?P<value>(?:suppl|supl|supplement(?:um|o)?|suplemento|sup|pt|part|spec(?:ial)?"
    r"(?: (?:no|iss(?:ue)?))?|sonderheft|beiheft|themenheft)(?![^\W_])\.?"
    rf"(?:[\s_-]?(?:{_NUMBER}|[A-Z](?![^\W_])))?)"
)
_PAGES = (
    r"(?:(?:pp?|pages?|pgs?|pags?|pagin[ae]s?|seiten?|str)(?![^\W\d_])[.:]{0,2}\s?|s[.\s]\s?)"
    rf"(?P<value>{_RANGE})"
    rf"|\((?:pp?|pages?|s[.\s])\.?\s?(?P<inside>{_RANGE}(?:[,+;]\s?{_RANGE}){{0,9}})\)"
)
_ARTICLE = _labelled(
    r"art(?:icle)?\.?(?:\s?(?:number|no|nr|id|num))?|e-?(?:location|locator)(?: id)?|id",
    r"[a-z]{0,12}[-.]?\d[\w.-]{0,20}\w|\d",
)
_ITEM = r"(?:pii:?\s?)?s?\d{4}-\d{3}[\dx]\(\d\d\)\d{5}-[\dx](?![^\W_])"  # publishers' own numbers
_ASIDE = (  # where a year follows, it is none of its pages
    r"(?:discussion|quiz|author reply|reply|erratum|passim)(?![^\W_]):?"
    rf"(?:\s?{_RANGE}(?:,\s?(?!{_YEAR}){_RANGE}(?!\s?[(:])){{0,3}})?|\(?{_EDITION}\)?"
    rf"|{_ITEM}"
)
_OTHER_DATE = r"(?:date of publication|publication date):?\s?(?P<value>[^;.]{4,40})"

# The first that fits is taken.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.OWN_PAGES, rf"chapter pagination:?\s?(?P<value>{_RANGE})"),
        (Kind.OTHER_DATE, _OTHER_DATE),
        (Kind.ASIDE, _ASIDE),
        (Kind.EXTENT, _EXTENT),
        (Kind.NOTE, _NOTE),
        (Kind.VOLUME, _VOLUME),
        (Kind.ISSUE, _ISSUE),
        (Kind.SUPPLEMENT, _SUPPLEMENT),
        (Kind.PAGES, _PAGES),
        (Kind.ARTICLE, _ARTICLE),
        (Kind.DATE, rf"(?P<value>{_DATE})"),
        (Kind.YEAR, rf"c?(?P<value>{_YEAR})[a-z]?(?![^\W_])(?!\s?-\s?\d)"),
        (Kind.RANGE, rf"(?P<value>{_PAGE}\s?-\s?{_PAGE})"),
        (Kind.NUMBER, r"(?P<value>[a-z]{0,5}\d{1,12}(?:\.?[a-z]\d{0,4})?(?:/\d{1,4})?(?![^\W_]))"),
        (Kind.NUMBER, r"(?P<value>(?-i:[IVXLC]{1,8})(?=\s?[(:,]))"),
        (Kind.BRACKET, r"\((?P<value>[^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40})?)\)"),
        (Kind.MARK, r"(?P<value>[.,;:-])"),
    )
)
_WORD = re.compile(r"[^\s.,;:()]+|[()]")
_BLANKS = re.compile(r"\s*")
_WHOLE_DATE = re.compile(rf"{_DATE}|{_YEAR}", re.IGNORECASE)


def fold(text: str) -> str:
    """The text without accents and with plain dashes, each sign in its place."""
    return text if text.isascii() else "".join(map(_base, text))


def _base(sign: str) -> str:
    if unicodedata.category(sign) == "Pd" or sign == "\N{MINUS SIGN}":
        return "-"
    return unicodedata.normalize("NFKD", sign)[0]


def is_date(text: str) -> bool:
    """Whether a text is a date or a year and nothing else."""
    return _WHOLE_DATE.fullmatch(fold(text).strip(" .,")) is not None


def tokens(text: str, folded: str, start: int) -> Iterator[Token]:
    """The parts of a line from a position on.

    Args:
        text: the line.
        folded: the same as `fold` gives it.
        start: where to begin.
    """
    while start < len(folded):
        part = _token(text, folded, start)
        yield part
        start = part.end


def _token(text: str, folded: str, start: int) -> Token:
    for kind, pattern in _PATTERNS:
        if match := pattern.match(folded, start):
            groups = [name for name, value in match.groupdict().items() if value]
            begin, end = match.span(groups[0]) if groups else (start, start)
            whole, value = text[start : match.end()].strip(), text[begin:end].strip()
            return Token(kind, whole, value, _behind_blanks(folded, match.end()))
    word = _WORD.match(folded, start)
    end = word.end() if word else start + 1
    return Token(Kind.WORD, text[start:end], "", _behind_blanks(folded, end))


def _behind_blanks(folded: str, end: int) -> int:
    blanks = _BLANKS.match(folded, end)
    return blanks.end() if blanks else end
