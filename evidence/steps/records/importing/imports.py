"""Importing previewed files into a review, and undoing that.

An import is one step that either happens or does not; until then the review is as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from evidence.errors import NotFound
from evidence.problems import Code, Problem
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import form_works_after_undo
from evidence.steps.records.importing import previews
from evidence.steps.records.importing.previews import Preview
from evidence.steps.records.sources import check
from evidence.store import Role, Write
from evidence.store.records import coded_files, import_previews, sources, undo_import
from evidence.store.records.sources import ImportedFile, SourceDraft
from evidence.store.records.undo_import import Undoing


class Choice(NamedTuple):
    """A previewed file that a person wants to import.

    Attributes:
        source: a new source, or the id of one of the review.
        left_out: records that shall not come in, by their position among those of the file.
    """

    preview_id: int
    source: SourceDraft | int
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of one file.

    Attributes:
        seen: entries in the file.
        records: how many records came in; 0 where nothing was imported.
        source_id: of the source that has them; None where nothing was imported.
        in_review_before: how many records have the DOI or PMID of a record that was there before.
    """

    file: str
    source: str
    seen: int
    records: int
    problems: tuple[Problem, ...]
    source_id: int | None = None
    in_review_before: int = 0


def import_files(desk: Desk, choices: Sequence[Choice]) -> list[ImportReport]:
    """Import previewed files, each whole or not at all.

    Raises:
        Invalid: a new source has no name, or a date that is none; then nothing was imported.
    """
    for choice in choices:
        check(choice.source)
    return [_import(desk, choice) for choice in choices]


def import_as_one_source(desk: Desk, choices: Sequence[Choice]) -> list[ImportReport]:
    """Import the files of one search into one source, which the first choice describes.

    Raises:
        Invalid: a new source has no name, or a date that is none; then nothing was imported.
    """
    reports: list[ImportReport] = []
    source = choices[0].source if choices else 0
    check(source)
    for choice in choices:
        report = _import(desk, choice._replace(source=source))
        source = report.source_id or source
        reports.append(report)
    return reports


def undo(desk: Desk, *file_ids: int) -> None:
    """Remove files and their records; refused for all once somebody worked on one record."""
    with desk.writing(Role.EDITOR) as w:
        separated: set[int] = set()
        for file_id in file_ids:
            separated |= set(undo_import.undo(w, file_id))
        if separated:
            form_works_after_undo(w, separated)


def look_at_undo(desk: Desk, *file_ids: int) -> Undoing:
    """What an undo of these files would do, and what stops it."""
    with desk.reading() as c:
        return undo_import.look(c, desk.review_id, file_ids)


def undo_untouched(desk: Desk, *file_ids: int) -> None:
    """Remove the records of files on which nobody worked; the others stay.

    Raises:
        NotAllowed: somebody worked on every record of the only file; of several, such a file stays.
    """
    with desk.writing(Role.EDITOR) as w:
        separated: set[int] = set()
        for file_id in file_ids:
            undoing = undo_import.look(w.connection, desk.review_id, [file_id])
            if undoing.go or len(file_ids) == 1:
                separated |= set(undo_import.undo_untouched(w, file_id))
        if separated:
            form_works_after_undo(w, separated)


def keep_coding(desk: Desk, preview_id: int) -> bool:
    """Keep the coding of a file whose references were imported before, beside these, and drop its
    preview; gives whether there was a coding that is not kept yet. So the files of two coders can
    have the same references.

    Raises:
        NotFound: there is no such preview, or its references were not imported.
    """
    desk.require(Role.EDITOR)
    preview = next((one for one in previews.listing(desk) if one.id == preview_id), None)
    if preview is None or preview.earlier_import is None:
        raise NotFound("file whose references are here", preview_id)
    with desk.writing(Role.EDITOR) as w:
        kept = coded_files.hand_over(w, preview.file.file_id, preview.earlier_import.id)
        import_previews.drop(w, preview_id)
    return kept


def known_before(name: str, earlier: ImportedFile) -> Problem:
    """Says of a file that its text was imported before."""
    when = f"on {earlier.imported_at:%Y-%m-%d %H:%M} UTC, as “{earlier.name}”"
    return Problem(code=Code.FILE_KNOWN, file=name, detail=when)


def _import(desk: Desk, choice: Choice) -> ImportReport:
    desk.require(Role.EDITOR)
    by_id = {preview.id: preview for preview in previews.listing(desk)}
    preview = by_id.get(choice.preview_id)
    if preview is None:
        raise NotFound("file to keep", choice.preview_id)
    if not preview.can_be_imported:
        return _drop_with_report(desk, preview)
    file = preview.file
    with desk.writing(Role.EDITOR) as w:
        c = w.connection
        earlier_imports = sources.files_by_hash(c, desk.review_id, [file.sha256])
        if not earlier_imports:  # else somebody imported the same file a moment ago
            source_id = _source_id(w, choice.source)
            left_out = import_previews.leave_out(w, file, choice.left_out) if choice.left_out else 0
            in_review_before = import_previews.count_in_review(c, preview.id, desk.review_id)
            import_previews.move_into_review(w, file, source_id)
            return ImportReport(
                file=file.name,
                source=sources.get(c, desk.review_id, source_id).name,
                seen=file.seen,
                records=file.records - left_out,
                problems=tuple(sources.problems_of(c, file.file_id)),
                source_id=source_id,
                in_review_before=in_review_before,
            )
    return _drop_with_report(desk, replace(preview, earlier_import=earlier_imports[file.sha256]))


def _source_id(write: Write, source: SourceDraft | int) -> int:
    """The id of a source, which is made if it is new; raises NotFound if it is not there."""
    if isinstance(source, SourceDraft):
        return sources.add(write, source)
    return sources.get(write.connection, write.review_id, source).id


def _drop_with_report(desk: Desk, preview: Preview) -> ImportReport:
    """Drop a file with nothing new; the problems in its report say why."""
    file, earlier = preview.file, preview.earlier_import
    with desk.reading() as c:
        problems = sources.problems_of(c, file.file_id)
    if earlier:
        problems.append(known_before(file.name, earlier))
    if file.job.message:
        failed = Problem(code=Code.READING_FAILED, file=file.name, detail=file.job.message)
        problems.append(failed)
    previews.drop(desk, preview.id)
    return ImportReport(
        file=file.name, source="", seen=file.seen, records=0, problems=tuple(problems)
    )
