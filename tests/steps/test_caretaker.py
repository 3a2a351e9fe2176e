"""A server that makes backups by itself keeps so many, and removes nothing else."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps import caretaker
from evidence.steps.caretaker import Caretaker
from tests.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def settings(sqlite_address: str, tmp_path: Path) -> Settings:
    folder = tmp_path / "backups"
    folder.mkdir()
    return Settings(database=sqlite_address, backup_folder=str(folder), backups_kept=2, free_mb=0)


def names(settings: Settings) -> list[str]:
    return sorted(each.name for each in Path(settings.backup_folder).iterdir())


def test_backups_are_made_at_the_interval_and_so_many_stay(settings: Settings) -> None:
    folder = Path(settings.backup_folder)
    others = ["waymark-old.db", "waymark-2020-01-01-000000.db.txt", "waymark-2019-01-01-000000.db"]
    for name in others[:2]:
        (folder / name).write_text("mine")
    (folder / others[2]).mkdir()  # a folder is nobody's backup
    keeper = Caretaker(settings)
    for moment in (NOW, NOW + DAY / 2, NOW + DAY, NOW + 2 * DAY):
        keeper.look(moment)
    assert names(settings) == sorted(
        ["waymark-2026-11-23-120000.db", "waymark-2026-11-24-120000.db", *others]
    )
    Caretaker(settings).look(NOW + 2 * DAY)  # as after a restart
    assert len(names(settings)) == 5


def test_a_failure_is_in_the_log_and_removes_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Caretaker(settings)
    keeper.look(NOW)
    made = names(settings)
    database = Path(settings.database.removeprefix("sqlite:///"))
    database.write_bytes(b"damaged" * 1000)
    with caplog.at_level(logging.INFO):
        keeper.look(NOW + 3 * DAY)
        keeper.look(NOW + 4 * DAY)  # not tried at every look
    assert [each.levelname for each in caplog.records] == ["ERROR"]
    assert "No backup was written" in caplog.text
    assert names(settings) == made


def test_check_tells_that_backups_are_late(settings: Settings) -> None:
    assert any("no backup" in each for each in caretaker.check(settings).faults)
    Caretaker(settings).look(NOW)  # long ago by the clock of check
    (late,) = caretaker.check(replace(settings, backup_hours=1)).faults
    assert "The newest backup" in late
    assert "2026-11-22 12:00 UTC" in late


def test_where_no_backup_can_be_made_the_server_does_not_start(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="There is no folder"):
        caretaker.plan_of(replace(settings, backup_folder=str(tmp_path / "none")))
    with pytest.raises(Invalid, match="pg_dump"):
        caretaker.plan_of(replace(settings, database="postgresql+psycopg://a@b/c"))
    assert caretaker.plan_of(replace(settings, backup_folder="")) is None
    with pytest.raises(Invalid, match="WAYMARK_BACKUPS_KEPT must be 1"):
        Settings.from_environment({"WAYMARK_BACKUPS_KEPT": "0"})


def test_little_space_is_told(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    Caretaker(replace(settings, free_mb=999_999_999)).look(NOW)
    assert caplog.text.count("WAYMARK_FREE_MB asks for") == 2


def test_a_backup_is_restored_as_a_try(settings: Settings, tmp_path: Path) -> None:
    Caretaker(settings).look(NOW)
    (name,) = names(settings)
    run = CliRunner(env={"WAYMARK_DATABASE": "postgresql+psycopg://a@b/c"}).invoke
    result = run(app, ["restore", str(Path(settings.backup_folder) / name), "--try"])
    assert result.exit_code == 0
    assert "It can be restored" in result.output
    (tmp_path / "odd.db").write_text("odd")
    assert run(app, ["restore", str(tmp_path / "odd.db"), "--try"]).exit_code == 1
