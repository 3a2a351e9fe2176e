"""Reading a file into its stage, batch by batch; runs here or in a process of the executor."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidence.citations.formats import Opened, open_file, tables
from evidence.citations.record import Record
from evidence.problems import Code, Problem
from evidence.settings import Settings
from evidence.steps.desk import Desk, Progress
from evidence.store import Store, sources, staging

BATCH = 2000  # entries kept in one short transaction
MEGABYTE = 1_000_000
TABLES = ("csv", "xlsx")  # formats whose columns can be given other meanings

Meanings = Mapping[str, Mapping[str, str | None]]
"""What a person says of the columns of a table: sheet -> column -> a word of tables.MEANINGS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to read, and where to put it.

    Attributes:
        data: the file; the path of a copy, which is removed once it was read; or nothing, where
            the stage keeps the file.
        mapping: for a table, what its columns mean; else they are known or guessed by their names.
        problems: what was wrong with an archive, in place of data.
    """

    stage_id: int
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


def fill(store: Store, tell: Progress, task: Task) -> None:
    """Read a file into its stage."""
    stage = Desk(store=store, review_id=task.stage_id, person_id=task.person_id)
    opened, sheets, data = _opened(stage, task)
    with stage.writing() as w:
        staging.open_file(w, task.file_id, opened)
        if sheets:
            staging.keep_upload(w, data, sheets)
    del data
    digest, kept = hashlib.sha256(), 0
    for batch in _batches(opened.entries()):
        records = [found for found in batch if isinstance(found, Record)]
        problems = [found for found in batch if isinstance(found, Problem)]
        for record in records:
            digest.update(_text(record.raw))
        with stage.writing() as w:
            sources.add_records(w, task.file_id, records, kept)
            staging.add_problems(w, task.file_id, problems)
        kept += len(records)
        tell(kept / max(opened.seen, 1), f"{kept:,} of {opened.seen:,} entries of {task.name}")
    with stage.writing() as w:
        staging.close_file(w, task.file_id, kept, digest.hexdigest() if kept else "")


def _opened(stage: Desk, task: Task) -> tuple[Opened, Sequence[tables.Table], bytes]:
    """The file, and the columns that people can say something of, where that is not kept yet."""
    if task.problems:
        return _refused(task.name, task.problems), (), b""
    if task.data is None:
        with stage.reading() as c:
            data = staging.uploaded(c, task.stage_id)
        return _open_table(task.name, data, task.mapping), (), b""
    data = content(task)
    if too_large(len(data), task.settings):
        limit = f"{len(data) / MEGABYTE:,.0f} MB; the limit is {task.settings.max_upload_mb} MB"
        problem = Problem(code=Code.FILE_TOO_LARGE, file=task.name, detail=limit)
        return _refused(task.name, (problem,)), (), b""
    opened = open_file(data, task.name)
    unknown = any(one.code is Code.FILE_UNKNOWN for one in opened.problems)
    sheets = tables.look(data, task.name) if opened.format in TABLES or unknown else ()
    return opened, sheets, data


def _open_table(name: str, data: bytes, mapping: Meanings) -> Opened:
    """The sheets of which a person said something; the others are named as left out."""
    said = {sheet: words for sheet, words in mapping.items() if any(words.values())}
    parts = tuple(tables.open_table(data, name, words, sheet) for sheet, words in said.items())
    left = tuple(
        Problem(code=Code.SHEET_LEFT_OUT, file=name, detail=f"“{sheet}”")
        for sheet in mapping
        if sheet not in said
    )
    return Opened(
        file=name,
        format=parts[0].format if parts else "",
        encoding=parts[0].encoding if parts else "",
        seen=sum(part.seen for part in parts),
        problems=(*left, *(problem for part in parts for problem in part.problems)),
        parts=parts,
    )


def _refused(name: str, problems: tuple[Problem, ...]) -> Opened:
    return Opened(file=name, format="", encoding="", seen=0, problems=problems)


def _batches(entries: Iterable[Record | Problem]) -> Iterator[list[Record | Problem]]:
    batch: list[Record | Problem] = []
    for found in entries:
        batch.append(found)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _text(raw: str) -> bytes:
    """A record's text without what changes when a file is saved anew."""
    lines = (line.rstrip() for line in raw.split("\n"))
    return "\n".join(lines).strip().encode("utf-8", "replace") + b"\0"
