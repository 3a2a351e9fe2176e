"""Importing files without looking at them first: for the command line.

A file is read to its end before anything of it is stored. So one that cannot be imported leaves
nothing behind, and no number of a review is used up for its preview.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.citations.formats import unpack
from evidence.citations.formats.archives import Kind, Member, kind
from evidence.problems import Code, Problem
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.records.importing.batches import (
    Task,
    add_to_hash,
    batches,
    recognise,
    too_large,
)
from evidence.steps.records.importing.imports import ImportReport
from evidence.steps.records.sources import check_description
from evidence.store import Role
from evidence.store.records import sources
from evidence.store.records.sources import SourceDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What is in a file, as far as it decides whether it can be imported."""

    seen: int
    records: int
    sha256: str
    problems: tuple[Problem, ...]


def import_at_once(
    desk: Desk, files: Sequence[Member], draft: SourceDraft, settings: Settings
) -> list[ImportReport]:
    """Import files, and the files of archives, each as a source of its own and whole or not at all.

    Args:
        desk: of the person and the review.
        files: with their names.
        draft: what is known of the sources; the rest is taken from the records of each.
        settings: of this installation.

    Raises:
        Invalid: the description cannot be used; then nothing was imported.
        NotAllowed: the person may not import into this review.
    """
    check_description(draft)
    with desk.reading(Role.EDITOR):  # else files would be read in vain
        reports: list[ImportReport] = []
    for file in files:
        for member in _members(file, settings):
            if isinstance(member, Problem):
                reports.append(_refusal(member.file, (member,)))
            else:
                reports.append(_import(desk, member, draft, settings))
    return reports


def _members(file: Member, settings: Settings) -> Iterator[Member | Problem]:
    """The file; of an archive its files, and what was wrong with it."""
    if too_large(len(file.data), settings) or kind(file.data) is not Kind.ARCHIVE:
        yield file
        return
    empty = True
    for member in unpack(file.data, file.name):
        empty = False
        yield member
    if empty:
        yield Problem(code=Code.FILE_EMPTY, file=file.name)


def _import(desk: Desk, file: Member, draft: SourceDraft, settings: Settings) -> ImportReport:
    examined = _examine(file, settings)
    if not examined.records:
        return _refusal(file.name, examined.problems, examined.seen)
    with desk.reading() as c:
        earlier = sources.files_by_hash(c, desk.review_id, [examined.sha256])
    if earlier:
        problem = imports.known_before(file.name, earlier[examined.sha256])
        return _refusal(file.name, (*examined.problems, problem), examined.seen)
    preview_id = uploads.add(desk, file.name, file.data, settings, wait=True)
    try:
        preview = next(one for one in previews.listing(desk) if one.id == preview_id)
        source = _filled(draft, preview.suggested_source)
        (report,) = imports.import_files(desk, [imports.Choice(preview_id, source)])
    except BaseException:
        previews.drop(desk, preview_id)
        raise
    return report


def _examine(file: Member, settings: Settings) -> Examined:
    """Read a file to its end, storing nothing."""
    task = Task(preview_id=0, file_id=0, person_id=0, name=file.name, data=file.data,
                settings=settings)  # fmt: skip
    opened = recognise(task).opened
    records, digest, problems = 0, hashlib.sha256(), list(opened.problems)
    for batch in batches(opened.entries()):
        records += len(batch.records)
        add_to_hash(digest, batch.records)
        problems += batch.problems
    sha256 = digest.hexdigest()
    return Examined(seen=opened.seen, records=records, sha256=sha256, problems=tuple(problems))


def _refusal(name: str, problems: tuple[Problem, ...], seen: int = 0) -> ImportReport:
    """The report of a file that was not imported."""
    return ImportReport(file=name, source="", seen=seen, records=0, problems=problems)


def _filled(draft: SourceDraft, suggested: SourceDraft) -> SourceDraft:
    """The draft of a source; what it leaves open is taken from what its records suggest."""
    return replace(
        draft,
        name=suggested.name,
        kind=draft.kind or suggested.kind,
        database=draft.database or suggested.database,
        platform=draft.platform or suggested.platform,
    )
