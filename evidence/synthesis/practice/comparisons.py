"""What a framework suggests of links, meetings and signs of success, beside what services answer.

A service that left the question open said nothing, which is not that it lacks what is suggested.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.practice.framework import (
    COMPARED,
    PRODUCTS,
    Framework,
    FrameworkComparison,
    FrameworkService,
)
from evidence.synthesis.practice.service_report import AreaReports, ServiceReport


class Met(StrEnum):
    """Whether a service is as suggested."""

    MET = "met"
    NOT_MET = "not met"
    NOT_SAID = "not said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """A text of the framework, beside what services of an area say that are of its kind.

    Attributes:
        row: of `COMPARED`.
        said: by what they say, the names of services.
        numbers: what they give where a number is asked, by name; empty where options are.
    """

    area: str
    kind: FrameworkService
    row: str
    text: str
    said: Mapping[Met, tuple[str, ...]]
    numbers: Mapping[str, str]

    @property
    def verdict(self) -> Met:
        """Met where a service of the area is so; not said where none is and one said nothing."""
        if self.said[Met.MET]:
            return Met.MET
        return Met.NOT_SAID if self.said[Met.NOT_SAID] else Met.NOT_MET


def compared_texts(framework: Framework, areas: Iterable[AreaReports]) -> tuple[ComparedText, ...]:
    """All texts that can be compared, of kinds of which an area has a service.

    Args:
        framework: which suggests them.
        areas: of `service_report.by_area`.
    """
    return tuple(
        _compared(there.area, kind, row, comparison, of_kind)
        for there in areas
        for kind in framework.services
        if (of_kind := [each for each in there.reports if kind.kind in each.kinds])
        for row, comparison in _of_kind(framework, kind)
    )


def not_asked(framework: Framework) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name of a kind, row, and its texts that no answer can be held against."""
    known = {each.text for each in framework.comparisons}
    rows = (
        (kind.name, row, tuple(text for text in kind.rows[row] if text not in known))
        for kind in framework.services
        for row in COMPARED
    )
    return tuple(each for each in rows if each[2])


def without_text(framework: Framework) -> tuple[str, ...]:
    """Texts of comparisons that stand nowhere in the framework, so that nothing is compared."""
    texts = {text for kind in framework.services for key in COMPARED for text in kind.rows[key]}
    texts |= {*framework.agreements, *(e.text(c) for e in framework.parties for c in PRODUCTS)}
    return tuple(each.text for each in framework.comparisons if each.text not in texts)


def _of_kind(
    framework: Framework, kind: FrameworkService
) -> Iterator[tuple[str, FrameworkComparison]]:
    by_text = {each.text: each for each in framework.comparisons}
    for row in COMPARED:
        yield from ((row, by_text[text]) for text in kind.rows[row] if text in by_text)


def _compared(
    area: str,
    kind: FrameworkService,
    row: str,
    comparison: FrameworkComparison,
    of_kind: Iterable[ServiceReport],
) -> ComparedText:
    said: dict[Met, list[str]] = {met: [] for met in Met}
    numbers = {}
    for each in of_kind:
        said[_met(comparison, each)].append(each.service.name)
        if comparison.question and each.amount(comparison.question) is not None:
            numbers[each.service.name] = each.form.answer(comparison.question).value.strip()
    return ComparedText(
        area=area,
        kind=kind,
        row=row,
        text=comparison.text,
        said={met: tuple(names) for met, names in said.items()},
        numbers=numbers,
    )


def _met(comparison: FrameworkComparison, report: ServiceReport) -> Met:
    if comparison.least is None:
        if report.says(comparison.answers):
            return Met.MET
        return Met.NOT_MET if report.is_answered(comparison.answers) else Met.NOT_SAID
    amount = report.amount(comparison.question)
    if amount is None:
        return Met.NOT_SAID
    return Met.MET if amount >= comparison.least else Met.NOT_MET
