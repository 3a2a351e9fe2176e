"""What was installed from the wheel opens every page, with its styles and scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from evidence.ui.shell.menu import PAGES
from scripts.serving import Server, free_port, name_oneself, still
from scripts.wheel import build, install

pytestmark = pytest.mark.journey


def test_every_page_of_an_installed_waymark_opens(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    python = install(build(tmp_path / "dist"), tmp_path / "environment")
    server = Server(
        folder=tmp_path, port=free_port(), example=True, python=str(python), started_in=tmp_path
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
