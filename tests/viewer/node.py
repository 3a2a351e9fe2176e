"""Asks Node, which Playwright brings, for what the viewer's modules make of something."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from evidence.synthesis.map_document import Json

HERE = Path(__file__).parent


def asked(script: str, maps: Sequence[tuple[Json, Sequence[str]]]) -> list[Any]:
    """What a script beside this file makes of each map under its addresses, in one call."""
    question = {"maps": [{"document": d, "addresses": list(a)} for d, a in maps]}
    answers: list[Any] = answer(script, question)
    return answers


def answer(script: str, question: object) -> Any:
    """What a script beside this file answers on standard output, in JSON as the question."""
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(HERE / script)],
        input=json.dumps(question),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
