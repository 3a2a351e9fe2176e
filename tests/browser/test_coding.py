"""The coding desk with its server: what is stored is what was typed, whoever else types."""

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from evidence.coding.answers import Answer
from evidence.coding.keyboard import Action
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.coding import coding, desk_keys, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.importing import imports, uploads
from evidence.steps.screening.decisions import decide
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from scripts.serving import Server
from tests.browser.conftest import visit
from tests.browser.test_screening import eva
from tests.steps.coding_progress import progress

pytestmark = pytest.mark.browser
YAML = """
id: made
title: Made
version: "1"
purpose: coding
judges: study
sections:
  - title: First
    questions:
      - {id: people, text: How many took part?, kind: number, required: yes}
      - {id: words, text: In the words of the report, kind: text}
      - {id: told, text: Were they told?, kind: yes/no}
"""


def two_studies(desk: Desk) -> list[int]:
    """Two included works, each a study, and a scheme to code them with."""
    entries = "".join(
        f"TY  - JOUR\nTI  - {title}\nAB  - Of 143 people 74 gardened.\nPY  - 2001\nER  - \n"
        for title in ("Gardens and paid work", "Kitchens and recovery")
    )
    look = uploads.add(desk, "a.ris", entries.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name="A"))])
    works = [work.id for work in records.page(desk, Filter(), 0, 9)]
    for stage in Stage:
        decide(desk, [included(work, stage) for work in works])
    studies.create_each(desk, works)
    schemes.add(desk, YAML, "made.yaml")
    return [line.study.id for line in progress(desk)]


def included(work_id: int, stage: Stage) -> NewDecision:
    client_id = f"{stage}-{work_id}"
    return NewDecision(work_id=work_id, stage=stage, verdict=Verdict.INCLUDE, client_id=client_id)


def typed(desk: Desk, study_id: int) -> dict[str, str]:
    """What is stored of Eva's coding, by question."""
    rows = coding.sheet(eva(desk), study_id).rows
    return {row.question: row.value or row.code for row in rows if row.says_something}


def people_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="How many took part?")


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("✓ All saved")


def stored(page: Page, desk: Desk, study_id: int, said: dict[str, str]) -> None:
    """Wait until the server has this; a page says “All saved” also before it has sent anything."""
    for _ in range(200):
        if typed(desk, study_id) == said:
            return
        page.wait_for_timeout(100)
    assert typed(desk, study_id) == said


def test_two_tabs_lose_nothing_of_each_other(
    page: Page, server: Server, desk: Desk, browser: Browser, visitor: StorageState
) -> None:
    """A field that the other tab changed shows both; other fields are not touched."""
    first, _ = two_studies(desk)
    visit(page, server, desk, "coding")
    context = browser.new_context(storage_state=visitor)
    other = context.new_page()
    visit(other, server, desk, "coding")
    expect(people_field(other)).to_have_value("")  # as it was before the first tab typed
    people_field(page).fill("143")
    page.get_by_role("radio", name="Yes").check()
    stored(page, desk, first, {"people": "143", "told": "yes"})
    people_field(other).fill("74")
    other.get_by_role("textbox", name="In the words of the report").fill("gardening")
    both = other.get_by_role("group", name="Two versions")
    expect(both).to_contain_text("Here: 74")
    expect(both).to_contain_text("There: 143")
    stored(other, desk, first, {"people": "143", "told": "yes", "words": "gardening"})
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_be_hidden()
    stored(other, desk, first, {"people": "74", "told": "yes", "words": "gardening"})
    context.close()


def test_typed_text_survives_the_next_study_completing_a_reload_and_a_refusal(
    page: Page, server: Server, desk: Desk
) -> None:
    first, second = two_studies(desk)
    visit(page, server, desk, "coding")
    about = page.locator(".about-study")
    label = progress(desk)[0].study.label
    expect(about).to_contain_text(label)
    people_field(page).fill("many")
    page.get_by_role("textbox", name="In the words of the report").fill("gardening at work")
    page.locator(".top").get_by_role("button", name="Complete").click()
    expect(page.get_by_text("“many” is not a number").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(about).not_to_contain_text(label)
    expect(page.locator(".place")).to_contain_text("2 of 2")
    expect(people_field(page)).to_have_value("")
    page.keyboard.press("[")
    expect(about).to_contain_text(label)
    expect(people_field(page)).to_have_value("many")
    saved(page)
    page.reload()
    expect(people_field(page)).to_have_value("many")
    assert typed(desk, first) == {"people": "many", "words": "gardening at work"}
    assert typed(desk, second) == {}
    people_field(page).fill("143")
    people_field(page).press("Escape")
    page.keyboard.press("c")
    expect(page.locator(".state")).to_have_text("Complete")
    expect(page.get_by_text("You completed 1 of 2 studies")).to_be_visible()
    assert coding.sheet(eva(desk), first).complete


def test_a_colleague_s_coding_is_not_shown(page: Page, server: Server, desk: Desk) -> None:
    first, _ = two_studies(desk)
    coding.set_answer(desk, first, Answer(question="words", value="what the maker thinks"))
    visit(page, server, desk, "coding")
    expect(page.locator(".about-study")).to_contain_text("also Maker (draft)")
    expect(page.get_by_role("textbox", name="In the words of the report")).to_have_value("")
    assert "what the maker thinks" not in page.content()


@pytest.mark.journey
def test_keys_are_chosen_and_one_that_cannot_be_is_refused(
    page: Page, server: Server, desk: Desk
) -> None:
    two_studies(desk)
    visit(page, server, desk, "coding")
    expect(page.locator(".about-study strong")).not_to_be_empty()
    page.keyboard.press("?")
    page.get_by_role("textbox", name="Note", exact=True).fill("M")
    page.get_by_role("button", name="Save my keys").click()
    expect(page.locator(".hints")).to_contain_text("NoteM")
    page.keyboard.press("?")
    page.get_by_role("textbox", name="Note", exact=True).fill("Q")
    page.get_by_role("button", name="Save my keys").click()
    expect(page.get_by_role("dialog")).to_contain_text("Q stands twice")
    assert desk_keys.get(eva(desk))[Action.NOTE] == "m"
