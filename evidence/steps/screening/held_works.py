"""Works that people hold: shown to all, and given back before their time."""

from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.store import Role, events
from evidence.store.area_versions import Area
from evidence.store.events import EventKind
from evidence.store.screening import assignments, assignments_after_merge, holds
from evidence.store.screening.assignments import How
from evidence.store.screening.holds import Hold


def listing(desk: Desk) -> list[Hold]:
    """What everybody holds now, at both stages."""
    with desk.reading() as c:
        return holds.listing(c, desk.review_id, datetime.now(UTC))


def can_release(hold: Hold, role: Role, person_id: int) -> bool:
    """Whether a person of this role may release this: their own, and as an editor all others'.

    Works of a pilot stay until the pilot is ended, because all must read the same.
    """
    least = Role.REVIEWER if hold.person_id == person_id else Role.EDITOR
    return hold.how is not How.PILOT and role >= least


def release(desk: Desk, stage: Stage, person_id: int) -> int:
    """Give back what somebody holds at a stage, pilots apart; gives how many works that were.

    What they decided stands. What they decide on these works afterwards, because their page still
    shows one or was cut off, counts as with any work that they were not asked to read: it is kept
    where people take from the common queue, and refused where they read what is assigned to them.

    Raises:
        NotAllowed: it is somebody else's, and the person at the desk is no editor.
        Invalid: they hold nothing any more.
    """
    role = Role.REVIEWER if person_id == desk.person_id else Role.EDITOR
    with desk.writing(role, areas=Area.SCREENING) as w:
        freed = assignments.unassign(w, stage, [person_id])
        if not freed:
            raise Invalid("Nothing is held there any more; please reload the page.")
        assignments_after_merge.refollow(w, stage, set(freed))
        after = {"works": len(freed)}
        events.note(w, EventKind.WORKS_TAKEN_BACK, stage.value, to_person=person_id, after=after)
    return len(freed)
