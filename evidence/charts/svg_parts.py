"""What our own SVG drawings share: safe text, strokes, and colours of a page that turns dark by
itself.

Every part is text; a drawing is their list, closed by `svg_text`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from evidence.charts.palette import FONT, TEXT_SIZE, THEMES, Theme, ThemeName

_FORBIDDEN = re.compile(
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|[\\u202a-\\u202e\\u2066-\\u2069]"
)
"""What XML cannot hold, and what turns the letters after it round."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How a text is written where it differs from the others of its drawing; empty for as they are.

    Attributes:
        ink: its colour.
        size: of the letters, in pixels.
        anchor: "middle" or "end", where the text does not begin at its place.
        weight: 600 is bold.
    """

    ink: str = ""
    size: float = 0
    anchor: str = ""
    weight: int = 0

    @property
    def attributes(self) -> str:
        """As they stand in an element."""
        values = {
            "fill": self.ink,
            "font-size": self.size,
            "text-anchor": self.anchor,
            "font-weight": self.weight,
        }
        return "".join(f' {name}="{value}"' for name, value in values.items() if value)


PLAIN = Letters()


def px(pixels: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{pixels:.1f}".removesuffix(".0")


def text_at(x: float, y: float, text: str, letters: Letters = PLAIN) -> str:
    """One line of text; y is the line on which its letters stand."""
    return f'<text x="{px(x)}" y="{px(y)}"{letters.attributes}>{safe_xml(text)}</text>'


def line_between(x: float, y: float, to_x: float, to_y: float, ink: str) -> str:
    """A straight line."""
    return path_of(f"M{px(x)} {px(y)}L{px(to_x)} {px(to_y)}", stroke=ink)


def path_of(way: str, *, fill: str = "none", stroke: str = "", **more: str) -> str:
    """A path along `way`, as the attribute `d` has it; of what more it has, "_" stands for "-"."""
    values = {"fill": fill, "stroke": stroke, **more}
    written = (f' {name.replace("_", "-")}="{value}"' for name, value in values.items() if value)
    return f'<path d="{way}"{"".join(written)}/>'


def rectangle(x: float, y: float, wide: float, high: float, fill: str, stroke: str = "") -> str:
    """A filled rectangle; x and y are its upper left corner."""
    edge = f' stroke="{stroke}"' if stroke else ""
    return (
        f'<rect x="{px(x)}" y="{px(y)}" width="{px(wide)}" height="{px(high)}" '
        f'fill="{fill}"{edge}/>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a drawing is called, and what it says to those who hear it.

    Attributes:
        name: begins the ids inside, so that a page can hold several drawings.
    """

    name: str
    title: str
    text: str


def svg_text(
    told: Told,
    wide: float,
    high: float,
    look: Theme,
    parts: Iterable[str],
    *,
    is_clear: bool = False,
) -> str:
    """A whole drawing, on its own ground.

    Args:
        told: its title and description.
        wide: in pixels.
        high: in pixels.
        look: its colours.
        parts: what is drawn, the lowest first.
        is_clear: it has no ground, and lies on another drawing.
    """
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{told.name}-title {told.name}-text" '
        f'viewBox="0 0 {px(wide)} {high:.0f}" '
        f'width="{px(wide)}" height="{high:.0f}" font-family="{FONT}" '
        f'font-size="{TEXT_SIZE}" fill="{look.ink}">'
    )
    about = (
        f'<title id="{told.name}-title">{safe_xml(told.title)}</title>',
        f'<desc id="{told.name}-text">{safe_xml(told.text)}</desc>',
        *(() if is_clear else (f'<rect width="100%" height="100%" fill="{look.ground}"/>',)),
    )
    return "\n".join([opening, *about, *parts, "</svg>"])
