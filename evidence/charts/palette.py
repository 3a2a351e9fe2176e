"""Colours, symbols and letters of every chart, for light and dark backgrounds.

The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people with any
common kind of colour vision can tell apart. They are ordered so that the first four stand out by
3:1 on both backgrounds (WCAG 2.2, 1.4.11); the others have an outline that does. In greyscale the
symbols tell the kinds apart.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

ThemeName = Literal["light", "dark"]

CATEGORIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442")
"""Blue, vermillion, green, purple, sky blue, orange, yellow."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon", "star")

AREA = {
    "circle": 3.142,
    "square": 4.0,
    "diamond": 3.380,
    "triangle-up": 1.732,
    "pentagon": 2.378,
    "hexagon": 2.598,
    "star": 1.633,
}
"""Area of plotly's symbols when size is 2, so that equal numbers can be drawn equally large."""

FONT = (
    "'Source Sans', 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, "
    "'DejaVu Sans', sans-serif"
)
TEXT_SIZE = 13


INSIDE = {
    "circle": 0.85,
    "square": 0.85,
    "diamond": 0.65,
    "triangle-up": 0.5,
    "pentagon": 0.7,
    "hexagon": 0.8,
    "star": 0.4,
}
"""How wide a number may be inside a symbol, in parts of the circle of the same area."""

VISIBLE = 3
"""The contrast that a mark needs (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours around the marks; .streamlit/config.toml has them, too.

    Attributes:
        ground: behind everything.
        panel: behind what stands apart, such as totals.
        ink: letters, outlines and marks without a category.
        quiet: letters of less weight.
        line: between cells.
    """

    ground: str
    panel: str
    ink: str
    quiet: str
    line: str


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        ground="#FFFFFF", panel="#F2F5F8", ink="#1C2530", quiet="#55616E", line="#C9D2DC"
    ),
    "dark": Theme(
        ground="#10161D", panel="#1A232D", ink="#E6ECF2", quiet="#A2B0BF", line="#38465A"
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How one category is drawn."""

    fill: str
    symbol: str
    letters: str

    def diameter(self, area_as: float) -> float:
        """The size at which this symbol covers as much as a circle of the given diameter."""
        return area_as * sqrt(AREA["circle"] / AREA[self.symbol])

    def inside(self, area_as: float) -> float:
        """The room for a number inside, in pixels."""
        return area_as * INSIDE[self.symbol]

    def outline(self, theme: Theme) -> str:
        """A colour for the edge that is seen on the ground of the theme."""
        return self.fill if contrast(self.fill, theme.ground) >= VISIBLE else theme.ink


def mark(number: int) -> Mark:
    """The mark of the category with this number; colour and symbol both differ.

    Colours repeat after seven, but then with another symbol.
    """
    fill = CATEGORIES[number % len(CATEGORIES)]
    shift = number // len(CATEGORIES)
    return Mark(fill, SYMBOLS[(number + shift) % len(SYMBOLS)], letters_on(fill))


def letters_on(fill: str) -> str:
    """Black or white, whichever is read more easily on this colour."""
    return max(("#000000", "#FFFFFF"), key=lambda letters: contrast(letters, fill))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear_below = 0.04045
    red, green, blue = (
        p / 12.92 if p <= linear_below else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
