"""The file that an archive is: a zip with a manifest of what is in it, written and looked at."""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from evidence.errors import Invalid

FORMAT = "waymark-archive"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MOST_BYTES = 8_000_000_000  # of all files of an archive together, unpacked
LARGEST_MANIFEST = 64_000_000
MOST_TIMES = 500  # how much larger than packed a file may be
SMALL = 50_000_000  # bytes; below, no ratio can do harm
AT_ONCE = 1 << 20
STORED = (".pdf",)  # packed already
_ENCRYPTED = 0x1
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OverflowError),
    *(KeyError, UnicodeDecodeError),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A file of an archive, as its manifest lists it.

    Attributes:
        rows: of a table how many it has; None of other files.
    """

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive says of itself.

    Attributes:
        program: version of the Waymark that made it.
        schema: the step of its database.
        made_at: when, in UTC.
        with_full_texts: whether full texts are in it.
    """

    title: str
    program: str
    schema: str
    made_at: str
    with_full_texts: bool
    files: Mapping[str, ListedFile]


class ArchiveWriter:
    """An archive that is being written."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.files: dict[str, ListedFile] = {}

    def add(self, path: str, content: bytes) -> None:
        """Write one file."""
        stored = path.endswith(STORED)
        how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._packed.writestr(path, content, compress_type=how)
        digest = hashlib.sha256(content).hexdigest()
        self.files[path] = ListedFile(path=path, bytes=len(content), sha256=digest)

    def add_table(self, path: str, table: IO[bytes], rows: int) -> None:
        """Write a table that stands in a file already, from its beginning."""
        size, digest = 0, hashlib.sha256()
        table.seek(0)
        with self._packed.open(path, "w", force_zip64=True) as target:
            while chunk := table.read(AT_ONCE):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.files[path] = ListedFile(path=path, bytes=size, sha256=digest.hexdigest(), rows=rows)

    def close(self, **about: Any) -> None:
        """Write the manifest, which lists all that was written."""
        files = [_listed(file) for file in self.files.values()]
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **about, "files": files}
        self._packed.writestr(MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))


def _listed(file: ListedFile) -> dict[str, Any]:
    return {name: value for name, value in asdict(file).items() if value is not None}


@contextmanager
def written(target: Path) -> Iterator[ArchiveWriter]:
    """An archive that takes its name only when it is whole; else nothing is left of it.

    When the program is killed on the way, a file with another name stays, which begins with a dot.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                yield ArchiveWriter(packed)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class ArchiveFile:
    """An archive whose list of files was looked at, and whose files can be read."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._packed = packed
        self.manifest = manifest

    def content(self, path: str) -> bytes:
        """A file as a whole, which is held against its checksum.

        Raises:
            Invalid: it is not there, is too large, or was changed.
        """
        return b"".join(self.chunks(path))

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file bit by bit; what was changed is told at the end.

        Raises:
            Invalid: it is not there, or was changed.
        """
        listed = self.manifest.files.get(path)
        if listed is None:
            raise Invalid(f"The archive has no file {path}, which it needs; nothing was taken in.")
        digest = hashlib.sha256()
        with _in_words(path), self._packed.open(path) as file:
            while chunk := file.read(AT_ONCE):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != listed.sha256:
            raise Invalid(
                f"{path} was changed since the archive was made: its checksum differs from that of "
                f"{MANIFEST}. Nothing was taken in; use the archive as it was made."
            )


@contextmanager
def opened(path: Path) -> Iterator[ArchiveFile]:
    """An archive whose list of files is in order; their contents are looked at when they are read.

    Raises:
        Invalid: it is none, was cut off, is too large, or lists other files than it has.
    """
    try:
        packed = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise Invalid(
            f"{path.name} cannot be opened: it is no zip, or a part of it is missing. Copy the "
            "archive once more from where it was made."
        ) from error
    with packed:
        infos = {info.filename: info for info in packed.infolist()}
        if len(infos) < len(packed.infolist()):
            raise Invalid(f"{path.name} has two files of one name; nothing was taken in.")
        for info in infos.values():
            _refuse_harm(info)
        _refuse_size(sum(info.file_size for info in infos.values()))
        if MANIFEST not in infos or infos[MANIFEST].file_size > LARGEST_MANIFEST:
            raise Invalid(f"{path.name} is no archive of Waymark: it has no {MANIFEST} to read.")
        with _in_words(MANIFEST):
            content = packed.read(MANIFEST)
        manifest = _manifest(content)
        _compare(manifest, infos)
        yield ArchiveFile(packed, manifest)


def _refuse_harm(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
        raise Invalid(
            f"The archive has a file “{info.filename}”, whose name leads out of it; nothing was "
            "taken in."
        )
    if info.flag_bits & _ENCRYPTED:
        raise Invalid(f"{info.filename} is locked with a password; nothing was taken in.")
    if info.file_size > max(SMALL, MOST_TIMES * info.compress_size):
        times = info.file_size / max(1, info.compress_size)
        raise Invalid(f"{info.filename} unpacks to {times:,.0f} times its size; no archive does.")


def _refuse_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Invalid(
            f"The archive unpacks to {size / 1e9:,.1f} GB; the limit is {MOST_BYTES / 1e9:,.0f} GB."
        )


def _manifest(content: bytes) -> Manifest:
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise ValueError("another format")  # noqa: TRY301 - told below
        if found["format_version"] > FORMAT_VERSION:
            raise Invalid(
                "The archive has a newer form than this Waymark reads; use the newest Waymark."
            )
        files = [ListedFile(**file) for file in found["files"]]
        if not all(each.rows is None or type(each.rows) is int for each in files):
            raise ValueError("rows that are no number")  # noqa: TRY301 - told below
        texts = {name: str(found[name]) for name in ("title", "program", "schema", "made_at")}
        return Manifest(
            **texts,
            with_full_texts=bool(found["with_full_texts"]),
            files={file.path: file for file in files},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid(f"{MANIFEST} is not as Waymark writes it; nothing was taken in.") from error


def _compare(manifest: Manifest, infos: Mapping[str, zipfile.ZipInfo]) -> None:
    """The zip has what the manifest lists, of that size, and nothing else."""
    listed = set(manifest.files) | {MANIFEST}
    for path in sorted(listed - set(infos)):
        raise Invalid(f"The archive lacks {path}, which {MANIFEST} lists; nothing was taken in.")
    for path in sorted(set(infos) - listed):
        raise Invalid(f"{path} was put into the archive later: {MANIFEST} does not list it.")
    for path, file in manifest.files.items():
        if infos[path].file_size != file.bytes:
            raise Invalid(
                f"{path} was changed since the archive was made: it has {infos[path].file_size:,} "
                f"bytes, and {MANIFEST} says {file.bytes!s}. Nothing was taken in."
            )


@contextmanager
def _in_words(path: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise Invalid(
            f"{path} cannot be read to its end: the archive is damaged. Copy it once more from "
            "where it was made; nothing was taken in."
        ) from error
