"""List, frequencies and crosstab beside the map, as a reader has them; no server needed."""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from evidence.exports.map_file import map_file
from tests.browser.test_map_viewer import BEGIN, Open, focused, opened, press, serious
from tests.viewer.generated_map import generated_map

pytestmark = pytest.mark.browser
__all__ = ["opened"]  # the fixture of the map


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value.path().read_bytes()


def beside(page: Page) -> Locator:
    return page.get_by_role("region", name="Studies", exact=True)


def seen(page: Page) -> tuple[str, str]:
    """All that is read on the page, and what stands open beside it."""
    return page.get_by_role("tabpanel").inner_text(), beside(page).inner_text()


@pytest.mark.parametrize("shadow", [False, True])
def test_frequencies_by_the_keyboard_alone(opened: Open, *, shadow: bool) -> None:
    page = opened(address=f"{BEGIN}&question=question%3Adesign", shadow=shadow)
    page.get_by_role("tab", name="Map").focus()
    assert press(page, "ArrowRight", "ArrowRight") == "Frequencies"
    expect(page.get_by_role("tab", name="Frequencies")).to_have_attribute("aria-selected", "true")
    assert "page=frequencies" in page.url
    for _ in range(12):
        if "% of" in press(page, "Tab"):
            break
    assert re.fullmatch(
        r"Randomised trial: \d+ primary studies, \d+ % of \d+ on this map", focused(page)
    )
    assert press(page, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight").startswith(
        "Systematic review: 17 reviews, 100 % of 17"
    )
    here = focused(page)
    assert press(page, "Enter") == "Design: Systematic review"
    expect(beside(page).locator(".map-studies > li")).to_have_count(17)
    assert press(page, "Escape") == here
    assert press(page, "Control+End").startswith("All on this map: 17 reviews")
    assert serious(page) == []


def test_a_crosstab_has_shares_none_of_these_and_studies(opened: Open) -> None:
    page = opened(address=f"{BEGIN}&page=crosstab&years=1995-2022")
    page.get_by_label("Shares").select_option("of each row")
    grid = page.get_by_role("grid", name="Intervention by Outcome")
    cell = grid.get_by_role("button", name=re.compile("^Wellbeing, Health: "))
    name = cell.get_attribute("aria-label") or ""
    found = re.match(r".*: (\d+) primary studies.*; (\d+) % of (\d+) primary studies", name)
    assert found
    part, share, base = map(int, found.groups())
    assert share == round(100 * part / base)
    cell.click()
    expect(page.locator(".map-only")).to_contain_text(f"{part} primary studies")
    page.locator(".map-only").get_by_role("button", name=f"{part} primary").click()
    expect(beside(page).locator(".map-studies > li")).to_have_count(part)
    before = seen(page)
    link = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".map-only")).to_be_visible()
    assert seen(page) == before
    none = grid.get_by_role("button", name=re.compile("^None of these, None of these: "))
    number = int(re.findall(r": (\d+) primary", none.get_attribute("aria-label") or "")[0])
    none.click()
    expect(page.get_by_role("heading", name="Outcome: none of these")).to_be_focused()
    expect(page.locator(".map-only")).to_contain_text(f"{number} primary studies")
    assert "at=~,~" in page.url
    assert serious(page) == []
    below = grid.get_by_role("button", name="Below Housing").last
    below.focus()
    rows = grid.locator("tbody tr").count()
    page.keyboard.press("Enter")
    assert grid.locator("tbody tr").count() > rows
    assert focused(page) == "Below Housing"


def test_tables_leave_with_their_bases(opened: Open) -> None:
    page = opened(address=f"{BEGIN}&page=frequencies")
    rows = list(csv.DictReader(StringIO(taken(page, "CSV").decode("utf-8-sig"))))
    assert {row["Question"] for row in rows} > {"Year", "Design", "Outcome"}
    (trials,) = [row for row in rows if row["Heading"] == "Randomised trial"]
    part, base = int(trials["Primary studies"]), int(trials["All primary studies that pass"])
    assert float(trials["Share of primary studies that pass (%)"]) == round(100 * part / base, 2)
    page.get_by_role("tab", name="Crosstab").click()
    sheet = load_workbook(BytesIO(taken(page, "Excel"))).active
    assert sheet is not None
    names = [row[:2] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names[-1] == ("All rows", "All columns")
    assert ("None of these", "None of these") in names


def test_thousands_of_studies_stand_in_a_list_by_year_and_open(opened: Open) -> None:
    page = opened(generated_map(3000, 12, 9), f"{BEGIN}&page=list")
    items = page.locator(".map-studies > li")
    expect(items).to_have_count(50)
    expect(page.locator(".map-pager")).to_contain_text("1 to 50 of 3000 studies")
    page.get_by_label("Order").select_option("latest first")
    expect(items.first).to_contain_text("2025")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".map-pager")).to_contain_text("51 to 100")
    items.nth(3).get_by_role("button").click()
    expect(items.nth(3).locator(".map-card")).to_be_visible()
    expect(page.locator(".map-pager")).to_contain_text("51 to 100")
    page.get_by_role("combobox", name="Show").select_option("reviews")
    number = int(re.findall(r"of (\d+)", page.locator(".map-pager").inner_text())[0])
    assert taken(page, "RIS").count(b"TY  - ") == number
    assert serious(page) == []


@pytest.mark.parametrize("shown", ["list", "frequencies", "crosstab&shares=all"])
def test_on_a_phone_in_the_dark_nothing_goes_over_the_edge(opened: Open, shown: str) -> None:
    page = opened(address=f"{BEGIN}&page={shown}&openrows=*", width=400, dark=True)
    expect(page.get_by_role("button", name="CSV")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert serious(page) == []


def test_the_file_has_the_same_pages(opened: Open, tmp_path: Path) -> None:
    address = f"{BEGIN}&page=frequencies&question=question%3Adesign&line=question%3Adesign,d3"
    in_app = seen(opened(address=address))
    file = tmp_path / "map.html"
    file.write_bytes(map_file(generated_map(120, 12, 9)))
    page = opened()
    page.goto(f"{file.as_uri()}#{address}")
    expect(beside(page).locator(".map-studies > li").first).to_be_visible()
    assert seen(page) == in_app


def test_heads_of_a_crosstab_end_where_their_figures_end(opened: Open) -> None:
    page = opened(address=f"{BEGIN}&page=crosstab")
    ends = "all => all.map((one) => Math.round(one.getBoundingClientRect().right))"
    names = page.locator(".map-crosstab .map-column-head .map-name").evaluate_all(ends)
    figures = page.locator(".map-crosstab tbody tr").first.locator(".map-cross").evaluate_all(ends)
    assert len(names) == len(figures)
    assert all(abs(name - figure) <= 1 for name, figure in zip(names, figures, strict=True))


def test_a_year_without_a_study_is_a_quiet_nought(opened: Open) -> None:
    document = generated_map(20, 4, 3)
    document["studies"]["year"][3] = 1970
    page = opened(document, f"{BEGIN}&page=frequencies&question=year")
    border = "one => getComputedStyle(one).borderTopColor"
    empty = page.locator(".map-frequencies .map-zero").first
    assert empty.evaluate(border) == "rgba(0, 0, 0, 0)"
    full = page.locator(".map-frequencies button:not(.map-zero)").first
    assert full.evaluate(border) != "rgba(0, 0, 0, 0)"
