"""Reading in one process while another stores."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from evidence.citations.formats import chunks
from evidence.citations.formats.chunks import cut
from evidence.errors import WaymarkError
from evidence.problems import Problem
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, parallel, read_preview, uploads
from evidence.steps.records.importing.batches import Batch, Task, batches, recognise
from evidence.store.records.record_rows import RecordRow
from evidence.store.records.sources import SourceDraft
from tests.steps.records.importing.test_imports import RIS, look, titles
from tests.steps.records.importing.test_uploads import SAID, TABLE, wait_for

MANY = "".join(f"TY  - JOUR\nTI  - No {number}\nER  - \n" for number in range(4500))


NOTES = "N1  - " + "a note " * 300


def long(many: int) -> str:
    """A file that is read in chunks where it is large; it has lines that belong to no entry."""
    return "".join(
        f"{'' if number % (many // 3) else 'Scopus'}\n"
        f"TY  - JOUR\nTI  - No {number}\n{'' if number % (many // 9) else 'A line'}\n"
        f"{NOTES}\nER  - \n"
        for number in range(many)
    )


LONG = long(9000)


def task(data: Path, settings: Settings | None = None) -> Task:
    return Task(
        preview_id=1,
        file_id=1,
        person_id=1,
        name="a.ris",
        data=data,
        settings=settings or Settings(),
    )


@pytest.mark.journey
def test_a_process_gives_what_reading_here_gives(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(MANY)
    (tmp_path / "b.ris").write_text(MANY)
    here = recognise(task(tmp_path / "a.ris"))
    with parallel.read(task(tmp_path / "b.ris")) as (found, rest):
        assert (found.opened.format, found.opened.seen) == ("ris", 4500)
        assert list(rest) == list(batches(here.opened.entries()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.journey
def test_two_processes_give_what_reading_here_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # what they leave for each other
    (tmp_path / "a.ris").write_text(LONG)
    (tmp_path / "b.ris").write_text(LONG)
    here = recognise(task(tmp_path / "a.ris"))
    assert len(cut(here.opened)) > parallel.READERS
    with parallel.read(task(tmp_path / "b.ris")) as (_, rest):
        assert flat(rest) == flat(batches(here.opened.entries()))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_costs_only_the_help_of_the_second_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 300_000)

    class Sender:
        def __init__(self) -> None:
            self.sent: list[Any] = []

        def send(self, one: object) -> None:
            self.sent.append(one)

    (tmp_path / "a.ris").write_text(long(900))
    (tmp_path / "b.ris").write_text(long(900))
    here = recognise(task(tmp_path / "a.ris"))
    assert len(cut(here.opened)) > parallel.READERS
    sender = Sender()
    parallel._send(cast(Any, sender), task(tmp_path / "b.ris"), tmp_path / "gone" / "clean")
    (_, shared), *rest, end = sender.sent
    assert shared is None
    assert flat(iter(rest)) == flat(batches(here.opened.entries()))
    assert end == parallel.Ended([])


def flat(rest: Iterator[Batch]) -> tuple[list[RecordRow], list[Problem]]:
    """The records and the problems of all batches."""
    found = list(rest)
    return [one for b in found for one in b.records], [one for b in found for one in b.problems]


def test_a_process_that_is_killed_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(MANY)
    with (
        pytest.raises(WaymarkError, match="was killed"),
        parallel.read(task(tmp_path / "a.ris")) as (_, rest),
    ):
        for process in children():
            os.kill(process, signal.SIGKILL)
        list(rest)


def test_the_second_process_may_be_killed_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "a.ris").write_text(LONG)
    before = set(children())
    with (
        pytest.raises(WaymarkError, match="was killed"),
        parallel.read(task(tmp_path / "a.ris")) as (_, rest),
    ):
        os.kill(max(set(children()) - before), signal.SIGKILL)
        list(rest)
    assert set(children()) == before
    assert list(tmp_path.iterdir()) == []


def children() -> list[int]:
    """The processes that this one made to read."""
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [
        int(number)
        for number in found
        if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]


def test_what_fails_there_is_raised_here(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="FileNotFoundError"),
        parallel.read(task(tmp_path / "gone.ris")),
    ):
        pass


def test_a_block_that_is_left_early_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(MANY * 4)
    before = set(children())
    with pytest.raises(jobs.Cancelled), parallel.read(task(tmp_path / "a.ris")):
        raise jobs.Cancelled
    assert set(children()) == before


@pytest.mark.journey
def test_large_files_and_tables_come_in_this_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(read_preview, "WORTH_A_PROCESS", 10)
    for name, text in (("a.ris", RIS), ("list.csv", TABLE)):
        (tmp_path / name).write_text(text)
        begun, job_id = uploads._begin(desk, name, tmp_path / name, Settings())
        jobs.run(desk.store, job_id, read_preview.fill, begun)
    ris, table = wait_for(desk)
    assert ris.file.sha256 == look(desk, "again.ris", RIS).file.sha256
    uploads.read_again(desk, table.id, SAID, Settings())
    imports.import_files(
        desk, [imports.Choice(one.id, SourceDraft(name="A")) for one in (ris, table)]
    )
    assert titles(desk) == ["One", "Two", "A garden study", "Another one"]
