"""The JSON of every command has the keys that docs/guide/command-line-json.md lists, and no other.

Looked at are two levels: what a script reads first. Where a list is empty, nothing can be said of
what its rows hold.
"""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.cli.commands import COMMANDS
from tests.conftest import ROOT
from tests.every_command import CALLS, folder_with_everything

DOCUMENT = ROOT / "docs" / "guide" / "command-line-json.md"
NO_JSON = {"serve"}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CliRunner]:
    folder = tmp_path_factory.mktemp("json")
    made = folder_with_everything(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield made


def paths_of(value: Any) -> tuple[set[str], set[str]]:
    """The keys of two levels as the document writes them, and those whose rows cannot be seen."""
    rows, prefix = (value, "[].") if isinstance(value, list) else ([value], "")
    found, unseen = set(), set()
    for row in rows:
        for key, below in row.items():
            name = f"{prefix}{key}"
            found.add(name)
            if prefix:
                continue
            if isinstance(below, dict):
                found |= {f"{name}.{each}" for each in below}
            elif isinstance(below, list) and below and isinstance(below[0], dict):
                found |= {f"{name}[].{each}" for row in below for each in row}
            elif isinstance(below, list) or below is None:
                unseen.add(name)
    return found, unseen


def documented(name: str) -> set[str]:
    """The keys of a command; those that end in “…” stand for any that begin so."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return {
        key for cell in re.findall(r"^\| (.+?) \| ", found[1], re.MULTILINE)
        for key in re.findall(r"`([^`]+)`", cell)
    }  # fmt: skip


def parent_of(key: str) -> str:
    """The first level of a key."""
    return key.split(".", maxsplit=1)[0].removesuffix("[]")


def is_named(key: str, keys: set[str]) -> bool:
    return key in keys or any(key.startswith(each[:-1]) for each in keys if each.endswith("…"))


def test_the_document_names_every_command_that_prints_json_and_no_other() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        name for name in COMMANDS if name not in NO_JSON
    ]


def test_the_keys_of_every_command_are_those_of_the_document(runner: CliRunner) -> None:
    for name in COMMANDS:
        if name in NO_JSON:
            continue
        words = [*name.split(), *shlex.split(CALLS[name]), "--json"]
        result = runner.invoke(app, words)
        assert result.exit_code in (0, 1), (name, result.output)
        value = json.loads(result.stdout or result.stderr)
        found, unseen = paths_of(value)
        keys = documented(name)
        assert {key for key in found if not is_named(key, keys)} == set(), name
        expected = {key for key in keys if not key.endswith("…") and parent_of(key) not in unseen}
        assert expected - found == set(), name
