"""What a live part said when somebody wrote it, so that they see later what it said before."""

import hashlib
from dataclasses import dataclass

from evidence.report.live_content import LiveContent, NotLive
from evidence.report.statements import Statement

LONGEST = 500  # characters of a sentence that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class PartValue:
    """What a live part said.

    Attributes:
        digest: another one where it says, shows or rests on something else.
        text: the sentence or number, or its beginning; empty for tables, figures and lists.
    """

    digest: str
    text: str = ""


def part_value(content: LiveContent, shown: str = "") -> PartValue | None:
    """What a live part says; None where it cannot be filled.

    Args:
        content: what it came to.
        shown: for a figure, its numbers in any words.
    """
    if isinstance(content, NotLive):
        return None
    digest = hashlib.sha256(f"{content!r}{shown}".encode("utf-8", "replace")).hexdigest()[:16]
    text = content.text if isinstance(content, Statement) else ""
    return PartValue(digest=digest, text=f"{text[: LONGEST - 1]}…" if len(text) > LONGEST else text)
