"""Our own SVG drawings as PNG, without a browser.

Drawn by resvg, with letters that come as a package, so that the same drawing gives the same pixels
on every machine; only what these letters lack (Arabic, Chinese) is taken from the machine's own.
"""

import io
import re

import resvg_py
from PIL import Image

from evidence.charts.letters import FAMILY, letter_files
from evidence.errors import Invalid

PRINT = 300
"""Dots per inch that printers ask for."""
SCREEN = 96
"""Pixels per inch of an SVG drawing, as CSS defines them."""
MOST_PIXELS = 60_000_000
"""An A4 page at 300 dots per inch has 8.7 million; resvg ends the whole program on what is far too
large."""
TOO_LARGE = "This picture is too large for PNG. Take it as SVG, which has no such bound."
_SIZE = re.compile(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)"')


def width_of(svg: str) -> int:
    """How many pixels a drawing is wide."""
    return _sides(svg)[0]


def height_of(svg: str) -> int:
    """How many pixels a drawing is high."""
    return _sides(svg)[1]


def _sides(svg: str) -> tuple[int, int]:
    found = _SIZE.match(svg)
    if not found:
        raise ValueError("not one of our drawings")
    return int(found[1]), int(found[2])


def as_png(svg: str, dots_per_inch: int = PRINT) -> bytes:
    """A drawing as PNG, which says how large it is to be printed.

    A drawing with more than `MOST_PIXELS` is given with fewer dots per inch.

    Args:
        svg: from one of our charts, for the light or the dark theme; colours of "page" are those
            of a browser.
        dots_per_inch: at most so many.

    Raises:
        Invalid: it is too large even for a screen.
    """
    found = _SIZE.match(svg)
    if not found or "var(--" in svg:
        raise ValueError("not one of our drawings with colours of its own")
    area = max(1, int(found[1]) * int(found[2]))
    dots = min(dots_per_inch, int(SCREEN * (MOST_PIXELS / area) ** 0.5))
    if dots < SCREEN:
        raise Invalid(TOO_LARGE)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=dots / SCREEN,
        font_files=[str(file) for file in letter_files()],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    written = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("RGB").save(written, "PNG", dpi=(dots, dots), optimize=True)
    return written.getvalue()
