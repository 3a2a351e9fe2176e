"""Comments of readers on what was published, and how the authors left each.

A comment is never changed; each answer is a row of its own, of which the newest counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import comment_answer, person, publication, reader_comment

_comment, _answer = reader_comment.c, comment_answer.c


class CommentState(StrEnum):
    """How a comment stands. The codes stand in databases and never change."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComment:
    """What a reader sent.

    Attributes:
        version: number of the version that they read.
        subject, subject_words: what it is about, by its key and in words.
        sender: from where it came, as a hash.
    """

    version: int
    subject: str
    subject_words: str
    name: str
    comment: str
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAnswer:
    """How the authors leave a comment.

    Attributes:
        answer: shown to readers once it is accepted.
        changed: what changed because of it.
    """

    state: CommentState = CommentState.WAITING
    answer: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptComment:
    """A comment as it stands.

    Attributes:
        left: how the authors left it last.
        left_by, left_at: who did, and when; empty and None for a comment that nobody answered.
    """

    id: int
    publication_id: int
    version: int
    subject: str
    subject_words: str
    name: str
    comment: str
    at: datetime
    left: CommentAnswer
    left_by: str
    left_at: datetime | None


def lock(connection: Connection, publication_id: int) -> None:
    """Let comments on a publication in one after the other, so that none passes its bounds."""
    query = select(publication.c.id).where(publication.c.id == publication_id)
    connection.execute(query.with_for_update())


def add(connection: Connection, publication_id: int, new: NewComment, at: datetime) -> None:
    """Keep what a reader sent."""
    values = {
        "publication_id": publication_id,
        "version": new.version,
        "subject": new.subject,
        "subject_words": new.subject_words,
        "name": new.name,
        "comment": new.comment,
        "sender": new.sender,
        "at": at,
    }
    connection.execute(insert(reader_comment).values(**values))


def count(
    connection: Connection, publication_id: int, *, sender: str = "", since: datetime | None = None
) -> int:
    """How many comments a publication has, of one sender only or since a moment only."""
    wanted = [_comment.publication_id == publication_id]
    if sender:
        wanted.append(_comment.sender == sender)
    if since:
        wanted.append(_comment.at > since)
    query = select(func.count()).select_from(reader_comment).where(*wanted)
    return int(connection.execute(query).scalar_one())


def count_waiting(connection: Connection, publication_id: int) -> int:
    """How many comments of a publication nobody has accepted or hidden."""
    query = _newest().where(
        _comment.publication_id == publication_id,
        func.coalesce(_answer.state, CommentState.WAITING.value) == CommentState.WAITING.value,
    )
    counted = select(func.count()).select_from(query.subquery())
    return int(connection.execute(counted).scalar_one())


def forget_senders(connection: Connection, publication_id: int, before: datetime) -> None:
    """Empty from where the comments before a moment came."""
    query = update(reader_comment).where(
        _comment.publication_id == publication_id, _comment.at < before, _comment.sender != ""
    )
    connection.execute(query.values(sender=""))


def listing(connection: Connection, review_id: int) -> list[KeptComment]:
    """All comments of a review, newest first."""
    query = _newest().join(publication, publication.c.id == _comment.publication_id)
    query = query.where(publication.c.review_id == review_id).order_by(_comment.id.desc())
    return [_kept(row) for row in connection.execute(query).mappings()]


def accepted(connection: Connection, publication_id: int, most: int) -> list[KeptComment]:
    """The accepted comments of a publication, newest first, and no more than so many."""
    query = _accepted(publication_id).order_by(_comment.id.desc()).limit(most)
    return [_kept(row) for row in connection.execute(query).mappings()]


def count_accepted(connection: Connection, publication_id: int) -> int:
    """How many comments of a publication are accepted."""
    counted = select(func.count()).select_from(_accepted(publication_id).subquery())
    return int(connection.execute(counted).scalar_one())


def _accepted(publication_id: int) -> Select[Any]:
    return _newest().where(
        _comment.publication_id == publication_id,
        _answer.state == CommentState.ACCEPTED.value,
    )


def get(connection: Connection, review_id: int, comment_id: int) -> KeptComment:
    """One comment.

    Raises:
        NotFound: the review has no such one.
    """
    query = _newest().join(publication, publication.c.id == _comment.publication_id)
    query = query.where(publication.c.review_id == review_id, _comment.id == comment_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("comment", comment_id)
    return _kept(row)


def answer(write: Write, comment_ids: Sequence[int], left: CommentAnswer) -> None:
    """Leave comments so from now on.

    Raises:
        NotFound: the review has no such one.
    """
    for comment_id in comment_ids:
        kept = get(write.connection, write.review_id, comment_id)
        values = {"state": left.state.value, "answer": left.answer, "changed": left.changed}
        row = insert(comment_answer).values(comment_id=comment_id, **values, **write.by_and_at)
        write.connection.execute(row)
        events.note(
            write,
            EventKind.COMMENT_ANSWERED,
            f"comment on {kept.subject_words}",
            before={"state": kept.left.state.value},
            after={"state": left.state.value},
        )


def _newest() -> Select[Any]:
    """Comments, each with its newest answer, where it has one."""
    newest = (
        select(_answer.comment_id, func.max(_answer.id).label("id"))
        .group_by(_answer.comment_id)
        .subquery()
    )
    names = ("id", "publication_id", "version", "subject", "subject_words", "name", "comment", "at")
    return (
        select(
            *(_comment[name] for name in names),
            _answer.state,
            _answer.answer,
            _answer.changed,
            _answer.at.label("left_at"),
            func.coalesce(person.c.name, "").label("left_by"),
        )
        .select_from(reader_comment)
        .outerjoin(newest, newest.c.comment_id == _comment.id)
        .outerjoin(comment_answer, _answer.id == newest.c.id)
        .outerjoin(person, person.c.id == _answer.person_id)
    )


def _kept(row: Any) -> KeptComment:
    found = dict(row)
    state = found.pop("state") or CommentState.WAITING.value
    left = CommentAnswer(
        state=CommentState(state),
        answer=found.pop("answer") or "",
        changed=found.pop("changed") or "",
    )
    return KeptComment(**found, left=left)
