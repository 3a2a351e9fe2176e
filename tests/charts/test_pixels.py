import io

import pytest
from PIL import Image

from evidence.charts.palette import CATEGORIES, THEMES
from evidence.charts.pixels import MOST_PIXELS, SCREEN, as_png
from evidence.charts.svg_parts import Told, colours, rectangle, svg_text, text_at
from evidence.errors import Invalid
from tests.charts.conftest import HOSTILE


def a_drawing(*parts: str, wide: float = 100, high: float = 50, dark: bool = False) -> str:
    look = THEMES["dark" if dark else "light"]
    return svg_text(Told(name="t", title="T", text="D"), wide, high, look, parts)


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def ink(png: bytes) -> int:
    """How many pixels are darker than half."""
    return sum(pixels(png).convert("L").histogram()[:128])


def test_every_part_stands_where_it_was_drawn_and_in_its_colour() -> None:
    png = as_png(a_drawing(rectangle(10, 10, 20, 30, CATEGORIES[1])), 2 * SCREEN)
    picture = pixels(png)
    assert picture.size == (200, 100)
    assert picture.getpixel((40, 50)) == (0xD5, 0x5E, 0x00)
    assert picture.getpixel((18, 50)) == picture.getpixel((62, 50)) == (255, 255, 255)


def test_dark_drawings_are_dark() -> None:
    assert pixels(as_png(a_drawing(dark=True))).getpixel((5, 5)) == (0x10, 0x16, 0x1D)


def test_it_says_how_large_it_is_to_be_printed() -> None:
    picture = pixels(as_png(a_drawing(wide=1123, high=794)))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.size == (3509, 2481)  # an A4 page


def test_letters_are_drawn_also_where_a_machine_has_none() -> None:
    empty = as_png(a_drawing())
    for text in ("Häßlich", "Łódź", "95% CI 0.2 to 1.3", "τ² I² χ²", "Ελληνικά"):
        assert ink(as_png(a_drawing(text_at(5, 30, text)))) > ink(empty) + 500, text


def test_the_same_drawing_gives_the_same_bytes() -> None:
    drawing = a_drawing(text_at(5, 30, "Burns 2009"), rectangle(1, 1, 5, 5, CATEGORIES[0]))
    assert as_png(drawing) == as_png(drawing)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_from_outside_stay_texts(text: str) -> None:
    assert pixels(as_png(a_drawing(text_at(5, 30, text)))).format == "PNG"


@pytest.mark.journey
def test_what_is_large_has_fewer_dots_and_what_is_far_too_large_is_refused_in_words() -> None:
    large = pixels(as_png(a_drawing(wide=4_000, high=4_000)))
    assert large.width * large.height <= MOST_PIXELS
    assert SCREEN < large.info["dpi"][0] < 300
    with pytest.raises(Invalid, match="too large for PNG"):
        as_png(a_drawing(wide=100_000, high=100_000))


def test_colours_that_only_a_browser_knows_are_not_drawn_in_black() -> None:
    told = Told(name="t", title="T", text="D")
    with pytest.raises(ValueError, match="colours of its own"):
        as_png(svg_text(told, 10, 10, colours("page"), ()))
