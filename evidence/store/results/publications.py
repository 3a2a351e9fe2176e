"""What a review published: addresses with a secret, versions below them, and their finished bytes.

A version is never changed. An address that is withdrawn or has come to its end is looked up in the
same way as one that never was, so that neither time nor words tell them apart.
"""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import (
    person,
    public_address,
    publication,
    publication_file,
    publication_version,
)

_publication, _version, _file = publication.c, publication_version.c, publication_file.c
_address = public_address.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A finished part, as `new_file` makes it.

    Attributes:
        part: its name, one of each in a version.
        digest: SHA-256 of its bytes.
        policy: its policy of content; empty where it is no page.
        size: how many bytes it has.
        content: compressed with gzip.
    """

    part: str
    digest: str
    policy: str
    size: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """An address of a review.

    Attributes:
        token: the secret part of the address; empty where it has none, having come in an archive.
        ends_on: the last day on which it is read, as 2027-03-31; empty for no end.
        withdrawn_at: since when nobody reads it.
        person: who made it.
    """

    id: int
    review_id: int
    token: str
    ends_on: str
    withdrawn_at: datetime | None
    takes_comments: bool
    person: str
    at: datetime

    def is_open(self, today: date) -> bool:
        """Whether people read it on this day."""
        return (
            bool(self.token)
            and self.withdrawn_at is None
            and (not self.ends_on or self.ends_on >= str(today))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVersion:
    """What stood under an address from a day on.

    Attributes:
        words: what stands around its parts.
        chosen: what was chosen for it.
        person: who published it.
    """

    id: int
    number: int
    title: str
    words: Mapping[str, str]
    chosen: Mapping[str, Any]
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A finished part without its bytes, which `content` gives.

    Attributes:
        digest: SHA-256 of its bytes.
        policy: its policy of content; empty where it is no page.
        size: how many bytes.
    """

    id: int
    part: str
    digest: str
    policy: str
    size: int


def new_file(part: str, content: bytes, policy: str = "") -> NewFile:
    """A part as it is kept; compressed before anybody holds the review."""
    return NewFile(
        part=part,
        digest=hashlib.sha256(content).hexdigest(),
        policy=policy,
        size=len(content),
        content=gzip.compress(content, mtime=0),
    )


def content_of(file: NewFile) -> bytes:
    """The bytes of a part that is not kept yet."""
    return gzip.decompress(file.content)


