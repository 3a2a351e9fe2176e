"""A look through a database tells what is wrong, and changes nothing."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from evidence.cli import app
from evidence.errors import WaymarkError
from evidence.store import Store, migrate
from evidence.store.installation.check import Orphans, check
from evidence.store.schema import metadata
from tests.store.installation.test_move import SECRET


def faults(address: str) -> list[str]:
    return list(check(address, least_megabytes=0).faults)


def test_a_database_in_order(store: Store, anna: object) -> None:
    address = store.engine.url.render_as_string(hide_password=False)
    found = check(address, least_megabytes=0)
    assert found.faults == []
    assert found.step == found.newest_step == migrate.newest_step()
    assert set(found.tables) == set(metadata.tables)
    assert found.tables["person"] == 1


def test_orphans_missing_tables_and_steps_are_told(store: Store, review_id: int) -> None:
    server = store.engine.dialect.name == "postgresql"
    with store.writing_outside() as c:
        off = "SET LOCAL session_replication_role = replica" if server else "SELECT 1"
        if not server:
            c.exec_driver_sql("COMMIT")
            c.exec_driver_sql("PRAGMA foreign_keys=OFF")
        c.execute(text(off))
        query = text("INSERT INTO work (review_id, merged_into, origin) VALUES (77, :other, '{}')")
        c.execute(query, [{"other": 88}, {"other": None}])
        if not server:
            c.exec_driver_sql("PRAGMA foreign_keys=ON")
            c.exec_driver_sql("BEGIN")
    found = check(store.engine.url.render_as_string(hide_password=False), least_megabytes=0)
    assert sorted(found.orphans, key=lambda each: each.column) == [
        Orphans("work", "merged_into", "work", 1),
        Orphans("work", "review_id", "review", 2),
    ]
    assert len(found.faults) == 2
    with store.writing_outside() as c:
        c.execute(text("DELETE FROM work WHERE review_id = 77"))


def test_a_damaged_database_is_told_and_not_touched(sqlite_address: str) -> None:
    path = Path(sqlite_address.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE passkey")
        connection.execute("UPDATE alembic_version SET version_num = '0043'")
        connection.commit()
    assert "The table passkey is missing." in faults(sqlite_address)
    assert any("0043" in each for each in faults(sqlite_address))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = b"\xff" * 40_000
    path.write_bytes(content)
    before = hashlib.sha256(path.read_bytes()).digest()
    assert any("damaged" in each or "read to its end" in each for each in faults(sqlite_address))
    path.write_bytes(b"no database" * 100)
    assert "read to its end" in faults(sqlite_address)[-1]
    path.write_bytes(content)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_the_command_exits_with_1_when_something_is_wrong(
    sqlite_address: str, tmp_path: Path
) -> None:
    def run(**environment: str) -> tuple[int, str]:
        made = CliRunner(env={"WAYMARK_DATABASE": sqlite_address} | environment)
        result = made.invoke(app, ["check"])
        return result.exit_code, result.output

    code, said = run(WAYMARK_FREE_MB="0")
    assert code == 0
    assert "Nothing is wrong." in said
    code, said = run(WAYMARK_FREE_MB="999999999")
    assert code == 1
    assert "WAYMARK_FREE_MB asks for" in said
    code, said = run(WAYMARK_DATABASE=f"sqlite:///{tmp_path / 'none.db'}")
    assert code == 1
    assert "There is no database" in said
    assert not (tmp_path / "none.db").exists()
    code, said = run(WAYMARK_DATABASE=f"postgresql+psycopg://a:{SECRET}@127.0.0.1:1/x")
    assert code == 1
    assert SECRET not in said


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="no address"):
        check("nonsense", least_megabytes=0)
