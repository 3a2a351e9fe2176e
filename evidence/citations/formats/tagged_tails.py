"""Tagged lines behind the end of an entry, where some programs write what belongs to it."""

import re

from evidence.citations.formats.dialect import Dialect, Entry
from evidence.citations.formats.tagged_lines import Reader


class TailReader(Reader):
    """Takes lines of a format in which tags behind the end of an entry belong to it.

    Not if they repeat its title or have an end of their own: then another entry has begun, whose
    start is missing or comes later. Nor if they are only tags that make no entry, behind a blank
    line: those stand before the next start, or in no entry.
    """

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self._behind = False  # whether what is open is such a tail
        self._blanks: list[str] = []  # lines between the end and the tail
        self._titled: bool | None = False  # whether the entry before has a title; None: not known

    def take(self, entry: Entry) -> None:
        """An entry that was read as a whole."""
        super().take(entry)
        self._titled, self._blanks = None, []

    def finish(self) -> None:
        """The file is at its end."""
        if self._behind and self._entry:
            self._end_tail(self._entry)
        super().finish()

    def _narrow_match(self, row: str) -> re.Match[str] | None:
        if self._behind:
            return self._dialect.narrow_start.match(row) if self._dialect.narrow_start else None
        return super()._narrow_match(row)

    def _tagged(self, number: int, row: str, match: re.Match[str]) -> None:
        if self._entry or not self._closed:
            super()._tagged(number, row, match)
            return
        self._behind, self._noted = True, 0
        self._entry = Entry(number)
        self._add(self._entry, row, match)

    def _start(self, number: int, row: str, match: re.Match[str]) -> None:
        if self._behind and (tail := self._entry):
            before_start = self._blanks and not self._gap
            if self._repeats_title(tail) or (
                before_start and not _holds(tail, self._dialect.telling)
            ):
                self._detach(tail)
            else:
                self._merge(tail)
        if self._entry and self._entry.fields[-1][0] == self._dialect.start and not self._gap:
            self._add(self._entry, row, match)  # a second type in the next line
        else:
            super()._start(number, row, match)

    def _end(self, number: int, row: str, match: re.Match[str] | None = None) -> None:
        if not self._behind or not (tail := self._entry):
            super()._end(number, row, match)
        elif _holds(tail, self._dialect.titles | self._dialect.people):
            self._detach(tail)
            super()._end(number, row, match)
        else:
            tail.rows.append(row)
            self._merge(tail)
            self._open_joined(number, match)

    def _untagged(self, number: int, row: str) -> None:
        blank = not row or row.isspace()
        if blank and self._closed and not self._entry:
            self._blanks.append(row)
            return
        if self._behind and (tail := self._entry) and not blank and not self._is_end(row):
            runs_on = tail.rows[-1].strip() and tail.fields[-1][0] in self._dialect.telling
            if not runs_on:
                self._end_tail(tail)
        super()._untagged(number, row)

    def _is_end(self, row: str) -> bool:
        bare_end = self._dialect.bare_end
        return bare_end is not None and bare_end.match(row) is not None

    def _open(self) -> Entry:
        self._titled = False
        return super()._open()

    def _add(self, entry: Entry, row: str, match: re.Match[str]) -> None:
        super()._add(entry, row, match)
        if not self._behind and match[1] in self._dialect.titles:
            self._titled = self._titled or match.re is self._dialect.tagged

    def _close(self) -> None:
        super()._close()
        self._blanks = []

    def _end_tail(self, tail: Entry) -> None:
        """The tail is at its end, and neither a start nor an end follows."""
        if self._repeats_title(tail):
            self._detach(tail)
        elif self._blanks and not _holds(tail, self._dialect.telling):
            self._more.clear()
            self._behind, self._entry, self._gap = False, None, False
            self._flush_pending()
            for offset, row in enumerate(tail.rows):
                if row.strip():
                    self._put_outside(tail.line + offset, row)
        else:
            self._merge(tail)

    def _repeats_title(self, tail: Entry) -> bool:
        titles = self._dialect.titles
        if self._titled is None:
            self._titled = bool(self._closed) and _holds(self._closed, titles)
        return self._titled and _holds(tail, titles)

    def _detach(self, tail: Entry) -> None:
        """The tail is the beginning of another entry."""
        self._behind, self._narrow = False, False
        self._titled = _holds(tail, self._dialect.titles)
        self._flush_closed()

    def _merge(self, tail: Entry) -> None:
        """The tail belongs to the entry before it."""
        self._join()
        if closed := self._closed:
            closed.rows += [*self._blanks, *tail.rows]
            closed.fields += tail.fields
            closed.untagged += tail.untagged
        if _holds(tail, self._dialect.titles):
            self._titled = True
        self._behind, self._entry = False, None
        self._gap, self._blanks = False, []


def _holds(entry: Entry | None, tags: frozenset[str]) -> bool:
    return entry is not None and any(tag in tags for tag, _ in entry.fields)
