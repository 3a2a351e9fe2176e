"""What keeps a page's work from being saved, told before the next try.

A browser sends again what was not answered while the server still waits for a busy database. What
was sent meanwhile is then tried at once, and Streamlit forgets what the run before had to say, but
did not yet send. So for a moment nothing is tried: the words reach the page, and what waits in the
browser comes again.
"""

import time
from collections.abc import Mapping
from typing import Any

A_MOMENT = 1.0
"""Seconds in which a page is drawn; browsers send again after three."""


def note_trouble(acknowledged: dict[str, Any], trouble: str) -> None:
    """Note why nothing can be kept at present.

    Args:
        acknowledged: what the browser is told; it gets `trouble` and, by this process's clock, when
            that was so. Both are gone where there is no trouble any more.
        trouble: in words; "" where there is none.
    """
    for name in ("trouble", "trouble_at"):
        acknowledged.pop(name, None)
    if trouble:
        acknowledged |= {"trouble": trouble, "trouble_at": time.monotonic()}


def is_to_be_told_first(acknowledged: Mapping[str, Any]) -> bool:
    """Whether trouble was met so short a time ago that the page does not show it yet."""
    met_at = acknowledged.get("trouble_at")
    return met_at is not None and time.monotonic() - met_at < A_MOMENT
