"""Every page can be used by key and by ear, in light, dark and narrow; nothing leaves the server.

One server and one browser for all pages. What is Streamlit's own is named, with its reason, in
scripts/accessibility.py.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from evidence.ui.shell.access import MAIN_ACTS
from scripts.accessibility import TITLES, found_in_all_modes, opened
from scripts.serving import Server, free_port, name_oneself, still
from tests.steps.prepared import example_database

pytestmark = pytest.mark.journey
FOCUSED = """() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const name = focused.getAttribute("aria-label") || "";
  return [focused.id, focused.tagName, name, focused.textContent].join(" ");
}"""
FIRST = {  # what a page is for, as the focused element says it
    "reviews": "What “Recovery approaches",
    "team": "People",
    "importing": "Upload",
    "records": "Search title, abstract",
    "duplicates": "Same",
    "screening": "Begin",
    "conflicts": "BUTTON",
    "stopping": "Share of relevant works",
    "full_texts": "Add a PDF",
    "decisions": "Upload",
    "studies": "Find a study",
    "coding": "Which streams",
    "reconciling": "Go to coding",
    "coders": "How it is coded",
    "schemes": "Scheme",
    "services": "Name",
    "survey": "Another one, on Schemes",
    "fidelity": "Another one, on Schemes",
    "monitoring": "Another one, on Schemes",
    "framework": "Areas",
    "claims": "Words",
    "principles": "What a principle is linked to",
    "evidence_map": "Integrated services",
    "protocol": "Background",
    "stages": "Write the rule",
    "directions": "Type of contrast",
    "pooling": "Include drafts",
    "summary_of_findings": "Type of contrast",
    "appraisal": "Go to schemes",
    "counts": "SVG",
    "themes": "Name",
    "conclusions": "A new statement",
    "report": "Summary",
    "publish": "Title",
}
RIS = b"TY  - JOUR\nTI  - Gardens and paid work\nPY  - 2001\nER  - \n"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With sockets closed to all but this machine."""
    folder = tmp_path_factory.mktemp("access")
    served = Server(folder=folder, port=free_port(), closed=True)
    (folder / "waymark.db").write_bytes(example_database())
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def visiting(example: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    name_oneself(page, example.url, "Eva")
    opened(page, example.url, "team")
    page.get_by_role("button", name="Take part in this review").click()
    expect(page.get_by_role("button", name="Take part in this review")).to_have_count(0)
    yield page
    context.close()


@pytest.mark.parametrize("name", TITLES)
def test_axe_finds_nothing_serious_and_tab_reaches_what_the_page_is_for(
    visiting: Page, example: Server, name: str
) -> None:
    visiting.set_viewport_size({"width": 1300, "height": 1000})
    opened(visiting, example.url, name)
    expect(visiting.locator("[data-minds-keys]")).to_have_count(1)
    review = "Recovery approaches in vocational and training services"
    assert visiting.title() == f"{TITLES[name]} · {review} · Waymark"
    main_act = ", ".join(MAIN_ACTS[name])
    expect(visiting.locator(main_act).filter(visible=True).first).to_be_visible()
    if name != "coding":  # the desk has the focus when it opens
        visiting.keyboard.press("Tab")
        expect(visiting.get_by_test_id("stSkipToContent")).to_be_focused()
        visiting.keyboard.press("Enter")
    visiting.keyboard.press("Tab")
    assert FIRST[name] in visiting.evaluate(FOCUSED)
    assert visiting.get_by_role("button", name=re.compile("Begin (?!with)")).count() == (
        name == "screening"
    )
    assert found_in_all_modes(visiting) == {}


def test_each_page_has_a_main_act() -> None:
    assert MAIN_ACTS.keys() == TITLES.keys()


def test_a_frame_that_scrolls_is_moved_by_keys(visiting: Page, example: Server) -> None:
    opened(visiting, example.url, "directions")
    visiting.set_viewport_size({"width": 400, "height": 1000})
    told = visiting.get_by_text("scroll sideways for the rest.").first
    expect(told).to_be_visible()
    frame = visiting.get_by_role("group", name="Scrolls sideways").first
    frame.focus()
    expect(frame).to_be_focused()
    visiting.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)


def test_nothing_left_the_server(visiting: Page, example: Server) -> None:
    """After all pages, a map among them; here come an import and a comparison as well."""
    visiting.set_viewport_size({"width": 1300, "height": 1000})
    opened(visiting, example.url, "importing")
    file = FilePayload(name="a.ris", mimeType="text/plain", buffer=RIS)
    visiting.locator("input[type=file]").set_input_files(file)
    visiting.get_by_role("button", name="Import 1 record").click()
    expect(visiting.get_by_text("1 record kept")).to_be_visible()
    opened(visiting, example.url, "duplicates")
    visiting.get_by_role("button", name="Compare again").click()
    still(visiting)
    expect(visiting.get_by_text("Last compared by Eva")).to_be_visible()
    opened(visiting, example.url, "evidence_map")
    expect(visiting.locator(".map-viewer")).to_be_visible()
    assert example.tried() == []
