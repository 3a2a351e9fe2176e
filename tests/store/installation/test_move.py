"""A move takes everything along, both ways, or nothing at all."""

import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from evidence.cli import app
from evidence.errors import Invalid, NotAllowed, Unavailable, WaymarkError
from evidence.store import Store, addresses, migrate
from evidence.store.installation import move
from evidence.store.installation.table_rows import Digest
from evidence.store.review import people, reviews
from evidence.store.schema import metadata, preference
from tests.conftest import NOW, ROOT, _administer
from tests.steps.prepared import prepared_database

SNAPSHOT = ROOT / "tests" / "fixtures" / "database_0007"
SECRET = "hidden-from-logs"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite database with something of everything, a session included."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    path.write_bytes(prepared_database()[0])
    address = f"sqlite:///{path}"
    with closing(Store.open(address)) as store, store.writing_outside() as c:
        c.execute(
            text("INSERT INTO account (person_id, issuer, subject, email, created_at) "
                 "VALUES (1, 'waymark', '1', 'a@example.org', '2026-11-01 00:00:00.000000')")
        )  # fmt: skip
        c.execute(
            text("INSERT INTO session (token_hash, account_id, began_at, seen_at, ends_at, "
                 "ended_by) VALUES ('f', 1, '2026-11-01', '2026-11-01', '2026-11-01', '')")
        )  # fmt: skip
        odd = (0.1 + 0.2, 1.0, 7, None, "7", {"ü": [1.0, "\x01"]})
        for number, value in enumerate(odd):
            row = {"person_id": 1, "review_id": 1, "name": f"odd {number}", "value": value}
            c.execute(insert(preference).values(**row))
        c.execute(text("UPDATE sqlite_sequence SET seq = 4711 WHERE name = 'work'"))
    return address


