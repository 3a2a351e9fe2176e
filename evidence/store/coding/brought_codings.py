"""That codings of files were brought in: by whom, from which file, and what it made.

The rows themselves are made in brought_rows.py and taken back in undo_brought_codings.py.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evidence.errors import NotFound
from evidence.store.coding import coders
from evidence.store.coding.brought_rows import BROUGHT, Counts, Whose
from evidence.store.coding.seen_codings import COMPLETE
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import (
    brought_coding,
    coded_file,
    coding,
    imported_file,
    person,
    source,
    study,
    study_work,
)
from evidence.store.surviving import original, surviving_id

_COUNTS = "counts"  # stands beside the ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """That the coding of a file was brought in.

    Attributes:
        person: whose it is; of an agreed coding, who brought it.
        made: ids of `studies`, `versions` and `works` that it made or included.
        counts: how much came in, by the names of brought_rows.Counts.
    """

    id: int
    coded_file_id: int
    file: str
    person_id: int
    person: str
    is_agreed: bool
    brought_by: int
    by: str
    at: datetime
    made: Mapping[str, list[int]]
    counts: Mapping[str, int]
    undone_at: datetime | None


def begin(write: Write, coded_file_id: int, whose: Whose) -> int:
    """Note that a coding is brought in; gives its id."""
    query = insert(brought_coding).values(
        coded_file_id=coded_file_id,
        person_id=whose.person_id,
        is_agreed=whose.is_agreed,
        brought_by=write.person_id,
        brought_at=write.at,
        made={},
    )
    return int(write.connection.execute(query.returning(brought_coding.c.id)).scalar_one())


def still_coded(
    connection: Connection, review_id: int, coded: Collection[tuple[int, int]]
) -> list[str]:
    """The labels of studies that somebody has begun to code and that are not coded by all who are
    asked yet, so that what others say of them must not be heard.

    Args:
        connection: to the database.
        review_id: of the review.
        coded: studies, each with the scheme with which it is coded.
    """
    found: dict[int, str] = {}
    for scheme_id in {scheme_id for _, scheme_id in coded}:
        study_ids = [study_id for study_id, of_scheme in coded if of_scheme == scheme_id]
        stand = coders.of_studies(connection, review_id, scheme_id, study_ids=study_ids)
        for batch in batches(study_ids):
            query = (
                select(study.c.id, study.c.label, coding.c.state)
                .join(coding, coding.c.study_id == study.c.id)
                .where(study.c.id.in_(batch), coding.c.scheme_id == scheme_id, ~coding.c.is_agreed)
            )
            for study_id, label, state in connection.execute(query):
                of_study = stand[study_id]
                waits = state != COMPLETE or of_study.complete < of_study.asked
                if waits and not of_study.is_agreed:
                    found[study_id] = label
    return sorted(found.values())


def note_made(
    write: Write, brought_id: int, made: Mapping[str, Sequence[int]], counts: Counts
) -> None:
    """Keep what was made, for taking it back, and how much it was."""
    kept = {**{name: list(ids) for name, ids in made.items()}, _COUNTS: asdict(counts)}
    here = update(brought_coding).where(brought_coding.c.id == brought_id)
    write.connection.execute(here.values(made=kept))


def listing(connection: Connection, review_id: int) -> list[Brought]:
    """What was ever brought in, the oldest first."""
    by = person.alias("by")
    query = (
        select(
            *(
                brought_coding.c[name]
                for name in ("id", "coded_file_id", "person_id", "is_agreed", "brought_by", "made")
            ),
            brought_coding.c.undone_at,
            brought_coding.c.brought_at.label("at"),
            coded_file.c.name.label("file"),
            person.c.name.label("person"),
            by.c.name.label("by"),
        )
        .join(coded_file, coded_file.c.id == brought_coding.c.coded_file_id)
        .join(imported_file, imported_file.c.id == coded_file.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .join(person, person.c.id == brought_coding.c.person_id)
        .join(by, by.c.id == brought_coding.c.brought_by)
        .where(source.c.review_id == review_id)
        .order_by(brought_coding.c.id)
    )
    return [
        Brought(**{**row, "counts": row["made"].get(_COUNTS, {})})
        for row in connection.execute(query).mappings()
    ]


def get(connection: Connection, review_id: int, brought_id: int) -> Brought:
    """One of them; raises NotFound."""
    for each in listing(connection, review_id):
        if each.id == brought_id:
            return each
    raise NotFound("coding that was brought in", brought_id)


def files_of(connection: Connection, review_id: int, client_ids: Collection[str]) -> dict[str, str]:
    """The files from which lines of history with these client ids came, by these."""
    ids = {each.removeprefix(BROUGHT) for each in client_ids if each.startswith(BROUGHT)}
    if not ids:
        return {}
    every = listing(connection, review_id)
    return {f"{BROUGHT}{one.id}": one.file for one in every if str(one.id) in ids}


def studies_of_works(connection: Connection, review_id: int) -> dict[int, int]:
    """For each work that reports a study, that study; the first, where duplicates gave two."""
    query = (
        select(surviving_id, study.c.id)
        .select_from(study_work)
        .join(study, study.c.id == study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .where(study.c.review_id == review_id)
        .order_by(study.c.id.desc())
    )
    return {int(work_id): int(study_id) for work_id, study_id in connection.execute(query)}


def works_of_studies(connection: Connection, study_ids: Collection[int]) -> set[int]:
    """The surviving works that report these studies."""
    found: set[int] = set()
    for batch in batches(study_ids):
        query = (
            select(surviving_id)
            .select_from(study_work)
            .join(original, original.c.id == study_work.c.work_id)
            .where(study_work.c.study_id.in_(batch))
        )
        found |= set(connection.execute(query).scalars())
    return found


def works_of_other_studies(
    connection: Connection, work_ids: Collection[int], study_ids: Collection[int]
) -> set[int]:
    """Those of these works that report another study than these."""
    found: set[int] = set()
    for batch in batches(work_ids):
        query = select(study_work.c.work_id, study_work.c.study_id)
        rows = connection.execute(query.where(study_work.c.work_id.in_(batch)))
        found |= {work_id for work_id, study_id in rows if study_id not in study_ids}
    return found
