"""Claims as a table that people take along, a row for each figure."""

from collections.abc import Iterator, Sequence

from evidence.citations.formats.plain_tables import Cell, csv_pieces
from evidence.steps.practice.claims import ClaimLine
from evidence.synthesis.claims.checks import ClaimConflict
from evidence.synthesis.claims.figures import Figure

HEAD = (
    "Claim",
    "Kind of evidence",
    "Counts",
    "Value",
    "Unit",
    "Group",
    "Of whom",
    "Of how many",
    "Role",
    "About how many people",
    "Year of the figures",
    "About whom",
    "Compared with",
    "Claimed in",
    "Where in it",
    "Its year",
    "Cited work",
    "Year printed for it",
    "Does the cited work support it?",
    "Why",
    "Looked up in",
    "Judged by",
    "Judged at",
    "Conflicts",
)


def as_csv(lines: Sequence[ClaimLine], found: Sequence[ClaimConflict]) -> bytes:
    """A row for each figure, and one for a claim without any; no cell can run as a formula.

    Args:
        lines: of the register.
        found: what the checks found among them.
    """
    return b"".join(csv_pieces(HEAD, (row for line in lines for row in _rows(line, found))))


def _rows(line: ClaimLine, found: Sequence[ClaimConflict]) -> Iterator[tuple[Cell, ...]]:
    stated, judgement = line.claim, line.judgement
    told = " ".join(each.text for each in found if stated.uid in each.uids)
    for figure in stated.figures or (None,):
        yield (
            stated.text,
            stated.kind.value,
            *_figure_cells(figure),
            stated.people,
            stated.year,
            stated.population,
            stated.comparator,
            stated.source,
            stated.place,
            stated.source_year,
            line.cited,
            stated.cited.year,
            judgement.verdict.value,
            judgement.reason,
            line.traced,
            line.judged_by,
            f"{line.judged_at:%Y-%m-%d %H:%M} UTC" if line.judged_at else "",
            told,
        )


def _figure_cells(figure: Figure | None) -> tuple[Cell, ...]:
    if figure is None:
        return ("", "", "", "", "", "", "")
    return (
        figure.measure,
        figure.value,
        figure.unit,
        figure.group,
        figure.base,
        figure.base_number,
        figure.role.value,
    )
