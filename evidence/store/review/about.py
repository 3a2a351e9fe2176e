"""What a review says of itself; what it said earlier stays in its table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, review_about
from evidence.store.schema.column_types import clean_json
from evidence.synthesis.review_about import Author, ReviewAbout


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutChange:
    """What was entered, by whom and when."""

    person: str
    at: datetime
    about: ReviewAbout


def current(connection: Connection, review_id: int) -> ReviewAbout:
    """What the review says now; nothing where nobody entered anything."""
    changes = history(connection, review_id, limit=1)
    return changes[0].about if changes else ReviewAbout()


def history(connection: Connection, review_id: int, limit: int = 50) -> list[AboutChange]:
    """What was entered, newest first."""
    query = (
        select(person.c.name, review_about.c.at, review_about.c.about)
        .join(person, person.c.id == review_about.c.person_id)
        .where(review_about.c.review_id == review_id)
        .order_by(review_about.c.id.desc())
        .limit(limit)
    )
    return [
        AboutChange(person=row.name, at=row.at, about=_from_json(row.about))
        for row in connection.execute(query)
    ]


def change(write: Write, about: ReviewAbout) -> None:
    """Let the review say this of itself from now on."""
    before = asdict(current(write.connection, write.review_id))
    after = cast("dict[str, Any]", clean_json(asdict(about)))
    values = write.for_review(about=after, **write.by_and_at)
    write.connection.execute(insert(review_about).values(**values))
    changed = [name for name in after if after[name] != before[name]]
    events.note(
        write,
        EventKind.ABOUT_CHANGED,
        "",
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def _from_json(stored: Mapping[str, Any]) -> ReviewAbout:
    authors = tuple(Author(**author) for author in stored["authors"])
    return ReviewAbout(**{**stored, "authors": authors, "keywords": tuple(stored["keywords"])})
