"""Assessments of services at their times: who agreed, what changed, and services side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from evidence.agreement_formulas import weighted_kappa
from evidence.synthesis.practice.fidelity import (
    HIGHEST,
    LOWEST,
    Assessment,
    FidelityItem,
    finished,
)
from evidence.synthesis.practice.occasion import in_one_form, time_of

SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityOccasion:
    """All that was assessed of one service at one time, on one scale.

    Attributes:
        assessments: at least one, in the order in which they were begun.
    """

    assessments: tuple[Assessment, ...]

    @property
    def first(self) -> Assessment:
        """Any of them, for what all share."""
        return self.assessments[0]

    @property
    def occasion(self) -> str:
        """The day or quarter."""
        return self.first.occasion

    @property
    def total(self) -> int | None:
        """The total on which all assessors agree; None where one has none, or they differ."""
        totals = {each.total for each in self.assessments}
        return totals.pop() if len(totals) == 1 else None

    @property
    def total_words(self) -> str:
        """The total, or the total of each assessor; never a mean."""
        if len(self.assessments) == 1 or self.total is not None:
            return "no total" if self.total is None else str(self.total)
        return "; ".join(
            f"{_assessor(each)} {'no total' if each.total is None else each.total}"
            for each in self.assessments
        )

    @property
    def band_words(self) -> str:
        """The band, or that assessors come to several."""
        bands = [each.band or "not classified" for each in self.assessments]
        different = tuple(dict.fromkeys(bands))
        return different[0] if len(different) == 1 else f"assessors differ: {', '.join(different)}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before they use it, in sentences."""
        named = {each.assessor.casefold(): _assessor(each) for each in self.assessments}
        times = Counter(each.assessor.casefold() for each in self.assessments)
        twice = [named[who] for who, forms in times.items() if forms > 1]
        where = f"{self.first.service_name}, {self.occasion or 'without a day'}"
        told = [f"{where}: {who} filled in more than one form." for who in twice]
        if time_of(self.occasion) is None:
            told.append(
                f"{where}: this is no day such as 2026-11-30 and no quarter such as 2026-Q4, so it "
                "stands in no comparison over time."
            )
        return tuple(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAgreement:
    """What two assessors scored one item at."""

    item: FidelityItem
    first: str
    second: str
    apart: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorAgreement:
    """How far two assessors of one service and time agree over items.

    Attributes:
        both: items that both scored; all figures rest on these.
        exact: of these, how many have the same score.
        within_one: of these, how many are at most one point apart.
        kappa: weighted by how many points scores lie apart; None where it has no value.
    """

    first: Assessment
    second: Assessment
    items: tuple[ItemAgreement, ...]
    both: int
    exact: int
    within_one: int
    kappa: float | None

    @property
    def words(self) -> str:
        """In a sentence."""
        all_items = len(self.items)
        kappa = "has no value here" if self.kappa is None else f"{self.kappa:.2f}"
        return (
            f"{_assessor(self.first)} and {_assessor(self.second)}: of {self.both} items that both "
            f"scored (of {all_items}), the same score on {self.exact}, at most one point apart on "
            f"{self.within_one}; weighted kappa {kappa}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityChange:
    """From one time to the next of one service.

    Attributes:
        change: of the total; None where one of them has no single total.
        items: that changed, with their scores; only where each time has one assessor.
    """

    before: FidelityOccasion
    after: FidelityOccasion
    change: int | None
    items: tuple[tuple[FidelityItem, int, int], ...] = ()


def occasions(assessments: Iterable[Assessment]) -> tuple[FidelityOccasion, ...]:
    """Finished assessments by scale, service and time, in alphabetical and then temporal order."""
    groups: dict[tuple[int, str, str, str], list[Assessment]] = {}
    for each in finished(assessments):
        key = (
            each.scale.scheme_id,
            each.service_name.casefold(),
            each.service,
            in_one_form(each.occasion),
        )
        groups.setdefault(key, []).append(each)
    return tuple(
        FidelityOccasion(assessments=tuple(groups[key]))
        for key in sorted(groups, key=lambda key: (*key[:3], _time(key[3])))
    )


def of_service(
    all_occasions: Iterable[FidelityOccasion], service: str
) -> tuple[FidelityOccasion, ...]:
    """Those of one service that have a time, the earliest first."""
    return tuple(
        o for o in all_occasions if o.first.service == service and time_of(o.occasion) is not None
    )


def newest(all_occasions: Sequence[FidelityOccasion]) -> tuple[FidelityOccasion, ...]:
    """The last time of each service, for services side by side on one scale."""
    return tuple({(o.first.scale.scheme_id, o.first.service): o for o in all_occasions}.values())


def changes(in_time: Sequence[FidelityOccasion]) -> tuple[FidelityChange, ...]:
    """From each time of one service to the next, on one scale only."""
    return tuple(
        _change(before, after)
        for before, after in pairwise(in_time)
        if before.first.scale.scheme_id == after.first.scale.scheme_id
    )


def agreements(occasion: FidelityOccasion) -> tuple[AssessorAgreement, ...]:
    """How far each two assessors of a service and time agree."""
    return tuple(_agreement(one, other) for one, other in combinations(occasion.assessments, 2))


def _agreement(one: Assessment, other: Assessment) -> AssessorAgreement:
    items = tuple(
        ItemAgreement(
            item=item,
            first=one.score_words(item),
            second=other.score_words(item),
            apart=_apart(one, other, item),
        )
        for item in one.scale.items
    )
    scored = [i.item.id for i in items if i.apart is not None]
    met = Counter((one.scores[each], other.scores[each]) for each in scored)
    each_score = range(LOWEST, HIGHEST + 1)
    table = [[met[row, column] for column in each_score] for row in each_score]
    return AssessorAgreement(
        first=one,
        second=other,
        items=items,
        both=len(scored),
        exact=sum(i.apart == 0 for i in items),
        within_one=sum(i.apart in (0, 1) for i in items),
        kappa=weighted_kappa(table),
    )


def _apart(one: Assessment, other: Assessment, item: FidelityItem) -> int | None:
    if item.id not in one.scores or item.id not in other.scores:
        return None
    return abs(one.scores[item.id] - other.scores[item.id])


def _change(before: FidelityOccasion, after: FidelityOccasion) -> FidelityChange:
    have_totals = before.total is not None and after.total is not None
    items: tuple[tuple[FidelityItem, int, int], ...] = ()
    if max(len(before.assessments), len(after.assessments)) < SEVERAL:
        was, now = before.first.scores, after.first.scores
        items = tuple(
            (item, was[item.id], now[item.id])
            for item in after.first.scale.items
            if item.id in was and item.id in now and was[item.id] != now[item.id]
        )
    change = (after.total or 0) - (before.total or 0) if have_totals else None
    return FidelityChange(before=before, after=after, change=change, items=items)


def _time(occasion: str) -> tuple[float, str]:
    """A place in time; what is no time stands first."""
    return time_of(occasion) or 0.0, occasion


def _assessor(each: Assessment) -> str:
    return each.assessor or "an assessor without a name"
