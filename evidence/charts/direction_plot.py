"""The effect direction plot on A4 pages, as SVG.

After Boon and Thomson 2021 (doi:10.1002/jrsm.1458).
Each design has its own counts and intervals; a study's appraisal is a strip with a word beside its
name, never the colour of its arrows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_labels import (
    FEET,
    HEADS_WIDE,
    foot_panel,
    heads_alone,
    row_label,
    share_text,
)
from evidence.charts.direction_marks import direction_mark, mark_end
from evidence.charts.direction_pages import (
    HEAD,
    LABEL,
    LEADING,
    LETTERS,
    MARGIN,
    ROWS_FROM,
    SMALL,
    WIDE,
    Line,
    Page,
    groups_above,
    head_lines,
    heads_height,
    pages,
)
from evidence.charts.letters import in_lines, laid_text, text_width
from evidence.charts.palette import Theme
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    svg_text,
)
from evidence.synthesis.direction_groups import DirectionGroups, GroupedStudy
from evidence.synthesis.directions import StudyEffect
from evidence.synthesis.group_people import People, PeopleFrom
from evidence.synthesis.within_study import Band, EffectDirection

TITLE = "Effect directions by study and outcome"
TITLE_SIZE = 17
SUBTITLE_LEADING = LEADING * 1.2
NOTE_SIZE = 10
NOTE_LEADING = 12.5
LEGEND = (
    "Empty: no finding. Figure beside a mark: number of findings, where there are several. "
    "Strip: appraisal, as the word beside it says."
)
KEYS: tuple[tuple[str, EffectDirection, Band], ...] = (
    ("favourable", EffectDirection.FAVOURABLE, Band.MEDIUM),
    ("unfavourable", EffectDirection.UNFAVOURABLE, Band.MEDIUM),
    ("conflicting", EffectDirection.CONFLICTING, Band.MEDIUM),
    ("no change", EffectDirection.NO_CHANGE, Band.MEDIUM),
    ("direction not stated", EffectDirection.NOT_STATED, Band.MEDIUM),
    ("n over 300", EffectDirection.FAVOURABLE, Band.LARGE),
    ("50 to 300", EffectDirection.FAVOURABLE, Band.MEDIUM),
    ("under 50", EffectDirection.FAVOURABLE, Band.SMALL),
    ("not known", EffectDirection.FAVOURABLE, Band.UNKNOWN),
)
"""What each mark and each size means."""
KEY_HEIGHT = 24
ELSEWHERE = {PeopleFrom.ARM: "ᵃ", PeopleFrom.STUDY: "ˢ"}
_ELSEWHERE_WORDS = {PeopleFrom.ARM: "ᵃ of an arm", PeopleFrom.STUDY: "ˢ of the whole study"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionWords:
    """What a plot of directions says above and below.

    Attributes:
        contrast: who is compared with whom.
        interventions: of which findings count; empty for all.
        notes: what else must be known, such as what was not used; sentences.
        rules_set: since when the rules hold; a sentence.
    """

    contrast: str
    interventions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rules_set: str = ""

    @property
    def subtitle(self) -> str:
        """One line below the title."""
        named = ", ".join(self.interventions) or "All interventions"
        return f"{named}. Compared: {self.contrast}."


def direction_picture(groups: DirectionGroups, words: DirectionWords) -> Picture:
    """The plot with its table and what it says in words."""
    return Picture(
        name="effect-directions",
        title=TITLE,
        text=_described(groups, words),
        draw=lambda theme: direction_svgs(groups, words, theme=theme),
        draw_row_heads=lambda theme: row_heads_svgs(groups, words, theme=theme),
        table=_table(groups, words),
    )


def direction_svgs(
    groups: DirectionGroups, words: DirectionWords, *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one."""
    look = colours(theme)
    text = _described(groups, words)
    return tuple(
        svg_text(
            Told(name=f"effect-directions-{at}", title=f"{TITLE}. {sheet.of}".strip(), text=text),
            WIDE,
            sheet.high,
            look,
            sheet.parts(),
        )
        for at, sheet in enumerate(_sheets(groups, words, look), start=1)
    )


