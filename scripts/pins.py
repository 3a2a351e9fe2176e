"""Whether the pinned packages can be had, built, for each Python and system that we name.

    python -m scripts.pins

Asks the package index, downloads nothing and installs nothing. Markers such as `sys_platform` are
those of this machine, as pip has it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

PINS = Path(__file__).resolve().parents[1] / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "this machine": (),
    "Windows": ("win_amd64",),
    "macOS (Apple silicon)": ("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64"),
}


def missing(python: str, platforms: tuple[str, ...]) -> str:
    """What pip says of packages that it cannot have; empty where it has all."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "--target", folder]
        command += ["--python-version", python, "-r", str(PINS)]
        command += [word for platform in platforms for word in ("--platform", platform)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() or "pip failed" if done.returncode else ""


def main() -> int:
    """Ask for all; gives the exit code."""
    is_whole = True
    for system, platforms in SYSTEMS.items():
        for python in PYTHONS:
            found = missing(python, platforms)
            is_whole &= not found
            print(f"{system:22} Python {python:5} {found or 'all there'}", flush=True)
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
