"""The deck in the browser: what is stored is what was shown, whatever happens on the way."""

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from evidence.settings import Settings
from evidence.steps import importing
from evidence.steps.desk import Desk
from scripts.serving import Server
from tests.browser.conftest import visit

pytestmark = pytest.mark.browser
RECORDS = 45


@pytest.fixture
def deck(page: Page, server: Server, desk: Desk) -> Page:
    """The screening page with 45 records to decide."""
    entries = "".join(
        f"TY  - JOUR\nTI  - Record {n:02} on gardening at work\nAB  - Mice do not work in gardens; "
        f"networking is another word.\nPY  - 2001\nER  - \n"
        for n in range(1, RECORDS + 1)
    )
    look = importing.look(desk, "a.ris", entries.encode(), Settings(), wait=True)
    importing.keep(desk, [importing.Choice(look_id=look, source=importing.SourceDraft(name="A"))])
    visit(page, server, desk, "screening")
    expect(page.locator("#card")).to_contain_text(f"{RECORDS} left here")
    return page


def stored(server: Server) -> list[tuple[str, str]]:
    """(title, verdict) of the newest review's decisions, in the order they were stored."""
    with sqlite3.connect(server.database.removeprefix("sqlite:///")) as connection:
        return connection.execute(
            "SELECT w.title, d.verdict FROM decision d JOIN work w ON w.id = d.work_id "
            "WHERE d.review_id = (SELECT max(id) FROM review) ORDER BY d.id"
        ).fetchall()


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text("All saved")


def title(page: Page) -> str:
    return page.locator("#title").inner_text()


def test_thirty_quick_keys_store_exactly_what_was_shown(deck: Page, server: Server) -> None:
    meant = []
    for number in range(30):
        key, verdict = ("i", "include") if number % 3 else ("e", "exclude")
        meant.append((title(deck), verdict))
        deck.keyboard.press(key)
        deck.wait_for_timeout(50)
    saved(deck)
    assert stored(server) == meant
    assert len({shown for shown, _ in meant}) == 30
    expect(deck.get_by_text("Open 15")).to_have_count(2)


def test_a_held_key_decides_once(deck: Page, server: Server) -> None:
    shown = title(deck)
    deck.keyboard.down("i")
    for _ in range(10):
        deck.keyboard.down("i")  # what a keyboard sends while a key is held
    deck.keyboard.up("i")
    saved(deck)
    assert stored(server) == [(shown, "include")]


def test_typing_a_note_decides_nothing_and_goes_with_the_decision(
    deck: Page, server: Server
) -> None:
    deck.keyboard.press("n")
    deck.keyboard.type("include me, even u")
    assert stored(server) == []
    deck.keyboard.press("Escape")
    deck.keyboard.press("m")
    saved(deck)
    with sqlite3.connect(server.database.removeprefix("sqlite:///")) as connection:
        query = "SELECT verdict, note FROM decision ORDER BY id DESC LIMIT 1"
        assert connection.execute(query).fetchone() == ("maybe", "include me, even u")


def test_undo_reaches_back_beyond_the_opening_of_the_page(deck: Page, server: Server) -> None:
    first, second = title(deck), ""
    deck.keyboard.press("i")
    second = title(deck)
    deck.keyboard.press("e")
    saved(deck)
    deck.reload()
    expect(deck.locator("#card")).to_contain_text("43 left here")
    deck.keyboard.press("u")
    expect(deck.locator("#title")).to_have_text(second)
    deck.keyboard.press("u")
    expect(deck.locator("#title")).to_have_text(first)
    saved(deck)
    assert [verdict for _, verdict in stored(server)] == [
        "include",
        "exclude",
        "withdrawn",
        "withdrawn",
    ]


def test_terms_are_marked_as_whole_words_and_told_apart_without_colour(deck: Page) -> None:
    marks = deck.locator("#abstract mark")
    assert [(m.inner_text(), m.get_attribute("class")) for m in marks.all()] == [
        ("Mice", "exclude"),
        ("work", "include"),
        ("gardens", "include"),
    ]
    styles = deck.locator("#abstract mark").evaluate_all(
        "marks => marks.map(m => getComputedStyle(m).borderBottomStyle)"
    )
    assert styles == ["dashed", "solid", "solid"]


def test_a_killed_server_loses_no_decision(deck: Page, server: Server) -> None:
    shown = [title(deck)]
    deck.keyboard.press("i")
    saved(deck)
    server.kill()
    for _ in range(3):
        shown.append(title(deck))
        deck.keyboard.press("e")
    expect(deck.locator("#saved")).to_contain_text("Saving 3")
    server.start()
    expect(deck.locator("#saved")).to_have_text("All saved", timeout=60_000)
    assert stored(server) == list(zip(shown, ["include", *["exclude"] * 3], strict=True))


def test_a_tab_that_was_closed_in_between_sends_its_decisions_later(
    deck: Page, server: Server
) -> None:
    address = deck.url
    server.kill()
    shown = title(deck)
    deck.keyboard.press("i")
    context = deck.context
    deck.close(run_before_unload=False)
    server.start()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#card")).to_contain_text("44 left here", timeout=60_000)
    saved(again)
    assert stored(server) == [(shown, "include")]
