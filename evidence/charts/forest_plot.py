"""The forest plot on A4 pages, as SVG: studies with their numbers, intervals and weights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.effect_axis import EffectAxis, effect_axis
from evidence.charts.letters import in_lines, laid_text, text_width, widest_text
from evidence.charts.palette import CATEGORIES, Theme
from evidence.charts.picture import Cell, Picture, PictureTable
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
from evidence.errors import Invalid
from evidence.synthesis.pooling.forest import ALL, Forest, ForestGroup, ForestStudy
from evidence.synthesis.pooling.measures import PooledMeasure, effect_text
from evidence.synthesis.pooling.methods import EffectTest
from evidence.synthesis.pooling.results import Heterogeneity, Limits, NotPooled, Pooled
from evidence.synthesis.sign_test import p_text

WIDE, HIGH = 794, 1123
"""An A4 page, upright, in pixels of CSS."""
MARGIN = 28
SIZE = 10.5
SMALL = 9.5
ROW, TIGHT_ROW = 19.0, 14.0
TIGHT_FROM = 36
"""Studies from which on rows stand closer."""
LEADING = 12.5
MOST_DRAWN = 2000  # studies, on some 80 pages
MOST_LABEL = 190
GAP = 12
LARGEST, SMALLEST = 11.0, 3.0
"""Pixels of a square's side; its area is the weight."""
AXIS_HIGH = 42
TITLE_SIZE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the plot: the head of a group, a study, or a pooled effect."""

    group: ForestGroup
    study: ForestStudy | None = None
    pooled: Pooled | NotPooled | None = None
    title: str = ""
    high: float = ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where columns stand, in pixels.

    Attributes:
        raw: the right end of each column of raw numbers.
        effect: the right end of the effects in words.
        weight: the right end of the weights.
    """

    raw: tuple[float, ...]
    axis: EffectAxis
    effect: float
    weight: float


def forest_picture(forest: Forest, title: str) -> Picture:
    """The plot with its table and what it says in words."""
    return Picture(
        name="forest-plot",
        title=title,
        text=_described(forest, title),
        draw=lambda theme: forest_svgs(forest, title, theme=theme),
        table=_table(forest),
    )


