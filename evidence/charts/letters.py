"""How wide text is in the letters that our pictures are drawn with.

Who opens a picture may have other letters; then `textLength` keeps each text as wide as it was laid
out, so that nothing runs into its neighbour.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from evidence.charts.labels import broken_into
from evidence.charts.svg_parts import Letters, px, safe_xml

FAMILY = "Source Sans Pro"
BOLD_FROM = 600
_UNIT = 1000
_UNKNOWN = 1.05
"""Of a letter that ours lack, in parts of its size: wide, so that there is room for any."""


@cache
def letter_files() -> tuple[Path, ...]:
    """The files of the letters, regular first; they come as a package (SIL OFL 1.1)."""
    folder = files("font_source_sans_pro") / "files"
    kinds = ("Regular", "It", "Semibold", "Bold")
    return tuple(Path(str(folder / f"SourceSansPro-{kind}.ttf")) for kind in kinds)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in pixels."""
    return size * sum(_width(letter, bold=bold) for letter in text)


def widest_text(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest of several lines; 0 without any."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0)


def in_lines(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Text in lines no wider than `room` pixels; a longer word is broken with a hyphen."""
    return broken_into(text, room, lambda line: text_width(line, size, bold=bold))


def laid_text(x: float, y: float, text: str, letters: Letters) -> str:
    """One line of text that is as wide as it was laid out, whatever the letters.

    Args:
        x: its place, as its letters are anchored.
        y: the line on which they stand.
        text: what it says.
        letters: how it is written; with a size.
    """
    wide = text_width(text, letters.size, bold=letters.weight >= BOLD_FROM)
    kept = f' textLength="{px(wide)}" lengthAdjust="spacingAndGlyphs"' if text.strip() else ""
    return f'<text x="{px(x)}" y="{px(y)}"{letters.attributes}{kept}>{safe_xml(text)}</text>'


@cache
def _font(*, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(letter_files()[2 if bold else 0], _UNIT)


@cache
def _missing(*, bold: bool) -> bytes:
    """How a letter looks that there is none for."""
    return bytes(_font(bold=bold).getmask("\uffff"))


@cache
def _width(letter: str, *, bold: bool) -> float:
    font = _font(bold=bold)
    if not letter.isascii() and bytes(font.getmask(letter)) == _missing(bold=bold):
        return _UNKNOWN
    return font.getlength(letter) / _UNIT
