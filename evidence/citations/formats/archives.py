"""Zip archives, and the Office files that are zips inside: opened within limits, or not at all."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from evidence.problems import Code, Problem

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_FILES = 500
_MOST_BYTES = 500_000_000  # of all files together, unpacked
_MOST_TIMES = 200  # how much larger than packed a file may be; text is five to twenty times
_SMALL = 20_000_000  # bytes; below, no ratio can do harm
_SMALL_TOGETHER = 50_000_000  # bytes of all files of an archive
_DEEPEST = 1  # archives within an archive
_ENCRYPTED = 0x1
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError),
    *(RuntimeError, OverflowError, KeyError, struct.error),
)


class Kind(StrEnum):
    """What a zip is to people."""

    NONE = ""
    ARCHIVE = "archive"
    WORKBOOK = "workbook"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive.

    Attributes:
        name: with the archive's name before it.
    """

    name: str
    data: bytes


def kind(data: bytes) -> Kind:
    """What a file is, if it begins like a zip."""
    if not data.startswith(_SIGNATURES):
        return Kind.NONE
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except _DAMAGED:
        return Kind.ARCHIVE
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    is_office = "[Content_Types].xml" in names or "mimetype" in names
    return Kind.OFFICE if is_office else Kind.ARCHIVE


def refusal(data: bytes) -> str:
    """Why a zip must not be unpacked; empty where nothing speaks against it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _refusal(archive.infolist())
    except _DAMAGED:
        return "it is damaged or was cut off"


def _refusal(files: Sequence[zipfile.ZipInfo]) -> str:
    size = sum(file.file_size for file in files)
    if len(files) > _MOST_FILES:
        return f"it holds {len(files):,} files; the limit is {_MOST_FILES}"
    if size > _MOST_BYTES:
        return f"it unpacks to {size / 1e6:,.0f} MB; the limit is {_MOST_BYTES / 1e6:,.0f} MB"
    for file in files:
        if file.file_size > max(_SMALL, _MOST_TIMES * file.compress_size):
            times = file.file_size / max(1, file.compress_size)
            return f"it holds {file.filename}, which unpacks to {times:,.0f} times its size"
        if file.flag_bits & _ENCRYPTED:
            return "it is locked with a password"
    return ""


def readable_files(data: bytes, is_needed: Callable[[str], bool]) -> Iterator[bytes]:
    """The files of a zip whose names are needed, but for those that are damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in filter(is_needed, archive.namelist()):
                with suppress(*_DAMAGED):
                    yield archive.read(name)
    except _DAMAGED:
        return


def without_damaged_files(data: bytes) -> bytes:
    """A zip with those files of another that can be read."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as damaged, zipfile.ZipFile(target, "w") as whole:
        for name in damaged.namelist():
            with suppress(*_DAMAGED):
                whole.writestr(name, damaged.read(name))
    return target.getvalue()


def members(data: bytes, name: str) -> Iterator[Member | Problem]:
    """The files of an archive, and those of archives directly within it, up to the limits.

    Archives within it can only be looked at one by one; where together they unpack to too much, the
    rest is left out, and the problem says from which file on.
    """
    limit = min(_MOST_BYTES, max(_SMALL_TOGETHER, _MOST_TIMES * len(data)))
    total = number = 0
    for member in _members(data, name, 0):
        if isinstance(member, Member):
            total, number = total + len(member.data), number + 1
            if total > limit or number > _MOST_FILES:
                detail = f"it holds too much; {member.name} and all behind it were left out"
                yield Problem(code=Code.ARCHIVE_REFUSED, file=name, detail=detail)
                return
        yield member


def _members(data: bytes, name: str, depth: int) -> Iterator[Member | Problem]:
    if reason := refusal(data):
        yield _refusal_problem(name, reason, depth)
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for file in archive.infolist():
            if not file.is_dir() and not _is_hidden(file.filename):
                yield from _member(archive, file, f"{name}/{file.filename}", depth)


def _is_hidden(path: str) -> bool:
    """What macOS and others put into archives for themselves."""
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1].startswith(".")


def _member(
    archive: zipfile.ZipFile, file: zipfile.ZipInfo, name: str, depth: int
) -> Iterator[Member | Problem]:
    """One file; no more of it is read than the size that was looked at."""
    try:
        data = archive.read(file)
    except _DAMAGED:
        yield _refusal_problem(name, "it is damaged or was cut off", depth + 1)
        return
    if kind(data) is not Kind.ARCHIVE:
        yield Member(name=name, data=data)
    elif depth < _DEEPEST:
        yield from _members(data, name, depth + 1)
    else:
        yield _refusal_problem(name, "it is an archive within an archive within another", depth + 1)


def _refusal_problem(name: str, reason: str, depth: int) -> Problem:
    """Why a file was not opened; one of an archive is named, as the archive's name stands above."""
    inner = name.split("/", 1)[-1]
    detail = f"“{inner}” {reason.removeprefix('it ')}" if depth else reason
    return Problem(code=Code.ARCHIVE_REFUSED, file=name, detail=detail)
