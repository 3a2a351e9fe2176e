"""What changed since a version, as a reader has it: hostile texts, keys, axe, a small screen."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.browser.test_map_viewer import BEGIN, HOSTILE, Open, focused, opened
from tests.viewer.generated_map import generated_map

__all__ = ["opened"]
pytestmark = pytest.mark.browser


def changed(added: int = 2) -> dict[str, Any]:
    """An invented map of 120 studies, of which some changed."""
    since = {
        "number": 2, "date": "2026-03-03", "note": HOSTILE, "studies": 100,
        "added": list(range(added)), "recoded": [119],
        "changes": [[[HOSTILE, "=1+1", "العمل"], ["Finding", "", "Work → Hope"]]],
        "corrected": [4], "corrections": [[["Label", HOSTILE, "=1+1"]]],
        "scheme": [["Country", HOSTILE, ""]],
        "removed": [{"id": 900, "label": HOSTILE, "year": None, "reports": [{"title": HOSTILE}]}],
    }  # fmt: skip
    return generated_map(120, 12, 9, since=since)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_the_list_is_read_opened_and_closed_by_keys_and_axe_finds_nothing(
    opened: Open, width: int, *, dark: bool
) -> None:
    page = opened(changed(), width=width, dark=dark)
    page.get_by_role("button", name="What changed").press("Enter")
    assert focused(page) == "What changed"
    listed = page.locator(".map-changes")
    for title in ("Added (2)", "Recoded (1)", "Removed (1)", "Questions and codes (1)"):
        expect(listed.get_by_role("heading", name=title)).to_be_visible()
    expect(listed.locator(".map-change-lines li").first).to_have_text(
        f"{HOSTILE} was =1+1 and is now العمل"
    )
    listed.locator("summary").first.press("Enter")
    expect(listed.locator(".map-card")).to_contain_text("Findings")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:300]}" for one in found] == []
    overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not overflow
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    assert focused(page) == "What changed"


def test_buttons_keep_what_was_added_or_recoded_and_the_address_says_so(opened: Open) -> None:
    page = opened(changed())
    line = page.locator(".map-changes-line")
    line.get_by_role("button", name="1 recoded").click()
    assert page.url.endswith("&since=2~recoded")
    line.get_by_role("button", name="2 added").click()
    assert page.url.endswith("&since=2~added,recoded")
    expect(page.locator(".map-passing")).to_have_text("3 of 120 studies pass the filters.")
    expect(page.get_by_role("button", name="Take off: Added or recoded")).to_be_visible()
    line.get_by_role("button", name="1 recoded").click()
    line.get_by_role("button", name="2 added").click()
    assert "since" not in page.url


def test_an_address_with_another_version_is_told(opened: Open) -> None:
    page = opened(changed(), f"{BEGIN}&since=3~added")
    expect(page.locator(".map-trouble").first).to_contain_text("changed since version 3")
    plain = opened(generated_map(20, 12, 9), f"{BEGIN}&since=2~added")
    expect(plain.locator(".map-trouble").first).to_contain_text("changed since version 2")
    expect(plain.locator(".map-changes-line")).to_be_hidden()


def test_a_long_list_shows_more_on_demand_and_leaves_as_a_harmless_table(
    opened: Open, tmp_path: Path
) -> None:
    page = opened(changed(added=118))
    page.get_by_role("button", name="What changed").click()
    added = page.get_by_role("list", name="Added").locator(":scope > li")
    expect(added).to_have_count(50)
    page.get_by_role("button", name="68 more").click()
    expect(added).to_have_count(100)
    page.get_by_role("button", name="18 more").click()
    expect(added).to_have_count(118)
    with page.expect_download() as download:
        page.get_by_role("button", name="Take the list away as CSV").click()
    file = tmp_path / "changes.csv"
    download.value.save_as(file)
    rows = list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + 118 + 2 + 1 + 1 + 1
    assert rows[119] == ["recoded", "Writer 120 2021", "2021", HOSTILE, "'=1+1", "العمل"]
