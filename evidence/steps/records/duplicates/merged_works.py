"""Works of several records, with the verdicts that hold them together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.record_pairs import Ids, explain
from evidence.store.area_versions import Area, made_from
from evidence.store.records import duplicates, works
from evidence.store.records.duplicates import PairVerdict
from evidence.store.records.filters import Filter
from evidence.store.records.works import RecordOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedWork:
    """A work of several records, and why they are together."""

    work_id: int
    records: tuple[RecordOfWork, ...]
    why: tuple[str, ...]


@made_from(Area.RECORDS)
def page(desk: Desk, offset: int, limit: int, words: str = "") -> list[MergedWork]:
    """A page of the works of several records, in the order of their import."""
    which = Filter(joined=True, words=words)
    with desk.reading() as c:
        lines = works.page(c, desk.review_id, which, offset=offset, limit=limit)
        records = works.records_of(c, desk.review_id, [line.id for line in lines])
        verdicts = duplicates.standing(c, desk.review_id, [record.id for record in records])
    by_work: dict[int, list[RecordOfWork]] = defaultdict(list)
    for record in records:
        by_work[record.work_id].append(record)
    return [
        MergedWork(work_id=line.id, records=tuple(own), why=_why(own, verdicts))
        for line in lines
        if (own := by_work[line.id])
    ]


@made_from(Area.RECORDS)
def count(desk: Desk, words: str = "") -> int:
    """How many works have several records."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, Filter(joined=True, words=words))


def _why(records: Sequence[RecordOfWork], verdicts: Mapping[Ids, PairVerdict]) -> tuple[str, ...]:
    own = {record.id for record in records}
    same = [v for pair, v in verdicts.items() if set(pair) <= own and v.verdict == "same"]
    return tuple(dict.fromkeys(explain(verdict) for verdict in same))
