"""Decisions of screening: added, never changed; the newest of each person counts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    func,
    insert,
    select,
    update,
)

from evidence.citations.record import Reference
from evidence.errors import Invalid
from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict, Vote, resolving_index
from evidence.store.engine import Write
from evidence.store.records.references import from_row
from evidence.store.review import team
from evidence.store.schema import decision, reason, work
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    consensus,
    full_texts,
    stage_settings,
)
from evidence.store.screening.full_texts import Search

DISCUSSION, THIRD_PERSON = (
    "discussion",
    "third person",
)  # how a conflict is settled
_ASKING = frozenset({State.CONFLICT, State.MAYBE})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A decision as it comes from the screen.

    Attributes:
        seconds: how long the record was on the screen.
        client_id: made where the key was pressed; the same id is stored once, however often sent.
        resolves: made to end a conflict, in the knowledge of what the others had said; with a
            withdrawal, it takes back what settled the work.
        reason_ids: all reasons, where there are several; the first of the review's list counts.
        how: how a conflict was settled, or from which tool the decision came.
    """

    work_id: int
    stage: Stage
    verdict: Verdict
    client_id: str
    reason_id: int | None = None
    reason_ids: tuple[int, ...] = ()
    note: str = ""
    seconds: float | None = None
    resolves: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToScreen:
    """A work that waits for a decision."""

    id: int
    reference: Reference


def add(write: Write, decisions: Sequence[NewDecision]) -> int:
    """Keep decisions of the writing person; gives how many were new.

    Raises:
        Invalid: a work or a reason of another review, a verdict that the stage does not have, a
            work that has not come to the stage, or a person who was taken out of the team.
    """
    fresh = [_for_all(new) for new in _not_yet_kept(write, decisions)]
    if not fresh:
        return 0
    team.take_part(write)
    roots = roots_of(write, {new.work_id for new in fresh})
    places = _check(write, fresh, roots)
    for stage in Stage:  # full text comes second: it rests on what was just said before
        _add(write, stage, [new for new in fresh if new.stage is stage], roots, places)
    return len(fresh)


def _add(
    write: Write,
    stage: Stage,
    fresh: Sequence[NewDecision],
    roots: Mapping[int, int],
    places: Mapping[int, int],
) -> None:
    if not fresh:
        return
    works = {roots[new.work_id] for new in fresh}
    if stage is Stage.FULL_TEXT:
        _check_included(write, works)
    fresh = _with_settlements(write, stage, fresh, roots)
    rows = [
        write.for_review(
            work_id=new.work_id,
            stage=new.stage.value,
            person_id=write.person_id,
            verdict=new.verdict.value,
            reason_id=_first(new, places),
            reason_ids=list(new.reason_ids),
            note=new.note,
            seconds=new.seconds,
            client_id=new.client_id,
            settles=new.resolves,
            how=new.how,
            at=write.at,
        )
        for new in fresh
    ]
    write.connection.execute(insert(decision), rows)
    # Who settles was not asked to read the work, and is not asked again.
    own = [new for new in fresh if not new.resolves]
    said = {roots[new.work_id]: new.verdict is not Verdict.WITHDRAWN for new in own}
    assignments.done(write, stage, said, {roots[new.work_id]: new.work_id for new in own})
    assignments_after_merge.again(
        write, stage, [work_id for work_id, decided in said.items() if not decided]
    )
    refresh(write, stage, works)
    if stage is Stage.FULL_TEXT:
        _note_search(write, fresh, roots)


def _for_all(new: NewDecision) -> NewDecision:
    """That a report cannot be had is a fact and no judgement: one person says it for all."""
    return replace(new, resolves=True) if new.verdict is Verdict.NOT_RETRIEVED else new


def _note_search(write: Write, fresh: Sequence[NewDecision], roots: Mapping[int, int]) -> None:
    """Let the search for full texts follow what these decisions say of it."""
    for new in fresh:
        work_id = roots[new.work_id]
        if new.verdict is Verdict.NOT_RETRIEVED:
            full_texts.note(write, work_id, Search.NOT_RETRIEVED, new.note)
        elif new.verdict is Verdict.WITHDRAWN:
            full_texts.resume(write, work_id)


