"""What a reader's comment can be about: the page, a section or a sentence of the report, a study,
a cell of the map; each by a key and in words, as they stood when it was published.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evidence.exports.map_file import CommentedCells
from evidence.report.evidence_marks import evidence_marks
from evidence.report.report import Report
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_address import from_address
from evidence.synthesis.public_map import Document, document_dimensions

WHOLE_PAGE = "page"
_CELL = "cell-"
MOST_CELLS = 2_000  # else those of the top headings; a list of more is no help to anybody
LONGEST_WORDS = 160  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSubject:
    """Something that a comment can be about.

    Attributes:
        key: `page`, or a kind and what it is of, such as `study-12`.
        group: of which it is one, for a list; empty for the page as a whole.
        words: as people read it.
    """

    key: str
    group: str
    words: str


PAGE = PublicSubject(key=WHOLE_PAGE, group="", words="The page as a whole")


def of_map(document: Document) -> Iterator[PublicSubject]:
    """The studies of a map, and the cells of the view with which it begins."""
    studies = document["studies"]
    for number, label in zip(studies["id"], studies["label"], strict=True):
        yield _subject(f"study-{number}", "Studies", label)
    rows, columns = _cells_of(document)
    across = columns.labels()
    for row, label in rows.labels().items():
        for column, over in across.items():
            yield _subject(f"{_CELL}{row}~{column}", f"Cells: {label}", f"{label} × {over}")


def commented_cells(document: Document) -> CommentedCells:
    """The cells that `of_map` gives, for the links that lead from them to the form."""
    rows, columns = _cells_of(document)
    return CommentedCells(
        rows=rows.id,
        columns=columns.id,
        row_ids=tuple(heading.id for heading in rows.headings),
        column_ids=tuple(heading.id for heading in columns.headings),
    )


def of_report(report: Report) -> Iterator[PublicSubject]:
    """The sections of a report and its marked statements."""
    for section in report.sections:
        yield _subject(f"section-{section.key}", "Sections of the report", section.title)
    for mark in evidence_marks(report).values():
        if not mark.is_number:
            words = f"{mark.name}: {mark.text}"
            yield _subject(f"statement-{mark.name}", "Sentences of the report", words)


def as_json(subjects: Iterable[PublicSubject]) -> bytes:
    """All as they are kept: the page as a whole first, cells last; of equal keys the first."""
    by_key: dict[str, PublicSubject] = {PAGE.key: PAGE}
    for each in subjects:
        by_key.setdefault(each.key, each)
    in_order = sorted(by_key.values(), key=lambda each: each.key.startswith(_CELL))
    rows = [[each.key, each.group, each.words] for each in in_order]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(written: bytes) -> dict[str, PublicSubject]:
    """What `as_json` wrote, by the keys."""
    return {
        key: PublicSubject(key=key, group=group, words=words)
        for key, group, words in json.loads(written)
    }


def _cells_of(document: Document) -> tuple[Dimension, Dimension]:
    """Rows and columns of the view with which a map begins, as far as their cells can be listed."""
    dimensions = document_dimensions(document)
    view = from_address(document["view"], dimensions, set(document["studies"]["id"])).view
    by_id = {each.id: each for each in dimensions}
    rows, columns = by_id[view.rows], by_id[view.columns]
    if len(rows.headings) * len(columns.headings) > MOST_CELLS:
        rows, columns = rows.segments(), columns.segments()
    if len(rows.headings) * len(columns.headings) > MOST_CELLS:
        rows, columns = replace(rows, headings=()), replace(columns, headings=())
    return rows, columns


def _subject(key: str, group: str, words: str) -> PublicSubject:
    short = words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
    return PublicSubject(key=key, group=group, words=short)
