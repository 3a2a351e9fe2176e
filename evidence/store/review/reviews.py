"""Reviews, and what they are about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Table,
    func,
    insert,
    select,
    update,
)

from evidence.errors import NotFound
from evidence.store import events, permission
from evidence.store.area_versions import Area
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import record, review, study, work
from evidence.store.surviving import survives


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a review is about.

    Attributes:
        criteria: what a study must meet to be included, one line each.
        label: shown on every page and export, for example that it is a demonstration.
    """

    title: str
    question: str = ""
    criteria: tuple[str, ...] = ()
    demonstration: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Draft):
    """A stored review."""

    id: int
    data_version: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A review in the list of reviews."""

    review: Review
    records: int
    works: int
    studies: int


def create(connection: Connection, person_id: int, at: datetime, draft: Draft) -> int:
    """Store a new review; gives its id."""
    query = (
        insert(review)
        .values(
            title=draft.title,
            question=draft.question,
            criteria=list(draft.criteria),
            demonstration=draft.demonstration,
            label=draft.label,
            data_version=1,
            created_by=person_id,
            created_at=at,
        )
        .returning(review.c.id)
    )
    return int(connection.execute(query).scalar_one())


def change(write: Write, draft: Draft) -> None:
    """Replace what the review is about; the trail of events keeps what stood before."""
    stood = get(write.connection, write.review_id)
    before = {"title": stood.title, "question": stood.question, "criteria": list(stood.criteria)}
    values = {"title": draft.title, "question": draft.question, "criteria": list(draft.criteria)}
    if values == before:
        return  # the trail tells changes only
    write.connection.execute(update(review).where(review.c.id == write.review_id).values(**values))
    events.note(
        write,
        EventKind.REVIEW_CHANGED,
        draft.title,
        before=before,
        after=values,
    )


def get(connection: Connection, review_id: int) -> Review:
    """The review with this id.

    Raises:
        NotFound: there is none, or it only holds the preview of an import.
    """
    query = select(review).where(review.c.id == review_id, review.c.preview_of.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("review", review_id)
    return _review(row)


def versions(connection: Connection, review_id: int, areas: Area) -> tuple[int, ...]:
    """The versions of areas of a review, in the order of the areas.

    Raises:
        NotFound: there is no such review.
    """
    query = select(*(review.c[name] for name in areas.columns)).where(review.c.id == review_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("review", review_id)
    return tuple(row)


def overviews(connection: Connection, person_id: int | None = None) -> list[Overview]:
    """Reviews, newest first, with their sizes: those that a person belongs to, and examples; with
    None, all.
    """
    query = select(
        review,
        _count(record).label("records"),
        _count(work, survives()).label("works"),
        _count(study).label("studies"),
    )
    query = query.where(review.c.preview_of.is_(None)).order_by(review.c.id.desc())
    if person_id is not None:
        query = query.where(review.c.demonstration | permission.belongs(person_id))
    return [
        Overview(
            review=_review(row),
            records=row["records"],
            works=row["works"],
            studies=row["studies"],
        )
        for row in connection.execute(query).mappings()
    ]


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    rows = select(func.count()).select_from(table).where(table.c.review_id == review.c.id)
    return rows.where(*conditions).scalar_subquery()


def _review(row: RowMapping) -> Review:
    names = ("id", "title", "question", "demonstration", "label", "data_version", "created_at")
    return Review(criteria=tuple(row["criteria"]), **{name: row[name] for name in names})
