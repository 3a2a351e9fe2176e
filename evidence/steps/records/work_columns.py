"""The columns that a person wants to see in the list of works."""

from collections.abc import Iterable
from enum import StrEnum

from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.review import preferences

_NAME = "work columns"


class WorkColumn(StrEnum):
    """What a list of works can show beside the title."""

    AUTHORS = "authors"
    YEAR = "year"
    JOURNAL = "journal"
    PLACE = "place"  # volume, issue and pages
    DOI = "doi"
    PMID = "pmid"
    TYPE = "type"
    LANGUAGE = "language"
    KEYWORDS = "keywords"
    ABSTRACT = "abstract"
    RECORDS = "records"
    SOURCES = "sources"
    LABELS = "labels"
    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"
    REASONS = "reasons"
    STUDY = "study"
    NUMBER = "number"


USUAL = (
    WorkColumn.AUTHORS,
    WorkColumn.YEAR,
    WorkColumn.JOURNAL,
    WorkColumn.RECORDS,
    WorkColumn.TITLE_ABSTRACT,
    WorkColumn.FULL_TEXT,
)


def get(desk: Desk) -> tuple[WorkColumn, ...]:
    """The columns that the person at the desk wants in this review, or the usual ones."""
    with desk.reading() as c:
        stored = preferences.of_person(c, desk.review_id, desk.person_id).get(_NAME)
    if stored is None:
        return USUAL
    # A newer version may have stored columns that this one lacks.
    return tuple(column for column in WorkColumn if column in stored)


def keep(desk: Desk, columns: Iterable[WorkColumn]) -> None:
    """Show these columns to the person at the desk from now on, in this review."""
    wanted = set(columns)
    with desk.writing(Role.REVIEWER, areas=NOTHING) as w:
        preferences.keep(w, _NAME, [column.value for column in WorkColumn if column in wanted])
