"""Settling duplicates: run the rules, decide what they leave open, take any of it back.

Which records form a work follows from the verdicts alone: taking one back restores what was there
before it, decisions and all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from evidence import dedupe
from evidence.dedupe.verdicts import SENTENCES
from evidence.errors import Invalid, NotAllowed
from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.records.duplicates.find_duplicates import compare
from evidence.steps.records.duplicates.form_works import join, to_verdict
from evidence.store import Role, Store, Write
from evidence.store.records import dedupe_runs, duplicates, sources, work_membership, works
from evidence.store.records.duplicates import PairVerdict, Waiting
from evidence.store.records.filters import Filter
from evidence.store.records.works import RecordOfWork
from evidence.synthesis.overlap import Overlap, overlap

JOB = "duplicates"
WHILE_WAITING = 5000  # records that are compared while people wait
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
class State:
    """How far the duplicates of a review are settled.

    Attributes:
        possible: pairs that wait for a person.
        new: records that came in since the rules were last run; all, before the first run.
    """

    records: int
    works: int
    possible: int
    new: int

    @property
    def removed(self) -> int:
        """Records that describe a work another record describes too."""
        return self.records - self.works


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be the same, side by side."""

    verdict: PairVerdict
    why: str
    first: RecordOfWork
    second: RecordOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A work of several records, and why they are together."""

    work_id: int
    records: tuple[RecordOfWork, ...]
    why: tuple[str, ...]


def start(desk: Desk, progress: Progress = silent) -> None:
    """Compare all records: a small review at once, a large one in the background.

    While that is going on, another wish for the same changes nothing.
    """
    going = jobs.newest(desk, JOB)
    if going and going.going:
        return
    with desk.reading() as c:
        records = work_membership.count_records(c, desk.review_id)
    if records < WHILE_WAITING:
        run(desk, progress)
        return
    job_id = jobs.begin(desk, JOB)
    jobs.submit(desk.store, job_id, _job, desk.review_id, desk.person_id)


def run(desk: Desk, progress: Progress = silent) -> State:
    """Compare all records by the rules; what people decided stands."""
    compare(desk, progress)
    return state(desk)


def _job(store: Store, tell: Progress, review_id: int, person_id: int) -> None:
    compare(Desk(store=store, review_id=review_id, person_id=person_id), tell)


def state(desk: Desk) -> State:
    """The numbers of the duplicates page."""
    with desk.reading() as c:
        return State(
            records=work_membership.count_records(c, desk.review_id),
            works=works.count(c, desk.review_id, Filter()),
            possible=len(duplicates.waiting(c, desk.review_id)),
            new=dedupe_runs.not_compared(c, desk.review_id),
        )


def reasons(desk: Desk) -> dict[str, int]:
    """How many pairs are together for each reason, the most frequent first."""
    joined: Counter[str] = Counter()
    with desk.reading() as c:
        for (code, by_person), pairs in duplicates.reasons(c, desk.review_id).items():
            joined[reason_words(BY_HAND if by_person else code)] += pairs
    return dict(joined.most_common())


def waiting(desk: Desk) -> list[Waiting]:
    """The pairs that wait for a person, the surest first."""
    with desk.reading() as c:
        return duplicates.waiting(c, desk.review_id)


def by_reason(pairs: Iterable[Waiting]) -> dict[str, list[Ids]]:
    """Pairs by the words of their reason, the most frequent first."""
    found: dict[str, list[Ids]] = defaultdict(list)
    for one in pairs:
        found[reason_words(one.reason)].append(one.pair)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def pair(desk: Desk, ids: Ids) -> Pair | None:
    """Two records with what stands between them; None where a record or a verdict is gone."""
    with desk.reading() as c:
        verdict = duplicates.touching(c, desk.review_id, [ids[0]]).get(_sorted(*ids))
        found = works.records(c, desk.review_id, ids)
    if verdict is None or len(found) < len(ids):
        return None
    return Pair(verdict=verdict, why=explain(verdict), first=found[0], second=found[1])


def answer(desk: Desk, ids: Ids, verdict: str, note: str = "") -> None:
    """Keep what a person says of a pair that waits.

    Raises:
        NotAllowed: somebody settled it a moment ago, which this person cannot have seen.
    """
    with desk.writing(Role.REVIEWER) as w:
        homes = _homes(w, ids)
        stands = duplicates.touching(w.connection, w.review_id, ids).get(_sorted(*ids))
        if stands and stands.person:
            if stands.verdict == verdict:
                return
            raise NotAllowed(
                f"{stands.person} decided this pair a moment ago: {stands.verdict}. Your answer "
                "was not kept; you can take that back under “Decided by people”."
            )
        if homes not in {one.works for one in duplicates.waiting(w.connection, w.review_id)}:
            raise NotAllowed(SETTLED)
        _say(w, [ids], verdict, note)


def answer_all(desk: Desk, pairs: Sequence[Ids], verdict: str, note: str = "") -> int:
    """Decide alike those of many pairs that still wait; gives how many these were."""
    with desk.writing(Role.REVIEWER) as w:
        still = {one.pair for one in duplicates.waiting(w.connection, w.review_id)}
        open_ = [ids for ids in pairs if _sorted(*ids) in still]
        if open_:
            _say(w, open_, verdict, note)
        return len(open_)


def decide(desk: Desk, ids: Ids, verdict: str, note: str = "") -> None:
    """Keep what a person says of two records, whatever was said before."""
    with desk.writing(Role.REVIEWER) as w:
        _say(w, [ids], verdict, note)


def mark(desk: Desk, work_id: int, other_id: int, note: str = "") -> None:
    """Say that two works are one publication, whatever was said of their records before.

    Every record of both is tied to the first of the other work, so that splitting one off later
    does not part the rest.

    Raises:
        Invalid: both are the same work already.
        NotFound: one of them is not in this review.
    """
    with desk.writing(Role.REVIEWER) as w:
        one, other = (works.get(w.connection, w.review_id, i) for i in (work_id, other_id))
        if one.id == other.id:
            raise Invalid("These two are one work already.")
        mine, theirs = ([record.id for record in work.records] for work in (one, other))
        ties = {_sorted(mine[0], b) for b in theirs} | {_sorted(a, theirs[0]) for a in mine}
        about = duplicates.touching(w.connection, w.review_id, mine)
        crossing = {_sorted(a, b) for a in mine for b in theirs} if about else set()
        parted = {ids for ids, v in about.items() if v.person and v.verdict == "different"}
        _say(w, sorted(ties | (crossing & parted)), "same", note or "marked by hand")


def split_off(desk: Desk, record_id: int, note: str = "") -> None:
    """Part a record from all others of its work.

    Raises:
        Invalid: it stands alone, because somebody split it off already or its import was undone.
    """
    with desk.writing(Role.REVIEWER) as w:
        others = work_membership.together_with(w.connection, desk.review_id, [record_id]) - {
            record_id
        }
        if not others:
            raise Invalid("This record stands alone already.")
        pairs = [_sorted(record_id, other) for other in sorted(others)]
        _say(w, pairs, "different", note or "split off")


def overlap_of_sources(
    desk: Desk,
    included: bool = False,  # noqa: FBT001, FBT002 - part of a cache key
) -> tuple[dict[int, str], Overlap]:
    """Names of the sources by id, and which of them found what, of all works or the included."""
    with desk.reading() as c:
        names = {source.id: source.name for source in sources.sources(c, desk.review_id)}
        found = works.sources_of_works(c, desk.review_id, included=included)
    return names, overlap(sorted(found, key=itemgetter(1)))


def joins(desk: Desk, offset: int, limit: int, words: str = "") -> list[Join]:
    """Works of several records, in the order of their import."""
    chosen = Filter(joined=True, words=words)
    with desk.reading() as c:
        lines = works.page(c, desk.review_id, chosen, offset=offset, limit=limit)
        records = works.records_of(c, desk.review_id, [line.id for line in lines])
        about = duplicates.touching(c, desk.review_id, [record.id for record in records])
    by_work: dict[int, list[RecordOfWork]] = defaultdict(list)
    for record in records:
        by_work[record.work_id].append(record)
    return [
        Join(work_id=line.id, records=tuple(own), why=_why(own, about))
        for line in lines
        if (own := by_work[line.id])
    ]


def count_joins(desk: Desk, words: str = "") -> int:
    """How many works rest on several records."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, Filter(joined=True, words=words))


