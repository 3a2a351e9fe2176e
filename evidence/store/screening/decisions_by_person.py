"""A person's own decisions: searched, counted, and how long they took."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, select

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store.records import searching
from evidence.store.schema import decision, work
from evidence.store.screening.decision_queries import Decision, load, select_decisions
from evidence.store.surviving import original, survivor_of

_later = decision.alias("later")
_decided = work.alias("decided")  # the work on which a decision was made
_survivor = work.alias("survivor")  # the work that holds its records now
_sibling = work.alias("sibling")  # works whose records the survivor holds now


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """Which decisions of a person to list.

    Attributes:
        words: a search (citations/search.py) of title, abstract and note.
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
    filter_: DecisionFilter | None = None,
) -> list[Decision]:
    """A person's decisions, newest first, each work once with what counts now.

    Those that ended a conflict are left out, as they are the work's and not the person's
    (store/screening/resolutions.py lists them), but for what says that a report was not retrieved.
    """
    query = (
        select_decisions()
        .where(*_counted(review_id, stage, person_id, filter_ or DecisionFilter()))
        .order_by(decision.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return load(connection, review_id, query)


def count_of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int, filter_: DecisionFilter
) -> int:
    """How many decisions of a person these are."""
    query = (
        select(func.count())
        .select_from(decision)
        .where(*_counted(review_id, stage, person_id, filter_))
    )
    if filter_.words.strip():
        query = query.join(original, original.c.id == decision.c.work_id)
    return int(connection.execute(query).scalar_one())


def _counted(
    review_id: int, stage: Stage, person_id: int, filter_: DecisionFilter
) -> list[ColumnElement[bool]]:
    """A person's decisions after which they decided nothing else on the same work, or on one that
    is merged with it now.

    Asked as “there is no later one”, so that the newest few are found without a look at all.
    """
    survivor = survivor_of(_decided)
    given_up = exists().where(
        _decided.c.id == decision.c.work_id,
        _survivor.c.id == survivor,
        _survivor.c.full_text == State.NOT_RETRIEVED.value,
    )
    later = (
        _later.c.stage == decision.c.stage,
        _later.c.person_id == decision.c.person_id,
        _later.c.id > decision.c.id,
        _later.c.resolves.is_(False)
        | decision.c.resolves
        | (_later.c.verdict == Verdict.NOT_RETRIEVED.value) & given_up,
    )
    on_sibling = exists().where(
        _decided.c.id == decision.c.work_id,
        (_sibling.c.id == survivor) | (_sibling.c.merged_into == survivor),
        _sibling.c.id != decision.c.work_id,
        _later.c.work_id == _sibling.c.id,
        *later,
    )
    changed = exists().where(_later.c.work_id == decision.c.work_id, *later) | on_sibling
    conditions = [
        decision.c.review_id == review_id,
        decision.c.stage == stage.value,
        decision.c.person_id == person_id,
        decision.c.resolves.is_(False)
        | (decision.c.verdict == Verdict.NOT_RETRIEVED.value) & given_up,
        decision.c.verdict != Verdict.WITHDRAWN.value,
        ~changed,
    ]
    if filter_.verdict is not None:
        conditions.append(decision.c.verdict == filter_.verdict.value)
    searched = (original.c.title, original.c.abstract, decision.c.note)
    return conditions + searching.conditions(
        filter_.words, searched, lambda name: original.c.doi.startswith(name, autoescape=True)
    )
