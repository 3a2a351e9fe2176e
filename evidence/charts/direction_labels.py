"""The heads of rows of a plot of effect directions, also alone, to stand still while it scrolls."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from evidence.charts.direction_pages import (
    GROUP,
    LABEL,
    LEADING,
    LETTERS,
    MARGIN,
    SMALL,
    WIDE,
    Line,
    label_lines,
)
from evidence.charts.letters import laid_text, text_width
from evidence.charts.palette import Theme
from evidence.charts.picture import HEADS_SHARE
from evidence.charts.svg_parts import Letters, line_between, rectangle
from evidence.synthesis.direction_groups import Appraisal, GroupedStudy
from evidence.synthesis.directions import OutcomeSummary
from evidence.synthesis.sign_test import out_of_reach, p_text

STRIPS = {
    Appraisal.HIGH: "#2F7D32",
    Appraisal.SOME: "#C98A00",
    Appraisal.LOW: "#B3261E",
}
"""Colours of judgements; the word beside each says the same."""
HEADS_WIDE = WIDE * HEADS_SHARE
_BOLD = 1.08  # how much wider bold letters are, at most


def share_text(summary: OutcomeSummary) -> str:
    """How many of the clear directions are favourable."""
    return f"{summary.favourable} of {summary.clear}" if summary.clear else "–"


def interval_text(summary: OutcomeSummary) -> str:
    """The interval of the share, with p from six clear directions on (below, it says nothing)."""
    if summary.test is None:
        return "–"
    between = f"{100 * summary.test.low:.0f}–{summary.test.high:.0%}"
    if out_of_reach(summary.clear):
        return between
    return f"{p_text(summary.test.p).removeprefix('= ')}, {between}"


FEET: Mapping[str, Callable[[OutcomeSummary], str]] = {
    "Favourable of clear directions": share_text,
    "Sign test p, 95% interval": interval_text,
}
"""The lines below the studies of a design, and what stands in them."""


def row_label(line: Line, y: float) -> Iterator[str]:
    """What stands at the left of a line: a design, a study with its strip, or the name of counts.

    Args:
        line: of a page.
        y: its upper edge, in pixels.
    """
    if line.study is not None:
        yield from _study(line.study, line.high, y)
    elif line.foot is not None:
        yield laid_text(MARGIN + 10, y + 13, _words(line), Letters(size=SMALL, weight=600))
    else:
        yield laid_text(MARGIN, y + GROUP - 8, _words(line), Letters(size=LETTERS, weight=600))


def foot_panel(line: Line, y: float, right: float, look: Theme) -> str:
    """The ground of a line of counts, up to `right`."""
    high = line.high - 2 - (6 if line.foot else 0)
    return rectangle(MARGIN, y + 1, right - MARGIN, high, look.panel)


def heads_alone(lines: Sequence[Line], y: float, look: Theme) -> Iterator[str]:
    """The heads of some rows on their own ground, so that what scrolls below them is covered.

    Args:
        lines: of a page.
        y: upper edge of the first one, in pixels.
        look: the colours.
    """
    tops = [y + sum(line.high for line in lines[:at]) for at in range(len(lines))]
    for line, top in zip(lines, tops, strict=True):
        yield rectangle(0, top, _right(line), line.high, look.ground)
    for line, top in zip(lines, tops, strict=True):
        right = _right(line)
        if line.foot is not None:
            yield foot_panel(line, top, right, look)
        elif line.study is not None:
            yield line_between(MARGIN, top + line.high, right, top + line.high, look.line)
        yield from row_label(line, top)


def _study(study: GroupedStudy, high: float, y: float) -> Iterator[str]:
    strip = STRIPS.get(study.appraisal)
    if strip:
        yield rectangle(MARGIN, y + 3, 4, high - 6, strip)
    texts = label_lines(study.label)
    first = y + high / 2 + 4 - (len(texts) - 1) * LEADING / 2
    for number, text in enumerate(texts):
        yield laid_text(MARGIN + 10, first + number * LEADING, text, Letters(size=LETTERS))


def _words(line: Line) -> str:
    if line.foot is not None:
        return list(FEET)[line.foot]
    return line.group.title + (" (continued)" if line.is_continued else "")


def _right(line: Line) -> float:
    """Where the head of a line ends."""
    if line.study is not None:
        return MARGIN + LABEL - 3
    size = LETTERS if line.foot is None else SMALL
    return min(HEADS_WIDE, MARGIN + 16 + text_width(_words(line), size) * _BOLD)
