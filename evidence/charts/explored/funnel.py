"""A funnel plot that names each study where somebody points at it."""

from statistics import NormalDist
from typing import Any

import plotly.graph_objects as go

from evidence.charts.effect_axis import effect_axis
from evidence.charts.explored.plain_figure import plain_figure
from evidence.charts.labels import safe
from evidence.charts.palette import CATEGORIES, THEMES, ThemeName
from evidence.synthesis.pooling.forest import Forest, ForestStudy
from evidence.synthesis.pooling.results import Limits

HEIGHT = 420
_WIDE = NormalDist().inv_cdf(0.975)


def funnel_figure(forest: Forest, theme: ThemeName) -> Any:
    """Effects across, standard errors downwards, with the pooled effect and its 95 % funnel.

    Args:
        forest: the pooled studies.
        theme: of the page around it.
    """
    look = THEMES[theme]
    studies = [each for each in forest.studies if each.effect and each.weight is not None]
    effects = [each.effect.estimate for each in studies if each.effect]
    errors = [each.effect.variance**0.5 for each in studies if each.effect]
    most, whole = max(errors, default=1.0) * 1.08, forest.pooled.estimate
    ends = Limits(low=whole - _WIDE * most, high=whole + _WIDE * most)
    axis = effect_axis([*effects, whole], [ends], forest.measure, (0, 1))
    dots = go.Scatter(
        x=effects,
        y=errors,
        mode="markers",
        marker={"color": CATEGORIES[0], "size": 10, "line": {"color": look.ground, "width": 1}},
        hovertext=[safe(_told(study, forest)) for study in studies],
        hoverinfo="text",
    )
    name = forest.measure.natural_name.capitalize() if forest.measure else "Effect"
    lines = [
        _line([whole, whole], [0, most], look.ink, "solid"),
        _line([ends.low, whole, ends.high], [most, 0, most], look.ink, "dash"),
    ]
    figure = plain_figure([*lines, dots], HEIGHT, theme, (safe(name), "Standard error"))
    figure.update_xaxes(
        range=[axis.shown.low, axis.shown.high],
        tickmode="array",
        tickvals=[value for value, _ in axis.ticks],
        ticktext=[written for _, written in axis.ticks],
    )
    figure.update_yaxes(range=[most, 0], nticks=6)
    return figure


def _line(x: list[float], y: list[float], ink: str, dash: str) -> Any:
    line = {"color": ink, "width": 1, "dash": dash}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _told(study: ForestStudy, forest: Forest) -> str:
    """Its name, its effect with the interval, its standard error and its weight."""
    if study.effect is None or study.limits is None:
        return study.study
    values = (study.effect.estimate, study.limits.low, study.limits.high)
    natural = [forest.measure.natural(each) if forest.measure else each for each in values]
    effect, low, high = (f"{each:.3g}" for each in natural)
    error = f"{study.effect.variance**0.5:.3g}"
    weight = f"; weight {study.weight:.1f} %" if study.weight is not None else ""
    return f"{study.study}: {effect} ({low} to {high}); standard error {error}{weight}"
