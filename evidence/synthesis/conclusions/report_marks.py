"""The reports of a study, as a statement that rests on it remembers them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

LONGEST = 90  # characters of a title by which a report is named
MOST = 5  # titles that a sentence names
_BETWEEN = "\n"


def reports_mark(reports: Iterable[tuple[str, int]]) -> str:
    """The same for the same reports, also in another installation.

    A digest of all reports, and below it their titles, so that it can be told later which of them
    came or went. Marks that were kept before titles were have the digest only.

    Args:
        reports: title of each, and the year; 0 where it has none.
    """
    named = sorted(reports)
    digest = hashlib.sha256(json.dumps(named).encode("utf-8", "replace")).hexdigest()[:16]
    return digest + _BETWEEN + json.dumps([_short(title) for title, _ in named])


def is_same(before: str, after: str) -> bool:
    """Whether two marks are of the same reports."""
    return before.partition(_BETWEEN)[0] == after.partition(_BETWEEN)[0]


def difference_words(before: str, after: str) -> str:
    """Which reports went and which came, in sentences; nothing where a mark has no titles."""
    then, now = _titles(before), _titles(after)
    if then is None or now is None:
        return ""
    sentences = (
        ("Taken away or merged into another", then - now),
        ("Linked, or split off from another", now - then),
    )
    return "".join(f" {words}: {_listed(some)}." for words, some in sentences if some)


def _titles(mark: str) -> Counter[str] | None:
    titles = mark.partition(_BETWEEN)[2]
    return Counter(json.loads(titles)) if titles else None


def _listed(titles: Counter[str]) -> str:
    every = sorted(titles.elements())
    more = f" and {len(every) - MOST:,} more" if len(every) > MOST else ""
    return ", ".join(f"“{title}”" for title in every[:MOST]) + more


def _short(title: str) -> str:
    return f"{title[: LONGEST - 1]}…" if len(title) > LONGEST else title
