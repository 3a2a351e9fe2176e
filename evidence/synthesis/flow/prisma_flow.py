"""The numbers of a flow diagram, their arithmetic, and what is still open.

Records, reports and studies are different things: a record is an entry of a source, a report is a
publication that is sought and read, a study may have several reports. The numbers are those of the
PRISMA 2020 statement (doi:10.1136/bmj.n71); ROSES has the same for maps, without arms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.flow.flow_settings import Template, proposed
from evidence.synthesis.stages.study_stages import NO_STAGES, GateCount, StageCounts

Reasons = tuple[tuple[str, int], ...]
"""Reasons in words, each with how many were excluded for it."""


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
    """One source with the records identified in it; `id` is 0 where nothing is stored of it."""

    name: str
    kind: SourceKind
    records: int
    id: int = 0


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
    excluded: Reasons = ()

    @property
    def eligible(self) -> int:
        """Reports assessed and not excluded."""
        return self.assessed - sum(number for _, number in self.excluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyUses:
    """What was done with the included studies; None where it is not known.

    Attributes:
        appraised: judged completely with at least one appraisal scheme.
        coded: coded completely.
        mapped: of these, those whose coding counts, so that they are on the map.
        pooled, pooled_reports: in a meta-analysis, the earlier version's included.
    """

    appraised: int | None = None
    coded: int | None = None
    mapped: int | None = None
    pooled: int | None = None
    pooled_reports: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The counts of a review as far as it has come.

    Attributes:
        template: which diagram it is; None for the one of PRISMA that leaves nothing out.
        duplicates: records removed as duplicates.
        automation: records marked ineligible by automation tools, without a person.
        removed_otherwise: records removed before screening for other reasons.
        screened: records decided on title and abstract.
        excluded: records excluded there, and `excluded_reasons` why, where that is counted.
        searched: reports from databases and registers; with ROSES from all sources.
        other: reports from the other sources; None where the review has no such arm.
        included_reports, included_studies: new in this review, from both arms.
        previous_reports, previous_studies: in the earlier version, where this one is an update.
        previous_version: how that is cited.
        outside: records of other sources for which the template has no box.
        uses: of the included studies, where they are to be shown.
        stages: behind the map, where the review has any.
    """

    template: Template | None = None
    sources: tuple[FlowSource, ...]
    duplicates: int = 0
    automation: int = 0
    removed_otherwise: int = 0
    screened: int = 0
    excluded: int = 0
    excluded_reasons: Reasons = ()
    searched: Arm = Arm()
    other: Arm | None = None
    included_reports: int = 0
    included_studies: int = 0
    previous_reports: int | None = None
    previous_studies: int | None = None
    previous_version: str = ""
    outside: int = 0
    uses: StudyUses | None = None
    stages: StageCounts = NO_STAGES

    @property
    def drawn_as(self) -> Template:
        """The template."""
        if self.template is not None:
            return self.template
        is_update = self.previous_studies is not None or self.previous_reports is not None
        return proposed(is_update=is_update, has_other=self.other is not None)

    @property
    def stream(self) -> frozenset[SourceKind]:
        """The kinds of source whose records are screened in the first arm."""
        return frozenset(SourceKind) if self.drawn_as is Template.ROSES_MAP else SEARCHED

    def identified(self, *kinds: SourceKind) -> int:
        """Records of these kinds of source."""
        return sum(source.records for source in self.sources if source.kind in kinds)

    @property
    def to_screen(self) -> int:
        """Records of the first arm that are left after removals."""
        removed = self.duplicates + self.automation + self.removed_otherwise
        return self.identified(*self.stream) - removed

    @property
    def arms(self) -> tuple[Arm, ...]:
        """One or two."""
        return (self.searched,) if self.other is None else (self.searched, self.other)

    @property
    def total_reports(self) -> int | None:
        """Included reports of this and the earlier version; None where the latter is not known."""
        return _total(self.included_reports, self.previous_reports, self.drawn_as)

    @property
    def total_studies(self) -> int | None:
        """Included studies of this and the earlier version; None where the latter is not known."""
        return _total(self.included_studies, self.previous_studies, self.drawn_as)


def _total(new: int, previous: int | None, template: Template) -> int | None:
    if not template.is_update:
        return new
    return None if previous is None else new + previous


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


