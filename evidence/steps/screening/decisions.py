"""Decisions on works: the one door through which they are made, and what was decided so far.

The Screening page, Full texts, Conflicts and a person's own decisions all come through `decide`.
"""

from collections.abc import Collection, Sequence

from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import priority
from evidence.store import Connection, Role, Write
from evidence.store.area_versions import Area
from evidence.store.records import works
from evidence.store.records.works import Work
from evidence.store.review import access, reasons
from evidence.store.screening import (
    assignments,
    decision_queries,
    decisions_by_person,
    stage_settings,
)
from evidence.store.screening import decisions as stored
from evidence.store.screening.decision_queries import Decision
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.decisions_by_person import DecisionFilter
from evidence.store.surviving import surviving_ids

LONGEST_NOTE = 2000
NEEDS_REASON = "At full text an exclusion needs a reason; PRISMA counts them."
FOR_ARBITERS = (
    "Conflicts of this review are ended by {names}; an owner says who does, on the page Team."
)
NEEDS_WHY = "Please say in the note why the report could not be retrieved."
NOT_ASKED = (
    "“{title}” was given to others to read in the meantime, so your decision on it does not count."
)


def decide(desk: Desk, decisions: Sequence[NewDecision]) -> int:
    """Keep decisions of the person at the desk, all or none; gives how many were new.

    A decision whose client_id is known already is not kept again. “Not retrieved” holds for all
    who read the work, and Full texts shows it, as long as it is not withdrawn.

    Raises:
        Invalid: an exclusion at full text without a reason, where the review has reasons; “not
            retrieved” without a note that says why; a verdict on an open work that others were
            asked to read; and what the store refuses.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        new = decide_within(w, decisions)
    if new and any(decision.stage is priority.STAGE for decision in decisions):
        priority.learn(desk)
    return new


def decide_within(write: Write, decisions: Sequence[NewDecision]) -> int:
    """Keep decisions of the writing person within a write, by the rules of `decide`."""
    _check_arbiter(write, decisions)
    _check_reasons(write, decisions)
    _check_asked(write, decisions)
    return stored.add(write, decisions)


def unasked(write: Write, stage: Stage, work_ids: Collection[int]) -> set[int]:
    """Those of these surviving works that others were asked to read, and the writing person was
    not. Where people pull from the common queue, everybody is asked, but for works of a pilot.
    """
    ids = set(work_ids)
    others = ids - assignments.assigned_to(write.connection, stage, ids, write.person_id)
    if others and stage_settings.current(write.connection, write.review_id, stage).pulls:
        others &= set(assignments.pilot_readers(write.connection, stage, others))
    return others


def own(
    desk: Desk,
    stage: Stage,
    filter_: DecisionFilter | None = None,
    *,
    offset: int = 0,
    limit: int = 200,
) -> list[Decision]:
    """Decisions of the person at the desk, newest first, as they count now."""
    with desk.reading() as c:
        return decisions_by_person.of_person(
            c, desk.review_id, stage, desk.person_id, limit, offset=offset, filter_=filter_
        )


def count_own(desk: Desk, stage: Stage, filter_: DecisionFilter) -> int:
    """How many decisions of the person at the desk the filter lets through."""
    with desk.reading() as c:
        return decisions_by_person.count_of_person(
            c, desk.review_id, stage, desk.person_id, filter_
        )


def history(desk: Desk, work_id: int) -> tuple[Work, list[Decision]]:
    """A work, and all that was ever decided on it, as far as the person at the desk may know."""
    with desk.reading() as c:
        work = works.get(c, desk.review_id, work_id)
        return work, decision_queries.of_work(c, desk.review_id, work.id, desk.person_id)


def tally(desk: Desk, stage: Stage) -> dict[State, int]:
    """How many works are in each state at a stage."""
    with desk.reading() as c:
        return stored.tally(c, desk.review_id, stage)


def arbiters(desk: Desk) -> list[str]:
    """The names of those who end conflicts here; empty where every reviewer does, and for somebody
    who is one of them.
    """
    with desk.reading() as c:
        return _other_arbiters(c, desk.review_id, desk.person_id)


def _other_arbiters(connection: Connection, review_id: int, person_id: int) -> list[str]:
    ending = [each for each in access.listing(connection, review_id) if each.is_arbiter]
    if person_id in {each.person_id for each in ending}:
        return []
    return [each.name for each in ending]


def _check_arbiter(write: Write, decisions: Sequence[NewDecision]) -> None:
    """Where a review has arbiters, nobody else ends a conflict, or opens one again; that a report
    cannot be had is no judgement.
    """
    ending = [new for new in decisions if new.resolves and not _is_of_retrieval(write, new)]
    names = _other_arbiters(write.connection, write.review_id, write.person_id) if ending else []
    if names:
        raise NotAllowed(FOR_ARBITERS.format(names=", ".join(names)))


def _is_of_retrieval(write: Write, new: NewDecision) -> bool:
    """Whether a decision says that a report cannot be had, or takes that back."""
    if new.verdict is Verdict.NOT_RETRIEVED:
        return True
    if new.verdict is not Verdict.WITHDRAWN or new.stage is not Stage.FULL_TEXT:
        return False
    stands = works.get(write.connection, write.review_id, new.work_id)
    return stands.full_text == State.NOT_RETRIEVED


def _check_reasons(write: Write, decisions: Sequence[NewDecision]) -> None:
    """Refuse an exclusion at full text without a reason, and “not retrieved” without a why."""
    if any(d.verdict is Verdict.NOT_RETRIEVED and not d.note.strip() for d in decisions):
        raise Invalid(NEEDS_WHY)
    if any(_lacks_reason(decision) for decision in decisions) and reasons.listing(
        write.connection, write.review_id
    ):
        raise Invalid(NEEDS_REASON)


def _lacks_reason(decision: NewDecision) -> bool:
    excluded = decision.stage is Stage.FULL_TEXT and decision.verdict is Verdict.EXCLUDE
    return excluded and decision.reason_id is None and not decision.reason_ids


def _check_asked(write: Write, decisions: Sequence[NewDecision]) -> None:
    """Refuse a verdict on an open work that its person was not, or is no longer, asked to read."""
    for stage in Stage:
        judged = {d.work_id for d in decisions if d.stage is stage and _judges(d)}
        ids = set(surviving_ids(write.connection, write.review_id, judged).values())
        others = unasked(write, stage, ids)
        states = stored.titled_states(write.connection, write.review_id, stage, others)
        for title, state in states:
            if state in {State.OPEN, State.NOT_RETRIEVED}:  # a report that is found is open again
                raise Invalid(NOT_ASKED.format(title=title[:80]))


def _judges(decision: NewDecision) -> bool:
    """Whether it is somebody's judgement of a work that they were asked to read."""
    facts = {Verdict.WITHDRAWN, Verdict.NOT_RETRIEVED}
    return not decision.resolves and decision.verdict not in facts
