"""Who is to code which study with a scheme, by hand, at random or in a pilot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, delete, exists, func, insert, select, update

from evidence.store.coding.seen_codings import COMPLETE
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import coding, coding_assignment, coding_pilot, person, study


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Somebody who is to code studies.

    Attributes:
        given: how many studies were given to them.
        complete: how many of these they have coded completely.
    """

    person_id: int
    name: str
    given: int
    complete: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingPilot:
    """A pilot of coding.

    Attributes:
        studies: their ids.
        coders: its people, each with how far they are.
        ended_at: when somebody ended it; what was not coded by then is asked of nobody.
    """

    id: int
    scheme_id: int
    name: str
    by: str
    at: datetime
    ended_at: datetime | None
    studies: tuple[int, ...]
    coders: tuple[Coder, ...]

    @property
    def is_over(self) -> bool:
        """Nobody has anything more to code in it."""
        return all(coder.complete == coder.given for coder in self.coders)


def give(
    write: Write, scheme_id: int, pairs: Collection[tuple[int, int]], pilot_id: int | None = None
) -> int:
    """Let people code studies; gives how many of the (study, person) pairs are new.

    The studies and people are the review's own; the steps see to it.
    """
    known: set[tuple[int, int]] = set()
    for batch in batches({study_id for study_id, _ in pairs}):
        query = select(coding_assignment.c.study_id, coding_assignment.c.person_id).where(
            coding_assignment.c.scheme_id == scheme_id, coding_assignment.c.study_id.in_(batch)
        )
        known |= {(row.study_id, row.person_id) for row in write.connection.execute(query)}
    rows = [
        {
            "scheme_id": scheme_id,
            "study_id": study_id,
            "person_id": person_id,
            "pilot_id": pilot_id,
            "assigned_by": write.person_id,
            "assigned_at": write.at,
        }
        for study_id, person_id in pairs
        if (study_id, person_id) not in known
    ]
    if rows:
        write.connection.execute(insert(coding_assignment), rows)
    return len(rows)


def take_back(write: Write, scheme_id: int, person_id: int, study_ids: Collection[int]) -> int:
    """Ask these studies of a person no more, where they have not coded them completely; gives how
    many. A draft that they began stays theirs.
    """
    done = exists().where(
        coding.c.study_id == coding_assignment.c.study_id,
        coding.c.scheme_id == scheme_id,
        coding.c.person_id == person_id,
        ~coding.c.is_agreed,
        coding.c.state == COMPLETE,
    )
    count = 0
    for batch in batches(study_ids):
        query = delete(coding_assignment).where(
            coding_assignment.c.scheme_id == scheme_id,
            coding_assignment.c.person_id == person_id,
            coding_assignment.c.study_id.in_(batch),
            ~done,
        )
        count += write.connection.execute(query).rowcount
    return count


def of_person(connection: Connection, scheme_id: int, person_id: int) -> set[int]:
    """The studies that are given to a person."""
    query = select(coding_assignment.c.study_id).where(
        coding_assignment.c.scheme_id == scheme_id, coding_assignment.c.person_id == person_id
    )
    return set(connection.execute(query).scalars())


def outside_pilots(connection: Connection, scheme_id: int, person_id: int) -> set[int]:
    """The studies that are given to a person in no pilot."""
    query = select(coding_assignment.c.study_id).where(
        coding_assignment.c.scheme_id == scheme_id,
        coding_assignment.c.person_id == person_id,
        coding_assignment.c.pilot_id.is_(None),
    )
    return set(connection.execute(query).scalars())


def open_to(person_ids: Collection[int]) -> ColumnElement[bool]:
    """That a row of `coding_assignment` is of one of these people, and of no pilot."""
    return coding_assignment.c.person_id.in_(person_ids) & coding_assignment.c.pilot_id.is_(None)


def in_pilot(pilot_id: int) -> ColumnElement[bool]:
    """That a row of `coding_assignment` is of a pilot."""
    return func.coalesce(coding_assignment.c.pilot_id, 0) == pilot_id


