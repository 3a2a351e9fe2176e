"""The summary of findings on A4 pages: outcomes with studies, people, what studies say, how certain
people are, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN, WIDE
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.summary_sheet import SheetColumn, SheetRow, SummarySheet, sheet_svgs
from evidence.charts.svg_parts import SvgTheme
from evidence.synthesis.certainty.grade import (
    GradeDomain,
    certainty_of,
    proposed_certainty,
)
from evidence.synthesis.certainty.outcome_effect import USUAL_CHOICES, OutcomeEffect
from evidence.synthesis.certainty.outcome_rows import OutcomeRow

TITLE = "Summary of findings"
COLUMNS = (
    SheetColumn(head="Outcome", wide=160),
    SheetColumn(head="Studies", wide=50),
    SheetColumn(head="People", wide=84),
    SheetColumn(head="What studies say", wide=160),
    SheetColumn(head="Pooled effect", wide=190),
    SheetColumn(head="Certainty", wide=92, has_circles=True),
    SheetColumn(head="Why", wide=WIDE - 2 * MARGIN - 736),
)
LEGEND = (
    "Certainty by GRADE (Guyatt and others 2008, doi:10.1136/bmj.39489.470347.AD): filled circles "
    "are levels of four. People: those analysed in both groups, the largest finding of each study."
)
NEW_STUDY = "A new study: where its true effect is expected (95% prediction interval)."
_DESCRIBED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryWords:
    """What a summary says above and below.

    Attributes:
        intervention: whose outcomes these are.
        contrast: who is compared with whom.
        notes: sentences on what it rests on.
    """

    intervention: str
    contrast: str
    notes: tuple[str, ...] = ()

    @property
    def subtitle(self) -> str:
        """One line below the title."""
        return f"{self.intervention}. Compared: {self.contrast}."


def summary_picture(rows: Sequence[OutcomeRow], words: SummaryWords) -> Picture:
    """The summary with its table and what it says in words."""
    return Picture(
        name="summary-of-findings",
        title=TITLE,
        text=_described(rows, words),
        draw=lambda theme: summary_svgs(rows, words, theme=theme),
        table=_table(rows, words),
    )


def summary_svgs(
    rows: Sequence[OutcomeRow], words: SummaryWords, *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one."""
    pooled = [USUAL_CHOICES, NEW_STUDY] if any(row.effect for row in rows) else []
    sheet = SummarySheet(
        name="summary",
        title=TITLE,
        subtitle=words.subtitle,
        text=_described(rows, words),
        columns=COLUMNS,
        rows=tuple(_sheet_row(row) for row in rows),
        notes=(*_nothing(rows), LEGEND, *pooled, *words.notes),
    )
    return sheet_svgs(sheet, theme=theme)


def _nothing(rows: Sequence[OutcomeRow]) -> list[str]:
    return [] if rows else ["No study has a finding here yet."]


def _sheet_row(row: OutcomeRow) -> SheetRow:
    cells = (
        (row.outcome,),
        (f"{row.word.total:,}",),
        (row.people_words,),
        (row.directions,),
        (" ".join(row.effect_words),),
        (row.certainty_words,),
        row.why,
    )
    return SheetRow(cells=cells, certainty=certainty_of(row.judgement))


def _described(rows: Sequence[OutcomeRow], words: SummaryWords) -> str:
    said = [
        f"{row.outcome}: {row.word.total:,} studies, {row.directions}; "
        f"{' '.join(row.effect_words)} Certainty {row.certainty_words.lower()}."
        for row in rows[:_DESCRIBED]
    ]
    more = len(rows) - _DESCRIBED
    if more > 0:
        said.append(f"And {more:,} more outcomes, which stand in the table.")
    return " ".join([f"{TITLE}. {words.subtitle}", *_nothing(rows), *said])


EFFECT_HEAD = (
    "Measure",
    "Studies pooled",
    "Effect",
    "Low",
    "High",
    "Prediction low",
    "Prediction high",
    "I², %",
    "Pooled by",
)
TABLE_HEAD = (
    "Contrast",
    "Intervention",
    "Outcome",
    "Studies",
    "People",
    "Studies without people",
    "What studies say",
    *EFFECT_HEAD,
    "Begins as",
    *(part for domain in GradeDomain for part in (domain.capitalize(), f"Why: {domain}")),
    "Raised by",
    "Why raised",
    "By the domains",
    "Certainty",
    "Why another",
)


def _effect_cells(effect: OutcomeEffect | None) -> tuple[Cell, ...]:
    if effect is None:
        return (None,) * len(EFFECT_HEAD)
    limits, prediction = effect.limits, effect.prediction
    return (
        effect.measure.natural_name,
        effect.pooled.k,
        round(effect.estimate, 4),
        round(limits.low, 4),
        round(limits.high, 4),
        round(prediction.low, 4) if prediction else None,
        round(prediction.high, 4) if prediction else None,
        round(effect.pooled.heterogeneity.i2, 1) if effect.pooled.k > 1 else None,
        effect.pooled.method.full_name if effect.pooled.k > 1 else None,
    )


def _table(rows: Sequence[OutcomeRow], words: SummaryWords) -> PictureTable:
    made = []
    for row in rows:
        judgement = row.judgement
        concerns = [judgement.domains[domain] for domain in GradeDomain]
        follows = proposed_certainty(judgement)
        made.append(
            (
                words.contrast,
                words.intervention,
                row.outcome,
                row.word.total,
                row.people,
                row.unknown,
                row.directions,
                *_effect_cells(row.effect),
                judgement.start.value,
                *(part for each in concerns for part in (each.concern.value, each.reason)),
                judgement.raised,
                judgement.raised_reason,
                follows.value if follows else "",
                row.certainty_words,
                judgement.reason,
            )
        )
    return PictureTable(head=TABLE_HEAD, rows=tuple(made))
