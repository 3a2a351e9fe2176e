"""A backup is made and put back while people have pages open."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from evidence.cli import app
from scripts.serving import Server, free_port, name_oneself, still

pytestmark = pytest.mark.journey


def test_an_open_page_shows_what_was_restored(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(folder=tmp_path, port=free_port())
    monkeypatch.setenv("WAYMARK_DATABASE", server.database)

    def command(*words: str) -> None:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output

    server.start()
    try:
        page = browser.new_context().new_page()
        name_oneself(page, server.url, "Eva")
        command("review", "new", "Gardens and work")
        command("backup", str(tmp_path / "backup.db"))
        command("review", "new", "Later")
        page.reload()
        expect(page.get_by_text("Later").first).to_be_visible()
        command("restore", str(tmp_path / "backup.db"), "--replace")
        page.reload()
        still(page)
        expect(page.get_by_text("Gardens and work").first).to_be_visible()
        expect(page.get_by_text("Later")).to_have_count(0)
        expect(page.get_by_test_id("stSidebar")).to_contain_text("Eva")
        command("review", "new", "Made after it")
        page.reload()
        expect(page.get_by_text("Made after it").first).to_be_visible()
        page.context.close()
    finally:
        server.kill()
    (latest, *_) = CliRunner().invoke(app, ["review", "list"]).output.splitlines()[1:]
    assert latest.split("  ")[0] == "3"  # 2 was given, though it is gone