def forest_svgs(forest: Forest, title: str, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one; the whole stands on the last.

    Raises:
        Invalid: there are more studies than anybody could read.
    """
    if len(forest.studies) > MOST_DRAWN:
        raise Invalid(
            f"A forest plot of {len(forest.studies):,} studies cannot be read; up to "
            f"{MOST_DRAWN:,} are drawn. Take the table (.csv) instead."
        )
    look = colours(theme)
    columns = _columns(forest)
    notes = [line for note in _notes(forest) for line in in_lines(note, WIDE - 2 * MARGIN, SMALL)]
    heads = _head_height(title)
    foot = AXIS_HIGH + LEADING * len(notes)
    laid_out = list(_broken(list(_lines(forest)), HIGH - 2 * MARGIN - heads - foot))
    drawn = []
    for number, lines in enumerate(laid_out, start=1):
        of = f"Page {number} of {len(laid_out)}" if len(laid_out) > 1 else ""
        body = sum(line.high for line in lines)
        sheet = _Sheet(forest, columns, look)
        parts = [
            *sheet.head(title, of, MARGIN + heads),
            *sheet.upright_lines(MARGIN + heads, body),
            *sheet.lines(lines, MARGIN + heads),
            *sheet.axis(MARGIN + heads + body),
            *sheet.notes(notes, MARGIN + heads + body + AXIS_HIGH),
        ]
        told = Told(name=f"forest-{number}", title=title, text=_described(forest, title))
        drawn.append(svg_text(told, WIDE, 2 * MARGIN + heads + body + foot, look, parts))
    return tuple(drawn)


def _head_height(title: str) -> float:
    lines = len(in_lines(title, WIDE - 2 * MARGIN - 90, TITLE_SIZE, bold=True))
    return 19.0 * lines + 44


def _lines(forest: Forest) -> Iterator[_Line]:
    row = TIGHT_ROW if len(forest.studies) >= TIGHT_FROM else ROW
    for group in forest.groups:
        if group.title != ALL:
            yield _Line(group=group, title=group.title, high=row + 4)
        for study in group.studies:
            label = in_lines(study.study, MOST_LABEL, SIZE)
            yield _Line(group=group, study=study, high=max(row, LEADING * len(label) + 1))
        if group.title != ALL and group.pooled:
            yield _Line(group=group, pooled=group.pooled, title="Subtotal", high=row + 8)
    whole = ForestGroup(title=ALL, studies=())
    yield _Line(group=whole, pooled=forest.pooled, title="Total", high=ROW + 10)
    if forest.pooled.printed_prediction:
        yield _Line(group=whole, title=PREDICTION, high=ROW)


PREDICTION = "Prediction interval"


def _broken(lines: list[_Line], room: float) -> Iterator[list[_Line]]:
    page: list[_Line] = []
    for at, line in enumerate(lines):
        kept = line.high + (lines[at + 1].high if line.study is None and at + 1 < len(lines) else 0)
        if page and sum(one.high for one in page) + kept > room:
            yield page
            page = []
        page.append(line)
    yield page


def _columns(forest: Forest) -> _Columns:
    label = min(MOST_LABEL, widest_text([s.study for s in forest.studies], SIZE) + 4)
    label = max(label, text_width("Prediction interval", SIZE))
    x = MARGIN + 10 + label
    raw = []
    for at, head in enumerate(forest.raw_heads):
        cells = [study.raw[at] for study in forest.studies if study.raw]
        head_wide = widest_text(in_lines(head, 78, SMALL), SMALL)
        total_wide = widest_text(forest.raw_totals[at : at + 1], SIZE, bold=True)
        x += GAP + max(widest_text(cells, SIZE), head_wide, total_wide)
        raw.append(x)
    weight = WIDE - MARGIN
    effect = weight - text_width("100.0%", SIZE) - GAP
    texts = [
        _effect(s.effect.estimate, s.limits, forest.measure)
        for s in forest.studies
        if s.effect and s.limits
    ]
    texts.append(_effect(forest.pooled.estimate, forest.pooled.limits, forest.measure))
    right = effect - widest_text(texts, SIZE, bold=True) - GAP
    shown = [study for study in forest.studies if study.effect and study.limits]
    pooled = [forest.pooled, *(g.pooled for g in forest.groups if isinstance(g.pooled, Pooled))]
    axis = effect_axis(
        [*(s.effect.estimate for s in shown if s.effect), *(each.estimate for each in pooled)],
        [*(s.limits for s in shown if s.limits), *(each.limits for each in pooled)],
        forest.measure,
        (x + GAP, right - x - GAP),
    )
    return _Columns(raw=tuple(raw), axis=axis, effect=effect, weight=weight)


class _Sheet:
    """One page as it is drawn."""

    def __init__(self, forest: Forest, columns: _Columns, look: Theme) -> None:
        self.forest, self.columns, self.look = forest, columns, look
        weights = [study.weight for study in forest.studies if study.weight]
        self.heaviest = max(weights, default=1.0)

    def head(self, title: str, of: str, bottom: float) -> Iterator[str]:
        """Title and heads of the columns."""
        for number, line in enumerate(
            in_lines(title, WIDE - 2 * MARGIN - 90, TITLE_SIZE, bold=True)
        ):
            y: float = MARGIN + TITLE_SIZE + 19 * number
            yield laid_text(MARGIN, y, line, Letters(size=TITLE_SIZE, weight=600))
        quiet = Letters(ink=self.look.quiet, size=SMALL, anchor="end")
        if of:
            yield laid_text(WIDE - MARGIN, MARGIN + TITLE_SIZE, of, quiet)
        y = bottom - 8
        yield laid_text(MARGIN + 10, y, "Study", Letters(ink=self.look.quiet, size=SMALL))
        for head, x in zip(self.forest.raw_heads, self.columns.raw, strict=True):
            for up, line in enumerate(reversed(in_lines(head, 78, SMALL))):
                yield laid_text(x, y - up * LEADING, line, quiet)
        measure = self.forest.measure
        name = measure.natural_name.capitalize() if measure else "Effect"
        level = f"{100 * self.forest.pooled.level:g}% interval"
        yield laid_text(self.columns.effect, y - LEADING, name, quiet)
        yield laid_text(self.columns.effect, y, level, quiet)
        yield laid_text(self.columns.weight, y, "Weight", quiet)
        yield line_between(MARGIN, bottom, WIDE - MARGIN, bottom, self.look.quiet)

    def upright_lines(self, top: float, body: float) -> Iterator[str]:
        """No effect, and the pooled effect."""
        axis = self.columns.axis
        zero, whole = axis.x(0), axis.x(self.forest.pooled.estimate)
        yield line_between(zero, top, zero, top + body, self.look.quiet)
        way = f"M{px(whole)} {px(top)}V{px(top + body)}"
        yield path_of(way, stroke=self.look.quiet, stroke_dasharray="3 3")

    def lines(self, lines: Sequence[_Line], top: float) -> Iterator[str]:
        """Groups, studies and pooled effects."""
        y = top
        for line in lines:
            middle = y + line.high / 2
            if line.study:
                yield from self._study(line.study, middle)
            elif isinstance(line.pooled, Pooled):
                yield from self._pooled(line.title, line.pooled, middle)
            elif isinstance(line.pooled, NotPooled):
                said = f"{line.title}: {line.pooled.sentence}"
                yield laid_text(MARGIN + 10, middle + 4, said, Letters(size=SIZE))
            elif line.title == PREDICTION:
                yield from self._prediction(middle)
            else:
                yield laid_text(MARGIN, middle + 5, line.title, Letters(size=SIZE, weight=600))
            y += line.high

    def _study(self, study: ForestStudy, y: float) -> Iterator[str]:
        label = in_lines(study.study, MOST_LABEL, SIZE)
        first = y + 3.6 - (len(label) - 1) * LEADING / 2
        for number, line in enumerate(label):
            yield laid_text(MARGIN + 10, first + number * LEADING, line, Letters(size=SIZE))
        right = Letters(size=SIZE, anchor="end")
        for cell, x in zip(study.raw, self.columns.raw, strict=False):
            yield laid_text(x, y + 3.6, cell, right)
        if study.effect is None or study.limits is None:
            yield laid_text(self.columns.effect, y + 3.6, "not estimable", right)
            return
        yield from self._interval(study.limits, y)
        if study.weight is not None:
            side = max(SMALLEST, LARGEST * (study.weight / self.heaviest) ** 0.5)
            x = self.columns.axis.x(study.effect.estimate)
            yield rectangle(x - side / 2, y - side / 2, side, side, CATEGORIES[0])
            yield laid_text(self.columns.weight, y + 3.6, f"{study.weight:.1f}%", right)
        said = _effect(study.effect.estimate, study.limits, self.forest.measure)
        yield laid_text(self.columns.effect, y + 3.6, said, right)

    def _interval(self, limits: Limits, y: float) -> Iterator[str]:
        axis = self.columns.axis
        low, high = axis.x(limits.low), axis.x(limits.high)
        yield line_between(low, y, high, y, self.look.ink)
        for value, x, turn in ((limits.low, low, 1), (limits.high, high, -1)):
            if not axis.is_shown(value):
                way = f"M{px(x)} {px(y)}l{5 * turn} -3v6z"
                yield path_of(way, fill=self.look.ink)

    def _pooled(self, title: str, pooled: Pooled, y: float) -> Iterator[str]:
        axis = self.columns.axis
        bold = Letters(size=SIZE, weight=600)
        yield laid_text(MARGIN + 10, y + 3.6, title, bold)
        low, middle, high = (
            px(axis.x(each)) for each in (pooled.limits.low, pooled.estimate, pooled.limits.high)
        )
        way = f"M{low} {px(y)}L{middle} {px(y - 6)}L{high} {px(y)}L{middle} {px(y + 6)}Z"
        yield path_of(way, fill=self.look.ink)
        said = _effect(pooled.estimate, pooled.limits, self.forest.measure)
        end = Letters(size=SIZE, weight=600, anchor="end")
        yield laid_text(self.columns.effect, y + 3.6, said, end)
        if pooled is self.forest.pooled:
            yield laid_text(self.columns.weight, y + 3.6, "100.0%", end)
            for total, x in zip(self.forest.raw_totals, self.columns.raw, strict=False):
                yield laid_text(x, y + 3.6, total, end)

    def _prediction(self, y: float) -> Iterator[str]:
        limits = self.forest.pooled.printed_prediction
        if limits is None:
            return
        axis = self.columns.axis
        low, high = axis.x(limits.low), axis.x(limits.high)
        yield laid_text(MARGIN + 10, y + 3.6, PREDICTION, Letters(size=SIZE))
        yield rectangle(low, y - 2, high - low, 4, CATEGORIES[1])
        for value, x, turn in ((limits.low, low, 1), (limits.high, high, -1)):
            if not axis.is_shown(value):
                yield path_of(f"M{px(x)} {px(y)}l{6 * turn} -4v8z", fill=CATEGORIES[1])
        said = _between(limits, self.forest.measure)
        yield laid_text(self.columns.effect, y + 3.6, said, Letters(size=SIZE, anchor="end"))

    def axis(self, y: float) -> Iterator[str]:
        """The scale, and what lies on each side of no effect."""
        axis = self.columns.axis
        yield line_between(axis.left, y, axis.left + axis.wide, y, self.look.ink)
        for value, written in axis.ticks:
            x = axis.x(value)
            yield line_between(x, y, x, y + 4, self.look.ink)
            yield laid_text(x, y + 15, written, Letters(size=SMALL, anchor="middle"))
        zero = axis.x(0)
        left, right = self.forest.favours
        quiet = self.look.quiet
        if left:
            said = _cut(f"← {left}", zero - axis.left)
            yield laid_text(zero - 6, y + 29, said, Letters(ink=quiet, size=SMALL, anchor="end"))
        if right:
            said = _cut(f"{right} →", axis.left + axis.wide - zero)
            yield laid_text(zero + 6, y + 29, said, Letters(ink=quiet, size=SMALL))

    def notes(self, notes: Sequence[str], y: float) -> Iterator[str]:
        """What must be known, below."""
        for number, note in enumerate(notes, start=1):
            quiet = Letters(ink=self.look.quiet, size=SMALL)
            yield laid_text(MARGIN, y + number * LEADING, note, quiet)


def _cut(text: str, room: float) -> str:
    """What stands below one side of the axis; it may reach below the texts beside it."""
    lines = in_lines(text, max(60.0, room + 90), SMALL)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def _effect(estimate: float, limits: Limits | None, measure: PooledMeasure | None) -> str:
    said = effect_text(estimate, measure)
    return f"{said} ({_between(limits, measure)})" if limits else said


def _between(limits: Limits, measure: PooledMeasure | None) -> str:
    return f"{effect_text(limits.low, measure)} to {effect_text(limits.high, measure)}"


def _notes(forest: Forest) -> Iterator[str]:
    pooled = forest.pooled
    method = pooled.method.full_name
    yield f"{method[0].upper()}{method[1:]}; {pooled.test.full_name}; {_differing(pooled)}"
    if pooled.k > 1:
        letter = "z" if pooled.test is EffectTest.Z else "t"
        yield f"Test of the pooled effect: {letter} = {pooled.stat:.2f}, p {p_text(pooled.p)}."
    for group in forest.groups:
        if group.title != ALL and isinstance(group.pooled, Pooled) and group.pooled.k > 1:
            yield f"{group.title}: {_differing(group.pooled)}"
    if forest.between:
        between = forest.between
        name = "chi²" if between.within is None else "F"
        yield (
            f"Between groups: {name} = {between.stat:.2f}, df = {between.free}"
            f"{'' if between.within is None else f' and {between.within}'}, p {p_text(between.p)}."
        )
    yield "Squares: area by weight. Diamonds: pooled effects. Arrows: intervals reach further."
    yield from forest.remarks
    if forest.kept:
        yield forest.kept


def _differing(pooled: Pooled) -> str:
    found: Heterogeneity = pooled.heterogeneity
    tau2 = ""
    if pooled.method.is_random:
        limits = found.tau2_limits
        ends = f" ({limits.low:.3g} to {limits.high:.3g})" if limits else ""
        tau2 = f"; τ² = {found.tau2:.3g}{ends}"
    return (
        f"Q = {found.q:.2f}, df = {found.free}, p {p_text(found.p)}; "
        f"I² = {found.i2:.0f}% ({pooled.method}){tau2}."
    )


def _described(forest: Forest, title: str) -> str:
    pooled = forest.pooled
    name = forest.measure.natural_name if forest.measure else "effect"
    return (
        f"{title}. Forest plot of {pooled.k} {'study' if pooled.k == 1 else 'studies'}: pooled "
        f"{name} {_effect(pooled.estimate, pooled.limits, forest.measure)}. {_differing(pooled)}"
    )


def _table(forest: Forest) -> PictureTable:
    """Effects on the scale of analysis, unrounded, and as readers know them."""
    head = (
        "Group", "Study", *forest.raw_heads, "Effect (analysed)", "Variance", "Effect", "Low",
        "High", "Weight %",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for group in forest.groups:
        rows += [(group.title, study.study, *_cells(study, forest)) for study in group.studies]
        if isinstance(group.pooled, Pooled) and group.title != ALL:
            rows.append((group.title, "Subtotal", *_pooled_cells(group.pooled, forest)))
    totals = forest.raw_totals or ("",) * len(forest.raw_heads)
    whole = tuple(_pooled_cells(forest.pooled, forest))[len(forest.raw_heads) :]
    rows.append(("", "Total", *totals, *whole))
    return PictureTable(head=head, rows=tuple(rows))


def _cells(study: ForestStudy, forest: Forest) -> Iterator[Cell]:
    yield from study.raw or ("",) * len(forest.raw_heads)
    if study.effect is None or study.limits is None:
        yield from (None,) * 6
        return
    yield from (study.effect.estimate, study.effect.variance)
    yield from _natural(study.effect.estimate, study.limits, forest.measure)
    yield study.weight


def _pooled_cells(pooled: Pooled, forest: Forest) -> Iterator[Cell]:
    yield from ("",) * len(forest.raw_heads)
    yield from (pooled.estimate, pooled.se**2)
    yield from _natural(pooled.estimate, pooled.limits, forest.measure)
    yield 100.0 if pooled is forest.pooled else None


def _natural(
    estimate: float, limits: Limits, measure: PooledMeasure | None
) -> tuple[float, float, float]:
    values = (estimate, limits.low, limits.high)
    low, middle, high = sorted(measure.natural(each) if measure else each for each in values)
    return middle, low, high
