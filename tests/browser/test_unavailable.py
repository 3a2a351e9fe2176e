"""A database that is locked, and a disk that takes no more: told, waited out, nothing lost."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evidence.screening.verdicts import Stage
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.screening import decisions
from evidence.store.records.sources import SourceDraft
from evidence.ui.shell.errors import OVER
from scripts.serving import Server
from tests.browser.conftest import begin, visit

pytestmark = pytest.mark.journey
RIS = "".join(f"TY  - JOUR\nTI  - Gardens and paid work {n}\nER  - \n" for n in range(4))


@pytest.fixture
def records(desk: Desk) -> Desk:
    look = uploads.add(desk, "a.ris", RIS.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="A"))])
    return desk


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program writes and does not come to an end."""
    with closing(sqlite3.connect(server.folder / "waymark.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(server: Server) -> Iterator[None]:
    """No file of the server's may grow."""
    assert server.process
    kind, unlimited = resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    wal = Path(server.folder / "waymark.db-wal")
    most = min(wal.stat().st_size, 4096) if wal.exists() else 0
    resource.prlimit(server.process.pid, kind, (most, resource.RLIM_INFINITY))
    yield
    resource.prlimit(server.process.pid, kind, unlimited)


def decided(desk: Desk) -> int:
    tally = decisions.tally(desk, Stage.TITLE_ABSTRACT)
    return sum(tally.values()) - tally["open"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("trouble", "words"), [(locked, "The database is busy"), (full, "may be full")]
)
def test_the_deck_tells_it_keeps_what_was_decided_and_sends_it(
    page: Page, server: Server, records: Desk, trouble: object, words: str
) -> None:
    visit(page, server, records, "screening")
    begin(page)
    expect(page.locator("#title")).to_contain_text("Gardens")
    with trouble(server):  # type: ignore[operator]
        page.keyboard.press("i")
        expect(page.locator("#trouble")).to_contain_text(words, timeout=60_000)
        expect(page.locator("#trouble")).to_contain_text("1 kept in this browser and sent again")
        page.keyboard.press("e")
        assert decided(records) == 0
    expect(page.locator("#trouble")).to_be_empty(timeout=60_000)
    page.wait_for_timeout(500)
    assert decided(records) == 2


def test_a_page_tells_it_and_is_drawn_again_when_it_is_over(
    page: Page, server: Server, records: Desk
) -> None:
    visit(page, server, records, "team")
    page.get_by_label("Name", exact=True).fill("Ida")
    with full(server):
        page.get_by_role("button", name="Take in", exact=True).click()
        alert = page.get_by_role("alert").filter(has_text="may be full")
        expect(alert).to_be_visible(timeout=60_000)
    expect(page.get_by_text(OVER)).to_be_visible(timeout=30_000)
    expect(alert).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Team")
