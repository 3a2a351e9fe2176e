"""Filters of works."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, exists, or_, select

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.store.records import labels
from evidence.store.schema import imported_file, record, work
from evidence.store.surviving import in_state, surviving_in

MOST_WORDS = 30
LONGEST_SEARCH = 1000
other_work = work.alias("other_work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which works to list.

    Attributes:
        words: each must occur in title, abstract or authors.
        stage, state: only works in this state at the stage; at full text only those that were
            included before.
        joined: only works of more than one record.
        label_id, person_id: only works with this label, as far as this person may know it.
    """

    words: str = ""
    stage: str = ""
    state: str = ""
    source_id: int | None = None
    joined: bool = False
    label_id: int | None = None
    person_id: int | None = None


def search_words(text: str) -> list[str]:
    """The words of a search; raises Invalid for more than a database can look for in a moment."""
    words = text.split()
    if len(words) > MOST_WORDS or len(text) > LONGEST_SEARCH:
        raise Invalid(
            f"Please search for at most {MOST_WORDS} words and {LONGEST_SEARCH} letters at once."
        )
    return words


def conditions(review_id: int, which: Filter) -> list[ColumnElement[bool]]:
    """What a surviving work of the review must meet to pass a filter."""
    conditions = surviving_in(review_id)
    searched = (work.c.title, work.c.abstract, cast(work.c.authors, Text))
    conditions += [
        or_(*(column.icontains(word, autoescape=True) for column in searched))
        for word in search_words(which.words)
    ]
    if which.state:
        conditions += in_state(Stage(which.stage), State(which.state))
    if which.joined:
        conditions.append(exists().where(other_work.c.merged_into == work.c.id))
    if which.label_id is not None and which.person_id is not None:
        conditions.append(labels.has_label(which.label_id, which.person_id))
    if which.source_id is not None:
        files = select(imported_file.c.id).where(imported_file.c.source_id == which.source_id)
        conditions.append(
            work.c.id.in_(select(record.c.work_id).where(record.c.file_id.in_(files)))
        )
    return conditions
