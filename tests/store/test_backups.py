"""A backup is whole, whatever happens to the process that writes; a restore loses nothing."""

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evidence.errors import Invalid, NotAllowed, WaymarkError
from evidence.store import Store, backups
from evidence.store.review import people, reviews
from evidence.store.schema import decision, review
from tests.conftest import NOW, ROOT, a_reading, keep

WORKS = 240
SNAPSHOT = ROOT / "tests" / "fixtures" / "database_0007"
LATER = 20  # works that a writer leaves until it is told to go on
# Decides on one work after another, and says which once that is kept.
WRITER = """
import sys
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.screening.decisions import NewDecision

store = Store.open(sys.argv[1])
desk = Desk(store=store, review_id=1, person_id=1)
first, later, last = map(int, sys.argv[2:])
for work in range(first, last):
    if work == later:
        print("waits", flush=True)
        sys.stdin.readline()
    new = NewDecision(work_id=work, stage=Stage.TITLE_ABSTRACT, verdict=Verdict.EXCLUDE,
                      client_id=f"c{work}")
    decisions.decide(desk, [new])
    print(f"c{work}", flush=True)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a review of many works."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    store = Store.open(f"sqlite:///{path}")
    with store.writing_outside() as c:
        anna = people.add(c, "Anna", NOW)
        review_id = reviews.create(c, anna.id, NOW, reviews.Draft(title="Gardens and work"))
    keep(store, anna.id, review_id, a_reading(*(f"Garden {n} and work" for n in range(WORKS))))
    store.close()
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    path = tmp_path / "live" / "waymark.db"
    path.parent.mkdir()
    shutil.copy(filled, path)
    return path


class Writer:
    """A process that decides, as an app would for people."""

    def __init__(self, database: Path) -> None:
        works = [str(number) for number in (1, WORKS - LATER, WORKS + 1)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, f"sqlite:///{database}", *works],
            cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.acknowledged: list[str] = []

    def wait_for(self, decisions: int) -> None:
        """Read on until it told of so many decisions."""
        while len(self.acknowledged) < decisions:
            self.acknowledged.append(self._line())

    def go_on(self) -> list[str]:
        """Let it make its last decisions, and hear of them."""
        while (line := self._line()) != "waits":
            self.acknowledged.append(line)
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.wait_for(WORKS)
        return self.acknowledged[-LATER:]

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        assert line, "the writer ended"
        return line

    def kill(self) -> None:
        """As a power cut would, and hear what it said until then."""
        self.process.kill()
        assert self.process.wait(10) == -signal.SIGKILL
        assert self.process.stdout
        lines = self.process.stdout.read().split("\n")
        self.acknowledged += [line for line in lines[:-1] if line != "waits"]


@pytest.fixture
def writer(database: Path) -> Iterator[Writer]:
    started = Writer(database)
    yield started
    started.process.kill()
    started.process.communicate()


def decided(database: Path) -> set[str]:
    """The decisions of a database, seen by the program."""
    store = Store.open(f"sqlite:///{database}")
    with store.reading_outside() as c:
        ids = set(c.execute(decision.select().with_only_columns(decision.c.client_id)).scalars())
    store.close()
    return ids


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def change(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.journey  # seconds of waiting
@pytest.mark.parametrize("decisions", [1, 100])
def test_after_a_kill_every_decision_that_was_told_is_backed_up_and_restored(
    database: Path, writer: Writer, tmp_path: Path, decisions: int
) -> None:
    writer.wait_for(decisions)
    during = len(writer.acknowledged)
    backups.back_up(database, tmp_path / "during.db")  # while it writes
    writer.kill()
    assert set(writer.acknowledged[:during]) <= decided(tmp_path / "during.db")
    left_behind = tmp_path / "copied.db"
    shutil.copy(database, left_behind)  # as the README once said: the newest are missing
    assert not set(writer.acknowledged) <= decided(left_behind)
    contents = backups.back_up(database, tmp_path / "backup.db")
    elsewhere = tmp_path / "elsewhere.db"
    restored = backups.restore(tmp_path / "backup.db", elsewhere)
    assert set(writer.acknowledged) <= decided(elsewhere)
    assert restored.contents == contents
    assert contents.decisions == len(decided(elsewhere))


@pytest.mark.journey  # seconds of waiting
def test_a_restore_while_people_decide_loses_none_of_their_decisions(
    database: Path, writer: Writer, tmp_path: Path
) -> None:
    writer.wait_for(20)
    backups.back_up(database, tmp_path / "backup.db")
    writer.wait_for(60)
    restored = backups.restore(tmp_path / "backup.db", database, replace=True)
    latest = writer.go_on()  # in what was restored
    assert restored.replaced is not None
    before, after = decided(restored.replaced), decided(database)
    assert set(writer.acknowledged) <= before | after
    assert set(writer.acknowledged[:60]) <= before
    assert set(writer.acknowledged[:20]) <= after
    assert set(latest) <= after
    assert not set(writer.acknowledged) <= after


def test_a_backup_is_one_file_and_making_it_changes_nothing(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    before = files(database.parent)
    contents = backups.back_up(database, folder / "backup.db")
    assert (contents.reviews, contents.records, contents.decisions) == (1, WORKS, 0)
    assert files(database.parent) == before
    assert list(files(folder)) == ["backup.db"]
    before = files(folder)
    backups.restore(folder / "backup.db", database, replace=True)
    assert files(folder) == before


def test_what_is_there_is_replaced_only_on_demand_and_kept(database: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    backups.back_up(database, backup)
    change(database, "UPDATE review SET title = 'Newer'")
    with pytest.raises(NotAllowed, match="--replace"):
        backups.back_up(database, backup)
    with pytest.raises(NotAllowed, match="--replace"):
        backups.restore(backup, database)
    replaced = backups.restore(backup, database, replace=True).replaced
    assert replaced is not None
    assert replaced.parent == database.parent
    titles = []
    for path in (replaced, database):
        with closing(sqlite3.connect(path)) as connection:
            titles.append(connection.execute("SELECT title FROM review").fetchone()[0])
    assert titles == ["Newer", "Gardens and work"]
    again = backups.restore(replaced, database, replace=True)  # the way back, in the same second
    assert again.replaced not in {None, replaced}
    backups.back_up(database, backup, replace=True)


def test_numbers_are_not_given_again_and_no_remembered_answer_is_shown(
    database: Path, tmp_path: Path
) -> None:
    backups.back_up(database, tmp_path / "backup.db")
    change(
        database,
        "UPDATE review SET data_version = 70",
        "UPDATE sqlite_sequence SET seq = 40 WHERE name = 'review'",
    )
    backups.restore(tmp_path / "backup.db", database, replace=True)
    store = Store.open(f"sqlite:///{database}")
    with store.writing_outside() as c:
        (row,) = c.execute(review.select()).mappings()
        versions = {name: row[name] for name in row if name.endswith("_version")}
        assert len(versions) > 1
        assert min(versions.values()) > 70
        assert reviews.create(c, 1, NOW, reviews.Draft(title="Next")) == 41
    store.close()


def test_pages_of_another_size_come_back(database: Path, tmp_path: Path) -> None:
    backups.back_up(database, tmp_path / "backup.db")
    change(tmp_path / "backup.db", "PRAGMA page_size=4096")
    with closing(sqlite3.connect(tmp_path / "backup.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size=4096")
        connection.execute("VACUUM")
    change(database, "DELETE FROM record")
    backups.restore(tmp_path / "backup.db", database, replace=True)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (WORKS,)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_backup_of_an_earlier_waymark_is_brought_up_to_date(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(sqlite3.connect(old)) as connection:
        for name in ("tables.sql", "rows.sql"):
            connection.executescript((SNAPSHOT / name).read_text(encoding="utf-8"))
    assert backups.back_up(old, tmp_path / "backup.db").decisions
    before = (tmp_path / "backup.db").read_bytes()
    backups.restore(tmp_path / "backup.db", new)
    assert (tmp_path / "backup.db").read_bytes() == before
    assert decided(new)


# ── what is refused, with nothing changed ─────────────────────────────────────────────────────────


def spoil(path: Path, how: str) -> None:
    """Make a backup unfit."""
    if how == "page":
        data = bytearray(path.read_bytes())
        middle = len(data) // 2 // 16384 * 16384
        data[middle : middle + 16384] = b"\x7f" * 16384
        path.write_bytes(data)
    elif how == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("<html>Log in</html>" * 100)
    elif how == "other":
        path.unlink()
        change(path, "CREATE TABLE review (id INTEGER)")
    elif how == "newer":
        change(path, "UPDATE alembic_version SET version_num = '9999'")
    elif how == "early":
        change(path, "UPDATE alembic_version SET version_num = '0006'")
    elif how == "none":
        change(path, "DELETE FROM alembic_version")
    elif how == "link":
        change(path, "UPDATE record SET work_id = 999999 WHERE id = 1")
    else:
        change(path, "DROP TABLE term")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("page", "damaged|malformed"),
        ("cut", "damaged|malformed"),
        ("empty", "is no database"),
        ("text", "is no database"),
        ("other", "none of Waymark"),
        ("newer", "made by a newer Waymark"),
        ("early", "made by an early Waymark"),
        ("none", "none of Waymark"),
        ("link", "rows of record name rows that are not there"),
        ("column", "its table term is not whole"),
    ],
)
def test_what_is_no_whole_backup_is_refused(
    database: Path, tmp_path: Path, how: str, words: str
) -> None:
    backup = tmp_path / "backup.db"
    backups.back_up(database, backup)
    spoil(backup, how)
    before = files(database.parent)
    with pytest.raises(WaymarkError, match=words) as caught:
        backups.restore(backup, database, replace=True)
    assert str(caught.value).startswith("Nothing was changed")
    assert files(database.parent) == before


@pytest.mark.parametrize("how", ["page", "cut", "text", "other", "link"])
def test_a_damaged_database_makes_no_backup(database: Path, tmp_path: Path, how: str) -> None:
    backup = tmp_path / "backups" / "backup.db"
    backup.parent.mkdir()
    backups.back_up(database, backup)
    before = files(backup.parent)
    spoil(database, how)
    with pytest.raises(WaymarkError, match="No backup was written"):
        backups.back_up(database, backup, replace=True)
    assert files(backup.parent) == before


@pytest.mark.parametrize("how", ["page", "cut", "empty", "text"])
def test_a_backup_takes_the_place_of_a_damaged_database(
    database: Path, tmp_path: Path, how: str
) -> None:
    backups.back_up(database, tmp_path / "backup.db")
    spoil(database, how)
    damaged = database.read_bytes()
    replaced = backups.restore(tmp_path / "backup.db", database, replace=True).replaced
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (WORKS,)
    if damaged:
        assert replaced is not None
        assert replaced.stat().st_size == len(damaged)


def test_a_log_without_its_database_is_not_read_into_the_backup(
    database: Path, writer: Writer, tmp_path: Path
) -> None:
    backups.back_up(database, tmp_path / "backup.db")
    writer.wait_for(30)
    writer.kill()
    database.unlink()  # and its log stays
    restored = backups.restore(tmp_path / "backup.db", database)
    assert len(decided(database)) == restored.contents.decisions
    assert restored.replaced is not None
    assert restored.replaced.with_name(f"{restored.replaced.name}-wal").exists()


def test_a_live_database_with_its_log_can_be_restored_from(
    database: Path, writer: Writer, tmp_path: Path
) -> None:
    writer.wait_for(30)
    writer.kill()
    backups.restore(database, tmp_path / "other.db")
    assert set(writer.acknowledged) <= decided(tmp_path / "other.db")


def test_a_full_disk_is_told_and_nothing_is_left(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(WaymarkError, match="No backup was written: No space left on device"):
        backups.back_up(database, folder / "backup.db")
    assert files(folder) == {}


def test_a_database_cannot_be_its_own_backup(database: Path) -> None:
    with pytest.raises(NotAllowed, match="is the database itself"):
        backups.back_up(database, database, replace=True)
    with pytest.raises(NotAllowed, match="is the database itself"):
        backups.restore(database, database, replace=True)


def test_somebody_who_writes_all_the_time_is_waited_for_and_told(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.back_up(database, tmp_path / "backup.db")
    monkeypatch.setattr(backups, "PATIENCE", 0.5)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WaymarkError, match="somebody writes all the time"):
            backups.restore(tmp_path / "backup.db", database, replace=True)
        other.execute("UPDATE review SET title = 'Mine'")
        other.execute("COMMIT")
    assert sorted(path.name for path in database.parent.iterdir()) == ["waymark.db"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql+psycopg://me:secret@db/waymark", "pg_dump"),
        ("sqlite://", "not in a file"),
        ("sqlite:///:memory:", "not in a file"),
        ("waymark.db", "no address"),
    ],
)
def test_what_is_no_file_of_sqlite_is_told(address: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        backups.database_file(address)
    assert "secret" not in str(caught.value)


def test_a_file_is_known_by_any_of_its_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a b.db"
    addresses = (f"sqlite:///{path}", f"sqlite:///file:{path}?uri=true")
    assert [backups.database_file(address) for address in addresses] == [path, path]


def test_there_is_nothing_to_back_up_before_the_first_start(tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="There is no database"):
        backups.back_up(tmp_path / "none.db", tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []
