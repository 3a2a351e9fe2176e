"""Modules are joined into one script, in which no name may stand twice."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from evidence.ui.coding import desk, reconcile


@pytest.mark.parametrize("script", [desk.script, reconcile.script], ids=["desk", "reconciling"])
def test_the_joined_script_is_whole(script: Callable[[], str], tmp_path: Path) -> None:
    node, _ = compute_driver_executable()
    file = tmp_path / "joined.mjs"
    file.write_text(script(), encoding="utf-8")
    checked = subprocess.run(
        [str(node), "--check", str(file)], capture_output=True, check=False, encoding="utf-8"
    )
    assert checked.returncode == 0, checked.stderr


def test_every_module_that_a_joined_one_imports_is_joined_too() -> None:
    for module, files in ((desk, desk.SCRIPTS), (reconcile, reconcile.OWN)):
        names = {*desk.SCRIPTS, "outbox.js", "link.js", "own_route.js"}
        if module is reconcile:
            names = {*reconcile.OF_THE_DESK, *reconcile.OWN, "outbox.js", "link.js", "own_route.js"}
        for name in files:
            text = (module.HERE / name).read_text(encoding="utf-8")
            found = {
                path.rpartition("/")[2]
                for path in re.findall(r'^import .* from "(.*)";', text, re.MULTILINE)
            }
            assert found <= names, (name, found - names)
