"""The effect direction plot, and its content as tables in words.

The shape of a mark is the direction and its size the people in the intervention group, as in Boon
and Thomson 2021 (doi:10.1002/jrsm.1458). Colour is left free: readers take it for quality.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from evidence.charts.frame import add_corner, add_note, draw
from evidence.charts.grid import Grid, Head, lay_out
from evidence.charts.labels import lines, safe
from evidence.charts.palette import SMALL_SIZE, THEMES, Theme, ThemeName
from evidence.synthesis.dimensions import distinct_labels
from evidence.synthesis.directions import EffectDirections, OutcomeSummary, StudyEffect
from evidence.synthesis.sign_test import out_of_reach, p_text
from evidence.synthesis.within_study import Band, EffectDirection

COLUMN = 76
ROW = 38
FOOT = 28
HOVER = 300

SYMBOLS = {
    EffectDirection.FAVOURABLE: ("triangle-up",),
    EffectDirection.UNFAVOURABLE: ("triangle-down",),
    EffectDirection.CONFLICTING: ("triangle-left", "triangle-right"),
    EffectDirection.NO_CHANGE: ("circle",),
    EffectDirection.NOT_STATED: ("line-ew",),
}
SIGNS = {
    EffectDirection.FAVOURABLE: "▲",
    EffectDirection.UNFAVOURABLE: "▼",
    EffectDirection.CONFLICTING: "◄►",
    EffectDirection.NO_CHANGE: "●",
    EffectDirection.NOT_STATED: "–",
}
SIZES = {Band.LARGE: 24.0, Band.MEDIUM: 16.0, Band.SMALL: 10.0, Band.UNKNOWN: 13.0}
"""Pixels; an unknown size is also hollow."""

LEGEND = (
    "▲ favourable, ▼ unfavourable, ◄► conflicting, ● no change, – direction not stated.",
    (
        "Large marks: over 300 people in the intervention group; medium: 50 to 300; small: under "
        "50; hollow: number not known. A small figure beside a mark is the number of findings "
        "behind it, where there is more than one."
    ),
)
UNREACHABLE = "† With fewer than six clear directions, p < 0.05 is out of reach."


def direction_plot(
    result: EffectDirections,
    theme: ThemeName = "light",
    room: float = 1000,
    contrast_labels: Mapping[str, str] | None = None,
) -> go.Figure:
    """Draw studies down and outcomes across, with the sign test of each outcome below.

    Every mark carries `customdata` of study and outcome; below the studies, the study is None.

    Args:
        result: what to draw.
        theme: of the page around it.
        room: the width there is, in pixels; a plot of many outcomes is wider, for the page to
            scroll sideways.
        contrast_labels: label by id for the types of contrast; the id where one is missing.
    """
    look = THEMES[theme]
    rows = [Head(label=label, least=ROW) for label in result.studies.values()]
    feet = [Head(label=label, apart=True, least=FOOT) for label in FEET] if result.outcomes else []
    columns = [Head(label=heading.label, least=COLUMN) for heading in result.outcomes]
    grid = lay_out([*rows, *feet], columns, room)
    figure = draw(grid, look)
    spots = _spots(result, grid)
    figure.add_trace(_marks(result, spots, look))
    figure.add_trace(_numbers(spots, look))
    figure.add_trace(_feet(result, grid, look))
    add_corner(figure, grid, look, "Study", "Outcome")
    add_note(figure, grid, look, _notes(result, contrast_labels or {}))
    return figure


def direction_table(result: EffectDirections) -> pd.DataFrame:
    """Studies by outcomes, in words."""
    labels = distinct_labels(result.outcomes)
    effects = {(effect.study, effect.outcome): _words(effect) for effect in result.effects}
    cells = [[effects.get((study, outcome), "") for outcome in labels] for study in result.studies]
    index = pd.Index(list(result.studies.values()), name="Study")
    return pd.DataFrame(cells, index=index, columns=list(labels.values()))


def summary_table(result: EffectDirections) -> pd.DataFrame:
    """One line for each outcome: all counts, the sign test and the interval."""
    labels = distinct_labels(result.outcomes)
    rows = [
        {
            "Favourable": summary.favourable,
            "Unfavourable": summary.unfavourable,
            "Conflicting": summary.conflicting,
            "No change": summary.no_change,
            "Not stated": summary.not_stated,
        }
        | {label: text(summary) for label, text in FEET.items()}
        for summary in result.summaries
    ]
    index = pd.Index([labels[summary.outcome] for summary in result.summaries], name="Outcome")
    return pd.DataFrame(rows, index=index)


def _share(summary: OutcomeSummary) -> str:
    return f"{summary.favourable} of {summary.clear}"


def _p(summary: OutcomeSummary) -> str:
    if summary.test is None:
        return "–"
    dagger = " †" if out_of_reach(summary.clear) else ""
    return p_text(summary.test.p).removeprefix("= ") + dagger


def _interval(summary: OutcomeSummary) -> str:
    return f"{100 * summary.test.low:.0f}–{summary.test.high:.0%}" if summary.test else "–"


FEET = {
    "Favourable of clear directions": _share,
    "Sign test, two-sided p": _p,
    "95% interval of the share": _interval,
}
"""The rows below the studies, and what stands in them."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a study's effect on an outcome is drawn, and how large."""

    effect: StudyEffect
    x: float
    y: float
    size: float

    @property
    def halves(self) -> list[tuple[str, float, float]]:
        """Symbol and place of each mark: two that turn away from each other for a conflict."""
        symbols = SYMBOLS[self.effect.direction]
        hollow = "-open" if self.effect.band is Band.UNKNOWN else ""
        apart = self.size * 0.5 if len(symbols) > 1 else 0
        return [
            (symbol + hollow, self.x + apart * side, self.y)
            for symbol, side in zip(symbols, (-1, 1), strict=False)
        ]


