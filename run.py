"""Starts Waymark from its folder, with nothing but Python 3.11 or newer: `python run.py`.

What is missing is set up first, in the folder `.venv`: the packages that requirements.txt names.
`make run` does the same. Options go on to `evidence serve`: `python run.py --port 9000`.
"""

from __future__ import annotations  # so that an older Python, too, reads as far as the version

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
PINS = ROOT / "requirements.txt"
DONE = FOLDER / ".run"  # as old as the packages that were set up last
NEEDED = (3, 11)


def main(options: list[str]) -> int:
    """Set up what is missing and start the app; gives the exit code.

    Args:
        options: for `evidence serve`; `--only-set-up` starts nothing.
    """
    if sys.version_info < NEEDED:
        print("Waymark needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 2
    set_up()
    if options == ["--only-set-up"]:
        return 0
    command = [str(python()), "-m", "evidence", "serve", *options]
    try:
        return subprocess.call(command, cwd=ROOT)
    except KeyboardInterrupt:  # the app heard it, too, and has ended
        return 0


def set_up() -> None:
    """Make the environment, and install the packages where another list of them is there."""
    if DONE.exists() and DONE.stat().st_mtime >= PINS.stat().st_mtime:
        return
    if not python().exists():
        print("Setting up Waymark in", FOLDER)
        venv.create(FOLDER, with_pip=True)
    pip = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(PINS)], check=True)
    DONE.touch()


def python() -> Path:
    """Where the environment has its Python."""
    return FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
