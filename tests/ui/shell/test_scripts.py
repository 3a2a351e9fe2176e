"""Modules that are joined into one script make a script that a browser can read."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from evidence.ui.coding import desk
from evidence.ui.screening import deck
from evidence.ui.shell.scripts import joined

SCRIPTS = {"deck": deck.script, "desk": desk.script}


def node_reads(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    node, _ = compute_driver_executable()
    file = folder / "script.mjs"
    file.write_text(script, encoding="utf-8")
    return subprocess.run(
        [str(node), "--check", str(file)], capture_output=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_is_one_module_without_imports(script: Callable[[], str], tmp_path: Path) -> None:
    """Two modules with the same name at their top would stop the whole component."""
    text = script()
    assert node_reads(text, tmp_path).returncode == 0
    lines = text.splitlines()
    assert [line for line in lines if line.startswith("import ")] == []
    assert len([line for line in lines if line.startswith("export ")]) == 1


def test_a_name_that_stands_twice_is_found(tmp_path: Path) -> None:
    for name in ("one.js", "two.js"):
        text = 'import { a } from "./a.js";\nexport const KINDS = 1;\nexport function f' + name[0]
        (tmp_path / name).write_text(text + "() {}\n", encoding="utf-8")
    script = joined([tmp_path / "one.js", tmp_path / "two.js"])
    assert "already been declared" in node_reads(script, tmp_path).stderr
