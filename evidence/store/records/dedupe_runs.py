"""Runs of the rules over a review, and the kinds of publication that they keep apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from evidence.store.engine import Write
from evidence.store.schema import (
    dedupe_run,
    duplicate_policy,
    imported_file,
    person,
    record,
    source,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DedupeRun:
    """One run of the rules.

    Attributes:
        files: ids of the files whose records were compared.
        records: how many these were.
        kinds: names of those that were kept apart.
        rules: version of the rules.
    """

    files: frozenset[int]
    records: int
    kinds: frozenset[str]
    rules: str
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePolicy:
    """The kinds that a person wants to be kept apart."""

    kinds: frozenset[str]
    person: str
    at: datetime


def add(write: Write, run: DedupeRun) -> None:
    """Note that the rules were run."""
    values = write.for_review(
        files=sorted(run.files),
        records=run.records,
        kinds=sorted(run.kinds),
        rules=run.rules,
        **write.by_and_at,
    )
    write.connection.execute(insert(dedupe_run).values(**values))


def newest(connection: Connection, review_id: int) -> DedupeRun | None:
    """The newest run, if there was one."""
    names = ("files", "records", "kinds", "rules", "at")
    query = (
        select(*(dedupe_run.c[name] for name in names), person.c.name.label("person"))
        .join(person, person.c.id == dedupe_run.c.person_id)
        .where(dedupe_run.c.review_id == review_id)
        .order_by(dedupe_run.c.id.desc())
    )
    row = connection.execute(query.limit(1)).mappings().first()
    if row is None:
        return None
    return DedupeRun(**{**row, "files": frozenset(row["files"]), "kinds": frozenset(row["kinds"])})


def import_times(connection: Connection, review_id: int) -> dict[int, datetime]:
    """When each file of a review was imported, by file id.

    A database may give the id of a deleted file to another one; the time tells them apart.
    """
    query = (
        select(imported_file.c.id, imported_file.c.imported_at)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(source.c.review_id == review_id)
    )
    return {row.id: row.imported_at for row in connection.execute(query)}


def count_new_records(connection: Connection, review_id: int) -> int:
    """How many records came in since the rules were last run; all, before the first run."""
    run = newest(connection, review_id)
    new_files = [
        file_id
        for file_id, imported_at in import_times(connection, review_id).items()
        if run is None or file_id not in run.files or (run.at and imported_at > run.at)
    ]
    if not new_files:
        return 0
    query = select(func.count()).where(record.c.file_id.in_(new_files))
    return int(connection.execute(query).scalar_one())


def set_policy(write: Write, kinds: Collection[str]) -> None:
    """Let the rules keep these kinds apart from now on, and no others."""
    values = write.for_review(kinds=sorted(kinds), **write.by_and_at)
    write.connection.execute(insert(duplicate_policy).values(**values))


def policy_history(connection: Connection, review_id: int) -> list[DuplicatePolicy]:
    """The kinds that people wanted to keep apart, newest first; the newest holds."""
    query = (
        select(duplicate_policy.c.kinds, person.c.name.label("person"), duplicate_policy.c.at)
        .join(person, person.c.id == duplicate_policy.c.person_id)
        .where(duplicate_policy.c.review_id == review_id)
        .order_by(duplicate_policy.c.id.desc())
    )
    rows = connection.execute(query).mappings()
    return [DuplicatePolicy(**{**row, "kinds": frozenset(row["kinds"])}) for row in rows]
