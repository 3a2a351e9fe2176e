"""Which commands there are, and that asking for help loads nothing but the help."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evidence import __version__
from evidence.cli import app
from evidence.cli.commands import COMMANDS, GROUPS

# What a command line without work has no use for, and what takes long to load.
HEAVY = {
    *("numpy", "pandas", "scipy", "sklearn", "sqlalchemy", "streamlit", "plotly", "rapidfuzz"),
    *("alembic", "starlette", "openpyxl", "docx", "PIL", "pypdfium2", "evidence.steps"),
}


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_where_it_is_said_to_be(name: str) -> None:
    module, _, function = COMMANDS[name].rpartition(".")
    called = getattr(import_module(f"evidence.cli.{module}"), function)
    code, output = run(*name.split(), "--help")
    assert code == 0
    assert called.__doc__.split()[0] in output


def test_the_help_names_every_command_and_what_it_is_for() -> None:
    code, output = run("--help")
    assert code == 0
    names = {name for name in COMMANDS if " " not in name} | set(GROUPS)
    lines = [line.strip("│ ").split() for line in output.splitlines() if line.startswith("│ ")]
    assert names <= {words[0] for words in lines if len(words) > 1}
    for group in GROUPS:
        code, output = run(group, "-h")
        assert code == 0
        below = {n.removeprefix(f"{group} ") for n in COMMANDS if n.startswith(f"{group} ")}
        assert all(f"│ {name} " in output for name in below)


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("results", "--help")])
def test_asking_for_help_loads_no_heavy_package(words: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom evidence.cli import app\n"
        f"try: app({list(words)!r})\nexcept SystemExit: pass\n"
        f"print('LOADED', sorted({HEAVY!r} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_the_version_is_told() -> None:
    assert run("--version") == (0, f"Waymark {__version__}\n")


@pytest.mark.parametrize(
    ("words", "meant"), [(("shemes",), "schemes"), (("review", "lst"), "list")]
)
def test_a_wrong_name_is_likened_to_a_right_one(words: tuple[str, ...], meant: str) -> None:
    code, output = run(*words)
    assert code == 2
    assert f"Did you mean '{meant}'" in output


def test_letters_that_the_code_page_of_a_machine_lacks_are_written_as_utf_8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows where what a command says goes into a file."""
    table = tmp_path / "votes.csv"
    table.write_text(
        "study,outcome,direction,n_intervention\nŁęcka 中文,Hope,better,9\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    command = [sys.executable, "-m", "evidence", "directions", str(table), "--json"]
    done = subprocess.run(command, capture_output=True, check=True)
    (contrast,) = json.loads(done.stdout.decode("utf-8"))["contrasts"]
    assert contrast["studies"][0]["study"] == "Łęcka 中文"
