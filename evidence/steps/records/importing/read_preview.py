"""Reading a file into its preview, batch by batch; runs here or in a process of the executor."""

import hashlib
import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from evidence.citations.formats.database_guess import Origins
from evidence.steps.desk import Desk, Progress
from evidence.steps.records.importing import parallel
from evidence.steps.records.importing.batches import (
    MEGABYTE,
    Task,
    add_to_hash,
    batches,
    recognise,
)
from evidence.store import Role, Store
from evidence.store.records import coded_files, import_previews, record_rows
from evidence.store.records.sources import SourceDraft

SAMPLE = 100  # records of a batch whose fields may tell where they come from
WORTH_A_PROCESS = 20 * MEGABYTE  # smaller files are read sooner than a process starts


def fill(store: Store, tell: Progress, task: Task) -> None:
    """Read a file into its preview."""
    preview = Desk(store=store, review_id=task.preview_id, person_id=task.person_id)
    was_stored = task.data is None and not task.mapping
    task = with_stored(store, task)
    with _read(task) as (file, file_batches):
        opened = file.opened
        with preview.writing(Role.EDITOR) as w:
            import_previews.open_file(w, task.file_id, opened)
            if file.sheets:
                import_previews.store_upload(w, file.data, file.sheets)
            elif was_stored:
                import_previews.drop_upload(w)
            if file.is_coded:
                coded_files.keep(w, task.file_id, task.name, file.data)
        heads = [[column.name for column in sheet.columns] for sheet in file.sheets]
        origins = Origins(opened.format, heads)
        records, digest = 0, hashlib.sha256()
        for batch in file_batches:
            with preview.writing(Role.EDITOR) as w:
                record_rows.add(w, task.file_id, batch.records, records)
                import_previews.add_problems(w, task.file_id, batch.problems)
            for (*_, fields), _ in batch.records[:: max(1, len(batch.records) // SAMPLE)]:
                origins.add(json.loads(fields))
            add_to_hash(digest, batch.records)
            records += len(batch.records)
            share = records / max(opened.seen, 1)
            tell(share, f"{records:,} of {opened.seen:,} entries of {task.name}")
    with preview.writing(Role.EDITOR) as w:
        sha256 = digest.hexdigest() if records else ""
        import_previews.close_file(w, task.file_id, records, sha256)
        source = _suggested_source(origins, task.name)
        import_previews.suggest_source(w, task.file_id, source)


def with_stored(store: Store, task: Task) -> Task:
    """The task with its file, where the preview stores that."""
    if task.data is not None:
        return task
    with store.reading(task.preview_id, task.person_id) as c:
        return replace(task, data=import_previews.stored_upload(c, task.preview_id))


def _suggested_source(origins: Origins, file: str) -> SourceDraft:
    """What the records say of their source, under the name of the file where they do not."""
    origin = origins.majority()
    return SourceDraft(
        name=origin.name or file,
        kind="register" if origin.is_register else "database",
        database=origin.database,
        platform=origin.platform,
    )


def _read(task: Task) -> AbstractContextManager[parallel.FileWithBatches]:
    if isinstance(task.data, Path) and task.data.stat().st_size >= WORTH_A_PROCESS:
        return parallel.read(task)
    file = recognise(task)
    return nullcontext((file, batches(file.opened.entries())))
