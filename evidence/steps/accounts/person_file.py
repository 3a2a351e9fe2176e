"""Everything about one person as a file: for themselves, or from the terminal for somebody else."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import IO

from evidence.errors import Invalid
from evidence.store import Store, audit
from evidence.store.archive import of_person
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import people
from evidence.store.review.people import Person

PIECE = 1 << 16  # bytes
NOBODY = "Nobody is called “{whom}” here, and nobody has that number."
SEVERAL = "{many} people are called “{whom}” here; name one by number: {numbers}."


def write(
    store: Store, person_id: int, out: IO[bytes], *, by: int | None, address: str = ""
) -> int:
    """Write the file of a person; gives how many rows it has. The audit says that it was taken.

    Args:
        store: in which to look.
        person_id: about whom.
        out: where to.
        by: who takes it: the person, or None for the command line, whose user holds the database.
        address: from which machine.

    Raises:
        Invalid: nobody has the number.
    """
    if by is not None and by != person_id:
        raise Invalid("Only whoever it is about may take this file away here.")
    now = datetime.now(UTC)
    with store.reading_outside(at_one_moment=True) as c:
        about = people.find(c, person_id)
        if about is None:
            raise Invalid(NOBODY.format(whom=person_id))
        rows = of_person.write(c, about.id, about.name, out, at=now, private=store.private)
    if store.private:
        with store.writing_outside() as c:
            actor = Actor(person_id=by, address=address)
            audit.note(c, AuditKind.PERSON_TAKEN_AWAY, actor, now, subject=f"person {person_id}")
    return rows


def pieces(store: Store, person_id: int, *, address: str = "") -> Iterator[bytes]:
    """Somebody's own file, which is whole before its first piece is given."""
    with ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        write(store, person_id, file, by=person_id, address=address)
        file.seek(0)
        closing = stack.pop_all()
    return _pieces(file, closing)


def _pieces(file: IO[bytes], closing: ExitStack) -> Iterator[bytes]:
    with closing:
        while piece := file.read(PIECE):
            yield piece


def found(store: Store, whom: str) -> Person:
    """The person of a number or, where only one has it, of a name.

    Raises:
        Invalid: there is none, or several have the name.
    """
    with store.reading_outside() as c:
        everybody = people.everybody(c)
    named = [each for each in everybody if each.name == whom]
    if not named and whom.isascii() and whom.isdecimal():
        named = [each for each in everybody if str(each.id) == whom]
    if not named:
        raise Invalid(NOBODY.format(whom=whom))
    if len(named) > 1:
        numbers = ", ".join(str(each.id) for each in named)
        raise Invalid(SEVERAL.format(many=len(named), whom=whom, numbers=numbers))
    return named[0]
