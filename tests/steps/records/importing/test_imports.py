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
from evidence.steps.records import records, sources
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.screening import decisions
from evidence.store import Store, schema
from evidence.store.jobs import JobState
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from tests.eppi.made_exports import SETTING, applied, as_bytes, reference, report
from tests.steps.conftest import enter

RIS = "TY  - JOUR\nTI  - One\nAU  - Meyer, Eva\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"

SETTINGS = Settings(max_upload_mb=1)
HERE = SourceDraft(name="PsycINFO", database="PsycINFO", platform="Ovid")


def look(desk: Desk, name: str, data: str | bytes) -> previews.Preview:
    data = data.encode() if isinstance(data, str) else data
    preview_id = uploads.add(desk, name, data, SETTINGS, wait=True)
    return next(one for one in previews.listing(desk) if one.id == preview_id)


def choose(
    one: previews.Preview, source: SourceDraft | int = HERE, *without: int
) -> imports.Choice:
    return imports.Choice(preview_id=one.id, source=source, left_out=frozenset(without))


def keep(desk: Desk, name: str, data: str | bytes) -> imports.ImportReport:
    return imports.import_files(desk, [choose(look(desk, name, data))])[0]


def titles(desk: Desk) -> list[str]:
    return [line.title for line in records.page(desk, Filter(), 0, 100)]


def test_looking_keeps_nothing(desk: Desk) -> None:
    found = look(desk, "a.ris", RIS)
    assert (found.file.seen, found.file.records, found.can_be_imported) == (2, 2, True)
    assert [(line, one.title) for line, one in found.first_records] == [(1, "One"), (5, "Two")]
    assert titles(desk) == []
    assert sources.listing(desk) == []


def test_keeping_says_what_it_kept(desk: Desk) -> None:
    report = imports.import_files(desk, [choose(look(desk, "a.ris", RIS))])
    assert [(k.file, k.source, k.seen, k.records) for k in report] == [("a.ris", "PsycINFO", 2, 2)]
    assert titles(desk) == ["One", "Two"]
    (source,) = sources.listing(desk)
    assert (source.source.platform, source.records) == ("Ovid", 2)


@pytest.mark.parametrize(
    "again",
    [RIS, RIS.replace("\n", "\r\n"), "\ufeff" + RIS, RIS.encode("utf-16"), RIS + "\n\n"],
    ids=["same", "other line ends", "with BOM", "UTF-16", "empty lines at the end"],
)
def test_the_same_file_again_adds_nothing_and_says_so(desk: Desk, again: str | bytes) -> None:
    keep(desk, "a.ris", RIS)
    second = look(desk, "renamed.ris", again)
    assert second.earlier_import is not None
    assert second.earlier_import.name == "a.ris"
    kept = keep(desk, "renamed.ris", again)
    assert kept.records == 0
    assert kept.problems[-1].code is Code.FILE_KNOWN
    assert titles(desk) == ["One", "Two"]


def test_the_same_file_twice_in_one_batch_counts_once(desk: Desk) -> None:
    looks = [look(desk, "a.ris", RIS), look(desk, "b.ris", RIS)]
    report = imports.import_files(desk, [choose(one) for one in looks])
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
    report = imports.import_files(desk, [choose(look(desk, *file)) for file in files])
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
    (there,) = sources.listing(desk)
    more = look(desk, "b.ris", RIS.replace("One", "Three"))
    imports.import_files(desk, [choose(more, there.source.id)])
    (there,) = sources.listing(desk)
    assert [file.name for file in there.files] == ["a.ris", "b.ris"]


def test_a_source_can_be_corrected(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (there,) = sources.listing(desk)
    better = SourceDraft(name="ASSIA", search_string="work AND recovery")
    sources.change(desk, there.source.id, better)
    (there,) = sources.listing(desk)
    assert (there.source.name, there.source.search_string) == ("ASSIA", "work AND recovery")


def test_undo_and_import_anew(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (there,) = sources.listing(desk)
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
    (there,) = sources.listing(desk)
    with pytest.raises(NotAllowed, match=r"a\.ris cannot be undone"):
        imports.undo(desk, there.files[0].id)


def test_markup_and_formulas_are_kept_as_text(desk: Desk) -> None:
    keep(desk, "a.ris", RIS.replace("One", "<script>alert(1)</script> =1+1"))
    assert titles(desk)[0] in {"<script>alert(1)</script> =1+1", "alert(1) =1+1"}


def test_what_was_looked_at_is_nobody_elses(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    mine = look(desk, "a.ris", RIS)
    assert previews.listing(bens_desk) == []
    previews.drop(bens_desk, mine.id)
    with pytest.raises(NotFound):
        imports.import_files(bens_desk, [choose(mine)])
    assert keep(bens_desk, "same.ris", RIS).records == 2
    assert imports.import_files(desk, [choose(mine)])[0].records == 0
    assert previews.listing(desk) == []


def test_a_dropped_look_leaves_nothing(desk: Desk) -> None:
    previews.drop(desk, look(desk, "a.ris", RIS).id)
    assert previews.listing(desk) == []
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
    look(desk, "a.ris", RIS)
    assert titles(desk) == []
    (broken,) = previews.listing(desk)
    assert broken.file.job.state is JobState.FAILED
    assert not broken.can_be_imported
    monkeypatch.undo()
    assert keep(desk, "a.ris", RIS).records == 2
    assert titles(desk) == ["One", "Two"]


def test_reading_stops_when_the_look_is_dropped(desk: Desk) -> None:
    preview_id = uploads.add(desk, "empty.ris", b"", SETTINGS)
    previews.drop(desk, preview_id)
    job_id = 1
    seen: list[float] = []

    def work(store: Store, tell: jobs.JobProgress) -> None:
        tell(0.1, "first")
        seen.append(0.1)

    jobs.run(desk.store, job_id, work)
    assert seen == []


def test_a_large_file_is_read_in_the_background(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("evidence.steps.records.importing.uploads.WHILE_WAITING", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others read their files meanwhile
    preview_id = uploads.add(desk, "a.ris", RIS.encode(), SETTINGS)
    deadline = time.monotonic() + 60
    while (one := previews.listing(desk)[0]).file.job.going and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (one.id, one.can_be_imported) == (preview_id, True)
    assert not list(tmp_path.glob("waymark-upload-*"))


def test_references_of_eppi_reviewer_come_in_and_their_coding_is_told(desk: Desk) -> None:
    given = [reference(number, applied(1, "note")) for number in (1, 2)]
    data = as_bytes(report([SETTING], [*given, "no reference"]))
    found = look(desk, "Report.json", data)
    assert (found.file.format, found.file.seen, found.file.records) == ("eppi", 3, 2)
    (kept,) = imports.import_files(desk, [choose(found)])
    assert [problem.code for problem in kept.problems] == [
        *(Code.CODING_LEFT, Code.ENTRY_UNREADABLE),
    ]
    assert "2 codes applied" in str(kept.problems[0])
    assert titles(desk) == ["Study 1", "Study 2"]
    again = keep(desk, "Coder 2.json", data)
    assert Code.FILE_KNOWN in {problem.code for problem in again.problems}
