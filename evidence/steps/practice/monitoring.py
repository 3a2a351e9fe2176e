"""Monitoring: the quarters that services reported, and published figures to see them beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.monitoring import (
    OutcomeCategory,
    QuarterReport,
    categories,
    is_monitoring,
    quarter_report,
)
from evidence.synthesis.practice.published_figures import PublishedFigure, read_published

FOLDER = ROOT / "data" / "published_figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoredServices:
    """All quarters that were reported by one scheme.

    Attributes:
        reports: also those that are not finished, in the order in which they were begun.
    """

    title: str
    categories: tuple[OutcomeCategory, ...]
    reports: tuple[QuarterReport, ...]


def monitoring_schemes(desk: Desk) -> tuple[TakenScheme, ...]:
    """The schemes by which services report quarters."""
    return tuple(each for each in schemes.of_services(desk) if is_monitoring(each.scheme))


def reported(desk: Desk, taken: TakenScheme) -> MonitoredServices:
    """What services reported by a scheme, checked."""
    names = {uid: service.name for uid, service in services.listing(desk).items()}
    forms = service_forms.listing(desk, taken.id).values()
    return MonitoredServices(
        title=taken.scheme.title,
        categories=categories(taken.scheme),
        reports=tuple(quarter_report(taken.scheme, f, names[f.service]) for f in forms),
    )


def published() -> tuple[PublishedFigure, ...]:
    """Figures of other services that come with the program, as they were published."""
    files: Iterable[PublishedFigure] = (
        figure
        for path in sorted(FOLDER.glob("*.csv"))
        for figure in read_published(path.read_text("utf-8"), path.name)
    )
    return tuple(files)
