"""Reading a file into its stage, batch by batch; runs here or in a process of the executor."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.citations.formats import Opened, open_file
from evidence.citations.record import Record
from evidence.problems import Code, Problem
from evidence.settings import Settings
from evidence.steps.desk import Desk, Progress
from evidence.store import Store, sources, staging

BATCH = 2000  # entries kept in one short transaction
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to read, and where to put it.

    Attributes:
        data: the file, or the path of a copy that is removed once it was read.
    """

    stage_id: int
    file_id: int
    person_id: int
    name: str
    data: bytes | str
    settings: Settings


def too_large(size: int, settings: Settings) -> bool:
    """Whether a file of so many bytes is refused."""
    return size >= settings.max_upload_mb * MEGABYTE


def fill(store: Store, tell: Progress, task: Task) -> None:
    """Read a file into its stage."""
    stage = Desk(store=store, review_id=task.stage_id, person_id=task.person_id)
    opened = _opened(task)
    with stage.writing() as w:
        staging.open_file(w, task.file_id, opened)
    digest, kept, done = hashlib.sha256(), 0, 0
    for batch in _batches(opened.entries()):
        records = [found for found in batch if isinstance(found, Record)]
        problems = [found for found in batch if isinstance(found, Problem)]
        for record in records:
            digest.update(_text(record.raw))
        with stage.writing() as w:
            sources.add_records(w, task.file_id, records, kept)
            staging.add_problems(w, task.file_id, problems)
        kept += len(records)
        done = min(opened.seen, done + len(records))
        tell(done / max(opened.seen, 1), f"{done:,} of {opened.seen:,} entries of {task.name}")
    with stage.writing() as w:
        staging.close_file(w, task.file_id, kept, digest.hexdigest() if kept else "")


def _opened(task: Task) -> Opened:
    if isinstance(task.data, bytes):
        return _open(task.name, task.data, task.settings)
    path = Path(task.data)
    try:
        return _open(task.name, path.read_bytes(), task.settings)
    finally:
        path.unlink(missing_ok=True)


def _open(name: str, data: bytes, settings: Settings) -> Opened:
    if not too_large(len(data), settings):
        return open_file(data, name)
    limit = f"{len(data) / MEGABYTE:,.0f} MB; the limit is {settings.max_upload_mb} MB"
    problem = Problem(code=Code.FILE_TOO_LARGE, file=name, detail=limit)
    return Opened(file=name, format="", encoding="", seen=0, problems=(problem,), clean=b"")


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
