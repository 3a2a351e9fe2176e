"""What several processes of one run of pytest need, and what takes seconds to make."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar, cast

import pytest

T = TypeVar("T")
FOLDER = "TESTS_MADE_ONCE"  # the variable that names it to the processes of xdist


def begin(config: pytest.Config) -> None:
    """Have a folder for as long as the run lasts, before the processes of xdist begin."""
    if hasattr(config, "workerinput"):
        return
    folder = mkdtemp(prefix="waymark-made-once-")
    os.environ[FOLDER] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def made_once(name: str, make: Callable[[], T]) -> T:
    """What the first process that needs it makes; the others wait for it, and read it."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return make()
    made = Path(folder) / name
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_bytes(pickle.dumps(make()))
        return cast("T", pickle.loads(made.read_bytes()))  # noqa: S301 - our own
