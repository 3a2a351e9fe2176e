"""The deck in the browser: what is stored is what was shown, whatever happens on the way."""

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from evidence.screening.keyboard import Action
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reviews, team
from evidence.steps.screening import (
    common_queue,
    decisions,
    held_works,
    pilots,
    screening_preferences,
)
from evidence.store import Role
from evidence.store.records.sources import SourceDraft
from evidence.store.review import team as stored_team
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import NewDecision
from scripts.serving import Server, free_port, name_oneself, still
from tests.browser.conftest import begin, colleague, new_review, visit
from tests.browser.slow_link import SlowLink
from tests.steps.conftest import taken

pytestmark = [pytest.mark.browser, pytest.mark.journey]
RECORDS = 45
LOADING = "Loading the next ones …"


@pytest.fixture
def deck(page: Page, server: Server, desk: Desk) -> Page:
    """The screening page with 45 works to decide."""
    fill(desk, RECORDS)
    visit(page, server, desk, "screening")
    begin(page)
    expect(page.locator("#card")).to_contain_text(f"{RECORDS} left here")
    return page


def fill(desk: Desk, works: int) -> None:
    entries = "".join(
        f"TY  - JOUR\nTI  - Record {n:02} on gardening at work\nAB  - Mice do not work in gardens; "
        f"networking is another word.\nPY  - 2001\nER  - \n"
        for n in range(1, works + 1)
    )
    look = uploads.add(desk, "a.ris", entries.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name="A"))])


def eva(desk: Desk) -> Desk:
    """The desk of the visitor in the browser."""
    person = people.named(desk.store, "Eva")
    return Desk(store=desk.store, review_id=desk.review_id, person_id=person.id)


def press_thirty(page: Page, pause: int) -> list[tuple[str, str]]:
    """Thirty keys, with what was on the screen when each was pressed."""
    meant = []
    for number in range(30):
        key, verdict = ("i", "include") if number % 3 else ("e", "exclude")
        if title(page) == LOADING:  # faster than the link can bring works
            expect(page.locator("#title")).not_to_have_text(LOADING)
        meant.append((title(page), verdict))
        page.keyboard.press(key)
        page.wait_for_timeout(pause)
    return meant


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


def test_a_stranger_who_opens_a_link_takes_nothing_until_they_take_part_and_begin(
    page: Page, server: Server, desk: Desk
) -> None:
    other = reviews.create(desk.store, desk.person_id, Draft(title="A link was sent"))
    fill(other, 3)
    visit(page, server, replace(desk, review_id=other.review_id), "screening")
    take_part = page.get_by_role("button", name="Take part in this review")
    expect(take_part).to_be_visible()
    expect(page.locator("#title")).to_contain_text("Nothing waits for you here")
    page.keyboard.press("Enter")
    page.keyboard.press("i")
    still(page)
    assert (team.names(other), held_works.listing(other), stored(server)) == ({}, [], [])
    take_part.click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert list(team.names(other).values()) == ["Eva"]
    assert held_works.listing(other) == []
    page.locator("[data-listens-for]").wait_for(state="attached")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("3 left here")
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)
    (hold,) = held_works.listing(other)
    assert (hold.name, hold.works) == ("Eva", 3)


def test_enter_presses_what_has_the_focus_and_does_not_begin(
    page: Page, server: Server, desk: Desk
) -> None:
    fill(desk, 3)
    visit(page, server, desk, "screening")
    page.locator("[data-listens-for]").wait_for(state="attached")
    page.locator("summary", has_text="My decisions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You decided nothing at this stage yet.")).to_be_visible()
    assert held_works.listing(desk) == []


