"""The problems of entries of tagged lines, and of the text around them, alike in every format."""

import re
from collections.abc import Iterator

from evidence.citations.formats.dialect import Entry, OutsideLines
from evidence.citations.formats.entry_values import QUOTE_LENGTH, NormalForm, number_of
from evidence.citations.formats.format import Rows
from evidence.citations.record import Record
from evidence.problems import Code, Problem


def has_values(entry: Entry, start: str) -> bool:
    """Whether the entry holds more than its marks."""
    return any(value for tag, value in entry.fields if tag != start)


def untagged_lines(entry: Entry, many_lines: frozenset[str], file: str) -> Iterator[Problem]:
    """A problem for lines without a tag below fields that seldom run over several lines."""
    if odd := [(line, tag) for line, tag in entry.untagged if tag not in many_lines]:
        detail = f"its tag is {', '.join(dict.fromkeys(tag for _, tag in odd))}"
        yield Problem(code=Code.LINE_UNTAGGED, file=file, line=odd[0][0], detail=detail)


def problems_and_record(
    entry: Entry, normal: NormalForm, key: str, file: str
) -> Iterator[Record | Problem]:
    """The record of an entry behind the problems of its values."""
    reference, remarks = normal
    for code, detail in remarks:
        yield Problem(code=code, file=file, line=entry.line, detail=detail)
    if not reference.title:
        yield Problem(code=Code.TITLE_MISSING, file=file, line=entry.line)
    yield Record(
        reference=reference, line=entry.line, raw=entry.raw, fields=tuple(entry.fields), key=key
    )


def headings_notice(rows: Rows, file: str) -> Iterator[Problem]:
    """One notice about all lines that databases put between the entries."""
    if rows:
        line, text = rows[0]
        detail = f"{number_of(len(rows), 'line')} such as “{text.strip()[:QUOTE_LENGTH]}”"
        yield Problem(code=Code.HEADINGS_SKIPPED, file=file, line=line, detail=detail)


class Headings:
    """Lines that databases put between the entries; one notice for all of them is enough."""

    def __init__(self, pattern: re.Pattern[str], file: str, rows: Rows | None = None) -> None:
        self._pattern = pattern
        self._file = file
        self._rows: Rows = [] if rows is None else rows

    def collect(self, outside: OutsideLines) -> Iterator[Problem]:
        """A problem for text that is no known heading; headings are gathered."""
        unknown: Rows = []
        for number, row in outside.rows:
            (self._rows if self._pattern.fullmatch(row) else unknown).append((number, row))
        if unknown:
            yield self._problem(Code.TEXT_OUTSIDE, unknown)

    def notice(self) -> Iterator[Problem]:
        """The notice about the headings, at the end of the file."""
        yield from headings_notice(self._rows, self._file)

    def _problem(self, code: Code, rows: Rows) -> Problem:
        line, text = rows[0]
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        return Problem(
            code=code, file=self._file, line=line, detail=f"“{text.strip()[:QUOTE_LENGTH]}”{more}"
        )
