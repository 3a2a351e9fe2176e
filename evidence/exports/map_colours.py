"""The colours that authors can choose for their map; what could not be read is refused."""

import re
from dataclasses import dataclass

from evidence.charts.palette import THEMES, contrast
from evidence.errors import Invalid

READABLE = 4.5
"""The contrast that letters need (WCAG 2.2, 1.4.3)."""
ACCENT, HEAT = "#1f5fa8", "#f6b04d"
"""The usual ones, as evidence/viewer/map_viewer.css has them."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MapColours:
    """Colours as `#RRGGBB`; an empty one is the usual one.

    Attributes:
        accent: of what can be pressed, and of what is chosen.
        heat: behind the cell with most studies.
    """

    accent: str = ""
    heat: str = ""


def css(colours: MapColours) -> str:
    """The variables of the viewer in both themes, from colours for the light one.

    Raises:
        Invalid: a colour is none, or letters could not be read in it or on it.
    """
    light, dark = THEMES["light"], THEMES["dark"]
    lines = []
    if colours.accent not in {"", ACCENT}:
        _check(colours.accent, light.ground, "The accent is too light to be read on white.")
        bright = _towards(colours.accent, "#FFFFFF", dark.ground)
        lines.append(f"--accent: light-dark({colours.accent}, {bright});")
    if colours.heat not in {"", HEAT}:
        _check(colours.heat, light.ink, "The colour of full cells is too dark for black figures.")
        deep = _towards(colours.heat, "#000000", dark.ink)
        lines.append(f"--heat: light-dark({colours.heat}, {deep});")
    return f".file .map-viewer {{ {' '.join(lines)} }}\n" if lines else ""


def _check(colour: str, other: str, trouble: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise Invalid(f"“{colour}” is no colour; write one as #1f5fa8.")
    if contrast(colour, other) < READABLE:
        raise Invalid(f"{trouble} {colour} has a contrast of {contrast(colour, other):.1f}; "
                      f"{READABLE} is needed.")  # fmt: skip


def _towards(colour: str, end: str, other: str) -> str:
    """The first colour on the way to the end that has contrast enough to another one."""
    mixes = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((mix for mix in mixes if contrast(mix, other) >= READABLE), end)


def _mixed(colour: str, end: str, share: float) -> str:
    parts = [
        round((1 - share) * int(colour[at : at + 2], 16) + share * int(end[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)
