"""The map in the app: what one person chose on it, a colleague sees by the link; marks are kept."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from sqlalchemy import update

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results import map_settings
from evidence.store import Role, Store, schema
from evidence.synthesis.map_settings import MapSettings, MapTexts
from scripts.serving import Server, name_oneself, still
from tests.browser.conftest import Go, colleague, new_review, visit
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.results.test_kept_studies import SOUND
from tests.steps.results.test_map_document import included_works

pytestmark = [pytest.mark.browser, pytest.mark.journey]
CODINGS = {  # streams and interventions, by study
    "Arbor 1999": ("outcome", "ips"),
    "Birch 2004": ("outcome", "clubhouse"),
    "Cedar 2011": ("outcome", "ips"),
}
RIGHT_TO_LEFT = "دراسة <b>العمل</b>"


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A review of three coded studies and one draft of its maker."""
    with new_review(server) as made:
        schemes.add(made, SCHEME, "small.yaml")
        works = included_works(made, *CODINGS, RIGHT_TO_LEFT)
        for (label, (stream, intervention)), work_id in zip(CODINGS.items(), works, strict=False):
            code(made, studies.create(made, [work_id], label), stream, intervention)
        draft = studies.create(made, [works[-1]], RIGHT_TO_LEFT)
        code(made, draft, "outcome", "clubhouse", complete=False)
        yield made


def code(
    desk: Desk, study_id: int, stream: str, intervention: str, *, complete: bool = True
) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=(stream,)))
    coding.put_finding(desk, study_id, finding(intervention=intervention))
    if complete:
        coding.complete(desk, study_id)


def open_map(page: Page, server: Server, desk: Desk) -> None:
    visit(page, server, desk, "map")
    expect(page.locator(".map-viewer")).to_be_visible()


def cells(page: Page) -> list[str]:
    """What the cells say to who listens."""
    names: list[str] = page.locator(".map-cell").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    return names


def test_a_colleague_sees_by_the_link_what_its_author_saw(
    page: Page, server: Server, desk: Desk, browser: Browser, go: Go
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_map(page, server, desk)
    expect(page.get_by_text("Rests on 3 of 4 studies")).to_be_visible()
    go("Counts")  # the map goes, and what was chosen on it stands in its address only
    assert "#" not in page.url
    go("Evidence map")
    page.get_by_role("button", name="Filter").click()
    page.locator("summary", has_text="Intervention").first.click()
    page.get_by_role("checkbox", name="IPS").first.check()
    page.locator(".map-cell", has_text="2").first.click()
    expect(page.locator(".map-panel")).to_contain_text("Arbor 1999")
    expect(page.locator(".map-panel")).not_to_contain_text("Birch 2004")
    seen, panel = cells(page), page.locator(".map-panel h3").inner_text()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    colleague(desk, "Ben")
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    theirs = context.new_page()
    name_oneself(theirs, server.url, "Ben")
    theirs.goto(link)
    expect(theirs.locator(".map-panel")).to_contain_text("Arbor 1999")
    assert theirs.locator(".map-panel h3").inner_text() == panel
    assert cells(theirs) == seen
    assert theirs.url == link  # the app takes nothing out of it
    context.close()


def test_a_link_tells_whether_drafts_are_on_the_map(
    page: Page, server: Server, desk: Desk, browser: Browser, go: Go
) -> None:
    open_map(page, server, desk)
    page.get_by_role("button", name="Bubbles").click()
    page.get_by_text("Include drafts").click()
    expect(page.locator(".map-caption")).to_contain_text("4 of 4 studies placed")
    expect(page.get_by_role("button", name="Bubbles")).to_have_attribute("aria-pressed", "true")
    link = page.url
    assert "drafts=yes" in link
    assert "view=bubbles" in link
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    theirs = context.new_page()
    name_oneself(theirs, server.url, "Ben")
    theirs.goto(link)
    # The draft is its maker's: who may not see it sees that drafts are asked for, no more.
    expect(theirs.get_by_role("switch", name="Include drafts")).to_be_checked()
    expect(theirs.get_by_role("button", name="Bubbles")).to_have_attribute("aria-pressed", "true")
    theirs.get_by_text("Include drafts").click()
    expect(theirs.locator(".map-caption")).to_contain_text("3 of 3 studies placed")
    assert "drafts" not in theirs.url
    context.close()
    # The choice holds on all pages of results, and stands in their addresses.
    go("Counts")
    go("Evidence map")
    expect(page.locator(".map-caption")).to_contain_text("4 of 4 studies placed")
    assert "drafts=yes" in page.url


def test_searches_look_into_abstracts_which_come_after_the_map(
    page: Page, server: Server, desk: Desk
) -> None:
    work = schema.work
    with desk.writing(Role.EDITOR) as w:
        birch = update(work).where(work.c.title == "Birch 2004")
        w.connection.execute(birch.values(abstract="Supported by bakers"))
    open_map(page, server, desk)
    page.get_by_role("button", name="Searches").click()
    page.get_by_label("New search").fill("abstract:baker*")
    page.keyboard.press("Enter")
    expect(page.locator(".map-searches tbody .map-number")).to_have_text("1")
    page.get_by_role("button", name="Show search #1").click()
    expect(page.locator(".map-passing")).to_have_text("1 of 3 studies is found by search #1.")
    page.reload()
    expect(page.locator(".map-passing")).to_have_text("1 of 3 studies is found by search #1.")


def test_the_map_is_fetched_anew_when_it_changed_and_stays_where_it_was(
    page: Page, server: Server, desk: Desk
) -> None:
    fetched: list[int] = []

    def note(got: Response) -> None:
        if "map-document" in got.url:
            fetched.append(got.status)

    page.on("response", note)
    open_map(page, server, desk)
    page.locator(".map-cell", has_text="2").first.click()
    address = page.url
    store = Store.open(server.database)
    own = Desk(store=store, review_id=desk.review_id, person_id=desk.person_id)
    map_settings.change(own, MapSettings(few=2, several=9), MapSettings())
    store.close()
    page.get_by_text("Not coded completely: 1 study").click()
    still(page)
    assert fetched == [200]  # drawing the page again fetches nothing
    page.get_by_text("Settings of the map").click()
    expect(page.get_by_label("Few", exact=True)).to_have_value("2")
    expect(page.locator(".map-legend")).to_contain_text("few")
    # No number, which one would read as a count of this map.
    expect(page.locator(".map-legend .map-figure").first).to_have_text("large figure")
    assert page.url == address
    assert fetched == [200, 200]


def test_a_cell_is_marked_where_its_studies_are_listed(
    page: Page, server: Server, desk: Desk
) -> None:
    open_map(page, server, desk)
    page.locator(".map-cell", has_text="2").first.click()
    panel = page.locator(".map-panel")
    panel.get_by_role("button", name="Mark as not applicable").click()
    again = panel.get_by_role("button", name="Applicable again")
    expect(again).to_be_visible()
    expect(panel.locator("h3")).to_be_focused()
    expect(page.locator(".map-legend")).to_contain_text("not applicable")
    (mark,) = map_settings.not_applicable(desk)
    assert (mark.person, mark.cell.headings) == ("Eva", ("ips", "hope"))
    page.get_by_text("Settings of the map").click()
    expect(page.get_by_text("IPS × Hope (Eva)")).to_be_visible()
    again.click()
    expect(panel.get_by_role("button", name="Mark as not applicable")).to_be_visible()
    assert map_settings.not_applicable(desk) == []


def test_settings_are_kept_by_editors(page: Page, server: Server, desk: Desk) -> None:
    open_map(page, server, desk)
    page.get_by_text("Settings of the map").click()
    page.get_by_label("Licence").fill("CC BY 4.0")
    page.get_by_role("textbox", name="View to begin with").fill(
        f"{page.url.split('#')[0]}#empty=hide"
    )
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(re.compile("Changed 1 time, last by Eva"))).to_be_visible()
    texts = MapTexts(licence="CC BY 4.0")
    assert map_settings.current(desk) == MapSettings(view="empty=hide", texts=texts)


