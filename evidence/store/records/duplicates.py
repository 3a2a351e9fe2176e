"""Verdicts about pairs of records: of each pair one stands, and the others are its history.

The newest verdict of a person stands before any of the rules. Taking one back is a row of its own,
`withdrawn`; then what was said before it stands again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from evidence.errors import NotAllowed
from evidence.store.bulk import insert_rows, to_json, to_moment
from evidence.store.engine import Write
from evidence.store.id_batches import batches, in_review
from evidence.store.schema import pair_verdict, person, record

Ids = tuple[int, int]
AUTOMATIC = pair_verdict.c.person_id.is_(None)
WITHDRAWN = "withdrawn"
GONE = "This was changed or taken back by somebody else a moment ago; nothing was done."


@dataclass(frozen=True, slots=True, kw_only=True)
class PairVerdict:
    """What was said of a pair of records.

    Attributes:
        id: of the row; 0 while it is not kept.
        verdict: same, possible, different or withdrawn.
        reason: a code of the rules, or the words of a person.
        scores: per field from 0 to 1; None where a side lacks the field.
        rules: version of the rules that said it; empty for a person.
        person: who said it; None for the rules.
        stands: whether it is what counts for its pair.
    """

    id: int = 0
    record_a: int
    record_b: int
    verdict: str
    reason: str
    scores: Mapping[str, float | None]
    rules: str = ""
    person: str | None = None
    note: str = ""
    stands: bool = True
    at: datetime | None = None

    @property
    def pair(self) -> Ids:
        """The two record ids, the smaller first."""
        return self.record_a, self.record_b


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that the rules leave to a person, and the works that it would join."""

    pair: Ids
    reason: str
    works: frozenset[int]


def replace_automatic(write: Write, verdicts: Sequence[PairVerdict]) -> None:
    """Put the verdicts of a new run in place of those of the runs before; people's stay."""
    c = write.connection
    c.execute(delete(pair_verdict).where(pair_verdict.c.review_id == write.review_id, AUTOMATIC))
    settled = human(c, write.review_id)
    columns = ("review_id", "record_a", "record_b", "verdict", "reason", "scores", "rules",
               "stands", "at")  # fmt: skip
    now = to_moment(c, write.at)
    rows = [
        (write.review_id, *v.pair, v.verdict, v.reason, to_json(v.scores), v.rules,
         v.pair not in settled, now)
        for v in verdicts
    ]  # fmt: skip
    insert_rows(c, pair_verdict, columns, rows)


def add_human(write: Write, verdicts: Iterable[PairVerdict]) -> None:
    """Add what the writing person says; it stands from now on."""
    rows = {verdict.pair: _row(write, verdict) for verdict in verdicts}
    if rows:
        _stand_down(write, rows)
        write.connection.execute(insert(pair_verdict), list(rows.values()))


def withdraw(write: Write, ids: Collection[int]) -> list[Ids]:
    """Take back verdicts of people that stand; gives their pairs.

    Raises:
        NotAllowed: one of them does not stand any more.
    """
    c = write.connection
    found = by_id(c, write.review_id, ids)
    if len(found) != len(set(ids)) or not all(v.stands and v.person for v in found):
        raise NotAllowed(GONE)
    rows = {v.pair: _row(write, v) | {"verdict": WITHDRAWN, "stands": False} for v in found}
    _stand_down(write, rows)
    c.execute(insert(pair_verdict), list(rows.values()))
    said = _rows(c, write.review_id, pair_verdict.c.record_a, {a for a, _ in rows})
    history: dict[Ids, list[PairVerdict]] = defaultdict(list)
    for verdict in said:
        history[verdict.pair].append(verdict)
    standing = [v.id for pair in rows if (v := _what_stands(history[pair]))]
    _set_standing(write, standing)
    return list(rows)


def touching(
    connection: Connection, review_id: int, record_ids: Collection[int]
) -> dict[Ids, PairVerdict]:
    """The verdicts that stand for pairs with at least one of these records."""
    columns = (pair_verdict.c.record_a, pair_verdict.c.record_b)
    found = (v for one in columns for v in _rows(connection, review_id, one, record_ids))
    return {verdict.pair: verdict for verdict in found if verdict.stands}


def by_id(connection: Connection, review_id: int, ids: Collection[int]) -> list[PairVerdict]:
    """These verdicts, oldest first."""
    return _rows(connection, review_id, pair_verdict.c.id, ids)


def human(connection: Connection, review_id: int) -> dict[Ids, str]:
    """What people say of pairs: same or different, as it stands."""
    c = pair_verdict.c
    query = select(c.record_a, c.record_b, c.verdict).where(
        c.review_id == review_id, c.stands, c.person_id.is_not(None)
    )
    return {(a, b): verdict for a, b, verdict in connection.execute(query.order_by(c.id))}