def _spots(result: EffectDirections, grid: Grid) -> list[_Spot]:
    rows = {study: row for row, study in enumerate(result.studies)}
    columns = {heading.id: column for column, heading in enumerate(result.outcomes)}
    return [
        _Spot(
            effect,
            grid.x(columns[effect.outcome]),
            grid.y(rows[effect.study]),
            SIZES[effect.band] / len(SYMBOLS[effect.direction]) ** 0.5,
        )
        for effect in result.effects
    ]


def _marks(result: EffectDirections, spots: list[_Spot], theme: Theme) -> go.Scatter:
    labels = {heading.id: heading.label for heading in result.outcomes}
    drawn = [(spot, *half) for spot in spots for half in spot.halves]
    return go.Scatter(
        x=[x for _, _, x, _ in drawn],
        y=[y for _, _, _, y in drawn],
        mode="markers",
        marker={
            "symbol": [symbol for _, symbol, _, _ in drawn],
            "size": [spot.size for spot, *_ in drawn],
            "color": theme.ink,
            "opacity": 1,
            "line": {"color": theme.ink, "width": 2},
        },
        customdata=[[spot.effect.study, spot.effect.outcome] for spot, *_ in drawn],
        hovertext=[
            _hover(spot.effect, result.studies[spot.effect.study], labels[spot.effect.outcome])
            for spot, *_ in drawn
        ],
        hoverinfo="text",
        unselected={"marker": {"opacity": 0.35}},
        cliponaxis=False,
    )


def _numbers(spots: list[_Spot], theme: Theme) -> go.Scatter:
    """How many findings stand behind a mark, where there is more than one."""
    several = [spot for spot in spots if spot.effect.total > 1]
    colour = {"color": theme.quiet}
    return go.Scatter(
        x=[max(x for _, x, _ in spot.halves) + spot.size / 2 + 1 for spot in several],
        y=[spot.y + 7 for spot in several],
        mode="text",
        text=[str(spot.effect.total) for spot in several],
        textposition="middle right",
        textfont={"size": SMALL_SIZE, **colour},
        selected={"textfont": colour},
        unselected={"textfont": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _feet(result: EffectDirections, grid: Grid, theme: Theme) -> go.Scatter:
    cells = [
        (column, len(result.studies) + foot, summary, text(summary))
        for column, summary in enumerate(result.summaries)
        for foot, text in enumerate(FEET.values())
    ]
    colour = {"color": theme.ink}
    return go.Scatter(
        x=[grid.x(column) for column, *_ in cells],
        y=[grid.y(row) for _, row, *_ in cells],
        mode="text",
        text=[text for *_, text in cells],
        textfont={"size": SMALL_SIZE, **colour},
        selected={"textfont": colour},
        unselected={"textfont": colour},
        customdata=[[None, summary.outcome] for *_, summary, _ in cells],
        hovertext=[lines(summary.sentence, HOVER, SMALL_SIZE) for *_, summary, _ in cells],
        hoverinfo="text",
        cliponaxis=False,
    )


def _words(effect: StudyEffect) -> str:
    if effect.total == 1:
        return effect.direction.value
    return f"{effect.direction.value} ({effect.total} findings)"


def _hover(effect: StudyEffect, study: str, outcome: str) -> str:
    findings = ", ".join(f"{count} {what.value}" for what, count in effect.findings.items())
    people = "not known" if effect.n_intervention is None else f"{effect.n_intervention:,}"
    return "<br>".join(
        [
            f"<b>{safe(study)}</b>",
            lines(outcome, HOVER, SMALL_SIZE),
            f"{SIGNS[effect.direction]} {effect.direction.value}",
            f"Findings: {findings}",
            f"People in the intervention group: {people}",
        ]
    )


def _notes(result: EffectDirections, contrast_labels: Mapping[str, str]) -> list[str]:
    names = [
        contrast_labels.get(contrast, contrast) or "not given" for contrast in result.contrasts
    ]
    pooled = "Types of contrast, pooled: " if len(names) > 1 else "Type of contrast: "
    contrasts = f"{pooled}{'; '.join(names)}."
    if not result.effects:
        return ["There is no finding to show yet.", contrasts]
    notes = [*LEGEND, contrasts + _beside_the_plot(result), result.rule]
    if any(summary.test and out_of_reach(summary.clear) for summary in result.summaries):
        notes.append(UNREACHABLE)
    return notes


def _beside_the_plot(result: EffectDirections) -> str:
    """What there is beside the plot: other contrasts, other studies, outcomes without a place."""
    other = sum(result.other_contrasts.values())
    counts = {
        f"Findings of other types of contrast: {other:,}.": other,
        f"Studies without a finding here: {len(result.without):,}.": len(result.without),
        f"Outcomes that the scheme does not list: {', '.join(sorted(result.unlisted))}.": len(
            result.unlisted
        ),
    }
    return "".join(f" {sentence}" for sentence, number in counts.items() if number)
