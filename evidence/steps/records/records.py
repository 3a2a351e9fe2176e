"""Works and their records, to look at."""

from collections.abc import Sequence

from evidence.citations import search
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import describe
from evidence.store import Role
from evidence.store.area_versions import Area, made_from
from evidence.store.records import records_of_works, works
from evidence.store.records.filters import Filter
from evidence.store.records.references import NAMES
from evidence.store.records.works import Work, WorkLine
from evidence.store.results import work_rows
from evidence.store.results.work_rows import WorkRow


@made_from(Area.RECORDS | Area.SCREENING | Area.LABELS)
def count(desk: Desk, which: Filter) -> int:
    """How many works pass a filter."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, which)


@made_from(Area.RECORDS | Area.SCREENING | Area.LABELS)
def page(desk: Desk, which: Filter, offset: int, limit: int) -> list[WorkLine]:
    """A page of the works that pass a filter."""
    with desk.reading() as c:
        return works.page(c, desk.review_id, which, offset=offset, limit=limit)


@made_from(Area.RECORDS | Area.SCREENING | Area.LABELS)
def page_ids(desk: Desk, which: Filter, offset: int, limit: int) -> list[int]:
    """The ids of a page of the works that pass a filter."""
    with desk.reading() as c:
        return works.ids(c, desk.review_id, which, offset=offset, limit=limit)


def rows(desk: Desk, work_ids: Sequence[int]) -> list[WorkRow]:
    """These works with all that a list can say, as far as the person at the desk may know it."""
    with desk.reading() as c:
        return work_rows.of_works(c, desk.review_id, work_ids, desk.person_id)


def search_remarks(words: str) -> tuple[str, ...]:
    """What does not fit in a search that somebody typed, in sentences."""
    return search.parse(words[: search.LONGEST_SEARCH]).remarks


def get(desk: Desk, work_id: int) -> Work:
    """A work with its records."""
    with desk.reading() as c:
        return works.get(c, desk.review_id, work_id)


def prefer_record(desk: Desk, work_id: int, field: str, record_id: int) -> None:
    """Let a record's value stand for a field of its work, whatever the rules would take."""
    work = get(desk, work_id)
    references = {record.id: record.reference for record in work.records}
    if field not in NAMES or record_id not in references:
        raise Invalid("This value does not belong to the work; please reload the page.")
    with desk.writing(Role.REVIEWER, areas=Area.RECORDS) as w:
        records_of_works.prefer_record(w, record_id, field)
        describe(w, {work.id: list(references)}, references)