def still_open(flow: Flow) -> tuple[str, ...]:
    """What waits at each step, in words; empty when the review is complete."""
    waiting = [str(step) for step in _steps(flow) if step.open]
    numbers = {"studies": flow.previous_studies, "reports": flow.previous_reports}
    missing = [what for what, number in numbers.items() if number is None]
    if flow.drawn_as.is_update and missing:
        waiting.append(f"the number of {' and '.join(missing)} in the earlier version not entered")
    return tuple(waiting)


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
    if flow.uses and flow.uses.coded is not None:
        coded, included = flow.uses.coded, flow.included_studies
        yield FlowStep("studies", "coded", included, coded, "included")
        if flow.uses.mapped is not None:
            yield FlowStep("studies", "reconciled", coded, flow.uses.mapped, "coded")
    yield from _stages(flow)


def _stages(flow: Flow) -> Iterator[FlowStep]:
    """The stages behind the map; a study of which something is not coded waits there."""
    in_depth, sound = flow.stages.in_depth, flow.stages.sound
    if in_depth is not None:
        yield _decided(in_depth, "decided on for the in-depth review", "in the map")
    if sound is not None:
        yield _decided(sound, "decided on at the quality gate", "that come to it")


def _decided(gate: GateCount, done: str, source: str) -> FlowStep:
    waiting = sum(number for _, number in gate.untold)
    every = gate.passed + gate.not_passed
    return FlowStep("studies", done, every, every - waiting, source)


def _assessing(thing: str, arm: Arm) -> FlowStep:
    return FlowStep(thing, "assessed", arm.sought - arm.not_retrieved, arm.assessed, "retrieved")


def _negative(flow: Flow) -> Iterator[str]:
    reasons = [*flow.excluded_reasons, *(reason for arm in flow.arms for reason in arm.excluded)]
    numbers = {
        **{f"exclusions for “{reason}”": number for reason, number in reasons},
        "duplicates": flow.duplicates,
        "records removed by automation": flow.automation,
        "records removed for other reasons": flow.removed_otherwise,
        "records screened": flow.screened,
        "records excluded": flow.excluded,
        "included reports": flow.included_reports,
        "included studies": flow.included_studies,
        "studies of the earlier version": flow.previous_studies or 0,
        "reports of the earlier version": flow.previous_reports or 0,
    }
    for what, number in numbers.items():
        if number < 0:
            yield f"The number of {what} is below zero ({number:,})."


def _units(flow: Flow) -> Iterator[str]:
    """Parts that exceed their whole, and studies without reports."""
    for part, number, whole, of in (*_parts(flow), *_parts_of_uses(flow)):
        if of is not None and number > of:
            yield f"There are more {part} ({number:,}) than {whole} ({of:,})."
    if flow.included_reports and not flow.included_studies:
        yield "There are included reports, but none is linked to a study yet."


_Part = tuple[str, int, str, int | None]
"""What a part is and how large, what its whole is and how large, if that is known."""


def _parts(flow: Flow) -> Iterator[_Part]:
    yield "records excluded", flow.excluded, "records screened", flow.screened
    reasons = sum(number for _, number in flow.excluded_reasons)
    yield "reasons at title and abstract", reasons, "records excluded", flow.excluded
    yield "included studies", flow.included_studies, "included reports", flow.included_reports
    previous = flow.previous_studies or 0
    yield "studies of the earlier version", previous, "reports of it", flow.previous_reports
    for arm in flow.arms:
        yield "reports not retrieved", arm.not_retrieved, "reports sought", arm.sought
        out = arm.assessed - arm.eligible
        yield "reports excluded", out, "reports assessed", arm.assessed


def _parts_of_uses(flow: Flow) -> Iterator[_Part]:
    uses = flow.uses or StudyUses()
    yield "appraised studies", uses.appraised or 0, "included studies", flow.included_studies
    in_all = "the review has in all"
    yield "studies in a meta-analysis", uses.pooled or 0, in_all, flow.total_studies
    yield "reports in a meta-analysis", uses.pooled_reports or 0, in_all, flow.total_reports
    if uses.pooled_reports is not None:
        reports = uses.pooled_reports
        yield "studies in a meta-analysis", uses.pooled or 0, "reports in it", reports
