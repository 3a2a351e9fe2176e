"""How a plot of effect directions is laid out on A4 pages, landscape.

Outcomes that do not fit side by side go on further pages, and so do studies; each page has the
heads of its rows and columns, so that it can be read alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from evidence.charts.labels import words_of
from evidence.charts.letters import in_lines, widest_text
from evidence.synthesis.dimensions import Heading
from evidence.synthesis.direction_groups import DirectionGroup, DirectionGroups, GroupedStudy

WIDE, HIGH = 1123, 794
"""An A4 page in pixels of CSS (297 by 210 mm)."""
MARGIN = 30
LABEL, WORD, NUMBER = 146, 70, 30
"""Pixels for a study's label, its appraisal in words, and its number of people."""
ROWS_FROM = MARGIN + LABEL + WORD + NUMBER + 6
NARROW, BROAD = 52, 104
"""Pixels of a column."""
LEADING = 12.5
SMALL = 10.5
HEAD = 9.5
LETTERS = 12
ROW, GROUP, FOOT = 20, 24, 17
APART = 3.2  # between the heads of two columns
MOST_HEAD_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a page.

    Attributes:
        group: to which it belongs.
        study: None for the head of a group or a line of its counts.
        foot: the position of its count; None where it is none.
        is_continued: for the head of a group that began on an earlier page.
    """

    high: float
    group: DirectionGroup
    study: GroupedStudy | None = None
    foot: int | None = None
    is_continued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on one page.

    Attributes:
        column: how wide each column is, in pixels.
        lines: with the room that each takes.
    """

    outcomes: tuple[Heading, ...]
    column: float
    lines: tuple[Line, ...]

    @property
    def right(self) -> float:
        """Where the columns end."""
        return ROWS_FROM + self.column * max(1, len(self.outcomes))


def label_lines(label: str) -> list[str]:
    """A study's label as it stands in its row."""
    return in_lines(label, LABEL - 16, LETTERS)


def head_lines(heading: Heading, column: float) -> list[str]:
    """An outcome's label as it stands above its column."""
    return in_lines(heading.label, column - APART, HEAD)


def heads_height(outcomes: Sequence[Heading], column: float) -> float:
    """How high the heads of the columns are, with the groups above them."""
    most = max((len(head_lines(heading, column)) for heading in outcomes), default=1)
    return LEADING * (most + 1) + 16


def groups_above(outcomes: Sequence[Heading]) -> Iterator[tuple[str, int, int]]:
    """Label of the top heading, first column and number of columns, of columns side by side.

    A heading without others beside it under the same top one is its own group; then the label is
    empty, since the column says it.
    """
    first = 0
    for top, several in groupby(outcomes, key=lambda heading: (*heading.above, heading.label)[0]):
        headings = list(several)
        yield ("" if headings[0].label == top and len(headings) == 1 else top), first, len(headings)
        first += len(headings)


def pages(groups: DirectionGroups, feet: int, used: float) -> list[Page]:
    """All pages, at least one.

    Args:
        groups: what is shown.
        feet: how many lines of counts each group has.
        used: pixels that title and notes take on each page.
    """
    across = max(1, int((WIDE - MARGIN - ROWS_FROM) / _least_width(groups.outcomes)))
    made = []
    for outcomes in list(_evenly(groups.outcomes, across)) or [()]:
        column = min(BROAD, (WIDE - MARGIN - ROWS_FROM) / max(1, len(outcomes)))
        room = HIGH - 2 * MARGIN - used - heads_height(outcomes, column)
        made += [
            Page(outcomes=outcomes, column=column, lines=tuple(lines))
            for lines in _broken(list(_lines(groups, feet)), room)
        ]
    return made


def _least_width(outcomes: Sequence[Heading]) -> float:
    """As narrow as labels allow, so that no word is broken and none takes many lines."""
    words = [word for heading in outcomes for word in words_of(heading.label)]
    least = min(BROAD, max(NARROW, widest_text(words, HEAD) + APART))
    while least < BROAD and heads_height(outcomes, least) > LEADING * (MOST_HEAD_LINES + 1) + 16:
        least += 6
    return least


def _evenly(outcomes: tuple[Heading, ...], most: int) -> Iterator[tuple[Heading, ...]]:
    """In as few parts as can be, none much larger than another."""
    parts = max(1, ceil(len(outcomes) / most))
    each = max(1, ceil(len(outcomes) / parts))
    for first in range(0, len(outcomes), each):
        yield outcomes[first : first + each]


def _lines(groups: DirectionGroups, feet: int) -> Iterator[Line]:
    for group in groups.groups:
        yield Line(high=GROUP, group=group)
        for study in group.studies:
            high = max(ROW, LEADING * len(label_lines(study.label)) + 8)
            yield Line(high=high, group=group, study=study)
        for foot in range(feet):
            yield Line(high=FOOT + (6 if foot == feet - 1 else 0), group=group, foot=foot)


def _broken(lines: list[Line], room: float) -> Iterator[list[Line]]:
    """Lines by page: no head stands last, no counts without the line before them."""
    page: list[Line] = []
    used = 0.0
    for at, line in enumerate(lines):
        with_next = line.high + _kept_with(lines, at)
        if page and used + with_next > room:
            yield page
            again = line.study is not None or line.foot is not None
            page = [Line(high=GROUP, group=line.group, is_continued=True)] if again else []
            used = sum(one.high for one in page)
        page.append(line)
        used += line.high
    if page or not lines:
        yield page


def _kept_with(lines: Sequence[Line], at: int) -> float:
    """Pixels of what must stand on the same page as a line: a head's first study, the counts."""
    line, after = lines[at], lines[at + 1 :]
    if line.foot is not None:
        return 0
    more = 0.0
    for following in after:
        if following.group is not line.group:
            break
        if following.foot is not None:
            more += following.high
        elif line.study is None:
            return following.high
        else:
            return 0
    return more
