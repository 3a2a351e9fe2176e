"""One's own decisions: searched, counted, and how long they took."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store.schema import decision, work
from evidence.store.screening.decision_queries import Decision, listed, read

_later = decision.alias("later")
_own = work.alias("own")  # the work on which a decision was made
_surviving = work.alias("surviving")
_joined = work.alias("joined")  # works whose records the same work holds now


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which of one's own decisions to list.

    Attributes:
        words: each must occur in the title, the abstract or the note.
        verdict: only these; any where it is None.
    """

    words: str = ""
    verdict: Verdict | None = None


def of_person(  # noqa: PLR0913 - what a page of a list needs
    connection: Connection,
    review_id: int,
    stage: Stage,
    person_id: int,
    limit: int = 50,
    *,
    offset: int = 0,
    sought: Sought | None = None,
) -> list[Decision]:
    """A person's decisions, newest first, each work once with what counts now.

    Resolutions are the work's and not the person's (store/screening/resolutions.py lists them),
    but for what says that a report was not retrieved.
    """
    query = (
        listed()
        .where(*_counting(review_id, stage, person_id, sought or Sought()))
        .order_by(decision.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return read(connection, review_id, query)


def count_of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int, sought: Sought
) -> int:
    """How many decisions of a person these are."""
    query = (
        select(func.count())
        .select_from(decision)
        .where(*_counting(review_id, stage, person_id, sought))
    )
    if sought.words.strip():
        query = query.join(work, work.c.id == decision.c.work_id)
    return int(connection.execute(query).scalar_one())


def seconds_of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int, limit: int
) -> list[float]:
    """How long the newest works that a person decided were on their screen."""
    query = (
        select(decision.c.seconds)
        .where(
            decision.c.review_id == review_id,
            decision.c.stage == stage.value,
            decision.c.person_id == person_id,
            decision.c.verdict != Verdict.WITHDRAWN.value,
            decision.c.seconds.is_not(None),
        )
        .order_by(decision.c.id.desc())
        .limit(limit)
    )
    return [float(one) for one in connection.execute(query).scalars()]


def _counting(
    review_id: int, stage: Stage, person_id: int, sought: Sought
) -> list[ColumnElement[bool]]:
    """A person's decisions after which they said nothing else of the same work, or of one that is
    joined with it now.

    Asked as “there is no later one”, so that the newest few are found without a look at all.
    """
    holder = func.coalesce(_own.c.merged_into, _own.c.id)
    given_up = exists().where(
        _own.c.id == decision.c.work_id,
        _surviving.c.id == holder,
        _surviving.c.full_text == State.NOT_RETRIEVED.value,
    )
    later = (
        _later.c.stage == decision.c.stage,
        _later.c.person_id == decision.c.person_id,
        _later.c.id > decision.c.id,
        _later.c.settles.is_(False)
        | decision.c.settles
        | (_later.c.verdict == Verdict.NOT_RETRIEVED.value) & given_up,
    )
    elsewhere = exists().where(
        _own.c.id == decision.c.work_id,
        (_joined.c.id == holder) | (_joined.c.merged_into == holder),
        _joined.c.id != decision.c.work_id,
        _later.c.work_id == _joined.c.id,
        *later,
    )
    changed = exists().where(_later.c.work_id == decision.c.work_id, *later) | elsewhere
    conditions = [
        decision.c.review_id == review_id,
        decision.c.stage == stage.value,
        decision.c.person_id == person_id,
        decision.c.settles.is_(False)
        | (decision.c.verdict == Verdict.NOT_RETRIEVED.value) & given_up,
        decision.c.verdict != Verdict.WITHDRAWN.value,
        ~changed,
    ]
    if sought.verdict is not None:
        conditions.append(decision.c.verdict == sought.verdict.value)
    searched = (work.c.title, work.c.abstract, decision.c.note)
    conditions += [
        or_(*(column.icontains(word, autoescape=True) for column in searched))
        for word in sought.words.split()
    ]
    return conditions
