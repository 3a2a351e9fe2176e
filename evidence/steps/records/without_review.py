"""Working on files alone, without a review: for the command line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence import deduplication
from evidence.citations import formats
from evidence.citations.formats.decoding import decode, lines
from evidence.citations.record import Reading, Reference
from evidence.eppi.export import Export
from evidence.eppi.json_text import may_be_eppi
from evidence.eppi.read_export import Unreadable, read_export
from evidence.eppi.reading import reading_of, unreadable
from evidence.errors import Invalid
from evidence.problems import Problem
from evidence.steps.jobs import processes
from evidence.synthesis.direction_rows import from_rows, read_rows
from evidence.synthesis.directions import EffectDirections


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Groups of record ids as the files name them.

    Attributes:
        ids: every record, in the order of the files.
        groups: for every record, the place of the first record of its group.
    """

    ids: Sequence[str]
    groups: Sequence[int]
    result: deduplication.DedupeResult
    problems: Sequence[Problem]

    @property
    def works(self) -> int:
        """How many groups there are."""
        return len(set(self.groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedWork:
    """One publication, put together from the records of it.

    Attributes:
        key: unique among all that were joined: w1, w2, ...
        places: file and line of each of its records.
    """

    key: str
    reference: Reference
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedFiles:
    """The publications of files, each once, in the order in which they first stand there.

    Attributes:
        possible: pairs of keys that may be one publication, for a person, with the reason.
    """

    works: Sequence[JoinedWork]
    records: int
    possible: Sequence[tuple[str, str, str]]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What came out of a file.

    Attributes:
        export: the coding, where it is a file of EPPI-Reviewer or EPPI-Mapper.
    """

    path: Path
    reading: Reading
    export: Export | None = None


def read(paths: Iterable[Path]) -> Iterator[Reading]:
    """Read files of citations, one after another."""
    return (each.reading for each in read_whole(paths))


def read_whole(paths: Iterable[Path]) -> Iterator[FileRead]:
    """Read files of citations, and codings where they hold them, one after another."""
    for path in paths:
        content = path.read_bytes()
        export = read_export(content, path.name) if may_be_eppi(content) else None
        if export is None:
            yield FileRead(path=path, reading=formats.read(content, path.name))
        elif isinstance(export, Unreadable):
            yield FileRead(path=path, reading=unreadable(export))
        else:
            yield FileRead(path=path, reading=reading_of(export), export=export)


def find_duplicates(paths: Sequence[Path], workers: int = 0) -> Duplicates:
    """Find duplicates in tables (CSV) or citation files; raises Invalid for a table that is none.

    Args:
        paths: files that together hold the records.
        workers: processes; 0 means one for each core.
    """
    columns, ids, problems = _load(paths)
    numbers = list(range(len(ids)))
    with processes(len(ids), workers) as executor:
        result = deduplication.find(columns, ids=numbers, executor=executor)
    first = {record: records[0] for records in result.works(numbers) for record in records}
    groups = [first[record] for record in numbers]
    return Duplicates(ids=ids, groups=groups, result=result, problems=problems)


def join(paths: Sequence[Path], workers: int = 0) -> JoinedFiles:
    """Put each publication of citation files together from all its records, by the rules.

    Args:
        paths: files that together hold the records.
        workers: processes; 0 means one for each core.
    """
    readings = list(read(paths))
    records = [(reading.file, record) for reading in readings for record in reading.records]
    references = [record.reference for _, record in records]
    numbers = list(range(len(records)))
    with processes(len(records), workers) as executor:
        columns = deduplication.from_references(references)
        result = deduplication.find(columns, ids=numbers, executor=executor)
    members = result.works(range(len(records)))
    works = [
        JoinedWork(
            key=f"w{number}",
            reference=deduplication.merge([references[at] for at in ids]).reference,
            places=tuple(f"{records[at][0]}:{records[at][1].line}" for at in ids),
        )
        for number, ids in enumerate(members, 1)
    ]
    possible = [
        (works[a].key, works[b].key, verdict.reason)
        for a, b, verdict in result.possible_works(members)
    ]
    problems = [problem for reading in readings for problem in reading.problems]
    return JoinedFiles(works=works, records=len(records), possible=possible, problems=problems)


def directions(path: Path) -> tuple[tuple[EffectDirections, ...], tuple[Problem, ...]]:
    """Effect directions of a table with the columns study, outcome, direction, n_intervention.

    It may be in any encoding; where that was guessed, a problem says so.
    """
    decoded = decode(path.read_bytes(), path.name)
    if not decoded.encoding:
        return (), decoded.problems
    rows, problems = read_rows(lines(decoded.clean), path.name)
    return from_rows(rows), (*decoded.problems, *problems)


def _load(paths: Sequence[Path]) -> tuple[deduplication.Columns, list[str], list[Problem]]:
    """The records of the files: of a table with ids, or else of what databases export."""
    fault: Invalid | None = None
    if len(paths) == 1 and paths[0].suffix.lower() in {".csv", ""}:
        try:
            return deduplication.read_csv(paths[0])
        except Invalid as error:
            fault = error
    readings = list(read(paths))
    if fault and not any(reading.records for reading in readings):
        raise fault
    records = [(reading.file, record) for reading in readings for record in reading.records]
    ids = [record.key or f"{file}:{record.line}" for file, record in records]
    problems = [problem for reading in readings for problem in reading.problems]
    return deduplication.from_references([record.reference for _, record in records]), ids, problems
