"""`-` for a file: standard input where a command reads, standard output where it writes.

Commands go on working with files: what comes in is kept in one first, and what they wrote is passed
on once it is whole. Their words go to standard error meanwhile.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from evidence.errors import Invalid

READ = frozenset({"path", "paths", "taken_in"})  # how commands call what they read
INPUT = "standard-input"  # the file's name in messages


@contextmanager
def with_streams(named: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the arguments of a command with files in the place of `-`.

    Args:
        named: the arguments by name. An output may be `-.ENDING`, where the ending says the format.

    Raises:
        Invalid: a stream is named twice.
    """
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        reads = {name: _all(value) for name, value in named.items() if name in READ}
        inputs = sum(str(path) == "-" for paths in reads.values() for path in paths)
        outputs = {
            name: Path(folder) / f"standard-output{value.suffix}"
            for name, value in named.items()
            if name not in READ and isinstance(value, Path) and value.stem == "-"
        }
        if inputs > 1 or len(outputs) > 1:
            raise Invalid("Only one file can be “-”; name the others.")
        given = Path(folder) / INPUT
        if inputs:
            with given.open("wb") as handle:
                shutil.copyfileobj(sys.stdin.buffer, handle)
        changed = {name: _instead(named[name], given) for name in reads} | outputs
        with _words_aside(*outputs.values()):
            yield {**named, **changed}
        for written in outputs.values():
            _pass_on(written)


@contextmanager
def _words_aside(*outputs: Path) -> Iterator[None]:
    """Tell on standard error what a command says while standard output is for its file."""
    words = StringIO()
    try:
        with redirect_stdout(words) if outputs else nullcontext():
            yield
    finally:
        told = words.getvalue()
        for written in outputs:
            told = told.replace(str(written), "standard output")
        sys.stderr.write(told)


def _pass_on(written: Path) -> None:
    """Give out what a command wrote; a command that wrote nothing said why.

    Raises:
        Invalid: it wrote several files, as pictures of several pages.
    """
    files = list(written.parent.glob(f"{written.stem}*"))
    if len(files) > 1:
        raise Invalid(f"These are {len(files)} files; name one in the place of “-”.")
    for file in files:
        with file.open("rb") as handle:
            shutil.copyfileobj(handle, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _all(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _instead(value: Any, given: Path) -> Any:
    """Paths of texts, with the file of what came in in the place of `-`."""
    if isinstance(value, list):
        return [_instead(each, given) for each in value]
    if value is None:
        return None
    return given if str(value) == "-" else Path(value)
