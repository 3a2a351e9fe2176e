"""Where a part stands in its host: volume, issue, pages and date in a line that a library wrote.

`Vol. 24, no. 9 (Sept. 1993), p. 235-48`; `Bd. 12 (2004), H. 3, S. 12-19`; `volume:12 number:3
year:2004 pages:12-19`; `12(2004), 3, Seite 12-19`; `v.4:no.2<123`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.citations import dates, page_ranges
from evidence.citations.text import line

_NUMBER = r"(?:\d[\w/-]*|[ivxlcdm]+\b)"
_VOLUMES = (
    re.compile(
        r"\b(?:vol(?:ume|umen)?|v|bd|band|jg|jahrg(?:ang)?|tom[eo]?|t|årg|roč)\b\.?\s*:?\s*"
        rf"({_NUMBER})",
        re.IGNORECASE,
    ),
    re.compile(r"^\s*(\d{1,4}[A-Za-z]?)\s*(?=\(|:|\.[12]\d{3}\b)"),  # 12(2004), 12:3, 12.2004,3
    re.compile(r"^\s*(\d{1,4})\s*,\s*(?=\d{1,3}\s*,)"),
)
_ISSUES = (
    re.compile(
        r"(?:\b(?:no|nos|nr|num(?:ber|éro|ero|mer)?|iss(?:ue)?|h|heft|hft|fasc(?:icule)?|cahier)\b\.?"
        r"|\bn[°º])\s*:?\s*([\w/.-]*\d[\w/-]*)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(suppl(?:ement)?\.?(?:\s*:?\s*\w{1,6}\b)?)", re.IGNORECASE),
    re.compile(r"^\s*\d{1,4}[A-Za-z]?\s*:\s*(\d[\w/-]{0,9})"),
    re.compile(r"^\s*\d{1,4}[A-Za-z]?\s*\((\d{1,3}(?:[/-]\d{1,3})?)\)"),
    re.compile(
        r"^\s*\d{1,4}[A-Za-z]?\s*\([^()]{0,40}\)\s*[,:]?\s*(\d{1,3}(?:[/-]\d{1,3})?)(?=\s*[,:;<(]|\s*$)"
    ),
    re.compile(r"^\s*\d{1,4}\.[12]\d{3}\s*,\s*(\d{1,4})"),
    re.compile(r"^\s*\d{1,4}\s*,\s*(\d{1,3})\s*,"),
)
_PAGE = r"\[?[a-z]{0,4}\d+[a-z]?\]?"
_RANGE = rf"({_PAGE}(?:\s*[-–—]\s*{_PAGE})?|[ivxlc]+\s*[-–—]\s*[ivxlc]+)"
_PAGES = (
    re.compile(
        r"(?:\b(?:pp?|pages?|pagination|s|seiten?|str|p[áa]gs?|sid|art(?:icle|ikel)?)\b\.?\s*:?\s*"
        rf"|<\s*){_RANGE}",
        re.IGNORECASE,
    ),
    re.compile(r"[,:]\s*(\d+\s*[-–—]\s*\d+)\s*(?:p|pp|s)?\.?\s*$", re.IGNORECASE),
    re.compile(r"^\s*(\d+\s*[-–—]\s*\d+)\s*(?:p|pp|s|seiten)\.?\s*$", re.IGNORECASE),
)
_YEAR = re.compile(r"\b(?:year|jahr|année)\s*:\s*(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"\bmonth\s*:\s*(\d{1,2})\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{0,60}[12]\d{3}[^()]{0,40})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPart:
    """The parts of such a line; empty where it does not give them."""

    volume: str = ""
    issue: str = ""
    pages: str = ""
    date: str = ""


def parse_host_part(text: str) -> HostPart:
    """The parts of one line."""
    text = line(text)
    written_pages = _find(_PAGES, text)
    volume = _find(_VOLUMES, text)
    issue = _find(_ISSUES, text)
    return HostPart(
        volume=volume.rstrip("-/"),
        issue=issue.rstrip(".-/ ").replace(": ", " ").replace(":", " "),
        pages=page_ranges.pages(written_pages.replace("[", "").replace("]", "")),
        date=_date(text, written_pages, volume),
    )


def _find(forms: Sequence[re.Pattern[str]], text: str) -> str:
    """What the first form that fits gives."""
    return next((match[1] for form in forms if (match := form.search(text))), "")


def _date(text: str, written_pages: str, volume: str) -> str:
    year = _YEAR.search(text)
    if year:
        month = _MONTH.search(text)
        return dates.date([f"{year[1]}-{int(month[1]):02}" if month else year[1]])
    brackets = _IN_BRACKETS.search(text)
    rest = text.replace(written_pages, " ") if written_pages else text
    if volume:  # the volume before a year is no month: 12.2004
        rest = rest.removeprefix(f"{volume}.")
    return dates.date([brackets[1]] if brackets else [rest])
