"""Settling duplicates: run the rules, decide what they leave open, take any of it back.

Which records form a work follows from the verdicts alone: taking one back restores what was there
before it, decisions and all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence import dedupe
from evidence.dedupe.verdicts import SENTENCES
from evidence.errors import Invalid
from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.joining import arrange, decided, join, to_row, to_verdict
from evidence.store import Connection, Store, Write, duplicates, forming, sources, works
from evidence.store.duplicates import PairVerdict
from evidence.store.works import Filter, RecordOfWork, WorkLine
from evidence.synthesis.overlap import Overlap, overlap

__all__ = ["Filter", "PairVerdict", "RecordOfWork", "WorkLine"]

JOB = "duplicates"
WHILE_WAITING = 5000  # records that are compared while people wait
BY_HAND = "by hand"  # the reason of a person's verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far the duplicates of a review are settled.

    Attributes:
        reasons: how many pairs were joined for each reason, most frequent first.
        possible: pairs that wait for a person.
        new: records that came in since the rules were last run; all, before the first run.
    """

    records: int
    works: int
    reasons: Mapping[str, int]
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
    """Compare all records: a small review at once, a large one in the background."""
    with desk.reading() as c:
        records = len(forming.places(c, desk.review_id))
    if records < WHILE_WAITING:
        run(desk, progress)
        return
    job_id = jobs.begin(desk, JOB)
    jobs.submit(desk.store, job_id, _job, desk.review_id, desk.person_id)


def run(desk: Desk, progress: Progress = silent) -> State:
    """Compare all records by the rules; what people decided stands."""
    with desk.reading() as c:
        ids, references = works.all_references(c, desk.review_id)
        said = duplicates.human(c, desk.review_id)
    with jobs.processes(len(ids)) as executor:
        result = dedupe.find(
            references, ids=ids, decided=decided(said), executor=executor, progress=progress
        )
    with desk.writing() as w:
        duplicates.replace_automatic(w, [to_row(verdict) for verdict in result.verdicts])
        forming.compared(w, max(ids, default=0))
        now = duplicates.human(w.connection, desk.review_id)
        if now != said:  # somebody decided while the rules ran
            result = dedupe.find(
                references, ids=ids, decided=decided(now), new=(), earlier=result.verdicts
            )
        arrange(w, result.groups, dict(zip(ids, references, strict=True)))
    return state(desk)


def _job(store: Store, tell: Progress, review_id: int, person_id: int) -> None:
    run(Desk(store=store, review_id=review_id, person_id=person_id), tell)


def state(desk: Desk) -> State:
    """The numbers of the duplicates page."""
    with desk.reading() as c:
        current = duplicates.current(c, desk.review_id)
        homes = {row.id: row.work_id for row in forming.places(c, desk.review_id)}
        new = forming.not_compared(c, desk.review_id)
    joined = Counter(
        verdict.reason
        for (a, b), verdict in current.items()
        if verdict.verdict == "same" and homes[a] == homes[b]
    )
    return State(
        records=len(homes),
        works=len(set(homes.values())),
        reasons={reason_words(code): n for code, n in joined.most_common()},
        possible=len(_waiting(current, homes)),
        new=new,
    )


def possible(desk: Desk, skipped: Iterable[tuple[int, int]] = ()) -> Pair | None:
    """The next pair for a person to decide."""
    with desk.reading() as c:
        current = duplicates.current(c, desk.review_id)
        homes = {row.id: row.work_id for row in forming.places(c, desk.review_id)}
        waiting = _waiting(current, homes)
        later = set(skipped)
        pair = next((p for p in waiting if p not in later), None)
        return None if pair is None else _pair(desk, c, current[pair])


def decide(desk: Desk, pair: tuple[int, int], verdict: str, note: str = "") -> None:
    """Keep what a person says of two records: same, different, or withdrawn."""
    if verdict not in {"same", "different", "withdrawn"}:
        raise Invalid(f"A pair can be same or different, not {verdict!r}.")
    with desk.writing() as w:
        _known(w, pair)
        duplicates.add_human(w, [_by_hand(pair, verdict, note)])
        join(w, pair)


