"""Themes of views and process studies in a report, with the studies and quotations behind them."""

from collections.abc import Mapping, Sequence

from evidence.coding.scheme import Of
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    PartKind,
    ReportList,
    ReportRow,
    ReportTable,
)
from evidence.report.live_part import LivePart, live_part
from evidence.report.statements import Statement
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.themes.theme_matrix import ThemeMatrix, theme_matrix

LONGEST_QUOTATION = 240  # characters
NO_INTERVENTIONS = Dimension(
    id="axis:intervention", title="Intervention", of=Of.FINDING, headings=()
)
DEEP = "\u2003"
NOT_THERE = "–"


def _themes(facts: ReviewFacts, _token: object) -> LiveContent:
    labels = {study.id: study.label for study in facts.studies}
    rows = []
    for depth, theme in facts.themes.walk():
        behind = [study for study in facts.themes.studies(theme.uid) if study in labels]
        cells = (
            DEEP * depth + theme.name,
            theme.level.words.capitalize(),
            f"{len(behind):,}",
            "; ".join(labels[study] for study in behind) or NOT_THERE,
            theme.note or NOT_THERE,
        )
        rows.append(ReportRow(cells=cells, studies=tuple(behind)))
    return ReportTable(
        caption="Themes of what people say",
        head=("Theme", "Kind", "Studies", "Which", "What it means"),
        rows=tuple(rows),
        note="A theme has the studies of all that stands under it." if rows else "",
        numbers=frozenset({2}),
    )


def _quotations(facts: ReviewFacts, _token: object) -> LiveContent:
    labels = {study.id: study.label for study in facts.studies}
    lines = [
        Statement(
            text=f"{theme.name}: {piece.words(LONGEST_QUOTATION)} ({labels[piece.study]})",
            studies=(piece.study,),
        )
        for _, theme in facts.themes.walk()
        for piece in facts.themes.pieces.get(theme.uid, ())
        if piece.study in labels
    ]
    return ReportList(lines=tuple(lines), empty="Nothing stands under a theme yet.")


def _matrix(facts: ReviewFacts, _token: object) -> LiveContent:
    interventions = facts.dimension("axis:intervention")
    if interventions is None:  # what people say can be counted all the same
        interventions = NO_INTERVENTIONS
    matrix = theme_matrix(facts.themes, facts.studies, interventions)
    return matrix_table(matrix, {study.id for study in facts.studies})


def matrix_table(matrix: ThemeMatrix, counted: set[int]) -> ReportTable:
    """Themes by interventions; what is neither evaluated nor spoken of has no column.

    Args:
        matrix: as it was counted.
        counted: ids of the studies that count; others are in no number.
    """
    columns = [
        heading
        for heading in matrix.interventions
        if matrix.evaluated[heading.id]
        or any(matrix.behind[theme.uid, heading.id] for _, theme in matrix.themes)
    ]
    evaluated = [matrix.evaluated[heading.id] for heading in columns]
    rows = [_row("Evaluated", [*evaluated, ()], counted)] if matrix.themes else []
    for depth, theme in matrix.themes:
        cells = [matrix.behind[theme.uid, heading.id] for heading in columns]
        rows.append(_row(DEEP * depth + theme.name, [*cells, matrix.elsewhere[theme.uid]], counted))
    return ReportTable(
        caption="Themes beside what was evaluated",
        head=("Theme", *(heading.label for heading in columns), "No intervention"),
        rows=tuple(rows),
        note="Counts are studies: in the first row those with a finding on the intervention, below "
        "those behind a theme that are on it. A study on several stands in several columns.",
        numbers=frozenset(range(1, 2 + len(columns))),
    )


def _row(name: str, cells: Sequence[tuple[int, ...]], counted: set[int]) -> ReportRow:
    kept = [[study for study in some if study in counted] for some in cells]
    return ReportRow(
        cells=(name, *(f"{len(some):,}" for some in kept)),
        studies=tuple(dict.fromkeys(study for some in kept for study in some)),
    )


THEME_PARTS: Mapping[str, LivePart] = {
    "themes": live_part("Codes and themes with their studies", PartKind.TABLE, _themes),
    "theme-quotations": live_part(
        "Quotations and notes behind each theme", PartKind.LIST, _quotations
    ),
    "theme-matrix": live_part(
        "Themes beside the interventions that were evaluated", PartKind.TABLE, _matrix
    ),
}
