"""What is in a file, batch by batch, ready to be stored; nothing here speaks to a database."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from evidence.citations.formats import OpenedFile, open_file, tables
from evidence.citations.record import Record
from evidence.eppi.json_text import may_be_eppi
from evidence.eppi.reading import open_export
from evidence.problems import Code, Problem
from evidence.settings import Settings
from evidence.store.records import record_rows
from evidence.store.records.record_rows import RecordRow

BATCH = 2000  # entries stored in one short transaction
MEGABYTE = 1_000_000
COPIES = "waymark-upload-"  # how the names of files begin that one process leaves for another
TABLES = ("csv", "xlsx")  # formats whose columns can be given other meanings

Meanings = Mapping[str, Mapping[str, str | None]]
"""What the columns of a table mean: sheet -> column -> a key of tables.MEANINGS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to read, and the preview that it goes to.

    Attributes:
        data: the file; the path of a copy, which is removed once it was read; or nothing, where
            the preview stores the file: a table that is read again, or any file on a cluster.
        mapping: for a table, what its columns mean; else their names tell.
        problems: what was wrong with an archive, in place of data.
    """

    preview_id: int
    file_id: int
    person_id: int
    name: str
    data: bytes | Path | None
    settings: Settings
    mapping: Meanings = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def too_large(size: int, settings: Settings) -> bool:
    """Whether a file of so many bytes is refused."""
    return size >= settings.max_upload_mb * MEGABYTE


def content(task: Task) -> bytes:
    """The file of a task; a copy is removed."""
    if not isinstance(task.data, Path):
        return task.data or b""
    try:
        return task.data.read_bytes()
    finally:
        task.data.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedFile:
    """A file whose format is known.

    Attributes:
        sheets: of a table, whose columns people can give other meanings.
        data: the bytes of the file, where there are sheets or a coding.
        is_coded: it is of EPPI-Reviewer, and says what is coded of its references.
    """

    opened: OpenedFile
    sheets: Sequence[tables.Table] = ()
    data: bytes = b""
    is_coded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some entries of a file."""

    records: Sequence[RecordRow]
    problems: Sequence[Problem]


def recognise(task: Task) -> RecognisedFile:
    """Tell what a file is, and count its entries."""
    if task.problems:
        return RecognisedFile(opened=_refused(task.name, task.problems))
    data = content(task)
    if task.mapping:
        return RecognisedFile(opened=_open_table(task.name, data, task.mapping))
    if too_large(len(data), task.settings):
        limit = f"{len(data) / MEGABYTE:,.0f} MB; the limit is {task.settings.max_upload_mb} MB"
        problem = Problem(code=Code.FILE_TOO_LARGE, file=task.name, detail=limit)
        return RecognisedFile(opened=_refused(task.name, (problem,)))
    if may_be_eppi(data):
        opened = open_export(data, task.name)
        is_coded = any(problem.code is Code.CODING_LEFT for problem in opened.problems)
        return RecognisedFile(opened=opened, data=data if is_coded else b"", is_coded=is_coded)
    opened = open_file(data, task.name)
    unknown = any(problem.code is Code.FILE_UNKNOWN for problem in opened.problems)
    sheets = tables.find_tables(data, task.name) if opened.format in TABLES or unknown else ()
    return RecognisedFile(opened=opened, sheets=sheets, data=data if sheets else b"")


def batches(entries: Iterator[Record | Problem]) -> Iterator[Batch]:
    """All entries of a file, some at a time."""
    while batch := list(islice(entries, BATCH)):
        yield Batch(
            records=record_rows.prepare([entry for entry in batch if isinstance(entry, Record)]),
            problems=[entry for entry in batch if isinstance(entry, Problem)],
        )


def add_to_hash(digest: "hashlib._Hash", records: Sequence[RecordRow]) -> None:
    """Add the texts of records to the hash by which an import of the same text is recognised."""
    for (_, _, raw, _), _ in records:
        digest.update(_text(raw))


def _open_table(name: str, data: bytes, mapping: Meanings) -> OpenedFile:
    """The sheets whose columns have meanings; the others are named as left out."""
    used = {sheet: columns for sheet, columns in mapping.items() if any(columns.values())}
    parts = tuple(tables.open_table(data, name, columns, sheet) for sheet, columns in used.items())
    left_out = tuple(
        Problem(code=Code.SHEET_LEFT_OUT, file=name, detail=f"“{sheet}”")
        for sheet in mapping
        if sheet not in used
    )
    return OpenedFile(
        file=name,
        format=parts[0].format if parts else "",
        encoding=parts[0].encoding if parts else "",
        seen=sum(part.seen for part in parts),
        problems=(*left_out, *(problem for part in parts for problem in part.problems)),
        parts=parts,
    )


def _refused(name: str, problems: tuple[Problem, ...]) -> OpenedFile:
    return OpenedFile(file=name, format="", encoding="", seen=0, problems=problems)


def _text(raw: str) -> bytes:
    """A record's text without what changes when a file is saved anew."""
    lines = [line.rstrip() for line in raw.split("\n")]
    return "\n".join(lines).strip().encode("utf-8", "replace") + b"\0"
