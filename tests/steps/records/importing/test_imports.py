"""Looking, keeping, knowing again, undoing."""

import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from evidence.errors import NotAllowed, NotFound
from evidence.problems import Code
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.importing import imports
from evidence.steps.records.importing.preview import drop
from evidence.steps.screening import decisions
from evidence.store import Store, schema
from evidence.store.jobs import State
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from tests.steps.conftest import enter

RIS = "TY  - JOUR\nTI  - One\nAU  - Meyer, Eva\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"

SETTINGS = Settings(max_upload_mb=1)
HERE = SourceDraft(name="PsycINFO", database="PsycINFO", platform="Ovid")


def look(desk: Desk, name: str, data: str | bytes) -> imports.Look:
    data = data.encode() if isinstance(data, str) else data
    look_id = imports.look(desk, name, data, SETTINGS, wait=True)
    return next(one for one in imports.looks(desk) if one.id == look_id)


def choose(one: imports.Look, source: SourceDraft | int = HERE, *without: int) -> imports.Choice:
    return imports.Choice(look_id=one.id, source=source, without=frozenset(without))


def keep(desk: Desk, name: str, data: str | bytes) -> imports.Kept:
    return imports.keep(desk, [choose(look(desk, name, data))])[0]


def titles(desk: Desk) -> list[str]:
    return [line.title for line in records.page(desk, Filter(), 0, 100)]


def test_looking_keeps_nothing(desk: Desk) -> None:
    found = look(desk, "a.ris", RIS)
    assert (found.staged.seen, found.staged.kept, found.can_be_kept) == (2, 2, True)
    assert [(line, one.title) for line, one in found.first] == [(1, "One"), (5, "Two")]
    assert titles(desk) == []
    assert imports.history(desk) == []


def test_keeping_says_what_it_kept(desk: Desk) -> None:
    report = imports.keep(desk, [choose(look(desk, "a.ris", RIS))])
    assert [(k.file, k.source, k.seen, k.records) for k in report] == [("a.ris", "PsycINFO", 2, 2)]
    assert titles(desk) == ["One", "Two"]
    (source,) = imports.history(desk)
    assert (source.source.platform, source.records) == ("Ovid", 2)


@pytest.mark.parametrize(
    "again",
    [RIS, RIS.replace("\n", "\r\n"), "\ufeff" + RIS, RIS.encode("utf-16"), RIS + "\n\n"],
    ids=["same", "other line ends", "with BOM", "UTF-16", "empty lines at the end"],
)
def test_the_same_file_again_adds_nothing_and_says_so(desk: Desk, again: str | bytes) -> None:
    keep(desk, "a.ris", RIS)
    second = look(desk, "renamed.ris", again)
    assert second.known is not None
    assert second.known.name == "a.ris"
    kept = keep(desk, "renamed.ris", again)
    assert kept.records == 0
    assert kept.problems[-1].code is Code.FILE_KNOWN
    assert titles(desk) == ["One", "Two"]


def test_the_same_file_twice_in_one_batch_counts_once(desk: Desk) -> None:
    looks = [look(desk, "a.ris", RIS), look(desk, "b.ris", RIS)]
    report = imports.keep(desk, [choose(one) for one in looks])
    assert [kept.records for kept in report] == [2, 0]


