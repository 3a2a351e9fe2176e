"""Judgements of reviews by AMSTAR 2 from a table (CSV): Review, and a column for each of 16 items.

Heads begin with the number of the item, as in "Q4", "Item 4" or "4. Comprehensive search"; items 9
and 11 may have two columns, for randomised and for other studies, of which the less favourable
answer counts. Shea and others 2017, doi:10.1136/bmj.j4008.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.errors import Invalid
from evidence.synthesis.appraisal.judgement_file import (
    BadCellAt,
    ReadJudgements,
    on_faults,
    on_names,
)
from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.appraisal.review_confidence import (
    CONFIDENCE_LEVELS,
    ReviewConfidence,
    confidence_judgement,
    on_published_rule,
    review_confidence,
)
from evidence.synthesis.pooling.number_table import NumberTable, Row

ITEMS = (
    "Question and criteria by PICO",
    "Protocol before the review, and deviations from it",
    "Reasons for the study designs included",
    "Comprehensive search",
    "Study selection in duplicate",
    "Data extraction in duplicate",
    "List of excluded studies with reasons",
    "Detailed description of included studies",
    "Assessment of risk of bias in included studies",
    "Funding of the included studies",
    "Methods of meta-analysis",
    "Effect of risk of bias on the meta-analysis",
    "Risk of bias in the interpretation of results",
    "Explanation of heterogeneity",
    "Publication bias",
    "Conflicts of interest of the review",
)
"""In words of ours; what each answer asks for stands in the tool (https://amstar.ca)."""
CRITICAL = frozenset({2, 4, 7, 9, 11, 13, 15})
"""The items that the authors of the tool propose as critical."""
WITH_PARTIAL = frozenset({2, 4, 7, 8, 9})
OF_META_ANALYSIS = frozenset({11, 12, 15})
IN_TWO_PARTS = frozenset({9, 11})
TITLE = "Systematic reviews (AMSTAR 2)"
NAMES = ("review", "study")
OVERALL = ("overall", "confidence", "overall confidence", "rating", "overall rating")
NOT_READ = frozenset({"", "by the published rule", "weight", "notes", "note"})

MOST_ANSWERS = 100_000

_HEAD = re.compile(r"(?:amstar|item|question|domain|q|d)?[\s._#-]*(\d{1,2})(?!\d)(.*)", re.DOTALL)
_MARKED = re.compile(r"\*|\(critical\)")
_YES, _PARTIAL, _NO, _NONE = "Yes", "Partial yes", "No", "No meta-analysis was done"
ANSWERS = {
    "yes": _YES, "y": _YES,
    "partial yes": _PARTIAL, "partially yes": _PARTIAL, "partial": _PARTIAL, "py": _PARTIAL,
    "no": _NO, "n": _NO,
    "no meta analysis conducted": _NONE, "no meta analysis was done": _NONE,
    "no meta analysis": _NONE, "no ma": _NONE, "nma": _NONE, "na": _NONE, "n/a": _NONE,
    "not applicable": _NONE,
}  # fmt: skip
LEVELS = {
    _YES: Level.FAVOURABLE,
    _PARTIAL: Level.MIDDLING,
    _NO: Level.UNFAVOURABLE,
    _NONE: Level.NOT_APPLICABLE,
}
_KNOWN = "Yes, Partial yes, No or, for items 11, 12 and 15, No meta-analysis conducted"
_OPEN = frozenset({"", "-", "–", ".", "nan", "null", "none"})
_NEEDS = "It needs a column Review, and one for each item of AMSTAR 2, such as Q1 to Q16."
_ORDER = (Level.NOT_APPLICABLE, Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE)
_SHOWN = 40
_NUMBERS = range(1, len(ITEMS) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ItemColumn:
    """A column of an item: its head as it is looked up and as it is written."""

    number: int
    head: str
    written: str


class _UnknownAnswer(ValueError):
    """An answer that the item does not have; its text says why."""


def is_amstar(read: NumberTable) -> bool:
    """Whether a table has a column for each of the 16 items, and one of their answers."""
    columns = _columns(read)
    return {column.number for column in columns} == set(_NUMBERS) and any(
        _plain(row.cells.get(column.head, "")) in ANSWERS for row in read.rows for column in columns
    )


def read_amstar(read: NumberTable, critical: Collection[int] | None = None) -> ReadJudgements:
    """Read answers to the items of AMSTAR 2, and what follows from them.

    Args:
        read: the table.
        critical: numbers of the critical items; None for those that the table marks with * or
            (critical), else the seven that the authors propose.

    Raises:
        Invalid: the table lacks its names, an item or a row, or there is no such item.
    """
    columns = _required_columns(read)
    if critical is not None and not set(critical) <= set(_NUMBERS):
        raise Invalid("AMSTAR 2 has the items 1 to 16; name critical items by these numbers.")
    marked = {column.number for column in columns if _MARKED.search(column.written)}
    chosen = frozenset(critical if critical is not None else marked or CRITICAL)
    domains = tuple(
        Domain(name=f"{n}. {ITEMS[n - 1]}", short=f"{n}. {ITEMS[n - 1]}", is_critical=n in chosen)
        for n in _NUMBERS
    )
    faults = [str(each) for each in read.left_out]
    reader = _Rows(read, columns, domains, faults)
    rows = tuple(reader.row(row) for row in read.rows)
    table = JudgementTable(
        title=TITLE,
        unit=Unit.REVIEW,
        domains=domains,
        rows=rows,
        overall="Confidence",
        notes=(*on_faults(len(faults), has_overall=True), *on_published_rule(rows)),
    )
    named = [(row.line, row.cells[reader.name]) for row in read.rows]
    remarks = (*read.remarks, *on_names(named, rows), *_on_columns(read, columns, reader))
    return ReadJudgements(table=table, faults=tuple(faults), remarks=remarks)


def _required_columns(read: NumberTable) -> list[_ItemColumn]:
    if not any(read.has(name) for name in NAMES):
        raise Invalid(f"{read.file} has no column Review. {_NEEDS}")
    if not read.rows:
        raise Invalid(f"{read.file} has no row. {_NEEDS}")
    columns = _columns(read)
    if len(columns) * len(read.rows) > MOST_ANSWERS:
        raise Invalid(f"{read.file} has more than {MOST_ANSWERS:,} answers; divide it.")
    lacking = sorted(set(_NUMBERS) - {column.number for column in columns})
    if lacking:
        numbers = ", ".join(map(str, lacking))
        raise Invalid(f"{read.file} has no column for the items {numbers}. {_NEEDS}")
    return columns


def _columns(read: NumberTable) -> list[_ItemColumn]:
    return [
        _ItemColumn(number=int(found[1]), head=head, written=written)
        for head, written in zip(read.heads, read.written, strict=True)
        if (found := _HEAD.fullmatch(head)) and int(found[1]) in _NUMBERS
    ]


class _Rows:
    """Reads row by row; what cannot be read is added to the faults."""

    def __init__(
        self,
        read: NumberTable,
        columns: Sequence[_ItemColumn],
        domains: tuple[Domain, ...],
        faults: list[str],
    ) -> None:
        self._file, self._columns, self._domains, self._faults = (
            read.file, columns, domains, faults,
        )  # fmt: skip
        self.name = next(name for name in NAMES if read.has(name))
        self.overall = next((head for head in OVERALL if read.has(head)), "")
        self._overall_written = dict(zip(read.heads, read.written, strict=True)).get(self.overall)

    def row(self, row: Row) -> JudgedRow:
        """A review with its items; without a confidence in the table, that which follows."""
        parts: dict[int, list[Judgement]] = {number: [] for number in _NUMBERS}
        for column in self._columns:
            parts[column.number].append(self._answer(row, column))
        judgements = tuple(_less_favourable(some) for some in parts.values())
        follows = review_confidence(self._domains, judgements)
        by_rule = confidence_judgement(follows) if follows else None
        overall = self._confidence(row) if self.overall else (by_rule or NOT_JUDGED)
        return JudgedRow(
            study=row.cells[self.name] or f"Line {row.line}",
            judgements=judgements,
            overall=overall,
            by_rule=by_rule,
        )

    def _answer(self, row: Row, column: _ItemColumn) -> Judgement:
        cell = row.cells.get(column.head, "")
        try:
            return _answer(column.number, cell)
        except _UnknownAnswer as error:
            self._fault(row, column.written, str(error))
            return NOT_JUDGED

    def _confidence(self, row: Row) -> Judgement:
        cell = row.cells[self.overall]
        words = _plain(cell).removesuffix(" confidence")
        if words in _OPEN or words in {"na", "n/a"}:
            return NOT_JUDGED
        if words in set(ReviewConfidence):
            level = CONFIDENCE_LEVELS[ReviewConfidence(words)]
            return Judgement(level=level, words=words.capitalize())
        self._fault(
            row,
            str(self._overall_written),
            f"“{cell[:_SHOWN]}” is no confidence of AMSTAR 2; write High, Moderate, Low or "
            "Critically low.",
        )
        return NOT_JUDGED

    def _fault(self, row: Row, column: str, sentence: str) -> None:
        said = f"{sentence} It is shown as not judged."
        self._faults.append(
            str(BadCellAt(file=self._file, line=row.line, column=column, sentence=said))
        )


def _answer(item: int, cell: str) -> Judgement:
    """An answer to an item.

    Raises:
        _UnknownAnswer: the item has no such answer.
    """
    plain = _plain(cell)
    if plain in _OPEN:
        return NOT_JUDGED
    words = ANSWERS.get(plain)
    if words is None:
        raise _UnknownAnswer(f"“{cell[:_SHOWN]}” is no answer that is known; write {_KNOWN}.")
    if words == _PARTIAL and item not in WITH_PARTIAL:
        raise _UnknownAnswer(f"Item {item} has no “partial yes” in AMSTAR 2; write Yes or No.")
    if words == _NONE and item not in OF_META_ANALYSIS | IN_TWO_PARTS:
        if plain in {"na", "n/a"}:
            return NOT_JUDGED
        raise _UnknownAnswer(f"Item {item} asks for no meta-analysis; write Yes or No.")
    if words == _NONE and item not in OF_META_ANALYSIS:
        return Judgement(level=Level.NOT_APPLICABLE, words="Not applicable")
    return Judgement(level=LEVELS[words], words=words)


def _less_favourable(parts: Sequence[Judgement]) -> Judgement:
    """Of an item in two parts the less favourable answer; a part that is open leaves it open."""
    if NOT_JUDGED in parts:
        return NOT_JUDGED
    return max(parts, key=lambda part: _ORDER.index(part.level))


def _plain(cell: str) -> str:
    return " ".join(re.split(r"[\s._-]+", cell.casefold())).strip() if cell not in _OPEN else ""


def _on_columns(read: NumberTable, columns: Sequence[_ItemColumn], reader: _Rows) -> Iterator[str]:
    known = {column.head for column in columns} | {reader.name, reader.overall} | NOT_READ
    heads: Mapping[str, str] = dict(zip(read.heads, read.written, strict=True))
    others = [written for head, written in heads.items() if head not in known]
    if others:
        yield f"Not read, since they are no items: {', '.join(others[:5])}."
    if not reader.overall:
        yield "The table has no confidence, so that which follows by the published rule is shown."