def _with_settlements(
    write: Write, stage: Stage, fresh: Sequence[NewDecision], roots: Mapping[int, int]
) -> list[NewDecision]:
    """The same decisions; of those about a settlement it is made sure that there is one to make
    or to take back.
    """
    works = {
        roots[new.work_id] for new in fresh if new.resolves or new.verdict is Verdict.WITHDRAWN
    }
    said = consensus.votes_on(write.connection, stage, works) if works else {}
    states_now = consensus.stored_states(write.connection, stage, works) if works else {}
    checked = []
    for new in fresh:
        work_id = roots[new.work_id]
        if work_id in works:
            before = said.setdefault(work_id, [])
            one = _settling(write.person_id, new, before, states_now[work_id])
            before.append(Vote(write.person_id, one.verdict, one.resolves))
            checked.append(one)
        else:
            checked.append(new)
    return checked


def _settling(me: int, new: NewDecision, before: Sequence[Vote], state: State) -> NewDecision:
    """A withdrawal by who settled the work takes back that and not what they had said before."""
    settled = resolving_index(before)
    own = [at for at, said in enumerate(before) if said.person == me]
    if new.verdict is Verdict.WITHDRAWN:
        if new.resolves and settled is None:
            raise Invalid("That was taken back already; please reload the page.")
        mine = settled is not None and settled == max(own, default=None)
        return replace(new, resolves=new.resolves or mine)
    if not new.resolves:
        return new
    if state not in _ASKING:
        if new.verdict is Verdict.NOT_RETRIEVED:
            return new
        raise Invalid(
            "This record is not in conflict any more, so there is nothing to settle; "
            "please reload the page."
        )
    spoke = any(not before[at].resolves for at in own)
    return replace(new, how=new.how or (DISCUSSION if spoke else THIRD_PERSON))


def _first(new: NewDecision, places: Mapping[int, int]) -> int | None:
    """Of several reasons the first of the review's list, which is the one that is counted."""
    reasons = {*new.reason_ids, *([new.reason_id] if new.reason_id else [])}
    return min(reasons, key=lambda one: (places[one], one), default=None)


def refresh(write: Write, stage: Stage, work_ids: Iterable[int]) -> None:
    """Work out anew what the decisions on these live works come to.

    Decisions made on a work before it was joined to another count for the work that holds its
    records now.
    """
    settings = stage_settings.current(write.connection, write.review_id, stage)
    for ids in consensus.portions(list(work_ids)):
        now = consensus.stored_states(write.connection, stage, ids)
        then = consensus.consensus_of(write.connection, stage, ids, settings)
        note_states(
            write, stage, {one: state for one, state in then.items() if now.get(one) is not state}
        )


def refresh_all(write: Write, stage: Stage) -> None:
    """Work out anew what all decisions of a stage come to, after its rules were changed."""
    settings = stage_settings.current(write.connection, write.review_id, stage)
    moved = consensus.changes(write.connection, write.review_id, stage, settings)
    note_states(write, stage, {work_id: then for work_id, _, then in moved})


def note_states(write: Write, stage: Stage, come_to: Mapping[int, State]) -> None:
    """Keep what decisions come to, as worked out in this transaction."""
    if come_to:
        here = update(work).where(work.c.id == bindparam("w"))
        write.connection.execute(
            here.values({stage.value: bindparam("state")}),
            [{"w": work_id, "state": state.value} for work_id, state in come_to.items()],
        )


def queue(
    connection: Connection, review_id: int, stage: Stage, *, state: State, limit: int
) -> list[ToScreen]:
    """The next works that are in this state at this stage, in the order of their import."""
    conditions = _in_state(review_id, stage, state)
    query = select(work).where(*conditions).order_by(work.c.id).limit(limit)
    return [
        ToScreen(id=row["id"], reference=from_row(row))
        for row in connection.execute(query).mappings()
    ]


