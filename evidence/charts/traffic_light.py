"""The traffic light on A4 pages: a row for each study, a column for each domain, the overall
judgement last with its words.

The form is that of robvis (doi:10.1002/jrsm.1411); signs and words say what colours say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.judgement_marks import (
    KEY_HEIGHT,
    LEADING,
    LETTERS,
    NOTE_LEADING,
    RADIUS,
    SMALL,
    draw_head,
    draw_key,
    draw_notes,
    head_height,
    judgement_mark,
    key_lines,
    note_lines,
    page_of,
)
from evidence.charts.labels import words_of
from evidence.charts.letters import in_lines, laid_text, widest_text
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
from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    Domain,
    DomainShares,
    JudgedRow,
    JudgementTable,
    Unit,
    domain_shares,
)

LABEL, WIDEST_LABEL, OVERALL = 230, 420, 136
"""Pixels for the label of a study, and for the overall judgement with its words."""
NARROW, BROAD = 40, 104
HEAD = 9.5
ROW = 22
_MOST_HEAD_LINES, _MOST_LABEL_LINES, _MOST_NAME_LINES = 4, 3, 4
_DESCRIBED = 40  # domains in the text alternative


def traffic_light_picture(table: JudgementTable, name: str = "traffic-light") -> Picture:
    """The traffic light with its table and what it says in words."""
    return Picture(
        name=name,
        title=_title(table),
        text=described(table),
        draw=lambda theme: traffic_light_svgs(table, theme=theme),
        table=judgements_as_table(table),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What stands on one page.

    Attributes:
        first: position of the first of its domains among all.
        label: pixels for the labels of its rows.
        heads: above the columns.
        names: of the domains in full, where the heads are not.
    """

    first: int
    domains: tuple[Domain, ...]
    heads: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    label: float
    column: float
    rows: tuple[JudgedRow, ...]

    @property
    def head_lines(self) -> int:
        return max((len(head) for head in self.heads), default=1)


