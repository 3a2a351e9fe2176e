"""What only a browser shows of archives: the file that arrives, goes in again, and who is told."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evidence.steps.desk import Desk
from evidence.steps.review import about
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.conftest import a_reading, keep

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def open_box(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).click()
    still(page)


def test_a_review_leaves_and_is_made_again_on_the_page(
    page: Page, server: Server, desk: Desk, tmp_path: Path
) -> None:
    visit(page, server, desk, "")
    open_box(page, "Authors, licence")
    page.get_by_role("textbox", name="Licence").fill("CC BY 4.0")
    page.locator(f".st-key-save-about-{desk.review_id} button").click()
    expect(page.get_by_role("button", name="Earlier versions")).to_be_visible()
    assert about.current(desk).licence == "CC BY 4.0"
    open_box(page, "Archive of this review")
    page.get_by_role("button", name="Make the archive").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download (").click()
    path = tmp_path / waiting.value.suggested_filename
    assert path.name.endswith("_archive.zip")
    waiting.value.save_as(path)
    open_box(page, "Take in an archive")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Somebody here had these names already")).to_be_visible()


def test_an_editor_is_told_what_is_still_open(page: Page, server: Server, desk: Desk) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Not decided"))
    visit(page, server, desk, "")
    open_box(page, "Archive of this review")
    page.get_by_role("button", name="Make the archive").click()
    expect(page.get_by_text("1 work is open at title and abstract")).to_be_visible()
    expect(page.get_by_role("button", name="Download (")).to_have_count(0)


def test_what_is_no_archive_is_refused_in_words(
    page: Page, server: Server, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 cut off")
    visit(page, server, desk, "")
    open_box(page, "Take in an archive")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("a part of it is missing")).to_be_visible()
    expect(page.get_by_role("button", name="Take it in")).to_have_count(0)
