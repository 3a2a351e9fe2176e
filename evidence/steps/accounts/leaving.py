"""Somebody who leaves the server for good gets a pseudonym; what they did stays and counts."""

from datetime import UTC, datetime

from evidence.errors import Invalid, NotAllowed
from evidence.steps.accounts.administration import NOBODY, refuse_without_administrator
from evidence.steps.accounts.invitations import require_administrator
from evidence.steps.review import team
from evidence.store import Connection, Store, Write, audit
from evidence.store.accounts import administrators, leaving
from evidence.store.area_versions import EVERYTHING
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import access, people

LEFT = "They have a pseudonym already."
OWNS_ALONE = (
    "They alone own {which}, which nobody could look after then. "
    "An owner must be added there first."
)


def pseudonymise(store: Store, person_id: int | None, whom: int, address: str = "") -> str:
    """Give somebody a pseudonym wherever their name stands, and delete by what they came in.

    They leave all reviews. What they decided and coded stays and counts. Gives the pseudonym; the
    audit tells that it was done, and never the name.

    Args:
        store: of the server.
        person_id: who does it; None for whoever runs the server.
        whom: who leaves.
        address: from which machine.

    Raises:
        NotAllowed: who asks does not look after the server, nobody would any more, or nobody would
            own a review any more.
        Invalid: nobody has the number, or they have a pseudonym.
    """
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        administrators.hold(c)
        require_administrator(c, person_id)
        found = people.find(c, whom)
        if found is None:
            raise Invalid(NOBODY)
        if leaving.is_pseudonym(found.name):
            raise Invalid(LEFT)
        refuse_without_administrator(c, whom)
        mine = leaving.reviews_to_leave(c, whom)
        _refuse_only_owner(c, whom, mine)
        for review_id in people.reviews_of(c, whom) | set(mine):
            write = Write(connection=c, review_id=review_id, person_id=whom, at=now)
            write.touch(EVERYTHING)  # the name is in answers that are kept
            if review_id in mine:
                team.leave(write, whom)
        pseudonym = leaving.next_pseudonym(c)
        leaving.rename(c, whom, pseudonym, now)
        by = None if person_id == whom else person_id
        actor = Actor(person_id=by, address=address)
        audit.note(c, AuditKind.PSEUDONYMISED, actor, now, subject=pseudonym)
    return pseudonym


def _refuse_only_owner(connection: Connection, whom: int, review_ids: list[int]) -> None:
    alone = [
        each
        for each in review_ids
        if access.owners(connection, each) == {whom} and not leaving.is_example(connection, each)
    ]
    if alone:
        numbers = ", ".join(map(str, alone))
        which = f"review {numbers}" if len(alone) == 1 else f"the reviews {numbers}"
        raise NotAllowed(OWNS_ALONE.format(which=which))
