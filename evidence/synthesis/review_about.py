"""What a review says of itself, as data repositories and reporting guidelines ask for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_ORCID = re.compile(r"(?:https?://orcid\.org/)?\b(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])\b/?")
_ORCID_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody who made the review.

    Attributes:
        name: as they write it.
        orcid: their ORCID iD, such as `0000-0002-1825-0097`; empty for none.
    """

    name: str
    orcid: str = ""

    @property
    def line(self) -> str:
        """As it is typed."""
        return ", ".join(filter(None, (self.name, self.orcid)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAbout:
    """What was entered; an empty text where nothing was.

    Attributes:
        authors: in their order.
        description: what the review is, for who has not read it.
        keywords: by which it is to be found.
        licence: under which it may be used: one of `LICENCES`, or in other words.
        funding: who paid, and their part in it.
        competing_interests: of the authors; that there are none is said, too.
        registration: where the review is registered, and its number there.
        protocol: where the protocol can be read.
        deviations: what was done otherwise than the protocol says.
        contact: whom to ask.
        background: why the review is made.
        definitions: of the words that decide what it is about, one line each.
    """

    authors: tuple[Author, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    funding: str = ""
    competing_interests: str = ""
    registration: str = ""
    protocol: str = ""
    deviations: str = ""
    contact: str = ""
    background: str = ""
    definitions: str = ""

    @property
    def author_names(self) -> str:
        """All names in one line."""
        return "; ".join(author.name for author in self.authors)


LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
        "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
)
"""Usual licences with their addresses; of the codes of SPDX a blank stands for the first hyphen."""


def authors_of(text: str) -> tuple[Author, ...]:
    """Authors, one in a line: a name, and an ORCID iD before or after it where they have one."""
    return tuple(_author(line) for line in text.splitlines() if line.strip())


def _author(line: str) -> Author:
    found = _ORCID.search(line)
    name = line.replace(found[0], " ") if found else line
    return Author(
        name=" ".join(name.split()).strip(",;() "), orcid=found[1].upper() if found else ""
    )


def faults_of(about: ReviewAbout) -> Iterator[str]:
    """What cannot be as it was typed, in sentences."""
    for author in about.authors:
        if not author.name:
            yield f"{author.orcid} stands without a name; write the name before it."
        if author.orcid and not is_orcid(author.orcid):
            yield f"{author.orcid} is no ORCID iD: its last sign does not fit. Is a digit wrong?"


def is_orcid(text: str) -> bool:
    """Whether the last sign of an ORCID iD follows from the others (ISO 7064, MOD 11-2)."""
    signs = text.replace("-", "")
    if len(signs) != _ORCID_DIGITS:
        return False
    total = 0
    for digit in signs[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return signs[-1] == ("X" if check == 10 else str(check))  # noqa: PLR2004 - written as a letter


def suggested_citation(about: ReviewAbout, title: str, year: int) -> str:
    """How the review can be cited; empty while nobody is named as its author."""
    if not about.authors:
        return ""
    return f"{about.author_names} ({year}). {title}."
