"""Decisions of screening: added, never changed; the newest of each person counts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, func, insert, select, update

from evidence.citations.record import Reference
from evidence.errors import Invalid
from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict, Vote, resolving_index
from evidence.settings import keeps_times
from evidence.store.area_versions import Area
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.records.references import from_row
from evidence.store.review import team
from evidence.store.schema import decision, reason, study_work, work
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    full_texts,
    stage_settings,
    withdrawals,
    work_states,
)
from evidence.store.screening.full_texts import Search
from evidence.store.surviving import (
    in_state,
    original,
    originals_of,
    reached,
    surviving,
    surviving_id,
    surviving_ids,
    surviving_in,
)

DISCUSSION, THIRD_PERSON = "discussion", "third person"  # how a conflict is resolved
_RESOLVABLE = frozenset({State.CONFLICT, State.MAYBE})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A decision as it comes from the screen.

    Attributes:
        seconds: how long the work was on the screen.
        client_id: made where the key was pressed; the same id is stored once, however often sent.
        resolves: made to end a conflict, in the knowledge of what the others had said; with a
            withdrawal, it takes back such an end.
        reason_ids: all reasons, where there are several; the first of the review's list counts.
        how: how a conflict was resolved, or from which tool the decision came.
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
    """Store decisions of the writing person, who takes part by it; gives how many were new.

    Raises:
        Invalid: a work or a reason of another review, a verdict that the stage does not have, a
            work that has not come to the stage, or a person who was taken out of the team.
    """
    fresh = [_for_all(new) for new in _not_yet_stored(write, decisions)]
    if fresh:
        team.take_part(write)
        _store(write, fresh)
    return len(fresh)


def withdraw(write: Write, decisions: Sequence[NewDecision]) -> None:
    """Store withdrawals that count as a person's who need not be in the team any more; what they
    were never asked to read waits for them no longer. Each is known to stand, and taken back on the
    work it was made for, also where several of these are one by now.
    """
    fresh = _not_yet_stored(write, decisions)
    if not fresh:
        return
    _store(write, fresh, are_checked=True)
    for stage in Stage:
        ids = {new.work_id for new in fresh if new.stage is stage}
        survivors = set(surviving_ids(write.connection, write.review_id, ids).values())
        assignments.drop_unasked(write, stage, survivors)
        assignments_after_merge.refollow(write, stage, survivors)
        refresh(write, stage, survivors)


def _store(write: Write, fresh: Sequence[NewDecision], *, are_checked: bool = False) -> None:
    work_ids = {new.work_id for new in fresh}
    survivors = surviving_ids(write.connection, write.review_id, work_ids)
    positions = _check(write, fresh, survivors)
    for stage in Stage:  # full text comes second: it rests on what was decided just before
        at_stage = [new for new in fresh if new.stage is stage]
        if at_stage:
            if not are_checked:
                at_stage = _check_resolutions(write, stage, at_stage, survivors)
                at_stage = withdrawals.where_said(write, stage, at_stage, survivors)
                placed_ids = {new.work_id for new in at_stage}
                survivors |= surviving_ids(write.connection, write.review_id, placed_ids)
            _add(write, stage, at_stage, survivors, positions)


def _add(
    write: Write,
    stage: Stage,
    fresh: Sequence[NewDecision],
    survivors: Mapping[int, int],
    positions: Mapping[int, int],
) -> None:
    work_ids = {survivors[new.work_id] for new in fresh}
    if stage is Stage.FULL_TEXT:
        judgements = [new for new in fresh if new.verdict is not Verdict.WITHDRAWN]
        _check_included(write, {survivors[new.work_id] for new in judgements})
    with_times = keeps_times()
    rows = [
        write.for_review(
            work_id=new.work_id,
            stage=new.stage.value,
            verdict=new.verdict.value,
            reason_id=_counted_reason(new, positions),
            reason_ids=list(new.reason_ids),
            note=new.note,
            seconds=new.seconds if with_times else None,
            client_id=new.client_id,
            resolves=new.resolves,
            how=new.how,
            **write.by_and_at,
        )
        for new in fresh
    ]
    write.connection.execute(insert(decision), rows)
    # Who resolves a conflict was not asked to read the work, and is not asked again.
    readings = [new for new in fresh if not new.resolves]
    decided = {survivors[new.work_id]: new.verdict is not Verdict.WITHDRAWN for new in readings}
    originals = {survivors[new.work_id]: new.work_id for new in readings}
    assignments.mark_decided(write, stage, decided, originals)
    withdrawn = [work_id for work_id, is_decided in decided.items() if not is_decided]
    assignments_after_merge.refollow(write, stage, withdrawn)
    refresh(write, stage, work_ids)
    if stage is Stage.FULL_TEXT:
        _note_search(write, fresh, survivors)


def _for_all(new: NewDecision) -> NewDecision:
    """That a report cannot be had is a fact and no judgement: one person says it for all."""
    return replace(new, resolves=True) if new.verdict is Verdict.NOT_RETRIEVED else new


def _note_search(write: Write, fresh: Sequence[NewDecision], survivors: Mapping[int, int]) -> None:
    """Let the search for full texts follow what these decisions say of it."""
    given_up = full_texts.given_up(write.connection, {survivors[new.work_id] for new in fresh})
    for new in fresh:
        work_id = survivors[new.work_id]
        if new.verdict is Verdict.NOT_RETRIEVED:
            full_texts.note(write, work_id, Search.NOT_RETRIEVED, new.note)
            given_up.add(work_id)
        elif work_id in given_up:  # taken back, or read by somebody who has it
            full_texts.resume(write, work_id)


def _check_resolutions(
    write: Write, stage: Stage, fresh: Sequence[NewDecision], survivors: Mapping[int, int]
) -> list[NewDecision]:
    """These decisions, complete; of those that resolve a conflict, or take a resolution back, it is
    made sure that there is one.
    """
    work_ids = {
        survivors[new.work_id] for new in fresh if new.resolves or new.verdict is Verdict.WITHDRAWN
    }
    votes = work_states.votes_on(write.connection, stage, work_ids) if work_ids else {}
    states = work_states.stored_states(write.connection, stage, work_ids) if work_ids else {}
    checked = []
    for new in fresh:
        work_id = survivors[new.work_id]
        if work_id in work_ids:
            before = votes.setdefault(work_id, [])
            new = _check_resolution(write.person_id, new, before, states[work_id])  # noqa: PLW2901
            before.append(Vote(write.person_id, new.verdict, new.resolves))
        checked.append(new)
    return checked


def _check_resolution(
    person_id: int, new: NewDecision, before: Sequence[Vote], state: State
) -> NewDecision:
    """A withdrawal by who resolved the conflict takes that back and not what they said before."""
    resolution = resolving_index(before)
    theirs = [index for index, vote in enumerate(before) if vote.person == person_id]
    if new.verdict is Verdict.WITHDRAWN:
        if new.resolves and resolution is None:
            raise Invalid("That was taken back already; please reload the page.")
        if not new.resolves and not _can_withdraw(person_id, before):
            raise Invalid("You have no decision on this work to take back; please reload the page.")
        is_theirs = resolution is not None and resolution == max(theirs, default=None)
        return replace(new, resolves=new.resolves or is_theirs)
    if not new.resolves:
        return new
    if state not in _RESOLVABLE:
        if new.verdict is Verdict.NOT_RETRIEVED:
            return new
        raise Invalid(
            "This work is not in conflict any more, so there is nothing to resolve; "
            "please reload the page."
        )
    is_reader = any(not before[index].resolves for index in theirs)
    return replace(new, how=new.how or (DISCUSSION if is_reader else THIRD_PERSON))


def _can_withdraw(person_id: int, votes: Sequence[Vote]) -> bool:
    """Whether a person has a decision, or has resolved what is resolved now."""
    resolution = resolving_index(votes)
    if resolution is not None and votes[resolution].person == person_id:
        return True
    own = [vote for vote in votes if vote.person == person_id]
    newest = [*own[-1:], *[vote for vote in own if not vote.resolves][-1:]]
    return any(vote.verdict is not Verdict.WITHDRAWN for vote in newest)


def _counted_reason(new: NewDecision, positions: Mapping[int, int]) -> int | None:
    """Of several reasons the first of the review's list, which is the one that is counted."""
    reasons = {*new.reason_ids, *([new.reason_id] if new.reason_id else [])}
    return min(reasons, key=lambda reason_id: (positions[reason_id], reason_id), default=None)


