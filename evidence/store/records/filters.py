"""Filters of works."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, exists, select

from evidence.screening.verdicts import Stage, State
from evidence.store.records import decision_filters, labels, searching
from evidence.store.schema import imported_file, record, work
from evidence.store.surviving import in_state, surviving_in

other_work = work.alias("other_work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which works to list.

    Attributes:
        words: a search (citations/search.py) of title, abstract and authors.
        stage, state: only works in this state at the stage; at full text only those that were
            included before.
        title_abstract, full_text: the same for each stage, where both are to be asked for.
        joined: only works of more than one record.
        label_id: only works with this label, as far as the person may know it.
        reason_id: only works that are excluded for this reason at a stage.
        own: only works on which the person decided so at one of the stages: a verdict, or
            decision_filters.ANY or NONE.
        year_from, year_to: only works of these years, both included.
        person_id: who asks; needed for label_id and own.
    """

    words: str = ""
    stage: str = ""
    state: str = ""
    title_abstract: str = ""
    full_text: str = ""
    source_id: int | None = None
    joined: bool = False
    label_id: int | None = None
    reason_id: int | None = None
    own: str = ""
    year_from: int | None = None
    year_to: int | None = None
    person_id: int | None = None


def conditions(review_id: int, which: Filter) -> list[ColumnElement[bool]]:
    """What a surviving work of the review must meet to pass a filter.

    Raises:
        Invalid: more words than can be looked for at once.
    """
    conditions = surviving_in(review_id)
    for stage, state in (
        (which.stage, which.state),
        (Stage.TITLE_ABSTRACT, which.title_abstract),
        (Stage.FULL_TEXT, which.full_text),
    ):
        if state:
            conditions += in_state(Stage(stage), State(state))
    if which.year_from is not None:
        conditions.append(work.c.year >= which.year_from)
    if which.year_to is not None:
        conditions.append(work.c.year <= which.year_to)
    if which.joined:
        conditions.append(exists().where(other_work.c.merged_into == work.c.id))
    if which.source_id is not None:
        files = select(imported_file.c.id).where(imported_file.c.source_id == which.source_id)
        conditions.append(
            work.c.id.in_(select(record.c.work_id).where(record.c.file_id.in_(files)))
        )
    if which.reason_id is not None:
        conditions.append(decision_filters.excluded_for(review_id, which.reason_id))
    if which.person_id is not None:
        conditions += _personal(review_id, which, which.person_id)
    # The dearest last: databases ask in this order where they know nothing better.
    texts = (work.c.title, work.c.abstract, cast(work.c.authors, Text))
    return conditions + searching.conditions(
        which.words, texts, lambda name: _has_doi(review_id, name)
    )


def _personal(review_id: int, which: Filter, person_id: int) -> list[ColumnElement[bool]]:
    """What depends on who asks."""
    conditions = []
    if which.label_id is not None:
        conditions.append(labels.has_label(which.label_id, person_id))
    if which.own:
        conditions.append(decision_filters.decided(review_id, which.own, person_id))
    return conditions


def _has_doi(review_id: int, name: str) -> ColumnElement[bool]:
    """The work, or one of its records, has a DOI that begins so."""
    records = select(record.c.work_id).where(
        record.c.review_id == review_id, record.c.doi.startswith(name, autoescape=True)
    )
    return work.c.doi.startswith(name, autoescape=True) | work.c.id.in_(records)
