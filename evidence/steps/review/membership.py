"""Whether the person at the desk is in the team, and what that lets them do."""

from evidence.steps.desk import Desk
from evidence.store.review import team
from evidence.store.review.team import Removal


def leads(desk: Desk) -> bool:
    """Whether the person at the desk may change how the review works: one of the team, or who made
    the review.
    """
    with desk.reading() as c:
        return team.leads(c, desk.review_id, desk.person_id)


def removal(desk: Desk) -> Removal | None:
    """When the person at the desk was taken out of the team; None for who is in it or never was."""
    with desk.reading() as c:
        return team.removal(c, desk.review_id, desk.person_id)


def join(desk: Desk) -> None:
    """Enter the team, as one does by screening a work; who was taken out stays out.

    Raises:
        Invalid: they were taken out.
    """
    with desk.writing() as w:
        team.take_part(w)
