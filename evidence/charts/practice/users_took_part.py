"""How many service users took part in the monitoring, quarter by quarter, a line for each service.

Somebody can take part in several quarters, so numbers of quarters are never added up.
"""

from collections.abc import Sequence

from evidence.charts.picture import Picture, PictureTable
from evidence.charts.practice.lines_over_time import (
    MOST_LINES,
    FiguresOverTime,
    TimeLine,
    TimePoint,
    over_time_picture,
)
from evidence.charts.practice.monitoring_over_time import MOST_QUARTERS
from evidence.synthesis.practice.monitoring import QuarterReport
from evidence.synthesis.practice.occasion import quarter_at

TITLE = "Service users who took part in the monitoring"
NOT_SUMMED = (
    "Otherwise than by being counted. One person can take part in several quarters, so quarters "
    "are not added up. A quarter without a number breaks the line."
)


def took_part_picture(reports: Sequence[QuarterReport]) -> Picture | None:
    """Lines of the services that reported any; None where no quarter has a number.

    Args:
        reports: that count, by service and quarter.
    """
    told = [each for each in reports if each.quarter and each.took_part is not None]
    if not told:
        return None
    names = dict.fromkeys((each.service, each.service_name) for each in told)
    drawn = list(names)[:MOST_LINES]
    more = [name for _, name in list(names)[MOST_LINES:]]
    rest = [f"Not drawn, and in the table: {'; '.join(more)}."] if more else []
    return over_time_picture(
        FiguresOverTime(
            name="monitoring-took-part",
            title=TITLE,
            subtitle="People, by quarter, as services reported them.",
            unit="People",
            lines=tuple(_line(service, name, told) for service, name in drawn),
            notes=(NOT_SUMMED, *rest),
            table=PictureTable(
                head=("Service", "Quarter", "Service users who took part", "Clients"),
                rows=tuple((e.service_name, str(e.quarter), e.took_part, e.clients) for e in told),
            ),
        )
    )


def _line(service: str, name: str, told: Sequence[QuarterReport]) -> TimeLine:
    places = [each.quarter.place for each in told if each.quarter]
    last = max(places)
    people = {e.quarter.place: e.took_part for e in told if e.service == service and e.quarter}
    return TimeLine(
        name=name,
        points=tuple(
            TimePoint(at=place, when=str(quarter_at(place)), value=people.get(place))
            for place in range(max(min(places), last - MOST_QUARTERS + 1), last + 1)
        ),
    )