def test_enter_begins_also_where_the_link_of_the_menu_has_the_focus(
    page: Page, server: Server, desk: Desk
) -> None:
    fill(desk, 3)
    visit(page, server, desk, "screening")
    page.locator("[data-listens-for]").wait_for(state="attached")
    page.locator("[data-testid=stSidebar] a[href*='screening']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("3 left here")


def test_a_pilot_comes_first_with_its_place_and_after_undo_again(
    deck: Page, server: Server, desk: Desk
) -> None:
    """It begins while the deck is open, with other works before its reader."""
    readers = [person_id for person_id, name in team.names(desk).items() if name == "Eva"]
    readers.append(colleague(desk, "Ben").person_id)
    pilots.begin(desk, Stage.TITLE_ABSTRACT, readers, 3, name="First", seed=1)
    deck.keyboard.press("i")  # on what was on the screen
    saved(deck)
    places = [f"Pilot “First”: {place} of 3" for place in (1, 2, 3)]
    count = deck.locator("#count")
    expect(count).to_have_text(places[0])
    expect(deck.get_by_text("comes first: 3 works of it left for you")).to_be_visible()
    shown = []
    for place in places[:2]:
        expect(count).to_have_text(place)
        shown.append(title(deck))
        deck.keyboard.press("e")
    expect(count).to_have_text(places[2])
    deck.keyboard.press("u")
    expect(count).to_have_text(places[1])
    expect(deck.locator("#title")).to_have_text(shown[1])
    saved(deck)
    deck.reload()
    expect(count).to_have_text(places[1])
    for place in places[1:]:
        expect(count).to_have_text(place)
        deck.keyboard.press("e")
    expect(count).to_have_text("41 left here")
    saved(deck)


def test_what_is_left_is_one_number_in_the_deck_below_it_and_on_team(
    page: Page, server: Server, desk: Desk
) -> None:
    """While a colleague holds works, after decisions, an undo and an import."""
    fill(desk, RECORDS)
    common_queue.begin(colleague(desk, "Ben"), Stage.TITLE_ABSTRACT)
    visit(page, server, desk, "screening")
    begin(page)
    left = RECORDS - common_queue.LOADED
    for key, change in (("", 0), ("i", -1), ("e", -1), ("u", 1)):
        if key:
            page.keyboard.press(key)
        left += change
        expect(page.locator("#count")).to_have_text(f"{left} left here")
        saved(page)
        expect(page.get_by_text(f"{left} left for you")).to_be_visible()
    fill(desk, 2)
    left += 2
    page.reload()
    expect(page.locator("#count")).to_have_text(f"{left} left here")
    expect(page.get_by_text(f"{left} left for you")).to_be_visible()
    visit(page, server, desk, "team")
    expect(page.get_by_text(f"{left} left for you")).to_be_visible()


def test_thirty_quick_keys_store_exactly_what_was_shown(deck: Page, server: Server) -> None:
    meant = press_thirty(deck, 50)
    saved(deck)
    assert stored(server) == meant
    assert len({shown for shown, _ in meant}) == 30
    expect(deck.get_by_text("Open 15")).to_have_count(2)


def test_over_a_slow_link_what_was_shown_is_stored_and_a_cut_loses_nothing(
    page: Page, server: Server, desk: Desk
) -> None:
    fill(desk, RECORDS)
    link = SlowLink(target=server.port, delay=0.075)  # 150 ms there and back
    link.start()
    address = f"http://127.0.0.1:{link.port}"
    page.goto(f"{address}/screening?review={desk.review_id}")
    still(page)
    begin(page)
    expect(page.locator("#card")).to_contain_text(f"{RECORDS} left here")
    meant = press_thirty(page, 50)
    saved(page)
    assert stored(server) == meant
    link.break_off()
    for _ in range(5):
        meant.append((title(page), "maybe"))
        page.keyboard.press("m")
    expect(page.locator("#saved")).to_contain_text("Saving 5")
    expect(page.locator("#trouble")).to_contain_text("No answer from the server. 5 kept")
    link.mend()
    expect(page.locator("#saved")).to_have_text("All saved", timeout=60_000)
    expect(page.locator("#trouble")).to_be_empty()
    assert stored(server) == meant
    link.stop()


@pytest.mark.parametrize("forgets_after", [None, 1])
def test_a_cut_of_five_minutes_loses_nothing(
    context: BrowserContext, tmp_path: Path, forgets_after: int | None
) -> None:
    """The time of the browser is passed for it; the server goes on with the same session, or has
    forgotten it, as it does at some time and after a restart.
    """
    own = Server(folder=tmp_path, port=free_port(), forgets_after=forgets_after)
    own.start()
    link = SlowLink(target=own.port, delay=0)
    link.start()
    page = context.new_page()
    page.clock.install()
    name_oneself(page, f"http://127.0.0.1:{link.port}", "Eva")
    with new_review(own) as desk:
        fill(desk, RECORDS)
        page.goto(f"http://127.0.0.1:{link.port}/screening?review={desk.review_id}")
        begin(page)
        expect(page.locator("#card")).to_contain_text(f"{RECORDS} left here")
        meant = decide(page, "ie")
        saved(page)
        link.break_off()
        meant += decide(page, "m")
        for _ in range(10):
            pass_time(page, 30)
            meant += decide(page, "e")
        expect(page.locator("#trouble")).to_contain_text("No answer from the server. 11 kept")
        link.mend()
        for _ in range(8):
            pass_time(page, 10)
            if page.locator("#saved").inner_text() == "All saved":
                break
        saved(page)
        expect(page.locator("#trouble")).to_be_empty()
        meant += decide(page, "ii")
        saved(page)
        assert stored(own) == meant
    page.close()
    link.stop()
    own.kill()


def test_a_page_that_idled_through_a_restart_hears_people_again(deck: Page, server: Server) -> None:
    loaded = deck.evaluate("performance.timeOrigin")
    server.kill()
    app = deck.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    still(deck)
    meant = decide(deck, "ie")
    saved(deck)
    assert stored(server) == meant
    assert deck.evaluate("performance.timeOrigin") == loaded  # and was not loaded anew for it


def pass_time(page: Page, seconds: int) -> None:
    """Let time pass for the browser; what it asks of the network gets a moment of real time."""
    page.clock.run_for(seconds * 1000)
    page.wait_for_timeout(500)


def decide(page: Page, keys: str) -> list[tuple[str, str]]:
    """Press keys; gives what was on the screen, and what was meant by each."""
    verdicts = {"i": "include", "e": "exclude", "m": "maybe"}
    meant = []
    for key in keys:
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("#title")).not_to_have_text(LOADING)
        meant.append((title(page), verdicts[key]))
        page.keyboard.press(key)
    return meant


