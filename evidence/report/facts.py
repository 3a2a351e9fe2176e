"""What a review knows of itself, as its report takes it: all from one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from evidence.citations.record import Reference
from evidence.coding.scheme import Scheme
from evidence.report.finding_results import FindingResults, NoFindings
from evidence.report.once import Once
from evidence.report.planned.planned_facts import NOTHING_PLANNED, PlannedFacts
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.certainty.whole_summary import WholeSummary
from evidence.synthesis.claims.checks import ClaimConflict
from evidence.synthesis.claims.claim import Claim, ClaimJudgement
from evidence.synthesis.conclusions.conclusion import Conclusion
from evidence.synthesis.conclusions.strength_rule import USUAL_RULE, StrengthRule
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.flow.prisma_flow import Flow
from evidence.synthesis.map_cells import Gaps
from evidence.synthesis.practice.answer_counts import CountedAnswers
from evidence.synthesis.practice.comparisons import ComparedText
from evidence.synthesis.practice.fidelity_over_time import FidelityOccasion
from evidence.synthesis.practice.knowledge_review import KnowledgeReview
from evidence.synthesis.practice.monitoring import OutcomeCategory, QuarterReport
from evidence.synthesis.practice.provision import Provision
from evidence.synthesis.practice.published_figures import PublishedFigure
from evidence.synthesis.practice.service import Service
from evidence.synthesis.principles.principle_set import PrincipleName, PrincipleSet
from evidence.synthesis.review_about import ReviewAbout
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.source_overlap import SourceOverlap
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.themes.theme_tree import ThemeTree

NOTHING_SAID = ReviewAbout()
EMPTY_FLOW = Flow(sources=())
NO_SUMMARY = WholeSummary(parts=(), review_findings=(), labels={}, notes=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search of one source, as PRISMA-S asks for it (doi:10.1186/s13643-020-01542-z).

    Attributes:
        kind: `database`, `register`, `website`, …; empty where nobody said it.
        searched: the day, as `2025-03-01`; empty where nobody said it.
        strategy: the search as it was typed, line for line.
        records: how many it gave; None where no file was imported.
        update_of: the name of the earlier search that it brings up to date; empty for none.
    """

    name: str
    kind: str = ""
    platform: str = ""
    searched: str = ""
    strategy: str = ""
    notes: str = ""
    records: int | None = None
    update_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeUse:
    """A coding scheme with how it was used.

    Attributes:
        studies: of how many a coding with it counts.
        agreed: of how many of these several people agreed on the coding.
        agreement: how far coders agree, in sentences; empty where nobody coded the same.
    """

    scheme: Scheme
    studies: int = 0
    agreed: int = 0
    agreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutReport:
    """A report that is not in the review.

    Attributes:
        reason: why it was excluded; empty for one that was not retrieved.
    """

    reference: Reference
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedComment:
    """What a reader of a public page wrote, and what came of it.

    Attributes:
        date: on which it was written, as `2026-11-30`.
        about: what it is about, in words.
        name: of the reader, or initials.
        answer, changed: of the authors; empty for none.
    """

    date: str
    about: str
    name: str
    comment: str
    answer: str = ""
    changed: str = ""


