"""Codings in tables that leave: a workbook, or a folder of CSV files; and what they say, read back.

`table_rows` gives the rows of named tables, study by study; `workbook` and `csv_files` write them.
"""

from collections.abc import Mapping

from evidence.coding.coding_tables import csv_files, workbook
from evidence.coding.coding_tables.read_export import ReadExport, read_export
from evidence.coding.coding_tables.read_rows import open_tables
from evidence.coding.coding_tables.write_rows import table_rows

__all__ = ["ReadExport", "read_csv_files", "read_workbook", "table_rows"]


def read_workbook(data: bytes, file: str) -> ReadExport:
    """Read the workbook of an export back."""
    tables, problems = workbook.read(data, file)
    return read_export(open_tables(tables, problems, file, has_long_texts=True))


def read_csv_files(files: Mapping[str, bytes], folder: str) -> ReadExport:
    """Read the CSV files of an export back, by their names."""
    tables, problems = csv_files.read(files)
    return read_export(open_tables(tables, problems, folder, has_long_texts=False))
