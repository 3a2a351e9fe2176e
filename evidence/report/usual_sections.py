"""The sections with which a report begins, before an author changes them.

They follow what PRISMA 2020 asks of a report (doi:10.1136/bmj.n71). What only people can write
stands empty, with a line that says what belongs there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.coding.scheme import Axis
from evidence.report.coded_parts import gaps_of
from evidence.report.facts import ReviewFacts
from evidence.report.finding_results import FindingChoice
from evidence.report.planned.planned_parts import planned_appendix, planned_methods, planned_results
from evidence.report.planned.stream_sections import (
    all_stand_in_streams,
    asked_about_axis,
    component_questions,
    of_streams,
)
from evidence.report.practice.usual_practice import practice_appendix, practice_sections
from evidence.report.read_section import as_written
from evidence.synthesis.conclusions.conclusion import ConclusionKind
from evidence.synthesis.map_cells import CellKind

ABOUT_PARTS = (
    ("authors", "author_names", "Authors."),
    ("funding", "funding", "Funding."),
    ("competing-interests", "competing_interests", "Competing interests."),
    ("registration", "registration", "Registration."),
    ("protocol", "protocol", "Protocol."),
    ("deviations", "deviations", "Deviations from the protocol."),
    ("licence", "licence", "Licence."),
    ("contact", "contact", "Contact."),
)
"""Names of live parts on the review itself, the field of `ReviewAbout` that each gives, and the
words that lead it in.
"""
_SEVERAL = 2
_MECHANISMS = ("mechanism-described", "differentiating-feature")


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
    """The sections of a report of such a review; what it does not have has no section."""
    where = " {{countries}}" if facts.dimension("country") else ""
    where += "\n\n{{certainty}}" if facts.summary.parts else ""
    results = (
        ("appraisal", "How sound the studies are", _appraisal(facts)),
        ("map", "The map and its gaps", _map(facts)),
        ("in-depth", "The in-depth review", planned_results(facts)),
        ("directions", "Directions of effects", _directions(facts)),
        ("pooled", "Pooled effects", _pooled(facts)),
        ("certainty", "Summary of findings", _certainty(facts)),
        ("themes", "What people say", _themes(facts)),
        ("components", "How services work", _components(facts)),
        *practice_sections(facts),
    )
    written = ((key, title, "\n\n".join(paragraphs)) for key, title, paragraphs in results)
    return (
        Section(
            key="summary",
            title="Summary",
            text=_SUMMARY_OF_PRACTICE if _is_of_practice_alone(facts) else _SUMMARY + where,
            guidance=_OF_SUMMARY,
        ),
        Section(
            key="background",
            title="Background",
            text="{{background}}" if facts.about.background else "",
            guidance=_OF_BACKGROUND,
        ),
        Section(
            key="question",
            title="Question and criteria",
            text=_QUESTION + ("\n\n{{definitions}}" if facts.about.definitions else ""),
        ),
        Section(
            key="methods",
            title="Methods",
            text="\n\n".join(_methods(facts)),
            guidance=_OF_METHODS,
        ),
        Section(key="flow", title="From searches to studies", text=_FLOW),
        Section(key="studies", title="The studies", text="\n\n".join(_studies(facts))),
        *(Section(key=key, title=title, text=text) for key, title, text in written if text),
        Section(key="discussion", title="Discussion", guidance=_OF_DISCUSSION),
        Section(
            key="conclusions",
            title="Conclusions",
            text="\n\n".join(_conclusions(facts)),
            guidance=_OF_CONCLUSIONS,
        ),
        Section(
            key="about",
            title="About this review",
            text="\n\n".join(_about(facts)),
            guidance=_OF_ABOUT,
        ),
        Section(key="references", title="Included studies", text="{{references}}"),
        Section(key="appendix", title="Appendix", text="\n\n".join(_appendix(facts))),
    )


def _is_of_practice_alone(facts: ReviewFacts) -> bool:
    """Whether services were asked, and nothing was searched and no study entered."""
    return bool(facts.services) and not facts.flow.sources and not facts.all_studies


def _about(facts: ReviewFacts) -> Iterator[str]:
    """What the review says of itself; what nobody entered has no line."""
    for name, field, lead in ABOUT_PARTS:
        if getattr(facts.about, field):
            yield f"**{lead}** {{{{{name}}}}}"
    yield "{{made-with}}"


def _methods(facts: ReviewFacts) -> Iterator[str]:
    yield _METHODS
    yield from planned_methods(facts)
    if facts.appraisals:
        yield "## Appraisal"
        yield "{{appraisal-rules}}"
    if facts.results.contrasts:
        yield "## Synthesis"
        yield "{{direction-rules}}"


def _studies(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs on all studies, then on each stream, then on interventions and outcomes."""
    yield "{{not-counted}}"
    has_country = facts.dimension("country") is not None
    where = " {{countries}}" * has_country
    yield "{{included-studies}} {{years}}" + where + " {{participants}} {{several-reports}}"
    yield "{{years-figure}}"
    if has_country:
        yield "{{countries-figure by country}}"
    if facts.dimension("design"):
        yield "{{shares by design}}"
        yield "{{counts by design}}"
    yield from of_streams(facts)
    for axis, title in ((Axis.INTERVENTION, "Interventions"), (Axis.OUTCOME, "Outcomes")):
        names = asked_about_axis(facts, axis)
        if names:
            yield f"## {title}"
        for name in names:
            yield f"{{{{most-studied by {name}}}}} {{{{not-studied by {name}}}}}"
            dimension = facts.dimension(name)
            if dimension and facts.has_codes(dimension):
                yield f"{{{{counts by {name}}}}}"
        yield "{{reported}}" * (axis is Axis.OUTCOME and bool(names))
    if not all_stand_in_streams(facts, facts.studies):
        yield "## Characteristics"
        yield "{{characteristics}}"


