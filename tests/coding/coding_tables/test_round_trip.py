"""What leaves comes back the same, as a workbook and as CSV files, whatever it holds."""

from io import BytesIO

import pytest
from hypothesis import given, settings

from evidence.coding import coding_tables
from evidence.coding.coding_tables import csv_files, workbook
from evidence.coding.coding_tables.exported import Export
from evidence.coding.coding_tables.read_export import ReadExport
from tests.coding.coding_tables.exports import EVERYTHING, exports

# A cell over the limit of Excel is among what is made, so an example is long to print.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


class _Kept(BytesIO):
    """A file in memory that can be looked into when it was closed."""

    def close(self) -> None:
        """Keep what was written."""


def as_workbook(export: Export) -> bytes:
    assert export.about is not None
    out = BytesIO()
    rows = coding_tables.table_rows(export.about, export.schemes, export.studies)
    workbook.write(rows, out)
    return out.getvalue()


def as_csv_files(export: Export) -> dict[str, bytes]:
    assert export.about is not None
    files: dict[str, _Kept] = {}

    def open_table(name: str) -> _Kept:
        return files.setdefault(f"{name}.csv", _Kept())

    rows = coding_tables.table_rows(export.about, export.schemes, export.studies)
    csv_files.write(rows, open_table)
    return {name: file.getvalue() for name, file in files.items()}


def from_workbook(export: Export) -> ReadExport:
    return coding_tables.read_workbook(as_workbook(export), "codings.xlsx")


def from_csv_files(export: Export) -> ReadExport:
    return coding_tables.read_csv_files(as_csv_files(export), "codings")


@pytest.mark.parametrize("there_and_back", [from_workbook, from_csv_files])
def test_everything_comes_back(there_and_back: object) -> None:
    assert callable(there_and_back)
    assert there_and_back(EVERYTHING) == ReadExport(export=EVERYTHING, problems=())


@pytest.mark.journey
@pytest.mark.no_cover
@settings(max_examples=40)
@given(exports())
def test_a_workbook_comes_back_the_same(export: Export) -> None:
    assert from_workbook(export) == ReadExport(export=export, problems=())


@pytest.mark.journey
@pytest.mark.no_cover
@settings(max_examples=40)
@given(exports())
def test_csv_files_come_back_the_same(export: Export) -> None:
    assert from_csv_files(export) == ReadExport(export=export, problems=())
