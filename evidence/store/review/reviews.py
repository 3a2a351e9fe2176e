"""Reviews, their exclusion reasons and the terms they highlight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from evidence.errors import Invalid, NotFound
from evidence.store import events
from evidence.store.areas import Area
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import reason, record, review, study, term, work
from evidence.store.surviving import survives

MOST_STARS = 2  # of a term
MOST_TERMS = 1000
LONGEST = 500  # letters of a reason or a term; PostgreSQL's index of them holds 2,700 bytes


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a work is excluded."""

    id: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Words to highlight while screening; a `*` stands for any letters."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


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
    before = get(write.connection, write.review_id)
    values = {"title": draft.title, "question": draft.question, "criteria": list(draft.criteria)}
    write.connection.execute(update(review).where(review.c.id == write.review_id).values(**values))
    events.note(
        write,
        EventKind.REVIEW_CHANGED,
        draft.title,
        before={"title": before.title, "question": before.question, "criteria": before.criteria},
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


def overviews(connection: Connection) -> list[Overview]:
    """All reviews, newest first, with their sizes."""
    query = select(
        review,
        _count(record).label("records"),
        _count(work, survives()).label("works"),
        _count(study).label("studies"),
    )
    query = query.where(review.c.preview_of.is_(None)).order_by(review.c.id.desc())
    return [
        Overview(
            review=_review(row),
            records=row["records"],
            works=row["works"],
            studies=row["studies"],
        )
        for row in connection.execute(query).mappings()
    ]


def reasons(connection: Connection, review_id: int) -> list[Reason]:
    """The reasons in use, in their order."""
    query = (
        select(reason.c.id, reason.c.label)
        .where(reason.c.review_id == review_id, reason.c.retired.is_(False))
        .order_by(reason.c.position, reason.c.id)
    )
    return [Reason(**row) for row in connection.execute(query).mappings()]


def set_reasons(write: Write, labels: Sequence[str]) -> None:
    """Make these the reasons in use; a retired reason still stands on decisions made with it.

    Raises:
        Invalid: one is too long.
    """
    _check_length("reason", labels)
    c = write.connection
    rows = c.execute(select(reason.c.label).where(reason.c.review_id == write.review_id))
    stored_labels = set(rows.scalars())
    c.execute(update(reason).where(reason.c.review_id == write.review_id).values(retired=True))
    for position, label in enumerate(dict.fromkeys(labels)):
        if label in stored_labels:
            c.execute(
                update(reason)
                .where(reason.c.review_id == write.review_id, reason.c.label == label)
                .values(retired=False, position=position)
            )
        else:
            values = write.for_review(label=label, position=position, retired=False)
            c.execute(insert(reason).values(**values))


def rename_reason(write: Write, reason_id: int, label: str) -> None:
    """Give a reason in use other words; it is the same reason on every decision made with it.

    Raises:
        NotFound: the review has no such reason in use.
        Invalid: another reason, perhaps a retired one, has these words; or it is too long.
    """
    _check_length("reason", [label])
    in_review = reason.c.review_id == write.review_id
    query = select(reason.c.label).where(in_review, reason.c.id == reason_id, ~reason.c.retired)
    before = write.connection.execute(query).scalar_one_or_none()
    if before is None:
        raise NotFound("reason", reason_id)
    if before == label:
        return
    if write.connection.execute(
        select(reason.c.id).where(in_review, reason.c.label == label)
    ).first():
        raise Invalid(
            f"“{label}” is or was a reason of this review already, and decisions may stand on it. "
            "Choose other words."
        )
    write.connection.execute(update(reason).where(reason.c.id == reason_id).values(label=label))
    events.note(write, EventKind.REASON_RENAMED, label, before=before, after=label)


def terms(connection: Connection, review_id: int) -> Terms:
    """The terms to highlight."""
    query = select(term.c.kind, term.c.pattern).where(term.c.review_id == review_id)
    patterns: dict[str, list[str]] = {"include": [], "exclude": []}
    for kind, pattern in connection.execute(query.order_by(term.c.id)):
        patterns[kind].append(pattern)
    return Terms(include=tuple(patterns["include"]), exclude=tuple(patterns["exclude"]))


def set_terms(write: Write, terms: Terms) -> None:
    """Make these the terms to highlight; raises Invalid as check_terms does."""
    check_terms(terms)
    write.connection.execute(delete(term).where(term.c.review_id == write.review_id))
    rows = [
        write.for_review(kind=kind, pattern=pattern)
        for kind, patterns in (("include", terms.include), ("exclude", terms.exclude))
        for pattern in dict.fromkeys(patterns)
    ]
    if rows:
        write.connection.execute(insert(term), rows)


def check_terms(terms: Terms) -> None:
    """Refuse terms that are too long, too many, or mostly stars; raises Invalid."""
    patterns = [*terms.include, *terms.exclude]
    _check_length("term", patterns)
    if len(patterns) > MOST_TERMS:
        raise Invalid(f"Please give at most {MOST_TERMS:,} terms; these are {len(patterns):,}.")
    for pattern in patterns:
        if len(re.findall(r"\*+", pattern)) > MOST_STARS:
            raise Invalid(
                f"A term has at most two stars; this one has more: “{pattern[:60]}”. "
                "Each star stands for any letters."
            )


def _check_length(what: str, texts: Sequence[str]) -> None:
    for text in texts:
        if len(text) > LONGEST:
            raise Invalid(
                f"A {what} has at most {LONGEST} letters; this one is longer: “{text[:60]}…”. "
                "Each stands in a line of its own."
            )


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    rows = select(func.count()).select_from(table).where(table.c.review_id == review.c.id)
    return rows.where(*conditions).scalar_subquery()


def _review(row: RowMapping) -> Review:
    names = ("id", "title", "question", "demonstration", "label", "data_version", "created_at")
    return Review(criteria=tuple(row["criteria"]), **{name: row[name] for name in names})