def by_study(connection: Connection, scheme_id: int) -> dict[int, tuple[int, ...]]:
    """For each study that is given to anybody: to whom."""
    query = (
        select(coding_assignment.c.study_id, coding_assignment.c.person_id)
        .where(coding_assignment.c.scheme_id == scheme_id)
        .order_by(coding_assignment.c.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for study_id, person_id in connection.execute(query):
        found[study_id] = (*found.get(study_id, ()), person_id)
    return found


def names(
    connection: Connection, scheme_id: int, study_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """The names of those to whom each of these studies is given."""
    found: dict[int, tuple[str, ...]] = {}
    for batch in batches(study_ids):
        query = (
            select(coding_assignment.c.study_id, person.c.name)
            .join(person, person.c.id == coding_assignment.c.person_id)
            .where(
                coding_assignment.c.scheme_id == scheme_id, coding_assignment.c.study_id.in_(batch)
            )
            .order_by(coding_assignment.c.id)
        )
        for study_id, name in connection.execute(query):
            found[study_id] = (*found.get(study_id, ()), name)
    return found


def coders(connection: Connection, scheme_id: int) -> tuple[Coder, ...]:
    """Everybody to whom studies are given, by name, with how far they are."""
    return _coders(connection, scheme_id).get(None, ())


def _coders(
    connection: Connection, scheme_id: int, *, by_pilot: bool = False
) -> dict[int | None, tuple[Coder, ...]]:
    done = exists().where(
        coding.c.study_id == coding_assignment.c.study_id,
        coding.c.scheme_id == scheme_id,
        coding.c.person_id == coding_assignment.c.person_id,
        ~coding.c.is_agreed,
        coding.c.state == COMPLETE,
    )
    pilot = [coding_assignment.c.pilot_id] if by_pilot else []
    query = (
        select(
            coding_assignment.c.person_id,
            person.c.name,
            func.count().label("given"),
            func.count(case((done, 1))).label("complete"),
            *pilot,
        )
        .join(person, person.c.id == coding_assignment.c.person_id)
        .where(coding_assignment.c.scheme_id == scheme_id)
        .group_by(coding_assignment.c.person_id, person.c.name, *pilot)
        .order_by(person.c.name, coding_assignment.c.person_id)
    )
    found: dict[int | None, tuple[Coder, ...]] = {}
    for row in connection.execute(query).mappings():
        values = {name: row[name] for name in ("person_id", "name", "given", "complete")}
        key = row["pilot_id"] if by_pilot else None
        found[key] = (*found.get(key, ()), Coder(**values))
    return found


def begin_pilot(
    write: Write,
    scheme_id: int,
    name: str,
    study_ids: Sequence[int],
    person_ids: Sequence[int],
) -> int:
    """Let all these people code all these studies; gives the pilot's id."""
    values = {
        "scheme_id": scheme_id,
        "name": name,
        "created_by": write.person_id,
        "created_at": write.at,
    }
    query = insert(coding_pilot).values(**values).returning(coding_pilot.c.id)
    pilot_id = int(write.connection.execute(query).scalar_one())
    pairs = [(study_id, person_id) for study_id in study_ids for person_id in person_ids]
    give(write, scheme_id, pairs, pilot_id)
    return pilot_id


def end_pilot(write: Write, scheme_id: int, pilot_id: int) -> None:
    """Ask nobody any more for what was not coded in a pilot; complete codings stay and count."""
    pilot = (coding_pilot.c.id == pilot_id) & (coding_pilot.c.scheme_id == scheme_id)
    write.connection.execute(update(coding_pilot).where(pilot).values(ended_at=write.at))
    query = select(coding_assignment.c.person_id, coding_assignment.c.study_id).where(
        coding_assignment.c.scheme_id == scheme_id, coding_assignment.c.pilot_id == pilot_id
    )
    of_pilot: dict[int, list[int]] = {}
    for person_id, study_id in write.connection.execute(query):
        of_pilot.setdefault(person_id, []).append(study_id)
    for person_id, study_ids in of_pilot.items():
        take_back(write, scheme_id, person_id, study_ids)


def pilots(connection: Connection, scheme_id: int) -> list[CodingPilot]:
    """The pilots of a scheme, the newest first."""
    query = (
        select(coding_pilot, person.c.name.label("by"))
        .join(person, person.c.id == coding_pilot.c.created_by)
        .where(coding_pilot.c.scheme_id == scheme_id)
        .order_by(coding_pilot.c.id.desc())
    )
    people = _coders(connection, scheme_id, by_pilot=True)
    studies: dict[int, dict[int, None]] = {}
    named = select(coding_assignment.c.pilot_id, coding_assignment.c.study_id).where(
        coding_assignment.c.scheme_id == scheme_id, coding_assignment.c.pilot_id.isnot(None)
    )
    for pilot_id, study_id in connection.execute(named.order_by(coding_assignment.c.id)):
        studies.setdefault(pilot_id, {})[study_id] = None
    return [
        CodingPilot(
            id=row["id"],
            scheme_id=scheme_id,
            name=row["name"],
            by=row["by"],
            at=row["created_at"],
            ended_at=row["ended_at"],
            studies=tuple(studies.get(row["id"], {})),
            coders=people.get(row["id"], ()),
        )
        for row in connection.execute(query).mappings()
    ]


def uncoded(connection: Connection, review_id: int, scheme_id: int) -> list[int]:
    """The studies that nobody codes, has coded or is to code with a scheme, in their order."""
    begun = exists().where(coding.c.study_id == study.c.id, coding.c.scheme_id == scheme_id)
    given = exists().where(
        coding_assignment.c.study_id == study.c.id, coding_assignment.c.scheme_id == scheme_id
    )
    query = select(study.c.id).where(study.c.review_id == review_id, ~begun, ~given)
    return list(connection.execute(query.order_by(func.lower(study.c.label), study.c.id)).scalars())