def test_a_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    files: list[tuple[str, bytes]] = [
        ("empty.ris", b""),
        ("photo.ris", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("page.ris", b"<!DOCTYPE html><html><body>Session expired</body></html>"),
        ("letter.txt", b"Dear all, please find attached the letter."),
        ("big.ris", b"TY  - JOUR\n" * 100_000),
        ("good.ris", RIS.encode()),
    ]
    report = imports.keep(desk, [choose(look(desk, *file)) for file in files])
    codes = {kept.file: {problem.code for problem in kept.problems} for kept in report}
    assert codes == {
        "empty.ris": {Code.FILE_EMPTY},
        "photo.ris": {Code.FILE_BINARY},
        "page.ris": {Code.FILE_WEB_PAGE},
        "letter.txt": {Code.FILE_UNKNOWN},
        "big.ris": {Code.FILE_TOO_LARGE},
        "good.ris": set(),
    }
    assert titles(desk) == ["One", "Two"]
    assert all(kept.file in str(p) for kept in report for p in kept.problems)


def test_a_later_file_can_be_added_to_a_source(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (there,) = imports.history(desk)
    more = look(desk, "b.ris", RIS.replace("One", "Three"))
    imports.keep(desk, [choose(more, there.source.id)])
    (there,) = imports.history(desk)
    assert [file.name for file in there.files] == ["a.ris", "b.ris"]


def test_a_source_can_be_corrected(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (there,) = imports.history(desk)
    better = SourceDraft(name="ASSIA", search_string="work AND recovery")
    imports.change_source(desk, there.source.id, better)
    (there,) = imports.history(desk)
    assert (there.source.name, there.source.search_string) == ("ASSIA", "work AND recovery")


def test_undo_and_import_anew(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (there,) = imports.history(desk)
    imports.undo(desk, there.files[0].id)
    assert titles(desk) == []
    assert keep(desk, "a.ris", RIS).records == 2


def test_undo_is_refused_once_somebody_worked_on_it(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    keep(desk, "a.ris", RIS)
    (line, _) = records.page(desk, Filter(), 0, 10)
    new = NewDecision(
        work_id=line.id,
        stage=Stage.TITLE_ABSTRACT,
        verdict=Verdict.INCLUDE,
        client_id="x",
    )
    decisions.decide(bens_desk, [new])
    (there,) = imports.history(desk)
    with pytest.raises(NotAllowed, match=r"a\.ris cannot be undone"):
        imports.undo(desk, there.files[0].id)


def test_markup_and_formulas_are_kept_as_text(desk: Desk) -> None:
    keep(desk, "a.ris", RIS.replace("One", "<script>alert(1)</script> =1+1"))
    assert titles(desk)[0] in {"<script>alert(1)</script> =1+1", "alert(1) =1+1"}


def test_what_was_looked_at_is_nobody_elses(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    mine = look(desk, "a.ris", RIS)
    assert imports.looks(bens_desk) == []
    drop(bens_desk, mine.id)
    with pytest.raises(NotFound):
        imports.keep(bens_desk, [choose(mine)])
    assert keep(bens_desk, "same.ris", RIS).records == 2
    assert imports.keep(desk, [choose(mine)])[0].records == 0
    assert imports.looks(desk) == []


def test_a_dropped_look_leaves_nothing(desk: Desk) -> None:
    drop(desk, look(desk, "a.ris", RIS).id)
    assert imports.looks(desk) == []
    with desk.reading() as c:
        for table in (schema.work, schema.record, schema.imported_file, schema.job):
            assert c.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_a_look_that_broke_off_is_not_in_the_review(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the power fails between two batches."""

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("evidence.steps.records.importing.batches.BATCH", 1)
    monkeypatch.setattr("evidence.store.records.import_previews.close_file", fail)
    with pytest.raises(RuntimeError):
        look(desk, "a.ris", RIS)
    assert titles(desk) == []
    (broken,) = imports.looks(desk)
    assert broken.staged.job.state is State.FAILED
    assert not broken.can_be_kept
    monkeypatch.undo()
    assert keep(desk, "a.ris", RIS).records == 2
    assert titles(desk) == ["One", "Two"]


def test_reading_stops_when_the_look_is_dropped(desk: Desk) -> None:
    look_id = imports.look(desk, "empty.ris", b"", SETTINGS)
    drop(desk, look_id)
    job_id = 1
    seen: list[float] = []

    def work(store: Store, tell: jobs.Telling) -> None:
        tell(0.1, "first")
        seen.append(0.1)

    jobs.run(desk.store, job_id, work)
    assert seen == []


def test_a_large_file_is_read_in_the_background(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("evidence.steps.records.importing.preview.WHILE_WAITING", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others read their files meanwhile
    look_id = imports.look(desk, "a.ris", RIS.encode(), SETTINGS)
    deadline = time.monotonic() + 60
    while (one := imports.looks(desk)[0]).staged.job.going and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (one.id, one.can_be_kept) == (look_id, True)
    assert not list(tmp_path.glob("waymark-upload-*"))
