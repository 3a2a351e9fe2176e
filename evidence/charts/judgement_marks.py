"""How judgements are drawn: a colour, a sign and words, so that none is needed alone.

From favourable to critical colours grow darker, so that the order is also seen in grey.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN, WIDE
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_parts import SMALL
from evidence.charts.palette import Theme, letters_on
from evidence.charts.svg_parts import Letters, px
from evidence.synthesis.appraisal.judgements import JudgementTable, Level

RADIUS = 8.5
KEY_HEIGHT = 26
_MOST_WORDS = 4  # of a level, in its key


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelMark:
    """How one level is drawn.

    Attributes:
        fill: empty for the ground.
        sign: inside.
    """

    fill: str
    sign: str


MARKS = {
    Level.FAVOURABLE: LevelMark(fill="#A9DAB9", sign="+"),
    Level.MIDDLING: LevelMark(fill="#E8AE35", sign="−"),
    Level.UNFAVOURABLE: LevelMark(fill="#B8432F", sign="×"),
    Level.CRITICAL: LevelMark(fill="#4D0F1D", sign="!"),
    Level.NO_INFORMATION: LevelMark(fill="#7FA3C7", sign="?"),
    Level.UNRANKED: LevelMark(fill="#D5DBE2", sign="•"),
    Level.NOT_APPLICABLE: LevelMark(fill="", sign="n/a"),
    Level.NOT_JUDGED: LevelMark(fill="", sign=""),
}


def judgement_mark(level: Level, x: float, y: float, look: Theme) -> Iterator[str]:
    """A circle around x and y with the sign of a level; not judged is an empty dashed one."""
    mark = MARKS[level]
    dashed = ' stroke-dasharray="2.5 2.5"' if level is Level.NOT_JUDGED else ""
    yield (
        f'<circle cx="{px(x)}" cy="{px(y)}" r="{RADIUS}" fill="{mark.fill or look.ground}" '
        f'stroke="{look.ink}" stroke-width="0.8"{dashed}/>'
    )
    if mark.sign:
        yield sign_at(level, x, y, look)


def sign_at(level: Level, x: float, y: float, look: Theme) -> str:
    """The sign of a level, its middle at x and y."""
    mark = MARKS[level]
    size = 14 if len(mark.sign) == 1 else 8
    ink = letters_on(mark.fill) if mark.fill else look.ink
    return laid_text(
        x, y + size * 0.34, mark.sign, Letters(ink=ink, size=size, anchor="middle", weight=700)
    )


def level_words(words: Sequence[str]) -> str:
    """The words of a level in its key; of many the first few."""
    more = "" if len(words) <= _MOST_WORDS else " …"
    return " / ".join(words[:_MOST_WORDS]) + more


def key_lines(table: JudgementTable) -> list[list[tuple[Level, str]]]:
    """What each level means, in lines that fit a page."""
    lines: list[list[tuple[Level, str]]] = [[]]
    x: float = MARGIN
    for level, words in table.words_by_level().items():
        said = level_words(words)[:120]
        wide = 2 * RADIUS + 22 + text_width(said, SMALL)
        if lines[-1] and x + wide > WIDE - MARGIN:
            lines.append([])
            x = MARGIN
        lines[-1].append((level, said))
        x += wide
    return [line for line in lines if line]


def draw_key(lines: Sequence[Sequence[tuple[Level, str]]], y: float, look: Theme) -> Iterator[str]:
    """What each level means; y is the upper edge."""
    for number, line in enumerate(lines):
        middle = y + (number + 0.5) * KEY_HEIGHT
        x: float = MARGIN
        for level, words in line:
            yield from judgement_mark(level, x + RADIUS, middle, look)
            yield laid_text(x + 2 * RADIUS + 5, middle + 4, words, Letters(size=SMALL))
            x += 2 * RADIUS + 22 + text_width(words, SMALL)
