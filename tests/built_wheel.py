"""The wheel as a release has it, built once in each run of the tests."""

from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.wheel import build
from tests.made_once import made_once


def built_wheel(folder: Path) -> Path:
    """The wheel, in a folder of its own; gives its path."""
    name, content = made_once("wheel", _built)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def _built() -> tuple[str, bytes]:
    with TemporaryDirectory() as folder:
        wheel = build(Path(folder) / "dist")
        return wheel.name, wheel.read_bytes()
