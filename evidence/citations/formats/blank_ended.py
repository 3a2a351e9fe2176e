"""Tagged formats whose entries end at a blank line: PubMed, Ovid, Cochrane, EndNote, RefWorks."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines
from evidence.citations.formats.entry_values import NormalForm
from evidence.citations.formats.format import Entries
from evidence.citations.formats.tagged import entries
from evidence.citations.formats.tagged_problems import (
    Headings,
    has_values,
    problems_and_record,
    untagged_lines,
)
from evidence.citations.record import Record
from evidence.problems import Code, Problem

NONE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankEnded:
    """What the reader needs to know of a tagged format whose entries end at a blank line.

    Attributes:
        reference: the normal form of the fields, and the values that could not be understood.
        key: tags of which the first that is there holds the entry's own key.
        mark: the tag that opens an entry and alone makes none.
        typed: whether an entry without that tag lacks its type.
        many_lines: tags whose values run over several lines in most files.
        heading: lines that stand between the entries.
    """

    dialect: Dialect
    reference: Callable[[Sequence[tuple[str, str]]], NormalForm]
    key: frozenset[str]
    mark: str = ""
    typed: bool = False
    many_lines: frozenset[str] = frozenset()
    heading: re.Pattern[str] = NONE

    def read(self, clean: bytes, file: str) -> Entries:
        """The records of a file, and what is wrong with it."""
        headings = Headings(self.heading, file)
        for part in entries(clean, self.dialect):
            if isinstance(part, OutsideLines):
                yield from headings.collect(part)
            else:
                yield from self._entry(part, file)
        yield from headings.notice()

    def _entry(self, entry: Entry, file: str) -> Iterator[Record | Problem]:
        if not has_values(entry, self.mark):
            yield Problem(code=Code.ENTRY_EMPTY, file=file, line=entry.line)
            return
        if self.typed and not entry.started:
            yield Problem(code=Code.TYPE_MISSING, file=file, line=entry.line)
        yield from untagged_lines(entry, self.many_lines, file)
        key = next((value for tag, value in entry.fields if tag in self.key), "")
        yield from problems_and_record(entry, self.reference(entry.fields), key, file)
