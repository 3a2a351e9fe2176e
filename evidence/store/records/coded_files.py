"""Files of EPPI-Reviewer that are kept with their coding, until it is brought in and after."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from evidence.errors import NotFound
from evidence.store.engine import Write
from evidence.store.schema import coded_file, imported_file, person, record, source
from evidence.store.schema.column_types import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedFile:
    """A kept file.

    Attributes:
        file_id: of the imported file whose records are its references.
    """

    id: int
    file_id: int
    name: str
    sha256: str
    added_by: str
    added_at: datetime


def keep(write: Write, file_id: int, name: str, content: bytes) -> None:
    """Keep a file with its coding; one that is kept already stays once."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = select(coded_file.c.id).where(
        coded_file.c.file_id == file_id, coded_file.c.sha256 == sha256
    )
    if write.connection.execute(known).first() is not None:
        return
    write.connection.execute(
        insert(coded_file).values(
            file_id=file_id,
            name=clean(name),
            sha256=sha256,
            content=zlib.compress(content, 6),
            added_by=write.person_id,
            added_at=write.at,
        )
    )


def listing(connection: Connection, review_id: int) -> list[CodedFile]:
    """The files of a review, in the order in which they came."""
    query = (
        select(
            coded_file.c.id,
            coded_file.c.file_id,
            coded_file.c.name,
            coded_file.c.sha256,
            coded_file.c.added_at,
            person.c.name.label("added_by"),
        )
        .join(imported_file, imported_file.c.id == coded_file.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .join(person, person.c.id == coded_file.c.added_by)
        .where(source.c.review_id == review_id)
        .order_by(coded_file.c.id)
    )
    return [CodedFile(**row) for row in connection.execute(query).mappings()]


def get(connection: Connection, review_id: int, coded_file_id: int) -> CodedFile:
    """One of them; raises NotFound."""
    for each in listing(connection, review_id):
        if each.id == coded_file_id:
            return each
    raise NotFound("file with a coding", coded_file_id)


def content(connection: Connection, coded_file_id: int) -> bytes:
    """The file itself."""
    query = select(coded_file.c.content).where(coded_file.c.id == coded_file_id)
    return zlib.decompress(connection.execute(query).scalar_one())


def size(connection: Connection, coded_file_id: int) -> int:
    """How many bytes are kept of it."""
    query = select(func.length(coded_file.c.content)).where(coded_file.c.id == coded_file_id)
    return int(connection.execute(query).scalar_one())


def hand_over(write: Write, from_file_id: int, to_file_id: int) -> bool:
    """Let the references of a file be records of another that has the same; gives whether there
    was anything to hand over that the other does not have.
    """
    c = write.connection
    there = select(coded_file.c.sha256).where(coded_file.c.file_id == to_file_id)
    handed = c.execute(
        update(coded_file)
        .where(coded_file.c.file_id == from_file_id, coded_file.c.sha256.not_in(there))
        .values(file_id=to_file_id)
    )
    return handed.rowcount > 0


def works_by_line(connection: Connection, file_id: int) -> dict[int, int]:
    """For each record of a file, by its line, the work that holds it now."""
    query = select(record.c.line, record.c.work_id).where(record.c.file_id == file_id)
    return {int(line): int(work_id) for line, work_id in connection.execute(query)}