def split_off(desk: Desk, record_id: int) -> None:
    """Part a record from all others of its work."""
    with desk.writing() as w:
        homes = {row.id: row.work_id for row in forming.places(w.connection, desk.review_id)}
        others = [
            other
            for other, home in homes.items()
            if other != record_id and home == homes.get(record_id)
        ]
        said = [_by_hand(_sorted(record_id, other), "different", "split off") for other in others]
        duplicates.add_human(w, said)
        join(w, [record_id, *others])


def waiting(desk: Desk) -> dict[str, list[tuple[int, int]]]:
    """The pairs that wait for a person, by the words of their reason."""
    with desk.reading() as c:
        current = duplicates.current(c, desk.review_id)
        homes = {row.id: row.work_id for row in forming.places(c, desk.review_id)}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for pair in _waiting(current, homes):
        found[reason_words(current[pair].reason)].append(pair)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def decide_all(desk: Desk, pairs: Sequence[tuple[int, int]], verdict: str, note: str = "") -> None:
    """Decide many pairs alike, in one step."""
    if verdict not in {"same", "different"}:
        raise Invalid(f"Pairs can be same or different, not {verdict!r}.")
    with desk.writing() as w:
        _known(w, {record_id for pair in pairs for record_id in pair})
        duplicates.add_human(w, [_by_hand(pair, verdict, note) for pair in pairs])
        join(w, {record_id for pair in pairs for record_id in pair})


def overlap_of_sources(desk: Desk) -> tuple[dict[int, str], Overlap]:
    """Names of the sources by id, and which of them found what."""
    with desk.reading() as c:
        names = {source.id: source.name for source in sources.sources(c, desk.review_id)}
        return names, overlap(works.sources_of_works(c, desk.review_id))


def joins(desk: Desk, offset: int, limit: int) -> list[Join]:
    """Works of several records, in the order of their import."""
    with desk.reading() as c:
        lines = works.page(c, desk.review_id, Filter(joined=True), offset=offset, limit=limit)
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


def count_joins(desk: Desk) -> int:
    """How many works rest on several records."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, Filter(joined=True))


def history(desk: Desk, limit: int = 100) -> list[PairVerdict]:
    """What people said, newest first."""
    with desk.reading() as c:
        return duplicates.human_history(c, desk.review_id, limit)


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


def _waiting(
    current: Mapping[tuple[int, int], PairVerdict], homes: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Open pairs, one for each two works, the most alike first."""
    parted = {
        frozenset((homes[a], homes[b]))
        for (a, b), verdict in current.items()
        if verdict.person and verdict.verdict == "different"
    }
    waiting: dict[frozenset[int], tuple[int, int]] = {}
    likely = sorted(
        (v for v in current.values() if v.verdict == "possible"), key=_likeness, reverse=True
    )
    for verdict in likely:
        between = frozenset(homes[record_id] for record_id in verdict.pair)
        if len(between) == 2 and between not in parted:  # noqa: PLR2004 - two works
            waiting.setdefault(between, verdict.pair)
    return list(waiting.values())


def _likeness(verdict: PairVerdict) -> tuple[float, int]:
    known = [score for score in verdict.scores.values() if score is not None]
    return (sum(known) / len(known) if known else 0.0, -verdict.record_a)


def _pair(desk: Desk, connection: Connection, verdict: PairVerdict) -> Pair:
    first, second = works.records(connection, desk.review_id, verdict.pair)
    return Pair(verdict=verdict, why=explain(verdict), first=first, second=second)


def _why(
    records: Sequence[RecordOfWork], about: Mapping[tuple[int, int], PairVerdict]
) -> tuple[str, ...]:
    own = {record.id for record in records}
    said = [v for pair, v in about.items() if set(pair) <= own and v.verdict == "same"]
    return tuple(dict.fromkeys(explain(verdict) for verdict in said))


def _known(write: Write, record_ids: Collection[int]) -> None:
    found = forming.places(write.connection, write.review_id, set(record_ids))
    if len(found) != len(set(record_ids)):
        raise Invalid("These records do not belong to this review.")


def _by_hand(pair: tuple[int, int], verdict: str, note: str) -> PairVerdict:
    first, second = _sorted(*pair)
    return PairVerdict(
        record_a=first, record_b=second, verdict=verdict, reason=BY_HAND, scores={}, note=note
    )


def _sorted(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
