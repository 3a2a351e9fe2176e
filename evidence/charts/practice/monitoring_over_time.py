"""Outcomes of one service, quarter by quarter: as a table, and as lines that break at a gap."""

from collections.abc import Iterator, Sequence

from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.practice.lines_over_time import (
    FiguresOverTime,
    TimeLine,
    TimePoint,
    over_time_picture,
)
from evidence.synthesis.practice.monitoring import OutcomeCategory, QuarterReport, Share
from evidence.synthesis.practice.occasion import Quarter, quarter_at

OVERLAP_MARK = " *"
OVERLAP_NOTE = "* People in this category can be in another one, too; it is never added up."
NOT_REPORTED = ""
MOST_QUARTERS = 80


def monitoring_picture(
    reports: Sequence[QuarterReport], categories: Sequence[OutcomeCategory], *, as_percent: bool
) -> Picture:
    """Lines of all categories of one service.

    Args:
        reports: of the service, at least one, by quarter.
        categories: in the order of the scheme.
        as_percent: per cent of the clients of each quarter instead of people.
    """
    by_place = {e.quarter.place: e for e in reports if e.quarter is not None}
    last = max(by_place)
    places = range(max(min(by_place), last - MOST_QUARTERS + 1), last + 1)
    lines = tuple(
        TimeLine(
            name=_name(each),
            points=tuple(
                _point(quarter_at(place), by_place.get(place), each, as_percent=as_percent)
                for place in places
            ),
        )
        for each in categories
    )
    name = reports[0].service_name
    unit = "Per cent of the clients" if as_percent else "People"
    return over_time_picture(
        FiguresOverTime(
            name="monitoring",
            title=f"Vocational outcomes of {name}",
            subtitle=f"{unit}, by quarter, as the service reported them.",
            unit=unit,
            lines=lines,
            notes=(
                _notes(as_percent=as_percent),
                *_left_out(reports, categories, lines, as_percent=as_percent),
            ),
            table=monitoring_table(reports, categories),
        )
    )


def monitoring_table(
    reports: Sequence[QuarterReport], categories: Sequence[OutcomeCategory]
) -> PictureTable:
    """Quarters, a row each; every share with its base."""
    rows: list[tuple[Cell, ...]] = [
        (
            each.service_name,
            each.occasion,
            each.clients,
            *(_words(each.outcomes.get(category.id)) for category in categories),
            _words(each.any_outcome),
            _words(each.retention),
            each.took_part,
            each.remarks,
        )
        for each in reports
    ]
    head = (
        "Service",
        "Quarter",
        "Clients",
        *map(_name, categories),
        "Any outcome",
        "Kept paid employment, of those in it at the start",
        "Service users who took part",
        "Remarks",
    )
    return PictureTable(head=head, rows=tuple(rows))


def _words(share: Share | None) -> str:
    return NOT_REPORTED if share is None else share.words


def _name(category: OutcomeCategory) -> str:
    return f"{category.name}{OVERLAP_MARK if category.overlaps else ''}"


def _notes(*, as_percent: bool) -> str:
    base = " The base is the number of clients of each quarter, in the table." if as_percent else ""
    return f"{OVERLAP_NOTE} A quarter without a figure breaks the line.{base}"


def _left_out(
    reports: Sequence[QuarterReport],
    categories: Sequence[OutcomeCategory],
    lines: Sequence[TimeLine],
    *,
    as_percent: bool,
) -> Iterator[str]:
    """What has no point though it was reported, and outcomes without any figure."""
    told = [
        f"{each.quarter}, {category.name}: {share.words}"
        for each in reports
        for category in categories
        if (share := each.outcomes.get(category.id))
        and _value(share, as_percent=as_percent) is None
    ]
    if told:
        kind = "without a base, so not as a percentage" if as_percent else "as a percentage only"
        yield f"Reported {kind}, and not drawn here: {'; '.join(told)}."
    without = [line.name for line in lines if all(p.value is None for p in line.points)]
    if without:
        yield f"No figure to draw: {'; '.join(without)}."


def _value(share: Share | None, *, as_percent: bool) -> float | None:
    value = None if share is None else (share.percent if as_percent else share.people)
    return None if value is None else float(value)


def _point(
    quarter: Quarter,
    report: QuarterReport | None,
    category: OutcomeCategory,
    *,
    as_percent: bool,
) -> TimePoint:
    share = report.outcomes.get(category.id) if report else None
    return TimePoint(
        at=quarter.place, when=str(quarter), value=_value(share, as_percent=as_percent)
    )
