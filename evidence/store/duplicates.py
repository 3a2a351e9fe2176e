"""Verdicts about pairs of records; the newest of a person counts before any of the rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select

from evidence.store.engine import Write
from evidence.store.schema import pair_verdict, person


@dataclass(frozen=True, slots=True, kw_only=True)
class PairVerdict:
    """What was said of a pair of records.

    Attributes:
        verdict: same, possible, different or withdrawn.
        reason: a code of the rules, or the words of a person.
        scores: per field from 0 to 1; None where a side lacks the field.
        rules: version of the rules that said it; empty for a person.
        person: who said it; None for the rules.
    """

    record_a: int
    record_b: int
    verdict: str
    reason: str
    scores: Mapping[str, float | None]
    rules: str = ""
    person: str | None = None
    note: str = ""
    at: datetime | None = None

    @property
    def pair(self) -> tuple[int, int]:
        """The two record ids, the smaller first."""
        return self.record_a, self.record_b


def replace_automatic(write: Write, verdicts: Sequence[PairVerdict]) -> None:
    """Put the verdicts of a new run in place of those of the runs before; people's stay."""
    c = write.connection
    automatic = pair_verdict.c.person_id.is_(None)
    c.execute(delete(pair_verdict).where(pair_verdict.c.review_id == write.review_id, automatic))
    if verdicts:
        c.execute(insert(pair_verdict), [_row(write, verdict, None) for verdict in verdicts])


def add_human(write: Write, verdicts: Iterable[PairVerdict]) -> None:
    """Add what the writing person says."""
    rows = [_row(write, verdict, write.person_id) for verdict in verdicts]
    if rows:
        write.connection.execute(insert(pair_verdict), rows)


def current(connection: Connection, review_id: int) -> dict[tuple[int, int], PairVerdict]:
    """The verdict that counts for every pair that has one.

    A withdrawn verdict of a person uncovers what the rules said.
    """
    return _standing(connection, _verdicts(review_id))


def touching(
    connection: Connection, review_id: int, record_ids: Collection[int]
) -> dict[tuple[int, int], PairVerdict]:
    """The verdicts that count for pairs with at least one of these records."""
    ids = list(record_ids)
    own = pair_verdict.c.record_a.in_(ids) | pair_verdict.c.record_b.in_(ids)
    return _standing(connection, _verdicts(review_id).where(own))


def human(connection: Connection, review_id: int) -> dict[tuple[int, int], PairVerdict]:
    """What people say of pairs, as it stands."""
    said = _verdicts(review_id).where(pair_verdict.c.person_id.is_not(None))
    return _standing(connection, said)


def human_history(connection: Connection, review_id: int, limit: int = 200) -> list[PairVerdict]:
    """What people said, newest first, withdrawn verdicts included."""
    query = _verdicts(review_id).where(pair_verdict.c.person_id.is_not(None))
    newest = query.order_by(None).order_by(pair_verdict.c.id.desc()).limit(limit)
    return [_verdict(row) for row in connection.execute(newest).mappings()]


def _verdicts(review_id: int) -> Select[Any]:
    """Verdicts with the names of the people, oldest first."""
    return (
        select(pair_verdict, person.c.name.label("person"))
        .join(person, person.c.id == pair_verdict.c.person_id, isouter=True)
        .where(pair_verdict.c.review_id == review_id)
        .order_by(pair_verdict.c.id)
    )


def _standing(connection: Connection, query: Select[Any]) -> dict[tuple[int, int], PairVerdict]:
    automatic: dict[tuple[int, int], PairVerdict] = {}
    said: dict[tuple[int, int], PairVerdict] = {}
    for row in connection.execute(query).mappings():
        verdict = _verdict(row)
        (automatic if verdict.person is None else said)[verdict.pair] = verdict
    return automatic | {pair: v for pair, v in said.items() if v.verdict != "withdrawn"}


def _verdict(row: RowMapping) -> PairVerdict:
    return PairVerdict(**{name: row[name] for name in PairVerdict.__slots__})


def _row(write: Write, verdict: PairVerdict, person_id: int | None) -> dict[str, object]:
    first, second = sorted(verdict.pair)
    return write.stamp(
        record_a=first,
        record_b=second,
        verdict=verdict.verdict,
        reason=verdict.reason,
        scores=dict(verdict.scores),
        rules=verdict.rules,
        person_id=person_id,
        note=verdict.note,
        at=write.at,
    )
