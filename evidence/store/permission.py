"""Who may do what in a review; asked by `Store.reading` and `Store.writing`, so by every step.

People of a review's team have the role that their row names (editors, unless somebody says
otherwise); whoever made it owns it until somebody says otherwise. On one's own machine everybody
else reads, those who were taken out of the team included. On a server for teams nobody else learns
even that there is such a review, the example excepted.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, func, select

from evidence.errors import NotAllowed, NotFound
from evidence.store.schema import member, person, review

_preview = review.alias("preview")

STRANGER = (
    "Only people of the team can change this review. Press “Take part in this review” at the top "
    "of the page first."
)
REMOVED = (
    "{name} is no longer in the team of this review, so this cannot be kept. Somebody of the team "
    "can take them back on the page Team."
)
TOO_LITTLE = (
    "{name} is {role} of this review, and this needs {needed}. "
    "Somebody who leads the review can do it, or give them more to do."
)


class Role(IntEnum):
    """What a person may do in a review, and what an act needs; each includes those before it."""

    READER = 1  # look at everything but what is blinded
    REVIEWER = 2  # screen, link reports, code: what people do to works and studies
    EDITOR = 3  # bring records in, change how the review is made, and who is in its team
    OWNER = 4  # say who has access, and end the review

    @property
    def words(self) -> str:
        """The role with its article, for a sentence."""
        return f"{'an' if self >= Role.EDITOR else 'a'} {self.name.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands to a review.

    Attributes:
        name: of the person; empty where nobody has the number.
        role: what they may do.
        belongs: they made the review or are in its team now.
        shown: everybody may look at the review, because it is the example.
        left_at: since when they are out of the team; None for who is in it or never was.
    """

    name: str
    role: Role
    belongs: bool
    shown: bool
    left_at: datetime | None


def standing(connection: Connection, review_id: int, person_id: int) -> Standing:
    """How a person stands to a review; the preview of an import belongs to the people of the
    review that it is made for.

    Raises:
        NotFound: there is no such review.
    """
    query = (
        select(
            func.coalesce(person.c.name, "").label("name"),
            review.c.created_by,
            review.c.demonstration,
            member.c.role,
            member.c.left_at,
        )
        .select_from(_preview)
        .join(review, review.c.id == func.coalesce(_preview.c.preview_of, _preview.c.id))
        .outerjoin(person, person.c.id == person_id)
        .outerjoin(member, (member.c.review_id == review.c.id) & (member.c.person_id == person_id))
        .where(_preview.c.id == review_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("review", review_id)
    named = row.role or ("owner" if row.created_by == person_id else "")
    belongs = row.left_at is None and bool(named)
    return Standing(
        name=row.name,
        role=Role[named.upper()] if belongs else Role.READER,
        belongs=belongs,
        shown=row.demonstration,
        left_at=row.left_at,
    )


def belongs(person_id: int) -> ColumnElement[bool]:
    """Of a query over reviews: those that a person made or in whose team they are now."""
    rows = select(member.c.review_id).where(member.c.person_id == person_id)
    left = rows.where(member.c.left_at.is_not(None))
    here = rows.where(member.c.left_at.is_(None))
    return review.c.id.in_(here) | ((review.c.created_by == person_id) & review.c.id.not_in(left))


def require(
    connection: Connection, review_id: int, person_id: int, role: Role, *, private: bool
) -> None:
    """Refuse what a person may not do in a review.

    Args:
        connection: to ask the store by.
        review_id: of the review.
        person_id: who wants to do it.
        role: what the act needs.
        private: reviews are for their teams only, as on a server for teams.

    Raises:
        NotFound: there is no such review, or it is none of the person's business.
        NotAllowed: the act needs more than the person's role.
    """
    if role is Role.READER and not private:
        return
    person_now = standing(connection, review_id, person_id)
    if private and not (person_now.belongs or person_now.shown):
        raise NotFound("review", review_id)
    if person_now.role >= role:
        return
    if person_now.left_at is not None:
        raise NotAllowed(REMOVED.format(name=person_now.name))
    if not person_now.belongs:
        raise NotAllowed(STRANGER)
    raise NotAllowed(
        TOO_LITTLE.format(name=person_now.name, role=person_now.role.words, needed=role.words)
    )
