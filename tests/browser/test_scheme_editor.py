"""A scheme is changed with mouse and keys, says what it touches, is kept and coded with."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from evidence.coding.answers import Answer
from evidence.coding.scheme import Scheme
from evidence.steps.coding import coding, scheme_drafts, schemes
from evidence.steps.desk import Desk
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.browser.test_coding import two_studies
from tests.browser.test_screening import eva

pytestmark = [pytest.mark.browser, pytest.mark.journey]

SHIPPED = "process-components"


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("treeitem", name=name, exact=True)


def draft(desk: Desk, scheme_id: int) -> Scheme:
    return scheme_drafts.draft_of(eva(desk), scheme_id).scheme


def kept(page: Page) -> None:
    """Wait until the server has everything."""
    expect(page.locator(".saved")).to_have_text("✓ Your changes are kept for you")


def codes(desk: Desk, scheme_id: int, question: str) -> list[str]:
    asked = draft(desk, scheme_id).question(question)
    assert asked is not None
    return [option.label for option in asked.walk()]


def open_scheme(page: Page, title: str) -> None:
    box = page.locator(".st-key-scheme-to-edit input")
    box.click()
    box.fill(title)
    page.get_by_role("option", name=title).first.click()
    expect(row(page, f"The scheme: {title}")).to_be_visible()


def drag(page: Page, what: Locator, onto: Locator, fraction: float) -> None:
    """Drag a row to a place within another one."""
    what.scroll_into_view_if_needed()
    start, end = what.locator(".handle").bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 4, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 3, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] * fraction, steps=4)
    page.mouse.up()


def test_a_scheme_is_made_from_a_shipped_one_and_coded_with(
    page: Page, server: Server, desk: Desk
) -> None:
    first, _ = two_studies(desk)
    visit(page, server, desk, "schemes")
    page.get_by_text("Schemes of this review").click()
    take = page.locator(f".st-key-take-{SHIPPED}-yaml button")
    take.click()
    expect(take).to_have_count(0)  # what says that it was taken stands in place of the offers
    still(page)
    scheme_id = schemes.taken(desk)[-1].id
    title = schemes.get(desk, scheme_id).scheme.title
    open_scheme(page, title)

    add(page, desk, scheme_id)
    move(page, desk, scheme_id)

    # It is read before it is kept; then it is coded with, on the desk's next visit.
    page.get_by_role("tab", name="As the coder sees it").click()
    expect(page.locator("#scheme-preview").get_by_text("Who helped?")).to_be_visible()
    expect(page.get_by_text("The question “Who helped?” is added.")).to_be_visible()
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_text("is kept, and asked from now on.")).to_be_visible()
    coding.set_answer(eva(desk), first, Answer(question="who-helped", codes=("peers",)), scheme_id)
    merge(page, desk, scheme_id, first)

    page.goto(f"{server.url}/coding?review={desk.review_id}")
    page.get_by_role("tab", name=title).click()
    expect(page.get_by_role("radio", name="Neighbours")).to_be_checked()
    page.get_by_role("radio", name="Volunteers").check()
    expect(page.locator(".saved")).to_have_text("✓ All saved")


def merge(page: Page, desk: Desk, scheme_id: int, study_id: int) -> None:
    """Two codes are merged: what that touches is told, and no answer is dropped."""
    page.get_by_role("tab", name="Change").click()
    page.get_by_role("searchbox", name="Find in the scheme").fill("Peers")
    row(page, "Code: Peers").click()
    page.keyboard.press("m")
    page.keyboard.type("Neighbours")
    page.keyboard.press("Enter")
    told = page.get_by_text(re.compile("is merged into “Neighbours”. 1 answer in 1 study stays"))
    expect(told).to_be_visible()
    page.reload()  # nothing is lost
    open_scheme(page, schemes.get(desk, scheme_id).scheme.title)
    expect(told).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    page.get_by_role("button", name="Do again what was undone").click()
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_text("is kept, and asked from now on.")).to_be_visible()
    sheet = coding.sheet(eva(desk), study_id, scheme_id)
    assert sheet.answers[0].codes == ("neighbours",)
    assert [version.number for version in schemes.versions(desk, scheme_id)] == [3, 2, 1]


def add(page: Page, desk: Desk, scheme_id: int) -> None:
    """A question with codes, added after another one, and more codes in place."""
    question = schemes.get(desk, scheme_id).scheme.questions[0]
    row(page, f"Question: {question.text}").click()
    page.get_by_role("button", name="Add a question").click()
    page.get_by_role("textbox", name="Question", exact=True).fill("Who helped?")
    page.get_by_role("textbox", name="Its codes, one on a line").fill("Peers\nStaff\nFamily")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(row(page, "Question: Who helped?")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#scheme-change [data-field=text]")).to_be_focused()
    row(page, "Question: Who helped?").focus()
    page.keyboard.press("a")
    for label in ("Volunteers", "Neighbours"):
        page.keyboard.type(label)
        page.keyboard.press("Enter")
        expect(row(page, f"Code: {label}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    kept(page)
    everyone = ["Peers", "Staff", "Family", "Volunteers", "Neighbours"]
    assert codes(desk, scheme_id, "who-helped") == everyone


def test_who_adds_a_question_with_keys_stands_in_it(page: Page, server: Server, desk: Desk) -> None:
    two_studies(desk)
    visit(page, server, desk, "schemes")
    first = schemes.taken(desk)[0].scheme.questions[0]
    row(page, f"Question: {first.text}").click()
    page.keyboard.press("q")
    page.keyboard.type("Who paid?")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("State")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row(page, "Question: Who paid?")).to_have_attribute("aria-selected", "true")
    text = page.locator("#scheme-change [data-field=text]")
    expect(text).to_be_focused()
    expect(text).to_have_value("Who paid?")
    page.keyboard.press("End")
    page.keyboard.type(" And how?")
    expect(row(page, "Question: Who paid? And how?")).to_be_visible()
    kept(page)
    page.get_by_role("tab", name="As the coder sees it").click()
    told = page.locator("#scheme-preview .told")
    expect(told).to_contain_text(re.compile(r"\d+ questions are open in it\."))


def move(page: Page, desk: Desk, scheme_id: int) -> None:
    """One is moved by dragging, one by keys; one is renamed in place."""
    drag(page, row(page, "Code: Neighbours"), row(page, "Code: Peers"), 0.2)
    kept(page)
    assert codes(desk, scheme_id, "who-helped")[0] == "Neighbours"
    row(page, "Code: Staff").click()
    page.keyboard.press("Alt+ArrowDown")
    kept(page)
    expect(row(page, "Code: Staff")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Paid staff")
    page.keyboard.press("Enter")
    kept(page)
    assert codes(desk, scheme_id, "who-helped") == [
        "Neighbours", "Peers", "Family", "Paid staff", "Volunteers",
    ]  # fmt: skip
