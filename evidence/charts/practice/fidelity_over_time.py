"""How the totals of one service changed, with the bands of its scale."""

from collections.abc import Sequence

from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.practice.lines_over_time import (
    FiguresOverTime,
    TimeLine,
    TimePoint,
    over_time_picture,
)
from evidence.synthesis.practice.fidelity import Assessment
from evidence.synthesis.practice.fidelity_over_time import FidelityOccasion
from evidence.synthesis.practice.occasion import time_of

NO_MEAN = (
    "Where several people assessed the service at one time and differ, each has a point of their "
    "own; there is no mean. A time without a total has no point, and breaks the line."
)
TREND_HEAD = ("Service", "Total", "Band", "When", "Assessor", "Items without a score", "Scale")


def fidelity_trend_picture(in_time: Sequence[FidelityOccasion]) -> Picture:
    """Totals of one service on one scale; each assessor of a time has their own line.

    Args:
        in_time: at least one, the earliest first.
    """
    first = in_time[0].first
    scale = first.scale
    return over_time_picture(
        FiguresOverTime(
            name="fidelity-trend",
            title=f"Fidelity of {first.service_name} over time",
            subtitle=f"{scale.title}: totals of {scale.lowest} to {scale.highest}.",
            unit="Total",
            lines=_lines(in_time),
            lowest=scale.lowest,
            highest=scale.highest,
            levels=tuple((b.lowest, f"{b.name} from {b.lowest}") for b in scale.bands[1:]),
            notes=(NO_MEAN,),
            table=assessments_table([each for o in in_time for each in o.assessments]),
        )
    )


def assessments_table(assessments: Sequence[Assessment]) -> PictureTable:
    """Assessments, a row each, with total and band or what is missing."""
    rows: list[tuple[Cell, ...]] = [
        (
            each.service_name,
            each.total,
            each.band or ("not classified" if each.total is None else "no bands"),
            each.occasion,
            each.assessor,
            "; ".join(f"{i.name} ({each.score_words(i)})" for i in each.open_items),
            each.scale.title,
        )
        for each in assessments
    ]
    return PictureTable(head=TREND_HEAD, rows=tuple(rows))


def _lines(in_time: Sequence[FidelityOccasion]) -> tuple[TimeLine, ...]:
    """Totals on a line; where assessors of one time differ, their totals stand apart as points."""
    lines = [TimeLine(name="Total", points=tuple(_point(o, o.total) for o in in_time))]
    apart = [
        _point(o, each.total) for o in in_time if o.total is None for each in o.assessments
        if each.total is not None
    ]  # fmt: skip
    if apart:
        lines.append(
            TimeLine(name="Total of one of several assessors", points=tuple(apart), is_joined=False)
        )
    return tuple(lines)


def _point(occasion: FidelityOccasion, value: int | None) -> TimePoint:
    return TimePoint(at=time_of(occasion.occasion) or 0, when=occasion.occasion, value=value)
