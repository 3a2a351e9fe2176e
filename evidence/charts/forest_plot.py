"""The forest plot on A4 pages, as SVG: studies with their numbers, intervals and weights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.effect_axis import EffectAxis, effect_axis
from evidence.charts.forest_words import (
    described,
    differing,
    effect_with_limits,
    limits_text,
    notes_of,
    scale_name,
)
from evidence.charts.letters import in_lines, laid_text, text_width, widest_text
from evidence.charts.page_grid import cut_line, cut_lines
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
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.results import Limits, NotPooled, Pooled

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
AXIS_HIGH, FAVOURS_HIGH = 44, 14
TITLE_SIZE = 15
MOST_LABEL_LINES, MOST_TITLE_LINES, MOST_NOTE_LINES = 4, 4, 6
INSET = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the plot: the head of a group, a study, a pooled effect, or a note on it."""

    group: ForestGroup
    study: ForestStudy | None = None
    pooled: Pooled | NotPooled | None = None
    title: str = ""
    note: str = ""
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
        text=described(forest, title),
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
    notes = [
        line
        for note in notes_of(forest, columns.axis)
        for line in cut_lines(note, WIDE - 2 * MARGIN, SMALL, MOST_NOTE_LINES)
    ]
    heads = 19.0 * len(_title_lines(title)) + 44
    axis_high = AXIS_HIGH + FAVOURS_HIGH * any(forest.favours)
    foot = axis_high + LEADING * len(notes)
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
            *sheet.notes(notes, MARGIN + heads + body + axis_high),
        ]
        told = Told(name=f"forest-{number}", title=title, text=described(forest, title))
        drawn.append(svg_text(told, WIDE, 2 * MARGIN + heads + body + foot, look, parts))
    return tuple(drawn)


def _title_lines(title: str) -> list[str]:
    lines = in_lines(title, WIDE - 2 * MARGIN - 90, TITLE_SIZE, bold=True)
    more = len(lines) > MOST_TITLE_LINES
    return [*lines[: MOST_TITLE_LINES - 1], f"{lines[MOST_TITLE_LINES - 1]} …"] if more else lines


def _label_lines(study: ForestStudy) -> list[str]:
    return cut_lines(study.study, MOST_LABEL, SIZE, MOST_LABEL_LINES)


def _lines(forest: Forest) -> Iterator[_Line]:
    row = TIGHT_ROW if len(forest.studies) >= TIGHT_FROM else ROW
    for group in forest.groups:
        if group.title != ALL:
            yield _Line(group=group, title=group.title, high=row + 4)
        for study in group.studies:
            high = max(row, LEADING * len(_label_lines(study)) + 1)
            yield _Line(group=group, study=study, high=high)
        if group.title != ALL and group.pooled:
            yield _Line(group=group, pooled=group.pooled, title="Subtotal", high=row + 8)
            if isinstance(group.pooled, Pooled) and group.pooled.k > 1:
                yield _Line(group=group, note=differing(group.pooled), high=TIGHT_ROW)
    whole = ForestGroup(title=ALL, studies=forest.studies, raw_totals=forest.raw_totals)
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
            page = list(_repeated_head(line))
        page.append(line)
    yield page


def _repeated_head(line: _Line) -> Iterator[_Line]:
    """The head of a group again, where a page begins amid its rows."""
    title = line.group.title
    if title != ALL and (line.study or line.pooled or line.note):
        yield _Line(group=line.group, title=f"{cut_line(title, MOST_LABEL, SIZE)} (continued)")


def _columns(forest: Forest) -> _Columns:
    names = [line for study in forest.studies for line in _label_lines(study)]
    label = min(MOST_LABEL, widest_text(names, SIZE) + 4)
    label = max(label, text_width(PREDICTION, SIZE))
    x = MARGIN + INSET + label
    raw = []
    for at, head in enumerate(forest.raw_heads):
        cells = [study.raw[at] for study in forest.studies if study.raw]
        head_wide = widest_text(_head_lines(head), SMALL)
        total_wide = widest_text(forest.raw_totals[at : at + 1], SIZE, bold=True)
        x += GAP + max(widest_text(cells, SIZE), head_wide, total_wide)
        raw.append(x)
    weight = WIDE - MARGIN
    effect = weight - text_width("100.0%", SIZE) - GAP
    texts = [
        effect_with_limits(s.effect.estimate, s.limits, forest.measure)
        for s in forest.studies
        if s.effect and s.limits
    ]
    texts.append(effect_with_limits(forest.pooled.estimate, forest.pooled.limits, forest.measure))
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


