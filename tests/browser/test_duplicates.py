"""The page Duplicates: keys, undo, two people at once, and what teams keep apart."""

import pytest
from playwright.sync_api import Page, expect

from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    pair_history,
    record_pairs,
)
from evidence.steps.records.importing import imports, uploads
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from scripts.serving import Server, still
from tests.browser.conftest import Go, colleague, visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]
SUBJECTS = ("gardens", "kitchens", "libraries")
JOURNALS = (("Work and Society", 9), ("Annals of Rehabilitation", 55))


def imported(desk: Desk, file: str, text: str) -> None:
    look = uploads.add(desk, file, text.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name=file))])


@pytest.fixture
def pairs(desk: Desk) -> Desk:
    """Three pairs that the rules leave to a person: one title, two journals."""
    entry = (
        "TY  - JOUR\nTI  - Meaningful occupation in community {subject} for adults\n"
        "AU  - Meyer, Eva\nAU  - Ito, Ken\nPY  - 2004\nJO  - {journal}\nVL  - {volume}\nER  - \n"
    )
    for journal, volume in JOURNALS:
        text = "".join(entry.format(subject=s, journal=journal, volume=volume) for s in SUBJECTS)
        imported(desk, f"{volume}.ris", text)
    assert duplicates.run(desk).possible == len(SUBJECTS)
    return desk


def bens(desk: Desk) -> Desk:
    return colleague(desk, "Ben")


def subject(page: Page) -> str:
    expect(page.locator(".pair")).to_have_count(1)
    shown = page.locator(".pair").inner_text()
    (one,) = (word for word in SUBJECTS if word in shown)
    return one


def press(page: Page, key: str) -> None:
    """Press a key and wait until the page listens for the next one."""
    listener = page.locator("[data-listens-for]")
    about = listener.get_attribute("data-listens-for") or ""
    page.keyboard.press(key)
    expect(listener).not_to_have_attribute("data-listens-for", about)
    still(page)


def said(desk: Desk) -> list[str]:
    return [act.verdict for act, _ in pair_history.history(desk)]


def test_undo_brings_the_pair_back(page: Page, server: Server, pairs: Desk) -> None:
    visit(page, server, pairs, "duplicates")
    first = subject(page)
    press(page, "s")
    assert subject(page) != first
    press(page, "u")
    assert subject(page) == first
    assert said(pairs) == ["withdrawn", "same"]
    press(page, "k")
    assert subject(page) != first


def test_who_comes_second_is_told_and_sees_the_next_pair(
    page: Page, server: Server, pairs: Desk
) -> None:
    visit(page, server, pairs, "duplicates")
    shown = subject(page)
    ids = next(
        one.pair
        for one in record_pairs.waiting(pairs)
        if (pair := record_pairs.get(pairs, one.pair)) and shown in pair.first.reference.title
    )
    record_pairs.answer(bens(pairs), ids, "different", "<b>other</b> samples")
    press(page, "s")
    expect(page.get_by_text("Ben decided the pair that stood here: different")).to_be_visible()
    assert subject(page) != shown
    assert said(pairs) == ["different"]
    page.get_by_role("tab", name="Decided by people").click()
    expect(page.get_by_text("<b>other</b> samples")).to_be_visible()


def test_many_are_decided_after_a_look_and_taken_back_at_once(
    page: Page, server: Server, pairs: Desk
) -> None:
    visit(page, server, pairs, "duplicates")
    page.get_by_text("Decide many at once").click()
    same = page.get_by_role("button", name="All are the same")
    expect(page.get_by_text("drawn at random")).to_be_visible()
    expect(same).to_be_disabled()
    still(page)
    page.get_by_text("I looked at all of them").click()
    expect(same).to_be_enabled()
    still(page)
    same.click()
    expect(page.get_by_text("No pair waits for a decision.")).to_be_visible()
    assert duplicates.counts(pairs).works == len(SUBJECTS)
    still(page)
    page.get_by_role("tab", name="Decided by people").click()
    still(page)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    assert duplicates.counts(pairs).possible == len(SUBJECTS)


def test_a_team_chooses_what_is_kept_apart(page: Page, server: Server, pairs: Desk) -> None:
    visit(page, server, pairs, "duplicates")
    page.get_by_role("tab", name="What is kept apart").click()
    still(page)
    page.get_by_text("Preprints", exact=True).click()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_text("What is kept apart was changed")).to_be_visible()
    still(page)
    assert duplicate_policy.current(pairs).kinds == duplicate_policy.DEFAULT - {"preprint"}
    page.get_by_role("button", name="Compare again").click()
    expect(page.get_by_text("What is kept apart was changed")).to_have_count(0)
    expect(page.get_by_text("Counted as duplicates where they agree otherwise: preprints").first
           ).to_be_visible()  # fmt: skip


def test_two_works_chosen_in_the_list_become_one(
    page: Page, server: Server, pairs: Desk, go: Go
) -> None:
    visit(page, server, pairs, "records")
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    for row in (1, 4):  # the head is row 0; the mark of a row stands at its left end
        page.mouse.click(box["x"] + 18, box["y"] + 35 * row + 17)
        still(page)
    page.get_by_role("button", name="They are one publication").click()
    expect(page.get_by_text("5 works. Choose one")).to_be_visible()
    assert records.count(pairs, Filter()) == 5
    go("Duplicates")
    page.get_by_role("tab", name="Joined").click()
    still(page)
    page.locator("summary").first.click()
    still(page)
    page.get_by_role("button", name="Split off").last.click()
    expect(page.get_by_text("Nothing was joined yet.")).to_be_visible()
    assert said(pairs) == ["different", "same"]


@pytest.mark.parametrize("tab", ["To decide", "Joined", "Decided by people", "Report"])
def test_nothing_is_cut_off_on_a_telephone(
    page: Page, server: Server, pairs: Desk, tab: str
) -> None:
    record_pairs.answer(bens(pairs), record_pairs.waiting(pairs)[0].pair, "same", "y" * 200)
    page.set_viewport_size({"width": 400, "height": 800})
    visit(page, server, pairs, "duplicates")
    page.get_by_role("tab", name=tab).click()
    still(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth <= one.clientWidth")
