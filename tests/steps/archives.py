"""Archives in tests: a review with rows in every table, and what two archives have in common."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, func, insert, select

from evidence.errors import WaymarkError
from evidence.screening.verdicts import Verdict
from evidence.steps.results import map_versions
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.review import team
from evidence.steps.screening import decisions
from evidence.store import Store, schema
from evidence.store.archive.container import ArchiveFile, opened
from evidence.store.archive.numbers_in_values import NUMBERS
from evidence.store.archive.read_tables import (
    TABLES,
    WORDS,
    CheckedTables,
    FileName,
    check,
    rows_of,
)
from evidence.store.archive.review_tables import ONLY, REVIEW_TABLES, ReviewTable, named_table
from evidence.store.bulk import to_json
from evidence.store.screening.decisions import NewDecision
from tests.steps.acts import ACTS
from tests.steps.prepared import TA, Prepared, Who

Canonical = dict[str, list[tuple[Any, ...]]]
NOW = datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)


def silent(done: int, total: int, table: str) -> None:
    """Hears nothing."""
    del done, total, table


def everything(store: Store, prepared: Prepared) -> None:
    """Try all that people can do to the prepared review: every table has rows afterwards, and some
    numbers in values name rows that are gone.
    """
    owner = prepared.desk(store)
    map_versions.freeze(owner, "=SUM(1;2) is no formula")
    publish.publish(owner, PublicChoice(map=False))
    reasons = (prepared.reason_id, prepared.other_reason_id)
    decision = NewDecision(work_id=prepared.open_ids[-1], stage=TA, verdict=Verdict.EXCLUDE,
                           client_id="two reasons", reason_ids=reasons)  # fmt: skip
    decisions.decide(owner, [decision])
    for act in ACTS:
        for call in act.calls:
            # Some take away what others act on, or tell that it was taken away in other words.
            with suppress(WaymarkError, AssertionError, ValueError, LookupError):
                if call.first:
                    call.first(prepared.by(Who.OWNER).desk(store))
                call.make(store, prepared)
    team.take_out(owner, prepared.person_ids[Who.REMOVED])  # whom an act took back
    with store.writing_outside() as c:
        _fill_empty_tables(c, prepared.review_id)


def _fill_empty_tables(connection: Connection, review_id: int) -> None:
    """A row for each table that no step filled, with the first row of each table that it names."""
    for each in REVIEW_TABLES:
        here = each.of_review(review_id)
        if connection.execute(select(func.count()).where(here)).scalar_one():
            continue
        values: dict[str, Any] = {}
        for column in each.table.c:
            named = named_table(column)
            if named is not None and not column.nullable:
                values[column.name] = _first(connection, named, review_id)
            elif column in WORDS:
                values[column.name] = min(WORDS[column])
            elif column.name != "id" and column.default is None and not _stays(column, each):
                values[column.name] = _SOME[str(column.type)]
        connection.execute(insert(each.table).values(**values))


def _stays(column: Column[Any], each: ReviewTable) -> bool:
    """Whether a column may stay empty: not where only rows with it are of the review."""
    return bool(column.nullable) and each.table not in ONLY


_SOME = {"DATETIME": NOW, "BIGINT": 1, "INTEGER": 1, "JSON": [], "TEXT": "", "BOOLEAN": True}


def _first(connection: Connection, table: Table, review_id: int) -> int:
    query = select(func.min(table.c.id))
    ways = {each.table: each for each in REVIEW_TABLES}
    if table in ways:
        query = query.where(ways[table].of_review(review_id))
    return int(connection.execute(query).scalar_one())


def canonical(path: Path) -> Canonical:
    """All tables of an archive with each number of a row replaced by its place in its table, and
    each file by its content.
    """
    with opened(path) as archive:
        checked = check(archive, silent)
        return {table.name: _rows(archive, checked, table) for table in TABLES}


def _rows(archive: ArchiveFile, checked: CheckedTables, table: Table) -> list[tuple[Any, ...]]:
    def place(of: Table, number: int) -> int | None:
        found = checked.place(of, number)
        return None if found is None else found + 1

    def value(column: Any, stored: Any) -> Any:
        if isinstance(stored, FileName):
            stored = archive.content(stored.path)
            stored = stored.decode() if column in NUMBERS else stored
        # A frozen map names studies by number, and its digest seals them: both are others in
        # another installation. Its document is compared, sealed anew with places for numbers.
        if stored is None or column is schema.map_version.c.digest:
            return None
        named = named_table(column)
        if named is not None or column.name == "id":
            return place(table if named is None else named, stored)
        if column not in NUMBERS:
            return stored
        if isinstance(column.type, JSON):
            return to_json(NUMBERS[column](json.loads(stored), place))
        return NUMBERS[column](stored, place)

    return [
        tuple(value(column, stored) for column, stored in zip(table.c, row.values, strict=True))
        for row in rows_of(archive, table)
    ]
