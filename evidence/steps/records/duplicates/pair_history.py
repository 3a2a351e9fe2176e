"""Acts of people on duplicates, and withdrawing them.

One act may answer many pairs (a batch, a record that was split off); it is withdrawn as one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from evidence.errors import NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.blind_joins import form_works_blind
from evidence.store import Role, Write
from evidence.store.area_versions import Area, made_from
from evidence.store.records import duplicates, pair_history, works
from evidence.store.records.duplicates import GONE, PairVerdict
from evidence.store.records.pair_history import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledVerdict:
    """A verdict of a person, with the titles of both records."""

    verdict: PairVerdict
    titles: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestAct:
    """The newest act of a person that stands: its newest verdict, and of how many pairs."""

    newest: TitledVerdict
    pairs: int


@made_from(Area.RECORDS)
def history(desk: Desk, offset: int = 0, limit: int = 20) -> list[tuple[Act, TitledVerdict]]:
    """The acts of people, newest first, each with its newest verdict."""
    with desk.reading() as c:
        acts = pair_history.acts(c, desk.review_id, offset=offset, limit=limit)
        ids = [act.id for act in acts]
        verdicts = {v.id: v for v in duplicates.by_id(c, desk.review_id, ids)}
        titles = works.titles_of(c, desk.review_id, {i for v in verdicts.values() for i in v.pair})
    return [(act, _titled(verdicts[act.id], titles)) for act in acts]


@made_from(Area.RECORDS)
def count(desk: Desk) -> int:
    """How many acts there are."""
    with desk.reading() as c:
        return pair_history.count_acts(c, desk.review_id)


def verdicts_of(desk: Desk, act_id: int, limit: int) -> list[TitledVerdict]:
    """The verdicts of an act, newest first."""
    with desk.reading() as c:
        verdicts = pair_history.verdicts_of_act(c, desk.review_id, act_id, limit)
        titles = works.titles_of(c, desk.review_id, {i for v in verdicts for i in v.pair})
    return [_titled(verdict, titles) for verdict in verdicts]


def newest_own(desk: Desk) -> NewestAct | None:
    """The newest act of the person at the desk that stands, which undo withdraws."""
    with desk.reading() as c:
        newest_id = pair_history.newest_standing_of(c, desk.review_id, desk.person_id)
        if newest_id is None:
            return None
        (newest,) = duplicates.by_id(c, desk.review_id, [newest_id])
        titles = works.titles_of(c, desk.review_id, newest.pair)
        pairs = pair_history.count_standing(c, desk.review_id, newest_id)
    return NewestAct(newest=_titled(newest, titles), pairs=pairs)


def withdraw(desk: Desk, verdict_ids: Collection[int]) -> None:
    """Withdraw verdicts of people; the verdicts before them stand again.

    Raises:
        NotAllowed: one of them does not stand any more.
    """
    with desk.writing(Role.REVIEWER) as w:
        _withdraw(w, verdict_ids)


def withdraw_act(desk: Desk, act_id: int) -> int:
    """Withdraw all of an act that still stands; gives how many pairs these were.

    Raises:
        NotAllowed: nothing of it stands any more.
    """
    with desk.writing(Role.REVIEWER) as w:
        verdicts = pair_history.verdicts_of_act(w.connection, w.review_id, act_id)
        standing = [v.id for v in verdicts if v.stands]
        if not standing:
            raise NotAllowed(GONE)
        _withdraw(w, standing)
        return len(standing)


def _withdraw(write: Write, verdict_ids: Collection[int]) -> None:
    pairs = duplicates.withdraw(write, verdict_ids)
    form_works_blind(write, {record_id for pair in pairs for record_id in pair})


def _titled(verdict: PairVerdict, titles: dict[int, str]) -> TitledVerdict:
    first, second = (titles.get(record_id, "") for record_id in verdict.pair)
    return TitledVerdict(verdict=verdict, titles=(first, second))