def _head_lines(head: str) -> list[str]:
    """The group above, what stands below it."""
    return head.split(": ")


class _Sheet:
    """One page as it is drawn."""

    def __init__(self, forest: Forest, columns: _Columns, look: Theme) -> None:
        self.forest, self.columns, self.look = forest, columns, look
        weights = [study.weight for study in forest.studies if study.weight]
        self.heaviest = max(weights, default=1.0)

    def head(self, title: str, of: str, bottom: float) -> Iterator[str]:
        """Title and heads of the columns."""
        for number, line in enumerate(_title_lines(title)):
            y: float = MARGIN + TITLE_SIZE + 19 * number
            yield laid_text(MARGIN, y, line, Letters(size=TITLE_SIZE, weight=600))
        quiet = Letters(ink=self.look.quiet, size=SMALL, anchor="end")
        if of:
            yield laid_text(WIDE - MARGIN, MARGIN + TITLE_SIZE, of, quiet)
        y = bottom - 8
        yield laid_text(MARGIN + INSET, y, "Study", Letters(ink=self.look.quiet, size=SMALL))
        for head, x in zip(self.forest.raw_heads, self.columns.raw, strict=True):
            for up, line in enumerate(reversed(_head_lines(head))):
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
                yield from self._pooled(line, line.pooled, middle)
            elif isinstance(line.pooled, NotPooled):
                yield from self._note(f"{line.title}: {line.pooled.sentence}", middle)
            elif line.note:
                yield from self._note(line.note, middle)
            elif line.title == PREDICTION:
                yield from self._prediction(middle)
            else:
                said = cut_line(line.title, WIDE - 3 * MARGIN, SIZE)
                yield laid_text(MARGIN, middle + 5, said, Letters(size=SIZE, weight=600))
            y += line.high

    def _note(self, text: str, y: float) -> Iterator[str]:
        """What is said of a group, on ground of its own above the upright lines."""
        said = cut_line(text, WIDE - 2 * MARGIN - INSET, SMALL)
        x = MARGIN + INSET
        yield rectangle(x, y - 5, text_width(said, SMALL) + 4, 11, self.look.ground)
        yield laid_text(x, y + 2, said, Letters(ink=self.look.quiet, size=SMALL))

    def _study(self, study: ForestStudy, y: float) -> Iterator[str]:
        label = _label_lines(study)
        first = y + 3.6 - (len(label) - 1) * LEADING / 2
        for number, line in enumerate(label):
            yield laid_text(MARGIN + INSET, first + number * LEADING, line, Letters(size=SIZE))
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
        said = effect_with_limits(study.effect.estimate, study.limits, self.forest.measure)
        yield laid_text(self.columns.effect, y + 3.6, said, right)

    def _interval(self, limits: Limits, y: float) -> Iterator[str]:
        axis = self.columns.axis
        low, high = axis.x(limits.low), axis.x(limits.high)
        yield line_between(low, y, high, y, self.look.ink)
        yield from self._arrows(limits, y, "5 -3v6", self.look.ink)

    def _arrows(self, limits: Limits, y: float, head: str, ink: str) -> Iterator[str]:
        """At each end that the axis does not show; `head` is half an arrow's as a path has it."""
        axis = self.columns.axis
        for value, turn in ((limits.low, ""), (limits.high, "-")):
            if not axis.is_shown(value):
                yield path_of(f"M{px(axis.x(value))} {px(y)}l{turn}{head}z", fill=ink)

    def _pooled(self, line: _Line, pooled: Pooled, y: float) -> Iterator[str]:
        axis = self.columns.axis
        bold = Letters(size=SIZE, weight=600)
        yield laid_text(MARGIN + INSET, y + 3.6, line.title, bold)
        low, middle, high = (
            px(axis.x(each)) for each in (pooled.limits.low, pooled.estimate, pooled.limits.high)
        )
        way = f"M{low} {px(y)}L{middle} {px(y - 6)}L{high} {px(y)}L{middle} {px(y + 6)}Z"
        yield path_of(way, fill=self.look.ink)
        yield from self._arrows(pooled.limits, y, "6 -4v8", self.look.ink)
        said = effect_with_limits(pooled.estimate, pooled.limits, self.forest.measure)
        end = Letters(size=SIZE, weight=600, anchor="end")
        yield laid_text(self.columns.effect, y + 3.6, said, end)
        yield laid_text(self.columns.weight, y + 3.6, f"{line.group.weight:.1f}%", end)
        for total, x in zip(line.group.raw_totals, self.columns.raw, strict=False):
            yield laid_text(x, y + 3.6, total, end)

    def _prediction(self, y: float) -> Iterator[str]:
        limits = self.forest.pooled.printed_prediction
        if limits is None:
            return
        axis = self.columns.axis
        low, high = axis.x(limits.low), axis.x(limits.high)
        yield laid_text(MARGIN + INSET, y + 3.6, PREDICTION, Letters(size=SIZE))
        yield rectangle(low, y - 2, high - low, 4, CATEGORIES[1])
        yield from self._arrows(limits, y, "6 -4v8", CATEGORIES[1])
        said = limits_text(limits, self.forest.measure)
        yield laid_text(self.columns.effect, y + 3.6, said, Letters(size=SIZE, anchor="end"))

    def axis(self, y: float) -> Iterator[str]:
        """The scale, its name, and what lies on each side of no effect."""
        axis = self.columns.axis
        yield line_between(axis.left, y, axis.left + axis.wide, y, self.look.ink)
        for value, written in axis.ticks:
            x = axis.x(value)
            yield line_between(x, y, x, y + 4, self.look.ink)
            yield laid_text(x, y + 15, written, Letters(size=SMALL, anchor="middle"))
        zero = axis.x(0)
        left, right = self.forest.favours
        quiet = self.look.quiet
        name = Letters(ink=quiet, size=SMALL, anchor="middle")
        yield laid_text(axis.left + axis.wide / 2, y + 29, scale_name(self.forest.measure), name)
        if left:
            said = _cut(f"← {left}", zero - axis.left)
            yield laid_text(zero - 6, y + 43, said, Letters(ink=quiet, size=SMALL, anchor="end"))
        if right:
            said = _cut(f"{right} →", axis.left + axis.wide - zero)
            yield laid_text(zero + 6, y + 43, said, Letters(ink=quiet, size=SMALL))

    def notes(self, notes: Sequence[str], y: float) -> Iterator[str]:
        """What must be known, below."""
        for number, note in enumerate(notes, start=1):
            quiet = Letters(ink=self.look.quiet, size=SMALL)
            yield laid_text(MARGIN, y + number * LEADING, note, quiet)


