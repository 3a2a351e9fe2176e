"""A file with decisions as it is read, before its works are looked for."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evidence.citations import formats
from evidence.citations.formats import tables
from evidence.citations.record import Reference
from evidence.eppi import decisions as eppi_json
from evidence.screening.external_decisions import (
    ExternalDecision,
    decisions_in,
    labels_in,
    not_understood,
)
from evidence.steps.screening.because import because

TABLES = frozenset({"csv", "xlsx"})  # formats whose columns have headings


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a file with what it carries."""

    line: int
    reference: Reference
    decisions: Sequence[ExternalDecision]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What stands in a file.

    Attributes:
        problems: what the reader of the file remarked, as sentences.
        not_understood: what stands where a decision would and is none, as sentences with lines.
        headings: what stands above the columns of a table; none where the file is no table.
    """

    entries: Sequence[Entry]
    problems: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    headings: AbstractSet[str] = frozenset()


def read_file(name: str, data: bytes) -> ReadFile:
    """The records of a file with what they carry."""
    if eppi_json.is_report(data):
        report = eppi_json.read_report(data)
        return ReadFile(entries=[Entry(0, item.reference, item.decisions) for item in report])
    reading = formats.read(data, name)
    headings = _headings(name, data) if reading.format in TABLES else set()
    return ReadFile(
        entries=[
            Entry(record.line, record.reference, decisions_in(record, headings), labels_in(record))
            for record in reading.records
        ],
        problems=tuple(str(problem) for problem in reading.problems),
        not_understood=tuple(
            because(record.line, record.reference.title, why)
            for record in reading.records
            for why in not_understood(record)
        ),
        headings=headings,
    )


def _headings(name: str, data: bytes) -> set[str]:
    """What stands above the columns of a table, above empty ones, too."""
    return {column.name for table in tables.find_tables(data, name) for column in table.columns}
