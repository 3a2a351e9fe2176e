"""A table that nobody has seen, pasted text, a reload in between, and a server that is killed."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from evidence.steps.desk import Desk
from evidence.steps.records import sources
from scripts.serving import Server, still
from tests.browser.conftest import visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]
TABLE = "Nr;Was;Wer;Wann\n1;A garden study;Meyer, Eva;2001\n2;Another one;Berg, Jan;2003\n"
ENTRY = "TY  - JOUR\nTI  - Pasted title\nPY  - 2001\nER  - \n"


def drop(page: Page, name: str, data: str) -> None:
    """Put a file into the box."""
    file = FilePayload(name=name, mimeType="text/plain", buffer=data.encode())
    page.locator("input[type=file]").set_input_files(file)


def test_from_an_unknown_table_and_pasted_text_to_sources(
    page: Page, server: Server, desk: Desk
) -> None:
    visit(page, server, desk, "import")
    drop(page, "list.csv", TABLE)
    expect(page.get_by_text("a table whose columns are not known")).to_be_visible()
    for column, meaning in (("Was", "Title (needed)"), ("Wer", "Authors")):
        page.get_by_label(column, exact=True).last.click()
        page.get_by_role("option", name=meaning, exact=True).click()
        still(page)
    page.get_by_role("button", name="Read with these columns").click()
    expect(page.get_by_text("2 records can be kept")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 records can be kept")).to_be_visible()
    still(page)
    page.get_by_text("Paste text instead").click()
    page.get_by_label("Text of an export", exact=True).fill(ENTRY)
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_text("1 record can be kept")).to_be_visible()
    page.get_by_text("All these files are from one search").click()
    name = page.get_by_label("Name of the source", exact=True)
    expect(name).to_have_count(1)
    still(page)
    name.fill("ASSIA")
    name.press("Tab")
    still(page)
    expect(name).to_have_value("ASSIA")
    page.get_by_role("button", name="Import 3 records").click()
    expect(page.get_by_text(re.compile(r"records? kept\. Source: ASSIA"))).to_have_count(2)
    (there,) = sources.listing(desk)
    assert (there.source.name, there.records, len(there.files)) == ("ASSIA", 3, 2)
    assert there.files[0].mapping[""]["Was"] == "title"


def test_a_file_is_deleted_from_memory_when_it_was_read(
    page: Page, server: Server, desk: Desk
) -> None:
    visit(page, server, desk, "import")
    drop(page, "list.ris", ENTRY)
    expect(page.get_by_text("1 record can be kept")).to_be_visible()
    kept = page.request.get(f"{server.url}/_stcore/metrics").text()
    assert "cache_memory_bytes" in kept
    assert "UploadedFileManager" not in kept


@pytest.mark.journey
def test_a_server_that_is_killed_while_it_reads_leaves_nothing_half_done(
    page: Page, server: Server, desk: Desk
) -> None:
    visit(page, server, desk, "import")
    drop(page, "large.ris", "".join(ENTRY.replace("Pasted", f"No {n}") for n in range(60_000)))
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_visible()
    server.kill()
    assert sources.listing(desk) == []
    server.start()
    visit(page, server, desk, "import")
    page.get_by_role("button", name=re.compile("Cancel|Leave out")).click()
    expect(page.get_by_text("large.ris")).to_have_count(0)
    drop(page, "small.ris", ENTRY)
    page.get_by_role("button", name="Import 1 record").click()
    expect(page.get_by_text("1 record kept")).to_be_visible()
    (there,) = sources.listing(desk)
    assert there.records == 1


def test_a_damaged_workbook_dropped_with_others_stops_none_of_them(
    page: Page, server: Server, desk: Desk
) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Title", "Year"])
    sheet.append(["In a workbook", 2001])
    book.save(whole := BytesIO())
    files = [
        FilePayload(name="damaged.xlsx", mimeType="", buffer=whole.getvalue()[:-60]),
        FilePayload(name="a.ris", mimeType="text/plain", buffer=ENTRY.encode()),
        FilePayload(name="whole.xlsx", mimeType="", buffer=whole.getvalue()),
    ]
    visit(page, server, desk, "import")
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("1 record can be kept")).to_have_count(2)
    expect(page.get_by_text("it is damaged")).to_be_visible()
    still(page)
    page.get_by_role("button", name="Import 2 records").click()
    expect(page.get_by_text(re.compile(r"records? kept\. Source"))).to_have_count(2)
    assert sum(each.records for each in sources.listing(desk)) == 2
