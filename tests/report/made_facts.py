"""Facts of a review that was made up for tests: four studies, two schemes' worth of codes."""

from collections.abc import Mapping
from dataclasses import replace

from evidence.citations.record import Name, Reference
from evidence.coding.scheme import Of
from evidence.report.facts import LeftOutReport, MapFacts, ReviewFacts, Search, StatedConclusion
from evidence.report.finding_results import FindingChoice, NoFindings, PooledOutcome
from evidence.synthesis.appraisal.judgements import (
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.grade import OPEN
from evidence.synthesis.certainty.outcome_rows import OutcomeRow, SummaryKey
from evidence.synthesis.certainty.whole_summary import SummaryPart, WholeSummary
from evidence.synthesis.conclusions.conclusion import POLICY, RESEARCH, Conclusion, ConclusionKind
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_words import DirectionWord, word_of
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind
from evidence.synthesis.map_cells import Gaps
from evidence.synthesis.pooling.forest import Forest, ForestGroup, ForestStudy
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.sign_test import sign_test
from evidence.synthesis.source_overlap import SearchedSource, source_overlap
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.themes.theme_tree import (
    Piece,
    PieceKey,
    PieceKind,
    Theme,
    ThemeLevel,
    ThemeTree,
)
from evidence.synthesis.within_study import EffectDirection


def dimension(name: str, **codes: str) -> Dimension:
    """A question about studies; labels by the ids of its codes."""
    return Dimension(
        id=f"question:{name}",
        title=name.capitalize(),
        of=Of.STUDY,
        headings=tuple(
            Heading(id=code, label=label, covers=frozenset({code})) for code, label in codes.items()
        ),
    )


COUNTRY = dimension("country", us="US", uk="UK", no="Norway")
STREAM = dimension("stream", outcome="Outcome evaluation", process="Process evaluation")


def study(number: int, country: str, stream: str) -> CodedStudy:
    """A study whose year follows from its number."""
    return CodedStudy(
        id=number,
        label=f"Study {number}",
        year=2000 + number,
        codes={"country": frozenset({country}), "stream": frozenset({stream})},
    )


STUDIES = (
    study(1, "us", "outcome"),
    study(2, "us", "outcome"),
    study(3, "uk", "process"),
    study(4, "no", "outcome"),
)


def reference(number: int, title: str = "") -> Reference:
    """The report of a study."""
    return Reference(
        type="article",
        title=title or f"Title {number}",
        authors=(Name("Doe", "Jane A."),),
        year=2000 + number,
        journal="Journal",
        volume="1",
        issue="2",
        pages="3-4",
        doi=f"10.1/{number}",
    )


FACTS = ReviewFacts(
    title="A made-up review",
    label="Made up",
    question="Does it work?",
    criteria=("Adults", "Trials"),
    searches=(Search(name="PubMed", kind="database", searched="2025-01-02", records=10),),
    flow=Flow(
        sources=(FlowSource(name="PubMed", kind=SourceKind.DATABASE, records=10),),
        duplicates=1,
        screened=9,
        excluded=3,
        searched=Arm(sought=6, not_retrieved=1, assessed=5, excluded=(("Wrong outcome", 1),)),
        included_reports=4,
        included_studies=4,
    ),
    duplicates="Duplicates were looked for.",
    screening={"Titles and abstracts": "One person read each.", "Full texts": "Two people read."},
    studies=STUDIES,
    dimensions=(COUNTRY, STREAM),
    people={1: 40, 2: 60},
    reports={each.id: (reference(each.id),) for each in STUDIES},
    excluded=(LeftOutReport(reference=reference(9, "Left out"), reason="Wrong outcome"),),
    made_with="Waymark 0",
    made_on="2026-01-02",
)


class MadeResults(NoFindings):
    """Two interventions on one outcome; one of them has numbers, from three studies."""

    contrasts: Mapping[str, str] = {"allocated": "Between groups"}
    interventions: Mapping[str, str] = {"ips": "IPS", "club": "Clubhouse"}
    outcomes: Mapping[str, str] = {"hope": "Hope"}
    main_codes = frozenset({"ips", "club", "hope"})

    def studies(self, contrast: str) -> int:
        assert contrast in self.contrasts
        return 3

    def words(self, contrast: str) -> tuple[DirectionWord, ...]:
        assert contrast in self.contrasts
        studies: dict[EffectDirection, tuple[int, ...]] = {EffectDirection.FAVOURABLE: (1, 2, 4)}
        said, direction = word_of(studies)
        return (
            DirectionWord(
                intervention="ips",
                outcome="hope",
                studies=studies,
                word=said,
                direction=direction,
                test=sign_test(3, 0),
            ),
        )

    def poolable(self, contrast: str) -> tuple[tuple[str, str], ...]:
        assert contrast in self.contrasts
        return (("ips", "hope"),)

    def pooled(self, choice: FindingChoice) -> PooledOutcome:
        if choice.intervention != "ips":
            return PooledOutcome(forest=None, why_not="No finding here has numbers.")
        effects = [
            StudyEffect(study=f"Study {n}", estimate=n / 10, variance=0.04) for n in (1, 2, 4)
        ]
        whole = pool(effects, Method.REML)
        assert isinstance(whole, Pooled)
        drawn = tuple(
            ForestStudy(study=each.study, id=int(each.study.split()[1]), effect=each)
            for each in effects
        )
        return PooledOutcome(
            forest=Forest(
                measure=PooledMeasure.SMD,
                raw_heads=(),
                groups=(ForestGroup(title="", studies=drawn),),
                pooled=whole,
            )
        )


TOPICS = replace(dimension("topics", work="Work", money="Money"), has_several=True)
OUTCOME = replace(dimension("outcome", hope="Hope"), id="axis:outcome", of=Of.FINDING)
SUMMARY = WholeSummary(
    parts=(
        SummaryPart(
            contrast="Between groups",
            intervention="IPS",
            rows=(
                OutcomeRow(
                    key=SummaryKey(contrast="allocated", intervention="ips", outcome="hope"),
                    outcome="Hope",
                    word=MadeResults().words("allocated")[0],
                    people=120,
                    unknown=0,
                    judgement=OPEN,
                ),
            ),
        ),
    ),
    review_findings=(ReviewFinding(uid="a", statement="People want to choose.", study_ids=(3,)),),
    labels={3: "Study 3"},
    notes=("Certainty by GRADE.",),
)
THEMES = ThemeTree(
    themes=(
        Theme(uid="d", level=ThemeLevel.DESCRIPTIVE, name="What people want"),
        Theme(uid="c", level=ThemeLevel.CODE, name="To choose", parent="d"),
    ),
    pieces={
        "c": (
            Piece(
                key=PieceKey(kind=PieceKind.QUOTATION, id=1),
                study=3,
                text="Invented\nwords",
                is_quoted=True,
            ),
        )
    },
)
CONCLUSIONS = tuple(
    StatedConclusion(
        conclusion=Conclusion(
            uid=str(number),
            text=text,
            kind=kind,
            audience=audience,
            strength="tentative",
            reason="few studies",
        ),
        rests_on=("Study 1",),
        studies=(1,),
        is_open=number == 1,
    )
    for number, (text, kind, audience) in enumerate(
        [
            ("Ask who was left out.", ConclusionKind.RECOMMENDATION, RESEARCH),
            ("Offer support.", ConclusionKind.RECOMMENDATION, POLICY),
            ("Support helps.", ConclusionKind.CONCLUSION, POLICY),
        ]
    )
)
JUDGED = JudgementTable(
    title="Risk of bias",
    unit=Unit.STUDY,
    domains=(Domain(name="Blinding", short="Blinding"),),
    rows=(
        JudgedRow(
            study="Study 1",
            study_id=1,
            judgements=(Judgement(level=Level.FAVOURABLE, words="Low"),),
        ),
    ),
)
WITH_RESULTS = replace(
    FACTS,
    dimensions=(*FACTS.dimensions, TOPICS, OUTCOME),
    results=MadeResults(),
    summary=SUMMARY,
    themes=THEMES,
    conclusions=CONCLUSIONS,
    appraisals={"rob": JUDGED},
    sources=source_overlap([SearchedSource(id=1, name="PubMed", records=9)], [(1, 1)]),
    inclusions=InclusionTable(
        reviews=("R", "S"), studies=("x",), inclusions=frozenset({(0, 0), (0, 1)})
    ),
    map=MapFacts(rows=STREAM, columns=COUNTRY, gaps=Gaps(several=2), searched_to="2025-01-02"),
)
"""The same review with everything that a live part can be about."""
