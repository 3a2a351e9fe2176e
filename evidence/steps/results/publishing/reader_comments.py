"""Comments of readers: taken from anybody who has the address, read and answered by the authors.

Bounds keep a script from filling the database or the authors' time: so many comments of one sender,
so many on one page, so many that nobody has read yet. A sender is known for a day by a hash of
where they write from, mixed with the secret of the address; afterwards not even by that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.citations.text import visible, visible_lines
from evidence.errors import Invalid, NotAllowed
from evidence.hosts import sender_mark
from evidence.steps.desk import Desk
from evidence.steps.results.publishing import public_pages
from evidence.steps.results.publishing.public_subjects import PublicSubject
from evidence.store import Connection, Role, Store
from evidence.store.area_versions import NOTHING
from evidence.store.results import reader_comments
from evidence.store.results.publications import Publication
from evidence.store.results.reader_comments import (
    CommentAnswer,
    CommentState,
    KeptComment,
    NewComment,
)
from evidence.store.schema.column_types import clean

LONGEST_COMMENT = 2_000  # characters, of answers, too
LONGEST_NAME = 100
OF_SENDER = ((timedelta(minutes=10), 5), (timedelta(days=1), 30))
OF_PAGE = ((timedelta(hours=1), 100),)
MOST_WAITING = 1_000  # comments of a page that nobody has accepted or hidden yet
KNOWN_FOR = timedelta(days=1)
MOST_SHOWN = 500  # accepted comments on a page
CLOSED = "No comments are taken on this page any more."
SAY_SOMETHING = "Please write a comment."
SAY_WHO = "Please give your name or initials."
NO_SUBJECT = "Please choose again what the comment is about; it is no longer on the page."
WAIT_A_LITTLE = "Many comments were sent just now. Please try again in a while."
FULL = "Many comments wait to be read. Please try again on another day."
HEAD = ("date", "version", "about", "name", "comment", "state", "answer", "what changed",
        "answered by", "answered on")  # fmt: skip
ENDING, MEDIA_TYPE = "csv", "text/csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentComment:
    """What a reader filled in.

    Attributes:
        about: key of a subject.
    """

    about: str
    name: str
    comment: str


class TooMany(Invalid):
    """A bound is reached; later there is room again."""


def subjects(store: Store, token: str) -> tuple[Publication, dict[str, PublicSubject]]:
    """What can be commented on, in the newest version under an address.

    Raises:
        NotFound: nobody reads anything there.
        NotAllowed: no comments are taken.
    """
    read = public_pages.read(store, token)
    if not read.publication.takes_comments:
        raise NotAllowed(CLOSED)
    return read.publication, public_pages.subjects(store, read)


def send(
    store: Store, token: str, sent: SentComment, address: str, at: datetime | None = None
) -> None:
    """Keep a comment for the authors.

    Args:
        store: with the reviews.
        token: of the page.
        sent: by a reader; nothing in it is trusted.
        address: of the machine from which it came.
        at: now, where None.

    Raises:
        NotFound: nobody reads anything there.
        NotAllowed: no comments are taken.
        TooMany: a bound is reached.
        Invalid: something is missing, too long, or not on the page.
    """
    now = at or datetime.now(UTC)
    read = public_pages.read(store, token, today=now.date())
    if not read.publication.takes_comments:
        raise NotAllowed(CLOSED)
    checked = _checked(sent)
    about = public_pages.subjects(store, read).get(checked.about)
    if about is None:
        raise Invalid(NO_SUBJECT)
    sender, page_id = sender_mark(token, address), read.publication.id
    with store.reading_outside() as c:  # a script is refused before it holds anybody up
        _check_bounds(c, page_id, sender, now)
    new = NewComment(
        version=read.version.number,
        subject=about.key,
        subject_words=about.words,
        name=checked.name,
        comment=checked.comment,
        sender=sender,
    )
    with store.writing_outside() as c:
        reader_comments.lock(c, page_id)
        _check_bounds(c, page_id, sender, now)
        reader_comments.forget_senders(c, page_id, now - KNOWN_FOR)
        reader_comments.add(c, page_id, new, now)


def accepted(store: Store, publication: Publication) -> list[KeptComment]:
    """The comments that readers of a page see, newest first."""
    with store.reading_outside() as c:
        return reader_comments.accepted(c, publication.id, MOST_SHOWN)


def not_shown(store: Store, publication: Publication) -> int:
    """How many more comments are accepted than `accepted` gives."""
    with store.reading_outside() as c:
        return max(0, reader_comments.count_accepted(c, publication.id) - MOST_SHOWN)


def listing(desk: Desk) -> list[KeptComment]:
    """All comments on what the review published, newest first, for those who edit it.

    Raises:
        NotAllowed: the person does not edit the review.
    """
    with desk.reading(Role.EDITOR) as c:
        return reader_comments.listing(c, desk.review_id)


def answer(desk: Desk, comment_ids: Sequence[int], left: CommentAnswer) -> None:
    """Accept comments, hide them, or let them wait, with what the authors say to them.

    Raises:
        Invalid: a text is too long.
        NotFound: the review has no such comment.
    """
    checked = replace(left, answer=_text(left.answer), changed=_text(left.changed))
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        reader_comments.answer(w, comment_ids, checked)


def as_csv(desk: Desk) -> bytes:
    """All comments with their answers; no cell can run as a formula.

    Raises:
        NotAllowed: the person does not edit the review.
    """
    rows = (
        (
            f"{each.at:%Y-%m-%d %H:%M}",
            each.version,
            each.subject_words,
            each.name,
            each.comment,
            each.left.state.value,
            each.left.answer,
            each.left.changed,
            each.left_by,
            f"{each.left_at:%Y-%m-%d}" if each.left_at else "",
        )
        for each in listing(desk)
    )
    return b"".join(csv_pieces(HEAD, rows))


def counts(comments: Sequence[KeptComment]) -> dict[CommentState, int]:
    """How many comments stand in each state."""
    return {state: sum(each.left.state is state for each in comments) for state in CommentState}


def _checked(sent: SentComment) -> SentComment:
    comment, name = _text(sent.comment), visible(clean(sent.name))
    if not comment:
        raise Invalid(SAY_SOMETHING)
    if not name:
        raise Invalid(SAY_WHO)
    if len(name) > LONGEST_NAME:
        raise Invalid(f"The name is too long; please use at most {LONGEST_NAME} letters.")
    return SentComment(about=clean(sent.about), name=name, comment=comment)


def _text(words: str) -> str:
    """A text without blank ends and characters that nobody sees; line ends as everywhere.

    Raises:
        Invalid: it is too long.
    """
    text = visible_lines(clean(words)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST_COMMENT:
        raise Invalid(
            f"The text has {len(text):,} characters; please use at most {LONGEST_COMMENT:,}."
        )
    return text


def _check_bounds(connection: Connection, page_id: int, sender: str, now: datetime) -> None:
    for span, most in OF_SENDER:
        if reader_comments.count(connection, page_id, sender=sender, since=now - span) >= most:
            raise TooMany(WAIT_A_LITTLE)
    for span, most in OF_PAGE:
        if reader_comments.count(connection, page_id, since=now - span) >= most:
            raise TooMany(WAIT_A_LITTLE)
    if reader_comments.count_waiting(connection, page_id) >= MOST_WAITING:
        raise TooMany(FULL)