def _cut(text: str, room: float) -> str:
    """What stands below one side of the axis; it may reach below the texts beside it."""
    lines = in_lines(text, max(60.0, room + 90), SMALL)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


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
            rows.append((group.title, "Subtotal", *_pooled_cells(group, group.pooled, forest)))
    whole = ForestGroup(title=ALL, studies=forest.studies, raw_totals=forest.raw_totals)
    rows.append(("", "Total", *_pooled_cells(whole, forest.pooled, forest)))
    return PictureTable(head=head, rows=tuple(rows))


def _cells(study: ForestStudy, forest: Forest) -> Iterator[Cell]:
    yield from study.raw or ("",) * len(forest.raw_heads)
    if study.effect is None or study.limits is None:
        yield from (None,) * 6
        return
    yield from (study.effect.estimate, study.effect.variance)
    yield from _natural(study.effect.estimate, study.limits, forest.measure)
    yield study.weight


def _pooled_cells(group: ForestGroup, pooled: Pooled, forest: Forest) -> Iterator[Cell]:
    yield from group.raw_totals or ("",) * len(forest.raw_heads)
    yield from (pooled.estimate, pooled.se**2)
    yield from _natural(pooled.estimate, pooled.limits, forest.measure)
    yield group.weight


def _natural(
    estimate: float, limits: Limits, measure: PooledMeasure | None
) -> tuple[float, float, float]:
    values = (estimate, limits.low, limits.high)
    low, middle, high = sorted(measure.natural(each) if measure else each for each in values)
    return middle, low, high