@pytest.mark.parametrize(
    ("key", "shift"), [("1", False), ("&", False), ("1", True)], ids=["QWERTY", "AZERTY", "Shift"]
)
def test_a_reason_has_its_key_on_every_keyboard(
    deck: Page, server: Server, key: str, *, shift: bool
) -> None:
    """French keyboards give signs in the upper row, and digits with Shift."""
    shown = title(deck)
    press(deck, key, "Digit1", shift=shift)
    saved(deck)
    assert stored(server) == [(shown, "exclude")]
    expect(deck.get_by_text("Exclude: " + shown)).to_be_visible()
    assert newest_reasons(server) == ["Not about work"]


def test_shift_with_a_digit_ticks_a_reason_where_it_gives_a_sign(
    deck: Page, server: Server
) -> None:
    press(deck, "!", "Digit1", shift=True)
    press(deck, '"', "Digit2", shift=True)
    assert stored(server) == []
    deck.keyboard.press("e")
    saved(deck)
    assert newest_reasons(server) == ["Not about work", "Not adults"]


def test_what_stands_on_a_key_comes_before_the_digit_it_could_be(
    deck: Page, server: Server, desk: Desk
) -> None:
    own = screening_preferences.ScreeningPreferences(
        keys={**screening_preferences.ScreeningPreferences().keys, Action.MAYBE: "é"}
    )
    screening_preferences.change(eva(desk), own)
    deck.reload()
    expect(deck.locator("#maybe")).to_contain_text("É")
    shown = title(deck)
    press(deck, "é", "Digit2", shift=False)
    saved(deck)
    assert stored(server) == [(shown, "maybe")]


