"""Where in a journal a publication stands: volume, issue, pages or article number."""

import re

from evidence.deduplication.vocabulary import MONTHS
from evidence.deduplication.volumes import number

PLAIN = re.compile(r"(\d{1,6})(?: ?[-–]{1,2} ?(\d{1,6}))?$")
PAGES = re.compile(r"([a-z]*)[\s:]*(\d+)([a-z]?)(?:\s*[-–—‐‑]+\s*([a-z]*)(\d+))?")
MONTH = re.compile(r"^(?:([a-z]{3})-(\d+)|(\d+)-([a-z]{3}))$")
VERSION = re.compile(r"(?:\.pub\d+|/v\d+|v\d+)$")
DAMAGED = re.compile(r"\d[.,]?\d*e\+\d+|n\.?\s?pag|no pagination|unpaginated|not available")
BEHEADED = re.compile(r"[a-z]+-\d+$")
PAGE_WORDS = frozenset({"p", "pp", "page", "pages", "pg", "seite", "art", "article", "artn"})
LONGEST_PAGE = 9  # digits


def issue(text: str) -> str:
    """The number of an issue; that of a supplement has an `s` in front, as in S2."""
    digits = number(text)
    lowered = text.lower()
    return f"s{digits}" if "sup" in lowered or lowered.startswith("s") else digits


def pages(text: str) -> tuple[str, int, int]:
    """Pages as (letters before the first, first, last); 0 where there is none.

    A shortened last page is completed (221-8 is 221-228). What spreadsheets made of pages is
    undone (Jan-32 was 1-32) or, where that cannot be, taken as missing (2.05031E+15), and so is
    what has lost its first page (Suppl-12 was S109-S112).
    """
    if not text:
        return "", 0, 0
    plain = PLAIN.match(text)
    if plain:
        return "", int(plain[1]), _last(plain[1], plain[2])
    text = text.strip("\"'[]() ").lower()
    month = MONTH.match(text)
    if month:
        return _from_month(month)
    if DAMAGED.search(text) or BEHEADED.match(text):
        return "", 0, 0
    match = PAGES.search(text)
    if not match:
        return "", 0, 0
    return _numbers(match)


def _from_month(match: re.Match[str]) -> tuple[str, int, int]:
    first, last = match[1] or match[3], match[2] or match[4]
    begin, end = MONTHS.get(first, first), MONTHS.get(last, last)
    if max(len(str(begin)), len(str(end))) > LONGEST_PAGE:
        return "", 0, 0
    try:
        return "", int(begin), int(end)
    except ValueError:
        return "", 0, 0


def _numbers(match: re.Match[str]) -> tuple[str, int, int]:
    letters, first, suffix, _, last = match.groups()
    if len(first) > LONGEST_PAGE:
        return "", 0, 0
    return "" if letters in PAGE_WORDS else letters or suffix, int(first), _last(first, last)


def _last(first: str, last: str | None) -> int:
    if not last or len(last) > LONGEST_PAGE:
        return 0
    return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last)


def without_version(doi: str) -> str:
    """A DOI without the number that tells versions of one work apart (.pub2, v2)."""
    return VERSION.sub("", doi)
