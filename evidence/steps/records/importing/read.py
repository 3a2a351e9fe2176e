"""Reading a file into its stage, batch by batch; runs here or in a process of the executor."""

import hashlib
import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from evidence.citations.formats.database_guess import Origins
from evidence.steps.desk import Desk, Progress
from evidence.steps.records.importing import batches as reading
from evidence.steps.records.importing import parallel
from evidence.steps.records.importing.batches import Task
from evidence.store import Role, Store
from evidence.store.records import import_previews, sources
from evidence.store.records.sources import SourceDraft

ASKED = 100  # records of a batch that are asked where they come from
WORTH_A_PROCESS = 20 * reading.MEGABYTE  # smaller files are read sooner than a process starts


def fill(store: Store, tell: Progress, task: Task) -> None:
    """Read a file into its stage."""
    stage = Desk(store=store, review_id=task.stage_id, person_id=task.person_id)
    if task.data is None:
        with stage.reading() as c:
            task = replace(task, data=import_previews.uploaded(c, task.stage_id))
    with _read(task) as (found, batches):
        opened = found.opened
        with stage.writing(Role.EDITOR) as w:
            import_previews.open_file(w, task.file_id, opened)
            if found.sheets:
                import_previews.keep_upload(w, found.data, found.sheets)
        heads = [[column.name for column in sheet.columns] for sheet in found.sheets]
        origins = Origins(opened.format, heads)
        kept, digest = 0, hashlib.sha256()
        for batch in batches:
            with stage.writing(Role.EDITOR) as w:
                sources.add_prepared(w, task.file_id, batch.records, kept)
                import_previews.add_problems(w, task.file_id, batch.problems)
            for (*_, fields), _ in batch.records[:: max(1, len(batch.records) // ASKED)]:
                origins.add(json.loads(fields))
            reading.digested(digest, batch.records)
            kept += len(batch.records)
            tell(kept / max(opened.seen, 1), f"{kept:,} of {opened.seen:,} entries of {task.name}")
    with stage.writing(Role.EDITOR) as w:
        import_previews.close_file(w, task.file_id, kept, digest.hexdigest() if kept else "")
        import_previews.suggest(w, task.file_id, _suggested(origins, task.name))


def _suggested(origins: Origins, file: str) -> SourceDraft:
    """What the records say of their source, under the name of the file where they do not."""
    origin = origins.majority()
    return SourceDraft(
        name=origin.name or file,
        kind="register" if origin.is_register else "database",
        database=origin.database,
        platform=origin.platform,
    )


def _read(task: Task) -> AbstractContextManager[parallel.Coming]:
    if isinstance(task.data, Path) and task.data.stat().st_size >= WORTH_A_PROCESS:
        return parallel.read(task)
    found = reading.find(task)
    return nullcontext((found, reading.batches(found.opened.entries())))
