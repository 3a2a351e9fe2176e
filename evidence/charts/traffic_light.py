"""The traffic light on A4 pages: a row for each study, a column for each domain, the overall
judgement last with its words.

The form is that of robvis (doi:10.1002/jrsm.1411); signs and words say what colours say.
"""

from collections.abc import Iterator

from evidence.charts.judgement_marks import KEY_HEIGHT, RADIUS, draw_key, judgement_mark, key_lines
from evidence.charts.letters import laid_text
from evidence.charts.page_grid import (
    GridCell,
    GridColumn,
    GridRow,
    PageGrid,
    cut_line,
    page_grid_svgs,
)
from evidence.charts.page_parts import (
    SMALL,
)
from evidence.charts.palette import Theme
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import Letters, SvgTheme
from evidence.synthesis.appraisal.judgements import (
    CRITICAL_MARK,
    CRITICAL_WORD,
    NOT_JUDGED,
    Domain,
    DomainShares,
    JudgedRow,
    Judgement,
    JudgementTable,
    Unit,
    domain_shares,
)

BY_RULE = "By the published rule"
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


def traffic_light_svgs(table: JudgementTable, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one."""
    key = key_lines(table)

    def mark(cell: GridCell, look: Theme) -> Iterator[str]:
        level = table.rows[cell.row].judgements[cell.column].level
        yield from judgement_mark(level, cell.x, cell.y, look)

    def overall(cell: GridCell, look: Theme) -> Iterator[str]:
        judgement, words = _overall(table.rows[cell.row])
        yield from judgement_mark(judgement.level, cell.x, cell.y, look)
        words = cut_line(words, cell.wide - 2 * RADIUS - 6, SMALL)
        yield laid_text(cell.x + RADIUS + 6, cell.y + 4, words, Letters(size=SMALL))

    grid = PageGrid(
        name="traffic-light",
        title=_title(table),
        subtitle=_subtitle(table),
        text=described(table),
        columns=tuple(_column(each) for each in table.domains),
        rows=tuple(GridRow(label=row.study, below=row.result) for row in table.rows),
        aside=table.overall,
        notes=table.notes,
        draw_cell=mark,
        draw_aside=overall,
        draw_key=lambda y, look: draw_key(key, y, look),
        key_height=len(key) * KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def _column(domain: Domain) -> GridColumn:
    mark = CRITICAL_MARK if domain.is_critical else ""
    return GridColumn(name=f"{domain.name}{mark}", short=f"{domain.short}{mark}", mark=mark.strip())


def _overall(row: JudgedRow) -> tuple[Judgement, str]:
    """The overall judgement with its words; else what a rule makes of the items."""
    if row.by_rule and row.overall in {None, NOT_JUDGED}:
        return row.by_rule, f"{row.by_rule.words}, by the rule"
    judgement = row.overall or NOT_JUDGED
    return judgement, judgement.words


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
    critical = CRITICAL_WORD if shares.domain.is_critical else ""
    return f"{shares.domain.short}{critical}: {', '.join(parts)}"


def judgements_as_table(table: JudgementTable) -> PictureTable:
    """Rows by domains, as robvis and spreadsheets have them."""
    has_results = any(row.result for row in table.rows)
    has_rule = any(row.by_rule for row in table.rows)
    has_weights = any(row.weight is not None for row in table.rows)
    head = (
        "Review" if table.unit is Unit.REVIEW else "Study",
        *(("Result",) if has_results else ()),
        *(domain.marked_name for domain in table.domains),
        *(("Overall",) if table.overall else ()),
        *((BY_RULE,) if has_rule else ()),
        *(("Weight",) if has_weights else ()),
    )
    rows = tuple(
        (
            row.study,
            *((row.result,) if has_results else ()),
            *(judgement.words for judgement in row.judgements),
            *(((row.overall or NOT_JUDGED).words,) if table.overall else ()),
            *((row.by_rule.words if row.by_rule else None,) if has_rule else ()),
            *((row.weight,) if has_weights else ()),
        )
        for row in table.rows
    )
    return PictureTable(head=head, rows=rows)
