"""What a live part is made of, in words, beside the studies that it rests on."""

from evidence.report.asked_studies import asked_dimension, asked_studies
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, NotLive, ReportFigure, ReportList, ReportTable
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.live_tokens import LiveToken
from evidence.report.statements import Statement


def studies_behind(content: LiveContent) -> tuple[int, ...]:
    """Ids of the studies on which it rests, each once."""
    if isinstance(content, Statement | ReportTable | ReportFigure | ReportList):
        return content.studies
    return ()


def made_of(facts: ReviewFacts, token: LiveToken) -> tuple[str, ...]:
    """By which question it counts, and which studies it is about, in sentences."""
    part = LIVE_PARTS.get(token.name)
    if part is None:
        return ()
    told = [f"{part.title}."]
    dimension = asked_dimension(facts, token) if token.by else None
    if dimension is not None and not isinstance(dimension, NotLive):
        told.append(f"Counted by the question “{dimension.title}”.")
    told += [f"About the {name} {value}." for name, value in token.choices]
    group = asked_studies(facts, token)
    if part.takes and not isinstance(group, NotLive):
        codes = "; ".join(_code(facts, question, code) for question, code in token.of)
        coded = f" These are coded “{codes}”." if codes else ""
        of_all = f" of {facts.all_studies:,}" if group.total != facts.all_studies else ""
        told.append(f"It is about {group.total:,}{of_all} studies.{coded}")
    return tuple(told)


def _code(facts: ReviewFacts, question: str, code: str) -> str:
    """A code with its question, as people read them."""
    dimension = facts.dimension(question)
    if dimension is None:
        return f"{question}: {code}"
    return f"{dimension.title}: {dimension.labels().get(code, code)}"
