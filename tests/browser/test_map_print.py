"""The map on paper: everything is there, on every page with its heads, and nothing to press."""

import io
import re

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser

from tests.viewer.generated_map import generated_map
from tests.viewer.map_page import open_map

pytestmark = pytest.mark.browser
ADDRESS = (
    "rows=axis%3Aintervention&columns=axis%3Aoutcome&segment=question%3Adesign"
    "&openrows=*&opencolumns=*"
)
TOOLS = ("Copy link", "Rows and columns", "Cells as CSV", "Searches", "Bubbles", "Take all off")
DARK = 60  # of 255


def printed(browser: Browser, address: str) -> tuple[list[str], int]:
    """The words of each page of a large map in landscape, and how bright the first one's corner is.

    The browser is dark, is asked for no grounds, and has scrolled nowhere.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    open_map(page, generated_map(400, 43, 24), address)
    pdf = pdfium.PdfDocument(io.BytesIO(page.pdf(format="A4", landscape=True)))
    page.close()
    texts = [" ".join(each.get_textpage().get_text_range().split()) for each in pdf]
    corner = pdf[0].render(scale=0.5).to_pil().convert("L").getpixel((2, 2))
    assert isinstance(corner, int)
    return texts, corner


def test_all_of_a_large_map_is_printed_and_each_page_has_its_heads(browser: Browser) -> None:
    pages, corner = printed(browser, f"{ADDRESS}&words=a")
    assert len(pages) > 1
    document = generated_map(400, 43, 24)
    rows, columns = (each["headings"]["label"] for each in document["dimensions"][:2])
    whole = " ".join(pages)
    assert [label for label in rows if label not in whole] == []
    for page in pages[:-1]:  # the last may have no row any more, but the legend
        words = page.replace("- ", "")
        assert [label for label in columns if label not in words] == []
    assert "Randomised trial" in pages[-1]
    assert [tool for tool in TOOLS if tool in whole] == []
    numbers = re.findall(r"\b\d+ r\b", whole)
    assert len(numbers) > 100
    assert corner > 255 - DARK  # paper is light


def test_a_small_map_is_printed_on_one_page(browser: Browser) -> None:
    pages, _ = printed(browser, ADDRESS.partition("&open")[0])
    assert len(pages) == 1
