"""Facts of a review that was made up for tests: four studies, two schemes' worth of codes."""

from evidence.citations.record import Name, Reference
from evidence.coding.scheme import Of
from evidence.report.facts import LeftOutReport, ReviewFacts, Search
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.prisma_flow import Arm, Flow, FlowSource, SourceKind
from evidence.synthesis.studies import CodedStudy


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
