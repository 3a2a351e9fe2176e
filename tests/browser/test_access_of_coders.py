"""The coding of a file on Import, and what Coders shows and asks, under axe in all modes."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from evidence.coding.answers import Answer
from evidence.steps.coding import coders, coding
from evidence.steps.desk import Desk
from evidence.steps.review import people
from evidence.store import Role
from evidence.store.schema import member
from scripts.accessibility import found_in_all_modes
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.browser.reconciled_studies import asked_of_two, colleague, double_coded
from tests.eppi.made_exports import as_bytes
from tests.steps.coding.test_brought_codings import TWO, take

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def nothing_found(page: Page, where: str) -> None:
    assert found_in_all_modes(page) == {}, where


def lead(desk: Desk) -> None:
    """Let Eva, whose browser it is, edit the review."""
    is_eva = member.c.person_id == people.named(desk.store, "Eva").id
    with desk.writing(Role.OWNER) as w:
        w.connection.execute(update(member).where(is_eva).values(role="owner"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    still(page)


def test_codings_of_files(page: Page, server: Server, desk: Desk) -> None:
    lead(desk)
    take(desk, as_bytes(TWO), "A very long name of a report <b>of codings</b>.json")
    visit(page, server, desk, "import")
    page.get_by_text("Bring its coding in").click()
    still(page)
    press(page, "Show what comes in")
    expect(page.get_by_text("2 references with coding: 2 new studies")).to_be_visible()
    nothing_found(page, "what comes in")
    press(page, "Bring this coding in")
    expect(page.get_by_text("2 codings came in")).to_be_visible()
    nothing_found(page, "what came in")
    press(page, "Undo …")
    expect(page.get_by_text("Take back 2 codings")).to_be_visible()
    nothing_found(page, "what taking back does")
    page.keyboard.press("Escape")
    page.get_by_text("Bring its coding in for another coder").click()
    still(page)
    press(page, "Show what comes in")
    expect(page.get_by_text("was brought in already")).to_be_visible()
    nothing_found(page, "why it is refused")


def test_what_a_smaller_share_lets_others_read_and_a_pilot(
    page: Page, server: Server, desk: Desk
) -> None:
    lead(desk)
    (first, _), _, scheme_id = asked_of_two(desk)
    ada, ben = colleague(desk, "Ada"), colleague(desk, "Ben")
    coders.give(desk, scheme_id, ada.person_id, [first])
    coding.set_answer(ada, first, Answer(question="people", value="9"))
    coding.set_answer(ada, first, Answer(question="service", codes=("kitchen",)))
    coding.complete(ada, first)
    visit(page, server, desk, "coders")
    page.get_by_text("One person", exact=True).click()
    expect(page.get_by_text("What is complete of 1 study could be read")).to_be_visible()
    nothing_found(page, "a smaller share")
    press(page, "Leave it as it was")
    page.get_by_role("tab", name="Who codes what").click()
    still(page)
    nothing_found(page, "who codes what")
    coders.begin_pilot(desk, scheme_id, [ada.person_id, ben.person_id], 1)
    page.get_by_role("tab", name="Pilots").click()
    expect(page.get_by_role("button", name="End this pilot")).to_be_visible()
    nothing_found(page, "a pilot that runs")


def test_agreement(page: Page, server: Server, desk: Desk) -> None:
    lead(desk)
    double_coded(desk)
    visit(page, server, desk, "coders")
    page.get_by_role("tab", name="Agreement").click()
    expect(page.get_by_text("2 studies coded by")).to_be_visible()
    still(page)
    nothing_found(page, "agreement")
