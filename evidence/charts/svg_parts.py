"""What our own SVG drawings share: safe text, and colours of a page that turns dark by itself."""

import re
from html import escape
from typing import Literal

from evidence.charts.palette import THEMES, Theme, ThemeName

_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML cannot hold."""

SvgTheme = ThemeName | Literal["page"]
"""Of "page", the colours are the page's variables `--chart-ground`, `--chart-ink` and so on, and
those of "light" where it has none. So one drawing does for both, and needs no attribute `style`,
which a strict policy of content forbids."""

_OF_PAGE = Theme(
    **{
        name: f"var(--chart-{name}, {getattr(THEMES['light'], name)})"
        for name in ("ground", "panel", "ink", "quiet", "line")
    }
)


def colours(theme: SvgTheme) -> Theme:
    """The colours of a theme as they stand in attributes of SVG."""
    return _OF_PAGE if theme == "page" else THEMES[theme]


def safe_xml(text: str) -> str:
    """Text as it can stand in an element or in an attribute."""
    return escape(_FORBIDDEN.sub("", text))
