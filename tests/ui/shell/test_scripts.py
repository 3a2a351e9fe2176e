"""Modules that are joined into one script make a script that a browser can read."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from evidence.ui.coding import desk, scheme_editor
from evidence.ui.results import map_viewer, report_editor
from evidence.ui.screening import deck
from evidence.viewer.script_modules import joined, with_imports

SCRIPTS = {
    "deck": deck.script,
    "desk": desk.script,
    "editor of schemes": scheme_editor.script,
    "map": map_viewer.script,
    "report": report_editor.script,
}


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
        text = 'import { f } from "./one.js";\nexport const KINDS = 1;\nexport function f' + name[0]
        (tmp_path / name).write_text(text + "() {}\n", encoding="utf-8")
    script = joined([tmp_path / "one.js", tmp_path / "two.js"])
    assert "already been declared" in node_reads(script, tmp_path).stderr


def test_a_script_has_all_that_its_first_module_imports(tmp_path: Path) -> None:
    sources = {
        "begin.js": 'import { b } from "./b.js";\nimport { c } from "./below/c.js";\n',
        "b.js": 'import { c } from "./below/c.js";\nexport const b = c;\n',
        "below/c.js": 'import { b } from "../b.js";\nexport const c = 1;\n',
    }
    (tmp_path / "below").mkdir()
    for name, text in sources.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = [part.name for part in with_imports(tmp_path / "begin.js")]
    assert names == ["c.js", "b.js", "begin.js"]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_every_name_that_is_imported_is_defined_in_the_script(script: Callable[[], str]) -> None:
    text = script()
    folders = (
        desk.HERE, scheme_editor.HERE, map_viewer.HERE, map_viewer.VIEWER, report_editor.HERE
    )  # fmt: skip
    for part in (part for folder in folders for part in folder.rglob("*.js")):
        source = part.read_text(encoding="utf-8")
        if source.splitlines()[0] not in text:
            continue
        for names in re.findall(r"^import \{([^}]*)\}", source, re.MULTILINE):
            for name in filter(None, map(str.strip, names.split(","))):
                assert re.search(
                    rf"^(async )?(function|const|class|let) {name}\b", text, re.MULTILINE
                )
