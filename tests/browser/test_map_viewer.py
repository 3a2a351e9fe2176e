"""The map as a reader has it: table, keys, filters, address, list of studies; no server needed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.viewer.generated_map import dimension, generated_map
from tests.viewer.map_page import open_map

pytestmark = pytest.mark.browser
AXES = "rows=axis%3Aintervention&columns=axis%3Aoutcome"
BEGIN = f"{AXES}&segment=question%3Adesign"
HOSTILE = "</script><img src=x onerror=alert(1)> & “more”"
ARABIC = "الصحة النفسية للعاملين"
LONG = (
    "A heading of a hundred and twenty signs, as they are written where a definition is put into it"
)
LONG += " by hand, as people do"

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a map in a window of its own; nothing may ask or fail in it."""
    contexts = []
    trouble: list[str] = []

    def ask(dialog: Dialog) -> None:
        trouble.append(f"asked: {dialog.message}")
        dialog.dismiss()

    def begin(
        document: dict[str, Any] | None = None,
        address: str = BEGIN,
        *,
        width: int = 1280,
        dark: bool = False,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", ask)
        open_map(page, document or generated_map(120, 12, 9), address, **options)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert trouble == []


def focused(page: Page) -> str:
    """How a screen reader names what has the focus, also inside a shadow root."""
    return str(
        page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
            }"""
        )
    )


def press(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def cells(page: Page) -> list[str]:
    """What each cell and total says, in order."""
    expect(page.locator(".map-table")).not_to_have_attribute("aria-busy", "true")
    found = page.locator(".map-cell")
    labels = found.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert all(labels)
    return [str(label) for label in labels]


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:300]}" for one in found]


@pytest.mark.parametrize("shadow", [False, True])
def test_the_keyboard_goes_over_the_map_into_a_list_and_back(opened: Open, *, shadow: bool) -> None:
    page = opened(shadow=shadow)
    assert page.locator(".map-table [tabindex='0']").count() == 1
    page.get_by_role("button", name="Cells as CSV").focus()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Health, Health: ")
    assert press(page, "ArrowRight").startswith("Health, Housing: ")
    assert press(page, "ArrowDown").startswith("Housing, Housing: ")
    assert press(page, "Home") == "Housing"
    assert press(page, "ArrowLeft") == "Below Housing"
    assert press(page, "ArrowRight") == "Housing"
    expect(page.get_by_role("tooltip")).to_contain_text("What counts as housing")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    assert press(page, "End").startswith("Housing, All columns: ")
    assert press(page, "PageDown").startswith("All rows, All columns: ")
    assert press(page, "Control+Home") == "Health"
    # A branch opens and closes under the same focus.
    page.locator(".map-row-head .map-name").nth(1).focus()
    before = page.locator("tbody tr").count()
    assert press(page, "+") == "Housing"
    assert page.locator("tbody tr").count() > before
    expect(page.get_by_role("button", name="Below Housing").last).to_have_attribute(
        "aria-expanded", "true"
    )
    assert press(page, "-") == "Housing"
    assert page.locator("tbody tr").count() == before
    # By hand: the second row goes to the top, and the focus with it.
    assert press(page, "Shift+ArrowUp") == "Housing"
    assert cells(page)[0].startswith("Housing, ")
    assert "orderrows=hand~i1,i0" in page.url
    expect(page.get_by_role("status")).to_have_text("Housing moved up.")
    # With the pointer: the first row is drawn onto the third.
    names = page.locator(".map-row-head .map-name span")
    names.nth(0).drag_to(names.nth(2))
    assert "orderrows=hand~i0,i2,i1" in page.url
    page.locator(".map-row-head .map-name").nth(2).focus()
    # Enter opens the studies of a cell, Escape leads back to it.
    here = press(page, "ArrowRight")
    assert here.startswith("Housing, Health: ")
    assert press(page, "Enter") == "Housing × Health"
    assert press(page, "Tab", "Escape") == here
    expect(page.get_by_role("region", name="Studies")).to_be_hidden()


def test_every_cell_says_what_is_counted_under_filters_and_chips_go(opened: Open) -> None:
    page = opened(address=f"{BEGIN}&openrows=*&opencolumns=*")
    before = cells(page)
    page.get_by_role("button", name="Filter").click()
    page.locator("summary", has_text="Country").click()
    page.get_by_label("Chile").check()
    page.get_by_label("Peru").check()
    page.locator("summary", has_text="Direction of effect").click()
    page.get_by_role("group", name="Direction of effect").get_by_label("Better").check()
    page.get_by_label("From", exact=True).fill("2000")
    page.keyboard.press("Enter")
    chips = page.locator(".map-chips li")
    expect(chips).to_have_count(3)
    counted = page.evaluate(
        """async () => {
            const { mapCounts, readMap, viewFromAddress } = await import("/map_viewer.js");
            const map = readMap(await (await fetch("/map.json")).json());
            const { view } = viewFromAddress(location.hash.slice(1), map);
            const counts = mapCounts(map, view);
            const cells = [...counts.rows, null].flatMap((row) => [...counts.columns, null]
                .map((column) => counts.at(row, column)))
                .map(({ primary, reviews }) => [primary, reviews]);
            return { passing: counts.passing, cells };
        }"""
    )
    assert 0 < counted["passing"] < 120
    expect(page.locator(".map-passing")).to_have_text(
        f"{counted['passing']} of 120 studies pass the filters."
    )
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # those out of sight are drawn, too
    drawn = page.locator(".map-mark").evaluate_all(
        """all => all.map((mark) => [...mark.querySelectorAll(".primary, .reviews")]
            .map(({ textContent }) => Number(textContent.replace(/\\D/g, ""))))"""
    )
    assert drawn == counted["cells"]
    assert any("none under these filters" in label for label in cells(page))
    assert not any("none under these filters" in label for label in before)
    page.get_by_role("button", name="Take off: Years: since 2000").click()
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Take all off").click()
    expect(chips).to_have_count(0)
    assert cells(page) == before
    assert "f=" not in page.url


def test_cells_out_of_sight_have_names_and_are_drawn_when_they_are_seen(opened: Open) -> None:
    page = opened(generated_map(400, 51, 33), f"{BEGIN}&openrows=*&opencolumns=*")
    names = cells(page)
    last = page.locator("tbody tr").last.locator(".map-cell")
    counted = [number.split(" ")[0] for number in (name.partition(": ")[2] for name in names)]
    expect(last.first).to_be_empty()
    page.locator(".map-scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    across = last.count()
    shown = last.first.locator(".primary")
    at = len(counted) - 2 * across
    expect(shown).to_have_text(counted[at] if counted[at].isdigit() else "")
    expect(page.locator("tbody .map-cell").first).to_be_empty()
    # A filter: what the focus reaches has its new name at once, what is seen its new mark.
    page.evaluate("location.hash += '&words=zzz'")
    expect(shown).to_have_text("")
    assert press(page, "Tab")
    assert all("primary" not in name.partition("(")[0] for name in cells(page))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".map-cell:empty").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("tbody .map-cell").first).to_be_empty()


def test_a_copied_link_opens_the_same_picture(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Mosaic").click()
    page.get_by_role("button", name="Below Housing").last.click()
    page.get_by_label("Words in titles").fill("housing")
    expect(page.locator(".map-chips")).to_contain_text("housing")  # which moves the map
    page.locator("tbody .map-cell[data-tint]").first.click()  # one with a study under these words
    page.locator(".map-study").first.click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("group", name="Tools")).to_contain_text("Copy the link from the field:")
    link = page.get_by_label("Link to this picture").input_value()  # no clipboard on plain http
    seen = page.get_by_role("region", name="Studies").inner_text(), cells(page)
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".map-card")).to_be_visible()
    assert (page.get_by_role("region", name="Studies").inner_text(), cells(page)) == seen
    expect(page.get_by_role("button", name="Mosaic")).to_have_attribute("aria-pressed", "true")
    page.evaluate(f"location.hash = '{AXES}&openrows=nowhere&at=i1,'")
    expect(page.get_by_role("alert")).to_contain_text("does not have: nowhere")
    expect(page.get_by_role("region", name="Studies")).to_contain_text("Housing")


def test_that_a_link_is_copied_is_seen_beside_its_button_until_something_changes(
    opened: Open,
) -> None:
    page = opened()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } })"
    )
    page.get_by_role("button", name="Copy link").click()
    told = page.get_by_text("The link is copied: it opens this picture.")
    expect(told.first).to_be_in_viewport()
    assert told.first.evaluate("one => one.getBoundingClientRect().width") > 100
    page.get_by_role("button", name="Mosaic").click()
    expect(page.get_by_role("group", name="Tools")).not_to_contain_text("is copied")


def test_no_bubble_is_smaller_than_five_pixels(opened: Open) -> None:
    document = generated_map(800, 12, 9)
    for segment in ("", "&segment=question%3Adesign"):
        page = opened(document, f"{AXES}&view=bubbles&openrows=*&opencolumns=*{segment}")
        widths = page.locator(".picture :is(circle, rect)").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().width)"
        )
        assert len(widths) > 50
        assert 5 <= round(min(widths), 2) < max(widths)


# Words that go over two lines, of heads of which nothing is cut off.
BROKEN = """all => all.flatMap((span) => {
    if (span.scrollWidth > span.clientWidth || span.scrollHeight > span.clientHeight) return [];
    const text = span.firstChild;
    return [...text.data.matchAll(/[^\\s-]+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => word);
})"""


@pytest.mark.parametrize("shown", ["page=map", "page=crosstab", "page=map&opencolumns=*"])
def test_no_word_of_a_columns_head_is_broken(opened: Open, shown: str) -> None:
    document = generated_map(60, 12, 24)
    labels = document["dimensions"][1]["headings"]["label"]
    labels[:3] = ["Capabilities and wellbeing", "Social connectedness and networks", "Institutions"]
    page = opened(document, f"{BEGIN}&{shown}", width=960)
    table = page.locator(".map-table, .map-crosstab").locator("visible=true")
    if "crosstab" not in shown:
        page.locator(".map-cell").first.click()  # the list takes room
    names = table.locator(".map-column-head .map-name span")
    assert names.count() > 7
    assert names.evaluate_all(BROKEN) == []


def hostile_map() -> dict[str, Any]:
    """Every text is one that could do harm, or that has no room."""
    document = generated_map(30, 9, 13, title=HOSTILE, caption=HOSTILE)
    for each in document["dimensions"]:
        labels = each["headings"]["label"]
        labels[:3] = [HOSTILE, LONG, ARABIC][: len(labels)]
        each["headings"]["help"][:1] = [HOSTILE]
    for label, reports in zip(range(30), document["studies"]["reports"], strict=True):
        document["studies"]["label"][label] = (HOSTILE, LONG, ARABIC)[label % 3]
        reports[0] |= {"title": HOSTILE, "link": "javascript:alert(1)", "abstract": HOSTILE,
                       "doi": "10.1/<img src=x onerror=alert(1)>"}  # fmt: skip
    document["findings"]["quotation"] = [HOSTILE] * len(document["findings"]["study"])
    return document


@pytest.mark.parametrize("view", ["numbers", "table", "donut"])
def test_texts_stay_texts_and_long_labels_stay_in_their_place(opened: Open, view: str) -> None:
    page = opened(hostile_map(), f"{BEGIN}&openrows=*&opencolumns=*&view={view}")
    page.locator(".map-cell").last.click()
    page.locator(".map-study").first.click()
    expect(page.locator(".map-card blockquote").first).to_have_text(HOSTILE)
    page.get_by_role("button", name="Filter").click()
    page.locator("summary", has_text="Design").click()
    assert page.locator(".map-viewer img").count() == 0
    links = page.locator(".map-card a").evaluate_all("all => all.map(({ protocol }) => protocol)")
    assert links == ["https:"]
    expect(page.locator(".map-title")).to_have_text(HOSTILE)
    over = page.locator(".map-viewer th, .map-study").evaluate_all(
        """all => all.filter((one) => one.scrollWidth > one.clientWidth + 1)
            .map(({ textContent }) => textContent)"""
    )
    assert over == []
    name = page.locator(".map-column-head .map-name span", has_text=ARABIC).first
    assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_maps_with_nothing_or_little_say_so(opened: Open) -> None:
    page = opened(generated_map(0, 4, 3))
    expect(page.locator(".map-caption")).to_contain_text("no study: what is coded will stand here")
    assert all(label.endswith((": no study", ": not applicable")) for label in cells(page))
    page = opened(generated_map(1, 4, 3))
    expect(page.locator(".map-caption")).to_contain_text("1 of 1 study placed")
    page.locator(".map-cell").last.click()
    expect(page.locator(".map-study")).to_have_count(1)
    bare = dimension("study", "question:none", "A question without options", [])
    page = opened(generated_map(5, 4, 3, dimensions=[bare | {"codes": [-1] * 5}], view=""), "")
    expect(page.locator(".map-caption")).to_contain_text("0 of 5 studies placed")
    page.get_by_role("button", name="5 not placed").click()
    expect(page.locator(".map-studies > li")).to_have_count(5)
    page = opened(generated_map(5, 4, 3, dimensions=[], view=""), "")
    expect(page.locator(".map-viewer")).to_have_text(re.compile("nothing to sort by"))


def test_on_a_phone_rows_are_a_list_that_opens(opened: Open) -> None:
    page = opened(width=400)
    expect(page.locator(".map-table")).to_be_hidden()
    rows = page.locator(".map-list > li")
    row = rows.nth(1).get_by_role("button", name=re.compile("^Housing [0-9]+ primary"))
    row.click()
    expect(row).to_have_attribute("aria-expanded", "true")
    rows.nth(1).locator("ul button").first.click()
    expect(page.get_by_role("heading", name="Housing × Health")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert serious(page) == []
    page.keyboard.press("Escape")
    assert serious(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".map-table")).to_be_visible()
    assert cells(page)


def test_on_a_phone_cells_are_named_with_what_stands_above_but_not_over_all(opened: Open) -> None:
    document = generated_map(60, 12, 9)
    headings = document["dimensions"][1]["headings"]
    headings["depth"] = [0, *(depth + 1 for depth in headings["depth"][1:])]
    headings["label"][0] = "Code set"
    page = opened(document, f"{BEGIN}&opencolumns=*", width=400)
    page.locator(".map-list > li").first.locator("button").last.click()
    names = page.locator(".map-list ul button").all_text_contents()
    assert any(" › " in name for name in names)
    assert not any("Code set" in name for name in names[1:])


def test_thousands_of_studies_stand_on_pages_and_lists_are_taken_away(opened: Open) -> None:
    page = opened(generated_map(5000, 12, 9))
    page.locator(".map-cell").last.click()
    items = page.locator(".map-studies > li")
    expect(items).to_have_count(50)
    expect(page.locator(".map-pager")).to_contain_text(re.compile("1 to 50 of 4[0-9]{3} studies"))
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".map-pager")).to_contain_text("51 to 100")
    page.get_by_role("group", name="Design").get_by_role("button", name="Ongoing").click()
    number = page.locator(".map-segments [aria-pressed=true]").inner_text().split()[-1]
    expect(page.locator(".map-pager")).to_contain_text(f"of {number} studies")
    for name, file in (("RIS", "studies.ris"), ("CSV", "studies.csv"), ("Excel", "studies.xlsx"),
                       ("Cells as CSV", "map-cells.csv")):  # fmt: skip
        with page.expect_download() as taken:
            page.get_by_role("button", name=name, exact=True).click()
        assert taken.value.suggested_filename == file
        assert taken.value.path().stat().st_size > 1000


def test_a_screen_reader_hears_rows_columns_counts_and_segments(opened: Open) -> None:
    page = opened()
    grid: Locator = page.get_by_role("grid", name="Intervention by Outcome")
    tree = grid.aria_snapshot()
    assert '- columnheader "Health":' in tree
    assert '- rowheader "Housing":' in tree
    named = re.findall(r"- 'button \"(Housing, Wellbeing: [^\"]*)\"'", tree)
    assert len(named) == 1
    assert re.fullmatch(
        r"Housing, Wellbeing: \d+ primary stud(y|ies)(, \d+ reviews?)?(; [^;]+)*"
        r"; Randomised trial: \d+ primary stud(y|ies)(; [^;]+)*",
        named[0],
    )
    assert 'button "All rows, All columns: ' in tree
    page.locator(".map-row-head .map-name").first.focus()
    page.keyboard.press("ArrowDown")
    described = page.locator(".map-row-head .map-name").nth(1)
    expect(described).to_have_accessible_description(re.compile("What counts as housing"))


@pytest.mark.journey
@pytest.mark.journey
@pytest.mark.parametrize(
    ("view", "dark"),
    [("numbers", False), ("numbers", True), ("bubbles", True), ("table", False),
     ("directions", True), ("mosaic", False), ("donut", True)],
)  # fmt: skip
def test_axe_finds_nothing_in_any_view(opened: Open, view: str, *, dark: bool) -> None:
    page = opened(address=f"{BEGIN}&openrows=i1&opencolumns=*&view={view}", dark=dark)
    assert serious(page) == []
    page.locator(".map-cell").nth(1).click()
    page.locator(".map-study").first.click()
    page.get_by_role("button", name="Filter").click()
    page.locator("summary", has_text="Country").click()
    page.get_by_label("Chile").check()
    assert serious(page) == []
    page.get_by_role("button", name="Rows and columns").click()
    page.locator(".map-row-head .map-name").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert serious(page) == []


def test_a_link_has_words_that_were_typed_a_moment_ago(opened: Open) -> None:
    page = opened()
    expect(page.locator(".map-cell").first).to_be_visible()
    link = page.evaluate("""async () => {
        const words = document.querySelector(".map-words");
        words.value = "housing";
        words.dispatchEvent(new Event("input"));
        const buttons = [...document.querySelectorAll("button")];
        buttons.find((one) => one.textContent === "Copy link").click();
        await new Promise((done) => setTimeout(done, 50));
        return document.querySelector(".map-link").value;
    }""")
    assert "words=housing" in link


def test_a_clipboard_that_never_answers_leaves_the_link_to_be_copied(opened: Open) -> None:
    page = opened()
    expect(page.locator(".map-cell").first).to_be_visible()
    page.evaluate("""() => Object.defineProperty(navigator, "clipboard", {
        value: { writeText: () => new Promise(() => {}) },
    })""")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Link to this picture")).to_have_value(re.compile("rows="))