def test_streamlits_own_keys_and_typed_digits_decide_nothing(deck: Page, server: Server) -> None:
    for key in ("c", "r"):
        deck.keyboard.press(key)
    deck.keyboard.press("n")
    deck.keyboard.type("1 & 2, ie")
    press(deck, "&", "Digit1", shift=False, into="#note")
    deck.wait_for_timeout(500)
    assert stored(server) == []
    expect(deck.locator("#note")).to_have_value("1 & 2, ie")


def press(page: Page, key: str, code: str, *, shift: bool, into: str = "#title") -> None:
    """What a keyboard of another country sends."""
    init = {"key": key, "code": code, "shiftKey": shift, "bubbles": True, "composed": True}
    page.locator(into).evaluate(
        "(field, init) => (field.id === 'note' ? field : document.body)"
        ".dispatchEvent(new KeyboardEvent('keydown', init))",
        init,
    )


def newest_reasons(server: Server) -> list[str]:
    with sqlite3.connect(server.database.removeprefix("sqlite:///")) as connection:
        query = "SELECT reason_ids FROM decision ORDER BY id DESC LIMIT 1"
        ids = json.loads(connection.execute(query).fetchone()[0])
        names = dict(connection.execute("SELECT id, label FROM reason").fetchall())
    return [names[one] for one in ids]


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


def test_not_retrieved_asks_why_before_it_is_sent(page: Page, server: Server, desk: Desk) -> None:
    fill(desk, 2)
    at = colleague(desk, "Eva")
    for work in taken(at, Stage.TITLE_ABSTRACT).waiting:
        yes = NewDecision(
            work_id=work.id,
            stage=Stage.TITLE_ABSTRACT,
            verdict=Verdict.INCLUDE,
            client_id=f"yes-{work.id}",
        )
        decisions.decide(at, [yes])
    page.goto(f"{server.url}/screening?review={desk.review_id}&stage=full_text")
    begin(page)
    expect(page.locator("#card")).to_contain_text("2 left here")
    first = title(page)
    page.keyboard.press("t")
    expect(page.locator("#why-not")).to_contain_text("Why could the report not be retrieved?")
    expect(page.locator("#title")).to_have_text(first)
    page.keyboard.type("No library has it")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).not_to_have_text(first)
    saved(page)
    (one,) = decisions.own(at, Stage.FULL_TEXT)
    assert (one.verdict, one.note) == (Verdict.NOT_RETRIEVED, "No library has it")


def test_undo_gives_the_note_and_the_reasons_back(deck: Page) -> None:
    first = title(deck)
    deck.locator("#reasons input[type=checkbox]").nth(1).check()
    deck.locator("#note").fill("no gardens in it")
    deck.locator("#exclude").click()
    second = title(deck)
    deck.locator("#note").fill("half a thought")
    deck.locator("#undo").click()
    expect(deck.locator("#title")).to_have_text(first)
    expect(deck.locator("#note")).to_have_value("no gardens in it")
    expect(deck.locator("#reasons input[type=checkbox]").nth(1)).to_be_checked()
    deck.locator("#exclude").click()
    expect(deck.locator("#title")).to_have_text(second)
    expect(deck.locator("#note")).to_have_value("half a thought")
    saved(deck)
    deck.reload()
    expect(deck.locator("#card")).to_contain_text("44 left here")
    deck.locator("#undo").click()
    expect(deck.locator("#title")).to_have_text(first)
    expect(deck.locator("#note")).to_have_value("no gardens in it")
    expect(deck.locator("#reasons input[type=checkbox]").nth(1)).to_be_checked()


