"""What only a browser shows of the export: the file that arrives when the button is pressed."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evidence.citations.formats import WRITERS, read
from evidence.steps.desk import Desk
from scripts.serving import Server, still
from tests.browser.conftest import choose, visit
from tests.conftest import a_reading, keep

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def test_the_file_arrives_and_reads_back(
    page: Page, server: Server, desk: Desk, tmp_path: Path
) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("=1+1", "Ångström & work"))
    visit(page, server, desk, "records")
    page.get_by_text("Export", exact=True).click()
    expect(page.get_by_label("Format").last).to_be_visible()
    still(page)
    for form, writer in WRITERS.items():
        choose(page, "Format", writer.label)
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download 2 works (.{writer.ending})").click()
        path = tmp_path / form
        waiting.value.save_as(path)
        assert waiting.value.suggested_filename.endswith(f".{writer.ending}")
        records = read(path.read_bytes(), path.name).records
        assert [record.reference.title for record in records] == ["=1+1", "Ångström & work"]
    page.get_by_role("combobox", name="Works").click()
    page.get_by_role("option", name="Full text: excluded").click()
    expect(page.get_by_text("No work is in this state")).to_be_visible()
    expect(page.get_by_role("button", name="Download 0 works (.xlsx)")).to_be_disabled()


def test_a_search_is_taken_away_with_decisions(
    page: Page, server: Server, desk: Desk, tmp_path: Path
) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("=1+1", "Ångström & work"))
    visit(page, server, desk, "records")
    box = page.get_by_role("searchbox", name="Search title, abstract, authors or DOI")
    box.fill('"angstrom & WORK" NOT leisure')
    box.press("Enter")
    expect(page.get_by_text("1 work for")).to_be_visible()
    # The table has a button of its own for its columns, named longer.
    page.get_by_role("button", name="Columns", exact=True).click()
    for column in ("Authors", "Full text"):  # what the list shows is ticked in the box
        expect(page.get_by_role("button", name=f"Remove {column}")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Export", exact=True).click()
    page.get_by_role("radio", name="Works with decisions").click()
    expect(page.get_by_text("One row per work")).to_be_visible()
    still(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download 1 work (.csv)").click()
    path = tmp_path / "works.csv"
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["Title"], row["Title and abstract"]) == ("Ångström & work", "open")
