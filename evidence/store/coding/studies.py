"""Studies, and the works that report them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.verdicts import Stage, State
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.records.references import authors_line
from evidence.store.schema import coding, study, study_work, work
from evidence.store.surviving import (
    in_state,
    original,
    originals_of,
    surviving,
    surviving_id,
    surviving_in,
)
from evidence.store.undo_merge_split import STUDY_REFERENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A work as a report of a study.

    Attributes:
        surnames: of the authors, by which reports that belong together are suggested.
        included: whether its full-text decision still is to include it.
    """

    work_id: int
    title: str
    authors: str
    surnames: tuple[str, ...]
    year: int | None
    journal: str
    included: bool
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study with its reports, the oldest first."""

    id: int
    label: str
    kind: str
    reports: tuple[Report, ...]

    @property
    def year(self) -> int | None:
        """Of the first included report; of the first one where none is included."""
        included = [report for report in self.reports if report.included]
        return min((r.year for r in included or self.reports if r.year is not None), default=None)


def first_year() -> ColumnElement[int]:
    """What Study.year is, of surviving works that are grouped by their study."""
    included = and_(*in_state(Stage.FULL_TEXT, State.INCLUDE, surviving))
    of_included = func.min(case((included, surviving.c.year)))
    has_included = func.count(case((included, surviving.c.id))) > 0
    return case((has_included, of_included), else_=func.min(surviving.c.year))


def listing(connection: Connection, review_id: int) -> list[Study]:
    """All studies of a review, by label."""
    query = select(study.c.id, study.c.label, study.c.kind).where(study.c.review_id == review_id)
    reports = _reports_of(connection, review_id)
    return [
        Study(id=row.id, label=row.label, kind=row.kind, reports=tuple(reports.get(row.id, ())))
        for row in connection.execute(query.order_by(study.c.label, study.c.id))
    ]


def get(connection: Connection, review_id: int, study_id: int) -> Study:
    """The study with this id; raises NotFound."""
    query = select(study.c.id, study.c.label, study.c.kind).where(
        study.c.review_id == review_id, study.c.id == study_id
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("study", study_id)
    reports = _reports_of(connection, review_id, study_id).get(study_id, ())
    return Study(id=row.id, label=row.label, kind=row.kind, reports=tuple(reports))


def labels(connection: Connection, review_id: int) -> dict[int, str]:
    """What the studies of a review are called, by id, in the order of their list."""
    query = select(study.c.id, study.c.label).where(study.c.review_id == review_id)
    rows = connection.execute(query.order_by(study.c.label, study.c.id))
    return {row.id: row.label for row in rows}


def ids(connection: Connection, review_id: int) -> list[int]:
    """The studies of a review, in the order of their list."""
    query = select(study.c.id).where(study.c.review_id == review_id)
    return list(connection.execute(query.order_by(study.c.label, study.c.id)).scalars())


def included_ids(connection: Connection, review_id: int) -> set[int]:
    """The studies of which a report still is included."""
    query = (
        select(study.c.id)
        .distinct()
        .join(study_work, study_work.c.study_id == study.c.id)
        .join(original, original.c.id == study_work.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            study.c.review_id == review_id,
            *in_state(Stage.FULL_TEXT, State.INCLUDE, surviving),
        )
    )
    return set(connection.execute(query).scalars())


def unlinked(connection: Connection, review_id: int) -> list[Report]:
    """Included works that are not linked to a study yet, in the order of their import."""
    linked = exists().where(original.c.id == study_work.c.work_id, surviving_id == work.c.id)
    included = in_state(Stage.FULL_TEXT, State.INCLUDE)
    query = _works().where(*surviving_in(review_id), *included, ~linked)
    rows = connection.execute(query.order_by(work.c.id)).mappings()
    return [_report(row) for row in rows]


def create(
    write: Write, label: str, work_ids: Sequence[int], *, free: set[int] | None = None
) -> int:
    """Store a new study that these works report; gives its id.

    `free` spares looking up which works are in no study, where many studies are made at once.
    """
    if free is None:
        free = {report.work_id for report in unlinked(write.connection, write.review_id)}
    query = insert(study).values(
        **write.for_review(
            label=label, kind="study", created_by=write.person_id, created_at=write.at
        )
    )
    study_id = int(write.connection.execute(query.returning(study.c.id)).scalar_one())
    _link(write, study_id, work_ids, free)
    events.note(write, EventKind.STUDY_CREATED, label, after={"works": list(work_ids)})
    return study_id


def link(write: Write, study_id: int, work_ids: Sequence[int]) -> None:
    """Add reports to a study; each must be included and free."""
    before = get(write.connection, write.review_id, study_id)
    free = {report.work_id for report in unlinked(write.connection, write.review_id)}
    _link(write, study_id, work_ids, free)
    events.note(write, EventKind.REPORTS_LINKED, before.label, after={"works": list(work_ids)})


def unlink(write: Write, study_id: int, work_id: int) -> None:
    """Take a report away from its study; a study that has none left, and no coding, goes too.

    A coded study keeps its last report, unless another study has that report as well: then the
    coding stays, and counts nowhere until a report is linked to it again.
    """
    c = write.connection
    before = get(c, write.review_id, study_id)
    last = len(before.reports) == 1
    coded = c.execute(select(coding.c.id).where(coding.c.study_id == study_id)).first()
    originals = select(original.c.id).where(originals_of([work_id]))
    links = study_work.c.work_id.in_(originals)
    others = select(study_work.c.study_id).where(links, study_work.c.study_id != study_id)
    if last and coded and c.execute(others).first() is None:
        raise NotAllowed(
            f"“{before.label}” has been coded, so its only report stays. "
            "Link the report that should stand in its place first."
        )
    c.execute(delete(study_work).where(study_work.c.study_id == study_id, links))
    named = (exists().where(column == study_id) for column in STUDY_REFERENCES)
    c.execute(delete(study).where(study.c.id == study_id, ~or_(*named)))
    events.note(write, EventKind.REPORT_UNLINKED, before.label, before={"work": work_id})


def rename(write: Write, study_id: int, label: str) -> None:
    """Give a study another label."""
    before = get(write.connection, write.review_id, study_id)
    write.connection.execute(update(study).where(study.c.id == study_id).values(label=label))
    events.note(write, EventKind.STUDY_RENAMED, label, before=before.label, after=label)


def _link(write: Write, study_id: int, work_ids: Sequence[int], free: set[int]) -> None:
    for work_id in work_ids:
        if work_id not in free:
            raise Invalid(
                f"Work {work_id} cannot be linked: it is not included at full text, "
                "or a study has it already."
            )
        free.remove(work_id)
    rows = [
        {
            "study_id": study_id,
            "work_id": work_id,
            "linked_by": write.person_id,
            "linked_at": write.at,
        }
        for work_id in work_ids
    ]
    if rows:
        write.connection.execute(insert(study_work), rows)


def _works() -> Select[Any]:
    names = ("id", "title", "authors", "year", "journal", "title_abstract", "full_text", "doi")
    return select(*(work.c[name] for name in names))


def _reports_of(
    connection: Connection, review_id: int, study_id: int | None = None
) -> dict[int, list[Report]]:
    """For each study, or for one, its reports; two linked works that turned out to be one count
    once.
    """
    query = (
        _works()
        .add_columns(study_work.c.study_id)
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .join(work, work.c.id == surviving_id)
        .where(study.c.review_id == review_id)
        .order_by(work.c.year, work.c.id)
    )
    if study_id is not None:
        query = query.where(study.c.id == study_id)
    by_study: dict[int, dict[int, Report]] = {}
    for row in connection.execute(query).mappings():
        by_study.setdefault(row["study_id"], {})[row["id"]] = _report(row)
    return {study_id: list(reports.values()) for study_id, reports in by_study.items()}


def _report(row: Any) -> Report:
    states: Iterable[str] = (row["title_abstract"], row["full_text"])
    return Report(
        work_id=row["id"],
        title=row["title"],
        authors=authors_line(row),
        surnames=tuple(family for family, _ in row["authors"]),
        year=row["year"],
        journal=row["journal"],
        included=all(state == State.INCLUDE.value for state in states),
        doi=row["doi"],
    )
