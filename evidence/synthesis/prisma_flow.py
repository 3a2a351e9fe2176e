"""The numbers of a PRISMA 2020 flow diagram, their arithmetic, and what is still open.

Records, reports and studies are different things: a record is an entry of a source, a report is a
publication that is sought and read, a study may have several reports. The boxes follow the PRISMA
2020 statement (doi:10.1136/bmj.n71).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where records come from; the first two make one arm of the diagram, the others the other."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATIONS = "citation searching"
    OTHER = "other"


SEARCHED = frozenset({SourceKind.DATABASE, SourceKind.REGISTER})
"""The kinds whose records are de-duplicated and screened; reports of the others are sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSource:
    """One source with the records identified in it."""

    name: str
    kind: SourceKind
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Reports on their way from being sought to being assessed.

    Attributes:
        set_aside: records of other sources that are not sought: they repeat records of databases or
            of one another, or their titles ruled them out. PRISMA draws no box for them.
        assessed: reports read in full whose eligibility is decided.
        excluded: how many of them were excluded, by reason.
    """

    set_aside: int = 0
    sought: int = 0
    not_retrieved: int = 0
    assessed: int = 0
    excluded: tuple[tuple[str, int], ...] = ()

    @property
    def eligible(self) -> int:
        """Reports assessed and not excluded."""
        return self.assessed - sum(number for _, number in self.excluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The counts of a review as far as it has come.

    Attributes:
        duplicates: records removed as duplicates.
        automation: records marked ineligible by automation tools, without a person.
        removed_otherwise: records removed before screening for other reasons.
        screened: records decided on title and abstract.
        excluded: records excluded there.
        searched: reports from databases and registers.
        other: reports from the other sources; None where the review has no such arm.
        included_reports, included_studies: new in this review, from both arms.
        previous_reports, previous_studies: in the earlier version, where this one is an update.
    """

    sources: tuple[FlowSource, ...]
    duplicates: int = 0
    automation: int = 0
    removed_otherwise: int = 0
    screened: int = 0
    excluded: int = 0
    searched: Arm = Arm()
    other: Arm | None = None
    included_reports: int = 0
    included_studies: int = 0
    previous_reports: int | None = None
    previous_studies: int | None = None

    def identified(self, *kinds: SourceKind) -> int:
        """Records of these kinds of source."""
        return sum(source.records for source in self.sources if source.kind in kinds)

    @property
    def to_screen(self) -> int:
        """Records of databases and registers that are left after removals."""
        removed = self.duplicates + self.automation + self.removed_otherwise
        return self.identified(*SEARCHED) - removed

    @property
    def arms(self) -> tuple[Arm, ...]:
        """One or two."""
        return (self.searched,) if self.other is None else (self.searched, self.other)

    @property
    def is_update(self) -> bool:
        """Whether an earlier version of the review is counted in."""
        return self.previous_studies is not None or self.previous_reports is not None

    @property
    def total_reports(self) -> int:
        """Included reports of this and the earlier version."""
        return self.included_reports + (self.previous_reports or 0)

    @property
    def total_studies(self) -> int:
        """Included studies of this and the earlier version."""
        return self.included_studies + (self.previous_studies or 0)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """What should have passed a step of the flow, and what has.

    Attributes:
        thing: what is counted, in the plural.
        done: what has become of them when they have passed.
        source: what `expected` is, in words.
    """

    thing: str
    done: str
    expected: int
    passed: int
    source: str

    @property
    def open(self) -> int:
        """How many have not passed yet."""
        return max(0, self.expected - self.passed)

    @property
    def fault(self) -> str:
        """Why the numbers cannot be right; empty where they can."""
        if self.passed <= self.expected:
            return ""
        return (
            f"{self.passed:,} {self.thing} {self.done}, "
            f"but there are only {self.expected:,} {self.source}."
        )

    def __str__(self) -> str:
        return f"{self.open:,} {self.thing} not yet {self.done}"


def still_open(flow: Flow) -> tuple[FlowStep, ...]:
    """The steps at which something waits; empty when the review is complete."""
    return tuple(step for step in _steps(flow) if step.open)


def faults(flow: Flow) -> tuple[str, ...]:
    """Numbers that cannot be right, in plain words; a review under way has none for being open."""
    return (
        *_negative(flow),
        *(step.fault for step in _steps(flow) if step.fault),
        *_units(flow),
    )


def _steps(flow: Flow) -> Iterator[FlowStep]:
    """The steps in order; each begins with what the step before it left over."""
    remaining = "left after duplicates and other removals"
    yield FlowStep("records", "screened", flow.to_screen, flow.screened, remaining)
    retained = flow.screened - flow.excluded
    yield FlowStep("reports", "sought", retained, flow.searched.sought, "kept in screening")
    yield _assessing("reports", flow.searched)
    if flow.other is not None:
        others = flow.identified(*set(SourceKind) - SEARCHED) - flow.other.set_aside
        thing = "reports from other sources"
        yield FlowStep(thing, "sought", others, flow.other.sought, "identified there")
        yield _assessing(thing, flow.other)
    eligible = sum(arm.eligible for arm in flow.arms)
    yield FlowStep("reports", "included", eligible, flow.included_reports, "found eligible")


def _assessing(thing: str, arm: Arm) -> FlowStep:
    return FlowStep(thing, "assessed", arm.sought - arm.not_retrieved, arm.assessed, "retrieved")


def _negative(flow: Flow) -> Iterator[str]:
    numbers = {
        "duplicates": flow.duplicates,
        "records removed by automation": flow.automation,
        "records removed for other reasons": flow.removed_otherwise,
        "records screened": flow.screened,
        "records excluded": flow.excluded,
        "included reports": flow.included_reports,
        "included studies": flow.included_studies,
    }
    for what, number in numbers.items():
        if number < 0:
            yield f"The number of {what} is below zero ({number:,})."


def _units(flow: Flow) -> Iterator[str]:
    """Parts that exceed their whole, and studies without reports."""
    pairs = [
        ("records excluded", flow.excluded, "records screened", flow.screened),
        ("included studies", flow.included_studies, "included reports", flow.included_reports),
        (
            "studies of the earlier version",
            flow.previous_studies or 0,
            "reports of it",
            flow.previous_studies if flow.previous_reports is None else flow.previous_reports,
        ),
    ]
    for arm in flow.arms:
        pairs.append(("reports not retrieved", arm.not_retrieved, "reports sought", arm.sought))
        out = arm.assessed - arm.eligible
        pairs.append(("reports excluded", out, "reports assessed", arm.assessed))
    for part, number, whole, of in pairs:
        if of is not None and number > of:
            yield f"There are more {part} ({number:,}) than {whole} ({of:,})."
    if flow.included_reports and not flow.included_studies:
        yield "There are included reports, but none is linked to a study yet."
