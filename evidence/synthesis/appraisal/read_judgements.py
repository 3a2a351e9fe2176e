"""A table of judgements (CSV) as robvis and its users keep it: Study, a column for each domain,
Overall, Weight.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

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
from evidence.synthesis.appraisal.read_amstar import is_amstar, read_amstar
from evidence.synthesis.appraisal.tools import TOOLS, KnownTool, Tool
from evidence.synthesis.pooling.number_table import (
    NOT_THERE,
    BadCell,
    NumberTable,
    Row,
    number_in,
    read_table,
)

MOST_JUDGEMENTS = 100_000
STUDY, OVERALL = "study", "overall"
RESULT = ("result", "outcome", "finding")
WEIGHT = ("weight", "weights")
LEVELS = {
    "low": Level.FAVOURABLE,
    "some concerns": Level.MIDDLING,
    "moderate": Level.MIDDLING,
    "unclear": Level.MIDDLING,
    "high": Level.UNFAVOURABLE,
    "serious": Level.UNFAVOURABLE,
    "very high": Level.CRITICAL,
    "critical": Level.CRITICAL,
    "no information": Level.NO_INFORMATION,
    "not applicable": Level.NOT_APPLICABLE,
}
"""Judgements of risk of bias, from good to bad; "risk" and "risk of bias" may follow."""
_KNOWN = "Low, Some concerns, Moderate, Unclear, High, Serious, Critical or No information"
_NUMBERED = re.compile(r"d(?:omain)?\.?\s*(\d{1,3})")
_TAIL = re.compile(r" risk( of bias)?$")
_SHOWN = 40


def read_judgements(
    content: bytes,
    file: str,
    tool: Tool | None = None,
    critical: Collection[int] | None = None,
) -> ReadJudgements:
    """Read judgements of studies or reviews from a CSV in any encoding.

    A cell that is empty is "not judged"; one that cannot be read is, too, and is told.

    Args:
        content: of the file.
        file: its name as people know it.
        tool: whose domains D1, D2 … are; None to see it from the judgements.
        critical: numbers of the critical items of AMSTAR 2; None for those that the file marks,
            else the seven that its authors propose.

    Raises:
        Invalid: the file is no such table; the message says what to do.
    """
    read = read_table(content, file)
    if tool is Tool.AMSTAR_2 or (tool is None and is_amstar(read)):
        return read_amstar(read, critical)
    if critical is not None:
        raise Invalid("Critical items belong to AMSTAR 2, whose 16 items this table does not have.")
    columns = _domain_columns(read)
    if not columns or not read.rows:
        lacks = "row" if columns else "column with judgements"
        raise Invalid(f"{file} has no {lacks}. {_NEEDS}")
    if len(columns) * len(read.rows) > MOST_JUDGEMENTS:
        raise Invalid(f"{file} has more than {MOST_JUDGEMENTS:,} judgements; divide it.")
    known, guessed = _tool_of(read, columns, tool)
    faults: list[str] = [str(each) for each in read.left_out]
    rows = tuple(_row(read, row, columns, faults) for row in read.rows)
    overall = _first(read, (OVERALL,))
    table = JudgementTable(
        title=known.title if known else "Risk of bias",
        unit=Unit.RESULT if _first(read, RESULT) else Unit.STUDY,
        domains=tuple(_domain(head, known) for head in columns.values()),
        rows=rows,
        overall="Overall" if overall else "",
        notes=tuple(on_faults(len(faults), has_overall=bool(overall))),
    )
    named = [(row.line, row.cells[STUDY]) for row in read.rows]
    remarks = (*read.remarks, *guessed, *on_names(named, rows), *_on_weights(table, file))
    return ReadJudgements(table=table, faults=tuple(faults), remarks=remarks)


_NEEDS = "It needs the columns Study, one for each domain, and best Overall; a row is a study."


def _domain_columns(read: NumberTable) -> dict[str, str]:
    """The heads of the domains, as they are looked up and as they are shown."""
    if not read.has(STUDY):
        raise Invalid(f"{read.file} has no column Study. {_NEEDS}")
    others = {STUDY, OVERALL, *RESULT, *WEIGHT, ""}
    return {
        head: written
        for head, written in zip(read.heads, read.written, strict=True)
        if head not in others
    }


def _tool_of(
    read: NumberTable, columns: Mapping[str, str], tool: Tool | None
) -> tuple[KnownTool | None, tuple[str, ...]]:
    """The tool of the file, and what is to be said of how it was found."""
    if tool:
        known = TOOLS[tool]
        if len(columns) != len(known.domains):
            raise Invalid(
                f"{read.file} has {len(columns):,} columns of domains, and {tool} has "
                f"{len(known.domains)} domains. Leave the tool out, or mend the table."
            )
        return known, ()
    if not all(map(_NUMBERED.fullmatch, columns)):
        return None, ()
    words = {_plain(row.cells.get(head, "")) for row in read.rows for head in columns}
    for each, known in TOOLS.items():
        if len(columns) == len(known.domains) and words & known.its_own:
            said = f"Read as {known.title}, by its number of domains and its judgements"
            return known, (f"{said}. “--tool {each}” says it for sure.",)
    return None, ("Domains have numbers only; name them in the heads of their columns.",)


def _domain(head: str, known: KnownTool | None) -> Domain:
    numbered = _NUMBERED.fullmatch(head.casefold())
    if known and numbered and 1 <= int(numbered[1]) <= len(known.domains):
        return known.domains[int(numbered[1]) - 1]
    name = head if " " in head else re.sub(r"\.+", " ", head).strip() or head
    return Domain(name=name, short=name)


def _row(read: NumberTable, row: Row, columns: Mapping[str, str], faults: list[str]) -> JudgedRow:
    """One row; cells that cannot be read are added to the faults."""

    def judged(head: str, written: str) -> Judgement:
        cell = row.cells[head]
        if cell.casefold() in NOT_THERE:
            return NOT_JUDGED
        level = LEVELS.get(_plain(cell))
        if level:
            return Judgement(level=level, words=_words(cell))
        sentence = (
            f"“{cell[:_SHOWN]}” is no judgement that is known; write {_KNOWN}. "
            "It is shown as not judged."
        )
        bad = BadCellAt(file=read.file, line=row.line, column=written, sentence=sentence)
        faults.append(str(bad))
        return NOT_JUDGED

    result, weight = _first(read, RESULT), _first(read, WEIGHT)
    return JudgedRow(
        study=row.cells[STUDY] or f"Line {row.line}",
        result=row.cells[result] if result else "",
        judgements=tuple(judged(head, written) for head, written in columns.items()),
        overall=judged(OVERALL, "Overall") if read.has(OVERALL) else None,
        weight=_weight(read.file, row, weight, faults) if weight else None,
    )


def _weight(file: str, row: Row, column: str, faults: list[str]) -> float | None:
    cell = row.cells[column].removesuffix("%").strip()
    if cell.casefold() in NOT_THERE:
        return None
    try:
        weight = number_in(cell)
    except BadCell as error:
        sentence = str(error)
    else:
        if weight > 0:
            return weight
        sentence = f"A weight of {cell} cannot be; it must be more than 0."
    faults.append(str(BadCellAt(file=file, line=row.line, column="Weight", sentence=sentence)))
    return None


def _first(read: NumberTable, heads: Sequence[str]) -> str:
    return next((head for head in heads if read.has(head)), "")


def _words(cell: str) -> str:
    words = cell if " " in cell else cell.replace(".", " ")
    return words[:1].upper() + words[1:]


def _plain(cell: str) -> str:
    """A judgement as it is looked up: small letters, without "risk of bias" behind it."""
    return _TAIL.sub("", " ".join(re.split(r"[\s._-]+", cell.casefold())).strip())


def _on_weights(table: JudgementTable, file: str) -> Iterator[str]:
    if any(row.weight is not None for row in table.rows):
        yield (
            f"{file} has weights. Bars count every row the same unless --weighted is given, which "
            "is right for the studies of one meta-analysis only."
        )
