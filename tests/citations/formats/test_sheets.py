"""Excel workbooks: cells as people typed them, sheets that are tables, and files that are not."""

import random
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from evidence.citations.formats import read, sheet_count, tables
from evidence.problems import Code

HEAD = ["Title", "Authors", "Year", "Volume", "Date"]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: Sequence[object], title: str = "Sheet") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another first sheet."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == SHEET else old.read(name))
    return target.getvalue()


def test_cells_are_read_as_they_were_typed() -> None:
    when = datetime(2021, 3, 14, tzinfo=UTC).replace(tzinfo=None)
    data = workbook(
        ["Exported from nowhere"],
        HEAD,
        ["Invented trial", "Okafor, N.; Doe, J.", 2021.0, 12, when],
        [],
        ["'=SUM(A1)", "Roe, R.", "2020", None, None],
    )
    reading = read(data, "a.bin")
    first, second = (record.reference for record in reading.records)
    assert (reading.format, reading.seen) == ("xlsx", 2)
    assert (first.year, first.volume, first.date) == (2021, "12", "2021-03-14")
    assert [str(name) for name in first.authors] == ["Okafor, N.", "Doe, J."]
    assert second.title == "=SUM(A1)"
    assert [record.line for record in reading.records] == [3, 5]


def test_a_sheet_that_is_no_table_of_citations_is_named() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["rose", "red"])
    second = book.create_sheet("Records")
    for row in (HEAD, ["Invented trial", "Okafor, N.", 2021, 1, None]):
        second.append(row)
    target = BytesIO()
    book.save(target)
    reading = read(target.getvalue(), "a.xlsx")
    assert len(reading.records) == 1
    assert [(p.code, p.detail) for p in reading.problems] == [(Code.SHEET_LEFT_OUT, "“Sheet”")]


def test_a_large_workbook_is_not_taken_for_text() -> None:
    dice = random.Random(3)  # noqa: S311 - a text, no secret
    words = [f"w{number}" for number in range(5000)]
    rows = [
        [" ".join(dice.choices(words, k=30)), "Okafor, N.", 2021, number, None]
        for number in range(2000)
    ]
    reading = read(workbook(HEAD, *rows), "a.xlsx")
    assert (reading.format, reading.seen, len(reading.records)) == ("xlsx", 2000, 2000)


ROW = ["Invented trial", "Okafor, N.", 2021, 1, "x"]
STRAY = {
    "a row far below": lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    ),
    "formats far to the right": lambda xml: xml.replace(
        b"</sheetData>",
        b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(3, 9000))
        + b"</sheetData>",
    ),
}


@pytest.mark.parametrize("change", STRAY.values(), ids=STRAY.keys())
def test_stray_cells_cost_no_time(change: Callable[[bytes], bytes]) -> None:
    reading = read(changed(workbook(HEAD, ROW), change), "a.xlsx")
    assert (len(reading.records), reading.problems) == (1, ())


def test_columns_beyond_all_measure_are_said() -> None:
    far = changed(workbook(HEAD, ROW), lambda xml: xml.replace(b'"E2"', b'"XFD2"'))
    reading = read(far, "a.xlsx")
    assert len(reading.records) == 1
    assert [p.code for p in reading.problems] == [Code.ROW_RAGGED]


