"""Works on which people differ or are unsure: what each said, and how it is settled."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import decisions as screening_decisions
from evidence.store.review import reviews
from evidence.store.review.reviews import Reason, Terms
from evidence.store.screening import decisions
from evidence.store.screening import resolutions as stored
from evidence.store.screening.decisions import NewDecision, ToScreen
from evidence.store.screening.resolutions import PastDecision, ResolvedConflict

SHOWN = 200  # resolved works that are listed
LOOKED_AT = 500  # works among which those that were skipped are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A work that asks for somebody's word.

    Attributes:
        voices: what each person says now, and a settlement that others went on to dispute.
        history: everything that was said, oldest first.
        spoke: the person at the desk is one of those who judged it.
    """

    work: ToScreen
    state: State
    voices: Sequence[PastDecision]
    history: Sequence[PastDecision]
    spoke: bool


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
        waiting = decisions.works_in_state(c, desk.review_id, stage, state=state, limit=LOOKED_AT)
        work = next((one for one in waiting if one.id not in skipped), None)
        if work is None:
            return None
        told = stored.history_of(c, desk.review_id, stage, [work.id], desk.person_id)
    said = told.get(work.id, [])
    return Conflict(
        work=work,
        state=state,
        voices=[one for one in said if one.counts],
        history=said,
        spoke=any(one.person_id == desk.person_id and not one.resolves for one in said),
    )


def review_context(desk: Desk) -> ReviewContext:
    """What helps to decide."""
    with desk.reading() as c:
        return ReviewContext(
            criteria=reviews.get(c, desk.review_id).criteria,
            reasons=reviews.reasons(c, desk.review_id),
            terms=reviews.terms(c, desk.review_id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a conflict ends.

    Attributes:
        how: DISCUSSION or THIRD_PERSON.
        note: why.
    """

    verdict: Verdict
    how: str
    reason_id: int | None = None
    note: str = ""


def resolve(desk: Desk, stage: Stage, work_id: int, ends: Resolution) -> None:
    """End a conflict, in the knowledge of what all said.

    Raises:
        Invalid: somebody settled it meanwhile; or an exclusion at full text without a reason.
    """
    screening_decisions.decide(
        desk,
        [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=ends.verdict,
                client_id=f"settled-{uuid.uuid4()}",
                reason_id=ends.reason_id if ends.verdict is Verdict.EXCLUDE else None,
                note=ends.note.strip()[: screening_decisions.LONGEST_NOTE],
                resolves=True,
                how=ends.how,
            )
        ],
    )


def reopen(desk: Desk, stage: Stage, work_id: int, note: str = "") -> None:
    """Open a conflict again, whoever had settled it; what people had said before counts again.

    Raises:
        Invalid: somebody took it back meanwhile.
    """
    screening_decisions.decide(
        desk,
        [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=Verdict.WITHDRAWN,
                client_id=f"unsettled-{uuid.uuid4()}",
                note=note.strip()[: screening_decisions.LONGEST_NOTE],
                resolves=True,
            )
        ],
    )


def resolutions(desk: Desk, stage: Stage) -> list[ResolvedConflict]:
    """Works that somebody settled, newest first."""
    with desk.reading() as c:
        return stored.newest(c, desk.review_id, stage, desk.person_id, limit=SHOWN)


def history(desk: Desk, stage: Stage, work_id: int) -> list[PastDecision]:
    """Everything that was said of a work at a stage, as far as the person at the desk may know."""
    with desk.reading() as c:
        return stored.history_of(c, desk.review_id, stage, [work_id], desk.person_id).get(
            work_id, []
        )
