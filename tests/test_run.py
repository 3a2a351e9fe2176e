"""What `python run.py` does before the app starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.conftest import ROOT


def test_an_older_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: pytest.fail("it started"))
    assert run.main([]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run, in an environment that is there."""
    found: list[list[str]] = []
    monkeypatch.setattr(run, "FOLDER", tmp_path)
    monkeypatch.setattr(run, "DONE", tmp_path / ".run")

    def note(command: list[str], **_: object) -> int:
        found.append(command)
        return 0

    monkeypatch.setattr(subprocess, "run", note)
    monkeypatch.setattr(subprocess, "call", note)
    run.python().parent.mkdir(parents=True)
    run.python().touch()
    return found


def test_packages_are_installed_once_and_again_when_their_list_is_newer(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pins = tmp_path / "requirements.txt"
    pins.touch()
    os.utime(pins, (1, 1))
    monkeypatch.setattr(run, "PINS", pins)
    assert [run.main(["--only-set-up"]), run.main(["--only-set-up"])] == [0, 0]
    assert [command[-2:] for command in calls] == [["-r", str(pins)]]
    later = run.DONE.stat().st_mtime + 1
    os.utime(pins, (later, later))
    run.main(["--only-set-up"])
    assert len(calls) == 2


def test_options_go_on_to_the_app(calls: list[list[str]]) -> None:
    run.DONE.touch()
    assert run.main(["--port", "9000"]) == 0
    assert calls[-1][1:] == ["-m", "evidence", "serve", "--port", "9000"]


def test_the_pins_are_those_of_this_folder() -> None:
    assert run.PINS == ROOT / "requirements.txt"
    assert run.PINS.is_file()
