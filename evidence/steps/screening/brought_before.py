"""What of a file was brought before, and what of it its people declined then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.screening.brought_in import Settled
from evidence.store import Write
from evidence.store.screening import brought_decisions
from evidence.store.screening.brought_decisions import NewBroughtDecision


@dataclass(frozen=True, slots=True)
class Found:
    """What of a file is new.

    Attributes:
        new: was not brought before.
        repeated: how many were.
        declined: how many their person declined before.
        carried: of these those that no file has which stands.
    """

    new: Sequence[NewBroughtDecision]
    repeated: int
    declined: int
    carried: Sequence[NewBroughtDecision]


def sort_out(write: Write, rows: Iterable[NewBroughtDecision]) -> Found:
    """Tell what of a file is new from what was brought before, or was declined by its person.

    Who brings her own wants what she declined after all.
    """
    known_before = brought_decisions.signatures(write.connection, write.review_id)
    declined = brought_decisions.declined(write.connection, write.review_id)
    new: list[NewBroughtDecision] = []
    carried: list[NewBroughtDecision] = []
    repeated = again = 0
    for row in rows:
        key = brought_decisions.signature(row)
        if key in known_before:
            repeated += 1
        elif key in declined and row.person_id != write.person_id:
            again += 1
            if not declined[key]:
                carried.append(row)
        else:
            new.append(row)
    return Found(new, repeated, again, carried)


def keep_declined(write: Write, file_id: int, rows: Sequence[NewBroughtDecision]) -> None:
    """Keep as declined what people declined of files that were taken back, so that they can let it
    wait again; what they declined of a file that stands is listed there.
    """
    brought_decisions.add(write, file_id, rows)
    for person_id in {row.person_id for row in rows if row.person_id is not None}:
        keys = {brought_decisions.signature(row) for row in rows if row.person_id == person_id}
        waiting = brought_decisions.of_person(
            write.connection, file_id, person_id, [Settled.WAITING]
        )
        ids = [row.id for row in waiting if brought_decisions.signature(row) in keys]
        brought_decisions.settle(write, ids, Settled.DECLINED, person_id)
