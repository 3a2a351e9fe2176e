"""Whether the person at the desk is in the team, and what that lets them do."""

from evidence.errors import NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.review.team import BY_INVITATION
from evidence.store import Role, permission
from evidence.store.permission import Standing
from evidence.store.review import team
from evidence.store.review.team import Removal


def standing(desk: Desk) -> Standing:
    """The role of the person at the desk, and whether they belong to the review."""
    with desk.reading() as c:
        return permission.standing(c, desk.review_id, desk.person_id)


def may_screen(desk: Desk) -> bool:
    """Whether the person at the desk may decide on works, and be given some."""
    return standing(desk).role >= Role.REVIEWER


def removal(desk: Desk) -> Removal | None:
    """When the person at the desk was taken out of the team; None for who is in it or never was."""
    with desk.reading() as c:
        return team.removal(c, desk.review_id, desk.person_id)


def join(desk: Desk) -> None:
    """Enter the team; who was taken out stays out.

    Raises:
        NotAllowed: they were taken out; or people come in by invitation on this server.
    """
    if desk.store.private and not standing(desk).belongs:
        raise NotAllowed(BY_INVITATION)
    with desk.writing(Role.READER) as w:  # without accounts, everybody may take part
        team.take_part(w)
