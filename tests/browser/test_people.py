"""Pairs by key, and conflicts between people."""

import pytest
from playwright.sync_api import Page, expect

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, pair_history
from evidence.steps.records.importing import imports, uploads
from evidence.steps.screening import decisions
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from scripts.serving import Server, still
from tests.browser.conftest import colleague, visit
from tests.steps.conftest import taken

pytestmark = [pytest.mark.browser, pytest.mark.journey]
SUBJECTS = ("gardens", "kitchens", "libraries")


@pytest.fixture
def pairs(desk: Desk) -> Desk:
    """Three pairs that the rules leave to a person: one title, two journals."""
    entry = (
        "TY  - JOUR\nTI  - Meaningful occupation in community {subject} for adults\n"
        "AU  - Meyer, Eva\nAU  - Ito, Ken\nPY  - 2004\nJO  - {journal}\nVL  - {volume}\nER  - \n"
    )
    text = "".join(
        entry.format(subject=subject, journal=journal, volume=volume)
        for subject in SUBJECTS
        for journal, volume in (("Work and Society", 9), ("Annals of Rehabilitation", 55))
    )
    look = uploads.add(desk, "a.ris", text.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name="A"))])
    assert duplicates.run(desk).possible == len(SUBJECTS)
    return desk


def kept(page: Page, desk: Desk, decisions: int) -> None:
    """Wait until so many decisions are kept; a list that is opened before does not show them."""
    for _ in range(100):
        if len(pair_history.history(desk)) == decisions:
            break
        page.wait_for_timeout(200)
    still(page)


def test_a_held_key_decides_one_pair(page: Page, server: Server, pairs: Desk) -> None:
    visit(page, server, pairs, "duplicates")
    expect(page.locator(".pair")).to_be_visible()
    listener = page.locator("[data-listens-for]")
    about = listener.get_attribute("data-listens-for") or ""
    shown = page.locator(".pair").inner_text()
    (subject,) = (one for one in SUBJECTS if one in shown)
    page.keyboard.down("s")
    for _ in range(8):
        page.keyboard.down("s")
        page.wait_for_timeout(150)
    page.keyboard.up("s")
    expect(page.locator(".pair")).not_to_contain_text(subject)
    expect(listener).not_to_have_attribute("data-listens-for", about)
    assert [act.verdict for act, _ in pair_history.history(pairs)] == ["same"]
    still(page)
    page.keyboard.press("d")
    expect(page.locator(".pair")).to_have_count(1)
    kept(page, pairs, 2)
    page.get_by_text("Decided by people").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(2)
    assert [act.verdict for act, _ in pair_history.history(pairs)] == ["different", "same"]


def test_typing_a_note_on_a_pair_decides_nothing(page: Page, server: Server, pairs: Desk) -> None:
    visit(page, server, pairs, "duplicates")
    page.get_by_label("Note").fill("same series, different data sets")
    page.get_by_label("Note").press("Enter")
    assert pair_history.history(pairs) == []
    page.get_by_role("button", name="Different").click()
    kept(page, pairs, 1)
    page.get_by_text("Decided by people").click()
    expect(page.get_by_text("same series, different data sets")).to_be_visible()


def test_a_conflict_shows_what_was_said_and_is_resolved(
    page: Page, server: Server, pairs: Desk
) -> None:
    (first, *_) = taken(pairs, Stage.TITLE_ABSTRACT).waiting
    for name, verdict in (("Ben", "include"), ("Cleo", "exclude")):
        desk = colleague(pairs, name)
        new = NewDecision(
            work_id=first.id,
            stage=Stage.TITLE_ABSTRACT,
            verdict=Verdict(verdict),
            client_id=name,
            note=f"{name}'s note",
        )
        decisions.decide(desk, [new])
    visit(page, server, pairs, "screening")
    expect(page.locator("#voices")).to_be_hidden()
    page.get_by_role("radio", name="Conflict 1").click(force=True)
    expect(page.locator("#voices")).to_contain_text("Ben: Include (Ben's note)")
    expect(page.locator("#voices")).to_contain_text("Cleo: Exclude (Cleo's note)")
    page.keyboard.press("i")
    expect(page.locator("#saved")).to_have_text("All saved")
    tally = decisions.tally(pairs, Stage.TITLE_ABSTRACT)
    assert tally[State.CONFLICT] == 0
    assert tally[State.INCLUDE] == 1
