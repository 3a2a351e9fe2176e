"""`-` in the place of each file that any command reads or writes."""

import shlex
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.cli.commands import COMMANDS
from evidence.cli.standard_streams import READ
from tests.every_command import CALLS, folder_with_everything

pytestmark = pytest.mark.journey  # every command, twice

OTHER_CALLS = {
    "archive": "--in review.zip",
    "practice answers": "Practice --scheme vocational-services --in answers.csv",
    "review import": "1 odd.ris",
}
"""Of commands that write in their usual call, or find what they know, one that reads."""
ENDINGS = {
    ("pool", "out"): ".svg",
    ("pool", "funnel"): ".svg",
    ("appraisal", "out"): ".svg",
    ("overlap", "out"): ".svg",
    ("flow", "out"): ".svg",
    ("counts", "out"): ".csv",
    ("report", "out"): ".html",
    ("results directions", "out"): ".csv",
    ("results pool", "out"): ".svg",
    ("results pool", "funnel"): ".svg",
    ("results appraisal", "out"): ".csv",
    ("practice fidelity", "out"): ".csv",
}
"""Where the ending says the format; else it is `-` alone."""
MORE = {"practice answers": ["--scheme", "vocational-services"]}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CliRunner]:
    folder = tmp_path_factory.mktemp("streams")
    made = folder_with_everything(folder)
    answers = "Service,Area,service-kind\nSouth,Dale,Supported work\n"
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for call in ("archive 1 --out review.zip", "backup kept.db"):
            assert made.invoke(app, call.split()).exit_code == 0
        yield made


def files_of(name: str) -> set[str]:
    """The parameters of a command that are files."""
    module, _, function = COMMANDS[name].rpartition(".")
    called = getattr(import_module(f"evidence.cli.{module}"), function)
    hints = get_type_hints(called)
    return {
        parameter
        for parameter in signature(called).parameters
        if Path in {hints[parameter], *get_args(hints[parameter])}
    }


READING = [name for name in COMMANDS if files_of(name) & READ]
WRITING = [(name, option) for name in COMMANDS for option in sorted(files_of(name) - READ)]


@pytest.mark.parametrize("name", READING)
def test_what_is_read_may_come_by_standard_input(runner: CliRunner, name: str) -> None:
    words = shlex.split(OTHER_CALLS.get(name, CALLS[name]))
    at = next(at for at, word in enumerate(words) if Path(word).is_file())
    usual = [*name.split(), *words[:at], "-", *words[at + 1 :]]
    done = runner.invoke(app, usual, input=Path(words[at]).read_bytes())
    assert done.exit_code == 0, done.output
    assert done.output.strip()


@pytest.mark.parametrize(("name", "option"), WRITING)
def test_what_is_written_may_go_to_standard_output(
    runner: CliRunner, name: str, option: str
) -> None:
    words = shlex.split(CALLS[name])
    out = f"-{ENDINGS.get((name, option), '')}"
    for flag in ("--out", "--write"):
        if flag in words:
            at = words.index(flag)
            del words[at : at + 2]
    if name == "backup":
        words = [out]
    else:
        words += [f"--{option}", out]
    done = runner.invoke(app, [*name.split(), *words, *MORE.get(name, [])])
    assert done.exit_code == 0, done.stderr
    assert done.stdout_bytes


def test_names_of_a_scheme_may_come_by_standard_input_once(runner: CliRunner) -> None:
    words = ["schemes", "new", "--topic", "Fish", "--intervention", "@-", "--outcome"]
    done = runner.invoke(app, [*words, "Catch", "--out", "-"], input="Nets\nRods\n")
    assert done.exit_code == 0
    assert "Rods" in done.stdout
    twice = runner.invoke(app, [*words, "@-", "--out", "-"], input="Nets\n")
    assert (twice.exit_code, twice.stdout) == (1, "")
    assert "Only one file can be “-”" in twice.stderr