def waiting(connection: Connection, review_id: int) -> list[Waiting]:
    """Pairs for a person to decide, the surest first, one for each two works.

    Works that a person parted are not asked about again.
    """
    parted = {
        frozenset(works) for _, _, works in _between_works(connection, review_id, people=True)
    }
    found: dict[frozenset[int], Waiting] = {}
    for pair, reason, works in _between_works(connection, review_id, people=False):
        between = frozenset(works)
        if between not in parted:
            found.setdefault(between, Waiting(pair, reason, between))
    return list(found.values())


def reasons(connection: Connection, review_id: int) -> Counter[tuple[str, bool]]:
    """How many pairs stand together in a work, by (reason, whether a person said so)."""
    first, second = record.alias("first"), record.alias("second")
    by_person = pair_verdict.c.person_id.is_not(None)
    reason = pair_verdict.c.reason
    query = (
        select(reason, by_person.label("by_person"), func.count())
        .join(first, first.c.id == pair_verdict.c.record_a)
        .join(second, second.c.id == pair_verdict.c.record_b)
        .where(
            pair_verdict.c.review_id == review_id,
            pair_verdict.c.stands,
            pair_verdict.c.verdict == "same",
            first.c.work_id == second.c.work_id,
        )
        .group_by(reason, by_person)
    )
    return Counter({(code, bool(who)): n for code, who, n in connection.execute(query)})


def _between_works(
    connection: Connection, review_id: int, *, people: bool
) -> list[tuple[Ids, str, Ids]]:
    """Standing pairs across two works: what people parted, or what the rules leave open."""
    first, second = record.alias("first"), record.alias("second")
    c = pair_verdict.c
    query = (
        select(c.record_a, c.record_b, c.reason, first.c.work_id, second.c.work_id)
        .join(first, first.c.id == c.record_a)
        .join(second, second.c.id == c.record_b)
        .where(
            c.review_id == review_id,
            c.stands,
            c.verdict == ("different" if people else "possible"),
            c.person_id.is_not(None) if people else AUTOMATIC,
            first.c.work_id != second.c.work_id,
        )
        .order_by(c.id)
    )
    return [((a, b), reason, (one, two)) for a, b, reason, one, two in connection.execute(query)]


def _rows(
    connection: Connection, review_id: int, column: Any, ids: Collection[int]
) -> list[PairVerdict]:
    """Verdicts by ids in a column, oldest first."""
    found = []
    for lot in batches(ids):
        query = verdicts().where(in_review(pair_verdict.c.review_id, review_id), column.in_(lot))
        rows = connection.execute(query.order_by(pair_verdict.c.id)).mappings()
        found += [read(row) for row in rows]
    return found


def verdicts() -> Select[Any]:
    """Verdicts with the names of the people."""
    by = person.c.id == pair_verdict.c.person_id
    return select(pair_verdict, person.c.name.label("person")).join(person, by, isouter=True)


def read(row: RowMapping) -> PairVerdict:
    """A verdict from its row."""
    return PairVerdict(**{name: row[name] for name in PairVerdict.__slots__})


def _what_stands(history: Iterable[PairVerdict]) -> PairVerdict | None:
    """Replay what was said of one pair: each withdrawal takes away what stood then."""
    rules: PairVerdict | None = None
    said: list[PairVerdict] = []
    for verdict in history:
        if verdict.person is None:
            rules = verdict
        elif verdict.verdict != WITHDRAWN:
            said.append(verdict)
        elif said:
            said.pop()
    return said[-1] if said else rules


def _stand_down(write: Write, pairs: Collection[Ids]) -> None:
    table = pair_verdict.c
    write.connection.execute(
        update(pair_verdict)
        .where(
            in_review(table.review_id, write.review_id),
            table.record_a == bindparam("a"),
            table.record_b == bindparam("b"),
            table.stands,
        )
        .values(stands=False),
        [{"a": a, "b": b} for a, b in pairs],
    )


def _set_standing(write: Write, ids: Sequence[int]) -> None:
    if ids:
        write.connection.execute(
            update(pair_verdict).where(pair_verdict.c.id == bindparam("v")).values(stands=True),
            [{"v": verdict_id} for verdict_id in ids],
        )


def _row(write: Write, verdict: PairVerdict) -> dict[str, object]:
    first, second = sorted(verdict.pair)
    return write.for_review(
        record_a=first,
        record_b=second,
        verdict=verdict.verdict,
        reason=verdict.reason,
        scores={},
        rules="",
        note=verdict.note,
        stands=True,
        **write.by_and_at,
    )
