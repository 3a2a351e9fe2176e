"""Works with what came of them, to take away: one row per work, and the list for an appendix.

Each is made as CSV, XLSX or RIS while it is read from the store, so that the works of a large
review never stand in memory together. What the person at the desk may not know is not in it:
reasons stand at excluded works only, and labels as the pages show them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from evidence.citations import citing
from evidence.citations.formats import plain_tables, ris_writer, table_writer
from evidence.citations.formats.plain_tables import Cell
from evidence.citations.search_folding import folded
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.records import exporting
from evidence.store.records.filters import Filter
from evidence.store.results import work_rows
from evidence.store.results.work_rows import WorkRow
from evidence.store.review.reasons import counted_labels
from evidence.store.screening.decision_queries import NO_REASON

_AT_ONCE = 500  # works that stand in memory together
_YEAR = table_writer.HEAD.index("Year")
_KEY = table_writer.HEAD.index("Key")  # the last; work_id says the same


class Contents(StrEnum):
    """What a file says of works."""

    REFERENCES = "references"  # what was published, for other programs (exporting.py)
    WORKS = "works"  # one row per work, with all that came of it
    EXCLUDED = "excluded"  # what was excluded at full text, for an appendix


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """A format in which such a table can be written.

    Attributes:
        label: the words for people.
        ending: of the name of such a file, without a dot.
        media_type: for browsers.
    """

    label: str
    ending: str
    media_type: str


FORMS: Mapping[str, TableForm] = MappingProxyType(
    {
        "csv": TableForm(label="Table (CSV)", ending="csv", media_type="text/csv"),
        "xlsx": TableForm(
            label="Excel (XLSX)",
            ending="xlsx",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "ris": TableForm(
            label="RIS, with notes", ending="ris", media_type=ris_writer.WRITER.media_type
        ),
    }
)
STATE_HEADS = {Stage.TITLE_ABSTRACT: "Title and abstract", Stage.FULL_TEXT: "Full text"}
STATE_WORDS = {state: state.value.replace("_", " ") for state in State} | {
    State.INCLUDE: "included",
    State.EXCLUDE: "excluded",
}
WORKS_HEAD: tuple[str, ...] = (
    *("work_id", "Title and abstract", "Title and abstract: reasons"),
    *("Full text", "Full text: reasons", "Labels", "Sources", "Records", "Study"),
    *table_writer.HEAD[:_KEY],
)
EXCLUDED_HEAD: tuple[str, ...] = (
    *("Reason", "Reference", "Further reasons", "Authors", "Year", "Title", "Journal"),
    *("Volume", "Issue", "Pages", "DOI", "Study", "work_id"),
)


def pieces(desk: Desk, contents: Contents, which: Filter, form: str) -> Iterator[bytes]:
    """The file of these works, piece by piece; in an appendix only of those that are excluded at
    full text.

    Raises:
        Invalid: it cannot be written in this format.
    """
    if form not in FORMS:
        raise Invalid(f"“{form}” cannot be written. You can choose {', '.join(FORMS)}.")
    if contents is Contents.EXCLUDED:
        rows, head, cells, notes = _excluded(desk, which), EXCLUDED_HEAD, _excluded_cells, _why
    else:
        rows, head, cells, notes = _works(desk, which), WORKS_HEAD, _work_cells, _facts
    if form == "ris":
        return _ris(rows, notes)
    make = plain_tables.csv_pieces if form == "csv" else plain_tables.xlsx_pieces
    return make(head, map(cells, rows))


def work_cells(desk: Desk, which: Filter) -> Iterator[list[Cell]]:
    """The works that pass a filter, with what came of them, under WORKS_HEAD."""
    return map(_work_cells, _works(desk, which))


def save(desk: Desk, contents: Contents, which: Filter, form: str, out: Path) -> int:
    """Write the file of these works; gives how many there are.

    An older file of the name is replaced when the new one is complete.

    Raises:
        Invalid: it cannot be written in this format.
    """
    exporting.save_pieces(pieces(desk, contents, which, form), out)
    return exporting.count(desk, filter_of(contents, which))


def filter_of(contents: Contents, which: Filter) -> Filter:
    """Which works a file of these contents has, of those that pass a filter."""
    if contents is not Contents.EXCLUDED:
        return which
    # Whoever asks for another state at full text gets none: both must hold.
    return replace(which, stage=Stage.FULL_TEXT.value, state=State.EXCLUDE.value)


def _works(desk: Desk, which: Filter) -> Iterator[WorkRow]:
    with desk.reading() as c:
        for batch in work_rows.in_batches(c, desk.review_id, which, desk.person_id, _AT_ONCE):
            yield from batch


def _excluded(desk: Desk, which: Filter) -> Iterator[WorkRow]:
    """By reason in the order of the review's list, then by author and year.

    The first look keeps only what they are sorted by.
    """
    which = filter_of(Contents.EXCLUDED, which)
    with desk.reading() as c:
        order = {
            label: place for place, label in enumerate(counted_labels(c, desk.review_id).values())
        }
    keys = sorted((*_sorted_by(row, order), row.id) for row in _works(desk, which))
    ids = [key[-1] for key in keys]
    with desk.reading() as c:
        for start in range(0, len(ids), _AT_ONCE):
            batch = ids[start : start + _AT_ONCE]
            rows = work_rows.of_works(c, desk.review_id, batch, desk.person_id)
            by_id = {row.id: row for row in rows}
            yield from (by_id[work_id] for work_id in batch if work_id in by_id)


def _sorted_by(row: WorkRow, order: Mapping[str, int]) -> tuple[int, str, int, str]:
    reasons = row.reasons.get(Stage.FULL_TEXT, ())
    place = order.get(reasons[0], len(order)) if reasons else len(order)
    ref = row.reference
    people = ref.authors or ref.editors
    return (place, folded(str(people[0])) if people else "", ref.year or 0, folded(ref.title))


def _work_cells(row: WorkRow) -> list[Cell]:
    stages = (
        cell
        for stage in Stage
        for cell in (_state(row, stage), "; ".join(row.reasons.get(stage, ())))
    )
    publication: list[Cell] = [*table_writer.plain_cells("", row.reference)[:_KEY]]
    publication[_YEAR] = row.reference.year
    lists = ("; ".join(row.labels), "; ".join(row.sources))
    return [row.id, *stages, *lists, row.records, row.study, *publication]


def _excluded_cells(row: WorkRow) -> list[Cell]:
    ref = row.reference
    reason, *others = row.reasons.get(Stage.FULL_TEXT, ()) or (NO_REASON,)
    authors = "; ".join(map(str, ref.authors))
    return [
        *(reason, citing.reference_text(ref), "; ".join(others), authors, ref.year, ref.title),
        *(ref.journal, ref.volume, ref.issue, ref.pages, ref.doi, row.study, row.id),
    ]


def _ris(rows: Iterable[WorkRow], notes: Callable[[WorkRow], Iterator[str]]) -> Iterator[bytes]:
    """Entries with what came of each work as notes, which every program shows."""
    for row in rows:
        reference = replace(row.reference, notes=(*row.reference.notes, *notes(row)))
        yield ris_writer.entry(f"w{row.id}", reference).encode()


def _facts(row: WorkRow) -> Iterator[str]:
    for stage, state in row.states.items():
        reasons = "; ".join(row.reasons.get(stage, ()))
        why = f" ({reasons})" if reasons else ""
        yield f"{STATE_HEADS[stage]}: {STATE_WORDS[state]}{why}"
    if row.labels:
        yield f"Labels: {'; '.join(row.labels)}"
    yield f"Sources: {'; '.join(row.sources)}"
    if row.study:
        yield f"Study: {row.study}"


def _why(row: WorkRow) -> Iterator[str]:
    reasons = row.reasons.get(Stage.FULL_TEXT, ()) or (NO_REASON,)
    yield f"Excluded at full text: {'; '.join(reasons)}"


def _state(row: WorkRow, stage: Stage) -> str:
    state = row.states.get(stage)
    return STATE_WORDS[state] if state else ""
