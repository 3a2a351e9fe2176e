"""Tables that nobody has seen, pasted text, archives, and what may happen on the way."""

import io
import resource
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from evidence.errors import Invalid, NotFound, WaymarkError
from evidence.problems import Code
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.records import records, sources
from evidence.steps.records.importing import batches, imports, previews, read_preview, uploads
from evidence.store import Role, Store, schema
from evidence.store.jobs import JobState
from evidence.store.records.filters import Filter
from tests.steps.conftest import enter
from tests.steps.records.importing.test_imports import HERE, RIS, SETTINGS, choose, keep, titles

TABLE = "Nr;Was;Wer;Wann\n1;A garden study;Meyer, Eva;2001\n2;Another one;Berg, Jan;2003\n"
SAID = {"": {"Nr": None, "Was": "title", "Wer": "authors", "Wann": "year"}}


def look_all(desk: Desk, name: str, data: str | bytes) -> list[previews.Preview]:
    data = data.encode() if isinstance(data, str) else data
    ids = uploads.add_all(desk, name, data, SETTINGS, wait=True)
    return [one for one in previews.listing(desk) if one.id in ids]


def packed(**files: str | bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return data.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def left(desk: Desk) -> dict[str, int]:
    """Rows of what a look makes."""
    tables = (schema.work, schema.record, schema.imported_file, schema.upload, schema.job)
    with desk.reading() as c:
        return {
            t.name: n for t in tables if (n := c.scalar(select(func.count()).select_from(t)) or 0)
        }


def test_a_table_nobody_has_seen_waits_for_what_its_columns_hold(desk: Desk) -> None:
    (one,) = look_all(desk, "list.csv", TABLE)
    assert not one.can_be_imported
    (sheet,) = one.file.sheets
    assert [column.name for column in sheet.columns] == ["Nr", "Was", "Wer", "Wann"]
    assert (sheet.mapping["Wann"], sheet.rows) == ("year", 2)
    assert sheet.columns[1].samples == ("A garden study", "Another one")
    uploads.read_again(desk, one.id, SAID, SETTINGS)
    (one,) = previews.listing(desk)
    assert (one.file.seen, one.file.records, one.can_be_imported) == (2, 2, True)
    assert [(first.title, first.year) for _, first in one.first_records] == [
        ("A garden study", 2001),
        ("Another one", 2003),
    ]
    assert str(one.first_records[0][1].authors[0]) == "Meyer, Eva"
    assert titles(desk) == []


def test_unmapped_columns_stay_with_the_record_and_the_import_says_what_was_said(
    desk: Desk,
) -> None:
    (one,) = look_all(desk, "list.csv", TABLE)
    uploads.read_again(desk, one.id, SAID, SETTINGS)
    imports.import_files(desk, [choose(one)])
    (line, _) = records.page(desk, Filter(), 0, 10)
    (record,) = records.get(desk, line.id).records
    assert ("Nr", "1") in record.fields
    (there,) = sources.listing(desk)
    assert there.files[0].mapping == SAID
    assert "upload" not in left(desk)


def test_the_columns_of_a_known_table_can_be_changed_again_and_again(desk: Desk) -> None:
    text = "Title,Translated title,Year\nEin Garten,A garden,2001\n"
    (one,) = look_all(desk, "known.csv", text)
    assert one.first_records[0][1].title == "Ein Garten"
    meanings: list[tuple[str, str | None, str]] = [
        ("notes", "title", "A garden"),
        ("title", None, "Ein Garten"),
    ]
    for first, second, shown in meanings:
        said: dict[str, str | None] = {"Title": first, "Translated title": second, "Year": "year"}
        uploads.read_again(desk, one.id, {"": said}, SETTINGS)
        (one,) = previews.listing(desk)
        assert [reference.title for _, reference in one.first_records] == [shown]
    assert left(desk) == {"work": 1, "record": 1, "imported_file": 1, "upload": 1, "job": 1}


def test_a_workbook_with_a_sheet_that_is_no_table_of_records(desk: Desk) -> None:
    data = workbook(
        Legend=[["Sign", "Meaning"], ["x", "read"]],
        List=[["Was", "Wann"], ["A garden study", 2001]],
    )
    (one,) = look_all(desk, "list.xlsx", data)
    assert [sheet.sheet for sheet in one.file.sheets] == ["Legend", "List"]
    said: dict[str, dict[str, str | None]] = {
        "Legend": {"Sign": None, "Meaning": None},
        "List": {"Was": "title", "Wann": "year"},
    }
    uploads.read_again(desk, one.id, said, SETTINGS)
    (one,) = previews.listing(desk)
    assert [(p.code, p.detail) for p in one.problems] == [(Code.SHEET_LEFT_OUT, "“Legend”")]
    assert one.unused_columns == ()
    with pytest.raises(Invalid, match="sheet “Legend” holds the title"):
        uploads.read_again(desk, one.id, {**said, "Legend": {"Sign": "year"}}, SETTINGS)
    assert [(first.title, first.year) for _, first in one.first_records] == [
        ("A garden study", 2001)
    ]


def test_saying_nothing_or_nonsense_of_columns_is_refused_and_harms_nothing(
    desk: Desk, bens_desk: Desk
) -> None:
    (one,) = look_all(desk, "list.csv", TABLE)
    nothing: list[dict[str, str | None]] = [{"Was": None}, {"Wann": "year"}]
    for said in nothing:
        with pytest.raises(Invalid, match="which column holds the title"):
            uploads.read_again(desk, one.id, {"": said}, SETTINGS)
    enter(bens_desk)
    with pytest.raises(NotFound):
        uploads.read_again(bens_desk, one.id, SAID, SETTINGS)
    uploads.read_again(desk, one.id, {"": {"Gone": "title"}}, SETTINGS)
    (one,) = previews.listing(desk)
    assert "no column “Gone”" in one.file.job.message
    uploads.read_again(desk, one.id, SAID, SETTINGS)
    assert previews.listing(desk)[0].can_be_imported


def test_prose_and_other_files_are_not_taken_for_tables(desk: Desk) -> None:
    (prose,) = look_all(desk, "letter.txt", "Dear all,\nplease find attached\nthe letter.\n")
    (ris,) = look_all(desk, "a.ris", RIS)
    assert prose.file.sheets == ris.file.sheets == ()


def test_pasted_text_is_read_like_a_file(desk: Desk) -> None:
    with pytest.raises(Invalid, match="Paste the text"):
        uploads.add_text(desk, " \n", SETTINGS)
    uploads.add_text(desk, RIS, SETTINGS)
    (one,) = previews.listing(desk)
    assert one.file.name.startswith("Pasted on ")
    assert (one.file.format, one.file.records) == ("ris", 2)


def test_each_file_of_an_archive_has_its_own_account(desk: Desk) -> None:
    data = packed(a_ris=RIS, list_csv=TABLE, photo_png=b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    found = {one.file.name: one for one in look_all(desk, "all.zip", data)}
    assert list(found) == ["all.zip/a.ris", "all.zip/list.csv", "all.zip/photo.png"]
    ris, table, photo = found.values()
    assert (ris.file.seen, ris.file.records) == (2, 2)
    assert table.file.sheets
    assert [problem.code for problem in photo.problems] == [Code.FILE_BINARY]
    previews.drop(desk, photo.id)
    uploads.read_again(desk, table.id, SAID, SETTINGS)
    report = imports.import_as_one_source(desk, [choose(ris), choose(table)])
    assert [(kept.file, kept.records) for kept in report] == [
        ("all.zip/a.ris", 2),
        ("all.zip/list.csv", 2),
    ]
    (there,) = sources.listing(desk)
    assert [file.name for file in there.files] == ["all.zip/a.ris", "all.zip/list.csv"]


def test_what_is_wrong_with_an_archive_itself_is_said(desk: Desk) -> None:
    (empty,) = look_all(desk, "empty.zip", packed())
    assert [problem.code for problem in empty.problems] == [Code.FILE_EMPTY]
    deep = packed(b_zip=packed(c_zip=packed(d_zip=RIS)), a_ris=RIS)
    found = look_all(desk, "deep.zip", deep)
    assert [one.file.records for one in found] == [2, 0]
    assert [problem.code for problem in found[1].problems] == [Code.ARCHIVE_REFUSED]


def wait_for(desk: Desk) -> list[previews.Preview]:
    deadline = time.monotonic() + 60
    while any(one.file.job.going for one in previews.listing(desk)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return previews.listing(desk)


def test_a_large_archive_is_unpacked_in_the_background(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "WHILE_WAITING", 10)
    uploads.add_all(desk, "all.zip", packed(a_ris=RIS, b_ris=RIS.replace("One", "Three")), SETTINGS)
    assert [one.file.name for one in wait_for(desk)] == ["all.zip/a.ris", "all.zip/b.ris"]


def test_an_archive_that_is_cancelled_leaves_nothing(desk: Desk) -> None:
    data = packed(a_ris=RIS, b_ris=RIS.replace("One", "Three"))

    def stop(done: float, doing: str) -> None:
        if "b.ris" in doing:
            raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        uploads._read_now(desk, "all.zip", data, SETTINGS, stop)
    assert left(desk) == {}


def test_a_file_that_breaks_its_reader_does_not_hold_up_the_archive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_one(store: Store, tell: jobs.JobProgress, task: batches.Task) -> None:
        if task.name.endswith("a.ris"):
            raise RuntimeError
        read_preview.fill(store, tell, task)

    monkeypatch.setattr(uploads, "fill", break_one)
    broken, good = look_all(desk, "all.zip", packed(a_ris=RIS, b_ris=RIS))
    assert broken.file.job.state is JobState.FAILED
    assert good.can_be_imported


def test_a_file_that_fails_is_named_and_the_others_come_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("evidence.store.records.import_previews.close_file", fail)
        (first,) = look_all(desk, "a.ris", RIS)
    (damaged,) = look_all(desk, "b.xlsx", workbook(Sheet=[["Title"], ["One"]])[:-40])
    (good,) = look_all(desk, "c.ris", RIS)
    reports = imports.import_files(desk, [choose(one) for one in (first, damaged, good)])
    assert [report.records for report in reports] == [0, 0, 2]
    assert [report.problems[0].code for report in reports[:2]] == [
        *(Code.READING_FAILED, Code.ARCHIVE_REFUSED)
    ]
    assert all(problem.file == report.file for report in reports for problem in report.problems)


def test_two_people_keep_the_same_file_at_once(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    desks = (desk, bens_desk)
    mine = [look_all(each, "a.ris", RIS)[0] for each in desks]
    start = Barrier(2)

    def press(place: int) -> int:
        start.wait()
        (kept,) = imports.import_files(desks[place], [choose(mine[place])])
        return kept.records

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(press, (0, 1))) == [0, 2]
    assert titles(desk) == ["One", "Two"]
    assert previews.listing(desk) == previews.listing(bens_desk) == []


def test_a_job_whose_server_was_killed_is_noticed(desk: Desk) -> None:
    """Whether it was being read or still waited for its turn."""
    for state in (JobState.WAITING, JobState.RUNNING):
        (one,) = look_all(desk, f"{state}.ris", RIS)
        with desk.store.writing_outside() as c:
            of = schema.job.c.review_id == one.id
            (told,) = c.execute(select(schema.job.c.heard_at).where(of)).one()
            silent = told - timedelta(minutes=5)
            c.execute(update(schema.job).where(of).values(state=state.value, heard_at=silent))
    for one in previews.listing(desk):
        assert one.file.job.state is JobState.FAILED
        assert "server stopped" in one.file.job.message
        assert not one.can_be_imported
        previews.drop(desk, one.id)
    assert left(desk) == {}


def test_a_job_that_waits_long_is_not_taken_for_dead(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.01)
    job_id = jobs.begin(desk, "import", Role.EDITOR)
    with desk.store.writing_outside() as c:
        of = schema.job.c.id == job_id
        (told,) = c.execute(select(schema.job.c.heard_at).where(of)).one()
        c.execute(update(schema.job).where(of).values(heard_at=told - timedelta(hours=1)))
    jobs.submit(desk.store, job_id, slow).result(timeout=60)
    time.sleep(0.1)
    with desk.reading() as c:
        assert c.execute(select(schema.job.c.heard_at).where(of)).scalar_one() >= told


def slow(store: Store, tell: jobs.JobProgress) -> None:
    time.sleep(0.5)


def test_old_copies_of_files_are_removed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(uploads, "DROPPED_AFTER", timedelta(seconds=-5))
    (tmp_path / "waymark-upload-x").write_text("of a server that was killed")
    (tmp_path / "else").write_text("of somebody else")
    uploads.add(desk, "a.ris", RIS.encode(), SETTINGS)
    assert [path.name for path in tmp_path.iterdir() if "waymark.db" not in path.name] == ["else"]


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>.ris", "n" * 5000, "", "../../x", "\x00"],
    ids=["markup", "long", "none", "path", "NUL"],
)
def test_names_of_files_are_only_names(desk: Desk, name: str) -> None:
    (one,) = look_all(desk, name, RIS)
    assert one.file.name == name.replace("\x00", "")
    assert keep(desk, name, RIS).records in {0, 2}


def test_a_source_needs_a_name_and_must_be_there(desk: Desk) -> None:
    (one,) = look_all(desk, "a.ris", RIS)
    with pytest.raises(Invalid, match="Give the source a name"):
        imports.import_files(desk, [choose(one, replace(HERE, name=" "))])
    with pytest.raises(NotFound, match="source 99"):
        imports.import_files(desk, [choose(one, 99)])
    assert sources.listing(desk) == []
    assert previews.listing(desk)[0].can_be_imported


def test_many_files_of_one_search(desk: Desk) -> None:
    found = [
        look_all(desk, f"part{number}.ris", RIS.replace("One", f"Title {number}"))[0]
        for number in range(12)
    ]
    assert len(previews.listing(desk)) == 12
    report = imports.import_as_one_source(desk, [choose(one) for one in found])
    assert [kept.records for kept in report] == [2] * 12
    (there,) = sources.listing(desk)
    assert (len(there.files), there.records) == (12, 24)


def test_an_update_search_names_the_earlier_one_which_may_be_undone(desk: Desk) -> None:
    keep(desk, "a.ris", RIS)
    (first,) = sources.listing(desk)
    later = replace(HERE, name="PsycINFO again", update_of=first.source.id)
    (one,) = look_all(desk, "b.ris", RIS.replace("One", "Three"))
    imports.import_files(desk, [choose(one, later)])
    first, second = sources.listing(desk)
    assert second.source.update_of == first.source.id
    with pytest.raises(Invalid, match="update of itself"):
        sources.change(desk, first.source.id, replace(HERE, update_of=first.source.id))
    imports.undo(desk, first.files[0].id)
    (second,) = sources.listing(desk)
    assert second.source.update_of is None


def test_all_files_of_a_source_are_undone_together(desk: Desk) -> None:
    both = [look_all(desk, name, RIS.replace("One", name))[0] for name in ("a.ris", "b.ris")]
    imports.import_as_one_source(desk, [choose(one) for one in both])
    (there,) = sources.listing(desk)
    imports.undo(desk, *(file.id for file in there.files))
    assert sources.listing(desk) == []
    assert titles(desk) == []


def test_single_entries_are_left_out_and_accounted_for(desk: Desk) -> None:
    (one,) = look_all(desk, "a.ris", RIS)
    (kept,) = imports.import_files(desk, [choose(one, HERE, 1)])
    assert (kept.seen, kept.records) == (2, 1)
    assert [(p.code, p.line) for p in kept.problems] == [(Code.ENTRY_LEFT_OUT, 5)]
    (there,) = sources.listing(desk)
    assert (there.seen, there.records) == (2, 1)
    assert titles(desk) == ["One"]


def test_the_report_says_how_many_were_there_already(desk: Desk) -> None:
    keep(desk, "a.ris", RIS.replace("TI  - One", "TI  - One\nDO  - 10.1000/xyz123"))
    again = "TY  - JOUR\nTI  - One again\nDO  - 10.1000/XYZ123\nER  - \n"
    second = again + "TY  - JOUR\nTI  - X\nER  - \n"
    assert keep(desk, "b.ris", second).in_review_before == 1


def test_files_of_one_database_are_told_apart_by_their_names(desk: Desk) -> None:
    for number in range(3):
        text = f"TY  - JOUR\nTI  - Title {number}\nDB  - Scopus\nER  - \n"
        look_all(desk, f"part{number}.ris", text)
    names = [one.suggested_source.name for one in previews.listing(desk)]
    assert names == ["Scopus", "Scopus (part1)", "Scopus (part2)"]
    first = previews.listing(desk)[0]
    imports.import_files(desk, [imports.Choice(first.id, first.suggested_source)])
    assert previews.listing(desk)[0].suggested_source.name == "Scopus (part1)"


def test_a_register_is_suggested_as_one(desk: Desk) -> None:
    text = "NCT Number,Study Title\nNCT09999999,A trial nobody ran\n"
    (one,) = look_all(desk, "studies.csv", text)
    assert (one.suggested_source.name, one.suggested_source.kind) == (
        "ClinicalTrials.gov",
        "register",
    )


def test_a_full_disk_is_told_and_no_half_of_a_copy_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(WaymarkError, match="no room to put the file aside"):
            uploads._copy(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_records_that_begin_in_one_line_are_told_apart_by_their_number(desk: Desk) -> None:
    entry = "<record><ref-type name='Book'>6</ref-type><titles><title>{}</title></titles></record>"
    text = "<xml><records>" + "".join(map(entry.format, ("One", "Two"))) + "\n"
    text += entry.format("Three") + "</records></xml>"
    (one,) = look_all(desk, "a.xml", text)
    imports.import_files(desk, [choose(one)])
    found = [
        record
        for line in records.page(desk, Filter(), 0, 10)
        for record in records.get(desk, line.id).records
    ]
    assert [(record.line, record.number) for record in found] == [(1, 1), (1, 2), (2, None)]
