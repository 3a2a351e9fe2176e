"""What is wrong with tables that came back is named by file and line."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from evidence.coding import coding_tables
from tests.coding.coding_tables.exports import EVERYTHING
from tests.coding.coding_tables.test_round_trip import as_csv_files, as_workbook


def replaced(file: str, old: str, new: str) -> dict[str, bytes]:
    """The CSV files of EVERYTHING, with one place changed."""
    files = as_csv_files(EVERYTHING)
    text = files[file].decode()
    assert old in text
    return files | {file: text.replace(old, new, 1).encode()}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("answers.csv", ",yes,", ",perhaps,", "line 2: “perhaps” in chosen is neither"),
        ("answers.csv", ",11,", ",99,", "answers.csv, line 2: There is no coding 99"),
        ("answers.csv", "small/country", "other/country", "line 2: “other/country” is no question"),
        ("answers.csv", "2026-11-30T", "30.11.2026 ", "line 2: “30.11.2026 05:00:00+00:00” in"),
        ("answers.csv", "05:00:00+00:00", "05:00:00", "answers.csv, line 2: “2026-11-30T05:00:00”"),
        ("answers.csv", "perhaps,1,", "perhaps,7,", "line 3: There is no version 7 of"),
        ("answers.csv", "chosen", "ticked", "line 1: It was not read: the column ch"),
        ("answers.csv", "small/retired", "small/country,,other,x", "answers.csv, line 4: "),
        ("findings.csv", "f1", "f2", "quotations.csv, line 3: There is no finding “f1” that could"),
        ("findings.csv", '"{""answer.small/gone"": ""x""}"', "{x", "further_fields is no JSON"),
        ("codings.csv", ",complete,", ",ready,", "line 2: “ready” in state is neither"),
        ("codings.csv", ",small,", ",medium,", "codings.csv, line 2: There is no scheme “medium”"),
        ("codings.csv", "11,7,", "11,70,", "codings.csv, line 2: There is no study 70"),
        ("studies.csv", "8,Nobody", "7,Nobody", "line 3: It is about the same as line 2"),
        ("studies.csv", "8,Nobody", "-8,Nobody", "line 3: “-8” in study_id is no whole"),
        ("studies.csv", "kind", "study", "studies.csv, line 1: It was not read: the column kind"),
        ("arms.csv", "a2", "a1", "arms.csv, line 3: It is about the same as line 2 of arms.csv"),
        ("quotations.csv", "small/country", "", "quotations.csv, line 2: A quotation belongs to"),
        ("schemes.csv", "kind: one of", "kind: one", "schemes.csv, line 2: The scheme cannot be"),
        ("about.csv", "waymark codings 1", "waymark codings 9", "line 2: This Waymark reads"),
        ("about.csv", "withheld,2", "withheld,x", "“x” in value is no whole number"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_named(file: str, old: str, new: str, said: str) -> None:
    found = coding_tables.read_csv_files(replaced(file, old, new), "codings")
    assert said in "\n".join(map(str, found.problems))
    assert not found.is_whole


def test_the_line_is_that_of_the_file_where_texts_have_line_breaks() -> None:
    files = replaced("answers.csv", "perhaps", '"per\nhaps"')
    files["answers.csv"] = files["answers.csv"].replace(b",001,", b",001,a,b,")
    found = coding_tables.read_csv_files(files, "codings")
    assert "answers.csv, line 5: " in str(found.problems[0])  # the fourth row of the table


def test_columns_and_tables_of_ones_own_do_no_harm_and_are_named() -> None:
    files = as_csv_files(EVERYTHING) | {"mine.csv": b"a,b\n"}
    lines = files["arms.csv"].decode().splitlines()
    files["arms.csv"] = "\n".join(
        f"{line},{extra}" for line, extra in zip(lines, ["my remark", "x", "y"], strict=True)
    ).encode()
    found = coding_tables.read_csv_files(files, "codings")
    assert found.export == EVERYTHING
    assert found.is_whole
    assert [str(problem) for problem in found.problems] == [
        "arms.csv, line 1: The column my remark is not known here, so it was not read.",
        "mine.csv: It is no table of codings, so it was not read.",
    ]


def test_codings_that_left_before_a_column_was_there_are_read() -> None:
    files = as_csv_files(EVERYTHING)
    reader = list(csv.reader(StringIO(files["codings.csv"].decode("utf-8-sig"), newline="")))
    at = reader[0].index("is_agreed")
    out = StringIO()
    csv.writer(out).writerows(row[:at] + row[at + 1 :] for row in reader)
    earlier = files | {"codings.csv": out.getvalue().encode()}
    del earlier["effects.csv"]
    found = coding_tables.read_csv_files(earlier, "codings")
    assert found.export == EVERYTHING
    assert not found.problems


def test_semicolons_of_a_spreadsheet_are_read() -> None:
    files = as_csv_files(EVERYTHING)
    files["arms.csv"] = files["arms.csv"].replace(b",", b";")
    found = coding_tables.read_csv_files(files, "codings")
    assert (found.export, found.problems) == (EVERYTHING, ())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data.decode().encode("utf-16"), "answers.csv: It is not in UTF-8"),
        (lambda data: data + b'"open', "answers.csv: It is no CSV (unexpected end of data)"),
        (lambda _: b"", "answers.csv, line 1: It was not read: the column coding_id"),
    ],
)
def test_a_file_that_is_no_csv_is_named(damage: Callable[[bytes], bytes], said: str) -> None:
    files = as_csv_files(EVERYTHING)
    files["answers.csv"] = damage(files["answers.csv"])
    found = coding_tables.read_csv_files(files, "codings")
    assert said in "\n".join(map(str, found.problems))
    assert found.export.counts.codings == 3


def test_a_folder_without_tables_says_so() -> None:
    (problem,) = coding_tables.read_csv_files({}, "empty").problems
    assert str(problem).startswith("empty: There is no table about, studies, reports")


def edited(change: Callable[[Workbook], None]) -> bytes:
    """The workbook of EVERYTHING, as a program saves it after a change."""
    book = load_workbook(BytesIO(as_workbook(EVERYTHING)))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_that_another_program_saved_is_read() -> None:
    found = coding_tables.read_workbook(edited(lambda _: None), "codings.xlsx")
    assert (found.export, found.problems) == (EVERYTHING, ())


def test_what_a_program_made_of_a_text_is_pointed_out() -> None:
    def change(book: Workbook) -> None:
        sheet = book["answers"]
        column = next(cell.column for cell in sheet[1] if cell.value == "value")
        sheet.cell(4, column).value = 1  # it was 001

    found = coding_tables.read_workbook(edited(change), "codings.xlsx")
    (problem,) = found.problems
    assert str(problem).startswith(
        "codings.xlsx, sheet answers, line 4: A program made a number of the text in value: “1”."
    )
    assert not found.is_whole


def test_cells_beside_the_table_and_a_missing_sheet_are_pointed_out() -> None:
    def change(book: Workbook) -> None:
        book["studies"].cell(2, 9).value = "beside"
        book["studies"].cell(2, 5).value = "beside"
        del book["arms"]

    found = coding_tables.read_workbook(edited(change), "codings.xlsx")
    beside, missing = map(str, found.problems)
    assert beside.startswith("codings.xlsx, sheet studies, line 2: It has more cells than the tab")
    assert missing == "codings.xlsx: There is no table arms; export the codings again."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "codings.xlsx: It was not opened: it is no Excel workbook."),
        (b"%PDF-1.7", "codings.xlsx: It was not opened: it is no Excel workbook."),
        (b"PK\x03\x04", "codings.xlsx: It was not opened: it is no Excel workbook."),
        (as_workbook(EVERYTHING)[:-600], "codings.xlsx: It was not opened: it"),
    ],
    ids=["empty", "pdf", "no zip", "cut off"],
)
def test_what_is_no_workbook_is_not_opened(data: bytes, said: str) -> None:
    found = coding_tables.read_workbook(data, "codings.xlsx")
    assert [str(problem)[: len(said)] for problem in found.problems] == [said]
    assert not found.is_whole
