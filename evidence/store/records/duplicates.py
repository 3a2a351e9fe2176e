"""Verdicts about pairs of records: of each pair one stands, and the others are its history.

The newest verdict of a person stands before any of the rules. Withdrawing one is a row of its own,
`withdrawn`; then the verdict before it stands again.
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
    """A verdict about a pair of records, by a person or by the rules.

    Attributes:
        id: of the row; 0 while it is not stored.
        verdict: same, possible, different or withdrawn.
        reason: a code of the rules, or the words of a person.
        scores: per field from 0 to 1; None where a side lacks the field.
        rules: version of the rules whose verdict it is; empty for a person.
        person: whose verdict it is; None for the rules.
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
class PossiblePair:
    """A pair that the rules leave to a person, and the works that it would merge."""

    pair: Ids
    reason: str
    works: frozenset[int]


def replace_automatic(write: Write, verdicts: Sequence[PairVerdict]) -> None:
    """Replace the verdicts of the runs before by those of a new run; people's stay."""
    c = write.connection
    c.execute(delete(pair_verdict).where(pair_verdict.c.review_id == write.review_id, AUTOMATIC))
    answers = answers_of_people(c, write.review_id)
    columns = ("review_id", "record_a", "record_b", "verdict", "reason", "scores", "rules",
               "stands", "at")  # fmt: skip
    now = to_moment(c, write.at)
    rows = [
        (write.review_id, *v.pair, v.verdict, v.reason, to_json(v.scores), v.rules,
         v.pair not in answers, now)
        for v in verdicts
    ]  # fmt: skip
    insert_rows(c, pair_verdict, columns, rows)


def add_answers(write: Write, verdicts: Iterable[PairVerdict]) -> None:
    """Add verdicts of the writing person; they stand from now on."""
    rows = {verdict.pair: _row(write, verdict) for verdict in verdicts}
    if rows:
        _stand_down(write, rows)
        write.connection.execute(insert(pair_verdict), list(rows.values()))


def withdraw(write: Write, ids: Collection[int]) -> list[Ids]:
    """Withdraw verdicts of people that stand; gives their pairs.

    Raises:
        NotAllowed: one of them does not stand any more.
    """
    c = write.connection
    withdrawn = by_id(c, write.review_id, ids)
    if len(withdrawn) != len(set(ids)) or not all(v.stands and v.person for v in withdrawn):
        raise NotAllowed(GONE)
    rows = {v.pair: _row(write, v) | {"verdict": WITHDRAWN, "stands": False} for v in withdrawn}
    _stand_down(write, rows)
    c.execute(insert(pair_verdict), list(rows.values()))
    history: dict[Ids, list[PairVerdict]] = defaultdict(list)
    for verdict in _rows(c, write.review_id, pair_verdict.c.record_a, {a for a, _ in rows}):
        history[verdict.pair].append(verdict)
    _set_standing(write, [v.id for pair in rows if (v := _standing_of(history[pair]))])
    return list(rows)


def standing(
    connection: Connection, review_id: int, record_ids: Collection[int]
) -> dict[Ids, PairVerdict]:
    """The verdicts that stand for pairs with at least one of these records."""
    columns = (pair_verdict.c.record_a, pair_verdict.c.record_b)
    rows = (v for column in columns for v in _rows(connection, review_id, column, record_ids))
    return {verdict.pair: verdict for verdict in rows if verdict.stands}


def by_id(connection: Connection, review_id: int, ids: Collection[int]) -> list[PairVerdict]:
    """These verdicts, oldest first."""
    return _rows(connection, review_id, pair_verdict.c.id, ids)


def answers_of_people(connection: Connection, review_id: int) -> dict[Ids, str]:
    """The standing verdicts of people, same or different, by pair."""
    c = pair_verdict.c
    query = select(c.record_a, c.record_b, c.verdict).where(
        c.review_id == review_id, c.stands, c.person_id.is_not(None)
    )
    return {(a, b): verdict for a, b, verdict in connection.execute(query.order_by(c.id))}


def possible_pairs(connection: Connection, review_id: int) -> list[PossiblePair]:
    """Pairs for a person to decide, the likeliest first, one for each two works.

    Works that a person parted are left out.
    """
    parted = {
        frozenset(works) for _, _, works in _between_works(connection, review_id, people=True)
    }
    by_works: dict[frozenset[int], PossiblePair] = {}
    for pair, reason, work_ids in _between_works(connection, review_id, people=False):
        works = frozenset(work_ids)
        if works not in parted:
            by_works.setdefault(works, PossiblePair(pair, reason, works))
    return list(by_works.values())


def reasons(connection: Connection, review_id: int) -> Counter[tuple[str, bool]]:
    """How many pairs are together in a work, by (reason, whether it is a person's verdict)."""
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
    return Counter({(code, bool(person)): n for code, person, n in connection.execute(query)})


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
    return [((a, b), reason, (x, y)) for a, b, reason, x, y in connection.execute(query)]


def _rows(
    connection: Connection, review_id: int, column: Any, ids: Collection[int]
) -> list[PairVerdict]:
    """Verdicts by ids in a column, oldest first."""
    verdicts = []
    for batch in batches(ids):
        in_batch = (in_review(pair_verdict.c.review_id, review_id), column.in_(batch))
        query = verdict_query().where(*in_batch).order_by(pair_verdict.c.id)
        verdicts += [from_row(row) for row in connection.execute(query).mappings()]
    return verdicts


def verdict_query() -> Select[Any]:
    """A query for verdicts with the names of their people."""
    by = person.c.id == pair_verdict.c.person_id
    return select(pair_verdict, person.c.name.label("person")).join(person, by, isouter=True)


def from_row(row: RowMapping) -> PairVerdict:
    """The verdict in a row of `verdict_query`."""
    return PairVerdict(**{name: row[name] for name in PairVerdict.__slots__})


def _standing_of(history: Iterable[PairVerdict]) -> PairVerdict | None:
    """Replay the verdicts about one pair: each withdrawal removes the one that stood then."""
    by_rules: PairVerdict | None = None
    by_people: list[PairVerdict] = []
    for verdict in history:
        if verdict.person is None:
            by_rules = verdict
        elif verdict.verdict != WITHDRAWN:
            by_people.append(verdict)
        elif by_people:
            by_people.pop()
    return by_people[-1] if by_people else by_rules


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
