"""Sources: the searches that people imported, with their files."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from evidence.errors import Invalid
from evidence.problems import Problem
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.records import sources
from evidence.store.records.sources import ImportedFile, Source, SourceDraft

DATE = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?", re.ASCII)
MOST_WAVES = 50
EASTERNMOST = timedelta(hours=14)  # by which somebody's day may be ahead of the server's


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWithFiles:
    """A source with its imported files."""

    source: Source
    files: tuple[ImportedFile, ...]

    @property
    def seen(self) -> int:
        """Entries of all files."""
        return sum(file.seen for file in self.files)

    @property
    def records(self) -> int:
        """Records of all files."""
        return sum(file.records for file in self.files)


def listing(desk: Desk) -> list[SourceWithFiles]:
    """All sources with their files, in the order they were made."""
    with desk.reading() as c:
        files = sources.files(c, desk.review_id)
        return [
            SourceWithFiles(
                source=source, files=tuple(file for file in files if file.source_id == source.id)
            )
            for source in sources.listing(c, desk.review_id)
        ]


def problems(desk: Desk, file_id: int) -> list[Problem]:
    """The problems of an imported file."""
    with desk.reading() as c:
        return sources.problems_of(c, file_id)


def add_without_records(desk: Desk, draft: SourceDraft) -> int:
    """Note a search that was run and gave nothing to import, as PRISMA-S asks; gives its id.

    Raises:
        Invalid: it has no name, or a date that is none.
    """
    check(draft)
    with desk.writing(Role.EDITOR) as w:
        return sources.add_without_records(w, draft)


def choose_wave(desk: Desk, source_id: int, wave: int | None, seen: int | None) -> None:
    """Say to which wave of searching a search belongs.

    Args:
        desk: of an editor.
        source_id: of the search.
        wave: from 1; None where it follows from the search that it brings up to date.
        seen: what was chosen when the person looked.

    Raises:
        Invalid: there is no such wave, or somebody else chose meanwhile.
    """
    if wave is not None and not 1 <= wave <= MOST_WAVES:
        raise Invalid(f"A search can belong to one of {MOST_WAVES} waves; there is no wave {wave}.")
    with desk.writing(Role.EDITOR) as w:
        before = sources.get(w.connection, w.review_id, source_id)
        if before.wave != seen:
            raise Invalid("Somebody chose the wave of this search meanwhile; look at it again.")
        values = {name: getattr(before, name) for name in SourceDraft.__slots__}
        if before.wave != wave:
            sources.change(w, source_id, SourceDraft(**{**values, "wave": wave}))


def change(desk: Desk, source_id: int, draft: SourceDraft) -> None:
    """Replace the description of a source.

    Raises:
        Invalid: it has no name, or a new date that is none.
    """
    with desk.writing(Role.EDITOR) as w:
        before = sources.get(w.connection, w.review_id, source_id)
        # Dates were not always checked; an old one does not stand in the way of another change.
        check(replace(draft, date_searched="") if _same_date(before, draft) else draft)
        sources.change(w, source_id, draft)


def check(source: SourceDraft | int) -> None:
    """Refuse a source that nobody could find again; an id stands for one that is stored.

    Raises:
        Invalid: it has no name, is of an unknown kind, or its date is none.
    """
    if isinstance(source, SourceDraft):
        if not source.name.strip():
            raise Invalid("Give the source a name, for example that of the database.")
        check_description(source)


def check_description(draft: SourceDraft) -> None:
    """Refuse what a source is said to be, apart from its name.

    Raises:
        Invalid: an unknown kind, or a date that is none.
    """
    if draft.kind and draft.kind not in sources.KINDS:
        raise Invalid(f"A source can be one of {', '.join(sources.KINDS)}; not “{draft.kind}”.")
    if draft.date_searched:
        check_date(draft.date_searched)


def check_date(words: str) -> None:
    """Refuse what is no date, or still to come; the day may be left open, and the month."""
    searched = _date(words)
    if searched is None:
        raise Invalid(
            f"“{words}” is no date. Write the day of the search as 2026-11-22; "
            "2026-11 or 2026 will do where the day is not known."
        )
    if searched > (datetime.now(UTC) + EASTERNMOST).date():
        raise Invalid(f"The date of the search, {words}, is still to come.")


def _date(words: str) -> date | None:
    """The first day that is meant; None where that is no day of the calendar."""
    if not DATE.fullmatch(words):
        return None
    try:
        return date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        return None


def _same_date(before: SourceDraft, draft: SourceDraft) -> bool:
    return before.date_searched == draft.date_searched
