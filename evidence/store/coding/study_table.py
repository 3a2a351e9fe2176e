"""The studies of a review as a table to choose from: one page at a time, filtered and ordered."""

from collections import defaultdict
from collections.abc import Sequence
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
    literal,
    or_,
    select,
    tuple_,
)

from evidence.errors import NotFound
from evidence.store.coding import coding_assignments, seen_codings
from evidence.store.coding.studies import first_year
from evidence.store.id_batches import batches
from evidence.store.records import searching
from evidence.store.schema import (
    answer,
    coding,
    coding_assignment,
    finding,
    person,
    study,
    study_work,
)
from evidence.store.surviving import original, surviving, surviving_id

_own = coding.alias("own")
_sought = study.alias("_sought")
NOBODY = 0
"""In a filter by whom studies are given to: no person has this number."""


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


class TeamState(StrEnum):
    """How far a study is, whoever codes it."""

    NOBODY = "nobody"  # nobody has begun
    BEGUN = "begun"  # somebody has, and nobody marked it complete
    COMPLETE = "complete"  # by somebody
    TWICE = "twice"  # complete by two people or more


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFilter:
    """Which studies are listed.

    Attributes:
        words: a search (citations/search.py) of the label, and of title, abstract and authors of
            each report.
        state: of one's own coding; None for any.
        team: how far it is, whoever codes it; None for any.
        given_to: a person to whom it is given with the scheme, or NOBODY; None for any.
        question, code: of an answer in a coding that one may see (seen_codings.py); without a code
            any answer to the question will do, and without a question all studies are meant.
        field: of a finding, which answers the question for it; "" where findings do not.
        merged: codes that were merged into `code`, which count as it.
    """

    words: str = ""
    state: CodingState | None = None
    team: TeamState | None = None
    given_to: int | None = None
    question: str = ""
    code: str = ""
    field: str = ""
    merged: tuple[str, ...] = ()


EVERY = StudyFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingLine:
    """That somebody codes a study with a scheme, and how far they are."""

    scheme_id: int
    person_id: int
    person: str
    state: CodingState


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLine:
    """A study in the table.

    Attributes:
        year: of its first included report, or of the first where none is included.
        own: how far the coding of the person who looks is.
        codings: by whomever, with whatever scheme; who began first stands first.
        given_to: the names of those to whom it is given with the scheme at hand.
        changed_at: when one's own coding was changed last.
    """

    id: int
    label: str
    year: int | None
    reports: int
    own: CodingState
    changed_at: datetime | None
    codings: tuple[CodingLine, ...] = ()
    given_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyState:
    """A study with how far the coding of the person who looks is."""

    id: int
    label: str
    state: CodingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a study stands among all of its review, or those of a filter, by label.

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
    """A page of the studies, in a few queries."""
    year = _reports(first_year())
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
            _own.c.changed_at,
        )
        .order_by(*orders[order], func.lower(study.c.label), study.c.id)
        .offset(offset)
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    ids = [row["id"] for row in rows]
    codings = _codings(connection, ids)
    given = coding_assignments.names(connection, whose.scheme_id, ids)
    return [
        StudyLine(
            **{
                **row,
                "own": CodingState(row["own"]),
                "codings": tuple(codings.get(row["id"], ())),
                "given_to": given.get(row["id"], ()),
            }
        )
        for row in rows
    ]


def labels(connection: Connection, whose: Whose, which: StudyFilter) -> dict[int, str]:
    """The ids of all these studies with their labels, in the order of these."""
    in_order = (func.lower(study.c.label), study.c.id)
    query = _studies(whose, which).add_columns(study.c.label).order_by(*in_order)
    return {int(row.id): str(row.label) for row in connection.execute(query)}


def own_states(connection: Connection, whose: Whose, which: StudyFilter) -> list[StudyState]:
    """All these studies by label, with how far one's own coding of each is."""
    state = func.coalesce(_own.c.state, CodingState.OPEN.value)
    query = _studies(whose, which).add_columns(study.c.label, state.label("state"))
    rows = connection.execute(query.order_by(func.lower(study.c.label), study.c.id))
    return [StudyState(id=row.id, label=row.label, state=CodingState(row.state)) for row in rows]


def label_of(connection: Connection, review_id: int, study_id: int) -> str:
    """What a study is called; raises NotFound."""
    query = select(study.c.label).where(study.c.id == study_id, study.c.review_id == review_id)
    label = connection.execute(query).scalar_one_or_none()
    if label is None:
        raise NotFound("study", study_id)
    return str(label)


