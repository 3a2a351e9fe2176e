"""The counts of a review: the PRISMA 2020 numbers so far, and studies by anything coded."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.results.coded_studies import CodedStudies
from evidence.store.areas import Area, made_from
from evidence.store.results import prisma_counts as store_flow
from evidence.store.results.prisma_counts import WorkCount
from evidence.synthesis import flow
from evidence.synthesis.counts import Counts, by_option, by_year
from evidence.synthesis.dimensions import dimensions
from evidence.synthesis.flow import SEARCHED, Arm, Flow, SourceKind

DECIDED = frozenset({State.INCLUDE, State.EXCLUDE, State.NOT_RETRIEVED})


@made_from(Area.RECORDS | Area.SCREENING | Area.RESULTS)
def prisma(desk: Desk) -> Flow:
    """The numbers of the flow diagram as far as the review has come.

    A work counts with the databases as soon as one of its records came from there. Works that only
    other sources gave are screened here like all others; those that did not pass are set aside
    before they are sought, because PRISMA has no box for them.
    """
    kinds = [kind.value for kind in SEARCHED]
    with desk.reading() as c:
        sources = store_flow.sources(c, desk.review_id)
        works = store_flow.works(c, desk.review_id, kinds)
        reasons = store_flow.full_text_reasons(c, desk.review_id, kinds)
        studies = store_flow.included_studies(c, desk.review_id)
    identified = sum(s.records for s in sources if s.kind in kinds)
    others = sum(s.records for s in sources if s.kind not in kinds)
    searched = _counter(works, searched=True)
    other = _counter(works, searched=False)
    return Flow(
        sources=tuple(
            flow.FlowSource(name=s.name, kind=SourceKind(s.kind), records=s.records)
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


def dimension_titles(coded: CodedStudies) -> dict[str, str]:
    """What studies can be counted by: titles by id, in the scheme's order."""
    return {dimension.id: dimension.title for dimension in dimensions(coded.scheme)}


def default_dimensions(coded: CodedStudies) -> list[str]:
    """What people want to see first: stream, country and design, as far as the scheme has them."""
    ids = list(dimension_titles(coded))
    usual = [f"question:{name}" for name in ("stream", "country", "design")]
    return [dimension_id for dimension_id in usual if dimension_id in ids] or ids[:3]


def studies_by(coded: CodedStudies, dimension_id: str) -> Counts:
    """Studies by the options of one dimension; lines without a study are left out."""
    (dimension,) = (d for d in dimensions(coded.scheme) if d.id == dimension_id)
    counts = by_option(coded.studies, dimension)
    return replace(counts, lines=tuple(line for line in counts.lines if line.studies))


def years(coded: CodedStudies) -> Counts:
    """Studies by the year of their first report."""
    return by_year(coded.studies)


def still_open(numbers: Flow) -> list[str]:
    """What waits at each step, in words."""
    return [str(step) for step in flow.still_open(numbers)]


def faults(numbers: Flow) -> tuple[str, ...]:
    """Numbers that cannot be right, in words."""
    return flow.faults(numbers)


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
