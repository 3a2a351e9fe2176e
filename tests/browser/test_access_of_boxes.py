"""What opens on a page is as easy to use as the page: boxes, menus, dialogs, tabs, under axe.

Light theme only: colours in the dark are looked at where pages open (test_access.py).
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts.accessibility import TITLES, Part, findings, opened
from scripts.serving import Server, free_port, name_oneself, still
from tests.steps.prepared import prepared_database

pytestmark = pytest.mark.journey
FOLDED = "[data-testid=stExpander] details:not([open]) > summary"
POPOVER = "[data-testid=stPopover] button"
WITH_BOXES = {"reviews", "team", "importing", "records", "duplicates", "screening", "full_texts"}
WITH_MENUS = {"importing", "records", "full_texts", "decisions", "studies"}
MOST = 12  # boxes that are unfolded
BESIDE_THE_MENU = Part(exclude=("[data-testid=stSidebar]",))  # it is the same on every page
OF_A_MENU = Part(include=("[data-testid=stPopoverBody]",))
MENUS = 4  # menus that are opened; lists of works have some for each work


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A review in which every page has something to do."""
    served = Server(folder=tmp_path_factory.mktemp("boxes"), port=free_port())
    (served.folder / "waymark.db").write_bytes(prepared_database()[0])
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def visiting(prepared: Server, browser: Browser) -> Iterator[Page]:
    """The owner of the review."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # settings that are not kept are asked about
    name_oneself(page, prepared.url, "Example reader")
    yield page
    context.close()


def nothing_found(page: Page, where: str, part: Part = BESIDE_THE_MENU) -> None:
    ours = [str(finding) for finding in findings(page, part) if not finding.is_excepted]
    assert ours == [], where


def unfold(page: Page) -> int:
    """Open the boxes that are folded, and those in them; gives how many."""
    for count in range(MOST):
        folded = page.locator(FOLDED).filter(visible=True).first
        if not folded.count():
            return count
        folded.click()
        still(page)
    return MOST


def each_popover(page: Page) -> Iterator[int]:
    """Open one menu after the other; of lists of works those of the first."""
    buttons = page.locator(POPOVER).filter(visible=True)
    for at in range(min(buttons.count(), MENUS)):
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        buttons.nth(at).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        still(page)
        yield at + 1
    page.keyboard.press("Escape")


@pytest.mark.parametrize("name", TITLES)
def test_axe_finds_nothing_serious_in_what_opens(
    visiting: Page, prepared: Server, name: str
) -> None:
    opened(visiting, prepared.url, name)
    boxes = menus = 0
    tabs = visiting.get_by_test_id("stMain").get_by_role("tab")
    for at in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(at).click()
            still(visiting)
        where = f"{name}, tab {at + 1}"
        boxes += unfold(visiting)
        nothing_found(visiting, f"{where}, boxes unfolded")
        for menu in each_popover(visiting):
            menus += 1
            nothing_found(visiting, f"{where}, menu {menu}", OF_A_MENU)
    assert (boxes > 0) >= (name in WITH_BOXES)
    assert (menus > 0) >= (name in WITH_MENUS)


def show_a_card(page: Page) -> Locator:
    """Choose the first work of the list."""
    page.get_by_test_id("stDataFrame").first.click(position={"x": 15, "y": 52})
    still(page)
    return page.get_by_text("Choose which value stands for a field").or_(
        page.get_by_text("Mark as a duplicate of another work")
    )


def change_a_setting(page: Page) -> Locator:
    """Choose something, do not keep it, and look at another tab."""
    page.get_by_role("tab", name="How it is screened").click()
    still(page)
    page.get_by_role("radio", name="What is assigned to them").click(force=True)
    page.locator("[data-unsaved=true]").wait_for(state="attached")
    nothing_found(page, "settings that are changed")
    page.get_by_role("tab", name="People").click()
    still(page)
    return page.get_by_role("alert").filter(has_text="did not keep it")


def begin(page: Page) -> None:
    """Have a work before oneself."""
    button = page.get_by_role("button", name="Begin")
    button.or_(page.locator("#include")).first.wait_for()
    if button.count():
        button.click()
    expect(page.locator("#include")).to_be_enabled()


def ask_for_a_duplicate(page: Page) -> Locator:
    """The dialog in which a work is marked as a duplicate."""
    begin(page)
    still(page)
    page.locator("#twin").click()
    still(page)
    return page.get_by_role("dialog")


def say_why_not_retrieved(page: Page) -> Locator:
    """The line that asks why a report could not be had."""
    page.goto(f"{page.url.partition('?')[0]}?review=1&stage=full_text")
    still(page)
    begin(page)
    page.locator("#not_retrieved").click()
    return page.locator("#why-not")


def ask_for_the_map(page: Page) -> Locator:
    """The dialog in which authors say what the file of their map shall have."""
    page.get_by_role("button", name="Download the map").click()
    page.get_by_role("button", name="Download the file").wait_for()
    return page.get_by_role("dialog")


def ask_for_help(page: Page) -> Locator:
    """What a question mark says."""
    unfold(page)
    page.get_by_test_id("stTooltipHoverTarget").filter(visible=True).first.hover()
    page.get_by_test_id("stTooltipContent").wait_for()
    still(page)  # it fades in; half faded, its contrast is no other's
    return page.get_by_test_id("stTooltipContent")


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("records", show_a_card),
        ("team", change_a_setting),
        ("screening", ask_for_a_duplicate),
        ("screening", say_why_not_retrieved),
        ("evidence_map", ask_for_the_map),
        ("screening", ask_for_help),
    ],
)
def test_axe_finds_nothing_serious_in_what_an_act_brings(
    visiting: Page, prepared: Server, name: str, act: Callable[[Page], Locator]
) -> None:
    opened(visiting, prepared.url, name)
    expect(act(visiting).first).to_be_visible()
    nothing_found(visiting, act.__name__)
    if name == "records":
        unfold(visiting)
        nothing_found(visiting, "the card, unfolded")
