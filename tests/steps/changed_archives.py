"""Archives that somebody changed, in tests."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from evidence.store.archive.container import MANIFEST


def repacked(
    file: Path, path: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = True
) -> Path:
    """The archive with changed files; `honest` brings sizes and checksums of the manifest along."""
    with zipfile.ZipFile(file) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    change(contents)
    if honest:
        manifest = json.loads(contents[MANIFEST])
        for listed in manifest["files"]:
            if listed["path"] in contents:
                content = contents[listed["path"]]
                listed |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        contents[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in contents.items():
            new.writestr(name, content)
    return path


def replaces(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        assert old in contents[name]
        contents[name] = contents[name].replace(old, new, 1)

    return change


def drops(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        del contents[name]

    return change


def adds(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[name] = content

    return change


def says(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[MANIFEST] = json.dumps(json.loads(contents[MANIFEST]) | values).encode()

    return change


def puts(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    """A table more, which the manifest lists, too."""

    def change(contents: dict[str, bytes]) -> None:
        manifest = json.loads(contents[MANIFEST])
        listed = {"path": name, "bytes": 0, "sha256": "", "rows": content.count(b"\n") - 1}
        contents[MANIFEST] = json.dumps(
            {**manifest, "files": [*manifest["files"], listed]}
        ).encode()
        contents[name] = content

    return change


def claims(size: int) -> Callable[[dict[str, bytes]], None]:
    """A file that the manifest and the zip say is large."""

    def change(contents: dict[str, bytes]) -> None:
        manifest = json.loads(contents[MANIFEST])
        manifest["files"][0]["bytes"] = size
        contents[MANIFEST] = json.dumps(manifest).encode()

    return change


def counts(rows: object) -> Callable[[dict[str, bytes]], None]:
    """A table of so many rows, as the manifest says."""

    def change(contents: dict[str, bytes]) -> None:
        manifest = json.loads(contents[MANIFEST])
        manifest["files"][0]["rows"] = rows
        contents[MANIFEST] = json.dumps(manifest).encode()

    return change
