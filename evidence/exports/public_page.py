"""The page that leads to what a review published, as plain HTML without a script.

Whoever has its address reads it, without an account. Every text in it comes from outside and is
escaped; the policy of content allows one style by its hash, and nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence.exports.markup import paragraphs, text
from evidence.exports.page_head import page_head

PARTS = {
    "map": ("Map", "What was studied and what was not; every cell opens its studies."),
    "report": ("Report", "What was done and found; every sentence leads to its studies."),
}
NOT_THERE_TITLE = "There is no page here"
NOT_THERE = (
    "There is nothing to read under this address. Perhaps a letter of it is missing, or the page "
    "was withdrawn or has come to its end. Whoever gave you the address can tell you."
)
BUSY_TITLE = "Please try again in a moment"
BUSY = "The page cannot be read right now."
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_ABOUT = {
    "published_by": "Published by",
    "searched_to": "Searched up to",
    "licence": "Licence",
    "citation": "How to cite it",
    "contact": "Contact",
    "next_update": "Next update",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """Another version under the same address."""

    number: int
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIndex:
    """What stands on the page.

    Attributes:
        title: of the publication.
        label: such as that it is a demonstration.
        question: of the review.
        about: by the keys of _ABOUT; what is empty or missing is left out.
        number, date: of the version that is shown.
        newest: number of the newest version.
        parts: names of the parts that it has, in order.
        ends_on: the last day on which it is read; empty for none.
        others: versions beside the one that is shown, newest first.
        comments: what stands below, as HTML.
    """

    title: str
    label: str = ""
    question: str = ""
    about: dict[str, str]
    number: int
    date: str
    newest: int
    parts: tuple[str, ...]
    ends_on: str = ""
    others: tuple[EarlierVersion, ...] = ()
    comments: str = ""

    @property
    def to_top(self) -> str:
        """From its address to that of the newest version."""
        return "" if self.number == self.newest else "../../"


def index_page(index: PublicIndex) -> bytes:
    """The page."""
    return page(
        index.title,
        (
            f'<h1 dir="auto">{text(index.title)}</h1>',
            f'<p class="label">{text(index.label)}</p>' if index.label else "",
            f'<p class="soft">{_when(index)}</p>',
            _older(index),
            _question(index.question),
            _ways(index.parts),
            _about(index.about),
            _others(index),
            index.comments,
        ),
    )


def not_there_page() -> bytes:
    """The page for every address under which nothing can be read, whatever the reason."""
    return page(NOT_THERE_TITLE, (f"<h1>{NOT_THERE_TITLE}</h1>", f"<p>{NOT_THERE}</p>"))


def busy_page() -> bytes:
    """The page while the database does not answer."""
    return page(BUSY_TITLE, (f"<h1>{BUSY_TITLE}</h1>", f"<p>{BUSY}</p>"))


def page(title: str, parts: Iterable[str], *, referrer: str = "no-referrer") -> bytes:
    """A plain page.

    Args:
        title: of the window.
        parts: of its body, as HTML.
        referrer: to whom a browser says from which page it comes; a page whose forms must be known
            to be ours says `same-origin`, because otherwise no form tells where it was sent from.
    """
    head = page_head(title, _style(), forms_to="'self'", referrer=referrer)
    return f"{head}<main>{''.join(parts)}</main></body></html>\n".encode()


def told_band(words: str) -> str:
    """A sentence that stands out on a page; nothing where there is none."""
    return f'<p class="band" role="status">{text(words)}</p>' if words else ""


def wrong_band(words: str) -> str:
    """What went wrong, read out at once; nothing where nothing did."""
    return f'<p class="band wrong" role="alert">{text(words)}</p>' if words else ""


def policy_of(made: bytes) -> str:
    """The policy of content that one of our pages names in itself; empty for none."""
    found = _POLICY.search(made)
    return found[1].decode() if found else ""


@cache
def _style() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def _when(index: PublicIndex) -> str:
    until = (
        f" It can be read here until the end of {text(index.ends_on)}, UTC."
        if index.ends_on
        else ""
    )
    return f"Version {index.number}, published on {text(index.date)}.{until}"


def _older(index: PublicIndex) -> str:
    if index.number == index.newest:
        return ""
    return (
        '<p class="band">This is an earlier version. '
        f'<a href="{index.to_top}./">Read the newest one</a>, version {index.newest}.</p>'
    )


def _question(question: str) -> str:
    return f"<h2>Question</h2>{paragraphs(question)}" if question.strip() else ""


def _ways(parts: Sequence[str]) -> str:
    ways = "".join(
        f'<li><a href="{part}">{PARTS[part][0]}<span>{PARTS[part][1]}</span></a></li>'
        for part in parts
        if part in PARTS
    )
    return f'<h2>Read</h2><ul class="parts">{ways}</ul>'


def _about(about: dict[str, str]) -> str:
    lines = "".join(
        f"<dt>{words}</dt><dd>{paragraphs(about[name])}</dd>"
        for name, words in _ABOUT.items()
        if about.get(name, "").strip()
    )
    return f"<h2>About</h2><dl>{lines}</dl>" if lines else ""


def _others(index: PublicIndex) -> str:
    if not index.others:
        return ""
    lines = "".join(
        f'<li><a href="{index.to_top}{_way(index, each)}">Version {each.number}</a>, '
        f"{text(each.date)}</li>"
        for each in index.others
    )
    return f"<h2>Other versions</h2><ul>{lines}</ul>"


def _way(index: PublicIndex, other: EarlierVersion) -> str:
    return "./" if other.number == index.newest else f"version/{other.number}/"
