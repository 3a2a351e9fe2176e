"""Themes in a report: with studies and quotations, and beside them services and their words.

What studies say and what services say are counted apart, in every number.
"""

from collections.abc import Mapping, Sequence

from evidence.coding.scheme import Of
from evidence.report.concluding.joined_parts import JOINED_PARTS
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
SERVICES_NOTE = "Services are counted for themselves, in no number of studies."


def _themes(facts: ReviewFacts, _token: object) -> LiveContent:
    labels = {study.id: study.label for study in facts.studies}
    practice = facts.themes.has_practice
    rows = []
    for depth, theme in facts.themes.walk():
        behind = [study for study in facts.themes.studies(theme.uid) if study in labels]
        services = (f"{len(facts.themes.services(theme.uid)):,}",) if practice else ()
        cells = (
            DEEP * depth + theme.name,
            theme.level.words.capitalize(),
            f"{len(behind):,}",
            "; ".join(labels[study] for study in behind) or NOT_THERE,
            *services,
            theme.note or NOT_THERE,
        )
        rows.append(ReportRow(cells=cells, studies=tuple(behind)))
    services_head = ("Services",) if practice else ()
    note = "A theme has the studies of all that stands under it."
    note += f" {SERVICES_NOTE}" if practice else ""
    return ReportTable(
        caption="Themes of what people say",
        head=("Theme", "Kind", "Studies", "Which", *services_head, "What it means"),
        rows=tuple(rows),
        note=note if rows else "",
        numbers=frozenset({2, 4} if practice else {2}),
    )


def _quotations(facts: ReviewFacts, _token: object) -> LiveContent:
    labels = {study.id: study.label for study in facts.studies}
    lines = [
        Statement(
            text=f"{theme.name}: {piece.words(LONGEST_QUOTATION)} ({labels[study]})",
            studies=(study,),
        )
        for _, theme in facts.themes.walk()
        for piece in facts.themes.pieces.get(theme.uid, ())
        if (study := piece.study) is not None and study in labels
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
    practice = any(matrix.services.values())
    services = (NOT_THERE,) if practice else ()
    rows = [_row("Evaluated", [*evaluated, ()], counted, services)] if matrix.themes else []
    for depth, theme in matrix.themes:
        cells = [matrix.behind[theme.uid, heading.id] for heading in columns]
        services = (f"{len(matrix.services[theme.uid]):,}",) if practice else ()
        rows.append(
            _row(
                DEEP * depth + theme.name,
                [*cells, matrix.elsewhere[theme.uid]],
                counted,
                services,
            )
        )
    note = (
        "Counts are studies: in the first row those with a finding on the intervention, below "
        "those behind a theme that are on it. A study on several stands in several columns."
    )
    return ReportTable(
        caption="Themes beside what was evaluated",
        head=(
            "Theme",
            *(heading.label for heading in columns),
            "No intervention",
            *(("Services",) if practice else ()),
        ),
        rows=tuple(rows),
        note=f"{note} {SERVICES_NOTE}" if practice else note,
        numbers=frozenset(range(1, 2 + len(columns) + practice)),
    )


def _row(
    name: str, cells: Sequence[tuple[int, ...]], counted: set[int], services: Sequence[str]
) -> ReportRow:
    kept = [[study for study in some if study in counted] for some in cells]
    return ReportRow(
        cells=(name, *(f"{len(some):,}" for some in kept), *services),
        studies=tuple(dict.fromkeys(study for some in kept for study in some)),
    )


THEME_PARTS: Mapping[str, LivePart] = {
    "themes": live_part("Codes and themes with their studies", PartKind.TABLE, _themes),
    "theme-quotations": live_part(
        "Quotations and notes behind each theme", PartKind.LIST, _quotations
    ),
    **JOINED_PARTS,
    "theme-matrix": live_part(
        "Themes beside the interventions that were evaluated", PartKind.TABLE, _matrix
    ),
}
