"""Conflicts: works on which people differ or are unsure, what each decided, and resolutions."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening.decisions import LONGEST_NOTE, decide
from evidence.store.id_batches import batches
from evidence.store.review import reasons, reviews, terms
from evidence.store.review.reasons import Reason
from evidence.store.review.terms import Terms
from evidence.store.screening import decisions
from evidence.store.screening import resolutions as stored
from evidence.store.screening.decisions import NewDecision, ToScreen
from evidence.store.screening.resolutions import PastDecision, ResolvedConflict

SHOWN = 200  # resolved works that are listed
SEARCHED = 500  # works among which those that were skipped are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A work in conflict, or one that is “maybe”.

    Attributes:
        current: what each person says now, and a resolution that others went on to dispute.
        history: everything that was decided, oldest first.
        involved: the person at the desk is one of those who judged it.
    """

    work: ToScreen
    state: State
    current: Sequence[PastDecision]
    history: Sequence[PastDecision]
    involved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContext:
    """What stands beside a work in conflict: criteria, reasons, and terms to colour."""

    criteria: Sequence[str]
    reasons: Sequence[Reason]
    terms: Terms


def next_conflict(
    desk: Desk, stage: Stage, state: State, skipped: Collection[int] = ()
) -> Conflict | None:
    """The first work in this state that was not skipped; None without any."""
    with desk.reading() as c:
        waiting = decisions.works_in_state(c, desk.review_id, stage, state=state, limit=SEARCHED)
        work = next((work for work in waiting if work.id not in skipped), None)
    if work is None:
        return None
    return _conflict(desk, state, work, history(desk, stage, work.id))


def listing(desk: Desk, stage: Stage, state: State) -> list[Conflict]:
    """All works in this state, in the order of their import."""
    past: dict[int, list[PastDecision]] = {}
    with desk.reading() as c:
        waiting = decisions.works_in_state(c, desk.review_id, stage, state=state)
        for ids in batches([work.id for work in waiting]):
            past |= stored.history_of(c, desk.review_id, stage, ids, desk.person_id)
    return [_conflict(desk, state, work, past.get(work.id, [])) for work in waiting]


def _conflict(desk: Desk, state: State, work: ToScreen, past: Sequence[PastDecision]) -> Conflict:
    return Conflict(
        work=work,
        state=state,
        current=[decision for decision in past if decision.counts],
        history=past,
        involved=any(
            decision.person_id == desk.person_id and not decision.resolves for decision in past
        ),
    )


def review_context(desk: Desk) -> ReviewContext:
    """What helps to decide."""
    with desk.reading() as c:
        return ReviewContext(
            criteria=reviews.get(c, desk.review_id).criteria,
            reasons=reasons.listing(c, desk.review_id),
            terms=terms.get(c, desk.review_id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a conflict resolution.

    Attributes:
        how: DISCUSSION or THIRD_PERSON.
        note: why.
    """

    verdict: Verdict
    how: str
    reason_id: int | None = None
    note: str = ""


def resolve(desk: Desk, stage: Stage, work_id: int, resolution: Resolution) -> None:
    """End a conflict, in the knowledge of what all decided.

    Raises:
        Invalid: somebody resolved it meanwhile; or an exclusion at full text without a reason.
    """
    decide(
        desk,
        [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=resolution.verdict,
                client_id=f"settled-{uuid.uuid4()}",
                reason_id=resolution.reason_id if resolution.verdict is Verdict.EXCLUDE else None,
                note=resolution.note.strip()[:LONGEST_NOTE],
                resolves=True,
                how=resolution.how,
            )
        ],
    )


def reopen(desk: Desk, stage: Stage, work_id: int, note: str = "") -> None:
    """Open a conflict again, whoever had resolved it; what people had decided before counts again.

    Raises:
        Invalid: somebody took it back meanwhile.
    """
    decide(
        desk,
        [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=Verdict.WITHDRAWN,
                client_id=f"unsettled-{uuid.uuid4()}",
                note=note.strip()[:LONGEST_NOTE],
                resolves=True,
            )
        ],
    )


def resolutions(desk: Desk, stage: Stage) -> list[ResolvedConflict]:
    """Works whose conflict somebody resolved, newest first."""
    with desk.reading() as c:
        return stored.newest(c, desk.review_id, stage, desk.person_id, limit=SHOWN)


def history(desk: Desk, stage: Stage, work_id: int) -> list[PastDecision]:
    """All decisions on a work at a stage, oldest first, as far as the person may know them."""
    with desk.reading() as c:
        return stored.history_of(c, desk.review_id, stage, [work_id], desk.person_id).get(
            work_id, []
        )
