"""Bringing citation files into a review: look first, keep then, undo if need be.

A file that is looked at is read into a preview (preview.py; store/records/import_previews.py).
Keeping it is one step that either happens or does not; until then the review is as it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from evidence.citations.formats.tables import MEANINGS, Column, Table, unused_columns
from evidence.citations.record import Reference
from evidence.errors import Invalid, NotFound
from evidence.problems import Code, Effect, Problem
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import renew
from evidence.steps.records.importing.preview import (
    drop,
    look,
    look_again,
    look_all,
    look_at_text,
    title_missing,
)
from evidence.store import Role, Write
from evidence.store.jobs import State
from evidence.store.records import import_previews, sources, undo_import, works
from evidence.store.records.import_previews import Entry, Staged
from evidence.store.records.sources import ImportedFile, Source, SourceDraft

__all__ = [
    "MEANINGS",
    "Code",
    "Column",
    "Effect",
    "Entry",
    "ImportedFile",
    "Problem",
    "Reference",
    "Source",
    "SourceDraft",
    "Staged",
    "Table",
    "drop",
    "look",
    "look_again",
    "look_all",
    "look_at_text",
    "title_missing",
]

PREVIEWED = 5
LONGEST_NAME = 100  # signs of a file's name that become that of a source
PROBLEMS_SHOWN = 1000  # of a file; the import keeps them all
ENTRIES_SHOWN = 1000  # of a file, to be left out one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file before anything is kept.

    Attributes:
        known: the earlier import of the same text into this review, whatever its name was.
        suggested: a source that it may be, for people to correct.
        first: the first records as they will look.
        problems: the first PROBLEMS_SHOWN.
        twin: whether another look has the same text and comes first.
    """

    staged: Staged
    known: ImportedFile | None
    suggested: SourceDraft
    first: tuple[tuple[int, Reference], ...] = ()
    problems: tuple[Problem, ...] = ()
    twin: bool = False

    @property
    def id(self) -> int:
        """By which it is kept or dropped."""
        return self.staged.stage_id

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns of a table that say nothing of a reference; each record keeps their cells."""
        return unused_columns(self.staged.sheets, self.staged.mapping)

    @property
    def key(self) -> str:
        """No other look ever has it; ids may be given again."""
        return f"{self.id}-{self.staged.begun_at:%Y%m%d%H%M%S%f}"

    @property
    def can_be_kept(self) -> bool:
        """Whether it was read to its end and holds anything new."""
        read = self.staged.job.state is State.DONE
        return read and self.staged.kept > 0 and self.known is None and not self.twin


class Choice(NamedTuple):
    """A file that a person wants to keep.

    Attributes:
        source: what is said of its source, or the id of a source that is there.
        without: records that shall not come in, by their position among those of the file.
    """

    look_id: int
    source: SourceDraft | int
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of one file.

    Attributes:
        source_id: where it went; None where nothing was kept.
        there: how many records have the DOI or PMID of a record that was there before.
    """

    file: str
    source: str
    seen: int
    records: int
    problems: tuple[Problem, ...]
    source_id: int | None = None
    there: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A source with its files."""

    source: Source
    files: tuple[ImportedFile, ...]

    @property
    def seen(self) -> int:
        """Entries of all files."""
        return sum(file.seen for file in self.files)

    @property
    def records(self) -> int:
        """Records of all files."""
        return sum(file.kept for file in self.files)


def looks(desk: Desk) -> list[Look]:
    """The files that the person at the desk looked at and neither kept nor dropped.

    Of two with the same text the second cannot be kept.
    """
    with desk.reading() as c:
        found = import_previews.staged(c, desk.review_id, desk.person_id, datetime.now(UTC))
        known = sources.known(c, desk.review_id, [one.sha256 for one in found if one.sha256])
        first = works.first(c, [one.stage_id for one in found], PREVIEWED)
        said = sources.first_problems(c, [one.file_id for one in found], PROBLEMS_SHOWN)
        taken = {one.name for one in sources.sources(c, desk.review_id)}
    before: set[str] = set()
    made = []
    for one in found:
        draft = _suggested(one, taken)
        taken.add(draft.name)
        made.append(
            Look(
                staged=one,
                known=known.get(one.sha256),
                suggested=draft,
                first=tuple(first[one.stage_id]),
                problems=tuple(said[one.file_id]),
                twin=one.sha256 in before,
            )
        )
        before |= {one.sha256} - {""}
    return made


def entries(desk: Desk, look: Look) -> list[Entry]:
    """The first records of a file that was looked at, and those with remarks."""
    said = {
        problem.line
        for problem in look.problems
        if problem.line is not None and problem.effect is not Effect.LOST
    }
    with desk.reading() as c:
        return import_previews.entries(c, look.staged, said, ENTRIES_SHOWN)


def keep(desk: Desk, chosen: Sequence[Choice | tuple[int, SourceDraft | int]]) -> list[Kept]:
    """Move files into the review, each whole or not at all; a pair of look and source will do.

    Raises:
        Invalid: a new source has no name; then nothing was kept.
    """
    choices = [Choice(*one) for one in chosen]
    for one in choices:
        _check(one.source)
    return [_keep(desk, one) for one in choices]


def keep_as_one(desk: Desk, chosen: Sequence[Choice]) -> list[Kept]:
    """The same for files of one search: the first says what the source is."""
    made: list[Kept] = []
    source = chosen[0].source if chosen else 0
    _check(source)
    for one in chosen:
        kept = _keep(desk, one._replace(source=source))
        source = kept.source_id or source
        made.append(kept)
    return made


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
    """Correct what is said of a source; raises Invalid where it has no name."""
    _check(draft)
    with desk.writing(Role.EDITOR) as w:
        sources.change_source(w, source_id, draft)


def undo(desk: Desk, *file_ids: int) -> None:
    """Remove files and their records; refused for all once somebody worked on one record."""
    with desk.writing(Role.EDITOR) as w:
        others: set[int] = set()
        for file_id in file_ids:
            others |= set(undo_import.take_back(w, file_id))
        if others:
            renew(w, others)


def _suggested(file: Staged, taken: Collection[str]) -> SourceDraft:
    """A source as the records of the file name it, else named after the file.

    Where a source has that name already, the name of the file tells them apart.
    """
    told = file.suggested
    stem = file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0].strip() or file.name.strip() or "Search"
    stem = stem if len(stem) <= LONGEST_NAME else stem[: LONGEST_NAME - 1].rstrip() + "…"
    if told.name == file.name:
        return replace(told, name=stem)
    return replace(told, name=f"{told.name} ({stem})" if told.name in taken else told.name)


def _check(source: SourceDraft | int) -> None:
    if isinstance(source, SourceDraft) and not source.name.strip():
        raise Invalid("Give the source a name, for example that of the database.")


def _keep(desk: Desk, choice: Choice) -> Kept:
    one = next((one for one in looks(desk) if one.id == choice.look_id), None)
    if one is None:
        raise NotFound("file to keep", choice.look_id)
    if not one.can_be_kept:
        return _not_kept(desk, one)
    with desk.writing(Role.EDITOR) as w:
        c, file_id = w.connection, one.staged.file_id
        again = sources.known(c, desk.review_id, [one.staged.sha256])
        if not again:  # else somebody kept the same file a moment ago
            source_id = _source(w, choice.source)
            gone = import_previews.leave_out(w, one.staged, choice.without) if choice.without else 0
            there = import_previews.there_already(c, one.id, desk.review_id)
            import_previews.adopt(w, one.staged, source_id)
            return Kept(
                file=one.staged.name,
                source=sources.get(c, desk.review_id, source_id).name,
                seen=one.staged.seen,
                records=one.staged.kept - gone,
                problems=tuple(sources.problems_of(c, file_id)),
                source_id=source_id,
                there=there,
            )
    return _not_kept(desk, replace(one, known=again[one.staged.sha256]))


def _source(write: Write, source: SourceDraft | int) -> int:
    """The id of a source, which is made if it is new; raises NotFound if it is not there."""
    if isinstance(source, SourceDraft):
        return sources.add_source(write, source)
    return sources.get(write.connection, write.review_id, source).id


def _not_kept(desk: Desk, one: Look) -> Kept:
    """A file with nothing new: it is dropped, and its problems say why."""
    with desk.reading() as c:
        said = sources.problems_of(c, one.staged.file_id)
    if one.known:
        when = f"on {one.known.imported_at:%Y-%m-%d %H:%M} UTC, as “{one.known.name}”"
        said.append(Problem(code=Code.FILE_KNOWN, file=one.staged.name, detail=when))
    drop(desk, one.id)
    return Kept(
        file=one.staged.name, source="", seen=one.staged.seen, records=0, problems=tuple(said)
    )
