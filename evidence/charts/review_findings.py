"""What a review found of views and process on A4 pages, with the confidence that people have in it:
the summary of qualitative findings of GRADE-CERQual.
"""

from collections.abc import Mapping, Sequence

from evidence.charts.direction_pages import MARGIN, WIDE
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.summary_sheet import SheetColumn, SheetRow, SummarySheet, sheet_svgs
from evidence.charts.svg_parts import SvgTheme
from evidence.synthesis.certainty.cerqual import (
    Component,
    ReviewFinding,
    confidence_of,
    confidence_words,
    named_studies,
    why_of,
)

TITLE = "Summary of findings of views and process studies"
COLUMNS = (
    SheetColumn(head="Finding of the review", wide=360),
    SheetColumn(head="Studies", wide=230),
    SheetColumn(head="Confidence", wide=92, has_circles=True),
    SheetColumn(head="Why", wide=WIDE - 2 * MARGIN - 682),
)
LEGEND = (
    "Confidence by GRADE-CERQual (Lewin and others 2018, doi:10.1186/s13012-017-0689-2): how far a "
    "finding reasonably represents what it is about; filled circles are levels of four."
)
NOTHING = "No finding of views or process studies is entered yet."
_NAMED = 12  # studies in a cell
_DESCRIBED = 60


def review_findings_picture(
    findings: Sequence[ReviewFinding], labels: Mapping[int, str], notes: Sequence[str] = ()
) -> Picture:
    """The findings with their table and what they say in words.

    Args:
        findings: in their order.
        labels: of the studies that may be named, by id.
        notes: sentences below.
    """
    return Picture(
        name="summary-of-qualitative-findings",
        title=TITLE,
        text=_described(findings),
        draw=lambda theme: review_findings_svgs(findings, labels, notes, theme=theme),
        table=_table(findings, labels),
    )


def review_findings_svgs(
    findings: Sequence[ReviewFinding],
    labels: Mapping[int, str],
    notes: Sequence[str] = (),
    *,
    theme: SvgTheme = "light",
) -> tuple[str, ...]:
    """The pages, at least one."""
    sheet = SummarySheet(
        name="review-findings",
        title=TITLE,
        subtitle="",
        text=_described(findings),
        columns=COLUMNS,
        rows=tuple(_row(finding, labels) for finding in findings),
        notes=(*(() if findings else (NOTHING,)), LEGEND, *notes),
    )
    return sheet_svgs(sheet, theme=theme)


def _row(finding: ReviewFinding, labels: Mapping[int, str]) -> SheetRow:
    cells = (
        (finding.statement,),
        (_studies(finding, labels),),
        (confidence_words(finding),),
        why_of(finding),
    )
    return SheetRow(cells=cells, certainty=confidence_of(finding))


def _studies(finding: ReviewFinding, labels: Mapping[int, str]) -> str:
    if not finding.study_ids:
        return "None chosen"
    return f"{len(finding.study_ids):,}: {named_studies(finding, labels, _NAMED)}"


def _described(findings: Sequence[ReviewFinding]) -> str:
    said = [
        f"{finding.statement} {len(finding.study_ids):,} studies; confidence "
        f"{confidence_words(finding).lower()}."
        for finding in findings[:_DESCRIBED]
    ]
    more = len(findings) - _DESCRIBED
    if more > 0:
        said.append(f"And {more:,} more, which stand in the table.")
    return " ".join([f"{TITLE}.", *(said or [NOTHING])])


TABLE_HEAD = (
    "Finding of the review",
    "Number of studies",
    "Studies",
    *(part for each in Component for part in (each.capitalize(), f"Why: {each}")),
    "Confidence",
    "Why",
)


def _table(findings: Sequence[ReviewFinding], labels: Mapping[int, str]) -> PictureTable:
    rows: list[tuple[Cell, ...]] = []
    for finding in findings:
        concerns = [finding.components[component] for component in Component]
        rows.append(
            (
                finding.statement,
                len(finding.study_ids),
                named_studies(finding, labels),
                *(part for each in concerns for part in (each.level.value, each.reason)),
                confidence_words(finding),
                finding.reason,
            )
        )
    return PictureTable(head=TABLE_HEAD, rows=tuple(rows))
