"""Linking reports to studies: one or more works report what was one study."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import studies
from evidence.store.coding.studies import Report, Study

YEARS_APART = 6  # reports of one study seldom lie further apart
SHARED_NAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Reports that may belong to one study, and why; a person decides."""

    reports: tuple[Report, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedReport:
    """A report that several studies have, since their reports turned out to be duplicates."""

    report: Report
    studies: tuple[Study, ...]


def listing(desk: Desk) -> list[Study]:
    """All studies with their reports."""
    with desk.reading() as c:
        return studies.listing(c, desk.review_id)


def unlinked(desk: Desk) -> list[Report]:
    """Included works that no study has yet."""
    with desk.reading() as c:
        return studies.unlinked(c, desk.review_id)


def shared_reports(all_studies: Sequence[Study]) -> list[SharedReport]:
    """The reports that stand in several of these studies, which a person should put right."""
    by_report: dict[int, list[Study]] = defaultdict(list)
    reports = {report.work_id: report for study in all_studies for report in study.reports}
    for study in all_studies:
        for report in study.reports:
            by_report[report.work_id].append(study)
    return [
        SharedReport(report=reports[work_id], studies=tuple(several))
        for work_id, several in by_report.items()
        if len(several) > 1
    ]


def create(desk: Desk, work_ids: Sequence[int], label: str = "") -> int:
    """Create a study of these reports; without a label it is named after the first."""
    if not work_ids:
        raise Invalid("Please choose at least one report.")
    (study_id,) = _create(desk, [work_ids], visible(label))
    return study_id


def create_each(desk: Desk, work_ids: Sequence[int]) -> int:
    """Create a study of every report by itself; gives how many."""
    return len(_create(desk, [[work_id] for work_id in work_ids]))


def link(desk: Desk, study_id: int, work_ids: Sequence[int]) -> None:
    """Add reports to a study."""
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        studies.link(w, study_id, work_ids)


def unlink(desk: Desk, study_id: int, work_id: int) -> None:
    """Take a report away from a study."""
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        studies.unlink(w, study_id, work_id)


def rename(desk: Desk, study_id: int, label: str) -> None:
    """Give a study another label."""
    label = visible(label)
    if not label:
        raise Invalid("Please write a label, for example “Drake 1996”.")
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        studies.rename(w, study_id, label)


def suggested_label(reports: Sequence[Report], labels: set[str]) -> str:
    """First author and year of the first report, with a letter where another study has that."""
    first = min(reports, key=lambda report: (report.year or 9999, report.work_id))
    who = first.surnames[0] if first.surnames else first.title[:40]
    plain = f"{who} {first.year}" if first.year else who
    letters = (f"{plain}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    numbers = (f"{plain} ({number})" for number in range(27, 10_000))
    return next(name for name in (plain, *letters, *numbers) if name not in labels)


def _create(desk: Desk, groups: Sequence[Sequence[int]], label: str = "") -> list[int]:
    study_ids = []
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        labels = {study.label for study in studies.listing(w.connection, desk.review_id)}
        free = {report.work_id: report for report in studies.unlinked(w.connection, desk.review_id)}
        for group in groups:
            reports = [free[work_id] for work_id in group if work_id in free]
            name = label or (suggested_label(reports, labels) if reports else "")
            study_ids.append(studies.create(w, name, group, free=set(free)))
            labels.add(name)
    return study_ids


def suggestions(reports: Sequence[Report]) -> list[Suggestion]:
    """Pairs of reports by the same people within a few years, most shared names first."""
    by_name: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        for name in set(report.surnames):
            by_name[name].append(report)
    pairs = {
        (first.work_id, second.work_id): (first, second)
        for namesakes in by_name.values()
        for first, second in combinations(namesakes, 2)
    }
    suggested = [
        Suggestion(reports=pair, shared=names)
        for pair in pairs.values()
        if len(names := _shared_names(*pair)) >= SHARED_NAMES and _near_in_time(*pair)
    ]
    return sorted(suggested, key=lambda s: (-len(s.shared), s.reports[0].work_id))


def _shared_names(first: Report, second: Report) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(first.surnames) if name in set(second.surnames))


def _near_in_time(first: Report, second: Report) -> bool:
    if first.year is None or second.year is None:
        return True
    return abs(first.year - second.year) <= YEARS_APART
