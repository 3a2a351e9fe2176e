"""Files and folders of codings that left: what is in them, and what is wrong."""

from dataclasses import replace
from pathlib import Path

from evidence.citations.formats import archives
from evidence.citations.formats.archives import Member
from evidence.coding import coding_tables
from evidence.coding.coding_tables import csv_files
from evidence.coding.coding_tables.raw_tables import TableProblem
from evidence.coding.coding_tables.read_export import ReadExport
from evidence.problems import Problem

_CSV = f".{csv_files.ENDING}"


def read(path: Path) -> ReadExport:
    """What a workbook, a folder of CSV files, or a zip of these says.

    Raises:
        OSError: it cannot be opened.
    """
    if path.is_dir():
        in_folder = {file.name: file.read_bytes() for file in sorted(path.glob(f"*{_CSV}"))}
        return coding_tables.read_csv_files(in_folder, path.name)
    data = path.read_bytes()
    if archives.kind(data) is archives.Kind.ARCHIVE:
        members = list(archives.members(data, path.name))
        files = {Path(each.name).name: each.data for each in members if isinstance(each, Member)}
        tables = {name: content for name, content in files.items() if name.endswith(_CSV)}
        found = coding_tables.read_csv_files(tables, path.name)
        refused = [
            TableProblem(file=each.file, sentence=each.sentence)
            for each in members
            if isinstance(each, Problem)
        ]
        return replace(found, problems=(*refused, *found.problems))
    return coding_tables.read_workbook(data, path.name)
