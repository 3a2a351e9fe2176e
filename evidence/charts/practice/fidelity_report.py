"""The report of one assessment on an A4 page: its total, its sections, and each item by its score.

Boxes are filled up to the score, and the score stands beside them as a number or in words. On a
telephone they stand below the name of their item.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import in_lines, laid_text, text_width
from evidence.charts.page_grid import cut_line, cut_lines
from evidence.charts.page_parts import (
    LEADING,
    LETTERS,
    NOTE_LEADING,
    PHONE,
    SMALL,
    UPRIGHT,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
    on_pages,
    page_of,
)
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
from evidence.synthesis.practice.fidelity import (
    HIGHEST,
    LOWEST,
    Assessment,
    FidelityItem,
    SectionSum,
)

BOX, APART = 22, 3
BOXES = HIGHEST * (BOX + APART)
WORDS = 92  # pixels for the score in words
LABEL = UPRIGHT.wide - 2 * MARGIN - BOXES - WORDS
ROW, SECTION = 25, 32
TOTAL_HIGH = 78
FILL = CATEGORIES[0]
SOURCE = (
    "Boxes are filled up to the score of an item; dashed ones have no score. A total needs a score "
    "of every item."
)
_MOST_LABEL_LINES = 3
_LONGEST_STEM = 60  # signs, which some file systems keep in four bytes each


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row: the head of a section, or an item."""

    high: float
    section: SectionSum | None = None
    item: FidelityItem | None = None


def fidelity_report_picture(assessment: Assessment) -> Picture:
    """The page with its table and what it says in words."""
    return Picture(
        name=_file_stem(assessment),
        title=_title(assessment),
        text=_described(assessment),
        draw=lambda theme: fidelity_report_svgs(assessment, theme=theme),
        draw_on_phone=lambda theme: _phone(assessment, theme),
        table=_table(assessment),
    )


def _file_stem(assessment: Assessment) -> str:
    """Of its files, by service and time, such as `fidelity-harbour-jobs-2026-10-12`."""
    words = f"fidelity {assessment.service_name} {assessment.occasion}".casefold()
    letters = "".join(sign if sign.isalnum() else " " for sign in words)
    return "-".join(letters.split())[:_LONGEST_STEM].rstrip("-")