def test_who_is_not_in_the_team_sees_it_and_marks_nothing(
    page: Page, server: Server, desk: Desk, browser: Browser
) -> None:
    context = browser.new_context()
    stranger = context.new_page()
    name_oneself(stranger, server.url, "Cleo")
    visit(stranger, server, desk, "map")
    expect(stranger.locator(".map-viewer")).to_be_visible()
    stranger.locator(".map-cell", has_text="2").first.click()
    panel = stranger.locator(".map-panel")
    expect(panel).to_contain_text("Arbor 1999")
    expect(panel.get_by_role("button", name="Mark as not applicable")).to_have_count(0)
    context.close()


FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at.getAttribute("aria-label") ?? at.textContent.trim();
}"""


def press(page: Page, *keys: str) -> str:
    """Press keys; gives the name of what has the focus then."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    return str(page.evaluate(FOCUSED))


def test_a_reader_goes_from_the_page_to_a_study_and_back_with_the_keyboard_alone(
    page: Page, server: Server, desk: Desk
) -> None:
    open_map(page, server, desk)
    expect(page.locator("[data-minds-keys]")).to_have_count(1)
    cells(page)
    assert "Skip to main content" in press(page, "Tab")
    press(page, "Enter", "Tab")  # from the page's skip link to what the page is for
    before = press(page, "Control+Home", "ArrowDown")
    while not re.search("[1-9] primary stud", said := press(page, "ArrowRight")):
        assert said != before, "no cell with a study in this row"
        before = said
    expect(page.get_by_role("region", name="Studies")).to_be_hidden()
    press(page, "Enter")
    panel = page.get_by_role("region", name="Studies")
    expect(panel).to_be_visible()
    for _ in range(30):
        name = press(page, "Tab")
        if any(label in name for label in CODINGS):
            break
    press(page, "Enter")
    expect(page.locator(".map-card")).to_be_visible()
    assert press(page, "Escape") == said  # back in the cell
    expect(panel).to_be_hidden()


def test_studies_kept_on_one_page_of_results_are_kept_on_all(
    page: Page, server: Server, desk: Desk, go: Go
) -> None:
    scheme_id = schemes.add(desk, SOUND, "sound.yaml")
    for study, judgement in zip(studies.listing(desk)[:2], ("good", "weak"), strict=True):
        coding.set_answer(desk, study.id, Answer(question="sound", codes=(judgement,)), scheme_id)
        coding.complete(desk, study.id, scheme_id)
    visit(page, server, desk, "directions")
    page.get_by_role("combobox", name="Studies by stage or appraisal").click()
    page.get_by_role("option", name="Sound").click()
    page.get_by_role("button", name="Weak").click()
    kept = page.get_by_text("Sound or not appraised (2 of 3); 1 left out.").first
    expect(kept).to_be_visible()
    go("Summary of findings")
    expect(kept).to_be_visible()
    go("Reviews")  # where nothing of it stands
    go("Effect directions")
    expect(kept).to_be_visible()
    assert "appraised-as=Not+appraised" in page.url
