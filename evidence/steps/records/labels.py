"""Labels on works."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.records import labels, works
from evidence.store.records.labels import Label

LONGEST = 60  # letters of a label's name


def listing(desk: Desk) -> list[Label]:
    """The labels of the review."""
    with desk.reading() as c:
        return labels.all_of(c, desk.review_id)


def of_work(desk: Desk, work_id: int) -> list[str]:
    """The labels on a work, as far as the person at the desk may know them."""
    with desk.reading() as c:
        found = labels.on_works(c, desk.review_id, [work_id], desk.person_id)
        return found.get(work_id, [])


def put(desk: Desk, work_id: int, name: str) -> None:
    """Put a label on a work; a new name makes a new label."""
    with desk.writing(Role.REVIEWER) as w:
        set_in(w, work_id, name, on=True)


def take_off(desk: Desk, work_id: int, name: str) -> None:
    """Take an own label off a work."""
    with desk.writing(Role.REVIEWER) as w:
        set_in(w, work_id, name, on=False)


def drop_unused(desk: Desk) -> None:
    """Forget labels that no work carries."""
    with desk.writing(Role.REVIEWER) as w:
        labels.drop_unused(w)


def set_in(write: Write, work_id: int, name: str, *, on: bool) -> None:
    """Put a label on or take it off, inside a transaction.

    Raises:
        Invalid: a name that is empty or too long.
        NotFound: a work of another review.
    """
    wanted = " ".join(name.replace("\x00", "").split())
    if not wanted or len(wanted) > LONGEST:
        raise Invalid(f"A label needs a name of at most {LONGEST} letters.")
    work = works.get(write.connection, write.review_id, work_id)
    if on:
        labels.put(write, work.id, wanted)
    else:
        labels.take_off(write, work.id, wanted)
