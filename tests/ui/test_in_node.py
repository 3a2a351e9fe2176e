"""The logic of our own components, tried by the Node that Playwright brings.

Tests in JavaScript are *.test.mjs in the folder of their room, here or in tests/viewer; they import
the modules as they are, and so need no browser.
"""

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent
TESTS = HERE.parent
FILES = sorted([*HERE.rglob("*.test.mjs"), *TESTS.joinpath("viewer").rglob("*.test.mjs")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TESTS)))
def test_what_node_says(file: Path) -> None:
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), "--test", "--test-reporter=tap", str(file)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout, "the file has no test"
