"""An export as a file of citations, as the readers of other formats give one."""

from collections.abc import Iterator

from evidence.citations.formats.detect import OpenedFile
from evidence.citations.record import Reading, Record
from evidence.eppi.account import Part
from evidence.eppi.export import Export
from evidence.eppi.read_export import Unreadable, read_export
from evidence.problems import Code, Problem

FORMAT = "eppi"
LABEL = "EPPI-Reviewer (JSON)"
_CODING = {
    Part.APPLIED: ("code applied to a reference", "codes applied to references"),
    Part.OUTCOMES: ("outcome", "outcomes"),
}


def open_export(content: bytes, file: str) -> OpenedFile:
    """The references of a file of EPPI-Reviewer, ready to be imported.

    What is coded of them is not among the entries; a problem says that it is there.
    """
    export = read_export(content, file)
    if isinstance(export, Unreadable):
        problem = Problem(code=Code.FILE_UNKNOWN, file=file, detail=export.reason)
        return OpenedFile(file=file, format="", encoding="", seen=0, problems=(problem,))
    kept = export.account.kept
    coded = ", ".join(
        f"{kept[part]:,} {words[kept[part] != 1]}" for part, words in _CODING.items() if kept[part]
    )
    problems = (Problem(code=Code.CODING_LEFT, file=file, detail=coded),) if coded else ()

    def entries(_clean: bytes, _file: str) -> Iterator[Record | Problem]:
        reading = reading_of(export)
        yield from reading.records
        yield from reading.problems

    return OpenedFile(
        file=file,
        format=FORMAT,
        encoding=export.encoding,
        seen=export.account.held[Part.REFERENCES],
        problems=problems,
        reader=entries,
    )


def reading_of(export: Export) -> Reading:
    """The references of an export; what is coded of them is not in it."""
    problems = tuple(
        Problem(code=Code.ENTRY_UNREADABLE, file=export.file, detail=left.places[0])
        for left in export.account.left_out
        if left.part is Part.REFERENCES
        for _ in range(left.number)
    )
    return Reading(
        file=export.file,
        format=FORMAT,
        encoding=export.encoding,
        seen=export.account.held[Part.REFERENCES],
        records=tuple(reference.record for reference in export.references),
        problems=problems,
    )


def unreadable(file: Unreadable) -> Reading:
    """The reading of a file out of which nothing came."""
    problem = Problem(code=Code.FILE_UNKNOWN, file=file.file, detail=file.reason)
    return Reading(file=file.file, format="", encoding="", seen=0, records=(), problems=(problem,))
