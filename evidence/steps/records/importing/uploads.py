"""Reading uploaded files into previews: small ones here, large ones in the background.

Each file is read into a preview of its own, an archive into one for each of its files. Whatever
happens on the way, the review is as it was.
"""

import logging
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidence.citations.formats import unpack
from evidence.citations.formats.archives import Kind, kind
from evidence.errors import Invalid, NotFound, WaymarkError
from evidence.problems import Code, Problem
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.records.importing import previews
from evidence.steps.records.importing.batches import COPIES, Meanings, Task, content, too_large
from evidence.steps.records.importing.read_preview import fill, with_stored
from evidence.store import Role, Store
from evidence.store import jobs as stored_jobs
from evidence.store.records import import_previews

WHILE_WAITING = 1_000_000  # bytes; smaller files are read at once, larger ones in the background
ROWS_WHILE_WAITING = 1000  # of a table that is read again; more are read in the background
DROPPED_AFTER = timedelta(days=2)  # previews that nobody imported
TOO_MANY = (
    "There are {most} files that you read in and did not import, as many as this server keeps for "
    "one person. Import some, or drop them, and try again."
)
log = logging.getLogger("waymark")


def add(desk: Desk, name: str, data: bytes, settings: Settings, *, wait: bool = False) -> int:
    """Read a file that is no archive into a preview; gives the preview's id.

    A large file is read in the background, unless the caller waits.
    """
    return add_all(desk, name, data, settings, wait=wait)[0]


def add_all(
    desk: Desk, name: str, data: bytes, settings: Settings, *, wait: bool = False
) -> list[int]:
    """Read a file, or all files of an archive, into previews; gives the previews' ids.

    An archive gives one preview for each of its files, and one more where something was wrong with
    the archive itself. A large file is read in the background, unless the caller waits; a large
    archive has one preview until it was read.
    """
    desk.require(Role.EDITOR)
    _drop_old(desk)
    if desk.store.private:
        _refuse_one_more(desk, settings)
    if wait or len(data) <= WHILE_WAITING or too_large(len(data), settings):
        return _read_now(desk, name, data, settings)
    if settings.cluster:  # whose machines have no files of this one
        task, job_id = _begin(desk, name, None, settings)
        with replace(desk, review_id=task.preview_id).writing(Role.EDITOR) as w:
            import_previews.store_upload(w, data)
    else:
        task, job_id = _begin(desk, name, _copy(data), settings)
    if kind(data) is Kind.ARCHIVE:
        jobs.submit(desk.store, job_id, _unpack, task, desk.review_id)
    else:
        jobs.submit(desk.store, job_id, fill, task)
    return [task.preview_id]


def add_text(desk: Desk, text: str, settings: Settings) -> list[int]:
    """Read pasted text into a preview; gives the preview's id. Raises Invalid for no text."""
    if not text.strip():
        raise Invalid("Paste the text of an export first; the box is empty.")
    name = f"Pasted on {datetime.now(UTC):%Y-%m-%d at %H:%M} UTC"
    return add_all(desk, name, text.encode("utf-8", "replace"), settings)


def read_again(
    desk: Desk, preview_id: int, mapping: Meanings, settings: Settings, *, wait: bool = False
) -> None:
    """Read a table again with these meanings of its columns; the others become fields.

    Raises:
        NotFound: there is no such table.
        Invalid: it is being read, or no column was said to hold the titles.
    """
    with desk.reading(Role.EDITOR) as c:
        files = import_previews.listing(c, desk.review_id, desk.person_id, datetime.now(UTC))
    tables = {file.preview_id: file for file in files if file.sheets}
    table = tables.get(preview_id)
    if table is None:
        raise NotFound("table", preview_id)
    if table.job.going:
        raise Invalid(f"“{table.name}” is still being read. Wait until that is done.")
    if missing := missing_title(mapping):
        raise Invalid(missing)
    with replace(desk, review_id=preview_id).writing(Role.EDITOR) as w:
        import_previews.empty(w, table.file_id, mapping)
        job_id = stored_jobs.add(w, "import")
    task = Task(preview_id=preview_id, file_id=table.file_id, person_id=desk.person_id,
                name=table.name, data=None, settings=settings, mapping=mapping)  # fmt: skip
    if wait or sum(sheet.rows for sheet in table.sheets) <= ROWS_WHILE_WAITING:
        jobs.run(desk.store, job_id, fill, task)
    else:
        jobs.submit(desk.store, job_id, fill, task)


