"""Authors write a report with live parts, together, and nothing that they write is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from evidence.coding.answers import Answer
from evidence.report.edited_sections import SectionEdit
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_parts, report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.store import Role
from evidence.store.results import report_edits
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.browser.test_coding import two_studies

pytestmark = pytest.mark.browser
WORDS = "Work matters to people."


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def preview(page: Page) -> Locator:
    return page.get_by_role("region", name="Preview").last


def open_section(page: Page, server: Server, desk: Desk, title: str) -> None:
    visit(page, server, desk, "report")
    page.get_by_role("option", name=title).click()
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value(title)
    expect(text(page)).to_be_enabled()


def saved(page: Page) -> None:
    expect(page.locator(".report-editor .saved")).to_have_text("✓ All saved")


def complete(desk: Desk, study_id: int) -> None:
    """The study's only required answer, by its maker."""
    coding.set_answer(desk, study_id, Answer(question="people", value="12"))
    coding.complete(desk, study_id)


def test_an_author_writes_with_live_parts_and_hears_when_they_change(
    page: Page, server: Server, desk: Desk
) -> None:
    first, second = two_studies(desk)
    complete(desk, first)
    open_section(page, server, desk, "Background")
    text(page).fill(WORDS)
    text(page).press("Alt+i")
    page.get_by_role("searchbox", name="Find a live part").fill("a number of")
    page.get_by_role("button", name="A number of studies").click()
    expect(page.get_by_text("It is written as {{number}} and says now:")).to_be_visible()
    page.get_by_role("button", name="Insert", exact=True).last.click()
    expect(text(page)).to_have_value(f"{WORDS} {{{{number}}}}")
    expect(text(page)).to_be_focused()
    number = preview(page).get_by_role("button", name=re.compile("A number of studies"))
    expect(number).to_have_text("1")
    saved(page)

    page.reload()  # nothing is lost
    page.get_by_role("option", name="Background").click()
    expect(text(page)).to_have_value(f"{WORDS} {{{{number}}}}")
    number.press("Enter")
    behind = page.get_by_role("region", name="What it rests on")
    expect(behind.get_by_role("link", name="Gardens and paid work")).to_be_visible()
    behind.press("Escape")
    expect(number).to_be_focused()

    complete(desk, second)
    visit(page, server, desk, "report")
    row = page.get_by_role("option", name="Background")
    expect(row).to_contain_text("1 changed")
    row.click()
    expect(preview(page)).to_contain_text("was: 1")
    page.get_by_role("button", name="Seen: A number of studies").click()
    expect(preview(page)).not_to_contain_text("was:")
    expect(row).not_to_contain_text("changed")
    expect(text(page)).to_have_value(f"{WORDS} {{{{number}}}}")
    download(page)


def download(page: Page) -> None:
    """The web page has what was written, and the number of now."""
    page.get_by_role("button", name="Download the report").click()
    page.get_by_text("Web page, one file").click()
    still(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download the file")).click()
    assert waiting.value.suggested_filename == "report.html"
    html = waiting.value.path().read_text(encoding="utf-8")
    assert re.search(rf"{WORDS} <a [^>]*>2</a>", html)


def test_two_who_write_in_one_section_lose_nothing(page: Page, server: Server, desk: Desk) -> None:
    open_section(page, server, desk, "Background")
    colleague = {"client_id": "theirs", "act": "write", "section": "background",
                 "title": "Background", "text": "Theirs.", "before": [""]}  # fmt: skip

    def filled() -> FilledParts:
        return report_parts.of_person(desk, report_parts.hearer(desk))

    assert report_text.apply(desk, [colleague], filled).accepted
    text(page).fill("Mine.")
    expect(page.get_by_text("Maker changed this section meanwhile")).to_be_visible()
    expect(text(page)).to_have_value("Mine.")
    text(page).press("End")
    page.keyboard.type(" More.")

    page.reload()  # the choice still waits, and so does what was typed since
    expect(page.get_by_text("Maker changed this section meanwhile")).to_be_visible()
    expect(text(page)).to_have_value("Mine. More.")
    page.get_by_role("button", name="Join both").click()
    expect(text(page)).to_have_value("Mine. More.\n\nTheirs.")
    saved(page)
    kept = report_text.current(desk)["background"]
    assert kept.edit.text == "Mine. More.\n\nTheirs."


def test_sections_are_added_moved_and_taken_out_by_keys(
    page: Page, server: Server, desk: Desk
) -> None:
    open_section(page, server, desk, "Background")
    page.get_by_role("textbox", name="Title of a new section").fill("Harms")
    page.keyboard.press("Enter")
    expect(text(page)).to_be_focused()
    page.keyboard.type("Few were reported.")
    page.keyboard.press("Control+s")
    expect(preview(page)).to_contain_text("Few were reported.")
    page.get_by_role("option", name="Harms").press("Alt+ArrowUp")
    rows = page.get_by_role("listbox", name="Sections of the report").get_by_role("option")
    expect(rows.nth(1)).to_contain_text("Harms")
    page.keyboard.press("Delete")
    expect(page.get_by_role("option", name="Harms")).to_have_count(0)
    page.get_by_text("Taken out", exact=True).click()
    page.get_by_role("button", name="Bring back Harms").click()
    expect(rows.nth(1)).to_contain_text("Harms")
    saved(page)
    assert report_text.current(desk)[own_key(desk)].edit.text == "Few were reported."


def own_key(desk: Desk) -> str:
    return next(key for key in report_text.current(desk) if key.startswith("own-"))


@pytest.mark.journey
def test_earlier_texts_beyond_the_newest_come_when_asked_for(
    page: Page, server: Server, desk: Desk
) -> None:
    with desk.writing(Role.EDITOR) as w:
        for number in range(report_edits.MOST_ROWS + 2):
            edit = SectionEdit(key="background", text=f"Text {number}.", mark=f"m-{number}")
            report_edits.add(w, edit, f"m-{number}")
    open_section(page, server, desk, "Background")
    page.get_by_role("button", name="Earlier texts").click()
    older = page.get_by_role("region", name="Earlier texts")
    expect(older.get_by_role("listitem")).to_have_count(report_edits.MOST_ROWS)
    page.keyboard.press("End")
    older.get_by_role("button", name="Older texts (2 more)").press("Enter")
    expect(older.get_by_role("listitem")).to_have_count(report_edits.MOST_ROWS + 2)
    expect(older.get_by_role("button", name="Older texts")).to_have_count(0)
    expect(older.get_by_role("listitem").nth(-2).get_by_role("button")).to_be_focused()
    older.get_by_role("listitem").last.get_by_role("button").press("Enter")
    expect(older.locator("pre")).to_have_text("Background\n\nText 0.")
