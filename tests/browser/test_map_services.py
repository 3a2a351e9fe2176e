"""Services beside the studies of a map, as a reader has them; every text tries to be another."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evidence.coding.answers import Answer
from evidence.coding.scheme import (
    Judges,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.synthesis.map_document import sealed
from evidence.synthesis.practice.practice_map import (
    AskedServices,
    PracticeJoin,
    ProvisionMark,
    practice_document,
    practice_map,
)
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from tests.browser.test_map_pages import taken
from tests.browser.test_map_viewer import Open, opened, press, serious
from tests.exports.hostile_map import KEYS, attack, hostile_document

pytestmark = pytest.mark.browser
__all__ = ["opened"]  # the fixture of the map
PAGE = "page=practice"
SAID = "research and practice"


def with_services() -> dict[str, Any]:
    """Four services of two kinds in two areas; the first kind is what studies call 0-1."""
    kinds = Question(
        id="service-kind",
        text=attack(0),
        kind=QuestionKind.TREE,
        options=(
            Option(id="k0", label=attack(1), options=(Option(id="k2", label=attack(3)),)),
            Option(id="k1", label=attack(2)),
        ),
    )
    scheme = Scheme(
        id="s", title="S", version="1", purpose=Purpose.PRACTICE, judges=Judges.PRACTICE,
        sections=(Section(title="All", questions=(kinds,)),),
    )  # fmt: skip
    services = [
        Service(uid=f"{at:016x}", name=attack(at), area=attack(at // 2), provider=attack(at))
        for at in range(4)
    ]
    forms = tuple(
        ServiceForm(
            uid=each.uid, service=each.uid, scheme_id=1, occasion="2026-Q1", is_complete=True,
            answers=(Answer(question="service-kind", codes=("k0" if at < 3 else "k1",)),),
        )
        for at, each in enumerate(services)
    )  # fmt: skip
    made = practice_map(
        {each.uid: each for each in services}, [AskedServices(scheme=scheme, forms=forms)]
    )
    assert made is not None
    join = PracticeJoin(
        question="question:service-kind", of_studies=KEYS[0], pairs=(("k0", "0-1"),)
    )
    mark = ProvisionMark(kind="k0", area=attack(0), verdict="cannot be told", why=attack(3))
    whole = replace(made, joins=(join,), provision=(mark,))
    return sealed({**hostile_document(), "practice": practice_document(whole)})


def test_both_stand_in_one_table_and_lead_to_their_lists(opened: Open) -> None:
    page = opened(with_services(), address=PAGE)
    cell = page.locator(".map-cross", has_text="possible overlap").first
    expect(cell).to_contain_text("2 services")
    expect(cell).to_contain_text(SAID)
    expect(cell).to_contain_text("cannot be told")
    cell.click()
    panel = page.get_by_role("region", name="Studies and services")
    expect(panel.locator(".map-services > li")).to_have_count(2)
    panel.locator(".map-services button").first.click()
    expect(panel.locator(".map-card")).to_contain_text("Run by")
    assert "service=0000" in page.url
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "map-cross"
    lines = list(csv.reader(StringIO(taken(page, "CSV").decode("utf-8-sig"))))
    assert {len(line) for line in lines} == {12}
    assert all(not entry.startswith(("=", "+", "-", "@")) for line in lines for entry in line)
    numbers = [line[5] for line in lines[1:] if line[7] == SAID]
    assert sorted(numbers) == ["1", "2", "3"]  # of each area, and of both
    assert page.evaluate("window.hit") is None


def test_headings_close_and_open_as_on_the_map_of_studies(opened: Open) -> None:
    page = opened(with_services(), address=f"{PAGE}&show=services")
    rows = page.locator(".map-practice-table tbody tr")
    expect(rows).to_have_count(3)
    page.locator(".map-row-head .map-branch").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    assert "prclosed=k0" in page.url
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.reload()
    expect(rows).to_have_count(2)
    page.locator(".map-row-head .map-branch").click()
    expect(rows).to_have_count(3)
    assert "prclosed" not in page.url


def test_the_switch_stands_in_the_address(opened: Open) -> None:
    page = opened(with_services(), address=PAGE)
    page.get_by_role("tab", name="Services").focus()
    assert press(page, "ArrowLeft", "ArrowRight") == "Services"
    page.get_by_role("button", name="Studies", exact=True).click()
    assert "show=studies" in page.url
    assert page.locator(".map-practice-line.of-services").count() == 0
    page.get_by_role("button", name="Services", exact=True).click()
    assert page.locator(".map-practice-line.of-studies").count() == 0
    page.get_by_label("Only services with").select_option(index=3)
    expect(page.locator(".map-practice-told")).to_contain_text("1 of 4 services pass")
    assert page.url.count("pf=") == 1
    page.reload()
    expect(page.locator(".map-practice-told")).to_contain_text("1 of 4 services pass")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_it_can_be_read_by_everybody(opened: Open, width: int, *, dark: bool) -> None:
    page = opened(with_services(), address=PAGE, width=width, dark=dark)
    expect(page.locator(".map-practice-table")).to_be_visible()
    assert _too_wide(page) <= 0
    assert serious(page) == []


def _too_wide(page: Page) -> int:
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