def row_heads_svgs(
    groups: DirectionGroups, words: DirectionWords, *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The heads of the rows of each page, where they stand on it, and nothing else."""
    look = colours(theme)
    return tuple(
        svg_text(
            Told(name=f"effect-directions-heads-{at}", title="", text=""),
            HEADS_WIDE,
            sheet.high,
            look,
            heads_alone(sheet.page.lines, sheet.rows_from, look),
            is_clear=True,
        )
        for at, sheet in enumerate(_sheets(groups, words, look), start=1)
    )


def _sheets(groups: DirectionGroups, words: DirectionWords, look: Theme) -> "list[_Sheet]":
    notes = [
        line
        for note in _notes(groups, words)
        for line in in_lines(note, WIDE - 2 * MARGIN, NOTE_SIZE)
    ]
    subtitle = in_lines(words.subtitle, WIDE - 2 * MARGIN, LETTERS)
    used = TITLE_SIZE + 14 + SUBTITLE_LEADING * len(subtitle) + NOTE_LEADING * len(notes)
    laid_out = pages(groups, len(FEET), used + KEY_HEIGHT + 16)
    several = len(laid_out) > 1
    return [
        _Sheet(page, look, subtitle, notes, f"Page {at} of {len(laid_out)}" if several else "")
        for at, page in enumerate(laid_out, start=1)
    ]


P_NOTE = "p is given from six clear directions on; below, p < 0.05 is out of reach."


class _Sheet:
    """One page as it is drawn, from the top down."""

    def __init__(
        self, page: Page, look: Theme, subtitle: Sequence[str], notes: Sequence[str], of: str
    ) -> None:
        self.page, self.look, self.subtitle, self.notes, self.of = page, look, subtitle, notes, of

    @property
    def rows_from(self) -> float:
        """Where the first row begins, in pixels."""
        above = TITLE_SIZE + 14 + SUBTITLE_LEADING * len(self.subtitle)
        return MARGIN + above + heads_height(self.page.outcomes, self.page.column)

    @property
    def high(self) -> float:
        """The height of the page, in pixels."""
        rows = sum(line.high for line in self.page.lines)
        below = KEY_HEIGHT + 16 + NOTE_LEADING * len(self.notes) + MARGIN
        return self.rows_from + rows + below

    def parts(self) -> Iterator[str]:
        """Everything on it."""
        y: float = MARGIN + TITLE_SIZE
        yield laid_text(MARGIN, y, TITLE, Letters(size=TITLE_SIZE, weight=600))
        if self.of:
            quiet = Letters(ink=self.look.quiet, size=SMALL, anchor="end")
            yield laid_text(WIDE - MARGIN, y, self.of, quiet)
        y += 4
        for text in self.subtitle:
            y += SUBTITLE_LEADING
            yield laid_text(MARGIN, y, text, Letters(ink=self.look.quiet, size=LETTERS))
        y += 10
        yield from self._heads(y)
        y = self.rows_from
        for line in self.page.lines:
            yield from self._line(line, y)
            y += line.high
        y += 6
        yield from self._keys(y + KEY_HEIGHT / 2)
        y += KEY_HEIGHT
        for note in self.notes:
            y += NOTE_LEADING
            yield laid_text(MARGIN, y, note, Letters(ink=self.look.quiet, size=NOTE_SIZE))

    def _keys(self, y: float) -> Iterator[str]:
        x: float = MARGIN
        for word, direction, band in KEYS:
            yield direction_mark(direction, band, (x + 9, y), self.look.ink)
            yield laid_text(x + 22, y + 4, word, Letters(size=SMALL))
            x += 36 + text_width(word, SMALL)

    def _x(self, column: int) -> float:
        return ROWS_FROM + (column + 0.5) * self.page.column

    def _heads(self, y: float) -> Iterator[str]:
        outcomes, column = self.page.outcomes, self.page.column
        bottom = y + heads_height(outcomes, column)
        for label, first, number in groups_above(outcomes):
            if label:
                left = ROWS_FROM + first * column + 3
                right = left + number * column - 6
                kept = in_lines(label, right - left, SMALL)
                shown = kept[0] + ("…" if len(kept) > 1 else "")
                yield laid_text(left, y + LEADING, shown, Letters(size=SMALL, weight=600))
                yield line_between(left, y + LEADING + 4, right, y + LEADING + 4, self.look.quiet)
        for number, heading in enumerate(outcomes):
            lines = head_lines(heading, column)
            for at, text in enumerate(reversed(lines)):
                centred = Letters(size=HEAD, anchor="middle")
                yield laid_text(self._x(number), bottom - 6 - at * LEADING, text, centred)
        small = Letters(ink=self.look.quiet, size=SMALL)
        yield laid_text(MARGIN + LABEL, bottom - 6, "Appraisal", small)
        yield laid_text(
            ROWS_FROM - 8, bottom - 6, "n", Letters(ink=self.look.quiet, size=SMALL, anchor="end")
        )

    def _line(self, line: Line, y: float) -> Iterator[str]:
        if line.foot is not None:
            yield foot_panel(line, y, self.page.right, self.look)
        yield from row_label(line, y)
        if line.foot is not None:
            yield from self._foot(line, line.foot, y)
        elif line.study is not None:
            yield from self._study(line, line.study, y)

    def _study(self, line: Line, study: GroupedStudy, y: float) -> Iterator[str]:
        look, middle = self.look, y + line.high / 2
        yield line_between(MARGIN, y + line.high, self.page.right, y + line.high, look.line)
        word = Letters(ink=look.quiet, size=SMALL)
        yield laid_text(MARGIN + LABEL, middle + 4, study.appraisal.value, word)
        people = _people_text(study.people)
        yield laid_text(ROWS_FROM - 8, middle + 4, people, Letters(size=SMALL, anchor="end"))
        columns = {heading.id: number for number, heading in enumerate(self.page.outcomes)}
        for effect in line.group.result.effects:
            if effect.study == study.id and effect.outcome in columns:
                yield from self._effect(effect, self._x(columns[effect.outcome]), middle)

    def _effect(self, effect: StudyEffect, x: float, y: float) -> Iterator[str]:
        yield direction_mark(effect.direction, effect.band, (x, y), self.look.ink)
        if effect.total > 1:
            at = x + mark_end(effect.direction, effect.band) + 3
            yield laid_text(at, y + 8, str(effect.total), Letters(ink=self.look.quiet, size=9))

    def _foot(self, line: Line, foot: int, y: float) -> Iterator[str]:
        summaries = {summary.outcome: summary for summary in line.group.result.summaries}
        for number, heading in enumerate(self.page.outcomes):
            if heading.id in summaries:
                said = list(FEET.values())[foot](summaries[heading.id])
                centred = Letters(size=9.5, anchor="middle")
                yield laid_text(self._x(number), y + 13, said, centred)


def _said_by(effect: StudyEffect) -> str:
    """Where the number of people is said, with what cannot be read."""
    said = effect.people.source.value if effect.people else "not told"
    if not effect.unread:
        return said
    return f"{said}; not read: {', '.join(effect.unread)}"


def _people_text(people: People | None) -> str:
    if people is None:
        return "?"
    return f"{people.number:,}{ELSEWHERE.get(people.source, '')}"


def _notes(groups: DirectionGroups, words: DirectionWords) -> Iterator[str]:
    if not groups.groups:
        yield "No study has a finding here yet."
    sources = {s.people.source for g in groups.groups for s in g.studies if s.people}
    said = [text for source, text in _ELSEWHERE_WORDS.items() if source in sources]
    marks = f"In column n: {', '.join(said)}, where no finding says it." if said else ""
    yield " ".join(filter(None, (LEGEND, groups.sizes, marks)))
    has_test = any(summary.test for group in groups.groups for summary in group.result.summaries)
    yield " ".join(filter(None, (groups.rule, words.rules_set, P_NOTE if has_test else "")))
    yield " ".join([*_aside(groups), *words.notes])


def _aside(groups: DirectionGroups) -> Iterator[str]:
    """What is not in the plot, or only once."""
    if groups.in_several:
        yield (f"With several designs, each under its first one: {'; '.join(groups.in_several)}.")
    other = sum(groups.other_contrasts.values())
    if other:
        yield f"Findings of other contrasts, not shown: {other:,}."
    if groups.without:
        yield f"Studies without a finding here: {groups.without:,}."
    if groups.unlisted:
        named = ", ".join(sorted(groups.unlisted))
        yield f"Outcomes that the scheme does not list: {named}."


def _described(groups: DirectionGroups, words: DirectionWords) -> str:
    labels = {heading.id: heading.label for heading in groups.outcomes}
    said = (
        f"{group.title}: "
        + "; ".join(
            f"{labels[summary.outcome]}, {share_text(summary)} favourable"
            for summary in group.result.summaries
            if summary.clear
        )
        for group in groups.groups
    )
    number = f"{groups.studies:,} {'study' if groups.studies == 1 else 'studies'}"
    return f"{TITLE}: {number}. {words.subtitle} {'. '.join(said)}."


TABLE_HEAD = (
    "Design",
    "Study",
    "Appraisal",
    "Outcome",
    "Direction",
    "Findings",
    "People in the intervention group",
    "Said by",
    "Contrast",
)


def _table(groups: DirectionGroups, words: DirectionWords) -> PictureTable:
    labels = {h.id: " › ".join((*h.above, h.label)) for h in groups.outcomes}
    rows = []
    for group in groups.groups:
        studies = {study.id: study for study in group.studies}
        rows += [
            (
                group.title,
                studies[effect.study].label,
                studies[effect.study].appraisal.value,
                labels[effect.outcome],
                effect.direction.value,
                effect.total,
                effect.n_intervention,
                _said_by(effect),
                words.contrast,
            )
            for effect in group.result.effects
        ]
    return PictureTable(head=TABLE_HEAD, rows=tuple(rows))