def _appraisal(facts: ReviewFacts) -> Iterator[str]:
    """Each scheme of appraisal; a review that only codes whether studies are sound says that."""
    soundness = facts.dimension("soundness")
    if not facts.appraisals and soundness and facts.has_codes(soundness):
        yield "{{shares by soundness}}"
    for scheme in facts.appraisals:
        choice = f" for scheme={scheme}"
        yield f"{{{{appraisal{choice}}}}}"
        yield f"{{{{appraisal-table{choice}}}}}"
        yield f"{{{{appraisal-figure{choice}}}}}"


def _map(facts: ReviewFacts) -> Iterator[str]:
    if facts.map is not None and facts.studies:
        yield "{{map}} {{map-gaps}}"
        gaps = gaps_of(facts)
        if gaps and gaps.number(CellKind.SYNTHESIS_GAP):
            yield "{{synthesis-gaps}}"
        yield "{{map-figure}}"


def _directions(facts: ReviewFacts) -> Iterator[str]:
    """Each type of contrast for itself; the plot where words can be used at all."""
    for contrast, label in facts.results.contrasts.items():
        yield f"## {as_written(label)}"
        yield f"{{{{directions-in-all for contrast={contrast}}}}}"
        if facts.results.studies(contrast) >= facts.rules.least_studies:
            yield f"{{{{directions-figure for contrast={contrast}}}}}"


def _pooled(facts: ReviewFacts) -> Iterator[str]:
    """What several studies give together; a table of each contrast, and a plot of each effect."""
    for contrast in facts.results.contrasts:
        pairs = facts.results.poolable(contrast)
        if pairs:
            yield f"{{{{pooled-table for contrast={contrast}}}}}"
        for intervention, outcome in pairs:
            if not {intervention, outcome} <= facts.results.main_codes:
                continue
            key = FindingChoice(contrast=contrast, intervention=intervention, outcome=outcome)
            forest = facts.results.pooled(key).forest
            if forest is not None and forest.pooled.k >= _SEVERAL:
                choice = f"intervention={intervention}, outcome={outcome}, contrast={contrast}"
                yield f"{{{{pooled for {choice}}}}}"
                yield f"{{{{forest for {choice}}}}}"


def _certainty(facts: ReviewFacts) -> Iterator[str]:
    if facts.summary.parts:
        yield "{{certainty}}"
        yield "{{summary-table}}"
    if facts.summary.review_findings:
        yield "{{confidence}}"
        yield "{{review-findings}}"


def _components(facts: ReviewFacts) -> Iterator[str]:
    """What services consist of, and how that works."""
    for first in filter(facts.has_codes, component_questions(facts)):
        yield f"{{{{components by {first.id}}}}}"
        yield f"{{{{codes-table by {first.id}}}}}"
    for name in _MECHANISMS:
        dimension = facts.dimension(name)
        if dimension and facts.has_codes(dimension):
            yield f"{{{{shares by {name}}}}}"


def _themes(facts: ReviewFacts) -> Iterator[str]:
    if facts.themes.themes:
        yield "{{themes}}"
        yield "{{theme-matrix}}" if facts.dimension("axis:intervention") else ""


def _conclusions(facts: ReviewFacts) -> Iterator[str]:
    for kind in ConclusionKind:
        if any(each.conclusion.kind is kind for each in facts.conclusions):
            yield f"{{{{{kind}s}}}}"


def _appendix(facts: ReviewFacts) -> Iterator[str]:
    yield _APPENDIX
    yield from planned_appendix(facts)
    yield from practice_appendix(facts)
    if facts.results.contrasts:
        yield "## Directions in words"
    for contrast in facts.results.contrasts:
        yield f"{{{{directions-table for contrast={contrast}}}}}"
    yield "## Data dictionary"
    yield "{{data-dictionary}}"
    name = "prisma-2020" if facts.results.contrasts else "prisma-scr"
    yield "## Checklists"
    yield f"{{{{checklist-{name}}}}}"
    yield "{{checklist-prisma-s}}"


_OF_SUMMARY = "The question, what was done, what was found, and how certain it is, in a few lines."
_OF_BACKGROUND = "Why this review: what is known, what is not, and for whom it matters."
_OF_METHODS = (
    "What is not said yet: who was involved, where the protocol is registered, and what was done "
    "otherwise than planned."
)
_OF_DISCUSSION = "What the findings mean, and the limits of the studies and of the review."
_OF_CONCLUSIONS = "What follows for policy and practice, and for further research."
_OF_ABOUT = (
    "Where the data are, and who did what. Authors, funding, competing interests, registration, "
    "protocol, licence and contact are entered on the page Reviews and stand here by themselves."
)
_SUMMARY = """\
{{question}}

{{searches}} {{included-reports}} {{years}}"""
_SUMMARY_OF_PRACTICE = """\
{{question}}

{{services-asked}}"""
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

{{coding}} {{agreement}}

{{schemes}}"""
_FLOW = """\
{{searches}} {{removed}} {{screened}} {{retrieved}} {{assessed}} {{included-reports}}

{{still-open}}

{{found-alone}}

{{flow-figure}}"""
_APPENDIX = """\
## Search strategies

{{search-strategies}}

## Reports excluded in full text

{{excluded-reports}}

## Reports not retrieved

{{not-retrieved-reports}}"""
