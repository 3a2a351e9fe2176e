"""One tolerant reader for all formats that write a tag before each value: RIS and its kin.

It parts a file into entries and never drops a line: what is no entry comes out as `Outside`. How
a format writes its lines is a `Dialect`; what its tags mean is the business of the format.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a format writes its lines.

    Attributes:
        tagged: matches a line with a tag; group 1 is the tag, group 2 the value.
        narrow: the same for entries whose first line matches `narrow_start` (RIS with one blank
            before the dash), where `tagged` would be too strict.
        bare_end: an end mark that is written without being a tagged line.
        start: the tag that opens an entry.
        end: the tag that closes one.
        blank_ends: whether a blank line closes one.
        telling: tags that make an entry even where `start` is missing.
    """

    tagged: re.Pattern[str]
    start: str
    telling: frozenset[str]
    end: str = ""
    blank_ends: bool = False
    bare_end: re.Pattern[str] | None = None
    narrow: re.Pattern[str] | None = None
    narrow_start: re.Pattern[str] | None = None


@dataclass(slots=True)
class Entry:
    """One entry as it stands in the file.

    Attributes:
        line: its first line, counted from 1.
        fields: tag and value of each tagged line, with the untagged lines below it joined on.
        started: whether it has its start tag.
        ended: whether it has its end mark.
        untagged: the first untagged line below each tag that has any, with that tag.
    """

    line: int
    rows: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    untagged: list[tuple[int, str]] = field(default_factory=list)
    started: bool = False
    ended: bool = False

    @property
    def raw(self) -> str:
        """The entry's text, from its first line to its last."""
        return "\n".join(self.rows).rstrip()


@dataclass(slots=True)
class Outside:
    """Lines that belong to no entry."""

    line: int
    rows: list[str]


def entries(rows: Iterable[str], dialect: Dialect) -> Iterator[Entry | Outside]:
    """The entries of a file, and the text around them, in the order of the file."""
    reader = _Reader(dialect)
    tagged, start, end = dialect.tagged.match, dialect.start, dialect.end
    for number, row in enumerate(rows, 1):
        match = tagged(row) or reader.narrow_match(row)
        if match is None:
            reader.untagged(number, row)
        elif (tag := match[1]) == start:
            reader.start(number, row, match)
        elif tag == end:
            reader.end(number, row, match)
        elif reader.entry and not reader.gap:  # nearly all lines, so without a call
            reader.entry.rows.append(row)
            reader.entry.fields.append((tag, match[2].rstrip()))
            continue
        else:
            reader.tagged(number, row, match)
        if reader.done:
            yield from reader.done
            reader.done.clear()
    reader.finish()
    yield from reader.done


class _Reader:
    """Takes the lines one by one; `done` holds what is complete."""

    def __init__(self, dialect: Dialect) -> None:
        self.done: list[Entry | Outside] = []
        self._dialect = dialect
        self.entry: Entry | None = None  # open
        self._closed: Entry | None = None  # ended by the line before
        self._pending: list[tuple[int, str, re.Match[str]]] = []  # tagged, but no entry is open
        self._outside: Outside | None = None
        self._more: list[str] = []  # untagged lines below the last tag
        self.gap = False  # whether the line before had no tag
        self._narrow = False

    def narrow_match(self, row: str) -> re.Match[str] | None:
        """A match of the narrow patterns, where they may be used."""
        dialect = self._dialect
        if dialect.narrow and self._narrow and self.entry and (found := dialect.narrow.match(row)):
            return found
        return dialect.narrow_start.match(row) if dialect.narrow_start else None

    def tagged(self, number: int, row: str, match: re.Match[str]) -> None:
        """A line with a tag that neither opens nor closes an entry."""
        if self.entry:
            self._add(row, match)
            return
        self._pending.append((number, row, match))
        if match[1] in self._dialect.telling:
            self._open(number)

    def start(self, number: int, row: str, match: re.Match[str]) -> None:
        """A line that opens an entry, or types the one that began with other tags just before."""
        if self.entry and (self.entry.started or self.gap):
            self._close()
        if not self.entry:
            self._pending.append((number, row, match))
            entry = self._open(number)
        else:
            entry = self.entry
            self._add(row, match)
        entry.started = True
        self._narrow = match.re is self._dialect.narrow_start

    def end(self, number: int, row: str, match: re.Match[str] | None = None) -> None:
        """A line that closes an entry; files joined carelessly open the next one behind it."""
        if self.entry:
            self.entry.rows.append(row)
            self.entry.ended = True
            self._close()
        else:
            self._leave()
            self._put_outside(number, row)
        behind = self._dialect.tagged.match(match[2]) if match else None
        if behind and behind[1] == self._dialect.start:
            self.start(number, behind[0], behind)

    def untagged(self, number: int, row: str) -> None:
        """A line without a tag: a value that runs on, a blank line, or text between entries."""
        blank = not row or row.isspace()
        if not self.entry:
            self._leave()
            if not blank:
                self._put_outside(number, row)
        elif self._ends(row, blank=blank):
            self.end(number, row)
        else:
            self.entry.rows.append(row)
            if not blank and not any(self._more):
                self.entry.untagged.append((number, self.entry.fields[-1][0]))
            self._more.append(row.strip())
            self.gap = True

    def _ends(self, row: str, *, blank: bool) -> bool:
        """Whether a line without a tag closes the entry."""
        bare_end = self._dialect.bare_end
        return (blank and self._dialect.blank_ends) or bool(bare_end and bare_end.match(row))

    def finish(self) -> None:
        """The file is at its end."""
        self._close()
        self._leave()
        if self._outside:
            self.done.append(self._outside)

    def _open(self, number: int) -> Entry:
        """Open an entry with the tagged lines that stand directly above."""
        if self._closed:
            self.done.append(self._closed)
            self._closed = None
        if self._outside:
            self.done.append(self._outside)
            self._outside = None
        self._narrow = False
        first = self._pending[0][0] if self._pending else number
        self.entry = Entry(first)
        for _, row, match in self._pending:
            self._add(row, match)
        self._pending.clear()
        return self.entry

    def _add(self, row: str, match: re.Match[str]) -> None:
        entry = self.entry
        if entry is None:
            return
        if self._more:
            self._join()
        entry.rows.append(row)
        entry.fields.append((match[1], match[2].rstrip()))
        self.gap = False

    def _join(self) -> None:
        """Put untagged lines to the value above them."""
        if self.entry and self._more:
            tag, value = self.entry.fields[-1]
            self.entry.fields[-1] = (tag, "\n".join([value, *self._more]).strip())
        self._more.clear()

    def _close(self) -> None:
        self._join()
        if self.entry and self.entry.ended:
            self._closed = self.entry  # tags directly behind its end still belong to it
        elif self.entry:
            self.done.append(self.entry)
        self.entry = None
        self.gap = False

    def _leave(self) -> None:
        """Tagged lines stood outside an entry, and no entry followed them."""
        pending, self._pending = self._pending, []
        if self._closed:
            self._closed.rows += [row for _, row, _ in pending]
            self._closed.fields += [(match[1], match[2].rstrip()) for _, _, match in pending]
            self.done.append(self._closed)
            self._closed = None
            return
        for number, row, _ in pending:
            self._put_outside(number, row)

    def _put_outside(self, number: int, row: str) -> None:
        if self._outside is None:
            self._outside = Outside(number, [])
        self._outside.rows.append(row)
