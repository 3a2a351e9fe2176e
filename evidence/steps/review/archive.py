"""The archive of a review: one file with all of it, which another Waymark takes in again.

docs/decisions/archive.md says what is in it, who may take it, and how people are known elsewhere.
"""

import csv
import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence import __version__
from evidence.errors import NotAllowed
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.review.archive_texts import package, readme
from evidence.steps.review.reviews import NOBODY, refuse_one_more
from evidence.store import Connection, Role, Store, events, migrate, permission
from evidence.store.archive import dictionary, older, read_tables
from evidence.store.archive import take_in as rows_in
from evidence.store.archive.container import ArchiveFile, ArchiveWriter, opened, written
from evidence.store.archive.open_work import open_work
from evidence.store.archive.read_tables import CheckedTables
from evidence.store.archive.take_in import TakenPerson
from evidence.store.archive.write_tables import Told, write_tables
from evidence.store.area_versions import NOTHING
from evidence.store.events import EventKind
from evidence.store.review import about, access, people, reviews

ENDING = "zip"
OPEN = (
    "{refusal} An archive shows what everybody decided and coded, and here {open}. When all is "
    "decided and coded, editors can take one, too."
)
CHECKED = 0.4  # share of taking in that is looking at the archive
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What was written.

    Attributes:
        rows: of all tables together.
        files: how many there are in the archive.
        size: in bytes.
    """

    rows: int
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A review that was taken in.

    Attributes:
        review_id: its number here.
        rows: of all tables together.
        people: everybody whom it names.
    """

    review_id: int
    title: str
    rows: int
    people: tuple[TakenPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLook:
    """What an archive says of itself, before it is taken in.

    Attributes:
        names: everybody whom it names.
        known: those whose name somebody has here, too.
    """

    title: str
    program: str
    made_at: str
    with_full_texts: bool
    rows: int
    names: tuple[str, ...]
    known: tuple[str, ...]


def save(
    desk: Desk,
    out: Path,
    *,
    with_full_texts: bool = True,
    on_the_machine: bool = False,
    tell: Progress = silent,
) -> Archived:
    """Write the whole review as one file; an older one of the name is replaced when it is whole.

    The history of the review tells who took an archive, unless it was taken on the machine.

    Args:
        desk: of an editor; of the owner while works or codings are open.
        out: the file.
        with_full_texts: whether PDFs and the texts of their pages are in it.
        on_the_machine: whoever gives commands where the database lies needs no role in the review;
            who was taken out of its team is refused all the same.
        tell: hears how far it is.

    Raises:
        NotAllowed: it needs more than the person's role.
    """
    role = Role.READER if on_the_machine else Role.EDITOR
    reading = desk.store.reading(desk.review_id, desk.person_id, role, at_one_moment=True)
    with reading as c:
        _refuse_who_may_not(c, desk, on_the_machine=on_the_machine)
        with written(out) as archive:
            _write(c, desk.review_id, archive, with_full_texts=with_full_texts, tell=_share(tell))
            rows = sum(file.rows or 0 for file in archive.files.values())
            if not on_the_machine:
                _note(desk, rows, with_full_texts=with_full_texts)
    return Archived(rows=rows, files=len(archive.files), size=out.stat().st_size)


def _refuse_who_may_not(connection: Connection, desk: Desk, *, on_the_machine: bool) -> None:
    if on_the_machine:
        standing = permission.standing(connection, desk.review_id, desk.person_id)
        if standing.left_at is not None:
            raise NotAllowed(permission.REMOVED.format(name=standing.name))
        return
    left = open_work(connection, desk.review_id)
    try:
        permission.require(
            connection,
            desk.review_id,
            desk.person_id,
            Role.OWNER if left else Role.EDITOR,
            private=desk.store.private,
        )
    except NotAllowed as error:
        raise NotAllowed(OPEN.format(refusal=error, open=", ".join(left))) from error


def _note(desk: Desk, rows: int, *, with_full_texts: bool) -> None:
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        after = {"rows": rows, "full_texts": with_full_texts}
        events.note(w, EventKind.ARCHIVED, "", after=after)


def _share(tell: Progress, begin: float = 0.0, share: float = 1.0) -> Told:
    """Tell rows as a share of the whole."""

    def told(done: int, total: int, table: str) -> None:
        tell(begin + share * done / max(1, total), f"{table}: {done:,} of {total:,} rows")

    return told


def _write(
    connection: Connection,
    review_id: int,
    archive: ArchiveWriter,
    *,
    with_full_texts: bool,
    tell: Told,
) -> None:
    review, said = reviews.get(connection, review_id), about.current(connection, review_id)
    write_tables(connection, review_id, archive, with_full_texts=with_full_texts, tell=tell)
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    tables = dictionary.resources(archive.files)
    text = json.dumps(package(review, said, tables, now), ensure_ascii=False, indent=1)
    archive.add("datapackage.json", text.encode())
    archive.add("data-dictionary.csv", _dictionary().encode())
    archive.add("README.md", readme(review, said, now, with_full_texts=with_full_texts).encode())
    archive.close(
        title=review.title,
        program=__version__,
        schema=migrate.newest_step(),
        made_at=now,
        with_full_texts=with_full_texts,
    )


def _dictionary() -> str:
    text = StringIO()
    csv.writer(text).writerows(dictionary.dictionary_rows())
    return text.getvalue()


def look(store: Store, path: Path, tell: Progress = silent) -> ArchiveLook:
    """See what an archive holds, and that it is whole; nothing is taken in.

    Raises:
        Invalid: it cannot be taken in; the message names file and line.
    """
    with _checked(path, _share(tell)) as (archive, checked), store.reading_outside() as c:
        here = set() if store.private else {person.name for person in people.everybody(c)}
        names = tuple(sorted({name for name, _ in checked.people.values()}))
        return ArchiveLook(
            title=archive.manifest.title,
            program=archive.manifest.program,
            made_at=archive.manifest.made_at,
            with_full_texts=archive.manifest.with_full_texts,
            rows=checked.rows,
            names=names,
            known=tuple(name for name in names if name in here),
        )


@contextmanager
def _checked(path: Path, tell: Told) -> Iterator[tuple[ArchiveFile, CheckedTables]]:
    with opened(path) as archive:
        rows_in.refuse_newer(archive.manifest)
        if archive.manifest.schema == migrate.newest_step():
            yield archive, read_tables.check(archive, tell)
            return
        with TemporaryDirectory() as folder:
            now = _brought_up_to_date(archive, Path(folder), tell)
            with opened(now) as newer:
                made = archive.manifest
                newer.manifest = replace(newer.manifest, program=made.program, made_at=made.made_at)
                yield newer, read_tables.check(newer, tell)


def _brought_up_to_date(archive: ArchiveFile, folder: Path, tell: Told) -> Path:
    """What an archive of an earlier Waymark would be, had this one made it."""
    out = folder / "review.zip"
    with older.as_now(archive, folder / "review.db", tell) as (store, review_id):
        desk = Desk(store=store, review_id=review_id, person_id=NOBODY)
        whole = archive.manifest.with_full_texts
        save(desk, out, with_full_texts=whole, on_the_machine=True)
    return out


def take_in(
    store: Store,
    path: Path,
    same_people: Collection[str] = (),
    tell: Progress = silent,
    *,
    owner: int = NOBODY,
) -> TakenIn:
    """Make the review of an archive here: all of it, or nothing.

    Args:
        store: where to.
        path: the archive.
        same_people: names of people who are the same as those who have the name here. All others
            become persons of their own; where the name is taken, with a number behind it. On a
            server for teams that is everybody, because a name proves nothing there.
        tell: hears how far it is.
        owner: who owns the review here, on a server for teams, besides those whom it names.

    Raises:
        Invalid: it cannot be taken in; the message names file and line.
    """
    told = _share(tell, CHECKED, 1 - CHECKED)
    with (
        _checked(path, _share(tell, share=CHECKED)) as (archive, checked),
        store.writing_outside() as c,
    ):
        if store.private and owner != NOBODY:
            refuse_one_more(c, owner)
        same = () if store.private else same_people
        numbers, taken = rows_in.insert_people(c, checked, same)
        review_id = rows_in.insert_review(c, archive, checked, numbers, told)
        if store.private and owner != NOBODY:
            now = datetime.now(UTC)
            access.give_by_invitation(c, review_id, owner, Role.OWNER, invited_by=None, at=now)
        title = reviews.get(c, review_id).title
    return TakenIn(review_id=review_id, title=title, rows=checked.rows, people=tuple(taken))


def file_name(desk: Desk) -> str:
    """A name for the file that says of which review it is."""
    with desk.reading() as c:
        title = reviews.get(c, desk.review_id).title
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_LONGEST_NAME]
    return f"{words or 'review'}_archive.{ENDING}"
