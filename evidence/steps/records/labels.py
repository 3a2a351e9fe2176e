"""Labels on works."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import Area
from evidence.store.records import labels, works
from evidence.store.records.labels import Label

LONGEST = 60  # letters of a label's name


def listing(desk: Desk) -> list[Label]:
    """The labels of the review."""
    with desk.reading() as c:
        return labels.listing(c, desk.review_id)


def of_work(desk: Desk, work_id: int) -> list[str]:
    """The labels on a work, as far as the person at the desk may see them."""
    with desk.reading() as c:
        names = labels.on_works(c, desk.review_id, [work_id], desk.person_id)
        return names.get(work_id, [])


def drop_unused(desk: Desk) -> None:
    """Delete labels that no work has."""
    with desk.writing(Role.REVIEWER, areas=Area.LABELS) as w:
        labels.drop_unused(w)


def rename(desk: Desk, label_id: int, name: str) -> None:
    """Give a label another name, on all works that carry it.

    Raises:
        Invalid: no name, one that is too long, or the name of another label.
        NotFound: the review has no such label.
    """
    with desk.writing(Role.REVIEWER, areas=Area.LABELS) as w:
        labels.rename(w, label_id, _checked(name))


def set_label(write: Write, work_id: int, name: str, *, on: bool) -> None:
    """Put a label on a work or take an own one off; a new name makes a new label.

    Raises:
        Invalid: a name that is empty or too long.
        NotFound: a work of another review.
    """
    name = _checked(name)
    work = works.get(write.connection, write.review_id, work_id)
    if on:
        labels.put(write, work.id, name)
    else:
        labels.take_off(write, work.id, name)


def _checked(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST:
        raise Invalid(f"A label needs a name of at most {LONGEST} letters.")
    return name
