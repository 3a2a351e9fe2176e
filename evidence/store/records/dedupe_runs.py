"""Runs of the rules over a review, and which kinds they shall keep apart."""

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
        kinds: those that were kept apart, by name.
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
    """Which kinds a person wants to be kept apart."""

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


def last(connection: Connection, review_id: int) -> DedupeRun | None:
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


def files(connection: Connection, review_id: int) -> dict[int, datetime]:
    """The files of a review that are there now, and when each was kept.

    A database may give the number of a file that is gone to another one; the time tells them apart.
    """
    query = (
        select(imported_file.c.id, imported_file.c.imported_at)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(source.c.review_id == review_id)
    )
    return {row.id: row.imported_at for row in connection.execute(query)}


def not_compared(connection: Connection, review_id: int) -> int:
    """How many records came in since the rules were last run; all, before the first run."""
    run = last(connection, review_id)
    fresh = [
        file_id
        for file_id, kept_at in files(connection, review_id).items()
        if run is None or file_id not in run.files or (run.at and kept_at > run.at)
    ]
    if not fresh:
        return 0
    query = select(func.count()).where(record.c.file_id.in_(fresh))
    return int(connection.execute(query).scalar_one())


def keep_apart(write: Write, kinds: Collection[str]) -> None:
    """From now on the rules keep these kinds apart, and no others."""
    values = write.for_review(kinds=sorted(kinds), **write.by_and_at)
    write.connection.execute(insert(duplicate_policy).values(**values))


def apart(connection: Connection, review_id: int) -> list[DuplicatePolicy]:
    """What people chose to keep apart, the newest first; it counts."""
    query = (
        select(duplicate_policy.c.kinds, person.c.name.label("person"), duplicate_policy.c.at)
        .join(person, person.c.id == duplicate_policy.c.person_id)
        .where(duplicate_policy.c.review_id == review_id)
        .order_by(duplicate_policy.c.id.desc())
    )
    rows = connection.execute(query).mappings()
    return [DuplicatePolicy(**{**row, "kinds": frozenset(row["kinds"])}) for row in rows]
