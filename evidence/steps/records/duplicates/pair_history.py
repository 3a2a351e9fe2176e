"""What people said of duplicates, and taking it back.

One act may settle many pairs (a batch, a record that was split off); it is taken back as one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from evidence.errors import NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import join
from evidence.store import Role, Write
from evidence.store.records import duplicates, pair_history, works
from evidence.store.records.duplicates import GONE, PairVerdict
from evidence.store.records.pair_history import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict of a person, with the titles of both records."""

    verdict: PairVerdict
    titles: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What a person said last and still counts, of so many pairs at once."""

    said: Said
    pairs: int


def history(desk: Desk, offset: int = 0, limit: int = 20) -> list[tuple[Act, Said]]:
    """What people said, newest first, each with one of its pairs."""
    with desk.reading() as c:
        acts = pair_history.acts(c, desk.review_id, offset=offset, limit=limit)
        ids = [act.id for act in acts]
        verdicts = {v.id: v for v in duplicates.by_id(c, desk.review_id, ids)}
        titles = works.titles_of(c, desk.review_id, {i for v in verdicts.values() for i in v.pair})
    return [(act, _said(verdicts[act.id], titles)) for act in acts]


def count(desk: Desk) -> int:
    """How many acts there are."""
    with desk.reading() as c:
        return pair_history.count_acts(c, desk.review_id)


def pairs_of(desk: Desk, act_id: int, limit: int) -> list[Said]:
    """The pairs of an act, newest first."""
    with desk.reading() as c:
        verdicts = pair_history.said_with(c, desk.review_id, act_id, limit)
        titles = works.titles_of(c, desk.review_id, {i for v in verdicts for i in v.pair})
    return [_said(verdict, titles) for verdict in verdicts]


def mine(desk: Desk) -> Last | None:
    """What undo takes back: the newest that the person at the desk said and that still counts."""
    with desk.reading() as c:
        last = pair_history.last_of(c, desk.review_id, desk.person_id)
        if last is None:
            return None
        (newest,) = duplicates.by_id(c, desk.review_id, [last])
        titles = works.titles_of(c, desk.review_id, newest.pair)
        pairs = pair_history.standing_with(c, desk.review_id, last)
    return Last(said=_said(newest, titles), pairs=pairs)


def take_back(desk: Desk, verdict_ids: Collection[int]) -> None:
    """Withdraw verdicts of people; what was said before them stands again.

    Raises:
        NotAllowed: one of them does not stand any more.
    """
    with desk.writing(Role.REVIEWER) as w:
        _withdraw(w, verdict_ids)


def take_back_act(desk: Desk, act_id: int) -> int:
    """Withdraw all of an act that still stands; gives how many pairs these were.

    Raises:
        NotAllowed: nothing of it stands any more.
    """
    with desk.writing(Role.REVIEWER) as w:
        said = pair_history.said_with(w.connection, w.review_id, act_id)
        standing = [v.id for v in said if v.stands]
        if not standing:
            raise NotAllowed(GONE)
        _withdraw(w, standing)
        return len(standing)


def _withdraw(write: Write, verdict_ids: Collection[int]) -> None:
    pairs = duplicates.withdraw(write, verdict_ids)
    join(write, {record_id for pair in pairs for record_id in pair})


def _said(verdict: PairVerdict, titles: dict[int, str]) -> Said:
    first, second = (titles.get(record_id, "") for record_id in verdict.pair)
    return Said(verdict=verdict, titles=(first, second))