def refresh(write: Write, stage: Stage, work_ids: Iterable[int]) -> None:
    """Work out anew what the decisions on these surviving works come to.

    Decisions made on a work before it was merged into another count for the surviving one.
    """
    settings = stage_settings.current(write.connection, write.review_id, stage)
    for ids in batches(set(work_ids)):
        stored = work_states.stored_states(write.connection, stage, ids)
        states = work_states.consensus_of(write.connection, stage, ids, settings)
        changed = {id_: state for id_, state in states.items() if stored.get(id_) is not state}
        store_states(write, stage, changed)


def store_states(write: Write, stage: Stage, states: Mapping[int, State]) -> None:
    """Store what decisions come to, as worked out in this transaction."""
    if states:
        query = update(work).where(work.c.id == bindparam("w"))
        write.connection.execute(
            query.values({stage.value: bindparam("state")}),
            [{"w": work_id, "state": state.value} for work_id, state in states.items()],
        )
        if any(_report_a_study(write.connection, ids) for ids in batches(states)):
            write.touch(Area.RESULTS)


def _report_a_study(connection: Connection, work_ids: Collection[int]) -> bool:
    """Whether one of these surviving works reports a study; its state may drop the study."""
    query = (
        select(study_work.c.work_id)
        .join(original, original.c.id == study_work.c.work_id)
        .where(originals_of(work_ids))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def works_in_state(
    connection: Connection, review_id: int, stage: Stage, *, state: State, limit: int | None = None
) -> list[ToScreen]:
    """The next works that are in this state at this stage, in the order of their import; all
    without a limit.
    """
    conditions = *surviving_in(review_id), *in_state(stage, state)
    query = select(work).where(*conditions).order_by(work.c.id).limit(limit)
    return [
        ToScreen(id=row["id"], reference=from_row(row))
        for row in connection.execute(query).mappings()
    ]


def works_by_id(
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
    query = (
        select(surviving.c.title, surviving.c[stage.value])
        .select_from(original)
        .join(surviving, surviving.c.id == surviving_id)
        .where(original.c.review_id == review_id, original.c.id.in_(list(work_ids)))
    )
    return [(title, State(state)) for title, state in connection.execute(query)]


def tally(connection: Connection, review_id: int, stage: Stage) -> dict[State, int]:
    """How many surviving works are in each state at a stage."""
    column = work.c[stage.value]
    query = (
        select(column, func.count())
        .where(*surviving_in(review_id), *reached(stage))
        .group_by(column)
    )
    counts = {State(state): int(count) for state, count in connection.execute(query)}
    return {state: counts.get(state, 0) for state in State}


def _not_yet_stored(write: Write, decisions: Sequence[NewDecision]) -> list[NewDecision]:
    """Without those whose client_id is stored already, and without repeats among themselves."""
    by_client_id = {new.client_id: new for new in reversed(decisions)}
    query = select(decision.c.client_id).where(
        decision.c.review_id == write.review_id,
        decision.c.person_id == write.person_id,
        decision.c.client_id.in_(list(by_client_id)),
    )
    stored = set(write.connection.execute(query).scalars())
    return [new for key, new in reversed(by_client_id.items()) if key not in stored]


def _check(
    write: Write, decisions: Sequence[NewDecision], survivors: Mapping[int, int]
) -> dict[int, int]:
    """Refuse what cannot be; gives the positions of the review's reasons in its list."""
    query = select(reason.c.id, reason.c.position).where(reason.c.review_id == write.review_id)
    positions = {int(row.id): int(row.position) for row in write.connection.execute(query)}
    for new in decisions:
        if new.work_id not in survivors:
            raise Invalid(f"Work {new.work_id} does not belong to this review.")
        for reason_id in (new.reason_id, *new.reason_ids):
            if reason_id is not None and reason_id not in positions:
                raise Invalid(f"Reason {reason_id} does not belong to this review.")
        if new.verdict is not Verdict.WITHDRAWN and new.verdict not in ALLOWED[new.stage]:
            raise Invalid(f"“{new.verdict}” cannot be said at this stage.")
    return positions


def _check_included(write: Write, work_ids: Collection[int]) -> None:
    query = select(work.c.title).where(
        work.c.id.in_(list(work_ids)), work.c.title_abstract != State.INCLUDE.value
    )
    title = write.connection.execute(query.limit(1)).scalar_one_or_none()
    if title is not None:
        raise Invalid(f"“{title[:80]}” is not included by title and abstract, or no longer is.")
