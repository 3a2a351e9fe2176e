"""The desk's modules are joined into one script, in which no name may stand twice."""

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from evidence.ui.coding import desk


def test_the_joined_script_is_whole(tmp_path: Path) -> None:
    node, _ = compute_driver_executable()
    file = tmp_path / "desk.mjs"
    file.write_text(desk.script(), encoding="utf-8")
    checked = subprocess.run(
        [str(node), "--check", str(file)], capture_output=True, check=False, encoding="utf-8"
    )
    assert checked.returncode == 0, checked.stderr
