"""The sections with which a report begins, before an author changes them.

They follow what PRISMA 2020 asks of a report (doi:10.1136/bmj.n71). What only people can write
stands empty, with a line that says what belongs there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.coding.scheme import Axis
from evidence.report.facts import ReviewFacts
from evidence.synthesis.study_counts import by_option

STREAM = "stream"
_OVERALL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report that is written as one text.

    Attributes:
        key: stays the same whatever the title.
        text: Markdown with live parts.
        guidance: what belongs there, for the author; never in the report.
    """

    key: str
    title: str
    text: str = ""
    guidance: str = ""


def usual_sections(facts: ReviewFacts) -> tuple[Section, ...]:
    """The sections of a report of such a review."""
    where = " {{countries}}" if facts.dimension("country") else ""
    return (
        Section(key="summary", title="Summary", text=_SUMMARY + where, guidance=_OF_SUMMARY),
        Section(key="background", title="Background", guidance=_OF_BACKGROUND),
        Section(key="question", title="Question and criteria", text=_QUESTION),
        Section(key="methods", title="Methods", text=_METHODS, guidance=_OF_METHODS),
        Section(key="flow", title="From searches to studies", text=_FLOW),
        Section(key="studies", title="The studies", text="\n\n".join(_studies(facts))),
        Section(key="discussion", title="Discussion", guidance=_OF_DISCUSSION),
        Section(key="conclusions", title="Conclusions", guidance=_OF_CONCLUSIONS),
        Section(key="about", title="About this review", guidance=_OF_ABOUT),
        Section(key="references", title="Included studies", text="{{references}}"),
        Section(key="appendix", title="Appendix", text=_APPENDIX),
    )


def _studies(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs on all studies, then on each stream, then on interventions and outcomes."""
    yield "{{not-counted}}"
    has_country = facts.dimension("country") is not None
    where = " {{countries}}" * has_country
    yield "{{included-studies}} {{years}}" + where + " {{participants}} {{several-reports}}"
    yield "{{years-figure}}"
    if has_country:
        yield "{{counts-figure by country}}"
    if facts.dimension("design"):
        yield "{{shares by design}}"
        yield "{{counts by design}}"
    yield from _streams(facts, has_country=has_country)
    for axis, title in ((Axis.INTERVENTION, "Interventions"), (Axis.OUTCOME, "Outcomes")):
        if facts.dimension(f"axis:{axis}"):
            yield f"## {title}"
            yield f"{{{{most-studied by axis:{axis}}}}} {{{{not-studied by axis:{axis}}}}}"
            yield f"{{{{counts by axis:{axis}}}}}"
    yield "## Characteristics"
    yield "{{characteristics}}"


def _streams(facts: ReviewFacts, *, has_country: bool) -> Iterator[str]:
    """A paragraph for each stream, such as outcome and process studies, if there are several."""
    dimension = facts.dimension(STREAM)
    if dimension is None:
        return
    lines = [line for line in by_option(facts.studies, dimension).lines if line.studies]
    if len(lines) < _OVERALL:
        return
    yield "## By kind of study"
    yield f"{{{{shares by {STREAM}}}}}"
    names = ["years", *(["countries"] * has_country), "participants"]
    for line in lines:
        of = f"of {STREAM}={line.id} as studies"
        parts = " ".join(f"{{{{{name} {of}}}}}" for name in names)
        number = f"{{{{number of {STREAM}={line.id}}}}}"
        yield f"**{line.label}** ({number} of {{{{number}}}}). {parts}"


_OF_SUMMARY = "The question, what was done, what was found, and how certain it is, in a few lines."
_OF_BACKGROUND = "Why this review: what is known, what is not, and for whom it matters."
_OF_METHODS = (
    "What is not said yet: who was involved, where the protocol is registered, and what was done "
    "otherwise than planned."
)
_OF_DISCUSSION = "What the findings mean, and the limits of the studies and of the review."
_OF_CONCLUSIONS = "What follows for policy and practice, and for further research."
_OF_ABOUT = "Authors, funding, competing interests, registration, and where the data are."
_SUMMARY = """\
{{question}}

{{searches}} {{included-reports}} {{years}}"""
_QUESTION = """\
{{question}}

A study was included when it met these criteria:

{{criteria}}

{{history}}"""
_METHODS = """\
## Searches

{{searches}} The table has each search; the appendix has the strategies.

{{search-table}}

## Duplicates

{{duplicates}}

## Screening

{{screening-titles}}

{{screening-full-texts}}

{{stopping}}

## Coding

{{agreement}}

{{schemes}}"""
_FLOW = """\
{{searches}} {{removed}} {{screened}} {{retrieved}} {{assessed}} {{included-reports}}

{{flow-figure}}"""
_APPENDIX = """\
## Search strategies

{{search-strategies}}

## Reports excluded in full text

{{excluded-reports}}

## Reports not retrieved

{{not-retrieved-reports}}

## Data dictionary

{{data-dictionary}}"""