def neighbours(
    connection: Connection, whose: Whose, study_id: int, which: StudyFilter = EVERY
) -> Neighbours | None:
    """Where a study stands in the list; None where it is not among these."""
    name = func.lower(study.c.label)
    listed = _studies(whose, which)
    here = connection.execute(listed.add_columns(name).where(study.c.id == study_id)).one_or_none()
    if here is None:
        return None
    # Counted, as to sort thousands for each study that is opened takes ten times as long.
    in_order, at = tuple_(name, study.c.id), tuple_(literal(here[1]), literal(study_id))
    before, after = listed.where(in_order < at), listed.where(in_order > at)
    query = select(
        before.with_only_columns(func.count()).scalar_subquery().label("before"),
        before.order_by(name.desc(), study.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("previous"),
        after.order_by(name, study.c.id).limit(1).scalar_subquery().label("next"),
    )
    row = connection.execute(query).one()
    return Neighbours(id=study_id, position=row.before + 1, previous=row.previous, next=row.next)


def first(connection: Connection, whose: Whose, which: StudyFilter = EVERY) -> int | None:
    """The first study, by label, that one has not coded completely; the first of all where none is
    left, and None where there is no study.
    """
    is_complete = case((_own.c.state == CodingState.COMPLETE.value, 1), else_=0)
    query = _studies(whose, which).order_by(is_complete, func.lower(study.c.label), study.c.id)
    found = connection.execute(query.limit(1)).first()
    return found.id if found is not None else None


def count(connection: Connection, whose: Whose, which: StudyFilter) -> int:
    """How many studies these are."""
    query = select(func.count()).select_from(_studies(whose, which).subquery())
    return int(connection.execute(query).scalar_one())


def tally(
    connection: Connection, whose: Whose, which: StudyFilter = EVERY
) -> dict[CodingState, int]:
    """How many of these studies are how far in one's own coding."""
    begun = _studies(whose, which).where(_own.c.id.isnot(None))
    query = begun.with_only_columns(_own.c.state, func.count()).group_by(_own.c.state)
    counts = {CodingState(name): int(number) for name, number in connection.execute(query)}
    open_ = count(connection, whose, which) - sum(counts.values())
    return {CodingState.OPEN: open_} | {
        each: counts.get(each, 0) for each in CodingState if each is not CodingState.OPEN
    }


def complete_by_anybody(connection: Connection, whose: Whose) -> int:
    """How many studies of the review somebody has coded completely with the scheme."""
    return count(connection, whose, StudyFilter(team=TeamState.COMPLETE))


def _studies(whose: Whose, which: StudyFilter) -> Select[tuple[int]]:
    is_own = and_(
        _own.c.study_id == study.c.id,
        _own.c.scheme_id == whose.scheme_id,
        _own.c.person_id == whose.person_id,
        _own.c.is_agreed.is_(False),
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
    if which.team is not None:
        conditions.append(_is_so_far(whose, which.team))
    if which.given_to is not None:
        conditions.append(_is_given(whose, which.given_to))
    if which.question:
        conditions.append(_is_answered(whose, which))
    if which.words.strip():
        conditions.append(study.c.id.in_(_found(whose, which.words)))
    return conditions


def _is_answered(whose: Whose, which: StudyFilter) -> ColumnElement[bool]:
    """Whether a coding that one may see answers a question, with a code where one is named."""
    codes = [which.code, *which.merged] if which.code else []
    seen = (
        coding.c.study_id == study.c.id,
        coding.c.scheme_id == whose.scheme_id,
        seen_codings.may_see(whose.person_id),
    )
    says = answer.c.code.in_(codes) & answer.c.chosen
    said = exists().where(
        *seen,
        answer.c.coding_id == coding.c.id,
        answer.c.question == which.question,
        says if codes else or_(answer.c.chosen, answer.c.value != ""),
    )
    if not which.field:
        return said
    typed = func.coalesce(finding.c.fields[which.field].as_string(), "")
    between = literal(" ").concat(typed).concat(" ")
    named = [between.contains(f" {code} ", autoescape=True) for code in codes]
    in_finding = exists().where(
        *seen,
        finding.c.coding_id == coding.c.id,
        finding.c.removed_at.is_(None),
        or_(*named) if codes else typed != "",
    )
    return said | in_finding


def _is_given(whose: Whose, person_id: int) -> ColumnElement[bool]:
    given = exists().where(
        coding_assignment.c.study_id == study.c.id,
        coding_assignment.c.scheme_id == whose.scheme_id,
    )
    if person_id == NOBODY:
        return ~given
    return given.where(coding_assignment.c.person_id == person_id)


def _is_so_far(whose: Whose, team: TeamState) -> ColumnElement[bool]:
    of_scheme = (
        coding.c.study_id == study.c.id,
        coding.c.scheme_id == whose.scheme_id,
        coding.c.is_agreed.is_(False),
    )
    begun = exists().where(*of_scheme)
    complete = exists().where(*of_scheme, coding.c.state == CodingState.COMPLETE.value)
    if team is TeamState.NOBODY:
        return ~begun
    if team is TeamState.BEGUN:
        return begun & ~complete
    if team is TeamState.COMPLETE:
        return complete
    by_how_many = select(func.count()).where(
        *of_scheme, coding.c.state == CodingState.COMPLETE.value
    )
    return by_how_many.correlate(study).scalar_subquery() > 1


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


def _codings(connection: Connection, study_ids: Sequence[int]) -> dict[int, list[CodingLine]]:
    found: dict[int, list[CodingLine]] = defaultdict(list)
    for batch in batches(study_ids):
        query = (
            select(
                coding.c.study_id,
                coding.c.scheme_id,
                coding.c.person_id,
                person.c.name,
                coding.c.state,
            )
            .join(person, person.c.id == coding.c.person_id)
            .where(coding.c.study_id.in_(batch), coding.c.is_agreed.is_(False))
            .order_by(coding.c.id)
        )
        for study_id, scheme_id, person_id, name, state in connection.execute(query):
            line = CodingLine(
                scheme_id=scheme_id, person_id=person_id, person=name, state=CodingState(state)
            )
            found[study_id].append(line)
    return found