REFUSED = {
    "a bomb": (lambda xml: xml + b" " * 50_000_000, Code.ARCHIVE_REFUSED),
    "a row that Excel has not": (
        lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'),
        Code.ARCHIVE_REFUSED,
    ),
    "entities": (
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaa">]>' + xml.replace(b"Invented", b"&a;"),
        Code.ARCHIVE_REFUSED,
    ),
    "broken off": (lambda xml: xml[: len(xml) // 2], Code.ARCHIVE_REFUSED),
    "empty": (lambda _: b"", Code.ARCHIVE_REFUSED),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_workbook_that_harms_or_is_damaged_is_said(
    change: Callable[[bytes], bytes], code: Code
) -> None:
    reading = read(changed(workbook(HEAD, ROW), change), "a.xlsx")
    assert reading.records == ()
    assert reading.problems[0].code is code
    assert reading.seen == reading.lost


def test_formulas_without_values_are_named_with_the_remedy() -> None:
    data = workbook(["Title", "Year"], ["=B2&B3", 2001], ["A", "=2000+2"], ["=A2", 2003])
    reading = read(data, "a.xlsx")
    first, *others = reading.problems
    assert (first.code, first.detail) == (Code.FORMULA_EMPTY, "3 in all, the first in cell A2")
    assert "Excel or LibreOffice" in str(first)
    assert [problem.code for problem in others] == [Code.TITLE_MISSING, Code.TITLE_MISSING]
    assert reading.seen == len(reading.records) == 3


def test_formulas_in_the_head_are_named_too() -> None:
    (problem, unknown) = read(workbook(["=A2", "=B2"], ["A", 2001]), "a.xlsx").problems
    assert (problem.code, unknown.code) == (Code.FORMULA_EMPTY, Code.FILE_UNKNOWN)


def test_formulas_with_their_values_are_fine() -> None:
    cells = (
        '<c r="A2" t="str"><f>"A"&amp;"B"</f><v>AB</v></c>'
        '<c r="B2"><f>2000+1</f><v>2001</v></c><c r="C2" t="str"><f>""</f><v></v></c>'
    )
    assert sheet_count.without_values(with_cells(cells)) == (0, "")
    cells = '<x:c r="B7"><x:f t="shared" si="0"/></x:c><c r="B8"><f>1</f><v/></c>'
    assert sheet_count.without_values(with_cells(cells)) == (2, "B7")


def with_cells(cells: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData><row>{cells}</row></sheetData>")
    return data.getvalue()


def two_sheets() -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    for sheet in (first, book.create_sheet("Second")):
        for row in (HEAD, ROW, ["Invented follow-up", "Doe, J.", 2022, 2, "y"]):
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def without(data: bytes, part: str) -> bytes:
    """The workbook without one of its parts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return target.getvalue()


def overwritten(data: bytes, part: str) -> bytes:
    """The workbook with noise where one of its parts begins."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        start = archive.getinfo(part).header_offset
    return data[:start] + bytes(40) + data[start + 40 :]


PARTS = (
    *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET),
    *("xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml"),
)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
DAMAGED = {
    "cut off": two_sheets()[:-100],
    "cut in the middle": two_sheets()[: len(two_sheets()) // 2],
    "only its beginning": two_sheets()[:30],
    "locked with a password": LOCKED,
    **{f"without {part}": without(two_sheets(), part) for part in PARTS},
    **{f"noise in {part}": overwritten(two_sheets(), part) for part in PARTS},
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_workbook_is_named_and_the_rest_of_the_archive_is_read(data: bytes) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.xlsx", data)
        archive.writestr("b.ris", "TY  - JOUR\nTI  - An invented title\nER  - \n")
    reading = read(target.getvalue(), "all.zip")
    assert reading.records[-1].reference.title == "An invented title"
    assert reading.seen == len(reading.records) + reading.lost
    if len(reading.records) < 5:  # what does not matter for the rows may be missing
        assert any("a.xlsx" in problem.file + problem.detail for problem in reading.problems)
    assert Code.READING_FAILED not in {problem.code for problem in reading.problems}
    alone = read(data, "a.xlsx")
    assert len(alone.records) == len(reading.records) - 1
    tables.find_tables(data, "a.xlsx")  # which asks what the columns hold


def test_one_damaged_sheet_costs_no_other() -> None:
    for data in (overwritten(two_sheets(), SHEET), without(two_sheets(), SHEET)):
        reading = read(data, "a.xlsx")
        assert [record.reference.year for record in reading.records] == [2021, 2022]
        (problem,) = reading.problems
        assert problem.code is Code.ARCHIVE_REFUSED
        assert "the sheet “Sheet” is damaged as a whole" in str(problem)


def test_a_sheet_that_breaks_off_keeps_the_rows_above() -> None:
    cut = changed(two_sheets(), lambda xml: xml[: xml.index(b"</row></sheetData>") - 30])
    reading = read(cut, "a.xlsx")
    assert [record.reference.year for record in reading.records] == [2021, 2021, 2022]
    assert "“Sheet” is damaged below its row 2" in str(reading.problems[0])
    assert (reading.seen, reading.lost) == (4, 1)
