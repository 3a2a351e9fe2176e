"""What a cell of a workbook cannot hold stands elsewhere, and nothing runs as a formula."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from evidence.coding import coding_tables
from evidence.coding.coding_tables import columns, workbook
from evidence.coding.coding_tables.exported import Export, ExportedAnswer, ExportedStudy
from tests.coding.coding_tables.exports import EVERYTHING, NOW
from tests.coding.coding_tables.test_round_trip import as_csv_files, as_workbook, from_workbook


def labelled(label: str) -> Export:
    return replace(EVERYTHING, studies=(ExportedStudy(id=1, label=label, kind="study"),))


def sheets(export: Export) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(as_workbook(export)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_every_table_is_a_sheet_with_a_head_and_every_table_is_a_csv_file() -> None:
    found = sheets(EVERYTHING)
    there = [name for name in columns.TABLES if name != columns.LONG_TEXTS]
    assert list(found) == there
    assert list(as_csv_files(EVERYTHING)) == [f"{name}.csv" for name in there]
    for name, rows in found.items():
        head = [column.name for column in columns.TABLES[name].columns]
        assert [*rows[0]][: len(head)] == head


def test_a_sheet_says_how_large_it_is_so_that_it_is_read_once() -> None:
    content = as_workbook(labelled("\x07"))
    said = load_workbook(BytesIO(content), read_only=True)
    for sheet in load_workbook(BytesIO(content)).worksheets:
        size = said[sheet.title].max_column, said[sheet.title].max_row
        assert size == (max(sheet.max_column, 1), sheet.max_row), sheet.title


@pytest.mark.parametrize(
    "text",
    ["a" * 32_001, "😀" * 16_001, "=" + "b\n" * 50_000, "\x07", "one\r\ntwo", "_x0041_"],
)
def test_a_text_that_no_cell_holds_stands_in_long_texts(text: str) -> None:
    export = labelled(text)
    found = sheets(export)
    shown = str(found["studies"][1][1])
    assert shown.endswith("[whole text: long_texts, number 1]")
    assert len(shown) < 400
    head, *rows = found[columns.LONG_TEXTS]
    assert head == ("number", "part", "parts", "text")
    assert {len(str(row[3])) <= 15_001 for row in rows} == {True}
    assert from_workbook(export).export == export
    csv_text = as_csv_files(export)["studies.csv"].decode()
    assert text.replace('"', '""') in csv_text


def test_a_text_that_a_cell_just_holds_stands_there() -> None:
    text = "a" * 32_000
    found = sheets(labelled(text))
    assert found["studies"][1][1] == text
    assert columns.LONG_TEXTS not in found


@pytest.mark.parametrize("row", [2, 3, 4], ids=["first", "second", "last"])
def test_a_part_of_a_long_text_that_went_missing_is_named(row: int) -> None:
    book = load_workbook(BytesIO(as_workbook(labelled("a" * 40_000))))
    book[columns.LONG_TEXTS].delete_rows(row)
    out = BytesIO()
    book.save(out)
    found = coding_tables.read_workbook(out.getvalue(), "codings.xlsx")
    (problem,) = found.problems
    assert str(problem).startswith(
        "codings.xlsx, sheet studies, line 2: The whole text of study is not in long_texts"
    )
    assert not found.is_whole


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_no_cell_runs_as_a_formula(text: str) -> None:
    book = load_workbook(BytesIO(as_workbook(labelled(text))))
    for sheet in ("studies", "studies_by_coder"):
        cell = book[sheet].cell(2, 2)
        assert (cell.data_type, cell.value) == ("s", f"'{text}")
    assert f"'{text}" in as_csv_files(labelled(text))["studies.csv"].decode()


@pytest.mark.parametrize("text", ["001", "1e5", "TRUE", "2026-11-30", "1/2"])
def test_texts_stay_texts_also_where_somebody_edits_the_cell(text: str) -> None:
    cell = load_workbook(BytesIO(as_workbook(labelled(text))))["studies"].cell(2, 2)
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


def test_numbers_of_rows_and_years_are_numbers() -> None:
    found = sheets(EVERYTHING)
    assert found["studies"][1][0] == 7
    assert found["reports"][1][5] == 1996


def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    answers = tuple(
        ExportedAnswer(question="country", code=f"c{number}", note="x", scheme_version=1,
                       changed_at=NOW)
        for number in range(7)
    )  # fmt: skip
    study = EVERYTHING.studies[0]
    coding = replace(study.codings[0], answers=answers, findings=(), quotations=())
    export = replace(EVERYTHING, studies=(replace(study, codings=(coding,)),))
    found = sheets(export)
    parts = [name for name in found if name.startswith("answers")]
    assert parts == ["answers", "answers_2", "answers_3", "answers_4"]
    assert {found[name][0] for name in parts} == {found["answers"][0]}
    assert from_workbook(export).export == export


def test_short_texts_that_come_again_stand_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(as_workbook(EVERYTHING))
    monkeypatch.setattr(workbook, "_MOST_SHARED", 5)
    assert from_workbook(EVERYTHING).export == EVERYTHING
    assert len(as_workbook(EVERYTHING)) != whole


def test_a_workbook_can_be_read_on_the_screen() -> None:
    """Columns are as wide as what they hold, line breaks show, and the head stays and filters."""
    export = labelled("one line of a label that is longer\nand a second")
    book = load_workbook(BytesIO(as_workbook(export)))
    studies = book["studies"]
    assert studies.freeze_panes == "A2"
    assert studies.auto_filter.ref == "A1:D2"
    assert studies["A1"].font.bold
    assert not studies["B2"].font.bold
    assert studies["B2"].alignment.wrap_text
    assert not studies["C2"].alignment.wrap_text
    assert studies.row_dimensions[2].height == 30
    widths = [studies.column_dimensions[letter].width for letter in "AB"]
    assert widths == [11, 36]  # of the longest line, and a little more
    dictionary = book["data_dictionary"]
    assert dictionary["D2"].alignment.wrap_text
    assert dictionary.column_dimensions["D"].width == 62  # and never wider
    about = {str(name): str(value) for name, value in sheets(export)["about"]}
    assert about["where to begin"].startswith("studies_by_coder")
