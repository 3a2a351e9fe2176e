"""Puts into the wheel what stands beside the package in a checkout; the rest is in pyproject.toml.

There it is the folder `evidence/program`, where evidence/settings.py finds it.
"""

from collections.abc import Iterator
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PROGRAM = ("app.py", ".streamlit/config.toml", "pages", "coding_schemes", "data")


def program_files() -> Iterator[str]:
    """The files of the program that are in no package."""
    for name in PROGRAM:
        path = Path(name)
        if path.is_file():
            yield name
        for file in sorted(path.rglob("[!.]*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.as_posix()


class BuildWithProgram(build_py):
    """Copies the program beside the modules, and names it where a source archive is made."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:  # a checkout goes on using its own folder
            for source, target in self._program().items():
                self.mkpath(str(Path(target).parent))
                self.copy_file(source, target)

    def get_source_files(self) -> list[str]:
        """What a source archive needs."""
        return [*super().get_source_files(), *self._program()]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: FBT001, FBT002
        """What was built."""
        return [*super().get_outputs(include_bytecode), *self._program().values()]

    def _program(self) -> dict[str, str]:
        folder = Path(self.build_lib) / "evidence" / "program"
        return {name: str(folder / name) for name in program_files()}


setup(cmdclass={"build_py": BuildWithProgram})
