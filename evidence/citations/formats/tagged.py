"""One tolerant reader for all formats that write a tag before each value: RIS and its kin.

It parts a file into entries and never drops a line: what is no entry comes out as `Outside`. How
a format writes its lines is a `Dialect`; what its tags mean is the business of the format.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.citations.formats.decoding import windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a format writes its lines.

    Attributes:
        tagged: matches a line with a tag; group 1 is the tag, group 2 the value.
        narrow: the same for entries whose first line matches `narrow_start` (RIS with one blank
            before the dash), where `tagged` would be too strict.
        bare_end: an end mark that is written without being a tagged line.
        whole: matches all lines of an entry that is written by the book, from `whole_start` to
            `whole_end`; it may match less than `tagged`, but nothing else.
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
    whole: re.Pattern[str] | None = None
    whole_start: str = ""
    whole_end: str = ""
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
    """Lines that belong to no entry, each with its number; blank ones are left out."""

    rows: list[tuple[int, str]]


def entries(clean: bytes, dialect: Dialect) -> Iterator[Entry | Outside]:
    """The entries of a file, and the text around them, in the order of the file."""
    reader = _Reader(dialect)
    number = 1
    tags: dict[str, str] = {}  # one string for each tag, and not one for each line
    for text in windows(clean):
        place = 0
        while place <= len(text):
            entry = _whole(text, place, number, dialect) if reader.is_idle else None
            if entry:
                entry.fields = [(tags.setdefault(t, t), value) for t, value in entry.fields]
                reader.take(entry)
                number += len(entry.fields) + 1
                place += len(entry.rows[0]) + 1
            else:
                end = text.find("\n", place)
                end = end if end >= 0 else len(text)
                reader.feed(number, text[place:end])
                number += 1
                place = end + 1
            if reader.done:
                yield from reader.done
                reader.done.clear()
    reader.finish()
    yield from reader.done


def _whole(text: str, place: int, number: int, dialect: Dialect) -> Entry | None:
    """The entry that begins here, if each of its lines has a tag, as in most files.

    That is the same as feeding its lines to the reader, and takes half the time.
    """
    if not dialect.whole or not text.startswith(dialect.whole_start, place):
        return None
    next_start = text.find("\n" + dialect.start, place)
    last = text.find(dialect.whole_end, place, next_start if next_start >= 0 else len(text))
    if last < 0:
        return None
    fields = dialect.whole.findall(text[place:last])
    end = text.find("\n", last + 1)
    end = end if end >= 0 else len(text)
    if (
        len(fields) != text.count("\n", place, last) + 1
        or text[last:end].strip() != dialect.whole_end.strip()
    ):
        return None
    return Entry(number, rows=[text[place:end]], fields=fields, started=True, ended=True)


class _Reader:
    """Takes the lines one by one; `done` holds what is complete."""

    def __init__(self, dialect: Dialect) -> None:
        self.done: list[Entry | Outside] = []
        self._dialect = dialect
        self._entry: Entry | None = None  # open
        self._closed: Entry | None = None  # ended by the line before
        self._pending: list[tuple[int, str, re.Match[str]]] = []  # tagged, but no entry is open
        self._outside: Outside | None = None
        self._more: list[str] = []  # untagged lines below the last tag
        self._gap = False  # whether the line before had no tag
        self._noted = 0  # how many fields there were when an untagged line was noted
        self._narrow = False

    @property
    def is_idle(self) -> bool:
        """Whether the next line has nothing to do with those before."""
        return not self._entry and not self._pending

    def take(self, entry: Entry) -> None:
        """An entry that was read as a whole."""
        self._settle()
        self._closed = entry

    def feed(self, number: int, row: str) -> None:
        """The next line."""
        match = self._dialect.tagged.match(row) or (self._narrow_match(row) if row else None)
        if match is None:
            self._untagged(number, row)
        elif match[1] == self._dialect.start:
            self._start(number, row, match)
        elif match[1] == self._dialect.end:
            self._end(number, row, match)
        else:
            self._tagged(number, row, match)

    def _narrow_match(self, row: str) -> re.Match[str] | None:
        """A match of the narrow patterns, where they may be used."""
        dialect = self._dialect
        if dialect.narrow and self._narrow and self._entry and (found := dialect.narrow.match(row)):
            return found
        return dialect.narrow_start.match(row) if dialect.narrow_start else None

    def _tagged(self, number: int, row: str, match: re.Match[str]) -> None:
        """A line with a tag that neither opens nor closes an entry."""
        if self._entry:
            self._add(self._entry, row, match)
            return
        self._pending.append((number, row, match))
        if match[1] in self._dialect.telling:
            self._open()

    def _start(self, number: int, row: str, match: re.Match[str]) -> None:
        """A line that opens an entry, or types the one that began with other tags just before."""
        if self._entry and (self._entry.started or self._gap):
            self._close()
        entry = self._entry
        if entry:
            self._add(entry, row, match)
        else:
            self._pending.append((number, row, match))
            entry = self._open()
        entry.started = True
        self._narrow = match.re is self._dialect.narrow_start

    def _end(self, number: int, row: str, match: re.Match[str] | None = None) -> None:
        """A line that closes an entry; files joined carelessly open the next one behind it."""
        if self._entry:
            self._entry.rows.append(row)
            self._entry.ended = True
            self._close()
        else:
            self._leave()
            self._put_outside(number, row)
        behind = self._dialect.tagged.match(match[2]) if match else None
        if behind and behind[1] == self._dialect.start:
            self._start(number, behind[0], behind)

    def _untagged(self, number: int, row: str) -> None:
        """A line without a tag: a value that runs on, a blank line, or text between entries."""
        blank = not row or row.isspace()
        if not self._entry:
            self._leave()
            if not blank:
                self._put_outside(number, row)
        elif self._ends(row, blank=blank):
            self._end(number, row)
        else:
            self._entry.rows.append(row)
            if not blank and self._noted != len(self._entry.fields):
                self._entry.untagged.append((number, self._entry.fields[-1][0]))
                self._noted = len(self._entry.fields)
            self._more.append(row.strip())
            self._gap = True

    def _ends(self, row: str, *, blank: bool) -> bool:
        """Whether a line without a tag closes the entry."""
        if blank:
            return self._dialect.blank_ends
        bare_end = self._dialect.bare_end
        return bare_end is not None and bare_end.match(row) is not None

    def finish(self) -> None:
        """The file is at its end."""
        self._close()
        self._leave()
        if self._outside:
            self.done.append(self._outside)

    def _open(self) -> Entry:
        """Open an entry with the tagged lines that stand directly above."""
        self._settle()
        self._narrow, self._noted = False, 0
        entry = self._entry = Entry(self._pending[0][0])
        for _, row, match in self._pending:
            self._add(entry, row, match)
        self._pending.clear()
        return entry

    def _settle(self) -> None:
        """What stood before the entry that begins now is complete."""
        self.done += filter(None, (self._closed, self._outside))
        self._closed = self._outside = None

    def _add(self, entry: Entry, row: str, match: re.Match[str]) -> None:
        if self._more:
            self._join()
        entry.rows.append(row)
        entry.fields.append((match[1], match[2].rstrip()))
        self._gap = False

    def _join(self) -> None:
        """Put untagged lines to the value above them."""
        if self._entry and self._more:
            tag, value = self._entry.fields[-1]
            self._entry.fields[-1] = (tag, "\n".join([value, *self._more]).strip())
        self._more.clear()

    def _close(self) -> None:
        self._join()
        if self._entry and self._entry.ended:
            self._closed = self._entry  # tags directly behind its end still belong to it
        elif self._entry:
            self.done.append(self._entry)
        self._entry = None
        self._gap = False

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
            self._outside = Outside([])
        self._outside.rows.append((number, row))