def test_terms_are_marked_as_whole_words_and_told_apart_without_colour(deck: Page) -> None:
    marks = deck.locator("#abstract mark")
    assert [(m.inner_text(), m.get_attribute("class")) for m in marks.all()] == [
        ("Mice", "exclude"),
        ("work", "include"),
        ("gardens", "include"),
    ]
    assert lines_below(deck) == ["dashed", "solid", "solid"]


def lines_below(page: Page) -> list[str]:
    """How the terms in the abstract are underlined."""
    found: list[str] = page.locator("#abstract mark").evaluate_all(
        "marks => marks.map(m => getComputedStyle(m).textDecorationStyle)"
    )
    return found


def test_own_keys_terms_and_text_size_are_used(page: Page, server: Server, desk: Desk) -> None:
    fill(desk, 3)
    keys = {**screening_preferences.ScreeningPreferences().keys, Action.INCLUDE: "j"}
    own = screening_preferences.ScreeningPreferences(
        keys=keys,
        terms=Terms(include=("net*ing",), exclude=("*ther",)),
        size=screening_preferences.TextSize.LARGEST,
    )
    screening_preferences.change(eva(desk), own)
    visit(page, server, desk, "screening")
    begin(page)
    expect(page.locator("#include")).to_have_text("Include J")
    assert page.locator("#include").get_attribute("aria-keyshortcuts") == "j"
    assert lines_below(page) == ["dashed", "solid", "solid", "double", "wavy"]
    assert page.locator("#card").evaluate("card => getComputedStyle(card).fontSize") == "22.5px"
    shown = title(page)
    page.keyboard.press("i")
    page.keyboard.press("j")
    saved(page)
    assert stored(server) == [(shown, "include")]


def test_all_of_it_by_keyboard(deck: Page, server: Server, desk: Desk) -> None:
    first = title(deck)
    deck.keyboard.press("l")
    deck.keyboard.type("Key paper")
    deck.keyboard.press("Enter")
    deck.keyboard.press("Escape")
    deck.keyboard.press("Shift+Digit1")
    deck.keyboard.press("Shift+Digit2")
    expect(deck.get_by_label("Also: Not adults")).to_be_checked()
    deck.keyboard.press("e")
    second = title(deck)
    deck.keyboard.press("s")
    third = title(deck)
    deck.keyboard.press("l")
    deck.keyboard.press("1")
    expect(deck.locator("#labels button")).to_have_attribute("aria-pressed", "true")
    deck.keyboard.press("1")
    deck.keyboard.press("Escape")
    deck.keyboard.press("i")
    saved(deck)
    (included, excluded) = decisions.own(eva(desk), Stage.TITLE_ABSTRACT)
    assert (excluded.title, excluded.reasons) == (first, ("Not about work", "Not adults"))
    assert included.title == third
    assert labels.of_work(eva(desk), excluded.work_id) == ["Key paper"]
    assert labels.of_work(eva(desk), included.work_id) == []
    deck.reload()
    expect(deck.locator("#card")).to_contain_text("43 left here")
    assert title(deck) not in {first, second, third}
    deck.keyboard.press("d")
    expect(deck.get_by_role("dialog")).to_contain_text(title(deck))
    deck.keyboard.press("i")  # behind the dialog nothing is decided
    assert len(stored(server)) == 2


