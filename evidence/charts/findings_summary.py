"""The summary of findings on A4 pages: outcomes with studies, people, what studies say, how certain
people are, and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.page_grid import cut_lines
from evidence.charts.page_parts import (
    LEADING,
    NOTE_LEADING,
    SMALL,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
    on_pages,
    page_of,
)
from evidence.charts.palette import Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    px,
    svg_text,
)
from evidence.synthesis.certainty.grade import (
    LEVELS,
    OPEN,
    Certainty,
    GradeDomain,
    certainty_of,
    missing_of,
    proposed_certainty,
    reasons_of,
)
from evidence.synthesis.certainty.outcome_effect import USUAL_CHOICES, OutcomeEffect
from evidence.synthesis.certainty.outcome_rows import OutcomeRow

TITLE = "Summary of findings"
COLUMNS = (
    ("Outcome", 160),
    ("Studies", 50),
    ("People", 84),
    ("What studies say", 160),
    ("Pooled effect", 190),
    ("Certainty", 92),
    ("Why", WIDE - 2 * MARGIN - 736),
)
"""Heads, and pixels across."""
LEGEND = (
    "Certainty by GRADE (Guyatt and others 2008, doi:10.1136/bmj.39489.470347.AD): filled circles "
    "are levels of four. People: those analysed in both groups, the largest finding of each study."
)
NEW_STUDY = "A new study: where its true effect is expected (95% prediction interval)."
_HEAD = 30
_MOST_LINES = 14
_RADIUS, _APART = 5, 14
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row with the lines of its cells."""

    cells: tuple[list[str], ...]
    certainty: Certainty | None
    high: float


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
    look = colours(theme)
    subtitle = in_lines(words.subtitle, WIDE - 2 * MARGIN, SMALL)
    pooled = [USUAL_CHOICES, NEW_STUDY] if any(row.effect for row in rows) else []
    sentences = [*_nothing(rows), LEGEND, *pooled, *words.notes]
    notes = note_lines([" ".join(sentences)])
    above = head_height(TITLE, subtitle)
    room = HIGH - 2 * MARGIN - above - _HEAD - len(notes) * NOTE_LEADING - 12
    pages = list(on_pages([_line(row) for row in rows], lambda line: line.high, room))
    drawn = []
    for number, page in enumerate(pages, start=1):
        parts = list(draw_head(TITLE, subtitle, page_of(number, len(pages)), look))
        y = MARGIN + above
        parts += _heads(y, look)
        y += _HEAD
        for line in page:
            parts += _row(line, y, look)
            y += line.high
        y += 6
        parts += draw_notes(notes, y, look)
        told = Told(name=f"summary-{number}", title=TITLE, text=_described(rows, words))
        drawn.append(svg_text(told, WIDE, y + len(notes) * NOTE_LEADING + MARGIN, look, parts))
    return tuple(drawn)


def _nothing(rows: Sequence[OutcomeRow]) -> list[str]:
    return [] if rows else ["No study has a finding here yet."]


def certainty_words(row: OutcomeRow) -> str:
    """The certainty, or that nobody judged it, or that the judgement is not complete."""
    certainty = certainty_of(row.judgement)
    if certainty:
        return certainty.capitalize()
    return "Not judged" if row.judgement == OPEN else "Not complete"


def _why(row: OutcomeRow) -> list[str]:
    """Reasons of a complete judgement; else what it lacks."""
    if row.judgement == OPEN:
        return []
    if certainty_of(row.judgement) is None:
        return [" ".join(missing_of(row.judgement))]
    return list(reasons_of(row.judgement))


def _line(row: OutcomeRow) -> _Line:
    texts = (
        row.outcome,
        f"{row.word.total:,}",
        row.people_words,
        row.directions,
        " ".join(row.effect_words),
        certainty_words(row),
    )
    cells = [
        cut_lines(text, wide - 10, SMALL, _MOST_LINES)
        for text, (_, wide) in zip(texts, COLUMNS, strict=False)
    ]
    why = [line for each in _why(row) for line in in_lines(each, COLUMNS[-1][1] - 10, SMALL)]
    if len(why) > _MOST_LINES:
        why = [*why[: _MOST_LINES - 1], f"{why[_MOST_LINES - 1][:-1]}…"]
    certainty = certainty_of(row.judgement)
    most = max(*map(len, cells), len(why), 2 if certainty else 1)
    return _Line(cells=(*cells, why), certainty=certainty, high=most * LEADING + 12)


def _heads(y: float, look: Theme) -> Iterator[str]:
    x: float = MARGIN
    for head, wide in COLUMNS:
        yield laid_text(x, y + 18, head, Letters(size=SMALL, weight=600))
        x += wide
    yield line_between(MARGIN, y + 25, WIDE - MARGIN, y + 25, look.quiet)


def _row(line: _Line, y: float, look: Theme) -> Iterator[str]:
    x: float = MARGIN
    for (head, wide), cell in zip(COLUMNS, line.cells, strict=True):
        top = y + 4
        if head == "Certainty" and line.certainty:
            yield from _circles(line.certainty, x, y + 11, look)
            top += LEADING
        for number, text in enumerate(cell, start=1):
            yield laid_text(x, top + number * LEADING - 2, text, Letters(size=SMALL))
        x += wide
    yield line_between(MARGIN, y + line.high, WIDE - MARGIN, y + line.high, look.line)


def _circles(certainty: Certainty, x: float, y: float, look: Theme) -> Iterator[str]:
    """Four circles, of which as many are filled as there are levels; words stand below."""
    filled = len(LEVELS) - LEVELS.index(certainty)
    for number in range(len(LEVELS)):
        fill = look.ink if number < filled else look.ground
        yield (
            f'<circle cx="{px(x + _RADIUS + number * _APART)}" cy="{px(y)}" r="{_RADIUS}" '
            f'fill="{fill}" stroke="{look.ink}"/>'
        )


def _described(rows: Sequence[OutcomeRow], words: SummaryWords) -> str:
    said = [
        f"{row.outcome}: {row.word.total:,} studies, {row.directions}; "
        f"{' '.join(row.effect_words)} Certainty {certainty_words(row).lower()}."
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
                certainty_words(row),
                judgement.reason,
            )
        )
    return PictureTable(head=TABLE_HEAD, rows=tuple(made))