def traffic_light_svgs(table: JudgementTable, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one."""
    look = colours(theme)
    subtitle = [_subtitle(table)]
    notes = note_lines([" ".join(table.notes)] if table.notes else [])
    key = key_lines(table)
    around = 2 * MARGIN + head_height(_title(table), subtitle)
    around += len(key) * KEY_HEIGHT + len(notes) * NOTE_LEADING + 24
    pages = list(_pages(table, HIGH - around))
    drawn = []
    for number, page in enumerate(pages, start=1):
        of = page_of(number, len(pages))
        y = MARGIN + head_height(_title(table), subtitle)
        parts = [*draw_head(_title(table), subtitle, of, look), *_heads(page, table, y, look)]
        y += (page.head_lines + 1) * LEADING + 4
        for row in page.rows:
            parts += _row(row, page, table, y, look)
            y += _height(row, page.label)
        y += 8
        parts += draw_key(key, y, look)
        y += len(key) * KEY_HEIGHT
        parts += _names(page.names, y, look)
        y += _names_height(page.names)
        parts += draw_notes(notes, y, look)
        told = Told(name=f"traffic-light-{number}", title=_title(table), text=described(table))
        high = y + len(notes) * NOTE_LEADING + MARGIN
        drawn.append(svg_text(told, WIDE, high, look, parts))
    return tuple(drawn)


def _title(table: JudgementTable) -> str:
    return f"{table.title}: judgements by domain"


def _subtitle(table: JudgementTable) -> str:
    if not table.rows:
        return f"No {table.unit} is judged yet."
    rows = table.unit.counted(len(table.rows))
    if not table.domains:
        return f"{rows}. No domain is judged."
    return f"{rows}, {_counted_domains(len(table.domains))}."


def _counted_domains(number: int) -> str:
    return "1 domain" if number == 1 else f"{number:,} domains"


def _pages(table: JudgementTable, room: float) -> Iterator[_Page]:
    """Domains that do not fit side by side go on further pages, and so do rows."""
    wide = WIDE - 2 * MARGIN - (OVERALL if table.overall else 0)
    parts = max(1, ceil(len(table.domains) / int((wide - LABEL) / NARROW)))
    each = max(1, ceil(len(table.domains) / parts))
    for first in range(0, max(1, len(table.domains)), each):
        domains = table.domains[first : first + each]
        column = min(BROAD, (wide - LABEL) / max(1, len(domains)))
        heads, names = _heads_and_names(domains, first, column)
        page = _Page(
            first=first,
            domains=domains,
            heads=heads,
            names=names,
            label=min(WIDEST_LABEL, wide - column * len(domains)),
            column=column,
            rows=(),
        )
        below = room - (page.head_lines + 1) * LEADING - _names_height(names)
        for rows in _broken(table.rows, below, page.label):
            yield replace(page, rows=rows)


def _heads_and_names(
    domains: Sequence[Domain], first: int, column: float
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What stands above the columns, and the names below that say it in full."""
    heads = _heads_in_words(domains, column)
    if heads is not None:
        unlike = (domain for domain in domains if domain.name != domain.short)
        return heads, tuple(f"{domain.short} – {domain.name}" for domain in unlike)
    numbers = range(first + 1, first + 1 + len(domains))
    names = tuple(
        domain.name if domain.name.startswith(f"{n}. ") else f"{n}. {domain.name}"
        for n, domain in zip(numbers, domains, strict=True)
    )
    return tuple((str(number),) for number in numbers), names


def _heads_in_words(domains: Sequence[Domain], column: float) -> tuple[tuple[str, ...], ...] | None:
    """Short names above their columns; None where one does not fit."""
    room = column - 6
    if widest_text([word for d in domains for word in words_of(d.short)], HEAD) > room:
        return None
    heads = tuple(tuple(in_lines(domain.short, room, HEAD)) for domain in domains)
    return heads if max(map(len, heads), default=0) <= _MOST_HEAD_LINES else None


def _broken(
    rows: Sequence[JudgedRow], room: float, label: float
) -> Iterator[tuple[JudgedRow, ...]]:
    page: list[JudgedRow] = []
    used = 0.0
    for row in rows:
        if page and used + _height(row, label) > room:
            yield tuple(page)
            page, used = [], 0.0
        page.append(row)
        used += _height(row, label)
    if page or not rows:
        yield tuple(page)


def _label(row: JudgedRow, label: float) -> list[tuple[str, bool]]:
    """The lines of a label; each with whether it is of the result."""
    study = cut_lines(row.study, label - 12, LETTERS, _MOST_LABEL_LINES)
    result = cut_lines(row.result, label - 12, SMALL, _MOST_LABEL_LINES) if row.result else []
    return [*((line, False) for line in study), *((line, True) for line in result)]


def cut_lines(text: str, room: float, size: float, most: int) -> list[str]:
    """Text in at most so many lines; what is cut off is told by three dots."""
    lines = in_lines(text[:1000], room, size)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _height(row: JudgedRow, label: float) -> float:
    return max(ROW, len(_label(row, label)) * LEADING + 8)


def _heads(page: _Page, table: JudgementTable, y: float, look: Theme) -> Iterator[str]:
    bottom = y + page.head_lines * LEADING
    for at, head in enumerate(page.heads):
        for number, line in enumerate(reversed(head)):
            centred = Letters(size=HEAD, anchor="middle")
            yield laid_text(_x(page, at), bottom - number * LEADING, line, centred)
    if table.overall:
        x = _overall_x(page)
        shown = cut_lines(table.overall, OVERALL - 8, SMALL, 1)[0]
        yield laid_text(x - RADIUS, bottom, shown, Letters(size=SMALL, weight=600))
    yield line_between(MARGIN, bottom + 7, _right(page, table), bottom + 7, look.quiet)


def _x(page: _Page, at: int) -> float:
    return MARGIN + page.label + (at + 0.5) * page.column


def _overall_x(page: _Page) -> float:
    return MARGIN + page.label + len(page.domains) * page.column + 24


def _right(page: _Page, table: JudgementTable) -> float:
    columns = MARGIN + page.label + len(page.domains) * page.column
    return columns + (OVERALL if table.overall else 0)


def _row(
    row: JudgedRow, page: _Page, table: JudgementTable, y: float, look: Theme
) -> Iterator[str]:
    high = _height(row, page.label)
    middle = y + high / 2
    lines = _label(row, page.label)
    first = middle + 4 - (len(lines) - 1) * LEADING / 2
    for number, (line, is_result) in enumerate(lines):
        letters = Letters(ink=look.quiet, size=SMALL) if is_result else Letters(size=LETTERS)
        yield laid_text(MARGIN, first + number * LEADING, line, letters)
    for at in range(len(page.domains)):
        yield from judgement_mark(row.judgements[page.first + at].level, _x(page, at), middle, look)
    if table.overall:
        overall = row.overall or NOT_JUDGED
        x = _overall_x(page)
        yield from judgement_mark(overall.level, x, middle, look)
        words = cut_lines(overall.words, OVERALL - 24 - 2 * RADIUS - 6, SMALL, 1)[0]
        yield laid_text(x + RADIUS + 6, middle + 4, words, Letters(size=SMALL))
    yield line_between(MARGIN, y + high, _right(page, table), y + high, look.line)


def _name_blocks(names: Sequence[str]) -> list[list[str]]:
    room = (WIDE - 2 * MARGIN) / 2 - 20
    return [cut_lines(name, room, SMALL, _MOST_NAME_LINES) for name in names]


def _half(blocks: Sequence[Sequence[str]]) -> int:
    return ceil(len(blocks) / 2)


def _names_height(names: Sequence[str]) -> float:
    blocks = _name_blocks(names)
    half = _half(blocks)
    lines = max(sum(map(len, blocks[:half])), sum(map(len, blocks[half:])))
    return lines * LEADING + 8 if blocks else 0


def _names(names: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    """The domains in full, in two columns."""
    blocks = _name_blocks(names)
    half = _half(blocks)
    for column, some in enumerate((blocks[:half], blocks[half:])):
        x = MARGIN + column * (WIDE - 2 * MARGIN) / 2
        for number, line in enumerate([line for block in some for line in block], start=1):
            small = Letters(ink=look.quiet, size=SMALL)
            yield laid_text(x, y + number * LEADING, line, small)


def described(table: JudgementTable) -> str:
    """What the judgements come to, domain by domain, for those who hear it."""
    shares = domain_shares(table) if table.rows else ()
    overall = [each for each in shares if each.is_overall]
    others = [each for each in shares if not each.is_overall]
    said = [_said(each) for each in (*overall, *others[:_DESCRIBED])]
    more = len(others) - _DESCRIBED
    if more > 0:
        said.append(f"and {_counted_domains(more)} more, which stand in the table")
    return " ".join([f"{_title(table)}.", _subtitle(table), *(f"{each}." for each in said)])


def _said(shares: DomainShares) -> str:
    parts = (f"{share.number:,} {share.words.lower()}" for share in shares.shares)
    return f"{shares.domain.short}: {', '.join(parts)}"


def judgements_as_table(table: JudgementTable) -> PictureTable:
    """Rows by domains, as robvis and spreadsheets have them."""
    has_results = any(row.result for row in table.rows)
    has_weights = any(row.weight is not None for row in table.rows)
    head = (
        "Review" if table.unit is Unit.REVIEW else "Study",
        *(("Result",) if has_results else ()),
        *(domain.name for domain in table.domains),
        *(("Overall",) if table.overall else ()),
        *(("Weight",) if has_weights else ()),
    )
    rows = tuple(
        (
            row.study,
            *((row.result,) if has_results else ()),
            *(judgement.words for judgement in row.judgements),
            *(((row.overall or NOT_JUDGED).words,) if table.overall else ()),
            *((row.weight,) if has_weights else ()),
        )
        for row in table.rows
    )
    return PictureTable(head=head, rows=rows)
