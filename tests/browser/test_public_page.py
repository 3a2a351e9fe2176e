"""Authors publish; a reader without an account finds a study by keyboard and comments on it; the
authors answer; what they withdraw is gone at once.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from evidence.steps.coding import schemes, studies
from evidence.steps.desk import Desk
from scripts.accessibility import findings
from scripts.serving import Server, still
from tests.browser.conftest import new_review, visit
from tests.browser.test_map_file import tab_to
from tests.browser.test_map_in_app import CODINGS, code
from tests.steps.coding.test_coding import SCHEME
from tests.steps.results.test_map_document import included_works

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A review of three coded studies."""
    with new_review(server) as made:
        schemes.add(made, SCHEME, "small.yaml")
        works = included_works(made, *CODINGS)
        for (label, (stream, intervention)), work_id in zip(CODINGS.items(), works, strict=True):
            code(made, studies.create(made, [work_id], label), stream, intervention)
        yield made


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A browser that nobody knows."""
    context = browser.new_context(viewport={"width": 400, "height": 900})
    yield context.new_page()
    context.close()


def published(page: Page, server: Server, desk: Desk) -> str:
    """Publish map and report; gives the address."""
    visit(page, server, desk, "publish")
    page.get_by_test_id("stMain").get_by_role("button", name="Publish", exact=True).click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("/public/")
    still(page)
    return code.inner_text().strip()


def test_a_reader_comments_by_keyboard_and_reads_the_answer_until_it_is_withdrawn(
    page: Page, server: Server, desk: Desk, reader: Page
) -> None:
    address = published(page, server, desk)
    assert address.startswith(f"{server.url}/public/")
    reader.goto(address)
    tab_to(reader, "Map")
    reader.keyboard.press("Enter")
    expect(reader.locator(".map-viewer")).to_be_visible()
    tab_to(reader, "Map")  # of the file's own pages
    tab_to(reader, "Map")  # beside List, Frequencies and Crosstab
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("tabpanel", name="List")).to_contain_text("Cedar 2011")
    reader.goto(address)
    assert findings(reader) == []
    tab_to(reader, "Write a comment")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Comment on")).to_be_visible()
    assert findings(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") == 400
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.type("Cedar")
    reader.keyboard.press("Tab")
    reader.keyboard.type("The farm is missing. <b>Really</b>")
    reader.keyboard.press("Tab")
    reader.keyboard.type("R. D.")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("Thank you")
    assert reader.context.cookies() == []
    visit(page, server, desk, "publish")
    form = page.get_by_test_id("stForm")
    expect(form).to_contain_text("on Cedar 2011")
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