def test_a_missing_abstract_is_written_and_taken_back(
    page: Page, server: Server, desk: Desk
) -> None:
    entry = "TY  - JOUR\nTI  - Without an abstract\nER  - \n"
    look = uploads.add(desk, "a.ris", entry.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name="A"))])
    visit(page, server, desk, "screening")
    begin(page)
    expect(page.locator("#card")).to_contain_text("1 left here")
    page.keyboard.press("a")
    page.keyboard.type("Written i e by hand")
    page.get_by_role("button", name="Save the abstract").click()
    expect(page.locator("#abstract")).to_have_text("Written i e by hand")
    expect(page.locator("#edited")).to_contain_text("Written by Eva")
    saved(page)
    page.get_by_role("button", name="Take back what was written").click()
    expect(page.locator("#abstract")).to_have_text("No abstract in the source.")
    saved(page)
    (one,) = taken(eva(desk), Stage.TITLE_ABSTRACT).waiting
    assert [edit.value for edit in editing.history(desk, one.id)] == ["Written i e by hand", ""]
    assert stored(server) == []


def test_the_only_record_is_skipped_decided_and_focus_is_not_lost(
    page: Page, server: Server, desk: Desk
) -> None:
    fill(desk, 1)
    visit(page, server, desk, "screening")
    begin(page)
    expect(page.locator("#card")).to_contain_text("1 left here")
    shown = title(page)
    page.keyboard.press("s")
    saved(page)
    expect(page.locator("#title")).to_have_text(shown)
    page.locator("#include").click()
    expect(page.locator("#title")).to_have_text("Everything here is decided. Well done.")
    expect(page.locator("#title")).to_be_focused()
    page.keyboard.press("i")
    saved(page)
    assert stored(server) == [(shown, "include")]


def test_what_is_refused_stays_until_it_is_dismissed(
    deck: Page, server: Server, desk: Desk
) -> None:
    shown, person_id = title(deck), eva(desk).person_id
    with desk.writing(Role.REVIEWER) as w:
        stored_team.take_part(w)
        stored_team.remove(w, person_id)
    deck.keyboard.press("i")
    refused = deck.locator("#refused")
    expect(refused).to_contain_text(f"Include: “{shown}”. Eva is no longer in the team")
    expect(deck.get_by_text("You were taken out of the team of this review")).to_be_visible()
    deck.reload()
    expect(refused).to_contain_text(shown)
    expect(deck.locator("#title")).to_contain_text("Nothing waits for you here")
    expect(refused.get_by_role("button", name="Dismiss")).to_be_visible()
    with desk.writing(Role.REVIEWER) as w:
        stored_team.add(w, person_id)
    deck.reload()
    expect(refused).to_contain_text(shown)
    refused.get_by_role("button", name="Try again").click()
    saved(deck)
    expect(refused).to_be_hidden()
    assert stored(server) == [(shown, "include")]