def works_of(
    connection: Connection, review_id: int, work_ids: Iterable[int]
) -> dict[int, ToScreen]:
    """These works, as a screening page shows them."""
    query = select(work).where(work.c.review_id == review_id, work.c.id.in_(list(work_ids)))
    return {
        row["id"]: ToScreen(id=row["id"], reference=from_row(row))
        for row in connection.execute(query).mappings()
    }


def titled_states(
    connection: Connection, review_id: int, stage: Stage, work_ids: Collection[int]
) -> list[tuple[str, State]]:
    """(title, state) of these works, or of the works that hold their records now."""
    holder = work.alias("holder")
    query = (
        select(holder.c.title, holder.c[stage.value])
        .select_from(work)
        .join(holder, holder.c.id == func.coalesce(work.c.merged_into, work.c.id))
        .where(work.c.review_id == review_id, work.c.id.in_(list(work_ids)))
    )
    return [(title, State(state)) for title, state in connection.execute(query)]


def tally(connection: Connection, review_id: int, stage: Stage) -> dict[State, int]:
    """How many live works are in each state at a stage."""
    column = work.c[stage.value]
    conditions = [work.c.review_id == review_id, work.c.merged_into.is_(None)]
    if stage is Stage.FULL_TEXT:
        conditions.append(work.c.title_abstract == State.INCLUDE.value)
    query = select(column, func.count()).where(*conditions).group_by(column)
    found = {State(state): int(count) for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def _not_yet_kept(write: Write, decisions: Sequence[NewDecision]) -> list[NewDecision]:
    """Without those whose client_id is known, and without repeats among themselves."""
    once = {new.client_id: new for new in reversed(decisions)}
    query = select(decision.c.client_id).where(
        decision.c.review_id == write.review_id,
        decision.c.person_id == write.person_id,
        decision.c.client_id.in_(list(once)),
    )
    kept = set(write.connection.execute(query).scalars())
    return [new for key, new in reversed(once.items()) if key not in kept]


def roots_of(write: Write, work_ids: set[int]) -> dict[int, int]:
    """For each work of this review, the work that holds its records now."""
    query = select(work.c.id, func.coalesce(work.c.merged_into, work.c.id)).where(
        work.c.review_id == write.review_id, work.c.id.in_(list(work_ids))
    )
    return {int(work_id): int(root) for work_id, root in write.connection.execute(query)}


def _check(
    write: Write, decisions: Sequence[NewDecision], roots: Mapping[int, int]
) -> dict[int, int]:
    """Refuse what cannot be; gives the places of the review's reasons in its list."""
    query = select(reason.c.id, reason.c.position).where(reason.c.review_id == write.review_id)
    places = {int(row.id): int(row.position) for row in write.connection.execute(query)}
    for new in decisions:
        if new.work_id not in roots:
            raise Invalid(f"Work {new.work_id} does not belong to this review.")
        for one in (new.reason_id, *new.reason_ids):
            if one is not None and one not in places:
                raise Invalid(f"Reason {one} does not belong to this review.")
        if new.verdict is not Verdict.WITHDRAWN and new.verdict not in ALLOWED[new.stage]:
            raise Invalid(f"“{new.verdict}” cannot be said at this stage.")
    return places


def _check_included(write: Write, work_ids: Collection[int]) -> None:
    query = select(work.c.title).where(
        work.c.id.in_(list(work_ids)), work.c.title_abstract != State.INCLUDE.value
    )
    title = write.connection.execute(query.limit(1)).scalar_one_or_none()
    if title is not None:
        raise Invalid(f"“{title[:80]}” is not included by title and abstract, or no longer is.")


def _in_state(review_id: int, stage: Stage, state: State) -> list[ColumnElement[bool]]:
    conditions = [
        work.c.review_id == review_id,
        work.c.merged_into.is_(None),
        work.c[stage.value] == state.value,
    ]
    if stage is Stage.FULL_TEXT:
        conditions.append(work.c.title_abstract == State.INCLUDE.value)
    return conditions
