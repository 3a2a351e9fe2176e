"""An archive of an earlier Waymark is taken in as that one's database would be opened."""

import csv
import shutil
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results import map_versions
from evidence.steps.review import archive
from evidence.store import Store, schema
from evidence.store.archive.numbers_in_values import NUMBERS
from tests.conftest import ROOT
from tests.steps.changed_archives import puts, repacked, replaces
from tests.steps.test_permission import rows

EARLIER = ROOT / "tests" / "fixtures" / "archives" / "step_0030.zip"


@pytest.fixture
def target(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A database without a review."""
    store = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'target.db')}")
    yield store
    store.close()


def again(store: Store, review_id: int, path: Path) -> Path:
    """The archive of a review, taken where the database lies."""
    archive.save(Desk(store=store, review_id=review_id, person_id=0), path, on_the_machine=True)
    return path


def cells(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as they stand in an archive."""
    with zipfile.ZipFile(path) as packed:
        return {
            name: list(csv.DictReader(StringIO(packed.read(name).decode(), newline="")))
            for name in packed.namelist()
            if name.startswith("tables/")
        }


def test_an_archive_of_an_earlier_waymark_is_brought_up_to_date(
    target: Store, tmp_path: Path
) -> None:
    """One that Waymark made at commit cf01f9c8, at step 0030: all that it held is there."""
    taken = archive.take_in(target, EARLIER)
    assert taken.title == "Another title"
    before, after = cells(EARLIER), cells(again(target, taken.review_id, tmp_path / "now.zip"))
    assert before.keys() < after.keys()
    columns = {
        f"tables/{table.name}.csv": [
            column.name
            for column in table.c
            if not (column.foreign_keys or column.name == "id" or column in NUMBERS)
        ]
        for table in schema.metadata.sorted_tables
    }
    for name, rows_before in before.items():
        kept = [column for column in columns[name] if column in next(iter(rows_before), {})]
        was, stands = (
            [[row[each].partition("file:")[0] for each in kept] for row in found[name]]
            for found in (before, after)
        )
        if name == "tables/member.csv":  # its maker owns it by their row now
            was[0] = ["owner" if cell == "editor" else cell for cell in was[0]]
        assert stands == was, name
    assert not any(after[name] for name in after.keys() - before.keys())
    desk = Desk(store=target, review_id=taken.review_id, person_id=owner_of(target, taken))
    (version,) = map_versions.listing(desk)
    assert map_versions.shown(desk, map_versions.seen(desk, version.number)).document["studies"]


def owner_of(store: Store, taken: archive.TakenIn) -> int:
    with store.reading_outside() as c:
        query = select(schema.review.c.created_by).where(schema.review.c.id == taken.review_id)
        return int(c.execute(query).scalar_one())


REFUSED = {
    "a table of Alembic": (
        puts("tables/alembic_version.csv", b"version_num\r\n0001\r\n"),
        r"alembic_version.csv is no table of the Waymark that made it"),
    "a cell changed": (
        replaces("tables/label.csv", b"Other name", b"other name"), r"checksum differs"),
    "a table of now": (puts("tables/review_about.csv", b"id\r\n"), r"review_about.csv is no table"),
    "a column of now": (
        replaces("tables/label.csv", b"name", b"nome"), r"label.csv, line 1: it lacks"),
    "a row that is not there": (
        replaces("tables/study_work.csv", b"\n3,3,1,", b"\n3,998,1,"),
        r"earlier Waymark .0.2.0. and cannot be brought up to date.*name rows that are not there"),
    "rows that contradict": (
        replaces("tables/label.csv", b"\r\n", b"\r\n1,1,Twice\r\n1,1,Twice\r\n"),
        r"label.csv: two rows contradict each other"),
}  # fmt: skip


@pytest.mark.journey
def test_a_look_says_by_which_waymark_it_was_made(target: Store) -> None:
    look = archive.look(target, EARLIER)
    assert (look.program, look.made_at) == ("0.2.0", "2026-12-01T03:27:53Z")
    assert "A reviewer" in look.names


@pytest.mark.journey
@pytest.mark.parametrize("case", REFUSED)
def test_an_earlier_archive_that_is_not_as_it_was_made_is_refused(
    target: Store, tmp_path: Path, case: str
) -> None:
    change, words = REFUSED[case]
    path = repacked(EARLIER, tmp_path / "old.zip", change, honest=case != "a cell changed")
    before = rows(target)
    with pytest.raises(Invalid, match=words):
        archive.take_in(target, path)
    assert rows(target) == before