def test_what_is_refused_goes_along_to_other_works_where_nothing_can_be_stored(
    page: Page, server: Server, desk: Desk
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    fill(desk, 2)
    visit(page, server, desk, "screening")
    begin(page)
    expect(page.locator("#card")).to_contain_text("2 left here")
    shown, person_id = title(page), eva(desk).person_id
    with desk.writing(Role.REVIEWER) as w:
        stored_team.remove(w, person_id)
    page.keyboard.press("i")
    refused = page.locator("#refused")
    expect(refused).to_contain_text(shown)
    page.get_by_test_id("stButtonGroup").get_by_role("radio", name="Full text").click()
    expect(
        page.get_by_test_id("stButtonGroup").get_by_role("radio", name="Full text")
    ).to_be_checked()
    expect(page.locator("#card")).to_contain_text("Nothing waits for you here")
    expect(refused).to_contain_text(shown)


def test_two_tabs_of_one_person_keep_what_each_showed(deck: Page, server: Server) -> None:
    other = deck.context.new_page()
    other.goto(deck.url)
    expect(other.locator("#card")).to_contain_text(f"{RECORDS} left here")
    shown = title(deck)
    assert title(other) == shown
    deck.keyboard.press("i")
    saved(deck)
    other.bring_to_front()
    other.keyboard.press("e")
    saved(other)
    assert stored(server) == [(shown, "include"), (shown, "exclude")]
    assert title(deck) == title(other)


def test_on_a_phone_the_bar_stays_within_reach_of_the_thumb(deck: Page) -> None:
    deck.set_viewport_size({"width": 400, "height": 800})
    for down in (0, 500):
        deck.get_by_test_id("stMain").evaluate("(main, down) => main.scrollTo(0, down)", down)
        expect(deck.locator("#exclude")).to_be_in_viewport(ratio=1)
        box = deck.locator("#exclude").bounding_box()
        assert box is not None
        assert box["y"] > 500
        assert box["height"] >= 44
    wide = deck.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400


def test_a_screen_reader_hears_each_key_once(deck: Page) -> None:
    expect(deck.get_by_role("button", name="Include", exact=True)).to_be_visible()
    expect(deck.get_by_role("textbox", name="Note", exact=True)).to_be_visible()
    expect(deck.get_by_role("group", name="Decision")).to_be_visible()
    expect(deck.locator("#title")).to_have_attribute("aria-live", "polite")
    hidden = deck.locator("kbd").evaluate_all("all => all.every(k => k.ariaHidden === 'true')")
    assert hidden


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


def test_what_waits_goes_to_who_decided_although_another_person_is_there_meanwhile(
    deck: Page, server: Server, desk: Desk
) -> None:
    shown = [title(deck)]
    deck.keyboard.press("i")
    saved(deck)
    server.kill()
    for _ in range(3):
        shown.append(title(deck))
        deck.keyboard.press("e")
    expect(deck.locator("#saved")).to_contain_text("Saving 3")
    token = next(one["value"] for one in deck.context.cookies() if one.get("name") == "waymark")
    people.sign_in(desk.store, "Finn", token)
    server.start()
    expect(deck.get_by_text("Finn", exact=True)).to_be_visible(timeout=60_000)
    expect(deck.locator("#saved")).to_have_text("All saved")  # nothing of Finn's waits
    theirs = colleague(desk, "Finn")
    people.sign_in(desk.store, "Eva", token)
    deck.goto(deck.url)
    expect(deck.locator("#card")).to_contain_text("41 left here", timeout=60_000)
    saved(deck)
    assert decisions.own(theirs, Stage.TITLE_ABSTRACT) == []
    assert stored(server) == list(zip(shown, ["include", *["exclude"] * 3], strict=True))


def test_enter_begins_also_after_a_click_on_a_stage(page: Page, server: Server, desk: Desk) -> None:
    fill(desk, 3)
    visit(page, server, desk, "screening")
    page.locator("[data-listens-for]").wait_for(state="attached")
    for stage, told in (("Full text", "full"), ("Title and abstract", "title")):
        page.get_by_role("radio", name=stage).click()
        expect(page).to_have_url(re.compile(f"stage={told}"))
        page.locator("[data-stale=true]").first.wait_for(state="detached")
    expect(page.get_by_role("radio", name="Title and abstract")).to_be_focused()
    page.locator("[data-listens-for*=title]").wait_for(state="attached")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("3 left here")


def test_a_click_on_begin_leaves_no_act_under_the_pointer(
    page: Page, server: Server, desk: Desk
) -> None:
    fill(desk, 3)
    visit(page, server, desk, "screening")
    begin_button = page.get_by_role("button", name="Begin")
    box = begin_button.bounding_box()
    assert box is not None
    begin_button.click()
    expect(page.locator("#card")).to_contain_text("3 left here")
    expect(begin_button).to_have_count(0)
    acts = page.evaluate(
        "(points) => points.map(([x, y]) => Boolean(document.elementFromPoint(x, y)"
        "?.shadowRoot ?? document.elementFromPoint(x, y)?.closest('button, a')))",
        [
            [box["x"] + across * box["width"], box["y"] + down * box["height"]]
            for across in (0.02, 0.1, 0.3, 0.5, 0.7, 0.98)
            for down in (0.05, 0.5, 0.95)
        ],
    )
    assert not any(acts)
