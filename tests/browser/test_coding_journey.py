"""A study is coded by keys alone: 60 questions, 1,245 codes, a PDF of two columns, findings."""

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from evidence.steps.coding import desk_sheet, schemes
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.screening import full_texts
from evidence.store.records.filters import Filter
from scripts.serving import Server
from tests.browser.conftest import visit
from tests.browser.test_coding import saved, two_studies
from tests.browser.test_screening import eva
from tests.documents import pdf_writer

pytestmark = [pytest.mark.browser, pytest.mark.journey]

LEFT = ("People were followed for", "a year. Of 143 people", "74 were in the garden.")
RIGHT = ("After a year hope was", "higher in the garden", "than in the kitchen.")


def options(prefix: str, *counts: int) -> list[dict[str, object]]:
    """A tree of codes with so many on each level below each other."""
    count, *below = counts
    return [
        {"id": f"{prefix}-{n}", "label": f"Code {prefix} {n}"}
        | ({"options": options(f"{prefix}-{n}", *below)} if below else {})
        for n in range(1, count + 1)
    ]


def scheme() -> str:
    """60 questions, one of which has 15 × 2 × 40 codes at its ends: 1,245 in all."""
    plain = [
        {"id": f"text-{n}", "text": f"What does the report say of {n}?", "kind": "text"}
        for n in range(1, 56)
    ]
    contrast = [{"id": "arms", "label": "Between arms"}]
    outcome = [{"id": "hope", "label": "Hope"}, {"id": "sleep", "label": "Sleep"}]
    asked = [
        {"id": "people", "text": "How many took part?", "kind": "number", "required": "yes"},
        {"id": "service", "text": "What was done?", "kind": "tree", "axis": "intervention",
         "required": "yes", "options": options("s", 15, 2, 40)},
        {"id": "outcome", "text": "What was measured?", "kind": "many of", "axis": "outcome",
         "options": outcome},
        {"id": "contrast", "text": "Who with whom?", "kind": "one of", "of": "finding",
         "axis": "contrast", "options": contrast},
        {"id": "told", "text": "Were they told?", "kind": "yes/no"},
    ]  # fmt: skip
    sections = [{"title": "First", "questions": asked}, {"title": "Words", "questions": plain}]
    made = {"id": "large", "title": "Large", "version": "1", "purpose": "coding",
            "judges": "study", "sections": sections}  # fmt: skip
    return yaml.safe_dump(made, sort_keys=False)


def codes_of(desk: Desk) -> int:
    (service,) = (q for q in schemes.taken(desk)[-1].scheme.questions if q.id == "service")
    return sum(1 for _ in service.walk())


def go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press a key until something has the focus, as who has no mouse does."""
    for _ in range(150):
        if wanted.evaluate(
            "one => one === document.activeElement || one.getRootNode().activeElement === one"
        ):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {key}")


def a_large_study(desk: Desk) -> tuple[int, int]:
    """A study whose report is a PDF of two columns, and the scheme to code it with."""
    first, _ = two_studies(desk)
    large = schemes.add(desk, scheme(), "large.yaml")
    assert codes_of(desk) == 1245
    columns = pdf_writer.lines(60, 700, LEFT) + pdf_writer.lines(330, 700, RIGHT)
    content = pdf_writer.write([pdf_writer.PageSource(content=columns)])
    for work in records.page(desk, Filter(), 0, 9):
        full_texts.add(desk, work.id, "Two columns.pdf", content)
    return first, large


def quote_from_the_pdf(page: Page) -> None:
    press, write = page.keyboard.press, page.keyboard.type
    press("F6")
    press("F6")
    go_to(page, page.get_by_role("tab", name="Abstract"), "Shift+Tab")
    press("ArrowRight")
    press("Enter")
    expect(page.locator(".words span", has_text="143")).to_be_attached()
    press("/")
    write("143 people")
    expect(page.get_by_text("1 place")).to_be_visible()
    press("Escape")
    expect(page.locator("#desk-reading")).to_be_focused()  # what was found is selected
    press("q")
    expect(page.get_by_role("button", name="Go to the quotation: 143 people")).to_be_visible()


def add_findings(page: Page, *outcomes: str) -> None:
    """The first says which intervention and contrast; the others begin with these."""
    press, write = page.keyboard.press, page.keyboard.type
    for number, outcome in enumerate(outcomes):
        press("f")
        if number == 0:
            expect(page.get_by_role("combobox", name="Intervention", exact=True)).to_be_focused()
            write("Code s-7-2 33")
            press("Enter")
            press("Tab")
            write("Between")
            press("Enter")
            press("Tab")
        expect(page.get_by_role("combobox", name="Outcome", exact=True)).to_be_focused()
        write(outcome)
        press("Enter")
        press("Escape")
    saved(page)


def type_numbers(page: Page) -> None:
    """Into the finding that was added last: n, mean and SD of two groups."""
    press, write = page.keyboard.press, page.keyboard.type
    for side, people in (("intervention", "74"), ("comparison", "69")):
        go_to(page, page.get_by_label(f"n, {side}", exact=True))
        write(people)
    go_to(page, page.get_by_label("Numbers", exact=True))
    write("Means")
    fields = page.locator("[data-pane=findings]").get_by_role("textbox")
    values = {"Mean": ("29.1", "27.0"), "SD": ("5.2", "5.6")}
    for group in (0, 1):
        for label, of_groups in values.items():
            go_to(page, page.get_by_label(label, exact=True).and_(fields).nth(group))
            write(of_groups[group])
    press("Escape")
    expect(page.get_by_text("Effect (computed): SMD")).to_be_visible()


def test_a_study_is_coded_by_keys_alone(page: Page, server: Server, desk: Desk) -> None:
    first, large = a_large_study(desk)
    page.add_init_script("addEventListener('mousedown', () => { window.clicked = true; }, true)")
    visit(page, server, desk, "coding")
    press, write = page.keyboard.press, page.keyboard.type
    expect(page.locator(".about-study strong")).not_to_be_empty()
    # the scheme
    go_to(page, page.get_by_role("tab", name="Made"))
    press("ArrowRight")
    press("Enter")
    people = page.get_by_role("textbox", name="How many took part?")
    expect(page.get_by_role("heading", name="What was done?")).to_be_visible()
    go_to(page, people)
    write("143")
    press("Escape")
    quote_from_the_pdf(page)
    press("F2")
    write("Code s-7-2 33")
    press("Enter")
    press("Escape")
    saved(page)
    add_findings(page, "Hope", "Sleep", "Hope")
    type_numbers(page)
    saved(page)
    sheet = desk_sheet.sheet_data(eva(desk), first, large)
    said = {(row["question"], row["code"], row["value"]) for row in sheet["answers"]}
    assert {("people", "", "143"), ("service", "s-7-2-33", "")} <= said
    (quoted,) = sheet["quotations"]
    assert quoted["exact"] == "143 people"
    assert [one["fields"].get("outcome") for one in sheet["findings"]] == ["hope", "sleep", "hope"]
    assert len([one for one in sheet["computed"].values() if "SMD" in one["effect"]]) == 1
    assert not page.evaluate("Boolean(window.clicked)")
