"""Dates as exact as the source gives them: `2006`, `2006-03` or `2006-03-14`."""

import calendar
import re
from collections.abc import Iterable

_NUMERIC = re.compile(
    r"(?<!\d)(1[4-9]\d\d|2[01]\d\d)[-/.](\d{1,2})(?!\d)(?:[-/.](\d{1,2})(?!\d))?", re.ASCII
)
_COMPACT = re.compile(
    r"(?<!\d)(1[4-9]\d\d|2[01]\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)", re.ASCII
)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|2[01]\d\d)(?!\d)", re.ASCII)

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?![a-z])",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(r"[\s.,-]{1,3}(\d{1,2})(?:st|nd|rd|th)?(?![\d-])", re.ASCII)
_DAY_BEFORE = re.compile(r"(?<![\d-])(\d{1,2})(?:st|nd|rd|th)?[\s.,-]{1,3}$", re.ASCII)
_RANGE_OFMONTHS = 2

_LAST_MONTH = 12
_DAYS_OF_ALL = 28  # which every month has


def date(texts: Iterable[str]) -> str:
    """The most exact date that the texts give together, empty where none holds a year.

    The first text with a year decides the year. A later text may add month and day if it is of
    the same year or has none, as where `PY` is 2010 and `DA` is "OCT 21".
    """
    best = ""
    for text in texts:
        if text == best:
            continue
        candidate = _date(text.strip(), best)
        if not best or (candidate[:4] == best[:4] and len(candidate) > len(best)):
            best = candidate
    return best


def year(text: str) -> int | None:
    """The year of a date in normal form, or the first year in a text."""
    if text[:4].isdecimal() and text[4:5] in {"", "-"}:
        return int(text[:4])
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def _date(text: str, earlier: str) -> str:
    """A date from one text; `earlier` lends its year to a text that has none."""
    if len(text) == len("2006") and text.isdigit():
        return text if _YEAR.fullmatch(text) else ""
    numeric = _NUMERIC.search(text) or _COMPACT.search(text)
    if numeric:
        return _iso(numeric[1], int(numeric[2]), int(numeric[3] or 0))
    year_match = _YEAR.search(text)
    year_text = year_match[0] if year_match else earlier[:4]
    months = list(_MONTH.finditer(text))
    if not year_text or not months:
        return year_text
    if len({match[1].lower() for match in months}) >= _RANGE_OFMONTHS:
        return year_text  # "Jul-Sep" is no month
    return _iso(year_text, MONTHS[months[0][1].lower()], _day(text, months[0]))


def _day(text: str, month: re.Match[str]) -> int:
    near = _DAY_AFTER.match(text, month.end()) or _DAY_BEFORE.search(text[: month.start()])
    return int(near[1]) if near else 0


def _iso(year: str, month: int, day: int) -> str:
    if not 1 <= month <= _LAST_MONTH:
        return year
    if not 1 <= day <= _DAYS_OF_ALL and not 1 <= day <= calendar.monthrange(int(year), month)[1]:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"
