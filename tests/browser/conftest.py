"""A real server, and a real Chromium that drives it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from evidence.steps import reviews
from evidence.steps.desk import Desk
from evidence.store import Store
from scripts.chromium import FLAGS, find
from tests.conftest import ROOT

expect.set_options(timeout=20_000)
STARTING = 60  # seconds


@dataclass
class Server:
    """The app on a port of its own, with a store of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'waymark.db'}"

    def start(self) -> None:
        log = (self.folder / "server.log").open("ab")
        command = [sys.executable, "-m", "evidence", "serve", "--no-example", "--port"]
        self.process = subprocess.Popen(
            [*command, str(self.port)],
            cwd=ROOT,
            env={**os.environ, "WAYMARK_DATABASE": self.database},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + STARTING
        while not self.healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "server.log").read_text())
            time.sleep(0.2)

    def healthy(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as wire:
                wire.sendall(b"GET /_stcore/health HTTP/1.0\r\n\r\n")
                return b"200 OK" in wire.recv(100)
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(folder=tmp_path_factory.mktemp("server"), port=free_port())
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1300, "height": 1000})
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose visitor has given a name; a picture is kept when the test fails."""
    made = context.new_page()
    made.goto(server.url)
    made.get_by_label("Your name").fill("Eva")
    made.get_by_role("button", name="Start").click()
    made.get_by_role("heading", name="Reviews").wait_for()
    yield made
    folder = ROOT / "test-results"
    if request.session.testsfailed and not made.is_closed():
        folder.mkdir(exist_ok=True)
        made.screenshot(path=folder / f"{request.node.name}.png", full_page=True)


Go = Callable[[str], None]


@pytest.fixture
def go(page: Page) -> Go:
    """Go to a page by its name at the side, as people do."""

    def to(title: str) -> None:
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
        page.get_by_role("heading", name=title, level=1).wait_for()
        still(page)

    return to


def still(page: Page) -> None:
    """Wait until the script has run."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def choose(page: Page, label: str, option: str, *, several: bool = False) -> None:
    """Choose in a list that opens; one of which several can be chosen stays open."""
    box = page.get_by_label(label).last
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()
    if several:
        page.keyboard.press("Escape")
    still(page)


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A new review in the server's own store, made without the browser to save time."""
    store = Store.open(server.database)
    person = reviews.welcome(store, "Maker")
    draft = reviews.Draft(title=f"Review {time.monotonic_ns()}", criteria=("About work",))
    made = reviews.create(store, person.id, draft)
    terms = reviews.Terms(include=("garden*", "work"), exclude=("mice",))
    reviews.change(made, draft, ["Not about work", "Not adults"], terms)
    yield made
    store.close()


def visit(page: Page, server: Server, desk: Desk, address: str) -> None:
    """Open a page of a review."""
    page.goto(f"{server.url}/{address}?review={desk.review_id}")
    still(page)