def records_of(desk: Desk, ids: Sequence[int]) -> list[RecordOfWork]:
    """These records."""
    with desk.reading() as c:
        return works.records(c, desk.review_id, ids)


def explain(verdict: PairVerdict) -> str:
    """A verdict as a sentence."""
    if verdict.person:
        note = f" ({verdict.note})" if verdict.note else ""
        return f"{verdict.person} said: {verdict.verdict}{note}."
    return dedupe.explain(to_verdict(verdict))


def reason_words(code: str) -> str:
    """The words of a reason code."""
    return "Decided by a person" if code == BY_HAND else SENTENCES.get(code, code)


def _why(records: Sequence[RecordOfWork], about: Mapping[Ids, PairVerdict]) -> tuple[str, ...]:
    own = {record.id for record in records}
    said = [v for pair, v in about.items() if set(pair) <= own and v.verdict == "same"]
    return tuple(dict.fromkeys(explain(verdict) for verdict in said))


def _say(write: Write, pairs: Sequence[Ids], verdict: str, note: str) -> None:
    if verdict not in {"same", "different"}:
        raise Invalid(f"A pair can be same or different, not {verdict!r}.")
    ids = {record_id for pair in pairs for record_id in pair}
    _homes(write, ids)
    if any(a == b for a, b in pairs):
        raise Invalid("A record cannot be compared with itself.")
    said = " ".join(note.split())[:LONGEST_NOTE]
    duplicates.add_human(
        write,
        [
            PairVerdict(
                record_a=a, record_b=b, verdict=verdict, reason=BY_HAND, scores={}, note=said
            )
            for a, b in (_sorted(*pair) for pair in pairs)
        ],
    )
    join(write, ids)


def _homes(write: Write, ids: Collection[int]) -> frozenset[int]:
    """The works in which these records stand; refuses records that are not in the review."""
    there = work_membership.places(write.connection, write.review_id, ids)
    if len(there) != len(set(ids)):
        raise Invalid(NOT_THERE)
    return frozenset(place.work_id for place in there)


def _sorted(a: int, b: int) -> Ids:
    return (a, b) if a < b else (b, a)
