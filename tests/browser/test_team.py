"""Two reviewers at two browsers: blind until both have decided, then a conflict, then a number."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, WebSocket, expect

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.results import prisma_flow
from evidence.steps.review import people, team
from evidence.steps.screening import conflicts, decisions, stage_settings
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import DISCUSSION, THIRD_PERSON, NewDecision
from scripts.serving import Server, name_oneself, still
from tests.browser.conftest import begin, colleague, visit
from tests.steps.conftest import taken

pytestmark = [pytest.mark.browser, pytest.mark.journey]
TA = Stage.TITLE_ABSTRACT
ANNAS = "annas-secret-note"
BENS = "bens-open-note"
NAMES = ("Anna Adler", "Ben Busch")


class Reviewer:
    """Somebody at a browser of their own, and all that the server ever sent there."""

    def __init__(self, browser: Browser, server: Server, name: str) -> None:
        self.server = server
        self.context: BrowserContext = browser.new_context(viewport={"width": 1300, "height": 1000})
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.received: list[bytes] = []
        self.page.on("websocket", self._listen)
        name_oneself(self.page, server.url, name)

    def _listen(self, socket: WebSocket) -> None:
        def keep(payload: str | bytes) -> None:
            self.received.append(payload.encode() if isinstance(payload, str) else payload)

        socket.on("framereceived", keep)

    def was_told(self, text: str) -> bool:
        return any(text.encode() in frame for frame in self.received)

    def visits(self, desk: Desk, address: str) -> None:
        self.received.clear()
        visit(self.page, self.server, desk, address)

    def decides(self, key: str, note: str) -> None:
        expect(self.page.locator("#title")).to_contain_text("part 1")
        self.page.keyboard.press("n")
        expect(self.page.locator("#note")).to_be_focused()
        self.page.keyboard.type(note)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press(key)
        expect(self.page.locator("#saved")).to_have_text("All saved")


@pytest.fixture
def reviewer(browser: Browser, server: Server) -> Iterator[Callable[[str], Reviewer]]:
    made: list[Reviewer] = []

    def make(name: str) -> Reviewer:
        made.append(Reviewer(browser, server, name))
        return made[-1]

    yield make
    for one in made:
        one.context.close()


@pytest.fixture
def in_pairs(desk: Desk) -> Desk:
    """Two works, each to be read by two people."""
    entries = "".join(
        f"TY  - JOUR\nTI  - Work and gardens, part {n}\nAB  - People work.\nER  - \n"
        for n in (1, 2)
    )
    look = uploads.add(desk, "a.ris", entries.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="A"))])
    stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
    for name in NAMES:
        team.add(desk, name)
    return desk


def test_blind_then_in_conflict_then_resolved_then_counted(
    reviewer: Callable[[str], Reviewer], in_pairs: Desk
) -> None:
    anna, ben = (reviewer(name) for name in NAMES)
    anna.visits(in_pairs, "screening")
    begin(anna.page)
    anna.decides("i", ANNAS)

    for page in ("screening", "records", "conflicts", "counts"):
        ben.visits(in_pairs, page)
        still(ben.page)
        if page == "screening":
            begin(ben.page)
            expect(ben.page.locator("#title")).to_contain_text("part 1")
            assert ben.was_told("Work and gardens, part 1")  # what is sent is seen here
            assert not ben.was_told(NAMES[0])
        assert not ben.was_told(ANNAS), page
    ben.visits(in_pairs, "team")
    ben.page.get_by_role("tab", name="Agreement").click()
    expect(ben.page.get_by_text("No work was read by two people yet")).to_be_visible()
    assert not ben.was_told(ANNAS)
    assert prisma_flow.flow(in_pairs).screened == 0

    ben.visits(in_pairs, "screening")
    ben.decides("e", BENS)
    ben.visits(in_pairs, "conflicts")
    expect(ben.page.get_by_text(f"{NAMES[0]}: Include")).to_be_visible()
    expect(ben.page.get_by_text(f"{NAMES[1]}: Exclude")).to_be_visible()
    assert ben.was_told(ANNAS)
    assert prisma_flow.flow(in_pairs).screened == 0

    anna.visits(in_pairs, "conflicts")
    expect(anna.page.get_by_text(BENS)).to_be_visible()
    anna.page.get_by_label("Note").fill("We talked: it is about work")
    anna.page.get_by_label("Note").press("Enter")
    assert conflicts.resolutions(in_pairs, TA) == []  # typing decides nothing
    anna.page.get_by_role("heading", name="Conflicts").click()
    anna.page.locator("[data-listens-for]").wait_for(state="attached")
    anna.page.keyboard.press("i")
    expect(anna.page.get_by_text("No conflict waits")).to_be_visible()
    (one,) = conflicts.resolutions(in_pairs, TA)
    assert (one.resolution.person, one.resolution.how, one.resolution.note) == (
        NAMES[0],
        DISCUSSION,
        "We talked: it is about work",
    )
    numbers = prisma_flow.flow(in_pairs)
    assert (numbers.screened, numbers.excluded, numbers.searched.sought) == (1, 0, 1)


def test_a_held_key_resolves_one_conflict(
    reviewer: Callable[[str], Reviewer], in_pairs: Desk
) -> None:
    for name, verdict in zip(NAMES, ("include", "exclude"), strict=True):
        (person,) = (i for i, known in team.names(in_pairs).items() if known == name)
        at = Desk(store=in_pairs.store, review_id=in_pairs.review_id, person_id=person)
        for work in taken(at, TA).waiting:
            new = NewDecision(
                work_id=work.id,
                stage=TA,
                verdict=Verdict(verdict),
                client_id=f"{name}-{work.id}",
            )
            decisions.decide(at, [new])
    cleo = reviewer("Cleo")
    colleague(in_pairs, "Cleo")
    cleo.visits(in_pairs, "conflicts")
    expect(cleo.page.get_by_role("heading", name="part 1")).to_be_visible()
    cleo.page.locator("[data-listens-for]").wait_for(state="attached")
    cleo.page.keyboard.down("e")
    for _ in range(8):
        cleo.page.keyboard.down("e")
        cleo.page.wait_for_timeout(150)
    cleo.page.keyboard.up("e")
    expect(cleo.page.get_by_role("heading", name="part 2")).to_be_visible()
    (one,) = conflicts.resolutions(in_pairs, TA)
    assert (one.resolution.person, one.resolution.how) == ("Cleo", THIRD_PERSON)


def test_works_that_somebody_holds_are_released_and_what_she_decides_counts(
    reviewer: Callable[[str], Reviewer], in_pairs: Desk
) -> None:
    stage_settings.change(in_pairs, TA, StageSettings(), StageSettings(voices=2))
    anna, ben = (reviewer(name) for name in NAMES)
    anna.visits(in_pairs, "screening")
    begin(anna.page)
    ben.visits(in_pairs, "screening")
    expect(ben.page.locator("#title")).to_contain_text("the rest is with others")
    expect(ben.page.get_by_role("button", name="Begin")).to_have_count(0)
    ben.visits(in_pairs, "team")
    ben.page.get_by_role("button", name=f"Release 2 works that {NAMES[0]} holds").click()
    expect(ben.page.get_by_text("Nobody holds a work that is not decided.")).to_be_visible()
    ben.visits(in_pairs, "screening")
    begin(ben.page)
    shown = anna.page.locator("#title").inner_text()
    anna.page.keyboard.press("i")  # her page still shows what she held
    expect(anna.page.locator("#saved")).to_have_text("All saved")
    expect(anna.page.locator("#refused")).to_be_hidden()
    (one,) = decisions.own(
        replace(in_pairs, person_id=people.named(in_pairs.store, NAMES[0]).id), TA
    )
    assert (one.title, one.verdict) == (shown, Verdict.INCLUDE)


def test_the_browser_asks_before_unsaved_settings_are_closed(
    reviewer: Callable[[str], Reviewer], desk: Desk
) -> None:
    anna = reviewer("Anna")
    colleague(desk, "Anna")
    anna.visits(desk, "team")
    anna.page.get_by_role("tab", name="How it is screened").click()
    anna.page.get_by_role("radio", name="What is assigned to them").click(force=True)
    anna.page.locator("[data-unsaved=true]").wait_for(state="attached")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    anna.page.on("dialog", stay)
    anna.page.reload()
    assert asked == ["beforeunload"]
    anna.page.get_by_role("tab", name="How it is screened").click()
    anna.page.locator("[data-unsaved=false]").wait_for(state="attached")
    anna.page.reload()
    assert asked == ["beforeunload"]
