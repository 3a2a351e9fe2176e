"""Which review includes which primary study, from a table (CSV).

Either a row for each inclusion, with the columns Review and Study; or a row for each study, with a
column for each review, marked where it includes the study.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.errors import Invalid
from evidence.synthesis.pooling.number_table import NOT_THERE, NumberTable, Row, read_table
from evidence.synthesis.review_overlap.covered_area import InclusionTable

MOST_CELLS = 200_000
STUDY = ("study", "primary study", "primary.study")
REVIEW = "review"
NO_REVIEW = frozenset({"", "in reviews"})
"""Heads of columns that are no reviews; the second is what our own tables have last."""
YES = frozenset({"1", "x", "yes", "y", "true", "included", "✓", "✔"})
NO = frozenset({"0", "no", "n", "false"}) | NOT_THERE
_NEEDS = (
    "It needs the columns Review and Study, with a row for each study of each review; or a column "
    "Study and one for each review, with 1 where the review includes the study."
)
_SHOWN = 40
_NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInclusions:
    """What a file holds.

    Attributes:
        faults: cells and rows that could not be read; each a sentence with its place.
        remarks: what does not count, and what was taken as the same.
    """

    table: InclusionTable
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Names:
    """Names in the order in which they were met, by which letters small or capital do not count."""

    names: list[str] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)

    def position(self, name: str) -> int:
        key = name.casefold()
        if key not in self.at:
            self.at[key] = len(self.names)
            self.names.append(name)
        elif self.names[self.at[key]] != name:
            self.spelled[name] = self.names[self.at[key]]
        return self.at[key]


@dataclass(slots=True)
class _Met:
    """What was met so far."""

    reviews: _Names = field(default_factory=_Names)
    studies: _Names = field(default_factory=_Names)
    inclusions: set[tuple[int, int]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    repeated: int = 0

    def include(self, study: str, review: str) -> None:
        pair = (self.studies.position(study), self.reviews.position(review))
        self.repeated += pair in self.inclusions
        self.inclusions.add(pair)


def read_inclusions(content: bytes, file: str) -> ReadInclusions:
    """Read which review includes which study.

    Args:
        content: of the file, in any encoding.
        file: its name as people know it.

    Raises:
        Invalid: the file is no such table; the message says what to do.
    """
    read = read_table(content, file)
    study = next((head for head in STUDY if read.has(head)), "")
    if not study or not read.rows:
        raise Invalid(f"{file} has no {'row' if study else 'column Study'}. {_NEEDS}")
    if len(read.heads) * len(read.rows) > MOST_CELLS:
        raise Invalid(f"{file} has more than {MOST_CELLS:,} cells, which no picture can show.")
    met = _Met(faults=[str(each) for each in read.left_out])
    if read.has(REVIEW):
        _from_rows(read, study, met)
    else:
        _from_columns(read, study, met)
    if not met.inclusions:
        faults = "\n".join(met.faults[:_NAMED_AT_MOST])
        raise Invalid(f"{file} has no study that a review includes. {_NEEDS}\n{faults}".strip())
    return ReadInclusions(
        table=_table(met), faults=tuple(met.faults), remarks=(*read.remarks, *_remarks(met))
    )


def _from_rows(read: NumberTable, study: str, met: _Met) -> None:
    for row in read.rows:
        cells = {REVIEW: row.cells[REVIEW], study: row.cells[study]}
        empty = [head.capitalize() for head, cell in cells.items() if not cell]
        if empty:
            named = " and ".join(empty)
            met.faults.append(f"{read.file}, line {row.line}: {named} is missing; it is left out.")
        else:
            met.include(row.cells[study], row.cells[REVIEW])


def _from_columns(read: NumberTable, study: str, met: _Met) -> None:
    reviews = {
        head: written
        for head, written in zip(read.heads, read.written, strict=True)
        if head != study and head not in NO_REVIEW
    }
    for written in reviews.values():
        met.reviews.position(written)
    for row in read.rows:
        if not row.cells[study]:
            met.faults.append(f"{read.file}, line {row.line}: Study is missing; it is left out.")
            continue
        met.studies.position(row.cells[study])
        for head, written in reviews.items():
            if _is_included(read, row, head, written, met):
                met.include(row.cells[study], written)


def _is_included(read: NumberTable, row: Row, head: str, written: str, met: _Met) -> bool:
    cell = row.cells[head]
    known = cell.casefold()
    if known not in YES | NO:
        met.faults.append(
            f"{read.file}, line {row.line}, column {written}: “{cell[:_SHOWN]}” does not say "
            "whether the review includes the study; write 1 or 0. It is taken as not included."
        )
    return known in YES


def _table(met: _Met) -> InclusionTable:
    """Without studies that no review includes."""
    met_ones = sorted({study for study, _ in met.inclusions})
    positions = {study: at for at, study in enumerate(met_ones)}
    return InclusionTable(
        reviews=tuple(met.reviews.names),
        studies=tuple(met.studies.names[study] for study in met_ones),
        inclusions=frozenset((positions[study], review) for study, review in met.inclusions),
    )


def _remarks(met: _Met) -> Iterator[str]:
    including = {review for _, review in met.inclusions}
    empty = [name for at, name in enumerate(met.reviews.names) if at not in including]
    if empty:
        yield f"Without any study, and counted among the reviews: {_listed(empty)}."
    included = {study for study, _ in met.inclusions}
    without = [name for at, name in enumerate(met.studies.names) if at not in included]
    if without:
        yield f"In no review, so not counted: {_listed(without)}."
    if met.repeated:
        yield (
            "1 inclusion stands twice and counts once."
            if met.repeated == 1
            else f"{met.repeated:,} inclusions stand more than once, and count once."
        )
    for names in (met.studies, met.reviews):
        for name, other in list(names.spelled.items())[:_NAMED_AT_MOST]:
            yield f"“{name}” is taken as “{other}”."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more:,} more" if more > 0 else "")
