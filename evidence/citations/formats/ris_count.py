"""The count of entries in a RIS file, which knows nothing of the reader of its lines.

It looks at bytes, for the tags alone that open, close or make an entry, and at the lines behind an
end.
"""

import re

from evidence.citations.formats import entry_starts

BLANK = "(?:[ \t]|\u00a0)"
DASH = "(?:-|–)"
_WIDE = f"{BLANK}{{2,4}}{DASH}"
_LINE_END = f"{BLANK}*(?=\n|\\Z)"
_MARKS_WITHIN = (
    f"(?P<joined>ER{_WIDE}{BLANK}*TY{_WIDE})"
    f"|(?P<start>TY(?:{_WIDE}| {DASH}{BLANK}*(?:[A-Z][A-Z0-9]+)?{_LINE_END}))"
    f"|(?P<end>ER(?:{_WIDE}|{BLANK}?{DASH}?{_LINE_END}))"
    f"|(?P<title>(?:TI|T1){_WIDE})"
)
_TELLING_MARKS = f"(?P<people>(?:AU|A1){_WIDE})|(?P<text>(?:AB|N2|DO){_WIDE})"
# The first letters, or that of a blank, let most lines be passed by quickly.
_MARK = re.compile(
    b"\n(?=[ADENT \t\xc2])" + f"{BLANK}*(?:{_MARKS_WITHIN}|{_TELLING_MARKS})".encode()
)
_MARK_WITHIN = re.compile(b"\n(?=[ET \t\xc2])" + f"{BLANK}*(?:{_MARKS_WITHIN})".encode())
_TAGGED_ROW = re.compile(f"{BLANK}*[A-Z][A-Z0-9]{{1,3}}{_WIDE}".encode())
_BLANK_ROW = re.compile(f"{entry_starts.BLANK}*+\\Z".encode("latin-1"))

_TELLING = frozenset({"title", "people", "text"})


def count(clean: bytes) -> int:
    """Entry starts: each `TY` but for a second one in the next line, and each run of telling tags
    that has none. Tags behind an end make an entry only if they repeat its title, or if they hold
    a title or people and have an end of their own.
    """
    tally = _Tally(clean)
    first_line = b"\n" + clean[: clean.find(b"\n") + 1 or len(clean)]
    if mark := _MARK.match(first_line):
        tally.add(mark, mark.lastgroup or "")
    position = 0
    while mark := (_MARK_WITHIN if tally.state == "typed" else _MARK).search(clean, position):
        position = mark.end()
        tally.add(mark, mark.lastgroup or "")
    return tally.total()


class _Tally:
    """Takes the marks one by one.

    Its state says where the line of the last one stands. Outside: in no entry. Typed, untyped: in
    an entry. Ended: at the end of an entry. Tail: behind that end, with tags that make an entry.
    """

    def __init__(self, clean: bytes) -> None:
        self._clean = clean
        self._count = 0
        self.state = "outside"
        self.titled = False  # whether the last entry has a title
        self._tail: set[str] = set()  # kinds of the marks in the tail
        self.last_kind = ""
        self._line_end = 0  # of the last mark

    def add(self, mark: re.Match[bytes], kind: str) -> None:
        """One more mark."""
        shift = 0 if mark.string is self._clean else 1  # the first line, behind a newline put there
        begin = mark.start() - shift
        if self.state in {"ended", "tail"} and self._is_cut_off(begin):
            self._leave_tail()
        if kind in _TELLING:
            self._add_telling(kind)
        else:
            if kind in {"end", "joined"}:
                self._end(begin)
            if kind in {"start", "joined"}:
                self._start(begin, joined=kind == "joined")
        self.last_kind = kind
        end = self._clean.find(b"\n", mark.end() - shift)
        self._line_end = end if end >= 0 else len(self._clean)

    def total(self) -> int:
        """The count, at the end of the file."""
        if self.state == "tail":
            self._leave_tail()
        return self._count

    def _add_telling(self, kind: str) -> None:
        if self.state == "outside":
            self._count, self.state, self.titled = self._count + 1, "untyped", False
        if self.state in {"ended", "tail"}:
            self._tail = {*self._tail, kind} if self.state == "tail" else {kind}
            self.state = "tail"
        else:
            self.titled |= kind == "title"

    def _end(self, begin: int) -> None:
        if self.state == "tail" and self._tail & {"title", "people"}:
            self._count, self.titled = self._count + 1, "title" in self._tail
        is_second = self.state == "ended" and not any(map(_TAGGED_ROW.match, self._rows(begin)))
        self.state = "outside" if is_second or self.state == "outside" else "ended"

    def _start(self, begin: int, *, joined: bool) -> None:
        is_below_start = self.last_kind in {"start", "joined"} and begin == self._line_end
        if self.state == "typed" and is_below_start:
            return  # a second type
        if self.state == "untyped" and self._is_below_tag(begin):
            self.state = "typed"
            return
        keeps_title = False
        if self.state == "tail" and not joined and self._repeats_title():
            keeps_title = self._is_below_tag(begin)
            self._count += not keeps_title
        self._count, self.state, self.titled = self._count + 1, "typed", keeps_title

    def _repeats_title(self) -> bool:
        return self.titled and "title" in self._tail

    def _leave_tail(self) -> None:
        """Text that belongs to no entry ends the tail."""
        is_entry = self.state == "tail" and self._repeats_title()
        self._count += is_entry
        self.state = "untyped" if is_entry else "outside"

    def _is_below_tag(self, begin: int) -> bool:
        """Whether the line before has a tag."""
        line = self._clean[self._clean.rfind(b"\n", 0, begin) + 1 : begin]
        return _TAGGED_ROW.match(line) is not None

    def _rows(self, begin: int) -> list[bytes]:
        """The rows between the line of the last mark and this one."""
        between = self._clean[self._line_end + 1 : begin]
        return between.split(b"\n") if begin > self._line_end else []

    def _is_cut_off(self, begin: int) -> bool:
        """Whether a row stands between that neither has a tag nor goes on below one."""
        runs_on = self.state == "tail"
        for row in self._rows(begin):
            if _BLANK_ROW.match(row) or _TAGGED_ROW.match(row):
                runs_on = False
            elif not runs_on:
                return True
        return False
