"""Bringing citation files into a review: look first, keep then, undo if need be."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evidence.citations import formats
from evidence.citations.record import Reading
from evidence.problems import Code, Effect, Problem
from evidence.settings import Settings
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.joining import join
from evidence.store import sources
from evidence.store.sources import ImportedFile, Source, SourceDraft

__all__ = ["Effect", "ImportedFile", "Problem", "Source", "SourceDraft"]

BATCH = 2000  # records kept at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file before anything is kept.

    Attributes:
        sha256: of the records' text, so that line ends and encodings do not hide a known file.
        known: the earlier import of the same text into this review.
    """

    reading: Reading
    sha256: str
    known: ImportedFile | None = None

    @property
    def can_be_kept(self) -> bool:
        """Whether there is anything new in it."""
        return bool(self.reading.records) and self.known is None


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


def look(desk: Desk, uploads: Sequence[tuple[str, bytes]], settings: Settings) -> list[Look]:
    """Read files without keeping anything; a file that stands twice among them counts once."""
    looks = [_look(name, data, settings) for name, data in uploads]
    return known_again(desk, looks)


def known_again(desk: Desk, looks: Sequence[Look]) -> list[Look]:
    """The same looks, told anew which of them the review has by now."""
    with desk.reading() as c:
        known = sources.known(c, desk.review_id, [one.sha256 for one in looks])
    return [replace(one, known=known.get(one.sha256)) for one in looks]


def keep(
    desk: Desk,
    chosen: Sequence[tuple[Look, SourceDraft | int]],
    progress: Progress = silent,
) -> list[Kept]:
    """Keep the records of files, each whole or not at all.

    Args:
        desk: whose review.
        chosen: files with what is said of their source, or the id of a source that is there.
        progress: told about every batch.
    """
    total = sum(len(one.reading.records) for one, _ in chosen) or 1
    before = 0
    report = []
    for one, source in chosen:
        (again,) = known_again(desk, [one])  # somebody else may have imported it meanwhile
        if not again.can_be_kept:
            report.append(_not_kept(again))
            continue

        def told(kept: int, name: str = one.reading.file, before: int = before) -> None:
            progress((before + kept) / total, f"Keeping {name}")

        report.append(_keep_one(desk, again.reading, again.sha256, source, told))
        before += len(again.reading.records)
    progress(1.0, "Done")
    return report


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


def _look(name: str, data: bytes, settings: Settings) -> Look:
    if len(data) > settings.max_upload_mb * 1_000_000:
        return Look(reading=_too_large(name, len(data), settings), sha256="")
    reading = formats.read(data, name)
    return Look(reading=reading, sha256=_hash(reading))


def _too_large(name: str, size: int, settings: Settings) -> Reading:
    detail = f"{size / 1e6:,.0f} MB; the limit is {settings.max_upload_mb} MB."
    problem = Problem(code=Code.FILE_TOO_LARGE, file=name, detail=detail)
    return Reading(file=name, format="", encoding="", seen=0, records=(), problems=(problem,))


def _hash(reading: Reading) -> str:
    digest = hashlib.sha256()
    for record in reading.records:
        text = "\n".join(line.rstrip() for line in record.raw.splitlines())
        digest.update(text.strip().encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()


def _keep_one(
    desk: Desk,
    reading: Reading,
    sha256: str,
    source: SourceDraft | int,
    told: Callable[[int], None],
) -> Kept:
    with desk.writing() as w:
        source_id = source if isinstance(source, int) else sources.add_source(w, source)
        file_id = sources.add_file(w, source_id, reading, sha256)
        for first in range(0, len(reading.records), BATCH):
            batch = reading.records[first : first + BATCH]
            sources.add_records(w, file_id, batch, first)
            told(first + len(batch))
        named = next(s for s in sources.sources(w.connection, desk.review_id) if s.id == source_id)
    return Kept(
        file=reading.file,
        source=named.name,
        seen=reading.seen,
        records=len(reading.records),
        problems=reading.problems,
    )


def _not_kept(one: Look) -> Kept:
    reading = one.reading
    said = reading.problems
    if one.known:
        when = f"{one.known.imported_at:%Y-%m-%d %H:%M} UTC as {one.known.name}"
        said = (*said, Problem(code=Code.FILE_KNOWN, file=reading.file, detail=when))
    return Kept(file=reading.file, source="", seen=reading.seen, records=0, problems=said)
