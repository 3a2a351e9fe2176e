"""The studies of a review as a table to choose from: one page at a time, filtered and ordered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    select,
)

from evidence.store.coding import seen_codings
from evidence.store.records import searching
from evidence.store.schema import answer, coding, study, study_work
from evidence.store.surviving import original, surviving, surviving_id

_own = coding.alias("own")
_sought = study.alias("_sought")


class CodingState(StrEnum):
    """How far one's own coding of a study is."""

    OPEN = "open"
    DRAFT = "draft"
    COMPLETE = "complete"


class StudyOrder(StrEnum):
    """In which order studies are listed."""

    LABEL = "label"
    YEAR = "year"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFilter:
    """Which studies are listed.

    Attributes:
        words: a search (citations/search.py) of the label, and of title, abstract and authors of
            each report.
        state: of one's own coding; None for any.
        question, code: of an answer that is ticked in a coding that one may see
            (seen_codings.py); "" for any.
        merged: codes that were merged into `code`, which count as it.
    """

    words: str = ""
    state: CodingState | None = None
    question: str = ""
    code: str = ""
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLine:
    """A study in the table.

    Attributes:
        year: of its first report.
        own: how far the coding of the person who looks is.
        complete, drafts: how many of all codings are so far, one's own included.
        changed_at: when one's own coding was changed last.
    """

    id: int
    label: str
    year: int | None
    reports: int
    own: CodingState
    complete: int
    drafts: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a study stands among all of its review, by label.

    Attributes:
        position: counted from 1.
        previous, next: the studies before and after it; None at the ends.
    """

    id: int
    position: int
    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """For whom studies are listed, and with which scheme."""

    review_id: int
    person_id: int
    scheme_id: int


def page(
    connection: Connection,
    whose: Whose,
    which: StudyFilter,
    order: StudyOrder,
    offset: int,
    limit: int,
) -> list[StudyLine]:
    """A page of the studies, in one query."""
    year = _reports(func.min(surviving.c.year))
    orders = {
        StudyOrder.LABEL: (),
        StudyOrder.YEAR: (year.is_(None), year.desc()),
        StudyOrder.CHANGED: (_own.c.changed_at.is_(None), _own.c.changed_at.desc()),
    }
    query = (
        _studies(whose, which)
        .add_columns(
            study.c.label,
            year.label("year"),
            _reports(func.count(func.distinct(surviving.c.id))).label("reports"),
            func.coalesce(_own.c.state, CodingState.OPEN.value).label("own"),
            _codings(whose, "complete").label("complete"),
            _codings(whose, "draft").label("drafts"),
            _own.c.changed_at,
        )
        .order_by(*orders[order], func.lower(study.c.label), study.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [
        StudyLine(**{**row, "own": CodingState(row["own"])})
        for row in connection.execute(query).mappings()
    ]


def ids(connection: Connection, whose: Whose, which: StudyFilter) -> list[int]:
    """The ids of all these studies, by label."""
    query = _studies(whose, which).order_by(func.lower(study.c.label), study.c.id)
    return [int(row.id) for row in connection.execute(query)]


def neighbours(connection: Connection, whose: Whose, study_id: int) -> Neighbours | None:
    """Where a study stands in the list; None where the review has none of this number."""
    in_order = (func.lower(study.c.label), study.c.id)
    all_studies = (
        select(
            study.c.id,
            func.row_number().over(order_by=in_order).label("position"),
            func.lag(study.c.id).over(order_by=in_order).label("previous"),
            func.lead(study.c.id).over(order_by=in_order).label("next"),
        )
        .where(study.c.review_id == whose.review_id)
        .subquery()
    )
    query = select(all_studies).where(all_studies.c.id == study_id)
    row = connection.execute(query).mappings().one_or_none()
    return Neighbours(**row) if row is not None else None


def first(connection: Connection, whose: Whose) -> int | None:
    """The first study, by label, that one has not coded completely; the first of all where none is
    left, and None where there is no study.
    """
    is_complete = case((_own.c.state == CodingState.COMPLETE.value, 1), else_=0)
    query = _studies(whose, StudyFilter()).order_by(
        is_complete, func.lower(study.c.label), study.c.id
    )
    found = connection.execute(query.limit(1)).first()
    return found.id if found is not None else None


def count(connection: Connection, whose: Whose, which: StudyFilter) -> int:
    """How many studies these are."""
    query = select(func.count()).select_from(_studies(whose, which).subquery())
    return int(connection.execute(query).scalar_one())


def tally(connection: Connection, whose: Whose) -> dict[CodingState, int]:
    """How many studies of the review are how far in one's own coding."""
    state = func.coalesce(_own.c.state, CodingState.OPEN.value)
    query = _studies(whose, StudyFilter()).with_only_columns(state, func.count()).group_by(state)
    counts = {CodingState(name): int(number) for name, number in connection.execute(query)}
    return {each: counts.get(each, 0) for each in CodingState}


def _studies(whose: Whose, which: StudyFilter) -> Select[tuple[int]]:
    is_own = and_(
        _own.c.study_id == study.c.id,
        _own.c.scheme_id == whose.scheme_id,
        _own.c.person_id == whose.person_id,
    )
    return (
        select(study.c.id)
        .select_from(study.outerjoin(_own, is_own))
        .where(study.c.review_id == whose.review_id, *_conditions(whose, which))
    )


def _conditions(whose: Whose, which: StudyFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if which.state is CodingState.OPEN:
        conditions.append(_own.c.id.is_(None))
    elif which.state is not None:
        conditions.append(_own.c.state == which.state.value)
    if which.question and which.code:
        ticked = exists().where(
            coding.c.study_id == study.c.id,
            coding.c.scheme_id == whose.scheme_id,
            seen_codings.may_see(whose.person_id),
            answer.c.coding_id == coding.c.id,
            answer.c.question == which.question,
            answer.c.code.in_([which.code, *which.merged]),
            answer.c.chosen,
        )
        conditions.append(ticked)
    if which.words.strip():
        conditions.append(study.c.id.in_(_found(whose, which.words)))
    return conditions


def _found(whose: Whose, words: str) -> Select[tuple[int]]:
    """Studies that have these words in their label or in what describes a report of theirs."""
    texts = (
        _sought.c.label,
        func.coalesce(surviving.c.title, ""),
        func.coalesce(surviving.c.abstract, ""),
        func.coalesce(cast(surviving.c.authors, Text), ""),
    )
    reports = (
        _sought.outerjoin(study_work, study_work.c.study_id == _sought.c.id)
        .outerjoin(original, original.c.id == study_work.c.work_id)
        .outerjoin(surviving, surviving.c.id == surviving_id)
    )
    return (
        select(_sought.c.id)
        .select_from(reports)
        .where(
            _sought.c.review_id == whose.review_id,
            *searching.conditions(words, texts, surviving.c.doi.startswith),
        )
    )


def _reports(what: ColumnElement[int]) -> ColumnElement[int]:
    """Something of the reports of the study at hand."""
    query = (
        select(what)
        .select_from(study_work)
        .join(original, original.c.id == study_work.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(study_work.c.study_id == study.c.id)
    )
    return query.correlate(study).scalar_subquery()


def _codings(whose: Whose, state: str) -> ColumnElement[int]:
    query = select(func.count()).where(
        coding.c.study_id == study.c.id,
        coding.c.scheme_id == whose.scheme_id,
        coding.c.state == state,
    )
    return query.correlate(study).scalar_subquery()
