"""Runs of the rules over a review, and which kinds they shall keep apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from evidence.store.engine import Write
from evidence.store.schema import apart_choice, comparison, imported_file, person, record, source


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One run of the rules.

    Attributes:
        files: ids of the files whose records were compared.
        records: how many these were.
        apart: the kinds that were kept apart, by name.
        rules: version of the rules.
    """

    files: frozenset[int]
    records: int
    apart: frozenset[str]
    rules: str
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartChoice:
    """Which kinds a person wants to be kept apart."""

    kinds: frozenset[str]
    person: str
    at: datetime


def add(write: Write, run: Comparison) -> None:
    """Note that the rules were run."""
    values = write.for_review(
        files=sorted(run.files),
        records=run.records,
        apart=sorted(run.apart),
        rules=run.rules,
        **write.by_and_at,
    )
    write.connection.execute(insert(comparison).values(**values))


def last(connection: Connection, review_id: int) -> Comparison | None:
    """The newest run, if there was one."""
    names = ("files", "records", "apart", "rules", "at")
    query = (
        select(*(comparison.c[name] for name in names), person.c.name.label("person"))
        .join(person, person.c.id == comparison.c.person_id)
        .where(comparison.c.review_id == review_id)
        .order_by(comparison.c.id.desc())
    )
    row = connection.execute(query.limit(1)).mappings().first()
    if row is None:
        return None
    return Comparison(**{**row, "files": frozenset(row["files"]), "apart": frozenset(row["apart"])})


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
    write.connection.execute(insert(apart_choice).values(**values))


def apart(connection: Connection, review_id: int) -> list[ApartChoice]:
    """What people chose to keep apart, the newest first; it counts."""
    query = (
        select(apart_choice.c.kinds, person.c.name.label("person"), apart_choice.c.at)
        .join(person, person.c.id == apart_choice.c.person_id)
        .where(apart_choice.c.review_id == review_id)
        .order_by(apart_choice.c.id.desc())
    )
    rows = connection.execute(query).mappings()
    return [ApartChoice(**{**row, "kinds": frozenset(row["kinds"])}) for row in rows]
