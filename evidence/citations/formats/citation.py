"""Where an article stands, from the one line in which a database writes it.

PubMed: `J Invent Rehabil. 2021 Mar 14;12(3):349-69. doi: ...`. Ovid: `Journal. 12(3):349-69, 2021
Mar 14.`, `Journal. 12 (3) (pp 349-369), 2021.` and `Journal. Vol.12(3), Mar 2021, pp. 349-369.`
LILACS: `Rev. Inv. Reabil;12(3): 349-369, mar. 2021. tab`.
"""

import re
from dataclasses import dataclass

from evidence.citations import dates, pages
from evidence.citations.text import line

_JOURNAL = r"(?P<journal>.{1,300}?)\.\s"
_VOLUME = r"(?P<volume>\d[\w ./-]{0,25}?)"
_ISSUE = r"(?:\s?\((?P<issue>(?!pp?\b)[^()]{0,40}(?:\([^()]{0,20}\))?)\))?"
_PAGES = r"(?P<pages>[\w.]{1,15}(?:\s?[-–‐]\s?\w{1,15})?)"
_FORMS = (
    re.compile(
        rf"(?P<journal>[^;\d]{{1,300}});\s?{_VOLUME}{_ISSUE}\s?:\s?{_PAGES}"
        r"(?:,\s?(?P<date>[^;,]{4,30}?))?\s?(?:[.;,](?=\s|$)|$)"
    ),
    re.compile(
        rf"{_JOURNAL}Vol\.?\s?{_VOLUME}{_ISSUE}\s?,\s?(?P<date>[^,]{{4,30}})(?:,\spp?\.\s{_PAGES})?"
    ),
    re.compile(
        rf"{_JOURNAL}(?P<date>[12]\d{{3}}\b[^;:.]{{0,20}})"
        rf"(?:;\s?{_VOLUME}?{_ISSUE}(?:\s?:\s?{_PAGES})?)?\s?(?:\.|$)"
    ),
    re.compile(
        rf"{_JOURNAL}{_VOLUME}{_ISSUE}(?:\s?:\s?{_PAGES}|\s?\(pp?\.?\s(?P<more>[^()]{{1,30}})\))?"
        r"\s?,\s(?P<date>.{4,40})"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The parts of a citation; empty where it does not give them, or not in a known way."""

    journal: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def parse_citation(text: str) -> Citation:
    """The parts of one line."""
    text = line(text)
    for form in _FORMS:
        if match := form.match(text):
            parts = {name: (value or "").strip() for name, value in match.groupdict().items()}
            page_range = pages.pages(parts["pages"] or parts.get("more", ""))
            return Citation(
                journal=parts["journal"],
                date=dates.date([parts["date"] or ""]),
                volume=parts["volume"],
                issue=parts["issue"],
                pages="" if page_range.startswith("No ") else page_range,
            )
    return Citation()
