"""The wheel has all that the program needs, and nothing that lies about in a checkout."""

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from evidence import settings
from evidence.errors import Invalid
from evidence.settings import Settings
from scripts.wheel import install
from tests.built_wheel import built_wheel
from tests.conftest import ROOT

pytestmark = pytest.mark.journey  # servers and installs of its own take long

PROGRAM = ("pages", "coding_schemes", "data")


def files_of(*folders: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name[0] != "." and "__pycache__" not in path.parts
    }


def test_the_wheel_is_whole_and_works_without_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = built_wheel(tmp_path / "dist")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    program = {"app.py", ".streamlit/config.toml"} | files_of(*PROGRAM)
    wanted = files_of("evidence") | {f"evidence/program/{name}" for name in program}
    assert names == wanted
    python = install(wheel, tmp_path / "environment")
    for name in [name for name in os.environ if name.startswith(("WAYMARK", "PYTHON", "XDG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (waymark,) = python.parent.glob("waymark*")
    command = [str(waymark), "review"]
    for words in (["example"], ["list", "--json"]):
        done = subprocess.run(
            [*command, *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    (review,) = json.loads(done.stdout)
    assert (review["records"], review["works"]) == (96, 82)
    databases = [path.name for path in tmp_path.rglob("waymark.db")]
    assert databases == ["waymark.db"]
    assert not list((tmp_path / "environment").rglob("*.db"))


def test_an_installed_program_keeps_the_reviews_among_the_persons_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROOT", settings.INSTALLED)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "data" / "waymark"
    assert settings.data_folder() == folder
    Settings.from_environment({"WAYMARK_DATABASE": "sqlite://"})
    assert list(tmp_path.iterdir()) == []
    Settings.from_environment({})
    assert folder.is_dir()


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROOT", settings.INSTALLED)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "data").write_text("a file")
    with pytest.raises(Invalid, match="Name another place for them with WAYMARK_DATABASE"):
        Settings.from_environment({})


def test_a_checkout_keeps_its_reviews_in_its_own_folder() -> None:
    assert settings.ROOT == ROOT
    assert settings.data_folder() == ROOT
