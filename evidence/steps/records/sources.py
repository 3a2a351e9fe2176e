"""Sources: the searches that people imported, with their files."""

from dataclasses import dataclass

from evidence.errors import Invalid
from evidence.problems import Problem
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.records import sources
from evidence.store.records.sources import ImportedFile, Source, SourceDraft


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


def change(desk: Desk, source_id: int, draft: SourceDraft) -> None:
    """Replace the description of a source; raises Invalid where it has no name."""
    check_name(draft)
    with desk.writing(Role.EDITOR) as w:
        sources.change(w, source_id, draft)


def check_name(source: SourceDraft | int) -> None:
    """Refuse a description of a source without a name; an id stands for a source that has one."""
    if isinstance(source, SourceDraft) and not source.name.strip():
        raise Invalid("Give the source a name, for example that of the database.")
