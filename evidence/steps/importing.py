"""Bringing citation files into a review: look first, keep then, undo if need be.

A file that is looked at is read into a stage (store/staging.py). Keeping it is one step that either
happens or does not; until then the review is as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from tempfile import NamedTemporaryFile

from evidence.citations.record import Reference
from evidence.errors import NotFound
from evidence.problems import Code, Effect, Problem
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.joining import join
from evidence.steps.staging import Task, fill, too_large
from evidence.store import sources, staging, works
from evidence.store.sources import ImportedFile, Source, SourceDraft
from evidence.store.staging import Staged

__all__ = ["Effect", "ImportedFile", "Problem", "Reference", "Source", "SourceDraft"]

WHILE_WAITING = 1_000_000  # bytes; smaller files are read at once, larger ones in the background
PREVIEWED = 5
FORGOTTEN = timedelta(days=2)  # what was looked at and never kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file before anything is kept.

    Attributes:
        known: the earlier import of the same text into this review, whatever its name was.
        first: the first records as they will look.
        twin: whether another look has the same text and comes first.
    """

    staged: Staged
    known: ImportedFile | None
    first: tuple[tuple[int, Reference], ...] = ()
    problems: tuple[Problem, ...] = ()
    twin: bool = False

    @property
    def id(self) -> int:
        """By which it is kept or dropped."""
        return self.staged.stage_id

    @property
    def can_be_kept(self) -> bool:
        """Whether it was read to its end and holds anything new."""
        read = self.staged.job.state is jobs.State.DONE
        return read and self.staged.kept > 0 and self.known is None and not self.twin


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of one file."""

    file: str
    source: str
    seen: int
    records: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A source with its files."""

    source: Source
    files: tuple[ImportedFile, ...]

    @property
    def records(self) -> int:
        """Records of all files."""
        return sum(file.kept for file in self.files)


def look(desk: Desk, name: str, data: bytes, settings: Settings, *, wait: bool = False) -> int:
    """Read a file without keeping it in the review; gives the id by which it is kept or dropped.

    A large file is read in the background, unless the caller waits.
    """
    now = datetime.now(UTC)
    with desk.store.changing() as c:
        staging.drop_old(c, now - FORGOTTEN)
        stage_id = staging.begin(c, desk.review_id, desk.person_id, now)
    stage = replace(desk, review_id=stage_id)
    job_id = jobs.begin(stage, "import")
    with stage.writing() as w:
        file_id = staging.add_file(w, name)
    task = Task(stage_id=stage_id, file_id=file_id, person_id=desk.person_id, name=name, data=data,
                settings=settings)  # fmt: skip
    if wait or len(data) <= WHILE_WAITING or too_large(len(data), settings):
        jobs.run(desk.store, job_id, fill, task)
        return stage_id
    with NamedTemporaryFile(prefix="waymark-upload-", delete=False) as copy:
        copy.write(data)
    jobs.submit(desk.store, job_id, fill, replace(task, data=copy.name))
    return stage_id


def looks(desk: Desk) -> list[Look]:
    """The files that the person at the desk looked at and neither kept nor dropped."""
    with desk.reading() as c:
        found = staging.staged(c, desk.review_id, desk.person_id, datetime.now(UTC))
        known = sources.known(c, desk.review_id, [one.sha256 for one in found if one.sha256])
        return [
            Look(
                staged=one,
                known=known.get(one.sha256),
                first=tuple(works.first(c, one.stage_id, PREVIEWED)),
                problems=tuple(sources.problems_of(c, one.file_id)),
            )
            for one in found
        ]


def keep(desk: Desk, chosen: Sequence[tuple[int, SourceDraft | int]]) -> list[Kept]:
    """Move files into the review, each whole or not at all.

    Args:
        desk: whose review.
        chosen: ids of looks, each with what is said of its source, or the id of a source that is
            there.
    """
    return [_keep(desk, look_id, source) for look_id, source in chosen]


def drop(desk: Desk, look_id: int) -> None:
    """Forget a file that was looked at; if it is still being read, that stops."""
    with desk.store.changing() as c:
        staging.drop(c, look_id, desk.review_id, desk.person_id)


def history(desk: Desk) -> list[History]:
    """All sources with their files, in the order they came."""
    with desk.reading() as c:
        files = sources.files(c, desk.review_id)
        return [
            History(source=s, files=tuple(file for file in files if file.source_id == s.id))
            for s in sources.sources(c, desk.review_id)
        ]


def problems(desk: Desk, file_id: int) -> list[Problem]:
    """What was wrong in an imported file."""
    with desk.reading() as c:
        return sources.problems_of(c, file_id)


def change_source(desk: Desk, source_id: int, draft: SourceDraft) -> None:
    """Correct what is said of a source."""
    with desk.writing() as w:
        sources.change_source(w, source_id, draft)


def undo(desk: Desk, file_id: int) -> None:
    """Remove a file and its records; refused once somebody worked on one of them."""
    with desk.writing() as w:
        others = sources.take_back(w, file_id)
        if others:
            join(w, others)


def _keep(desk: Desk, look_id: int, source: SourceDraft | int) -> Kept:
    one = next((one for one in looks(desk) if one.id == look_id), None)
    if one is None:
        raise NotFound("file to keep", look_id)
    if not one.can_be_kept:
        return _not_kept(desk, one)
    with desk.writing() as w:
        again = sources.known(w.connection, desk.review_id, [one.staged.sha256])
        if again:  # somebody kept the same file a moment ago
            one = replace(one, known=again[one.staged.sha256])
        else:
            source_id = source if isinstance(source, int) else sources.add_source(w, source)
            staging.adopt(w, one.staged, source_id)
            names = {s.id: s.name for s in sources.sources(w.connection, desk.review_id)}
    if one.known:
        return _not_kept(desk, one)
    return Kept(
        file=one.staged.name,
        source=names[source_id],
        seen=one.staged.seen,
        records=one.staged.kept,
        problems=one.problems,
    )


def _not_kept(desk: Desk, one: Look) -> Kept:
    """A file with nothing new: it is dropped, and its problems say why."""
    said = one.problems
    if one.known:
        when = f"{one.known.imported_at:%Y-%m-%d %H:%M} UTC as {one.known.name}"
        said = (*said, Problem(code=Code.FILE_KNOWN, file=one.staged.name, detail=when))
    drop(desk, one.id)
    return Kept(file=one.staged.name, source="", seen=one.staged.seen, records=0, problems=said)
