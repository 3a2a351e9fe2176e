"""Who has access to a review on a server for teams: seeing it, and changing roles.

Ending access is leaving the team: steps/review/team.py.
"""

from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.store import Role, Write, audit
from evidence.store.area_versions import Area
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import access
from evidence.store.review.access import Access

GONE = "They have no access to this review any more; please reload the page."
NO_ARBITER = "{name} is {role} of this review; who ends conflicts must be a reviewer at least."


def listing(desk: Desk) -> list[Access]:
    """Who has access to the review, owners first."""
    with desk.reading() as c:
        return access.listing(c, desk.review_id)


def change_role(desk: Desk, person_id: int, role: Role) -> None:
    """Give somebody who has access another role; an owner may step down, too.

    Raises:
        NotAllowed: nobody would own the review then.
        Invalid: they have no access any more.
    """
    with desk.writing(Role.OWNER, areas=Area.SCREENING) as w:
        theirs = _access(w, person_id)
        if theirs.role is role:
            return
        if role < Role.OWNER:
            team.refuse_without_owner(w, person_id)
        if theirs.is_arbiter and role < Role.REVIEWER:
            access.set_arbiter(w, person_id, is_arbiter=False)
        access.set_role(w, person_id, role)
        _note(w, AuditKind.ROLE_CHANGED, f"{theirs.name}: {role.words}")


def change_arbiter(desk: Desk, person_id: int, *, is_arbiter: bool) -> None:
    """Say whether somebody ends conflicts; where a review has arbiters, only they do.

    Raises:
        NotAllowed: they only read.
        Invalid: they have no access any more.
    """
    with desk.writing(Role.OWNER, areas=Area.SCREENING) as w:
        theirs = _access(w, person_id)
        if theirs.is_arbiter is is_arbiter:
            return
        if is_arbiter and theirs.role < Role.REVIEWER:
            raise NotAllowed(NO_ARBITER.format(name=theirs.name, role=theirs.role.words))
        access.set_arbiter(w, person_id, is_arbiter=is_arbiter)
        words = "arbiter" if is_arbiter else "no arbiter any more"
        _note(w, AuditKind.ROLE_CHANGED, f"{theirs.name}: {words}")


def _access(write: Write, person_id: int) -> Access:
    for theirs in access.listing(write.connection, write.review_id):
        if theirs.person_id == person_id:
            return theirs
    raise Invalid(GONE)


def _note(write: Write, kind: AuditKind, subject: str) -> None:
    actor = Actor(person_id=write.person_id)
    audit.note(write.connection, kind, actor, write.at, subject=subject, review_id=write.review_id)
