"""Pairs of records that may be the same: looking at them, and answering.

Which records form a work follows from the verdicts alone: withdrawing an answer restores what was
there before it, decisions and all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from evidence import deduplication
from evidence.deduplication.verdicts import SENTENCES, SHARES
from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.blind_joins import form_works_blind
from evidence.steps.records.duplicates.form_works import to_rule_verdict
from evidence.store import Role, Write
from evidence.store.area_versions import Area, made_from
from evidence.store.records import duplicates, records_of_works, works
from evidence.store.records.duplicates import PairVerdict, PossiblePair
from evidence.store.records.works import RecordOfWork

BY_HAND = "by hand"  # the reason of a person's verdict
LONGEST_NOTE = 2000
NOT_THERE = (
    "One of these records is not there any more: its import was undone, or it belongs to another "
    "review. Nothing was decided."
)
SETTLED = (
    "These two do not wait for a decision any more: somebody joined or parted their works a moment "
    "ago. Your answer was not kept."
)
Ids = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be the same, with the verdict that stands and why."""

    verdict: PairVerdict
    why: str
    first: RecordOfWork
    second: RecordOfWork


@made_from(Area.RECORDS)
def waiting(desk: Desk) -> list[PossiblePair]:
    """The pairs that wait for a person, the likeliest first."""
    with desk.reading() as c:
        return duplicates.possible_pairs(c, desk.review_id)


def expected_duplicates(pairs: Iterable[PossiblePair]) -> int:
    """How many of these pairs are probably one publication, by what such pairs were elsewhere."""
    return round(sum(SHARES.get(pair.reason, 0.0) for pair in pairs))


def by_reason(pairs: Iterable[PossiblePair]) -> dict[str, list[Ids]]:
    """Pairs by the words of their reason, the most frequent first."""
    groups: dict[str, list[Ids]] = defaultdict(list)
    for possible in pairs:
        groups[reason_words(possible.reason)].append(possible.pair)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def get(desk: Desk, ids: Ids) -> Pair | None:
    """Two records with the verdict about them; None where a record or the verdict is gone."""
    with desk.reading() as c:
        verdict = duplicates.standing(c, desk.review_id, [ids[0]]).get(_sorted(*ids))
        records = works.records(c, desk.review_id, ids)
    if verdict is None or len(records) < len(ids):
        return None
    return Pair(verdict=verdict, why=explain(verdict), first=records[0], second=records[1])


def records_of(desk: Desk, ids: Sequence[int]) -> list[RecordOfWork]:
    """These records, to look at many pairs at once."""
    with desk.reading() as c:
        return works.records(c, desk.review_id, ids)


def answer(desk: Desk, ids: Ids, verdict: str, note: str = "") -> None:
    """Store a person's answer about a pair that waits.

    Raises:
        NotAllowed: somebody answered it a moment ago, which this person cannot have seen.
    """
    with desk.writing(Role.REVIEWER) as w:
        work_ids = _works_of(w, ids)
        standing = duplicates.standing(w.connection, w.review_id, ids).get(_sorted(*ids))
        if standing and standing.person:
            if standing.verdict == verdict:
                return
            raise NotAllowed(
                f"{standing.person} decided this pair a moment ago: {standing.verdict}. Your "
                "answer was not kept; you can take that back under “Decided by people”."
            )
        possible = duplicates.possible_pairs(w.connection, w.review_id)
        if work_ids not in {pair.works for pair in possible}:
            raise NotAllowed(SETTLED)
        _answer(w, [ids], verdict, note)


def answer_all(desk: Desk, pairs: Sequence[Ids], verdict: str, note: str = "") -> int:
    """Give one answer to those of many pairs that still wait; gives how many these were."""
    with desk.writing(Role.REVIEWER) as w:
        possible = {pair.pair for pair in duplicates.possible_pairs(w.connection, w.review_id)}
        still_waiting = [ids for ids in pairs if _sorted(*ids) in possible]
        if still_waiting:
            _answer(w, still_waiting, verdict, note)
        return len(still_waiting)


def decide(desk: Desk, ids: Ids, verdict: str, note: str = "") -> None:
    """Store a person's answer about two records, whatever stood before."""
    with desk.writing(Role.REVIEWER) as w:
        _answer(w, [ids], verdict, note)


def mark_same(desk: Desk, work_id: int, other_id: int, note: str = "") -> None:
    """Answer that two works are one publication, whatever stood about their records before.

    Every record of both is tied to the first of the other work, so that splitting one off later
    does not part the rest.

    Raises:
        Invalid: both are the same work already.
        NotFound: one of them is not in this review.
        NotAllowed: joining them would open a vote that is blind for this person.
    """
    with desk.writing(Role.REVIEWER) as w:
        work, other = (works.get(w.connection, w.review_id, id_) for id_ in (work_id, other_id))
        if work.id == other.id:
            raise Invalid("These two are one work already.")
        mine = [record.id for record in work.records]
        theirs = [record.id for record in other.records]
        ties = {_sorted(mine[0], b) for b in theirs} | {_sorted(a, theirs[0]) for a in mine}
        verdicts = duplicates.standing(w.connection, w.review_id, mine)
        crossing = {_sorted(a, b) for a in mine for b in theirs} if verdicts else set()
        parted = {ids for ids, v in verdicts.items() if v.person and v.verdict == "different"}
        _answer(w, sorted(ties | (crossing & parted)), "same", note or "marked by hand")


def split_off(desk: Desk, record_id: int, note: str = "") -> None:
    """Part a record from all others of its work.

    Raises:
        Invalid: it stands alone, because somebody split it off already or its import was undone.
    """
    with desk.writing(Role.REVIEWER) as w:
        record_ids = records_of_works.records_of_same_works(
            w.connection, desk.review_id, [record_id]
        )
        others = record_ids - {record_id}
        if not others:
            raise Invalid("This record stands alone already.")
        pairs = [_sorted(record_id, other) for other in sorted(others)]
        _answer(w, pairs, "different", note or "split off")


def explain(verdict: PairVerdict) -> str:
    """A verdict as a sentence."""
    if verdict.person:
        note = f" ({verdict.note})" if verdict.note else ""
        return f"{verdict.person} said: {verdict.verdict}{note}."
    return deduplication.explain(to_rule_verdict(verdict))


def reason_words(code: str) -> str:
    """The words of a reason code."""
    return "Decided by a person" if code == BY_HAND else SENTENCES.get(code, code)


def _answer(write: Write, pairs: Sequence[Ids], verdict: str, note: str) -> None:
    if verdict not in {"same", "different"}:
        raise Invalid(f"A pair can be same or different, not {verdict!r}.")
    ids = {record_id for pair in pairs for record_id in pair}
    _works_of(write, ids)
    if any(a == b for a, b in pairs):
        raise Invalid("A record cannot be compared with itself.")
    note = " ".join(note.split())[:LONGEST_NOTE]
    duplicates.add_answers(
        write,
        [
            PairVerdict(
                record_a=a, record_b=b, verdict=verdict, reason=BY_HAND, scores={}, note=note
            )
            for a, b in (_sorted(*pair) for pair in pairs)
        ],
    )
    form_works_blind(write, ids)


def _works_of(write: Write, ids: Collection[int]) -> frozenset[int]:
    """The works of these records; refuses records that are not in the review."""
    memberships = records_of_works.memberships(write.connection, write.review_id, ids)
    if len(memberships) != len(set(ids)):
        raise Invalid(NOT_THERE)
    return frozenset(membership.work_id for membership in memberships)


def _sorted(a: int, b: int) -> Ids:
    return (a, b) if a < b else (b, a)
