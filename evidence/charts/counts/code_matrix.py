"""Studies by codes on A4 pages; of several questions of the same codes each has its own sign."""

from collections.abc import Iterable, Iterator

from evidence.charts.direction_pages import MARGIN, WIDE
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import (
    GridCell,
    GridColumn,
    GridRow,
    PageGrid,
    cut_line,
    page_grid_svgs,
)
from evidence.charts.page_parts import SMALL
from evidence.charts.palette import Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import Letters, SvgTheme, path_of, px
from evidence.synthesis.counts.code_matrix import CodeMatrix
from evidence.synthesis.study_counts import studies_in_words

KEY_HEIGHT = 26
APART, RADIUS = 11.0, 4.2
"""Pixels from sign to sign in a cell, and from the middle of a sign to its edge."""
_WORDS = {True: "yes", False: "no", None: ""}
_TRIANGLE = 2  # the position of the first question whose sign is no circle


def code_matrix_picture(matrix: CodeMatrix, rests_on: str = "") -> Picture:
    """The matrix with its table.

    Args:
        matrix: studies and their codes.
        rests_on: a sentence on what has been counted, for the note.
    """
    title = _title(matrix)
    return Picture(
        name="studies-by-code",
        title=title,
        text=f"{title}. {_base(matrix)}",
        draw=lambda theme: code_matrix_svgs(matrix, rests_on, theme=theme),
        table=_table(matrix),
    )


