"""The funnel plot, with contours of significance, as SVG.

Contours tell what is missing because it was not significant from what is missing for other reasons
(Peters and others 2008, doi:10.1016/j.jclinepi.2007.11.010).
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from statistics import NormalDist

from evidence.charts.effect_axis import EffectAxis, effect_axis
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.palette import CATEGORIES, Theme
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    path_of,
    px,
    rectangle,
    svg_text,
)
from evidence.synthesis.pooling.forest import Forest, ForestStudy
from evidence.synthesis.pooling.results import Limits

WIDE = 794
MARGIN = 28
LEFT, RIGHT = 104, WIDE - MARGIN
PLOT_HIGH = 430
TITLE_SIZE = 15
SIZE, SMALL = 10.5, 9.5
LEADING = 12.5
DOT = 3.6
MOST_STEPS = 6
CONTOURS = ((0.01, "#E4E9EF"), (0.05, "#CFD8E2"), (0.1, "#B8C5D3"))
"""p, and the shade of what lies between it and the next; the middle is not significant."""
DARK_CONTOURS = ((0.01, "#1A232D"), (0.05, "#253241"), (0.1, "#314255"))


def funnel_picture(forest: Forest, title: str) -> Picture:
    """The plot with its table and what it says in words."""
    return Picture(
        name="funnel-plot",
        title=title,
        text=_described(forest, title),
        draw=lambda theme: (funnel_svg(forest, title, theme=theme),),
        table=_table(forest),
    )


def funnel_svg(forest: Forest, title: str, *, theme: SvgTheme = "light") -> str:
    """Draw effects across, and standard errors down, the most precise studies on top."""
    look = colours(theme)
    shown = _shown(forest)
    most = max((_error(study) for study in shown), default=1.0) * 1.08
    reach = NormalDist().inv_cdf(0.975) * most
    whole = forest.pooled.estimate
    axis = effect_axis(
        [*(study.effect.estimate for study in shown if study.effect), whole],
        [Limits(low=whole - reach, high=whole + reach)],
        forest.measure,
        (LEFT, RIGHT - LEFT),
    )
    titles = in_lines(title, WIDE - 2 * MARGIN, TITLE_SIZE, bold=True)
    top = MARGIN + 19.0 * len(titles) + 14
    bottom = top + PLOT_HIGH
    notes = [line for note in _notes(forest) for line in in_lines(note, WIDE - 2 * MARGIN, SMALL)]
    shades = DARK_CONTOURS if theme == "dark" else CONTOURS
    parts = [
        *(
            laid_text(MARGIN, MARGIN + TITLE_SIZE + 19 * at, line, Letters(size=15, weight=600))
            for at, line in enumerate(titles)
        ),
        *_contours(axis, most, (top, bottom), look, shades),
        *_whole(axis, whole, most, (top, bottom), look),
        *_dots(shown, axis, most, (top, bottom), look),
        *_scales(axis, most, (top, bottom), forest, look),
        *_key(bottom + 52, look, shades),
        *(
            laid_text(MARGIN, bottom + 76 + LEADING * at, note, Letters(ink=look.quiet, size=SMALL))
            for at, note in enumerate(notes)
        ),
    ]
    high = bottom + 76 + LEADING * len(notes) + MARGIN
    told = Told(name="funnel", title=title, text=_described(forest, title))
    return svg_text(told, WIDE, high, look, parts)


def _shown(forest: Forest) -> list[ForestStudy]:
    return [study for study in forest.studies if study.effect and study.weight is not None]


def _error(study: ForestStudy) -> float:
    return study.effect.variance**0.5 if study.effect else 0.0


Ends = tuple[float, float]


def _contours(
    axis: EffectAxis, most: float, ends: Ends, look: Theme, shades: Sequence[tuple[float, str]]
) -> Iterator[str]:
    """Wedges from no effect down; what is most significant lies outermost."""
    top, bottom = ends
    yield rectangle(axis.left, top, axis.wide, bottom - top, look.ground, look.line)
    outermost, *inner = [shade for _, shade in shades]
    yield rectangle(axis.left, top, axis.wide, bottom - top, outermost)
    for (p, _), shade in zip(shades, [*inner, look.ground], strict=True):
        reach = NormalDist().inv_cdf(1 - p / 2) * most
        yield path_of(_wedge(axis, 0, reach, ends), fill=shade)


def _wedge(axis: EffectAxis, tip: float, reach: float, ends: Ends) -> str:
    """A triangle with its tip on top, cut where the axis ends."""
    top, bottom = ends
    points = [(axis.x(tip), top)]
    for side in (1, -1):
        end = tip + side * reach
        edge = axis.shown.high if side > 0 else axis.shown.low
        if axis.is_shown(end):
            points.append((axis.x(end), bottom))
        else:
            part = abs(edge - tip) / reach
            points += [(axis.x(edge), top + part * (bottom - top)), (axis.x(edge), bottom)]
        if side > 0:
            right, points = points, []
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in [*right, *reversed(points)]) + "Z"


def _whole(axis: EffectAxis, whole: float, most: float, ends: Ends, look: Theme) -> Iterator[str]:
    """The pooled effect, and where 95 % of studies would lie without heterogeneity."""
    top, bottom = ends
    reach = NormalDist().inv_cdf(0.975) * most
    x = axis.x(whole)
    yield line_between(x, top, x, bottom, look.ink)
    for side in (1, -1):
        end = whole + side * reach
        edge = axis.shown.high if side > 0 else axis.shown.low
        part = min(1.0, abs(edge - whole) / reach) if not axis.is_shown(end) else 1.0
        to_x, to_y = axis.x(whole + side * reach * part), top + part * (bottom - top)
        way = f"M{px(x)} {px(top)}L{px(to_x)} {px(to_y)}"
        yield path_of(way, stroke=look.ink, stroke_dasharray="4 3")


def _dots(
    shown: Sequence[ForestStudy], axis: EffectAxis, most: float, ends: Ends, look: Theme
) -> Iterator[str]:
    top, bottom = ends
    for study in shown:
        if study.effect:
            x = axis.x(study.effect.estimate)
            y = top + _error(study) / most * (bottom - top)
            yield (
                f'<circle cx="{px(x)}" cy="{px(y)}" r="{DOT}" fill="{CATEGORIES[0]}" '
                f'stroke="{look.ground}"/>'
            )


def _scales(
    axis: EffectAxis, most: float, ends: Ends, forest: Forest, look: Theme
) -> Iterator[str]:
    top, bottom = ends
    for value, written in axis.ticks:
        x = axis.x(value)
        yield line_between(x, bottom, x, bottom + 4, look.ink)
        yield laid_text(x, bottom + 16, written, Letters(size=SMALL, anchor="middle"))
    name = forest.measure.natural_name.capitalize() if forest.measure else "Effect"
    middle = Letters(ink=look.quiet, size=SIZE, anchor="middle")
    yield laid_text(axis.left + axis.wide / 2, bottom + 33, name, middle)
    step = 10.0 ** floor(log10(most / 2))
    step = next(step * each for each in (1, 2, 5, 10) if most / (step * each) <= MOST_STEPS)
    for number in range(ceil(most / step)):
        y = top + number * step / most * (bottom - top)
        yield line_between(axis.left - 4, y, axis.left, y, look.ink)
        end = Letters(size=SMALL, anchor="end")
        yield laid_text(axis.left - 7, y + 3.5, f"{number * step:g}", end)
    quiet = Letters(ink=look.quiet, size=SIZE)
    for at, word in enumerate(("Standard", "error")):
        yield laid_text(MARGIN, (top + bottom) / 2 + at * LEADING, word, quiet)


def _key(y: float, look: Theme, shades: Sequence[tuple[float, str]]) -> Iterator[str]:
    """What the shades mean: where a study would have been significant."""
    names = ("p < 0.01", "p 0.01 to 0.05", "p 0.05 to 0.1", "p > 0.1")
    fills = [*(shade for _, shade in shades), look.ground]
    x: float = LEFT
    for name, fill in zip(names, fills, strict=True):
        yield rectangle(x, y - 9, 14, 11, fill, look.quiet)
        yield laid_text(x + 19, y, name, Letters(size=SMALL))
        x += 110


def _notes(forest: Forest) -> Iterator[str]:
    pooled = forest.pooled
    yield (
        f"{pooled.k} {'study' if pooled.k == 1 else 'studies'}; line: pooled effect "
        f"({pooled.method}); dashes: where 95% of studies would lie if all had this effect. "
        "Shades: p of a study alone. A lopsided funnel has many causes; missing studies are one."
    )
    if forest.kept:
        yield forest.kept


def _described(forest: Forest, title: str) -> str:
    shown = _shown(forest)
    right = sum(1 for s in shown if s.effect and s.effect.estimate > forest.pooled.estimate)
    return (
        f"{title}. Funnel plot of {len(shown)} {'study' if len(shown) == 1 else 'studies'}: "
        f"{len(shown) - right} left of the pooled effect, {right} right of it."
    )


def _table(forest: Forest) -> PictureTable:
    return PictureTable(
        head=("Study", "Effect (analysed)", "Standard error"),
        rows=tuple(
            (study.study, study.effect.estimate, _error(study))
            for study in _shown(forest)
            if study.effect
        ),
    )
