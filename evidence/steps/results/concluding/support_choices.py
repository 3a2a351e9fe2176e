"""What a statement can rest on, as somebody may choose it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from evidence.coding.scheme import Axis
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.practice import claims
from evidence.steps.results import directions, map_document
from evidence.steps.results.concluding.support_standings import named, outcome_label
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.map_document import Wanted
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import studies
from evidence.store.results import conclusions, review_findings, themes
from evidence.synthesis.conclusions.conclusion import Support, SupportKind
from evidence.synthesis.whole_crosstab import whole_crosstab

MOST_CELLS = 2_000
Choices = Mapping[Support, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedChoices:
    """What codings give to choose from, in words.

    Attributes:
        outcomes: of which there is a finding, with their intervention and contrast.
        cells: of the map as it is shown at first: those with a study, and all of its main headings.
    """

    outcomes: Choices
    cells: Choices


@made_from(Area.RECORDS | Area.RESULTS)
def of_codings(desk: Desk, how: Wanted) -> CodedChoices:
    """Outcomes and cells.

    Args:
        desk: of the person who chooses.
        how: what map_document.wanted gives for them; of what is hidden nothing is offered.
    """
    found = directions.of_complete_codings(desk, how.unheard_of)
    return CodedChoices(
        outcomes=dict(_outcomes(found)) if found else {}, cells=dict(_cells(desk, how))
    )


def of_review(desk: Desk) -> Mapping[SupportKind, Choices]:
    """Studies, findings of views and process, themes, statements and claims, by kind."""
    register = claims.register(desk)
    with desk.reading() as c:
        labels = studies.labels(c, desk.review_id)
        findings = review_findings.current(c, desk.review_id)
        statements = conclusions.current(c, desk.review_id)
        stated = themes.states_of(themes.acts(c, desk.review_id))
    return {
        SupportKind.STUDY: {
            Support(kind=SupportKind.STUDY, ids=(str(study),)): label
            for study, label in labels.items()
        },
        SupportKind.FINDING: {
            Support(kind=SupportKind.FINDING, ids=(uid,)): named(change.finding.statement)
            for uid, change in findings.items()
        },
        SupportKind.THEME: {
            Support(kind=SupportKind.THEME, ids=(uid,)): f"{s.theme.level.words}: {s.theme.name}"
            for uid, s in stated.items()
            if not s.is_removed
        },
        SupportKind.STATEMENT: {
            Support(kind=SupportKind.STATEMENT, ids=(uid,)): named(change.conclusion.text)
            for uid, change in statements.items()
        },
        SupportKind.CLAIM: {
            Support(kind=SupportKind.CLAIM, ids=(line.claim.uid,)): named(line.claim.text)
            for line in register
        },
    }


def _outcomes(found: DirectionStudies) -> Iterator[tuple[Support, str]]:
    """By contrast, intervention and outcome, with interventions above those that findings name."""
    interventions = found.axis(Axis.INTERVENTION)
    if interventions is None:
        return
    named_by = {
        (finding.contrast, finding.intervention, finding.outcome)
        for study in found.studies
        for finding in study.findings
    }
    above = {
        code: [heading.id for heading in interventions.headings if code in heading.covers]
        for _, code, _ in named_by
    }
    keys = {
        (contrast, heading, outcome)
        for contrast, code, outcome in named_by
        for heading in above[code]
    }
    supports = (Support(kind=SupportKind.OUTCOME, ids=key) for key in keys)
    labels = ((support, outcome_label(found, support)) for support in supports)
    told = [(support, label) for support, label in labels if label is not None]
    yield from sorted(told, key=lambda each: (each[1], each[0].ids))


def _cells(desk: Desk, how: Wanted) -> Iterator[tuple[Support, str]]:
    try:
        content = map_document.content(desk, how)
    except Invalid:  # the scheme has too little for a map
        return
    if content is None:
        return
    by_id = {dimension.id: dimension for dimension in content.dimensions}
    rows, columns = by_id[content.view.rows], by_id[content.view.columns]
    crosstab = whole_crosstab(content.studies, rows, columns)
    row_labels, column_labels = rows.labels(), columns.labels()
    number = 0
    for row, column in product(rows.headings, columns.headings):
        is_main = row.depth == 0 and column.depth == 0
        if (is_main or crosstab.studies(row.id, column.id)) and number < MOST_CELLS:
            number += 1
            support = Support(kind=SupportKind.CELL, ids=(rows.id, row.id, columns.id, column.id))
            yield support, f"{row_labels[row.id]} × {column_labels[column.id]}"
