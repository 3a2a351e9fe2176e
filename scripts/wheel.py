"""Builds the wheel as a release would, and installs it into an environment that has no checkout.

    python -m scripts.wheel FOLDER      leaves the wheel in that folder

Nothing is downloaded: what builds it, and what it depends on, is that of this environment.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("app.py", "setup.py", "pyproject.toml", "README.md", "LICENSE",
           "evidence", "pages", "coding_schemes", "data", ".streamlit")  # fmt: skip
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


def build(folder: Path) -> Path:
    """Build the wheel from a source archive, away from the checkout; gives its path."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, sources / name)
    make = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    _run([sys.executable, "-c", make, str(folder)], sources)
    shutil.rmtree(sources)
    (archive,) = folder.glob("*.tar.gz")
    offline = ("--no-deps", "--no-build-isolation", "--no-index")
    _run([*PIP, "wheel", *offline, "--wheel-dir", str(folder), str(archive)], folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel into a new environment with borrowed dependencies; gives its Python."""
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder.parent)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    where = ("--python", str(python), "install", "--no-deps", "--no-index")
    _run([*PIP, *where, str(wheel)], folder)
    (packages,) = {path.parent for path in folder.rglob("site-packages/evidence")}
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def _run(command: list[str], where: Path) -> None:
    """Run a program; raises RuntimeError with what it said where it fails."""
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]).resolve()))
