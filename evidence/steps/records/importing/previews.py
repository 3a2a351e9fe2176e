"""Previews: files that were read and are neither imported nor dropped yet."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evidence.citations.formats.tables import unused_columns
from evidence.citations.record import Reference
from evidence.problems import Code, Effect, Problem
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.jobs import JobState
from evidence.store.records import import_previews, sources, works
from evidence.store.records.import_previews import Entry, PreviewFile
from evidence.store.records.sources import ImportedFile, SourceDraft

RECORDS_SHOWN = 5  # of a file
PROBLEMS_SHOWN = 1000  # of a file; the import has them all
ENTRIES_SHOWN = 1000  # of a file, to be left out one by one
LONGEST_NAME = 100  # characters of a file's name that become that of a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file before it is imported.

    Attributes:
        earlier_import: of the same text into this review, whatever the file's name was.
        suggested_source: the source that it may be, for people to correct.
        first_records: the first ones, each with its line.
        problems: the first PROBLEMS_SHOWN.
        is_repeat: whether an earlier preview has the same text.
    """

    file: PreviewFile
    earlier_import: ImportedFile | None
    suggested_source: SourceDraft
    first_records: tuple[tuple[int, Reference], ...] = ()
    problems: tuple[Problem, ...] = ()
    is_repeat: bool = False

    @property
    def id(self) -> int:
        """By which it is imported or dropped."""
        return self.file.preview_id

    @property
    def is_coded(self) -> bool:
        """Whether the file says what is coded of its references, too."""
        return any(problem.code is Code.CODING_LEFT for problem in self.problems)

    @property
    def unused_columns(self) -> tuple[str, ...]:
        """The columns of a table that say nothing of a reference; each record has their cells."""
        return unused_columns(self.file.sheets, self.file.mapping)

    @property
    def can_be_imported(self) -> bool:
        """Whether it was read to its end and holds anything new."""
        is_read = self.file.job.state is JobState.DONE
        is_new = self.earlier_import is None and not self.is_repeat
        return is_read and is_new and self.file.records > 0


def listing(desk: Desk) -> list[Preview]:
    """The previews of the person at the desk.

    Of two with the same text the second cannot be imported.
    """
    with desk.reading() as c:
        files = import_previews.listing(c, desk.review_id, desk.person_id, datetime.now(UTC))
        hashes = [file.sha256 for file in files if file.sha256]
        imported = sources.files_by_hash(c, desk.review_id, hashes)
        records = works.first_records(c, [file.preview_id for file in files], RECORDS_SHOWN)
        problems = sources.first_problems(c, [file.file_id for file in files], PROBLEMS_SHOWN)
        source_names = {source.name for source in sources.listing(c, desk.review_id)}
    hashes_before: set[str] = set()
    previews = []
    for file in files:
        draft = _suggested_source(file, source_names)
        source_names.add(draft.name)
        previews.append(
            Preview(
                file=file,
                earlier_import=imported.get(file.sha256),
                suggested_source=draft,
                first_records=tuple(records[file.preview_id]),
                problems=tuple(problems[file.file_id]),
                is_repeat=file.sha256 in hashes_before,
            )
        )
        hashes_before |= {file.sha256} - {""}
    return previews


def entries(desk: Desk, preview: Preview) -> list[Entry]:
    """The first records of a preview, and those with remarks."""
    lines = {
        problem.line
        for problem in preview.problems
        if problem.line is not None and problem.effect is not Effect.LOST
    }
    with desk.reading() as c:
        return import_previews.entries(c, preview.file, lines, ENTRIES_SHOWN)


def drop(desk: Desk, preview_id: int) -> None:
    """Delete a preview; if its file is still being read, that stops."""
    with desk.writing(Role.EDITOR) as w:
        import_previews.drop(w, preview_id)


def _suggested_source(file: PreviewFile, source_names: Collection[str]) -> SourceDraft:
    """A source as the records of the file name it, else named after the file.

    Where a source has that name already, the name of the file tells them apart.
    """
    draft = file.suggested_source
    stem = file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0].strip() or file.name.strip() or "Search"
    stem = stem if len(stem) <= LONGEST_NAME else stem[: LONGEST_NAME - 1].rstrip() + "…"
    if draft.name == file.name:
        return replace(draft, name=stem)
    return replace(draft, name=f"{draft.name} ({stem})") if draft.name in source_names else draft
