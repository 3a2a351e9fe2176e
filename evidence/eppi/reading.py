"""An export as a reading of citations, as other formats give one."""

from evidence.citations.record import Reading
from evidence.eppi.account import Part
from evidence.eppi.export import Export
from evidence.eppi.read_export import Unreadable
from evidence.problems import Code, Problem

FORMAT = "eppi"


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
