"""The duplicates of a review as a whole: running the rules, and the numbers."""

from collections import Counter
from dataclasses import dataclass

from evidence.steps import jobs
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.records.duplicates.find_duplicates import compare
from evidence.steps.records.duplicates.record_pairs import BY_HAND, reason_words
from evidence.store import Role, Store
from evidence.store.area_versions import Area, made_from
from evidence.store.records import dedupe_runs, duplicates, records_of_works, works
from evidence.store.records.filters import Filter

JOB = "duplicates"
WHILE_WAITING = 5000  # records that are compared while people wait


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCounts:
    """How far the duplicates of a review are decided.

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


def start(desk: Desk, progress: Progress = silent) -> None:
    """Compare all records: a small review at once, a large one in the background.

    While that is going on, starting it again changes nothing.
    """
    desk.require(Role.EDITOR)
    job = jobs.newest(desk, JOB)
    if job and job.going:
        return
    with desk.reading() as c:
        records = records_of_works.count_records(c, desk.review_id)
    if records < WHILE_WAITING:
        run(desk, progress)
        return
    job_id = jobs.begin(desk, JOB, Role.EDITOR)
    jobs.submit(desk.store, job_id, _job, desk.review_id, desk.person_id)


def run(desk: Desk, progress: Progress = silent) -> DuplicateCounts:
    """Compare all records by the rules; answers of people stand."""
    compare(desk, progress)
    return counts(desk)


def _job(store: Store, tell: Progress, review_id: int, person_id: int) -> None:
    compare(Desk(store=store, review_id=review_id, person_id=person_id), tell)


@made_from(Area.RECORDS)
def counts(desk: Desk) -> DuplicateCounts:
    """The numbers of the duplicates page."""
    with desk.reading() as c:
        return DuplicateCounts(
            records=records_of_works.count_records(c, desk.review_id),
            works=works.count(c, desk.review_id, Filter()),
            possible=len(duplicates.possible_pairs(c, desk.review_id)),
            new=dedupe_runs.count_new_records(c, desk.review_id),
        )


@made_from(Area.RECORDS)
def reasons(desk: Desk) -> dict[str, int]:
    """How many pairs are together for each reason, the most frequent first."""
    pairs: Counter[str] = Counter()
    with desk.reading() as c:
        for (code, by_person), count in duplicates.reasons(c, desk.review_id).items():
            pairs[reason_words(BY_HAND if by_person else code)] += count
    return dict(pairs.most_common())
