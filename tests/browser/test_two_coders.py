"""Two code blind, a third reconciles, and the map changes; the server is killed in between."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, WebSocket, expect

from evidence.steps.desk import Desk
from scripts.serving import Server, name_oneself
from tests.browser.conftest import visit
from tests.browser.reconciled_studies import asked_of_two, colleague
from tests.browser.test_coding import saved
from tests.browser.test_reconciling import current, open_count

pytestmark = [pytest.mark.browser, pytest.mark.journey]
STUDY = "Gardens and paid work 2001"
FETCHED = re.compile(r"/(coding-desk|map-document)")  # what pages fetch beside the socket
OF_ADA, OF_BEN = "They gardened, Ada notes.", "All dug and sowed, Ben notes."


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody at a browser of their own.

    Attributes:
        told: all that the server sent to this browser, as it came.
    """

    page: Page
    told: list[bytes] = field(default_factory=list)

    def was_told(self, words: str) -> bool:
        return any(words.encode() in sent for sent in self.told)


@contextmanager
def own_browser(browser: Browser, server: Server, desk: Desk, name: str) -> Iterator[Coder]:
    """Somebody in the team at a browser that keeps what it is told."""
    colleague(desk, name)
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(30_000)
    coder = Coder(context.new_page())

    def keep(frame: bytes | str) -> None:
        coder.told.append(frame if isinstance(frame, bytes) else frame.encode())

    def fetch(route: Route) -> None:
        answer = route.fetch()
        coder.told.append(answer.body())
        route.fulfill(response=answer)

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    coder.page.on("websocket", listen)
    coder.page.route(FETCHED, fetch)
    name_oneself(coder.page, server.url, name)
    yield coder
    context.close()


def killed_and_started(server: Server) -> None:
    """The process ends by kill -9, and a new one begins with what the database has."""
    server.kill()
    server.start()


def people(page: Page) -> Locator:
    return page.get_by_role("textbox", name="How many took part?")


def words(page: Page) -> Locator:
    return page.get_by_role("textbox", name="In the words of the report")


def open_desk(page: Page, server: Server, desk: Desk) -> None:
    visit(page, server, desk, "coding")
    expect(page.locator(".about-study strong")).to_have_text(STUDY)


def code(page: Page, number: str, paid: str, said: str) -> None:
    """Answer what has to be answered, and note one finding."""
    press, write = page.keyboard.press, page.keyboard.type
    people(page).fill(number)
    press("F2")
    write("Flowers")
    press("Enter")
    press("Escape")
    page.get_by_role("radio", name=paid, exact=True).check()
    page.get_by_role("checkbox", name="Hope").check()
    words(page).fill(said)
    press("Escape")
    press("f")
    for name, option in (("Intervention", "Flowers"), ("Contrast", "Between"), ("Outcome", "Hope")):
        expect(page.get_by_role("combobox", name=name, exact=True)).to_be_focused()
        write(option)
        press("Enter")
        press("Tab")
    page.get_by_role("combobox", name="Direction (for people)").select_option("▲ Better")
    press("Escape")
    saved(page)


def complete(page: Page) -> None:
    page.locator(".top").get_by_role("button", name="Complete").click()
    expect(page.locator(".state")).to_have_text("Complete")
    saved(page)


def nothing_to_reconcile(page: Page, server: Server, desk: Desk) -> None:
    visit(page, server, desk, "reconcile")
    expect(page.get_by_text("Nothing is to be reconciled")).to_be_visible()


def on_map(page: Page, server: Server, desk: Desk, sentence: str) -> None:
    visit(page, server, desk, "map")
    expect(page.get_by_text(sentence)).to_be_visible()


def code_blind(ada: Coder, ben: Coder, server: Server, desk: Desk) -> None:
    """Both code one study; whenever the server dies, what it acknowledged stands there again."""
    for one in (ada, ben):
        open_desk(one.page, server, desk)
    code(ada.page, "143", "Yes", OF_ADA)
    code(ben.page, "134", "No", OF_BEN)
    killed_and_started(server)
    open_desk(ada.page, server, desk)
    expect(people(ada.page)).to_have_value("143")
    expect(words(ada.page)).to_have_value(OF_ADA)
    complete(ada.page)
    nothing_to_reconcile(ada.page, server, desk)
    on_map(ben.page, server, desk, "Rests on 0 of 2 studies; 2 not coded completely yet.")
    nothing_to_reconcile(ben.page, server, desk)
    open_desk(ben.page, server, desk)
    expect(ben.page.locator(".about-study")).to_contain_text("also Ada (complete)")
    expect(words(ben.page)).to_have_value(OF_BEN)
    assert ada.was_told(OF_ADA)  # so what is told is seen here
    assert ben.was_told(OF_BEN)
    assert not ada.was_told(OF_BEN)
    assert not ben.was_told(OF_ADA)
    complete(ben.page)


def reconcile(page: Page, server: Server, desk: Desk) -> None:
    """The third takes what Ada or Ben says; one choice is made while there is no server."""
    press = page.keyboard.press
    visit(page, server, desk, "reconcile")
    current(page, "How many took part?")
    expect(page.locator("[data-coder=Ben]").get_by_text(OF_BEN)).to_be_visible()
    open_count(page, "6 open")
    press("a")
    open_count(page, "4 open")
    press("1")
    saved(page)
    server.kill()
    press("Enter")
    current(page, "Were they paid?")
    press("2")
    expect(page.locator(".saved")).to_have_text("Saving 1 …")
    server.start()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    open_count(page, "2 open")
    saved(page)
    current(page, "In the words of the report")
    press("b")
    press("Enter")
    current(page, "Hope")
    press("1")
    press("c")
    open_count(page, "Reconciled")
    saved(page)


def test_two_code_blind_a_third_reconciles_and_the_map_changes_though_the_server_dies(
    page: Page, server: Server, desk: Desk, browser: Browser
) -> None:
    asked_of_two(desk)
    with (
        own_browser(browser, server, desk, "Ada") as ada,
        own_browser(browser, server, desk, "Ben") as ben,
    ):
        code_blind(ada, ben, server, desk)
    waits = f"Rests on 0 of 2 studies; 1 not coded completely yet; 1 to reconcile ({STUDY})."
    on_map(page, server, desk, waits)
    expect(page.get_by_text(f"To reconcile before it counts: {STUDY}.")).to_be_visible()
    reconcile(page, server, desk)
    killed_and_started(server)
    on_map(page, server, desk, "Rests on 1 of 2 studies; 1 not coded completely yet.")
    page.locator(".map-cell", has_text="1").first.click()
    expect(page.locator(".map-panel")).to_contain_text(STUDY)