class SectionText(Protocol):
    """A section of a report as it was written."""

    @property
    def key(self) -> str:
        """Stays the same whatever the title."""

    @property
    def title(self) -> str:
        """As readers see it."""

    @property
    def text(self) -> str:
        """Markdown with live parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFacts:
    """The map of the review as it is shown at first.

    Attributes:
        gaps: the numbers by which they are told.
        searched_to: the day to which all databases were searched; empty where it is not recorded.
        knows_reviews: whether any code says that a study is a review.
    """

    rows: Dimension
    columns: Dimension
    gaps: Gaps
    searched_to: str = ""
    knows_reviews: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedConclusion:
    """A conclusion or a recommendation with what stands behind it.

    Attributes:
        rests_on: each thing in words.
        studies: ids of all studies behind it.
        is_open: whether something below it changed and nobody has looked, or nothing stands there.
    """

    conclusion: Conclusion
    rests_on: tuple[str, ...] = ()
    studies: tuple[int, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """A published claim with what somebody says of it.

    Attributes:
        cited: the work that it cites, in words; empty for none.
        judged_by: who said it; empty where nobody did.
        studies: ids of those that the cited work, or the one that was looked up, reports.
    """

    claim: Claim
    judgement: ClaimJudgement
    cited: str = ""
    judged_by: str = ""
    studies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPrinciples:
    """A set of principles with what each is linked to.

    Attributes:
        links: in words, by the name of the principle.
        studies: ids of the linked studies.
    """

    principles: PrincipleSet
    links: Mapping[PrincipleName, tuple[str, ...]] = field(default_factory=dict)
    studies: Mapping[PrincipleName, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedService:
    """A service with the forms that were filled in about it.

    Attributes:
        forms: what each answers and when it holds, in words; those that are complete only.
        questionnaires: how many of them answer a survey of practice, no scale and no quarter.
    """

    service: Service
    forms: tuple[str, ...] = ()
    questionnaires: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """Everything that a report is written from.

    Attributes:
        label: such as that it is a demonstration.
        criteria: what a study must meet, one line each.
        history: changes of the question and the criteria, in sentences.
        duplicates: how they were found, in sentences.
        screening: how each stage was screened, in sentences, by the name of the stage.
        stopping: when screening was ended before all was read, in a sentence.
        studies: those of which a coding counts, with the codes of all schemes, in order of label.
        dimensions: what they can be counted by.
        waiting: labels of studies that are in no number, by why: `not coded completely yet`.
        people: how many took part in a study, by its id.
        reports: included reports by id of the study, the oldest first.
        texts: what is coded in words, by id of the study and of the question.
        rules: by which directions are read.
        rules_since: since when, in a sentence.
        results: what findings come to.
        summary: the summary of findings.
        themes: of what people say, as far as who reads may hear it.
        conclusions: and recommendations, in the order in which they were first written.
        strength_rule: by which they are called strong.
        claims: as documents published them, in the order in which they were entered.
        services: that the review asks, by area and name.
        answers: of services to questionnaires, counted.
        fidelity: what services were scored at, by scale, service and time.
        monitoring: what services report each quarter, by scheme, with its categories.
        published: figures of other services, as documents print them, where the review monitors.
        provisions: what services of each area provide beside what is suggested.
        compared: links, meetings and signs that are suggested, beside what services say.
        provision_ratings: how people rated each of the provisions, in words; empty for nobody.
        provision_source: of what is suggested.
        provision_rules: since when the review has its own rules of what is sufficient.
        stated: a knowledge review as its digest states it, beside the example; else None.
        claim_conflicts: what the checks find among them.
        principles: of ways of working, set by set.
        appraisals: judgements by id of their scheme.
        sources: which sources found the included works; None where no work is included.
        inclusions: which reviews include which primary studies; None where no review has a list.
        map: None where the scheme has too little for one.
        comments: of readers that the authors accepted, the oldest first.
        sections: of the report that is filled, which checklists look through; the usual ones
            without any.
        about: what the review says of itself.
        planned: its protocol in versions, its searches in waves, its stages behind the map.
        made_with: name and version of the program.
        made_on: the day, as `2026-11-30`.
        once: what was made of these facts, but for what sections decide.
    """

    title: str
    label: str = ""
    question: str = ""
    criteria: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    searches: tuple[Search, ...] = ()
    flow: Flow = EMPTY_FLOW
    duplicates: str = ""
    screening: Mapping[str, str] = field(default_factory=dict)
    stopping: str = ""
    schemes: tuple[SchemeUse, ...] = ()
    studies: tuple[CodedStudy, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)
    reports: Mapping[int, tuple[Reference, ...]] = field(default_factory=dict)
    texts: Mapping[tuple[int, str], str] = field(default_factory=dict)
    excluded: tuple[LeftOutReport, ...] = ()
    not_retrieved: tuple[LeftOutReport, ...] = ()
    rules: DirectionRules = USUAL
    rules_since: str = ""
    results: FindingResults = field(default_factory=NoFindings)
    summary: WholeSummary = NO_SUMMARY
    themes: ThemeTree = field(default_factory=ThemeTree)
    conclusions: tuple[StatedConclusion, ...] = ()
    strength_rule: StrengthRule = USUAL_RULE
    claims: tuple[ReportedClaim, ...] = ()
    claim_conflicts: tuple[ClaimConflict, ...] = ()
    principles: tuple[ReportedPrinciples, ...] = ()
    services: tuple[ReportedService, ...] = ()
    answers: tuple[CountedAnswers, ...] = ()
    fidelity: tuple[FidelityOccasion, ...] = ()
    monitoring: tuple[tuple[tuple[OutcomeCategory, ...], tuple[QuarterReport, ...]], ...] = ()
    published: tuple[PublishedFigure, ...] = ()
    provisions: tuple[Provision, ...] = ()
    compared: tuple[ComparedText, ...] = ()
    provision_ratings: tuple[str, ...] = ()
    provision_source: str = ""
    provision_rules: str = ""
    stated: KnowledgeReview | None = None
    appraisals: Mapping[str, JudgementTable] = field(default_factory=dict)
    sources: SourceOverlap | None = None
    inclusions: InclusionTable | None = None
    map: MapFacts | None = None
    comments: tuple[AcceptedComment, ...] = ()
    sections: tuple[SectionText, ...] = ()
    about: ReviewAbout = NOTHING_SAID
    planned: PlannedFacts = NOTHING_PLANNED
    made_with: str = ""
    made_on: str = ""
    once: Once = field(default_factory=Once, init=False, compare=False, repr=False)

    @property
    def all_studies(self) -> int:
        """How many studies the review has, also those that do not count yet."""
        return len(self.studies) + sum(map(len, self.waiting.values()))

    def dimension(self, name: str) -> Dimension | None:
        """A dimension by its id, or by the id of a question or axis alone."""
        ids = (name, f"question:{name}", f"axis:{name}")
        by_id = {each.id: each for each in self.dimensions}
        return next((by_id[each] for each in ids if each in by_id), None)

    def with_sections(self, sections: Iterable[SectionText]) -> "ReviewFacts":
        """The same facts for a report of these sections; what was made of them stays made."""
        facts = replace(self, sections=tuple(sections))
        facts.once.made.update(self.once.made)
        return facts

    def has_codes(self, dimension: Dimension) -> bool:
        """Whether any study has a code of a dimension about studies."""
        return any(dimension.codes(study) for study in self.studies)
