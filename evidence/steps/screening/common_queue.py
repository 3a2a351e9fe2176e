"""Taking works from the common queue: by an act of the person, never by looking at a page.

Whoever presses “Begin” gets the first works; whoever decides or skips gets more before they run
out. What somebody holds is shown on Team (held_works.py).
"""

from datetime import UTC, datetime

from evidence.errors import WaymarkError
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import priority
from evidence.store import Connection, Role, permission
from evidence.store.area_versions import Area
from evidence.store.review import team
from evidence.store.screening import assignments, decisions, queue, stage_settings

LOADED = 20  # works that a person holds, so that the next appears at once
REFILL_BELOW = 12  # works before a person; with fewer the common queue is asked for more


def begin(desk: Desk, stage: Stage) -> None:
    """Take works from the common queue, up to LOADED before the person at the desk.

    Who made the review takes part by it, where they did not yet. Nothing is taken where people
    read only what is assigned to them, where all that is open is with others, and as long as a work
    of a pilot waits for them: what would lie behind it is left to colleagues.

    Raises:
        NotAllowed: they are not in the team, or may only look.
    """
    with desk.writing(Role.REVIEWER, areas=Area.SCREENING) as w:
        team.take_part(w)
        settings = stage_settings.current(w.connection, w.review_id, stage)
        in_pilot = assignments.waits_in_pilot(w.connection, w.review_id, stage, w.person_id)
        if in_pilot or not settings.pulls:
            return
        queue.give_back(w, stage)
        held = assignments.count_unskipped(
            w.connection, w.review_id, stage, w.person_id, most=LOADED
        )
        order = priority.order_of(desk.store, w.connection, w.review_id, settings, stage)
        queue.pull(w, stage, settings, LOADED - held, order.works, order.chance)


def refill(desk: Desk, stage: Stage) -> None:
    """Take more works for somebody who goes on screening, where few are left before them.

    What was decided is kept by then; so a refusal, or a database that is busy, is no trouble here:
    the next decision asks again.
    """
    try:
        with desk.reading() as c:
            needed = _needs_more(desk, c, stage)
        if needed:
            begin(desk, stage)
    except WaymarkError:
        return


def can_begin(desk: Desk, connection: Connection, stage: Stage) -> bool:
    """Whether the common queue has something for a person who has nothing before them."""
    review_id, person_id = desk.review_id, desk.person_id
    if assignments.count_waiting(connection, review_id, stage, person_id):
        return False
    if permission.standing(connection, review_id, person_id).role < Role.REVIEWER:
        return False
    settings = stage_settings.current(connection, review_id, stage)
    now = datetime.now(UTC)
    return settings.pulls and queue.any_free(connection, review_id, stage, person_id, settings, now)


def _needs_more(desk: Desk, c: Connection, stage: Stage) -> bool:
    review_id, person_id = desk.review_id, desk.person_id
    waiting = assignments.count_unskipped(c, review_id, stage, person_id, REFILL_BELOW)
    return (
        stage_settings.current(c, review_id, stage).pulls
        and waiting < REFILL_BELOW
        and waiting < decisions.tally(c, review_id, stage)[State.OPEN]
        and not assignments.waits_in_pilot(c, review_id, stage, person_id)
    )
