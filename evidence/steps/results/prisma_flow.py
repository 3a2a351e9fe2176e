"""The numbers of the PRISMA 2020 flow diagram of a review, as far as it has come."""

from collections.abc import Callable, Mapping

from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.results import prisma_counts
from evidence.store.results.prisma_counts import WorkCount
from evidence.synthesis.flow import prisma_flow
from evidence.synthesis.flow.prisma_flow import SEARCHED, Arm, Flow, SourceKind

DECIDED = frozenset({State.INCLUDE, State.EXCLUDE, State.NOT_RETRIEVED})


@made_from(Area.RECORDS | Area.SCREENING | Area.RESULTS)
def flow(desk: Desk) -> Flow:
    """The numbers of the flow diagram as far as the review has come.

    A work counts with the databases as soon as one of its records came from there. Works that only
    other sources gave are screened here like all others; those that did not pass are set aside
    before they are sought, because PRISMA has no box for them.
    """
    kinds = [kind.value for kind in SEARCHED]
    with desk.reading() as c:
        sources = prisma_counts.sources(c, desk.review_id)
        works = prisma_counts.works(c, desk.review_id, kinds)
        reasons = prisma_counts.full_text_reasons(c, desk.review_id, kinds)
        studies = prisma_counts.included_studies(c, desk.review_id)
    identified = sum(s.records for s in sources if s.kind in kinds)
    others = sum(s.records for s in sources if s.kind not in kinds)
    searched = _counter(works, searched=True)
    other = _counter(works, searched=False)
    return Flow(
        sources=tuple(
            prisma_flow.FlowSource(name=s.name, kind=SourceKind(s.kind), records=s.records)
            for s in sources
        ),
        duplicates=identified - searched(),
        screened=searched(first=DECIDED),
        excluded=searched(first={State.EXCLUDE}),
        searched=_arm(searched, reasons[True]),
        other=_arm(other, reasons[False], others - other() + other(first={State.EXCLUDE}))
        if others
        else None,
        included_reports=sum(
            count(first={State.INCLUDE}, second={State.INCLUDE}) for count in (searched, other)
        ),
        included_studies=studies,
    )


def still_open(numbers: Flow) -> list[str]:
    """What waits at each step, in words."""
    return [str(step) for step in prisma_flow.still_open(numbers)]


def faults(numbers: Flow) -> tuple[str, ...]:
    """Numbers that cannot be right, in words."""
    return prisma_flow.faults(numbers)


def _arm(count: Callable[..., int], reasons: Mapping[str, int], set_aside: int = 0) -> Arm:
    included = {State.INCLUDE}
    return Arm(
        set_aside=set_aside,
        sought=count(first=included),
        not_retrieved=count(first=included, second={State.NOT_RETRIEVED}),
        assessed=count(first=included, second={State.INCLUDE, State.EXCLUDE}),
        excluded=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
    )


def _counter(works: list[WorkCount], *, searched: bool) -> Callable[..., int]:
    """A function that counts the works of one arm by what their decisions come to."""

    def count(first: frozenset[State] | None = None, second: frozenset[State] | None = None) -> int:
        return sum(
            line.works
            for line in works
            if line.searched is searched
            and (first is None or line.title_abstract in first)
            and (second is None or line.full_text in second)
        )

    return count
