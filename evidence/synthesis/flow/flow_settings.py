"""Which flow diagram a review has, and the numbers in it that only people know."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Template(StrEnum):
    """The diagrams: the four of PRISMA 2020 (doi:10.1136/bmj.n71), and that of ROSES for maps
    (doi:10.1186/s13750-018-0121-7). The codes stand in databases and never change.
    """

    NEW = "new"
    NEW_OTHER = "new-other"
    UPDATED = "updated"
    UPDATED_OTHER = "updated-other"
    ROSES_MAP = "roses-map"

    @property
    def is_update(self) -> bool:
        """Whether it counts in an earlier version of the review."""
        return self in {Template.UPDATED, Template.UPDATED_OTHER}

    @property
    def has_other(self) -> bool:
        """Whether sources that are neither database nor register have an arm of their own."""
        return self in {Template.NEW_OTHER, Template.UPDATED_OTHER}


TEMPLATE_NAMES = {
    Template.NEW: "PRISMA 2020, new review, databases and registers only",
    Template.NEW_OTHER: "PRISMA 2020, new review, with other sources",
    Template.UPDATED: "PRISMA 2020, updated review, databases and registers only",
    Template.UPDATED_OTHER: "PRISMA 2020, updated review, with other sources",
    Template.ROSES_MAP: "ROSES, systematic map",
}

MOST = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettings:
    """What a team says of its flow diagram.

    Attributes:
        template: None for the one that follows from sources and numbers.
        previous_studies, previous_reports: included in the earlier version of the same review; None
            where there is none. Searches that are brought up to date count in the ordinary boxes.
        previous_version: how the earlier version is cited.
        pooled_studies, pooled_reports: in a meta-analysis, the earlier version's included; None
            where it is not said.
        screening_reasons: whether reasons at title and abstract stand in their box.
        synthesis_boxes: whether it is shown how many studies were appraised, coded and on the map.
    """

    template: Template | None = None
    previous_studies: int | None = None
    previous_reports: int | None = None
    previous_version: str = ""
    pooled_studies: int | None = None
    pooled_reports: int | None = None
    screening_reasons: bool = False
    synthesis_boxes: bool = False

    @property
    def is_update(self) -> bool:
        """Whether numbers of an earlier version were entered."""
        return self.previous_studies is not None or self.previous_reports is not None


USUAL = FlowSettings()


def proposed(*, is_update: bool, has_other: bool) -> Template:
    """The template of PRISMA 2020 that leaves nothing out.

    Args:
        is_update: numbers of an earlier version were entered.
        has_other: a source that is neither database nor register gave records.
    """
    if is_update:
        return Template.UPDATED_OTHER if has_other else Template.UPDATED
    return Template.NEW_OTHER if has_other else Template.NEW


def impossible(settings: FlowSettings) -> Iterator[str]:
    """What cannot be in these settings, whatever the review has, in sentences."""
    numbers = {
        "Studies of the earlier version": settings.previous_studies,
        "Reports of the earlier version": settings.previous_reports,
        "Studies in a meta-analysis": settings.pooled_studies,
        "Reports in a meta-analysis": settings.pooled_reports,
    }
    for name, number in numbers.items():
        if number is not None and not 0 <= number <= MOST:
            yield f"{name}: type a number from 0 to {MOST:,}."
    pairs = (
        ("earlier version", settings.previous_studies, settings.previous_reports),
        ("meta-analysis", settings.pooled_studies, settings.pooled_reports),
    )
    for where, studies, reports in pairs:
        if studies is not None and reports is not None and studies > reports:
            yield (
                f"The {where} has more studies ({studies:,}) than reports ({reports:,}); each "
                "study has at least one report."
            )
