"""What a file is, by its content alone, and what is in it."""

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from evidence.citations.formats import (
    archives,
    exact_values,
    not_exports,
    sheets,
)
from evidence.citations.formats.decoding import DecodedFile, decode
from evidence.citations.formats.entry_values import number_of
from evidence.citations.formats.format import Entries
from evidence.citations.formats.known_formats import FORMATS
from evidence.citations.record import Reading, Record
from evidence.problems import Code, Effect, Problem

_WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes that show what a file is

_BEGINNINGS = sorted(
    {beginning for file_format in FORMATS.values() for beginning in file_format.beginnings},
    key=len,
    reverse=True,
)
_TAGS = [beginning[1:] for beginning in _BEGINNINGS if beginning.startswith(b"<")]
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*+:)?(%s)" % b"|".join(map(re.escape, _TAGS)))
_WORDS = [beginning for beginning in _BEGINNINGS if not beginning.startswith(b"<")]
_WORD = re.compile(
    rb"\n[ \t\xc2\xa0\"]*+(?=[%s])(%s)"  # the letters first, which is quicker
    % (b"".join(sorted({word[:1] for word in _WORDS})), b"|".join(map(re.escape, _WORDS)))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file whose format is known and whose entries are counted, but not read yet.

    Attributes:
        format: a name of FORMATS, of an archive those of its files; empty where none was
            recognised; then there are no entries.
        seen: entry starts, counted independently of the reader.
        problems: what concerns the file as a whole; `entries` gives those of the entries.
        clean: its bytes, clean if it is a text.
        parts: the files of an archive.
        reader: reads the entries of a table whose columns a person has given meanings.
        other_counts: other formats of which there are marks, and how many entries the file would
            hold in each, counted without regard to its format.
    """

    file: str
    format: str
    encoding: str
    seen: int
    problems: tuple[Problem, ...]
    clean: bytes = b""
    parts: tuple["OpenedFile", ...] = ()
    reader: Callable[[bytes, str], Entries] | None = None
    other_counts: tuple[tuple[str, int], ...] = ()

    def entries(self) -> Iterator[Record | Problem]:
        """The records and problems in the order of the file, one by one, so that a large file
        never stands in memory as a whole.
        """
        for part in self.parts:
            yield from part.entries()
        if self.parts or not self.format:
            return
        entries_out = 0
        for entry in self._read():
            entries_out += isinstance(entry, Record) or entry.effect is Effect.LOST
            yield entry
        yield from lost_entries(self, entries_out)

    def _read(self) -> Iterator[Record | Problem]:
        """What the reader gives, up to a fault of ours that it stumbles over."""
        read = self.reader or FORMATS[self.format].read
        try:
            for entry in read(self.clean, self.file):
                yield exact_values.restore(entry) if isinstance(entry, Record) else entry
        except Exception as error:  # noqa: BLE001 - a file must not stop the others
            yield _fault(error, self.file)


def lost_entries(opened: OpenedFile, entries_out: int) -> Iterator[Problem]:
    """A problem for each entry that was counted and did not come out of the reader.

    Args:
        opened: the file.
        entries_out: how many came out, as a record or as a problem that says it is lost.
    """
    for _ in range(opened.seen - entries_out):
        yield Problem(code=Code.ENTRY_UNREADABLE, file=opened.file, detail="counted, not found")


def read_all(opened: OpenedFile) -> Reading:
    """Read all of a file at once."""
    entries = tuple(opened.entries())
    return Reading(
        file=opened.file,
        format=opened.format,
        encoding=opened.encoding,
        seen=opened.seen,
        other_counts=opened.other_counts,
        records=tuple(entry for entry in entries if isinstance(entry, Record)),
        problems=opened.problems + tuple(entry for entry in entries if isinstance(entry, Problem)),
    )


def open_file(data: bytes, name: str) -> OpenedFile:
    """Recognise a file by its content, whatever its name, and count its entries.

    A file that this fails on, by a fault of ours, has a problem that says so.
    """
    try:
        return _open_any(data, name)
    except Exception as error:  # noqa: BLE001 - a file must not stop the others
        return OpenedFile(
            file=name, format="", encoding="", seen=0, problems=(_fault(error, name),)
        )


def _fault(error: Exception, file: str) -> Problem:
    """A problem that names the place in our code, for those who mend it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{PurePath(place.filename).name}, line {place.lineno}"
    return Problem(code=Code.READING_FAILED, file=file, detail=f"{type(error).__name__} in {where}")


def _open_any(data: bytes, name: str) -> OpenedFile:
    kind = archives.kind(data)
    if kind is archives.Kind.ARCHIVE:
        return _open_archive(data, name)
    if kind is archives.Kind.WORKBOOK:
        return _open(DecodedFile(clean=data, encoding=""), name)
    return _open(decode(data, name), name)


def _open(decoded: DecodedFile, name: str) -> OpenedFile:
    clean = decoded.clean
    best, *others = _recognise(clean) if decoded.encoding else _workbook(clean)
    seen = FORMATS[best].count(clean) if best else 0
    counts = {other: FORMATS[other].count(clean) for other in others} if seen else {}
    return OpenedFile(
        file=name,
        format=best if seen else "",
        encoding=decoded.encoding,
        seen=seen,
        problems=(
            (*decoded.problems, *_formats_within(clean, best, seen, counts, name))
            if seen
            else (*decoded.problems, *why_no_entries(decoded, name))
        ),
        clean=clean if seen else b"",
        other_counts=tuple(counts.items()),
    )


def _recognise(clean: bytes) -> list[str]:
    """The names of the formats of which there are marks, the one that opens first before all.

    How many marks there are does not matter, since one abstract may hold thousands of another
    format; it only decides where two begin at the same place. Empty where there is none.
    """
    numbers = {name: FORMATS[name].recognise(clean) for name in possible(clean)}
    names = [name for name, number in numbers.items() if number]
    if len(names) > 1:
        openings = {name: FORMATS[name].opening(clean) for name in names}
        names.sort(key=lambda name: (openings[name] < 0, openings[name], -numbers[name]))
    return names or [""]


def possible(clean: bytes) -> list[str]:
    """The formats of whose marks the file holds beginnings; one look serves all formats."""
    present = {b"<" + tag for tag in _TAG.findall(clean)}
    present.update(_WORD.findall(b"\n" + clean[: clean.find(b"\n") + 1 or len(clean)]))
    present.update(_WORD.findall(clean))
    return [
        name
        for name, file_format in FORMATS.items()
        if not file_format.beginnings
        or any(mark.startswith(file_format.beginnings) for mark in present)
    ]


def _workbook(data: bytes) -> list[str]:
    """The name of the only format that is no text; a packed file may look like any other."""
    return [sheets.FORMAT.name if sheets.recognise(data) else ""]


def _formats_within(
    clean: bytes, best: str, seen: int, counts: Mapping[str, int], file: str
) -> Iterator[Problem]:
    """A problem for each other format of which there are marks, with both counts."""
    for name, number in counts.items():
        opening = FORMATS[name].opening(clean)
        yield Problem(
            code=Code.FORMAT_WITHIN,
            file=file,
            line=1 + clean.count(b"\n", 0, opening) if opening >= 0 else None,
            detail=f"as {FORMATS[name].label} it would hold {number_of(number, 'entry')}, "
            f"as {FORMATS[best].label} it holds {number_of(seen, 'entry')}",
        )


def _open_archive(data: bytes, name: str) -> OpenedFile:
    """All files of an archive as one; each problem says which file it is about."""
    problems: list[Problem] = []
    parts: list[OpenedFile] = []
    for member in archives.members(data, name):
        if isinstance(member, Problem):
            problems.append(member)
        else:
            parts.append(open_file(member.data, member.name))
    if not parts and not problems:
        problems.append(Problem(code=Code.FILE_EMPTY, file=name))
    recognised = [part for part in parts if part.format]
    return OpenedFile(
        file=name,
        format=", ".join(dict.fromkeys(part.format for part in recognised)),
        encoding=", ".join(dict.fromkeys(part.encoding for part in recognised if part.encoding)),
        seen=sum(part.seen for part in parts),
        problems=(*problems, *(problem for part in parts for problem in part.problems)),
        parts=tuple(parts),
    )


def _why_no_rows(workbook: bytes, name: str) -> Iterator[Problem]:
    """Why a workbook holds no entries."""
    if reason := sheets.refusal(workbook):
        yield Problem(code=Code.ARCHIVE_REFUSED, file=name, detail=reason)
        return
    read_sheets = sheets.read_sheets(workbook)
    yield from sheets.damages(read_sheets, name)
    yield from sheets.formulas(workbook, name)
    if any(sheet.rows or not sheet.is_damaged for sheet in read_sheets):
        detail = "no sheet has columns that are known"
        yield Problem(code=Code.FILE_UNKNOWN, file=name, detail=detail)


def why_no_entries(decoded: DecodedFile, name: str) -> Iterator[Problem]:
    """Why a file holds no entries; for one that is no text, `decode` has given the problem."""
    clean = decoded.clean
    beginning = clean[:_HEAD].strip()
    if archives.kind(clean) is archives.Kind.WORKBOOK:
        yield from _why_no_rows(clean, name)
    elif decoded.encoding and not beginning and not clean.strip():
        yield Problem(code=Code.FILE_EMPTY, file=name)
    elif decoded.encoding:
        code = Code.FILE_WEB_PAGE if _WEB_PAGE.match(beginning) else Code.FILE_UNKNOWN
        detail = "" if code is Code.FILE_WEB_PAGE else not_exports.describe_text(clean)
        yield Problem(code=code, file=name, detail=detail)