def fidelity_report_svgs(assessment: Assessment, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages; a scale of up to some 30 items fits one."""
    notes = note_lines(_notes(assessment), wide=UPRIGHT.wide)
    above = (
        head_height(_title(assessment), _subtitles(assessment, UPRIGHT.wide), UPRIGHT.wide)
        + TOTAL_HIGH
    )
    free = UPRIGHT.high - 2 * MARGIN - above - len(notes) * NOTE_LEADING - 12
    pages = list(on_pages(list(_lines(assessment, UPRIGHT.wide)), lambda line: line.high, free))
    return tuple(
        _page(assessment, lines, (number, len(pages)), theme, UPRIGHT.wide)
        for number, lines in enumerate(pages, start=1)
    )


def _phone(assessment: Assessment, theme: SvgTheme) -> str:
    return _page(assessment, tuple(_lines(assessment, PHONE)), (1, 1), theme, PHONE)


def _page(
    assessment: Assessment,
    lines: Sequence[_Line],
    number_of: tuple[int, int],
    theme: SvgTheme,
    wide: float,
) -> str:
    look = colours(theme)
    title, subtitle = _title(assessment), _subtitles(assessment, wide)
    parts = list(draw_head(title, subtitle, page_of(*number_of), look, wide))
    y = MARGIN + head_height(title, subtitle, wide)
    parts += _total(assessment, y, look, wide)
    y += TOTAL_HIGH
    for line in lines:
        parts += _row(assessment, line, y, look, wide)
        y += line.high
    notes = note_lines(_notes(assessment), wide=wide)
    parts += draw_notes(notes, y + 8, look)
    high = y + 8 + len(notes) * NOTE_LEADING + MARGIN
    told = Told(name=f"fidelity-{number_of[0]}", title=title, text=_described(assessment))
    return svg_text(told, wide, high, look, parts)


def _title(assessment: Assessment) -> str:
    return f"Fidelity of {assessment.service_name}"


def _subtitles(assessment: Assessment, wide: float) -> Sequence[str]:
    most = 3 if wide > PHONE else 6
    return cut_lines(_subtitle(assessment), wide - 2 * MARGIN, LETTERS, most)


def _subtitle(assessment: Assessment) -> str:
    who = f"assessed by {assessment.assessor}" if assessment.assessor else "assessor not named"
    done = "" if assessment.is_complete else " · not finished"
    return f"{assessment.scale.title} · {assessment.occasion or 'no day given'} · {who}{done}"


def _notes(assessment: Assessment) -> list[str]:
    open_items = len(assessment.open_items)
    which = f"{open_items:,} of {len(assessment.scale.items):,} items have no score. "
    return [f"{which if open_items else ''}{SOURCE}", *assessment.faults]


def _described(assessment: Assessment) -> str:
    sections = " ".join(f"{s.title}: {s.words}." for s in assessment.sections)
    items = "; ".join(f"{i.name}: {assessment.score_words(i)}" for i in assessment.scale.items)
    return f"{_subtitle(assessment)}. {assessment.words} {sections} {items}."


def _table(assessment: Assessment) -> PictureTable:
    rows: list[tuple[Cell, ...]] = [
        (
            assessment.service_name,
            assessment.occasion,
            assessment.assessor,
            item.section,
            item.name,
            assessment.scores.get(item.id),
            assessment.score_words(item),
            assessment.notes.get(item.id, ""),
        )
        for item in assessment.scale.items
    ]
    head = ("Service", "When", "Assessor", "Section", "Item", "Score", "In words", "Note")
    return PictureTable(head=head, rows=tuple(rows))


def _lines(assessment: Assessment, wide: float) -> Iterator[_Line]:
    for section in assessment.sections:
        yield _Line(high=SECTION, section=section)
        for item in assessment.scale.items:
            if item.section == section.title:
                label = len(_label(item, wide)) * LEADING + 10
                high = max(ROW, label) if wide > PHONE else label + ROW
                yield _Line(high=high, item=item)


def _label(item: FidelityItem, wide: float) -> Sequence[str]:
    room = (LABEL if wide > PHONE else wide - 2 * MARGIN) - 16
    return cut_lines(item.name, room, LETTERS, _MOST_LABEL_LINES)


def _row(assessment: Assessment, line: _Line, y: float, look: Theme, wide: float) -> Iterator[str]:
    if line.section is not None:
        yield from _section(line.section, y, look, wide)
    if line.item is not None:
        yield from _item(assessment, line.item, (y, line.high), look, wide)


def _section(section: SectionSum, y: float, look: Theme, wide: float) -> Iterator[str]:
    yield rectangle(MARGIN, y + 6, wide - 2 * MARGIN, SECTION - 8, look.panel)
    base = y + SECTION / 2 + 6
    said = laid_text(
        wide - MARGIN - 6, base, section.words, Letters(size=LETTERS, anchor="end", weight=600)
    )
    room = wide - 2 * MARGIN - text_width(section.words, LETTERS, bold=True) - 30
    title = cut_line(section.title, room, LETTERS)
    yield laid_text(MARGIN + 6, base, title, Letters(size=LETTERS, weight=600))
    yield said


def _item(
    assessment: Assessment, item: FidelityItem, place: tuple[float, float], look: Theme, wide: float
) -> Iterator[str]:
    y, high = place
    label = _label(item, wide)
    is_stacked = wide <= PHONE
    middle = y + (high - ROW / 2 - 2 if is_stacked else high / 2)
    first = y + LEADING + 4 if is_stacked else middle + 4 - (len(label) - 1) * LEADING / 2
    for number, text in enumerate(label):
        yield laid_text(MARGIN + 6, first + number * LEADING, text, Letters(size=LETTERS))
    score = assessment.scores.get(item.id)
    begin = MARGIN + (6 if is_stacked else LABEL)
    for value in range(LOWEST, HIGHEST + 1):
        x = begin + (value - LOWEST) * (BOX + APART)
        yield _box(x, middle - BOX / 3, look, FILL if score and value <= score else "", score)
    words = assessment.score_words(item)
    weight = 600 if score else 0
    letters = Letters(size=LETTERS if score else SMALL, weight=weight)
    yield laid_text(begin + BOXES + 8, middle + 4, words, letters)
    yield line_between(MARGIN, y + high, wide - MARGIN, y + high, look.line)


def _box(x: float, y: float, look: Theme, fill: str, score: int | None) -> str:
    dashed = "" if score else "2.5 2.5"
    corner = f"M{px(x)} {px(y)}h{BOX}v{px(BOX * 2 / 3)}h-{BOX}z"
    return path_of(corner, fill=fill or "none", stroke=look.quiet, stroke_dasharray=dashed)


def _total(assessment: Assessment, y: float, look: Theme, page: float) -> Iterator[str]:
    """The total among all that there could be, with the names of the bands."""
    scale = assessment.scale
    wide = page - 2 * MARGIN
    words = assessment.words if assessment.total is not None else "No total: not classified."
    yield laid_text(MARGIN, y + 16, words, Letters(size=15, weight=600))

    def at(total: float) -> float:
        return MARGIN + wide * (total - scale.lowest) / max(1, scale.highest - scale.lowest)

    top, bottom = y + 34, y + 46
    if assessment.total is not None:
        yield rectangle(MARGIN, top, at(assessment.total) - MARGIN, bottom - top, FILL)
    yield path_of(f"M{MARGIN} {px(top)}h{px(wide)}v12h-{px(wide)}z", stroke=look.quiet)
    small = Letters(ink=look.quiet, size=SMALL)
    ends = [*(band.lowest for band in scale.bands), scale.highest]
    for band, (low, high) in zip(scale.bands, pairwise(ends), strict=False):
        yield line_between(at(low), top, at(low), bottom + 5, look.quiet)
        room = at(high) - at(low) - 4
        names = in_lines(f"{low} {band.name}", room, SMALL)[:2] if page > PHONE else ()
        for number, line in enumerate(names):
            yield laid_text(at(low) + 2, bottom + 14 + number * 11, line, small)
    if page <= PHONE:  # no room for a name below its band
        all_bands = "; ".join(f"{band.lowest} {band.name}" for band in scale.bands)
        for number, line in enumerate(in_lines(all_bands, wide, SMALL)[:2]):
            yield laid_text(MARGIN, bottom + 16 + number * 12, line, small)
    if not scale.bands:
        yield laid_text(MARGIN, bottom + 14, str(scale.lowest), small)
    end = Letters(ink=look.quiet, size=SMALL, anchor="end")
    yield laid_text(page - MARGIN, top - 4, f"up to {scale.highest}", end)
