"""The map as one file, opened from a disk by a browser without any network."""

import io
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evidence.citations.formats import read
from evidence.exports.map_colours import MapColours
from evidence.exports.map_file import map_file
from evidence.synthesis.map_document import LongTexts
from scripts.accessibility import MODES, findings
from tests.exports.hostile_map import attack, hostile_document
from tests.viewer.generated_map import generated_map

pytestmark = pytest.mark.browser

LISTEN = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => window.broken.push(`${event.violatedDirective} ${event.sourceFile}`));
"""  # noqa: E501
Open = Callable[..., Page]


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that reaches nothing; what it asks for beside the file is noted."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def opened(offline: BrowserContext, tmp_path: Path) -> Iterator[Open]:
    """Open the file of a document; at the end nothing was asked, refused or logged as an error."""
    told: list[str] = []
    asked: set[str] = set()
    pages: list[Page] = []

    def to(document: Any, behind: str = "", colours: MapColours | None = None) -> Page:
        file = tmp_path / "map.html"
        file.write_bytes(map_file(document, colours))
        page = offline.new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.split("?")[0].split("#")[0]))
        page.goto(file.as_uri() + behind)
        pages.append(page)
        return page

    yield to
    assert told == []
    assert [page.evaluate("window.broken") for page in pages] == [[]] * len(pages)
    assert {address for address in asked if not address.startswith("blob:")} <= {
        (tmp_path / "map.html").as_uri()
    }


def cells(page: Page) -> int:
    expect(page.locator(".map-table")).to_be_visible()
    return page.locator(".map-cell").count()


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()


def test_hostile_texts_are_shown_and_run_nothing(opened: Open) -> None:
    page = opened(hostile_document())
    assert cells(page) >= 4
    expect(page.get_by_role("heading", level=1)).to_have_text(attack(0))
    expect(page).to_have_title(attack(0))
    for name in ("About", "Codes and data"):
        go(page, name)
        expect(page.get_by_role("heading", name=name, level=2)).to_be_focused()
    assert page.evaluate("window.hit") is None
    shown = attack(2).replace("\u202e", "")  # signs that turn what follows around are left out
    assert page.locator("#page-about").get_by_text(shown).count() == 2


def test_pages_stand_in_the_address_and_back_leads_to_the_map(opened: Open) -> None:
    page = opened(hostile_document(), "#page=about")
    expect(page.locator("#page-about")).to_be_visible()
    expect(page.locator("#page-map")).to_be_hidden()
    go(page, "Map")
    assert cells(page) >= 4
    page.locator(".map-table .map-cell").first.click()
    at = page.evaluate("location.hash")
    assert "at=" in at
    go(page, "About")
    expect(page.locator("#page-about")).to_be_visible()
    page.go_back()
    expect(page.locator("#page-map")).to_be_visible()
    assert page.evaluate("location.hash") == at
    expect(page.get_by_role("alert")).to_be_hidden()


def test_frequencies_have_an_address_of_their_own(opened: Open) -> None:
    page = opened(hostile_document(), "#page=frequencies")
    expect(page.get_by_role("tab", name="Frequencies")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("region", name="Year")).to_be_visible()
    go(page, "About")
    page.go_back()
    expect(page.get_by_role("region", name="Year")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


FOCUSED = """() => {
    const { activeElement: at } = document;
    return at.getAttribute("aria-label") ?? at.textContent.trim();
}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press the key until the focus is on what has this name, or begins with it."""
    for _ in range(60):
        page.keyboard.press(key)
        if str(page.evaluate(FOCUSED)).startswith(name):
            return
    raise AssertionError(name)


def press_for_file(page: Page, ending: str) -> None:
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(ending)


@pytest.mark.journey
def test_a_reader_goes_everywhere_with_the_keyboard_alone(opened: Open) -> None:
    page = opened(hostile_document(7, LongTexts(quotations=True)))
    assert cells(page) >= 4
    # To the map, over its cells, into the list of one.
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.map-table') !== null"):
            break
    for key in ("ArrowDown", "ArrowRight", "Control+End"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.classList.contains('map-cell')")
    assert page.evaluate(FOCUSED).startswith("All rows, All columns: ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="All studies on this map")).to_be_focused()
    # The list as a file, a study, what is quoted of it.
    tab_to(page, "RIS")
    press_for_file(page, "studies.ris")
    tab_to(page, attack(0))
    page.keyboard.press("Enter")
    quotation = page.locator(".map-card blockquote")
    expect(quotation).to_have_text(attack(0))
    for _ in range(20):
        if quotation.evaluate("one => one.getBoundingClientRect().bottom < innerHeight"):
            break
        page.keyboard.press("ArrowDown")
    expect(quotation).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED).startswith("All rows, All columns: ")
    assert "at=" not in page.evaluate("location.hash")
    # The list of all studies and the bars of each question, beside the map.
    tab_to(page, "Map", "Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="List")).to_contain_text(attack(0))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Frequencies")).to_be_focused()
    expect(page.get_by_role("region", name="Year")).to_be_visible()
    # The other pages of the file, and all studies as a file.
    tab_to(page, "About", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="About", level=2)).to_be_focused()
    tab_to(page, "Codes and data", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Codes and data", level=2)).to_be_focused()
    tab_to(page, "RIS")
    press_for_file(page, ".ris")
    tab_to(page, "Map", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#page-map")).to_be_visible()


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value.path().read_bytes()


def test_all_studies_leave_as_files(opened: Open) -> None:
    page = opened(hostile_document(7, LongTexts()))
    go(page, "Codes and data")
    reading = read(taken(page, "RIS"), "map.ris")
    assert (reading.seen, reading.lost, len(reading.records)) == (7, 0, 7)
    assert reading.records[0].reference.title == attack(1)
    assert taken(page, "CSV").startswith(b"\xef\xbb\xbfStudy,Year,Title")
    sheet = load_workbook(BytesIO(taken(page, "Excel"))).active
    assert sheet is not None
    assert sheet.max_row == 8


def test_a_packed_document_is_drawn_and_says_the_same(opened: Open) -> None:
    small, large = hostile_document(12, LongTexts()), hostile_document(3000, LongTexts())
    assert cells(opened(small)) == cells(page := opened(large))
    assert page.locator("#map-document").get_attribute("data-packed") == "deflate"


def test_in_a_frame_stands_only_the_map(opened: Open) -> None:
    page = opened(hostile_document(), "?embed")
    assert cells(page) >= 4
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    whole = page.get_by_role("link", name="Open the whole map")
    expect(whole).to_be_visible()
    assert str(whole.get_attribute("href")).endswith("/map.html")


def test_the_code_for_a_frame_stands_on_the_about_page(opened: Open) -> None:
    page = opened(hostile_document(), "#page=about")
    code = page.locator("#file-frame")
    expect(code).to_contain_text('src="ADDRESS OF THIS FILE?embed" title="&lt;/script>&lt;')
    assert code.inner_text().startswith("<iframe ")
    assert code.inner_text().endswith("</iframe>")


def test_colours_of_the_authors_are_used_in_both_themes(opened: Open) -> None:
    page = opened(hostile_document(), colours=MapColours(accent="#804000"))
    cells(page)
    accent = (
        "getComputedStyle(document.querySelector('.map-views [aria-pressed=true]')).backgroundColor"
    )
    assert page.evaluate(accent) == "rgb(128, 64, 0)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(accent) != "rgb(128, 64, 0)"


def test_without_scripts_everything_but_the_map_is_read(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_bytes(map_file(hostile_document()))
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    for name in ("About", "Codes and data"):
        expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()
    told = page.locator("#page-map noscript")  # in which Playwright looks for no text
    assert "here scripts are switched off" in told.inner_text()
    box = told.bounding_box()
    assert box
    assert box["height"] > 20
    page.locator("summary", has_text="Year").click()
    expect(page.get_by_role("table", name="Studies by year")).to_be_visible()
    context.close()


@pytest.mark.parametrize("where", ["", "#page=about", "#page=codes"])
def test_axe_finds_nothing_serious(opened: Open, where: str) -> None:
    page = opened(hostile_document(), where)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    for mode, (width, scheme) in MODES.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert [str(finding) for finding in findings(page)] == [], mode


@pytest.mark.parametrize("where", ["", "?embed", "#page=about", "#page=codes"])
def test_a_phone_need_not_scroll_sideways(opened: Open, where: str) -> None:
    page = opened(hostile_document())
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(page.url.split("#")[0] + where)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("where", ["", "page=crosstab", "page=about", "page=codes"])
def test_a_long_word_makes_no_page_wider(opened: Open, where: str) -> None:
    """In the note of a version, in the title of a question, in a search."""
    word = "x" * 500
    document = generated_map(20, 6, 5, title=word, caption=word)
    document["frozen"] = {"number": 1, "date": "2026-03-03", "note": word}
    document["dimensions"][0]["title"] = document["dimensions"][1]["title"] = word
    page = opened(document, "#" + (where or f"find={word}&search=1"))
    drawn = page.locator("#map section, #page-about h3, #page-codes h3")
    expect(drawn.filter(visible=True).first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_paper_lies_on_its_side(opened: Open) -> None:
    page = opened(hostile_document())
    cells(page)
    printed = pdfium.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    wide, high = printed[0].get_size()
    assert (round(wide), round(high)) == (842, 595)  # A4 in points
