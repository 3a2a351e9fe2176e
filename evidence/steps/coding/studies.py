"""Linking reports to studies: one or more works report what was one study."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.areas import Area
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
class Shared:
    """A report that several studies have, since their reports turned out to be duplicates."""

    report: Report
    studies: tuple[Study, ...]


def listing(desk: Desk) -> list[Study]:
    """All studies with their reports."""
    with desk.reading() as c:
        return studies.listing(c, desk.review_id)


def waiting(desk: Desk) -> list[Report]:
    """Included works that no study has yet."""
    with desk.reading() as c:
        return studies.unlinked(c, desk.review_id)


def shared(all_studies: Sequence[Study]) -> list[Shared]:
    """The reports that stand in several of these studies, which a person should put right."""
    by_report: dict[int, list[Study]] = defaultdict(list)
    reports = {report.work_id: report for study in all_studies for report in study.reports}
    for study in all_studies:
        for report in study.reports:
            by_report[report.work_id].append(study)
    return [
        Shared(report=reports[work_id], studies=tuple(several))
        for work_id, several in by_report.items()
        if len(several) > 1
    ]


def make(desk: Desk, work_ids: Sequence[int], label: str = "") -> int:
    """Make a study of these reports; without a label it is named after the first."""
    if not work_ids:
        raise Invalid("Please choose at least one report.")
    (study_id,) = _make(desk, [work_ids], " ".join(label.split()))
    return study_id


def make_each(desk: Desk, work_ids: Sequence[int]) -> int:
    """Make a study of every report by itself; gives how many."""
    return len(_make(desk, [[work_id] for work_id in work_ids]))


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
    wanted = " ".join(label.split())
    if not wanted:
        raise Invalid("Please write a label, for example “Drake 1996”.")
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        studies.rename(w, study_id, wanted)


def suggested_label(reports: Sequence[Report], taken: set[str]) -> str:
    """First author and year of the first report, with a letter where that is taken."""
    first = min(reports, key=lambda report: (report.year or 9999, report.work_id))
    who = first.surnames[0] if first.surnames else first.title[:40]
    plain = f"{who} {first.year}" if first.year else who
    letters = (f"{plain}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    numbers = (f"{plain} ({number})" for number in range(27, 10_000))
    return next(name for name in (plain, *letters, *numbers) if name not in taken)


def _make(desk: Desk, groups: Sequence[Sequence[int]], label: str = "") -> list[int]:
    made = []
    with desk.writing(Role.REVIEWER, areas=Area.CODING | Area.RESULTS) as w:
        taken = {study.label for study in studies.listing(w.connection, desk.review_id)}
        free = {report.work_id: report for report in studies.unlinked(w.connection, desk.review_id)}
        for group in groups:
            chosen = [free[work_id] for work_id in group if work_id in free]
            name = label or (suggested_label(chosen, taken) if chosen else "")
            made.append(studies.create(w, name, group, free=set(free)))
            taken.add(name)
    return made


def suggestions(reports: Sequence[Report]) -> list[Suggestion]:
    """Pairs of reports by the same people within a few years, most shared names first."""
    by_name: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        for name in set(report.surnames):
            by_name[name].append(report)
    pairs = {
        (one.work_id, other.work_id): (one, other)
        for named in by_name.values()
        for one, other in combinations(named, 2)
    }
    found = [
        Suggestion(reports=pair, shared=shared)
        for pair in pairs.values()
        if len(shared := _shared(*pair)) >= SHARED_NAMES and _near(*pair)
    ]
    return sorted(found, key=lambda one: (-len(one.shared), one.reports[0].work_id))


def _shared(one: Report, other: Report) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(one.surnames) if name in set(other.surnames))


def _near(one: Report, other: Report) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= YEARS_APART