def missing_title(mapping: Meanings) -> str:
    """A request to say which column holds the title; "" where each sheet in use has one."""
    meanings = {sheet: set(columns.values()) - {None} for sheet, columns in mapping.items()}
    for sheet, words in meanings.items():
        if words and "title" not in words:
            where = f" of the sheet “{sheet}”" if sheet else ""
            return f"Say which column{where} holds the title first; each record needs one."
    return "" if any(meanings.values()) else "Say which column holds the title first."


def _read_now(
    desk: Desk, name: str, data: bytes, settings: Settings, tell: Progress = silent
) -> list[int]:
    if too_large(len(data), settings) or kind(data) is not Kind.ARCHIVE:
        task, job_id = _begin(desk, name, data, settings)
        _run(desk.store, job_id, task)
        return [task.preview_id]
    preview_ids: list[int] = []
    problems: list[Problem] = []
    try:
        for member in unpack(data, name):
            if isinstance(member, Problem):
                problems.append(member)
                continue
            task, job_id = _begin(desk, member.name, member.data, settings)
            preview_ids.append(task.preview_id)
            tell(0.0, f"{member.name}, file {len(preview_ids):,}")
            _run(desk.store, job_id, task)
    except jobs.Cancelled:
        desk = replace(desk, store=stored_jobs.plain(desk.store))
        for preview_id in preview_ids:
            previews.drop(desk, preview_id)
        raise
    if not preview_ids and not problems:
        problems.append(Problem(code=Code.FILE_EMPTY, file=name))
    if problems:
        task, job_id = _begin(desk, name, b"", settings)
        jobs.run(desk.store, job_id, fill, replace(task, problems=tuple(problems)))
        preview_ids.append(task.preview_id)
    return preview_ids


def _unpack(store: Store, tell: Progress, task: Task, review_id: int) -> None:
    """Read the files of an archive; the archive itself has a preview only while that takes."""
    desk = Desk(store=store, review_id=review_id, person_id=task.person_id)
    _read_now(desk, task.name, content(with_stored(store, task)), task.settings, tell)
    previews.drop(desk, task.preview_id)


def _run(store: Store, job_id: int, task: Task) -> None:
    """Read one file; what nobody foresaw does not hold up the others."""
    try:
        jobs.run(store, job_id, fill, task)
    except Exception:  # the job says that it failed
        log.exception("A file could not be read")


def _begin(
    desk: Desk, name: str, data: bytes | Path | None, settings: Settings
) -> tuple[Task, int]:
    """Make a preview with its file, and a job for reading it."""
    name = name.replace("\x00", "")  # which no database takes
    with desk.writing(Role.EDITOR) as w:
        preview_id = import_previews.begin(w)
    with replace(desk, review_id=preview_id).writing(Role.EDITOR) as w:
        file_id = import_previews.add_file(w, name)
        job_id = stored_jobs.add(w, "import")
    task = Task(preview_id=preview_id, file_id=file_id, person_id=desk.person_id, name=name,
                data=data, settings=settings)  # fmt: skip
    return task, job_id


def _copy(data: bytes) -> Path:
    """Write the file where another process finds it; whoever reads it removes it.

    Raises:
        WaymarkError: it cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(prefix=COPIES, delete=False) as copy:
            path = Path(copy.name)
            try:
                copy.write(data)
                copy.flush()
            except OSError:
                path.unlink()
                raise
    except OSError as error:
        raise WaymarkError(
            f"The server has no room to put the file aside while it is read ({error.strerror}). "
            "Nothing was imported; make room on its disk, then try again."
        ) from error
    return path


def _refuse_one_more(desk: Desk, settings: Settings) -> None:
    with desk.reading() as c:
        many = import_previews.number_of(c, desk.person_id)
    if settings.most_uploads and many >= settings.most_uploads:
        raise Invalid(TOO_MANY.format(most=settings.most_uploads))


def _drop_old(desk: Desk) -> None:
    """Drop previews that nobody imported, and copies whose reader died."""
    with desk.store.writing_outside() as c:
        import_previews.drop_old(c, datetime.now(UTC) - DROPPED_AFTER)
    before = time.time() - DROPPED_AFTER.total_seconds()
    for copy in Path(tempfile.gettempdir()).glob(f"{COPIES}*"):
        with suppress(OSError):  # another server may have been faster, or own it
            if copy.stat().st_mtime < before:
                copy.unlink()
