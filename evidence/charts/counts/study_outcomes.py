"""Which study measured which outcome, and how far it gives the result.

What was measured and not reported has a sign of its own, so that a blank does not look like a gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import GridCell, GridColumn, GridRow, PageGrid, page_grid_svgs
from evidence.charts.page_parts import SMALL
from evidence.charts.palette import Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import Letters, SvgTheme, path_of, px
from evidence.coding.findings import Reporting
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy

TITLE = "Studies by outcome"
RADIUS = 6.5
KEY_HEIGHT = 26
WORDS = {
    Reporting.REPORTED: "result reported",
    Reporting.PARTLY: "partly reported",
    Reporting.MEASURED_ONLY: "measured, result not reported",
}
BLANK = "blank: nobody coded that it was measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOutcomes:
    """Studies and the outcomes that they measured.

    Attributes:
        studies: those with a finding.
        outcomes: those that a study measured.
        reporting: by the ids of study and outcome.
        without: how many studies have no finding.
        rests_on: a sentence on what has been counted.
    """

    studies: tuple[CodedStudy, ...]
    outcomes: tuple[Heading, ...]
    reporting: Mapping[tuple[int, str], Reporting]
    without: int
    rests_on: str = ""


def study_outcomes(
    studies: Sequence[CodedStudy],
    outcomes: Dimension,
    reporting: Mapping[tuple[int, str], Reporting],
    rests_on: str = "",
) -> StudyOutcomes:
    """What is drawn: the rows and columns in which there is something."""
    measured = {outcome for _, outcome in reporting}
    with_findings = {study for study, _ in reporting}
    drawn = tuple(study for study in studies if study.id in with_findings)
    return StudyOutcomes(
        studies=drawn,
        outcomes=tuple(each for each in outcomes.headings if each.id in measured),
        reporting=reporting,
        without=len(studies) - len(drawn),
        rests_on=rests_on,
    )


def study_outcomes_picture(found: StudyOutcomes) -> Picture:
    """The matrix with its table."""
    return Picture(
        name="study-outcomes",
        title=TITLE,
        text=f"{TITLE}. {_subtitle(found)}",
        draw=lambda theme: study_outcomes_svgs(found, theme=theme),
        table=_table(found),
    )


def study_outcomes_svgs(found: StudyOutcomes, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one."""

    def mark(cell: GridCell, look: Theme) -> Iterator[str]:
        how = _how(found, cell.row, cell.column)
        if how is not None:
            yield from _mark(how, cell.x, cell.y, look)

    def counted(cell: GridCell, look: Theme) -> Iterator[str]:
        of_study = [_how(found, cell.row, column) for column in range(len(found.outcomes))]
        reported = sum(how is Reporting.REPORTED for how in of_study)
        text = f"{reported:,} of {sum(how is not None for how in of_study):,}"
        yield laid_text(cell.x, cell.y + 4, text, Letters(ink=look.quiet, size=SMALL))

    notes = (f"Studies without a finding, which have no row: {found.without:,}.",)
    grid = PageGrid(
        name="study-outcomes",
        title=TITLE,
        subtitle=_subtitle(found),
        text=f"{TITLE}. {_subtitle(found)}",
        columns=tuple(GridColumn(name=each.path, short=each.label) for each in found.outcomes),
        rows=tuple(GridRow(label=study.label) for study in found.studies),
        aside="Reported in full",
        notes=(*(notes if found.without else ()), *((found.rests_on,) if found.rests_on else ())),
        draw_cell=mark,
        draw_aside=counted,
        draw_key=_key,
        key_height=KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def _how(found: StudyOutcomes, row: int, column: int) -> Reporting | None:
    return found.reporting.get((found.studies[row].id, found.outcomes[column].id))


def _mark(how: Reporting, x: float, y: float, look: Theme) -> Iterator[str]:
    """A circle: full, half full, or empty."""
    fill = look.ink if how is Reporting.REPORTED else look.ground
    yield (
        f'<circle cx="{px(x)}" cy="{px(y)}" r="{RADIUS}" fill="{fill}" stroke="{look.ink}" '
        'stroke-width="1.4"/>'
    )
    if how is Reporting.PARTLY:
        top, bottom = px(y - RADIUS), px(y + RADIUS)
        way = f"M{px(x)} {top}A{RADIUS} {RADIUS} 0 0 0 {px(x)} {bottom}z"
        yield path_of(way, fill=look.ink)


def _key(y: float, look: Theme) -> Iterator[str]:
    middle = y + KEY_HEIGHT / 2
    x: float = MARGIN
    for how, words in WORDS.items():
        yield from _mark(how, x + RADIUS, middle, look)
        yield laid_text(x + 2 * RADIUS + 6, middle + 4, words, Letters(size=SMALL))
        x += 2 * RADIUS + 24 + text_width(words, SMALL)
    yield laid_text(x, middle + 4, BLANK, Letters(ink=look.quiet, size=SMALL))


def _subtitle(found: StudyOutcomes) -> str:
    if not found.studies:
        return "No study has a finding yet."
    counts = {how: sum(each is how for each in found.reporting.values()) for how in Reporting}
    said = ", ".join(f"{counts[how]:,} {WORDS[how]}" for how in Reporting)
    studies = "1 study" if len(found.studies) == 1 else f"{len(found.studies):,} studies"
    outcomes = "1 outcome" if len(found.outcomes) == 1 else f"{len(found.outcomes):,} outcomes"
    return f"{studies} by {outcomes}: {said}."


def _table(found: StudyOutcomes) -> PictureTable:
    """A row for each study and outcome that it measured."""
    rows: list[tuple[Cell, ...]] = [
        (study.label, outcome.path, found.reporting[study.id, outcome.id].value)
        for study in found.studies
        for outcome in found.outcomes
        if (study.id, outcome.id) in found.reporting
    ]
    return PictureTable(head=("Study", "Outcome", "Result"), rows=tuple(rows))
