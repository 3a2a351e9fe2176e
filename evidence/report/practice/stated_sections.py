"""The sections of a knowledge review that is stated beside a review, for a report of its own."""

from dataclasses import dataclass

from evidence.report.asked_results import audiences_of, parts_of
from evidence.report.facts import ReviewFacts
from evidence.report.numerals import within_a_sentence
from evidence.synthesis.practice.knowledge_review import KnowledgeReview

_HEADINGS = {
    "background": "Background",
    "aims": "Aims",
    "methods": "How it was done",
    "outcome-studies": "What outcome studies say",
    "process-studies": "What process studies say",
    "practice-survey": "What services do: the survey of practice",
    "views-of-service-users": "What service users say",
    "service-users-as-researchers": "Service users as researchers",
}
"""Titles of the parts by their ids, in the order in which they are read; any other part comes last,
with its own name.
"""
_BEFORE = {
    "outcome-studies": (
        "{{reported-studies for part=outcome-studies}}\n\n{{reported-outcomes}}\n\n"
        "{{reported-matrix}}\n\n"
    ),
    "process-studies": "{{reported-studies for part=process-studies}}",
}
_AFTER = {
    "views-of-service-users": "{{reported-figures}}",
}
RECOMMENDED = "recommendations"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSection:
    """A section of such a report."""

    key: str
    title: str
    text: str


def stated_sections(facts: ReviewFacts) -> tuple[StatedSection, ...]:
    """All sections, in the order in which such a review is read; none where nothing is stated."""
    if facts.stated is None:
        return ()
    there = parts_of(facts)
    ordered = [*(each for each in _HEADINGS if each in there), *there]
    advised = "\n\n".join(
        f"## For {within_a_sentence(name)}\n\n{{{{reported-recommendations for part={each}}}}}"
        for each, name in audiences_of(facts).items()
    )
    return (
        *(
            StatedSection(
                key=part,
                title=_HEADINGS.get(part, there[part].capitalize()),
                text=_text(part),
            )
            for part in dict.fromkeys(ordered)
        ),
        StatedSection(
            key=RECOMMENDED,
            title="What is recommended",
            text=f"{_interpreted(facts.stated)}\n\n{advised}",
        ),
        StatedSection(key="sources", title="Documents", text="{{reported-documents}}"),
    )


def _text(part: str) -> str:
    first = f"{_BEFORE.get(part, '')} {{{{reported-text for part={part}}}}}".strip()
    return "\n\n".join(filter(None, [first, _AFTER.get(part, "")]))


def stated_text(facts: ReviewFacts) -> str:
    """All of it as the text of one section; what is recommended stands among the conclusions."""
    sections = (each for each in stated_sections(facts) if each.key != RECOMMENDED)
    return "\n\n".join(f"## {each.title}\n\n{each.text}" for each in sections)


def _interpreted(stated: KnowledgeReview) -> str:
    """What readers must know of the traces, with the place that does not give them."""
    places = dict.fromkeys(", ".join(e.where.split(", ")[:2]) for e in stated.recommendations)
    return (
        "On what the recommendations rest the digest does not say, so what stands behind each is "
        "our interpretation, and where nothing stands, nothing in the digest lends itself to it "
        f"({'; '.join(places)})."
    )
