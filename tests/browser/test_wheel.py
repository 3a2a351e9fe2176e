"""What was installed from the wheel begins as a person begins it, and opens every page.

The wheel is built from a source archive, away from the checkout, and installed into an environment
that has nothing else. What it depends on is borrowed from the environment of the tests, so this
does not show that pip finds and installs that: `python -m scripts.pins` asks the index for it, and
a release is to be tried on a machine with nothing.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from evidence.ui.shell.menu import PAGES
from scripts.serving import Server, free_port, name_oneself, still
from scripts.wheel import install
from tests.built_wheel import built_wheel
from tests.conftest import ROOT

pytestmark = pytest.mark.journey

FILES = ROOT / "data" / "example" / "imports"


@dataclass
class Installed:
    """An environment with the wheel, and a person without a checkout.

    Attributes:
        environment: of the person's programs; nothing of Waymark is set in it.
    """

    python: Path
    environment: dict[str, str]

    @property
    def waymark(self) -> str:
        """The command."""
        (command,) = self.python.parent.glob("waymark*")
        return str(command)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    python = install(built_wheel(folder / "dist"), folder / "environment")
    ours = ("WAYMARK", "PYTHON", "XDG", "STREAMLIT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return Installed(python, environment | {"HOME": str(folder / "home")})


@pytest.fixture
def begun(installed: Installed, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """`waymark serve`, given in an empty folder: the address that it says, and its words."""
    folder, said = tmp_path / "empty", tmp_path / "said.txt"
    folder.mkdir()
    with said.open("wb") as handle:
        process = subprocess.Popen(
            [installed.waymark, "serve", "--port", str(free_port())],
            cwd=folder,
            env=installed.environment,
            stdout=handle,
            stderr=subprocess.STDOUT,
        )
    try:
        yield address_in(said, process), said
        assert list(folder.iterdir()) == []
    finally:
        process.kill()
        process.wait(10)


def address_in(said: Path, process: subprocess.Popen[bytes]) -> str:
    """The address that is said, once a server answers there."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"Waymark is at http://127\.0\.0\.1:(\d+)", said.read_text())
        if found and Server(folder=said.parent, port=int(found[1])).healthy():
            return f"http://127.0.0.1:{found[1]}"
        time.sleep(0.2)
    raise RuntimeError(said.read_text())


def test_a_person_begins_in_an_empty_folder_and_screens_a_work_of_the_example(
    installed: Installed, begun: tuple[str, Path], browser: Browser
) -> None:
    url, said = begun
    data = Path(installed.environment["HOME"]) / ".local" / "share" / "waymark" / "waymark.db"
    assert "Loading the example review" in said.read_text()
    assert f"Your reviews are kept in {data}." in said.read_text()
    assert data.is_file()
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    name_oneself(page, url, "Eva")
    expect(page.get_by_text("Recovery approaches in vocational").first).to_be_visible()
    page.goto(f"{url}/screening?review=1")
    still(page)
    page.get_by_role("button", name="Take part in this review").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    page.locator("[data-listens-for]").wait_for(state="attached")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("5 left here")
    page.keyboard.press("e")
    expect(page.locator("#card")).to_contain_text("4 left here")
    still(page)
    page.context.close()
    (decided,) = (each for each in decisions(installed) if each["person"] == "Eva")
    assert decided["verdict"] == "exclude"
    assert "Traceback" not in said.read_text()


def decisions(installed: Installed) -> list[dict[str, Any]]:
    """What the command says was decided in the example."""
    command = [installed.waymark, "screening", "decisions", "1", "--json"]
    done = subprocess.run(command, env=installed.environment, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["decisions"]
    return found


def test_citation_files_are_joined_by_the_command(installed: Installed, tmp_path: Path) -> None:
    files = [str(FILES / name) for name in ("pubmed.ris", "scie-digest.ris")]
    done = subprocess.run(
        [installed.waymark, "dedupe", *files, "--write", "merged.ris"],
        cwd=tmp_path,
        env=installed.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "merged.ris").read_text(encoding="utf-8").count("TY  - ") == 14
    assert "w1 joins pubmed.ris:1, scie-digest.ris:45" in done.stderr


def test_every_page_of_an_installed_waymark_opens(
    installed: Installed, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    server = Server(
        folder=tmp_path,
        port=free_port(),
        example=True,
        python=str(installed.python),
        started_in=tmp_path,
    )
    server.start()
    try:
        page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
        name_oneself(page, server.url, "Eva")
        for rows in PAGES.values():
            for *_, title, _, address in rows:
                page.goto(f"{server.url}/{address}?review=1")
                still(page)
                expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
                expect(page.get_by_text("Something went wrong")).to_have_count(0)
        page.goto(f"{server.url}/screening?review=1")
        expect(page.locator("#card, #empty").first).to_be_attached()
        page.context.close()
    finally:
        server.kill()
    assert "Traceback" not in (tmp_path / "server.log").read_text()