def code_matrix_svgs(
    matrix: CodeMatrix, rests_on: str = "", *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one; the row below all has how many studies have each code."""
    questions = range(len(matrix.questions))

    def in_cell(place: GridCell, look: Theme) -> Iterator[str]:
        is_total = place.row >= len(matrix.studies)
        if place.column >= len(matrix.headings):
            yield from _answer(matrix, place, place.column - len(matrix.headings))
        elif is_total:
            heading = matrix.headings[place.column].id
            numbers = (matrix.of_heading(heading, question) for question in questions)
            yield from _numbers(numbers, place.x, place.y, matrix)
        else:
            yield from _signs(matrix, place, look)

    def in_all(place: GridCell, _: Theme) -> Iterator[str]:
        if place.row < len(matrix.studies):
            study = matrix.studies[place.row].id
            numbers = [matrix.of_study(study, question) for question in questions]
            yield from _numbers(numbers, place.x - _shift(0, matrix), place.y, matrix)

    columns = [GridColumn(name=each.path, short=each.label) for each in matrix.headings]
    columns += [GridColumn(name=name, short=name) for name in matrix.yes_no]
    grid = PageGrid(
        name="codes",
        title=_title(matrix),
        subtitle=_base(matrix),
        text=f"{_title(matrix)}. {_base(matrix)}",
        columns=tuple(columns),
        rows=(
            *(GridRow(label=study.label) for study in matrix.studies),
            *([GridRow(label="Studies", apart=True)] if matrix.studies else []),
        ),
        aside="Codes",
        notes=(*_notes(matrix), *([rests_on] if rests_on else [])),
        draw_cell=in_cell,
        draw_aside=in_all,
        draw_key=lambda y, look: _key(matrix, y, look),
        key_height=KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def _signs(matrix: CodeMatrix, place: GridCell, look: Theme) -> Iterator[str]:
    study, heading = matrix.studies[place.row].id, matrix.headings[place.column].id
    for question in sorted(matrix.carried.get((study, heading), ())):
        yield _sign(question, place.x + _shift(question, matrix), place.y, look)


def _answer(matrix: CodeMatrix, place: GridCell, question: int) -> Iterator[str]:
    """Yes or no of a study; below them, how many say yes."""
    if place.row < len(matrix.studies):
        text = _WORDS[matrix.answers.get((matrix.studies[place.row].id, question))]
    else:
        text = f"{sum(_of_question(matrix, question)):,} yes"
    weight = 600 if text == "yes" else 0
    letters = Letters(size=SMALL, anchor="middle", weight=weight)
    yield laid_text(place.x, place.y + 4, text, letters)


def _shift(question: int, matrix: CodeMatrix) -> float:
    """Each question has its own place in a cell, so that signs stand below each other."""
    return (question - (len(matrix.questions) - 1) / 2) * APART


def _sign(question: int, x: float, y: float, look: Theme) -> str:
    """An empty circle, a full one, a triangle, a square: they differ in form, not in colour."""
    at, r = f"M{px(x)} {px(y)}", RADIUS
    if question < _TRIANGLE:
        fill = look.ink if question else look.ground
        return (
            f'<circle cx="{px(x)}" cy="{px(y)}" r="{r}" fill="{fill}" stroke="{look.ink}" '
            'stroke-width="1.4"/>'
        )
    if question == _TRIANGLE:
        return path_of(f"{at}m0-{r}l{r} {2 * r}h-{2 * r}z", fill=look.ink)
    return path_of(f"{at}m-{r}-{r}h{2 * r}v{2 * r}h-{2 * r}z", fill=look.ink)


def _numbers(numbers: Iterable[int], x: float, y: float, matrix: CodeMatrix) -> Iterator[str]:
    for question, number in enumerate(numbers):
        letters = Letters(size=SMALL, anchor="middle")
        yield laid_text(x + _shift(question, matrix), y + 4, f"{number:,}", letters)


def _key(matrix: CodeMatrix, y: float, look: Theme) -> Iterator[str]:
    """What the signs mean; numbers stand in the same order."""
    x, middle = MARGIN + RADIUS, y + KEY_HEIGHT / 2
    room = (WIDE - 2 * MARGIN) / len(matrix.questions) - 36
    for question, title in enumerate(matrix.questions):
        name = cut_line(title, room, SMALL)
        yield _sign(question, x, middle, look)
        yield laid_text(x + RADIUS + 6, middle + 4, name, Letters(size=SMALL))
        x += RADIUS + 6 + text_width(name, SMALL) + 22


def _title(matrix: CodeMatrix) -> str:
    return f"{matrix.questions[0]}, study by study"


def _base(matrix: CodeMatrix) -> str:
    if not matrix.studies:
        return "No study has such a code yet."
    each = (
        f"“{name}”: {studies_in_words(matrix.studies_of(question))}"
        for question, name in enumerate(matrix.questions)
    )
    yes = (
        f"“{name}”, yes: {studies_in_words(sum(_of_question(matrix, at)))}"
        for at, name in enumerate(matrix.yes_no)
    )
    return f"{studies_in_words(len(matrix.studies))}. {'; '.join([*each, *yes])}."


def _of_question(matrix: CodeMatrix, question: int) -> Iterator[bool]:
    return (yes for (_, at), yes in matrix.answers.items() if at == question)


def _notes(matrix: CodeMatrix) -> Iterator[str]:
    if len(matrix.questions) > 1:
        yield "Numbers stand in the order of the signs, of studies below and of codes beside."
    if any(heading.depth for heading in matrix.headings):
        yield (
            "A code has the signs of the codes below it, too; beside a study it is not counted "
            "with them."
        )
    if matrix.without:
        yield f"{studies_in_words(matrix.without)} without such a code left out."
    if matrix.left_out:
        codes = "code" if matrix.left_out == 1 else "codes"
        yield f"{matrix.left_out:,} {codes} of no study left out."


def _table(matrix: CodeMatrix) -> PictureTable:
    """A row for each study and code that it has; a column for each question. A study that only has
    answers of yes or no has one row.
    """
    rows: list[tuple[Cell, ...]] = []
    for study in matrix.studies:
        answers = [_WORDS[matrix.answers.get((study.id, at))] for at in range(len(matrix.yes_no))]
        carried = [
            (heading.path, matrix.carried[study.id, heading.id])
            for heading in matrix.headings
            if (study.id, heading.id) in matrix.carried
        ]
        for path, positions in carried or [("", frozenset())]:
            signs = ("yes" if at in positions else "" for at in range(len(matrix.questions)))
            rows.append((study.label, path, *signs, *answers))
    head = ("Study", "Code", *matrix.questions, *matrix.yes_no)
    return PictureTable(head=head, rows=tuple(rows))
