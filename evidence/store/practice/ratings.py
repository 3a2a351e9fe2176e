"""How people rated what services provide; earlier states stay in their table."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, provision_rating
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing

RatedKey = tuple[tuple[str, str, str], Aspect]
"""A thing and what of it was rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingState:
    """A rating as somebody left it."""

    rating: ProvisionRating
    person: str
    at: datetime
    is_removed: bool = False

    @property
    def key(self) -> RatedKey:
        """What was rated."""
        return self.rating.thing.key, self.rating.aspect


def history(connection: Connection, review_id: int) -> list[RatingState]:
    """All states of all ratings, the oldest first."""
    query = (
        select(provision_rating, person.c.name.label("by"))
        .join(person, person.c.id == provision_rating.c.person_id)
        .where(provision_rating.c.review_id == review_id)
        .order_by(provision_rating.c.id)
    )
    return [
        RatingState(
            rating=ProvisionRating(
                thing=RatedThing(service=row.service, kind=row.kind, area=row.area),
                aspect=Aspect(row.aspect),
                grade=Grade(row.grade),
                reason=row.reason,
            ),
            person=row.by,
            at=row.at,
            is_removed=row.is_removed,
        )
        for row in connection.execute(query)
    ]


def standing(connection: Connection, review_id: int) -> dict[RatedKey, RatingState]:
    """The newest rating of each thing and aspect, without those taken away."""
    newest = {state.key: state for state in history(connection, review_id)}
    return {key: state for key, state in newest.items() if not state.is_removed}


def put(write: Write, rating: ProvisionRating, subject: str, *, is_removed: bool = False) -> None:
    """Let this be the rating from now on, or take it away."""
    values = write.for_review(
        service=rating.thing.service,
        kind=rating.thing.kind,
        area=rating.thing.area,
        aspect=rating.aspect.value,
        grade=rating.grade.value,
        reason=rating.reason,
        is_removed=is_removed,
        **write.by_and_at,
    )
    write.connection.execute(insert(provision_rating).values(**values))
    events.note(write, EventKind.PROVISION_RATED, subject)
