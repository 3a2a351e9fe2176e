"""Pages in normal form: `start-end` with a full end, a single page, or an article number.

`pages` gives the text that people read and files hold, `page_numbers` the numbers by which two
records are compared.
"""

import re
from typing import NamedTuple

from evidence.citations.dates import MONTHS

_DASHES = re.compile(r" ?(?:[\u2010-\u2015\u2212]|--?-?) ?")
_WORD_BEFORE = re.compile(
    r"^(?:pages?|pp?|p\.|pp\.|article(?: number)?|art\. ?no\.?)[ .:]{1,3}", re.IGNORECASE
)
_EXTENT = re.compile(r"^\[?\d+\]?\s*(?:p|pp|pages?|s)\.?$", re.IGNORECASE)
_PAGE = re.compile(r"([A-Za-z]{0,4})(\d+)([A-Za-z]?)")

_PLAIN = re.compile(r"(\d{1,6})(?: ?[-–]{1,2} ?(\d{1,6}))?$")
_ANYWHERE = re.compile(r"([a-z]*)[\s:]*(\d+)([a-z]?)(?:\s*[-–—‐‑]+\s*[a-z]*(\d+))?")
_MONTH = re.compile(r"(?:([a-z]{3})-(\d{1,6})|(\d{1,6})-([a-z]{3}))$")
_UNUSABLE = re.compile(
    r"\d[.,]?\d*e\+\d+|n\.?\s?pag|no pagination|unpaginated|not available|^[a-z]+-\d+$"
)
_PAGE_WORDS = frozenset({"p", "pp", "page", "pages", "pg", "seite", "art", "article", "artn"})
_MOST_DIGITS = 9  # of a page

# What databases write where there is no page: Ovid's "No Pagination Specified" falls into three.
_NONE = frozenset(
    {"", "no", "specified", "pagination", "no pagination specified", "n.pag", "n.pag-n.pag", "np"}
    | {"na", "n/a", "null", "none", "undefined", "not specified", "-", "&", "+"}
)


class PageNumbers(NamedTuple):
    """Pages as numbers that can be compared; 0 where there is none.

    Attributes:
        letters: what stands before or behind the first page, in small letters: e, s, cd.
        first: the first page, or an article number.
        last: 0 where only one page is given.
    """

    letters: str = ""
    first: int = 0
    last: int = 0


NO_PAGES = PageNumbers()


def pages(start: str, end: str = "") -> str:
    """The normal form of a start and an end, or of one text that holds both.

    A number of pages ("146p") is an extent and not a place, so it gives an empty text. An
    abbreviated end is completed: `349-69` is `349-369`.
    """
    start, end = _tidy(start), _tidy(end)
    if "," in start or start.count("-") > 1:
        return start
    first, dash, last = start.partition("-")
    return _range(first, _tidy(last) if dash else end)


def _tidy(text: str) -> str:
    if text.isdecimal():
        return text
    text = " ".join(text.split())
    if text.lower() in _NONE or _EXTENT.match(text):
        return ""
    text = _DASHES.sub("-", _WORD_BEFORE.sub("", text)).rstrip("+&-. ")
    return "" if text.lower() in _NONE else text


def _range(start: str, end: str) -> str:
    if not end or end == start or not start:
        return start
    if len(start) == len(end) and start.isdecimal() and end.isdecimal():
        return f"{start}-{end}"
    first, last = _PAGE.fullmatch(start), _PAGE.fullmatch(end)
    if first and last and not last[1]:
        end = first[1] + _complete(first[2], last[2]) + last[3]
    return start if end == start else f"{start}-{end}"


def _complete(first: str, last: str) -> str:
    """The last page with the digits that it shares with the first: 69 behind 349 is 369."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def page_numbers(text: str) -> PageNumbers:
    """The numbers of pages in normal form, or as a source wrote them.

    What spreadsheets made of pages is undone (Jan-32 was 1-32) or, where that cannot be, taken as
    missing (2.05031E+15), and so is what has lost its first page (Suppl-12 was S109-S112).
    """
    if not text:
        return NO_PAGES
    if plain := _PLAIN.match(text):
        return PageNumbers("", int(plain[1]), _last_number(plain[1], plain[2]))
    text = text.strip("\"'[]() ").lower()
    if month := _MONTH.match(text):
        return _of_month(month)
    if _UNUSABLE.search(text):
        return NO_PAGES
    match = _ANYWHERE.search(text)
    if not match or len(match[2]) > _MOST_DIGITS:
        return NO_PAGES
    letters = "" if match[1] in _PAGE_WORDS else match[1] or match[3]
    return PageNumbers(letters, int(match[2]), _last_number(match[2], match[4]))


def _of_month(match: re.Match[str]) -> PageNumbers:
    """The pages that a spreadsheet took for a date: 1-32 became Jan-32, 15-5 became 15-May."""
    name = match[1] or match[4]
    if name not in MONTHS:
        return NO_PAGES
    if match[1]:
        return PageNumbers("", MONTHS[name], int(match[2]))
    return PageNumbers("", int(match[3]), MONTHS[name])


def _last_number(first: str, last: str | None) -> int:
    if not last or len(last) > _MOST_DIGITS:
        return 0
    return int(_complete(first, last))
