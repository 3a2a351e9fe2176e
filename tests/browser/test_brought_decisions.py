"""A file with a colleague's decisions: brought by one, confirmed by the other, taken back whole."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, WebSocket, expect

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.screening import decisions, stage_settings
from evidence.store.records.sources import SourceDraft
from scripts.serving import Server, name_oneself, still
from tests.browser.conftest import colleague, new_review, visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]
TA = Stage.TITLE_ABSTRACT
TITLES = tuple(f"Paid employment and recovery in {place}" for place in ("gardens", "kitchens"))
NOTE = "cleos-note-of-rayyan"
BEA, CLEO = "Bea Brook", "Cléo Arbor"
RAYYAN = "".join(
    f"TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: "
    f'{{"bea"=>"Excluded", "ARBOR, Cleo"=>"Included"}} | RAYYAN-LABELS: pilot | '
    f'USER-NOTES: {{"ARBOR, Cleo"=>["{NOTE}"]}}\nER  - \n'
    for title in TITLES
)
FILE = FilePayload(name="rayyan.ris", mimeType="text/plain", buffer=RAYYAN.encode())


@pytest.fixture
def review(server: Server) -> Iterator[Desk]:
    """Two works, each to be read by two people."""
    with new_review(server) as desk:
        for name in (BEA, CLEO):
            colleague(desk, name)
        entries = "".join(f"TY  - JOUR\nTI  - {title}\nER  - \n" for title in TITLES)
        preview = uploads.add(desk, "a.ris", entries.encode(), Settings(), wait=True)
        imports.import_files(desk, [imports.Choice(preview, SourceDraft(name="A"))])
        stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
        yield desk


@pytest.fixture
def page_of(browser: Browser, server: Server, review: Desk) -> Iterator[Callable[[str], Page]]:
    """Opens the page Decisions at a browser of somebody's own."""
    contexts = []

    def open_page(name: str) -> Page:
        context = browser.new_context(viewport={"width": 1300, "height": 1000})
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        name_oneself(page, server.url, name)
        visit(page, server, review, "decisions")
        return page

    yield open_page
    for context in contexts:
        context.close()


def listen(page: Page) -> list[bytes]:
    """All that the server sends to a page from its next visit on."""
    received: list[bytes] = []

    def keep(payload: str | bytes) -> None:
        received.append(payload.encode() if isinstance(payload, str) else payload)

    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    page.on("websocket", follow)
    return received


def tally(desk: Desk) -> dict[State, int]:
    return {state: count for state, count in decisions.tally(desk, TA).items() if count}


def test_brought_by_one_confirmed_by_the_other_and_taken_back_as_a_whole(
    review: Desk, page_of: Callable[[str], Page], server: Server
) -> None:
    bea = page_of(BEA)
    bea.locator("input[type=file]").set_input_files(FILE)
    expect(bea.get_by_label("“ARBOR, Cleo” is")).to_have_value(CLEO)  # found by her name
    in_memory = bea.request.get(f"{server.url}/_stcore/metrics").text()
    assert "cache_memory_bytes" in in_memory
    assert "UploadedFileManager" not in in_memory  # what was read is deleted at once
    box = bea.get_by_label("“bea” is")
    box.click()
    bea.get_by_role("option", name=f"{BEA} (you)").click()
    bea.get_by_role("button", name="Bring these decisions in").click()
    expect(bea.get_by_text("2 decisions of yours count now")).to_be_visible()
    expect(bea.get_by_text(f"2 decisions wait for {CLEO}")).to_be_visible()
    assert tally(review) == {State.OPEN: 2}

    cleo = page_of(CLEO)
    visit(cleo, server, review, "screening")
    expect(cleo.get_by_text("Colleagues brought 2 decisions under your name")).to_be_visible()
    visit(cleo, server, review, "decisions")
    expect(cleo.get_by_text(f"{BEA} brought 2 decisions under your name")).to_be_visible()
    cleo.get_by_text("Look at them").click()
    still(cleo)
    cleo.get_by_role("button", name="Confirm all").click()
    expect(cleo.get_by_text("2 decisions from the file count now.")).to_be_visible()
    expect(cleo.get_by_text("under your name")).to_have_count(0)
    assert tally(review) == {State.CONFLICT: 2}

    visit(bea, server, review, "decisions")
    bea.get_by_role("tab", name="Files brought in").click()
    bea.get_by_role("button", name="Undo the whole file …").click()
    expect(
        bea.get_by_text("taken back: 2 decisions of Bea Brook, 2 decisions of Cléo Arbor")
    ).to_be_visible()
    bea.get_by_role("button", name="Yes, take it back").click()
    expect(bea.get_by_text("rayyan.ris: Taken back: 2 decisions of Bea Brook")).to_be_visible()
    still(bea)
    files_tab = bea.get_by_role("tab", name="Files brought in")
    expect(files_tab).to_have_attribute("aria-selected", "true")  # nobody is led away from it
    assert tally(review) == {State.OPEN: 2}
    for name in (BEA, CLEO):
        assert decisions.own(colleague(review, name), TA) == []


def test_nobody_else_is_sent_what_the_file_says(
    review: Desk, page_of: Callable[[str], Page], server: Server
) -> None:
    bea = page_of(BEA)
    bea.locator("input[type=file]").set_input_files(FILE)
    box = bea.get_by_label("“bea” is")
    box.click()
    bea.get_by_role("option", name=f"{BEA} (you)").click()
    bea.get_by_role("button", name="Bring these decisions in").click()
    expect(bea.get_by_text(f"2 decisions wait for {CLEO}")).to_be_visible()

    other = page_of("Dora Delta")
    received = listen(other)
    visit(other, server, review, "decisions")
    other.get_by_role("tab", name="Files brought in").click()
    expect(other.get_by_text("rayyan.ris")).to_be_visible()
    still(other)
    assert any(b"rayyan.ris" in frame for frame in received)  # what is sent is seen here
    assert not any(NOTE.encode() in frame for frame in received)
    expect(other.get_by_role("button", name="Undo the whole file …")).to_have_count(0)
