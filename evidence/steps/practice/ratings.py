"""Suitability and effectiveness of what services provide: rated by people, each with a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.practice import ratings, services
from evidence.store.practice.ratings import RatedKey, RatingState
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import LONGEST_NAME, LONGEST_NOTE

AREAS = NOTHING  # ratings are asked for each time
MEANWHILE = (
    "Somebody else rated this meanwhile, so nothing was kept. Reload the page to see what they "
    "say, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """A rating with what it is about in words.

    Attributes:
        about: the name of the service, or of the kind of service.
        area: where; empty where nobody said.
        person: who rated.
    """

    thing: RatedThing
    about: str
    area: str
    aspect: Aspect
    grade: Grade
    reason: str
    person: str
    at: datetime

    @property
    def words(self) -> str:
        """The rating in a line with its reason; of a service with its name."""
        about = f"{self.about}: " if self.is_of_service else ""
        return f"{about}{self.aspect} {self.grade} ({self.reason})"

    @property
    def is_of_service(self) -> bool:
        """Whether one service was rated, not a kind of service in an area."""
        return bool(self.thing.service)


def standing(desk: Desk) -> dict[RatedKey, RatingState]:
    """The ratings that hold, by thing and aspect; those of services taken away are not there."""
    with desk.reading() as c:
        there = services.standing(c, desk.review_id)
        rated = ratings.standing(c, desk.review_id)
    return {
        key: state
        for key, state in rated.items()
        if not state.rating.thing.service or state.rating.thing.service in there
    }


def listing(desk: Desk) -> list[RatingLine]:
    """The ratings that hold, those of kinds in areas before those of services."""
    return _lines(desk, standing(desk).values())


def history(desk: Desk) -> list[tuple[RatingLine, bool]]:
    """All that was rated, newest first, each with whether it was taken away then."""
    with desk.reading() as c:
        states = ratings.history(c, desk.review_id)[::-1]
    lines = _told(desk, states)
    return [(line, state.is_removed) for line, state in zip(lines, states, strict=True)]


def rate(desk: Desk, rating: ProvisionRating, before: ProvisionRating | None) -> None:
    """Say how suitable or how effective something is; one sent twice is kept once.

    Args:
        desk: of a reviewer.
        rating: with a reason.
        before: what was said when the person began; None for nothing.

    Raises:
        Invalid: somebody else rated it meanwhile, it is not there, or the reason is missing.
    """
    thing = replace(rating.thing, area=visible(rating.thing.area))
    rating = replace(rating, thing=thing, reason=visible(rating.reason))
    if not rating.reason:
        raise Invalid("Give the reason: on what the rating rests.")
    if len(rating.reason) > LONGEST_NOTE:
        raise Invalid(f"The reason has more than {LONGEST_NOTE:,} characters.")
    kinds = {each.kind: each.name for each in frameworks.current(desk).services}
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        subject = _subject(w, thing, kinds)
        state = ratings.standing(w.connection, desk.review_id).get((thing.key, rating.aspect))
        if state is not None and state.rating == rating:
            return
        _require_seen(state, before)
        ratings.put(w, rating, subject)


def take_back(desk: Desk, before: ProvisionRating) -> None:
    """Take a rating away; what it said stays in the history.

    Raises:
        Invalid: somebody else rated it meanwhile.
    """
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        there = ratings.standing(w.connection, desk.review_id)
        state = there.get((before.thing.key, before.aspect))
        if state is None:
            return
        _require_seen(state, before)
        ratings.put(w, before, before.words, is_removed=True)


def _require_seen(state: RatingState | None, before: ProvisionRating | None) -> None:
    if (None if state is None else state.rating) != before:
        raise Invalid(MEANWHILE)


def _subject(write: Write, thing: RatedThing, kinds: Mapping[str, str]) -> str:
    """What is rated, in words; refuses what is not there."""
    if bool(thing.service) == bool(thing.kind):
        raise Invalid("Choose a service, or a kind of service in an area.")
    if thing.service:
        there = services.standing(write.connection, write.review_id)
        if thing.service not in there:
            raise Invalid("There is no such service; it may have been taken away.")
        return there[thing.service].name
    if thing.kind not in kinds:
        raise Invalid("The framework has no such kind of service.")
    if len(thing.area) > LONGEST_NAME:
        raise Invalid(f"The area has more than {LONGEST_NAME} characters.")
    return f"{kinds[thing.kind]}, {thing.area}" if thing.area else kinds[thing.kind]


def _lines(desk: Desk, states: Iterable[RatingState]) -> list[RatingLine]:
    lines = _told(desk, list(states))
    return sorted(
        lines,
        key=lambda e: (e.is_of_service, e.area.casefold(), e.about.casefold(), e.aspect.value),
    )


def _told(desk: Desk, states: list[RatingState]) -> list[RatingLine]:
    kinds = {each.kind: each.name for each in frameworks.current(desk).services}
    with desk.reading() as c:
        known = services.newest(c, desk.review_id)
    lines = []
    for state in states:
        rating, thing = state.rating, state.rating.thing
        if thing.service:
            service = known[thing.service].service if thing.service in known else None
            about, area = (service.name, service.area) if service else (thing.service, "")
        else:
            about, area = kinds.get(thing.kind, thing.kind), thing.area
        lines.append(
            RatingLine(
                thing=thing,
                about=about,
                area=area,
                aspect=rating.aspect,
                grade=rating.grade,
                reason=rating.reason,
                person=state.person,
                at=state.at,
            )
        )
    return lines
