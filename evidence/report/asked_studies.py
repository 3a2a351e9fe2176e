"""Of which studies a live part speaks, and by which question it counts them."""

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import LiveToken, live_token
from evidence.report.statements import StudyGroup, noun_of_one
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy


def asked_studies(facts: ReviewFacts, token: LiveToken) -> StudyGroup | NotLive:
    """The studies that have all codes after `of`, each code with those below it."""
    studies = facts.studies
    told = []
    for question, code in token.of:
        dimension = facts.dimension(question)
        if dimension is None:
            return _unknown_question(facts, question)
        heading = _heading(dimension, code)
        if heading is None:
            known = ", ".join(each.id for each in dimension.headings[:12])
            return NotLive(why=f"“{dimension.title}” has no code “{code}”; it has {known} ….")
        studies = tuple(study for study in studies if _has(study, dimension, heading))
        told.append(f"{dimension.title}: {heading.label}")
    if token.noun:
        several, _, one = (part.strip() for part in token.noun.partition("/"))
        return StudyGroup(studies=studies, noun=several, noun_of_one=one or noun_of_one(several))
    with_codes = f" coded “{'; '.join(told)}”" if told else ""
    return StudyGroup(
        studies=studies, noun=f"studies{with_codes}", noun_of_one=f"study{with_codes}"
    )


def asked_about(facts: ReviewFacts, token_id: str) -> str:
    """The codes of the studies of which a live part speaks, as people read them."""
    told = []
    for question, code in live_token(token_id).of:
        dimension = facts.dimension(question)
        heading = _heading(dimension, code) if dimension else None
        if dimension and heading:
            told.append(f"{dimension.title}: {heading.label}")
    return "; ".join(told)


def asked_dimension(facts: ReviewFacts, token: LiveToken) -> Dimension | NotLive:
    """The question after `by`."""
    if not token.by:
        return NotLive(why=f"Write by which question: {{{{{token.name} by design}}}}, for example.")
    return facts.dimension(token.by) or _unknown_question(facts, token.by)


def asked_dimensions(facts: ReviewFacts, token: LiveToken) -> list[Dimension] | NotLive:
    """The questions after `by`, with commas between."""
    dimensions = []
    for name in filter(None, token.by.split(",")):
        dimension = facts.dimension(name)
        if dimension is None:
            return _unknown_question(facts, name)
        dimensions.append(dimension)
    return dimensions


def _unknown_question(facts: ReviewFacts, question: str) -> NotLive:
    known = ", ".join(each.id.partition(":")[2] for each in facts.dimensions) or "none"
    return NotLive(why=f"No question is called “{question}”; there are {known}.")


def _heading(dimension: Dimension, code: str) -> Heading | None:
    """By its id, or by its label."""
    asked = code.casefold()
    return next((h for h in dimension.headings if h.id == code), None) or next(
        (h for h in dimension.headings if h.label.casefold() == asked), None
    )


def _has(study: CodedStudy, dimension: Dimension, heading: Heading) -> bool:
    codes = set(dimension.codes(study))
    for finding in study.findings:
        codes |= dimension.codes(study, finding)
    return bool(codes & heading.covers)