def token_hash(token: str) -> str:
    """What a token is looked up by: comparing hashes tells nothing of how much of it was right."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def add(write: Write, token: str, *, takes_comments: bool, ends_on: str = "") -> int:
    """Make an address; gives its number."""
    values = write.for_review(ends_on=ends_on, takes_comments=takes_comments, **write.by_and_at)
    row = insert(publication).values(**values).returning(_publication.id)
    publication_id = int(write.connection.execute(row).scalar_one())
    give_address(write, publication_id, token)
    return publication_id


def give_address(write: Write, publication_id: int, token: str) -> None:
    """Let a publication that has no address be read under this one."""
    values = {"publication_id": publication_id, "token": token, "token_hash": token_hash(token)}
    write.connection.execute(insert(public_address).values(**values))


def add_version(
    write: Write,
    publication_id: int,
    title: str,
    words: Mapping[str, str],
    chosen: Mapping[str, Any],
    files: Sequence[NewFile],
) -> int:
    """Put the next version under an address; gives its number.

    Raises:
        NotFound: the review has no such address.
    """
    get(write.connection, write.review_id, publication_id)
    highest = select(func.max(_version.number)).where(_version.publication_id == publication_id)
    number = (write.connection.execute(highest).scalar_one() or 0) + 1
    row = insert(publication_version).values(
        publication_id=publication_id,
        number=number,
        title=title,
        words=dict(words),
        chosen=dict(chosen),
        **write.by_and_at,
    )
    version_id = write.connection.execute(row.returning(_version.id)).scalar_one()
    write.connection.execute(
        insert(publication_file), [{"version_id": version_id, **asdict(each)} for each in files]
    )
    after = {"version": number, "chosen": dict(chosen)}
    events.note(write, EventKind.PUBLISHED, f"version {number} of “{title}”", after=after)
    return number


def change(
    write: Write,
    publication_id: int,
    *,
    ends_on: str,
    withdrawn_at: datetime | None,
    takes_comments: bool,
) -> None:
    """Let an address be read so from now on.

    Raises:
        NotFound: the review has no such address.
    """
    before = get(write.connection, write.review_id, publication_id)
    values = {
        "ends_on": ends_on,
        "withdrawn_at": withdrawn_at,
        "takes_comments": takes_comments,
    }
    write.connection.execute(
        update(publication).where(_publication.id == publication_id).values(**values)
    )
    events.note(
        write,
        EventKind.PUBLICATION_CHANGED,
        f"publication of {before.at:%Y-%m-%d}",
        before=_told(before.ends_on, before.withdrawn_at, takes_comments=before.takes_comments),
        after=_told(ends_on, withdrawn_at, takes_comments=takes_comments),
    )


def listing(connection: Connection, review_id: int) -> list[Publication]:
    """The addresses of a review, newest first."""
    query = _publications().where(_publication.review_id == review_id)
    rows = connection.execute(query.order_by(_publication.id.desc())).mappings()
    return [Publication(**row) for row in rows]


def get(connection: Connection, review_id: int, publication_id: int) -> Publication:
    """One of them.

    Raises:
        NotFound: the review has no such address.
    """
    query = _publications().where(
        _publication.review_id == review_id, _publication.id == publication_id
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("publication", publication_id)
    return Publication(**row)


def open_one(connection: Connection, token: str, today: date) -> Publication:
    """The address with this token, where people read it on this day.

    Raises:
        NotFound: nobody reads one with this token, whatever the reason.
    """
    query = _publications().where(
        _address.token_hash == token_hash(token),
        _publication.withdrawn_at.is_(None),
        or_(_publication.ends_on == "", _publication.ends_on >= str(today)),
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("publication", 0)
    return Publication(**row)


def versions(connection: Connection, publication_id: int) -> list[PublishedVersion]:
    """The versions under an address, newest first."""
    names = ("id", "number", "title", "words", "chosen", "at")
    query = (
        select(*(_version[name] for name in names), person.c.name.label("person"))
        .join(person, person.c.id == _version.person_id)
        .where(_version.publication_id == publication_id)
        .order_by(_version.number.desc())
    )
    return [PublishedVersion(**row) for row in connection.execute(query).mappings()]


def files(connection: Connection, version_id: int) -> dict[str, PublishedFile]:
    """The parts of a version, by their names."""
    names = ("id", "part", "digest", "policy", "size")
    query = select(*(_file[name] for name in names)).where(_file.version_id == version_id)
    rows = connection.execute(query.order_by(_file.id)).mappings()
    return {row["part"]: PublishedFile(**row) for row in rows}


def content(connection: Connection, file_id: int) -> bytes:
    """The bytes of a part, compressed with gzip.

    Raises:
        NotFound: there is no such part.
    """
    row = connection.execute(select(_file.content).where(_file.id == file_id)).one_or_none()
    if row is None:
        raise NotFound("part of a publication", file_id)
    return bytes(row.content)


def _publications() -> Any:
    names = ("id", "review_id", "ends_on", "withdrawn_at", "takes_comments", "at")
    return (
        select(
            *(_publication[name] for name in names),
            func.coalesce(_address.token, "").label("token"),
            person.c.name.label("person"),
        )
        .join(person, person.c.id == _publication.person_id)
        .outerjoin(public_address, _address.publication_id == _publication.id)
    )


def _told(ends_on: str, withdrawn_at: datetime | None, *, takes_comments: bool) -> dict[str, Any]:
    return {
        "ends_on": ends_on,
        "withdrawn": withdrawn_at is not None,
        "takes_comments": takes_comments,
    }
