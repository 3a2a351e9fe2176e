"""Looking into files before anything is kept: small ones here, large ones in the background.

Each file is read into a stage of its own, an archive into one for each of its files. Whatever
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
from evidence.steps.records.importing.batches import COPIES, Meanings, Task, content, too_large
from evidence.steps.records.importing.read import fill
from evidence.store import Role, Store
from evidence.store import jobs as kept_jobs
from evidence.store.records import import_previews

WHILE_WAITING = 1_000_000  # bytes; smaller files are read at once, larger ones in the background
ROWS_WHILE_WAITING = 1000  # the same for a table that is read again
FORGOTTEN = timedelta(days=2)  # what was looked at and never kept
log = logging.getLogger("waymark")


def look(desk: Desk, name: str, data: bytes, settings: Settings, *, wait: bool = False) -> int:
    """Read a file without keeping it in the review; gives the id by which it is kept or dropped.

    A large file is read in the background, unless the caller waits.
    """
    return look_all(desk, name, data, settings, wait=wait)[0]


def look_all(
    desk: Desk, name: str, data: bytes, settings: Settings, *, wait: bool = False
) -> list[int]:
    """The same for a file that may be an archive.

    An archive gives one id for each of its files, and one more where something was wrong with the
    archive itself; a large one has one id until it was read.
    """
    _forget_old(desk)
    if wait or len(data) <= WHILE_WAITING or too_large(len(data), settings):
        return _look_now(desk, name, data, settings)
    task, job_id = _begin(desk, name, _copy(data), settings)
    if kind(data) is Kind.ARCHIVE:
        jobs.submit(desk.store, job_id, _unpack, task, desk.review_id)
    else:
        jobs.submit(desk.store, job_id, fill, task)
    return [task.stage_id]


def look_at_text(desk: Desk, text: str, settings: Settings) -> list[int]:
    """The same for text that somebody pasted; raises Invalid where there is none."""
    if not text.strip():
        raise Invalid("Paste the text of an export first; the box is empty.")
    name = f"Pasted on {datetime.now(UTC):%Y-%m-%d at %H:%M} UTC"
    return look_all(desk, name, text.encode("utf-8", "replace"), settings)


def look_again(
    desk: Desk, look_id: int, mapping: Meanings, settings: Settings, *, wait: bool = False
) -> None:
    """Read a table again, with what a person says of its columns; the others are kept as fields.

    Raises:
        NotFound: there is no such table.
        Invalid: it is being read, or no column was said to hold the titles.
    """
    with desk.reading() as c:
        found = import_previews.staged(c, desk.review_id, desk.person_id, datetime.now(UTC))
    one = next((one for one in found if one.stage_id == look_id and one.sheets), None)
    if one is None:
        raise NotFound("table", look_id)
    if one.job.going:
        raise Invalid(f"“{one.name}” is still being read. Wait until that is done.")
    if missing := title_missing(mapping):
        raise Invalid(missing)
    stage = replace(desk, review_id=look_id)
    with stage.writing(Role.EDITOR) as w:
        import_previews.begin_again(w, one.file_id, mapping)
        job_id = kept_jobs.add(w, "import")
    task = Task(stage_id=look_id, file_id=one.file_id, person_id=desk.person_id, name=one.name,
                data=None, settings=settings, mapping=mapping)  # fmt: skip
    if wait or sum(sheet.rows for sheet in one.sheets) <= ROWS_WHILE_WAITING:
        jobs.run(desk.store, job_id, fill, task)
    else:
        jobs.submit(desk.store, job_id, fill, task)


def title_missing(mapping: Meanings) -> str:
    """What must still be said before a table can be read with these meanings; empty for nothing."""
    said = {sheet: set(words.values()) - {None} for sheet, words in mapping.items()}
    for sheet, words in said.items():
        if words and "title" not in words:
            where = f" of the sheet “{sheet}”" if sheet else ""
            return f"Say which column{where} holds the title first; each record needs one."
    return "" if any(said.values()) else "Say which column holds the title first."


def drop(desk: Desk, look_id: int) -> None:
    """Forget a file that was looked at; if it is still being read, that stops."""
    with desk.writing(Role.EDITOR) as w:
        import_previews.drop(w, look_id)


def _look_now(
    desk: Desk, name: str, data: bytes, settings: Settings, tell: Progress = silent
) -> list[int]:
    if too_large(len(data), settings) or kind(data) is not Kind.ARCHIVE:
        task, job_id = _begin(desk, name, data, settings)
        jobs.run(desk.store, job_id, fill, task)
        return [task.stage_id]
    made: list[int] = []
    problems: list[Problem] = []
    try:
        for member in unpack(data, name):
            if isinstance(member, Problem):
                problems.append(member)
                continue
            task, job_id = _begin(desk, member.name, member.data, settings)
            made.append(task.stage_id)
            tell(0.0, f"{member.name}, file {len(made):,}")
            _run(desk.store, job_id, task)
    except jobs.Cancelled:
        for stage_id in made:
            drop(desk, stage_id)
        raise
    if not made and not problems:
        problems.append(Problem(code=Code.FILE_EMPTY, file=name))
    if problems:
        task, job_id = _begin(desk, name, b"", settings)
        jobs.run(desk.store, job_id, fill, replace(task, problems=tuple(problems)))
        made.append(task.stage_id)
    return made


def _unpack(store: Store, tell: Progress, task: Task, review_id: int) -> None:
    """Look into an archive; its own stage stands there only as long as that takes."""
    desk = Desk(store=store, review_id=review_id, person_id=task.person_id)
    _look_now(desk, task.name, content(task), task.settings, tell)
    drop(desk, task.stage_id)


def _run(store: Store, job_id: int, task: Task) -> None:
    """Read one file of an archive; what nobody foresaw does not hold up the others."""
    try:
        jobs.run(store, job_id, fill, task)
    except Exception:  # the job says that it failed
        log.exception("A file of an archive could not be read")


def _begin(desk: Desk, name: str, data: bytes | Path, settings: Settings) -> tuple[Task, int]:
    """A stage with its file, and a job for reading it."""
    name = name.replace("\x00", "")  # which no database takes
    with desk.writing(Role.EDITOR) as w:
        stage_id = import_previews.begin(w)
    with replace(desk, review_id=stage_id).writing(Role.EDITOR) as w:
        file_id = import_previews.add_file(w, name)
        job_id = kept_jobs.add(w, "import")
    task = Task(stage_id=stage_id, file_id=file_id, person_id=desk.person_id, name=name, data=data,
                settings=settings)  # fmt: skip
    return task, job_id


def _copy(data: bytes) -> Path:
    """The file where another process finds it; whoever reads it removes it.

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


def _forget_old(desk: Desk) -> None:
    """What nobody kept, and copies whose reader died."""
    with desk.store.writing_outside() as c:
        import_previews.drop_old(c, datetime.now(UTC) - FORGOTTEN)
    before = time.time() - FORGOTTEN.total_seconds()
    for copy in Path(tempfile.gettempdir()).glob(f"{COPIES}*"):
        with suppress(OSError):  # another server may have been faster, or own it
            if copy.stat().st_mtime < before:
                copy.unlink()
