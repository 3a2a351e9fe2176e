"""Two people coded, a third reconciles, by keys alone; nothing acknowledged is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from evidence.coding.answers import Answer
from evidence.coding.keyboard import DEFAULTS, RECONCILING_DEFAULTS, ReconcilingAction
from evidence.steps.coding import coding, desk_keys, schemes
from evidence.steps.coding.desk_keys import KeyedPage
from evidence.steps.coding.reconcile import reconciling, reconciling_messages
from evidence.steps.coding.reconcile.reconciling import ReconcilingSheet
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from scripts.accessibility import RULES, findings, modes
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.browser.reconciled_studies import colleague, double_coded
from tests.browser.test_screening import eva

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def sheet(desk: Desk, study_id: int) -> ReconcilingSheet:
    return reconciling.sheet(eva(desk), study_id, schemes.taken(desk)[-1].id)


def agreed(desk: Desk, study_id: int) -> dict[str, tuple[tuple[str, ...], str]]:
    """What the agreed coding says, by question."""
    own = sheet(desk, study_id)
    assert own.agreed is not None
    return {one.question: (one.codes, one.value) for one in own.agreed.answers(own.taken.scheme)}


def counted(desk: Desk) -> list[str]:
    found = coded_studies.load(desk)
    assert found is not None
    return [study.label for study in found.studies]


def current(page: Page, words: str) -> None:
    """Wait until one is at this question or finding, and it has the focus."""
    here = page.locator(".answer-row.current, .group.current")
    expect(here).to_contain_text(words)
    expect(here).to_be_focused()


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("✓ All saved")


def open_count(page: Page, words: str) -> None:
    expect(page.locator("#reconciling .state")).to_have_text(words)


def write_a_third_answer_and_reload(page: Page) -> None:
    press, write = page.keyboard.press, page.keyboard.type
    press("o")
    press("2")
    press("Tab")
    write("so says the report")
    expect(page.get_by_role("textbox", name="Note: why this answer")).to_be_focused()
    page.wait_for_timeout(500)
    page.on("dialog", lambda dialog: dialog.accept())  # it asks, for something is being written
    page.reload()  # in the middle of a third answer
    expect(page.get_by_role("textbox", name="Note: why this answer")).to_have_value(
        "so says the report"
    )
    expect(page.get_by_role("radio", name="No")).to_be_checked()


def go_on_and_come_back(page: Page, desk: Desk, second: int) -> None:
    page.keyboard.press("]")
    expect(page.locator(".about-study strong")).to_have_text("Kitchens and recovery 2001")
    open_count(page, "8 open")
    assert sheet(desk, second).agreed is None  # opening it wrote nothing
    assert not page.evaluate("Boolean(window.clicked)")
    still(page)
    box = page.get_by_test_id("stSidebar").get_by_role("combobox", name="Study")
    box.click()
    box.fill("Gardens")
    page.get_by_role("option", name="Gardens").click()  # back to it
    expect(page.locator(".about-study strong")).to_have_text("Gardens and paid work 2001")
    open_count(page, "Reconciled")


def test_a_third_reconciles_by_keys_alone_and_the_map_changes(
    page: Page, server: Server, desk: Desk
) -> None:
    first, second = double_coded(desk)
    page.add_init_script("addEventListener('mousedown', () => { window.clicked = true; }, true)")
    assert counted(desk) == []
    visit(page, server, desk, "reconcile")
    press, write = page.keyboard.press, page.keyboard.type
    current(page, "How many took part?")
    open_count(page, "8 open")
    press("a")
    open_count(page, "5 open")
    press("z")
    open_count(page, "8 open")
    expect(page.get_by_text("3 taken back.")).to_be_visible()
    expect(page.get_by_role("button", name="taken at once")).to_be_hidden()
    press("a")
    open_count(page, "5 open")
    expect(page.get_by_role("button", name="Take back the 3 taken at once")).to_be_visible()
    press("n")
    write("counted in the table")
    press("Enter")
    press("1")
    expect(page.locator(".answer-row.current .agreed")).to_contain_text("counted in the table")
    press("Enter")
    current(page, "What was done?")
    press("b")
    press("Enter")
    current(page, "Were they paid?")
    saved(page)
    page.reload()  # in the middle
    open_count(page, "3 open")
    current(page, "Were they paid?")
    write_a_third_answer_and_reload(page)
    press("Control+Enter")
    expect(page.locator(".answer-row.current .agreed")).to_contain_text("Another than any")
    press("Enter")
    current(page, "Hope")
    press("2")
    expect(page.locator(".group.current")).to_contain_text("As Ben")
    press("c")  # shows what is open
    current(page, "Only Ada has this finding")
    expect(page.locator(".group.current")).not_to_contain_text("null")
    press("x")
    write("not an outcome of this review")
    press("Enter")
    open_count(page, "All chosen")
    press("c")
    open_count(page, "Reconciled")
    saved(page)
    assert counted(desk) == ["Gardens and paid work 2001"]
    assert agreed(desk, first) == {
        "country": (("pe",), ""), "people": ((), "143"), "service": (("flowers", "trees"), ""),
        "paid": (("no",), ""), "words": ((), "They gardened."),
        "outcome": (("hope",), ""),
    }  # fmt: skip
    go_on_and_come_back(page, desk, second)


def test_keys_are_chosen_and_one_that_cannot_be_is_refused(
    page: Page, server: Server, desk: Desk
) -> None:
    double_coded(desk)
    visit(page, server, desk, "reconcile")
    current(page, "How many took part?")
    page.keyboard.press("?")
    own = page.get_by_role("textbox", name="Take all that agree", exact=True)
    own.fill("B")
    page.get_by_role("button", name="Save my keys").click()
    expect(page.get_by_role("dialog")).to_contain_text("B stands twice")
    own.fill("Y")
    page.get_by_role("button", name="Save my keys").click()
    expect(page.locator(".hints")).to_contain_text("All that agreeY")
    expect(page.get_by_role("button", name="Take all 3 that agree")).to_contain_text("Y")
    page.keyboard.press("a")
    open_count(page, "8 open")
    page.keyboard.press("y")
    open_count(page, "5 open")
    page.reload()
    expect(page.locator(".hints")).to_contain_text("All that agreeY")
    keys = desk_keys.get(eva(desk), KeyedPage.RECONCILING)
    assert keys == {**RECONCILING_DEFAULTS, ReconcilingAction.TAKE_AGREEING: "y"}
    assert desk_keys.get(eva(desk)) == DEFAULTS  # those of the coding desk are others


def test_killed_between_two_choices_it_loses_nothing_acknowledged(
    page: Page, server: Server, desk: Desk
) -> None:
    first, _ = double_coded(desk)
    visit(page, server, desk, "reconcile")
    current(page, "How many took part?")
    page.keyboard.press("1")
    saved(page)
    server.kill()
    page.keyboard.press("Enter")
    page.keyboard.press("b")
    expect(page.locator(".saved")).to_have_text("Saving 1 …")
    server.start()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    open_count(page, "6 open")
    saved(page)
    said = agreed(desk, first)
    assert (said["people"], said["service"]) == (((), "143"), (("flowers", "trees"), ""))


def test_two_who_reconcile_at_once_see_both_choices(page: Page, server: Server, desk: Desk) -> None:
    first, _ = double_coded(desk)
    visit(page, server, desk, "reconcile")
    current(page, "How many took part?")
    scheme_id = schemes.taken(desk)[-1].id
    _, ben = (one.id for one in sheet(desk, first).codings)
    chosen = {"client_id": "theirs", "kind": "answer", "study_id": first, "scheme_id": scheme_id,
              "question": "people", "sources": [ben], "seen": ""}  # fmt: skip
    outcome = reconciling_messages.apply(colleague(desk, "Dora"), [chosen])
    assert outcome.accepted == ["theirs"]
    page.keyboard.press("1")
    both = page.get_by_role("group", name="Two choices")
    expect(both).to_contain_text("You: as Ada")
    expect(page.locator(".answer-row.current .agreed")).to_contain_text("chosen by Dora")
    assert agreed(desk, first)["people"] == ((), "134")
    page.keyboard.press("m")
    expect(both).to_be_hidden()
    expect(page.locator(".answer-row.current .agreed")).to_contain_text("chosen by Eva")
    assert agreed(desk, first)["people"] == ((), "143")


def test_who_is_to_code_a_study_sees_why_nothing_is_shown(
    page: Page, server: Server, desk: Desk
) -> None:
    first, second = double_coded(desk)
    for study_id in (first, second):
        coding.set_answer(eva(desk), study_id, Answer(question="people", value="9"))
    visit(page, server, desk, "reconcile")
    expect(page.get_by_text("You are to code this study yourself").last).to_be_visible()
    expect(page.locator("#reconciling .panes")).to_be_hidden()
    assert not re.search(r"\b134\b", page.content())  # names of styles may hold it


def test_axe_finds_nothing_serious_and_texts_are_texts(
    page: Page, server: Server, desk: Desk
) -> None:
    first, _ = double_coded(desk)
    visit(page, server, desk, "reconcile")
    current(page, "How many took part?")
    page.get_by_role("button", name="3 answers agree").click()
    page.locator(".group").first.focus()
    page.keyboard.press("o")  # all fields of a finding
    expect(page.locator(".writing")).to_be_visible()
    for mode in modes(page):
        found = findings(page, rules=RULES[mode])
        ours = [str(finding) for finding in found if not finding.is_excepted]
        assert ours == [], mode
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), mode
    assert page.get_by_text("onerror=window.hacked=1").count() > 2
    assert not page.evaluate("window.hacked")
    assert sheet(desk, first).agreed is None  # looking wrote nothing


def test_a_coding_that_changed_since_is_told_and_what_was_agreed_is_opened_again(
    page: Page, server: Server, desk: Desk
) -> None:
    first, _ = double_coded(desk)
    eva_desk, scheme_id = eva(desk), schemes.taken(desk)[-1].id
    own = sheet(desk, first)
    ada = own.codings[0].id
    about = {"study_id": first, "scheme_id": scheme_id, "seen": ""}
    messages = [{"kind": "agreeing", "client_id": "m"} | about]
    messages += [
        {"kind": "answer", "question": question, "sources": [ada], "client_id": question} | about
        for question in ("people", "service", "paid")
    ]
    messages += [
        {"kind": "finding", "members": [list(member) for member in one.group.members],
         "taken": list(one.group.members[0]), "client_id": f"f{at}"} | about
        for at, one in enumerate(own.findings)
    ]  # fmt: skip
    messages.append({"kind": "state", "after": "complete", "client_id": "c"} | about)
    assert not reconciling_messages.apply(eva_desk, messages).refused
    ben = colleague(desk, "Ben")
    coding.reopen(ben, first)
    coding.set_answer(ben, first, Answer(question="people", value="143"))
    coding.complete(ben, first)
    visit(page, server, desk, "reconcile")
    expect(page.locator(".about-study strong")).to_have_text("Kitchens and recovery 2001")
    page.keyboard.press("[")
    expect(page.get_by_text("A coding was changed after this was agreed")).to_be_visible()
    open_count(page, "Reconciled")
    page.keyboard.press("1")
    expect(page.locator(".said")).to_contain_text("Reopen it to change something")
    page.keyboard.press("c")
    open_count(page, "All chosen")
    saved(page)
    assert counted(desk) == []
