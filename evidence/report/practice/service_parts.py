"""The services of a review in its report: what other tables name, with when their forms are of."""

from collections.abc import Mapping

from evidence.report.facts import ReportedService, ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.report.numerals import counted
from evidence.report.statements import Statement
from evidence.synthesis.practice.answer_counts import AnswerCount
from evidence.synthesis.practice.service import area_key

NOT_GIVEN = "–"


def anchor_of(service: str) -> str:
    """Where other rows lead that name a service, by its uid."""
    return f"service-{service}"


def _services(facts: ReviewFacts, _token: object) -> LiveContent:
    return ReportTable(
        caption="Services of the review",
        head=("Service", "Area", "Provider", "Forms"),
        rows=tuple(
            ReportRow(cells=_cells(each), anchor=anchor_of(each.service.uid))
            for each in facts.services
        ),
        note="Forms that are complete, with the day or quarter for which each holds."
        if facts.services
        else "",
    )


def _cells(each: ReportedService) -> tuple[str, ...]:
    return (
        each.service.name,
        each.service.area or NOT_GIVEN,
        each.service.provider or NOT_GIVEN,
        "; ".join(each.forms) or NOT_GIVEN,
    )


def _asked(facts: ReviewFacts, _token: object) -> LiveContent:
    """How many services and areas, and how many answered the survey of practice.

    Forms of a scale of fidelity and quarters of monitoring are no answers to it.
    """
    total = len(facts.services)
    if not total:
        return Statement(text="")
    areas = len({area_key(each.service.area) for each in facts.services} - {""})
    answered = sum(bool(each.questionnaires) for each in facts.services)
    where = f" in {counted(areas, 'area')}" if areas else ""
    forms = counted(sum(each.questionnaires for each in facts.services), "complete form")
    return Statement(
        text=f"The review has {counted(total, 'service')}{where}; {answered:,} of {total:,} "
        f"answered the survey of practice ({forms} of it in all)."
    )


def _answers(facts: ReviewFacts, _token: object) -> LiveContent:
    several = len(facts.answers) > 1
    rows = tuple(
        ReportRow(
            cells=(
                f"{scheme.title}: {each.question}" if several else each.question,
                f"{each.answered:,} of {scheme.services:,}",
                _said(each),
            )
        )
        for scheme in facts.answers
        for each in scheme.counts
    )
    return ReportTable(
        caption="What services answer",
        head=("Question", "Services that answered", "Answers, with the number of services"),
        rows=rows,
        note=_ANSWERS_NOTE if rows else "",
    )


def _said(each: AnswerCount) -> str:
    if each.smallest is not None and each.largest is not None:
        same = each.smallest == each.largest
        span = f"{each.smallest:,f}" if same else f"{each.smallest:,f} to {each.largest:,f}"
        return f"{span} {each.unit}".rstrip()
    return "; ".join(f"{label}: {number:,}" for label, number in each.options)


_ANSWERS_NOTE = (
    "Of each service the newest complete form counts. A service can give several answers to one "
    "question. What is answered in words is gathered in themes."
)
SERVICE_PARTS: Mapping[str, LivePart] = {
    "services-asked": live_part("How many services were asked", PartKind.SENTENCE, _asked),
    "practice-answers": live_part(
        "What services answer to a questionnaire", PartKind.TABLE, _answers
    ),
    "services": live_part("Services, with their forms", PartKind.TABLE, _services),
}
