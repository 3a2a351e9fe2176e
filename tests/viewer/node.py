"""Asks Node, which Playwright brings, for what the viewer's modules make of something."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from evidence.synthesis.map_document import Json

HERE = Path(__file__).parent


def counted(maps: Sequence[tuple[Json, Sequence[str]]]) -> list[list[Any]]:
    """What the viewer counts for each map under each address, in one call."""
    node, _ = compute_driver_executable()
    asked = {"maps": [{"document": d, "addresses": list(a)} for d, a in maps]}
    done = subprocess.run(
        [str(node), str(HERE / "counted_in_node.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    answer: list[list[Any]] = json.loads(done.stdout)
    return answer
