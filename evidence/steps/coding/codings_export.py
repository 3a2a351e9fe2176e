"""Codings to take away: a workbook, or a folder of CSV files, with a data dictionary.

What leaves is what the person may know: all of their own, and complete codings of others, but not
of studies that they are coding themselves (store/coding/seen_codings.py).
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from evidence.coding.coding_tables import csv_files, table_rows, workbook
from evidence.coding.coding_tables.exported import About, Counts, ExportedStudy
from evidence.coding.coding_tables.write_rows import Cell, TableRow
from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.store import permission
from evidence.store.coding import leaving_codings
from evidence.store.review import reviews

FOR_THE_TEAM = (
    "Codings are for the people of the review. Open the review, and press “Take part in this "
    "review”."
)
_AT_ONCE = 200  # studies that stand in memory together
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_LONGEST_NAME = 80


class Form(StrEnum):
    """How codings leave by a page; its value is the ending of the file."""

    WORKBOOK = "xlsx"
    CSV_FILES = "zip"


def save(desk: Desk, out: Path, *, on_the_machine: bool = False) -> Counts:
    """Write the codings of a review: a workbook where the name ends in .xlsx, or else a folder.

    Older files of these names are replaced when the new ones are complete.

    Args:
        desk: of whom it is for.
        out: FILE.xlsx or a folder, which is made where it is not there.
        on_the_machine: whoever gives commands where the database lies sees the complete codings
            without being in the team.

    Raises:
        Invalid: it is neither.
        NotAllowed: the person is not in the team.
    """
    counted = _Counted()
    if out.suffix.lower() == f".{Form.WORKBOOK}":
        part = out.with_name(f"{out.name}.part")
        try:
            with part.open("wb") as handle, _rows(desk, counted, on_the_machine) as rows:
                workbook.write(rows, handle)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        return counted.counts
    if out.is_file() or (out.suffix and not out.is_dir()):
        raise Invalid(f"Codings leave as FILE.xlsx or into a folder; {out.name} is neither.")
    with _rows(desk, counted, on_the_machine) as rows:
        out.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=out, prefix="part-") as folder:
            _write_csv_files(rows, Path(folder))
            for file in Path(folder).iterdir():
                file.replace(out / file.name)
    return counted.counts


def build(desk: Desk, form: Form) -> bytes:
    """The codings of a review as one file, for a page.

    Raises:
        NotAllowed: the person is not in the team.
    """
    out = BytesIO()
    with _rows(desk, _Counted(), on_the_machine=False) as rows:
        if form is Form.WORKBOOK:
            workbook.write(rows, out)
            return out.getvalue()
        with TemporaryDirectory() as folder:
            names = _write_csv_files(rows, Path(folder))
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                for name in names:
                    packed.write(Path(folder) / name, name)
    return out.getvalue()


def tables(desk: Desk, *, on_the_machine: bool = False) -> dict[str, list[tuple[Cell, ...]]]:
    """The codings of a review as tables by name, each with its head first.

    Args:
        desk: of whom they are for.
        on_the_machine: as for `save`.

    Raises:
        NotAllowed: the person is not in the team.
    """
    found: dict[str, list[tuple[Cell, ...]]] = {}
    with _rows(desk, _Counted(), on_the_machine=on_the_machine) as rows:
        for table, row in rows:
            found.setdefault(table, []).append(tuple(row))
    return found


def file_stem(desk: Desk) -> str:
    """A name for files, without its ending, that says of which review the codings are."""
    with desk.reading() as c:
        title = reviews.get(c, desk.review_id).title
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_LONGEST_NAME]
    return f"{words}_codings" if words else "codings"


def may_take(desk: Desk) -> bool:
    """Whether the person at the desk may take codings away."""
    with desk.reading() as c:
        return permission.standing(c, desk.review_id, desk.person_id).belongs


class _Counted:
    """How much went through."""

    def __init__(self) -> None:
        self.counts = Counts()

    def count(self, studies: Iterator[list[ExportedStudy]]) -> Iterator[ExportedStudy]:
        for batch in studies:
            for study in batch:
                self.counts = self.counts.with_study(study)
                yield study


@contextmanager
def _rows(desk: Desk, counted: _Counted, on_the_machine: bool) -> Iterator[Iterator[TableRow]]:  # noqa: FBT001 - of `save`
    """The rows of all tables, read in one go, so that they belong together."""
    with desk.reading() as c:
        person = permission.standing(c, desk.review_id, desk.person_id)
        if not (person.belongs or on_the_machine):
            raise NotAllowed(FOR_THE_TEAM)
        about = About(
            review=reviews.get(c, desk.review_id).title,
            person=person.name,
            made_at=datetime.now(UTC),
            withheld=leaving_codings.withheld(c, desk.review_id, desk.person_id),
        )
        schemes = leaving_codings.schemes(c, desk.review_id)
        counted.counts = Counts(schemes=len(schemes))
        studies = leaving_codings.in_batches(c, desk.review_id, desk.person_id, _AT_ONCE)
        yield table_rows(about, schemes, counted.count(studies))


def _write_csv_files(rows: Iterator[TableRow], folder: Path) -> list[str]:
    """Write each table to a file of the folder; gives their names."""
    names: list[str] = []
    with ExitStack() as files:

        def open_table(name: str) -> IO[bytes]:
            names.append(f"{name}.{csv_files.ENDING}")
            return files.enter_context((folder / names[-1]).open("wb"))

        csv_files.write(rows, open_table)
    return names
