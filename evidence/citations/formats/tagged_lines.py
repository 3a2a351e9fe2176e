"""The lines of a tagged format, one by one, gathered into entries and what stands around them."""

import re

from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines


class Reader:
    """Takes the lines one by one; `done` holds what is complete."""

    def __init__(self, dialect: Dialect) -> None:
        self.done: list[Entry | OutsideLines] = []
        self._dialect = dialect
        self._entry: Entry | None = None  # open
        self._closed: Entry | None = None  # ended by the line before
        self._pending: list[tuple[int, str, re.Match[str]]] = []  # tagged, but no entry is open
        self._outside: OutsideLines | None = None
        self._more: list[str] = []  # untagged lines below the last tag
        self._gap = False  # whether the line before had no tag
        self._noted = 0  # how many fields there were when an untagged line was noted
        self._narrow = False
        self._paused = False  # whether a blank line may have ended the entry

    @property
    def is_idle(self) -> bool:
        """Whether the next line has nothing to do with those before."""
        return not self._entry and not self._pending

    def take(self, entry: Entry) -> None:
        """An entry that was read as a whole."""
        self._flush_closed()
        self._closed = entry

    def feed(self, number: int, row: str) -> None:
        """The next line."""
        match = self._dialect.tagged.match(row) or (self._narrow_match(row) if row else None)
        if self._paused and self._entry:
            self._after_blank(self._entry, row, match)
        if match is None:
            self._untagged(number, row)
        elif match[1] == self._dialect.start:
            self._start(number, row, match)
        elif match[1] == self._dialect.end:
            self._end(number, row, match)
        elif match[1] in self._dialect.apart:
            self._close()
            self._flush_pending()
            self._put_outside(number, row)
        else:
            self._tagged(number, row, match)

    def _narrow_match(self, row: str) -> re.Match[str] | None:
        """A match of the narrow patterns, where they may be used."""
        dialect = self._dialect
        if dialect.narrow and self._narrow and self._entry and (match := dialect.narrow.match(row)):
            return match
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
            self._flush_pending()
            self._put_outside(number, row)
        self._open_joined(number, match)

    def _open_joined(self, number: int, match: re.Match[str] | None) -> None:
        """Open the entry whose start stands in the line of another's end."""
        joined = self._dialect.tagged.match(match[2]) if match else None
        if joined and joined[1] == self._dialect.start:
            self._start(number, joined[0], joined)

    def _untagged(self, number: int, row: str) -> None:
        """A line without a tag: a value that runs on, a blank line, or text between entries."""
        blank = not row or row.isspace()
        if not self._entry:
            self._flush_pending()
            if not blank:
                self._put_outside(number, row)
        elif not blank and self._dialect.bare_end and self._dialect.bare_end.match(row):
            self._end(number, row)
        else:
            self._continue(self._entry, number, row, blank=blank)
            self._paused = blank and self._dialect.blank_ends

    def _continue(self, entry: Entry, number: int, row: str, *, blank: bool) -> None:
        """A line that belongs to the value above it."""
        entry.rows.append(row)
        by_the_book = blank or (self._dialect.wraps and self._dialect.wraps.match(row))
        if not by_the_book and self._noted != len(entry.fields):
            entry.untagged.append((number, entry.fields[-1][0]))
            self._noted = len(entry.fields)
        self._more.append(row.strip())
        self._gap = True

    def _after_blank(self, entry: Entry, row: str, match: re.Match[str] | None) -> None:
        """Behind a blank line, the next line that is none shows whether the entry was at its end.

        A tag that opens no entry belongs to it still, because values may end with blank lines.
        """
        dialect = self._dialect
        if match:
            goes_on = match[1] != dialect.start and match[1] not in dialect.telling
        elif not row or row.isspace():
            return
        else:
            goes_on = any(
                pattern and pattern.match(row) for pattern in (dialect.wraps, dialect.resumes)
            )
        self._paused = False
        if not goes_on:
            entry.ended = True
            self._close()

    def finish(self) -> None:
        """The file is at its end."""
        self._close()
        self._flush_pending()
        if self._outside:
            self.done.append(self._outside)

    def _open(self) -> Entry:
        """Open an entry with the tagged lines that stand directly above."""
        self._flush_closed()
        self._narrow, self._noted = False, 0
        entry = self._entry = Entry(self._pending[0][0])
        for _, row, match in self._pending:
            self._add(entry, row, match)
        self._pending.clear()
        return entry

    def _flush_closed(self) -> None:
        """Complete what stood before the entry that begins now."""
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
        self._gap = self._paused = False

    def _flush_pending(self) -> None:
        """Put the tagged lines that no entry followed to the entry before them, or outside."""
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
            self._outside = OutsideLines([])
        self._outside.rows.append((number, row))
