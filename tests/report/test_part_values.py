"""What a live part said is remembered by what a reader sees, not by numbers of a database."""

import hashlib
from dataclasses import replace

import pytest

from evidence.report.live_content import (
    LiveContent,
    NotLive,
    ReportFigure,
    ReportList,
    ReportRow,
    ReportTable,
)
from evidence.report.part_values import PartValue, is_other, part_value
from evidence.report.statements import Statement

LABELS = {1: "Drake 1996", 2: "Bond 2001"}
ELSEWHERE = {71: "Drake 1996", 72: "Bond 2001"}


def contents(one: int, two: int) -> list[LiveContent]:
    """The same four parts, over studies with these ids."""
    rows = (ReportRow(cells=("Drake 1996", "3"), studies=(one,), anchor=f"row-{one}"),)
    return [
        Statement(text="2 of 2 studies.", studies=(one, two)),
        ReportTable(caption="Studies", head=("Study", "n"), rows=rows, note="n: people."),
        ReportFigure(name="map", studies=(two, one)),
        ReportList(lines=(Statement(text="Drake 1996", studies=(one,)),), empty="None."),
    ]


def now(content: LiveContent, labels: dict[int, str] | None = None) -> PartValue:
    found = part_value(content, LABELS if labels is None else labels, "shown")
    assert found is not None
    return found


@pytest.mark.parametrize("place", range(4))
def test_a_part_says_the_same_after_an_archive_gave_its_studies_other_numbers(place: int) -> None:
    here, there = contents(1, 2)[place], contents(71, 72)[place]
    assert now(here) == now(there, ELSEWHERE)
    assert not is_other(now(here), now(there, ELSEWHERE), there)


def test_each_thing_that_a_reader_sees_makes_another_value() -> None:
    words, table, figure, _ = contents(1, 2)
    assert isinstance(words, Statement)
    assert isinstance(table, ReportTable)
    others: list[LiveContent] = [
        replace(words, text="1 of 2 studies."),
        replace(words, studies=(1,)),
        replace(table, note="n: people coded."),
        replace(table, rows=(replace(table.rows[0], cells=("Drake 1996", "4")),)),
        replace(table, rows=()),
        ReportFigure(name="map", studies=(1,)),
        ReportList(lines=(), empty="None."),
    ]
    digests = [now(each).digest for each in [*contents(1, 2), *others]]
    assert len(set(digests)) == len(digests)
    assert part_value(figure, LABELS, "other numbers") != now(figure)
    assert part_value(NotLive(why="no"), LABELS) is None


@pytest.mark.parametrize("place", range(4))
def test_what_an_early_waymark_kept_is_not_told_as_changed_by_an_upgrade(place: int) -> None:
    content = contents(1, 2)[place]
    then = hashlib.sha256(f"{content!r}early".encode()).hexdigest()[:16]
    kept = PartValue(digest=then, text=now(content).text)
    assert not is_other(kept, now(content), content, "early")
    if place == 0:  # of a sentence the words are known, so numbers of studies do not matter
        moved = contents(71, 72)[0]
        assert not is_other(kept, now(moved, ELSEWHERE), moved)
        assert is_other(replace(kept, text="1 of 2 studies."), now(content), content)
    else:
        assert is_other(kept, now(content), content, "other numbers")
