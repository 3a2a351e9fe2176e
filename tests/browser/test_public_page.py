"""An author writes, renews and publishes; a reader without an account finds a study by keyboard and
comments on it where they read of it; the author answers; what is withdrawn is gone at once.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from scripts.accessibility import findings
from scripts.serving import Server, still
from tests.browser.conftest import new_review, visit
from tests.browser.test_map_file import tab_to
from tests.browser.test_map_in_app import CODINGS, code
from tests.browser.test_report import open_section, preview, saved, text
from tests.steps.coding.test_coding import SCHEME
from tests.steps.results.test_map_document import included_works

pytestmark = [pytest.mark.browser, pytest.mark.journey]
NARROW = 400  # pixels
LAST = "Cedar 2011"


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A review of three coded studies, the last of them still a draft."""
    with new_review(server) as made:
        schemes.add(made, SCHEME, "small.yaml")
        works = included_works(made, *CODINGS)
        for (label, (stream, intervention)), work_id in zip(CODINGS.items(), works, strict=True):
            study_id = studies.create(made, [work_id], label)
            code(made, study_id, stream, intervention, complete=label != LAST)
        yield made


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A browser that nobody knows."""
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    yield context.new_page()
    context.close()


def write(page: Page, server: Server, desk: Desk) -> None:
    """A section with a live part, which says another number when a study more is coded."""
    open_section(page, server, desk, "Background")
    text(page).fill("We found {{number}} studies.")
    expect(preview(page)).to_contain_text("We found 2 studies.")
    saved(page)
    (last,) = (each.id for each in studies.listing(desk) if each.label == LAST)
    coding.complete(desk, last)
    visit(page, server, desk, "report")
    page.get_by_role("option", name="Background").click()
    expect(preview(page)).to_contain_text("was: 2")


def published(page: Page, server: Server, desk: Desk) -> str:
    """Publish map and report; gives the address."""
    visit(page, server, desk, "publish")
    page.get_by_test_id("stMain").get_by_role("button", name="Publish", exact=True).click()
    address = page.get_by_test_id("stCode")
    expect(address).to_contain_text("/public/")
    still(page)
    return address.inner_text().strip()


def find_by_keyboard(reader: Page, address: str) -> None:
    """From the first page to a study on the map, and from it to the form."""
    reader.goto(address)
    assert findings(reader) == []
    tab_to(reader, "Map")
    reader.keyboard.press("Enter")
    expect(reader.locator(".map-viewer")).to_be_visible()
    tab_to(reader, "Map")  # of the file's own pages
    tab_to(reader, "Map")  # beside List, Frequencies and Crosstab
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("tabpanel", name="List")).to_contain_text(LAST)
    tab_to(reader, LAST)
    reader.keyboard.press("Enter")
    tab_to(reader, f"Comment on {LAST}")
    reader.keyboard.press("Enter")
    expect(reader.get_by_label("What it is about")).to_have_value(re.compile("study-"))


def comment_by_keyboard(reader: Page) -> None:
    """Fill in the form, which knows what it is about."""
    assert findings(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") == NARROW
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")  # over the way back and what it is about
    reader.keyboard.press("Tab")
    reader.keyboard.type("The farm is missing. <b>Really</b>")
    reader.keyboard.press("Tab")
    reader.keyboard.type("R. D.")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("Thank you")
    assert reader.context.cookies() == []


def test_from_the_first_word_to_the_answer_and_until_it_is_withdrawn(
    page: Page, server: Server, desk: Desk, reader: Page
) -> None:
    write(page, server, desk)
    address = published(page, server, desk)
    assert address.startswith(f"{server.url}/public/")
    find_by_keyboard(reader, address)
    comment_by_keyboard(reader)
    reader.goto(f"{address}report")
    expect(reader.get_by_text("We found 3 studies.")).to_be_visible()

    visit(page, server, desk, "publish")
    form = page.get_by_test_id("stForm").filter(has_text=f"on {LAST}")
    expect(form).to_contain_text("<b>Really</b>")
    form.get_by_label("Answer").fill("We added it.")
    form.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_text("Accepted (1)")).to_be_visible()
    reader.goto(address)
    expect(reader.get_by_text("We added it.")).to_be_visible()

    page.get_by_role("button", name="Withdraw at once").click()
    expect(page.get_by_role("button", name="Put back")).to_be_visible()
    for part in ("", "map", "report", "comment"):
        answer = reader.goto(f"{address}{part}")
        assert answer is not None
        assert answer.status == 404
    expect(reader.get_by_role("heading", name="There is no page here")).to_be_visible()