@pytest.fixture
def empty(postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    name = f"m{uuid.uuid4().hex}"
    _administer(postgres, f"CREATE DATABASE {name}")
    yield postgres.format(name=name)
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def rows_of(address: str) -> dict[str, list[str]]:
    """What every table comes to, read without the move."""
    with closing(Store.open(address)) as store, store.reading_outside() as c:
        return {
            table.name: sorted(repr([comparable(value) for value in row]) for row in rows)
            for table in metadata.sorted_tables
            for rows in [c.execute(select(table))]
        }


def comparable(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def tables_of(address: str) -> list[str]:
    engine = create_engine(address)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


@pytest.mark.postgres
@pytest.mark.journey
def test_everything_goes_to_postgresql_and_back(filled: str, empty: str, tmp_path: Path) -> None:
    before = rows_of(filled)
    assert before["session"]
    told: list[tuple[str, int, int]] = []
    there = move.move(filled, empty, lambda *each: told.append(each))
    assert told[-1][1] == told[-1][2]
    assert there.stayed == {"session": 1}
    assert sum(each.rows for each in there.tables) == sum(
        len(rows) for name, rows in before.items() if name != "session"
    )
    assert rows_of(empty) == before | {"session": []}
    back_at = f"sqlite:///{tmp_path / 'back.db'}"
    back = move.move(empty, back_at)
    assert back.tables == there.tables
    assert rows_of(back_at) == before | {"session": []}
    assert [each.name for each in tmp_path.iterdir()] == ["back.db"]
    for address in (empty, back_at):  # numbers go on where they stood in the first database
        with closing(Store.open(address)) as store, store.writing_outside() as c:
            review_id = reviews.create(c, 1, NOW, reviews.Draft(title="New"))
            assert review_id > len(before["review"])
            query = text("INSERT INTO work (review_id, origin) VALUES (:id, '{}') RETURNING id")
            assert c.execute(query, {"id": review_id}).scalar_one() == 4712
            with pytest.raises(IntegrityError), c.begin_nested():
                c.execute(text("UPDATE work SET merged_into = 999999 WHERE id = 4712"))


@pytest.mark.postgres
def test_what_is_not_empty_is_left_alone(
    filled: str, emptied: Callable[[], str], tmp_path: Path
) -> None:
    full = emptied()
    with pytest.raises(NotAllowed, match="tables in postgresql"):
        move.move(filled, full)
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(NotAllowed, match="already"):
        move.move(filled, f"sqlite:///{there}")
    assert there.read_text() == "mine"
    with pytest.raises(WaymarkError, match="There is no database"):
        move.move(f"sqlite:///{tmp_path / 'none.db'}", f"sqlite:///{tmp_path / 'new.db'}")
    assert [each.name for each in tmp_path.iterdir()] == ["there.db"]


@pytest.mark.postgres
@pytest.mark.journey
def test_a_row_that_does_not_fit_moves_nothing(filled: str, empty: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(Path(filled.removeprefix("sqlite:///")).read_bytes())
    with closing(Store.open(f"sqlite:///{path}")) as store, store.writing_outside() as c:
        c.execute(text("UPDATE work SET title = 'a' || char(0) || 'b' WHERE id = 1"))
    with pytest.raises(Invalid, match="a row of the table work cannot be kept"):
        move.move(f"sqlite:///{path}", empty)
    assert tables_of(empty) == []


@pytest.mark.journey
def test_an_earlier_database_is_brought_up_to_date_first(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        for name in ("tables.sql", "rows.sql"):
            connection.executescript((SNAPSHOT / name).read_text(encoding="utf-8"))
    new = f"sqlite:///{tmp_path / 'new.db'}"
    move.move(f"sqlite:///{tmp_path / 'old.db'}", new)
    engine = create_engine(new)
    with engine.connect() as c:
        assert migrate.step_of(c) == migrate.newest_step()
    engine.dispose()


@pytest.mark.journey
def test_nobody_saves_in_the_old_database_meanwhile(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.store.engine.WAITING", 10)
    refused: list[str] = []

    def save(*_: object) -> None:
        with closing(Store.open(filled)) as other:
            try:
                with other.writing_outside() as c:
                    people.add(c, "Late", NOW)
            except Unavailable as error:
                refused.append(str(error))

    move.move(filled, f"sqlite:///{tmp_path / 'new.db'}", save)
    assert refused
    assert "busy" in refused[0]


def test_passwords_are_printed_nowhere(filled: str, tmp_path: Path) -> None:
    server = f"postgresql+psycopg://anna:{SECRET}@127.0.0.1:1/waymark?password={SECRET}"
    assert addresses.shown(server) == "postgresql+psycopg://anna:***@127.0.0.1:1/waymark"
    run = CliRunner(env={"WAYMARK_DATABASE": filled}).invoke
    odd = [f"postgresql+psycopg://anna:{SECRET}/9@host/x", f"nonsense {SECRET}"]
    for address in (server, *odd):
        result = run(app, ["move", address])
        assert result.exit_code == 1
        assert result.output
        assert SECRET not in result.output
        assert isinstance(result.exception, SystemExit)
        there = CliRunner(env={"WAYMARK_DATABASE": address})
        result = there.invoke(app, ["move", f"sqlite:///{tmp_path / 'new.db'}"])
        assert result.exit_code == 1
        assert SECRET not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_digest_tells_any_difference_and_no_order() -> None:
    rows: list[tuple[object, ...]] = [(1, "a", None), (2, "b", b"x"), (2, "b", b"x")]

    def digest(rows: list[tuple[object, ...]]) -> str:
        made = Digest(json_at=frozenset())
        for row in rows:
            made.add(row)
        return made.text

    assert digest(rows) == digest(rows[::-1])
    others: list[list[tuple[object, ...]]]
    others = [rows[:2], [*rows, rows[0]], [(1, "a", ""), *rows[1:]], [(1, "a", "None"), *rows[1:]]]
    assert len({digest(rows), *map(digest, others)}) == 5


# Moves, and is killed when a table of the last ones is written.
KILLED = """
import os, signal, sys
from evidence.store.installation import move

def tell(table, done, total):
    if table == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

move.move(sys.argv[1], sys.argv[2], tell)
"""


@pytest.mark.postgres
@pytest.mark.journey
def test_a_move_that_is_killed_has_moved_nothing(filled: str, empty: str, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    for target in (empty, f"sqlite:///{new}"):
        arguments = [sys.executable, "-c", KILLED, filled, target, "coding_change"]
        killed = subprocess.run(arguments, cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
    assert tables_of(empty) == []
    assert not new.exists()
    assert all(each.name.startswith(".new.db-") for each in tmp_path.iterdir())
