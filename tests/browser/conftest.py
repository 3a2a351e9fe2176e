"""A real server, and a real Chromium that drives it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    StorageState,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TooLate

from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, reviews
from evidence.store import Store
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from scripts.chromium import FLAGS, find
from scripts.serving import Server, free_port, name_oneself, still
from tests.conftest import ROOT

expect.set_options(timeout=20_000)
KEEP = """stored => {
  localStorage.clear();
  stored.forEach(({name, value}) => localStorage.setItem(name, value));
}"""


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(
        folder=tmp_path_factory.mktemp("server"),
        port=free_port(),
        settings={"WAYMARK_METRICS": "open"},  # by which tests see what is kept in memory
    )
    made.start()
    yield made
    made.kill()


@pytest.fixture
def server(running: Server) -> Server:
    """One for all tests, up again where a test that killed it failed."""
    if not running.healthy():
        running.start()
    return running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser, running: Server) -> StorageState:
    """What the browser of a visitor who has given a name keeps."""
    context = browser.new_context()
    name_oneself(context.new_page(), running.url, "Eva")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(scope="session")
def kept_context(browser: Browser, running: Server) -> Iterator[BrowserContext]:
    """A context for all tests, with a page in it that stays open.

    A new one would fetch and compile Streamlit's scripts for each test: two seconds of processor.
    """
    made = browser.new_context(viewport={"width": 1300, "height": 1000})
    made.new_page().goto(f"{running.url}/_stcore/health")
    yield made
    made.close()


@pytest.fixture
def context(kept_context: BrowserContext, visitor: StorageState) -> Iterator[BrowserContext]:
    """As if it were new, but for what Chromium keeps of scripts: Eva's, with nothing else kept."""
    first, *_ = kept_context.pages
    kept_context.set_offline(False)
    kept_context.clear_permissions()
    kept_context.clear_cookies()
    kept_context.add_cookies([dict(one) for one in visitor["cookies"]])  # type: ignore[misc]
    stored = [pair for origin in visitor["origins"] for pair in origin["localStorage"]]
    first.evaluate(KEEP, stored)
    kept_context.set_default_timeout(30_000)
    yield kept_context
    for one in kept_context.pages[1:]:
        one.close()


@pytest.fixture
def page(context: BrowserContext, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of Eva's; a picture is kept when the test fails."""
    made = context.new_page()
    yield made
    folder = ROOT / "test-results"
    if request.session.testsfailed and not made.is_closed():
        folder.mkdir(exist_ok=True)
        made.screenshot(path=folder / f"{request.node.name}.png", full_page=True)


Go = Callable[[str], None]


@pytest.fixture
def go(page: Page) -> Go:
    """Go to a page by its name at the side, as people do."""

    def to(title: str) -> None:
        still(page)  # a click while the page is being drawn may meet a link that is gone
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
        page.get_by_role("heading", name=title, level=1).wait_for()
        still(page)

    return to


def choose(page: Page, label: str, option: str, *, several: bool = False) -> None:
    """Choose in a list that opens; one of which several can be chosen stays open.

    A page that is drawn anew just then closes the list, and people open it again.
    """
    still(page)
    box = page.get_by_label(label).last
    wanted = page.get_by_role("option", name=option).first
    for _ in range(3):
        box.click()
        box.fill(option)
        try:
            wanted.wait_for(timeout=5_000)
        except TooLate:
            page.keyboard.press("Escape")
        else:
            break
    wanted.click()
    if several:
        page.keyboard.press("Escape")
    still(page)


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A new review in the server's own store, made without the browser to save time."""
    with new_review(server) as made:
        yield made


@contextmanager
def new_review(server: Server) -> Iterator[Desk]:
    """A review in a server's store, at its maker's desk."""
    store = Store.open(server.database)
    person = people.named(store, "Maker")
    draft = Draft(title=f"Review {time.monotonic_ns()}", criteria=("About work",))
    made = reviews.create(store, person.id, draft)
    terms = Terms(include=("garden*", "work"), exclude=("mice",))
    reviews.change(made, draft, ["Not about work", "Not adults"], terms)
    for name in ("Maker", "Eva"):  # Eva is whose browser it is
        colleague(made, name)
    yield made
    store.close()


def colleague(desk: Desk, name: str) -> Desk:
    """The desk of somebody who takes part in the review, too."""
    colleagues = replace(desk, person_id=people.named(desk.store, name).id)
    membership.join(colleagues)
    return colleagues


def begin(page: Page) -> None:
    """Take works on the screening page, as people do who have none before them."""
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#include")).to_be_enabled()
    still(page)


def visit(page: Page, server: Server, desk: Desk, address: str) -> None:
    """Open a page of a review."""
    page.goto(f"{server.url}/{address}?review={desk.review_id}")
    still(page)
