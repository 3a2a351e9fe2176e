"""The live parts that an author can ask for, by name.

Sentences are patterns of sentences.py and flow_sentences.py, tables those of tables.py; all are
filled with the counts that figures are drawn from.
"""

from collections.abc import Callable, Mapping, Sequence

from evidence.citations.citing import dated_reference_text
from evidence.citations.record import Reference
from evidence.report import flow_sentences, sentences, tables
from evidence.report.asked_studies import asked_dimension, asked_dimensions, asked_studies
from evidence.report.checklists.catalogue import CHECKLISTS
from evidence.report.checklists.fill import as_table, filled_items
from evidence.report.coded_parts import CODED_PARTS
from evidence.report.concluding.conclusion_parts import CONCLUDED_PARTS
from evidence.report.concluding.theme_parts import THEME_PARTS
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    PartKind,
    ReportFigure,
    ReportList,
    ReportTable,
)
from evidence.report.live_part import Fill, LivePart
from evidence.report.live_tokens import LiveToken
from evidence.report.planned.planned_parts import PLANNED_PARTS
from evidence.report.practice.claim_parts import CLAIM_PARTS
from evidence.report.practice.fidelity_parts import FIDELITY_PARTS
from evidence.report.practice.monitoring_parts import MONITORING_PARTS
from evidence.report.practice.principle_parts import PRINCIPLE_PARTS
from evidence.report.practice.provision_parts import PROVISION_PARTS
from evidence.report.practice.reported_parts import REPORTED_PARTS
from evidence.report.practice.service_parts import SERVICE_PARTS
from evidence.report.practice.stated_parts import STATED_PARTS
from evidence.report.result_parts import RESULT_PARTS
from evidence.report.statements import Statement, StudyGroup
from evidence.report.usual_sections import ABOUT_PARTS, usual_sections
from evidence.synthesis.study_counts import Counts, by_option

COUNTRY = ("country", "countries")
"""Ids of the question where studies were carried out."""
OF_CHECKLIST = "checklist-"
"""Begins the names of live parts that are checklists."""
USUAL_COLUMNS = ("country", "design", "population", "axis:intervention", "axis:outcome")


def live_content(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    """What a live part comes to with these facts."""
    if token.fault:
        return NotLive(why=token.fault)
    part = LIVE_PARTS.get(token.name)
    if part is None:
        return NotLive(why=f"No live part is called “{token.name}”.")
    given = {"by": token.by, "of": token.of, "as": token.noun}
    extra = [word for word, value in given.items() if value and word not in part.takes]
    if extra:
        return NotLive(why=f"{{{{{token.name}}}}} takes no “{extra[0]}”.")
    unused = [choice for choice, _ in token.choices if choice not in part.chooses]
    if unused:
        return NotLive(why=f"{{{{{token.name}}}}} takes no “{unused[0]}” after “for”.")
    if token.name.startswith(OF_CHECKLIST):  # what sections say is not kept with the facts
        return part.fill(facts, token)
    return facts.once.of(("live part", token.id), lambda: part.fill(facts, token))


def _of_group(pattern: Callable[[StudyGroup], Statement]) -> Fill:
    """A pattern that needs the studies alone."""

    def fill(facts: ReviewFacts, token: LiveToken) -> LiveContent:
        group = asked_studies(facts, token)
        return group if isinstance(group, NotLive) else pattern(group)

    return fill


def _of_counts(pattern: Callable[[StudyGroup, Counts], Statement | ReportTable]) -> Fill:
    """A pattern that counts the studies by the question after `by`."""

    def fill(facts: ReviewFacts, token: LiveToken) -> LiveContent:
        group, dimension = asked_studies(facts, token), asked_dimension(facts, token)
        if isinstance(group, NotLive):
            return group
        if isinstance(dimension, NotLive):
            return dimension
        return pattern(group, by_option(group.studies, dimension))

    return fill


def _countries(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    dimension = next((d for name in COUNTRY if (d := facts.dimension(name))), None)
    if dimension is None:
        return NotLive(why="No scheme has a question with the id “country”.")
    return sentences.carried_out_in(group, by_option(group.studies, dimension))


def _included(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    """Of all studies those that wait are told, too; of those with a code nobody knows it."""
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    waiting = 0 if token.of else facts.all_studies - len(facts.studies)
    return sentences.included(group, waiting)


def _number(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    return Statement(text=f"{group.total:,}", studies=group.ids)


def _characteristics(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    if token.by:
        asked = asked_dimensions(facts, token)
        if isinstance(asked, NotLive):
            return asked
        return tables.characteristics(facts, group, asked)
    usual = [d for name in USUAL_COLUMNS if (d := facts.dimension(name))]
    return tables.characteristics(facts, group, usual)


def _references(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    lines = tuple(
        Statement(text=f"{study.label}: {_lines_of(reports)}", studies=(study.id,))
        for study in group.studies
        if (reports := facts.reports.get(study.id))
    )
    return ReportList(lines=lines, empty="No report of a study is included.")


def _lines_of(reports: Sequence[Reference]) -> str:
    """The reports of a study one behind the other, numbered where there are several."""
    lines = [dated_reference_text(report) for report in reports]
    if len(lines) == 1:
        return lines[0]
    return " ".join(f"({number}) {line}" for number, line in enumerate(lines, start=1))


def _criteria(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
    lines = tuple(Statement(text=criterion) for criterion in facts.criteria)
    return ReportList(lines=lines, empty="No criterion is recorded.")


def _stage(number: int) -> Fill:
    def fill(facts: ReviewFacts, _token: LiveToken) -> LiveContent:
        told = list(facts.screening.values())
        return Statement(text=told[number] if number < len(told) else "")

    return fill


def _text(text: Callable[[ReviewFacts], str]) -> Fill:
    """A part that is one text of the facts."""
    return lambda facts, _token: Statement(text=text(facts))


def _figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    group = asked_studies(facts, token)
    if isinstance(group, NotLive):
        return group
    return ReportFigure(name=token.name, studies=group.ids)


def _figure_by(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    dimension = asked_dimension(facts, token)
    return dimension if isinstance(dimension, NotLive) else _figure(facts, token)


def filled_checklist(facts: ReviewFacts, name: str) -> ReportTable:
    """A checklist of reporting, filled with where the sections of the report answer it.

    Args:
        facts: of the review.
        name: one of `CHECKLISTS`.
    """
    usual = usual_sections(facts)
    checklist = CHECKLISTS[name]
    items = filled_items(
        checklist, facts, facts.sections or usual, usual, lambda token: _said(facts, token)
    )
    return as_table(checklist, items)


def _said(facts: ReviewFacts, token: LiveToken) -> str:
    """What a live part gives; empty where it says nothing here."""
    if token.name.startswith(OF_CHECKLIST):
        return ""
    match live_content(facts, token):
        case Statement(text="") | ReportTable(rows=()) | ReportList(lines=()) | NotLive():
            return ""
        case _:
            return LIVE_PARTS[token.name].title


def _checklist(name: str) -> Fill:
    return lambda facts, _token: filled_checklist(facts, name)


def _agreement(facts: ReviewFacts) -> str:
    return " ".join(use.agreement for use in facts.schemes if use.agreement)


_OF = frozenset({"of", "as"})
_BY = frozenset({"by", "of", "as"})
_S, _T, _F, _L = PartKind.SENTENCE, PartKind.TABLE, PartKind.FIGURE, PartKind.LIST


def _of_about(field: str) -> Fill:
    return _text(lambda facts: " ".join(str(getattr(facts.about, field)).split()))


LIVE_PARTS: Mapping[str, LivePart] = {
    # what the review says of itself
    **{
        name: LivePart(title=lead.removesuffix("."), kind=_S, fill=_of_about(field))
        for name, field, lead in ABOUT_PARTS
    },
    **PLANNED_PARTS,
    # from the searches to the included studies
    "question": LivePart(title="The question", kind=_S, fill=_text(lambda f: f.question)),
    "criteria": LivePart(title="The criteria", kind=_L, fill=_criteria),
    "history": LivePart(
        title="What changed in question and criteria",
        kind=_S,
        fill=_text(lambda f: " ".join(f.history)),
    ),
    "searches": LivePart(
        title="What the searches gave", kind=_S, fill=lambda f, _: flow_sentences.searched(f.flow)
    ),
    "duplicates": LivePart(
        title="How duplicates were found", kind=_S, fill=_text(lambda f: f.duplicates)
    ),
    "removed": LivePart(
        title="What was removed before screening",
        kind=_S,
        fill=lambda f, _: flow_sentences.removed(f.flow),
    ),
    "screening-titles": LivePart(
        title="How titles and abstracts were screened", kind=_S, fill=_stage(0)
    ),
    "screening-full-texts": LivePart(title="How full texts were screened", kind=_S, fill=_stage(1)),
    "stopping": LivePart(
        title="When screening was ended", kind=_S, fill=_text(lambda f: f.stopping)
    ),
    "screened": LivePart(
        title="What was excluded by title and abstract",
        kind=_S,
        fill=lambda f, _: flow_sentences.screened(f.flow),
    ),
    "still-open": LivePart(
        title="What still waits on the way to the studies",
        kind=_S,
        fill=lambda f, _: flow_sentences.not_finished(f.flow),
    ),
    "retrieved": LivePart(
        title="What could not be retrieved",
        kind=_S,
        fill=lambda f, _: flow_sentences.retrieved(f.flow),
    ),
    "assessed": LivePart(
        title="What was excluded in full text",
        kind=_S,
        fill=lambda f, _: flow_sentences.assessed(f.flow),
    ),
    "included-reports": LivePart(
        title="How many reports and studies are included",
        kind=_S,
        fill=lambda f, _: flow_sentences.reports_of_studies(f.flow),
    ),
    "coding": LivePart(
        title="With which schemes studies were coded",
        kind=_S,
        fill=lambda f, _: sentences.coded_with(f.schemes, f.all_studies),
    ),
    "agreement": LivePart(title="How far coders agree", kind=_S, fill=_text(_agreement)),
    "not-counted": LivePart(
        title="Studies that do not count yet",
        kind=_S,
        fill=lambda f, _: sentences.not_counted(f.waiting, f.all_studies),
    ),
    # studies and what is coded of them
    "number": LivePart(title="A number of studies", kind=PartKind.NUMBER, fill=_number, takes=_OF),
    "included-studies": LivePart(title="How many studies", kind=_S, fill=_included, takes=_OF),
    "years": LivePart(
        title="Between which years", kind=_S, fill=_of_group(sentences.published), takes=_OF
    ),
    "countries": LivePart(title="In which countries", kind=_S, fill=_countries, takes=_OF),
    "shares": LivePart(
        title="Studies by a question", kind=_S, fill=_of_counts(sentences.coded_as), takes=_BY
    ),
    "most-studied": LivePart(
        title="What most studies are on",
        kind=_S,
        fill=_of_counts(sentences.studied_most),
        takes=_BY,
    ),
    "not-studied": LivePart(
        title="What no study is on", kind=_S, fill=_of_counts(sentences.not_studied), takes=_BY
    ),
    "participants": LivePart(
        title="How many people took part",
        kind=_S,
        fill=lambda f, token: _of_group(lambda group: sentences.took_part(group, f.people))(
            f, token
        ),
        takes=_OF,
    ),
    "several-reports": LivePart(
        title="Studies with several reports",
        kind=_S,
        fill=lambda f, token: _of_group(
            lambda group: sentences.several_reports(
                group, {study: len(reports) for study, reports in f.reports.items()}
            )
        )(f, token),
        takes=_OF,
    ),
    # tables and lists
    "characteristics": LivePart(
        title="Studies with what is coded of them", kind=_T, fill=_characteristics, takes=_BY
    ),
    "counts": LivePart(
        title="Studies by a question, as a table",
        kind=_T,
        fill=_of_counts(tables.counted),
        takes=_BY,
    ),
    "search-table": LivePart(
        title="Searches as a table", kind=_T, fill=lambda f, _: tables.searches(f)
    ),
    "search-strategies": LivePart(
        title="Search strategies", kind=_T, fill=lambda f, _: tables.strategies(f)
    ),
    "schemes": LivePart(title="Coding schemes", kind=_T, fill=lambda f, _: tables.schemes(f)),
    "data-dictionary": LivePart(
        title="Questions with their codes", kind=_T, fill=lambda f, _: tables.data_dictionary(f)
    ),
    "excluded-reports": LivePart(
        title="Reports excluded in full text, with reasons",
        kind=_T,
        fill=lambda f, _: tables.left_out(
            "Reports excluded in full text", f.excluded, reasons=True
        ),
    ),
    "not-retrieved-reports": LivePart(
        title="Reports that were not retrieved",
        kind=_T,
        fill=lambda f, _: tables.left_out(
            "Reports that were not retrieved", f.not_retrieved, reasons=False
        ),
    ),
    "comments": LivePart(
        title="Comments of readers, and what changed because of them",
        kind=_T,
        fill=lambda f, _: tables.comments(f),
    ),
    "references": LivePart(
        title="The included studies with their reports", kind=_L, fill=_references, takes=_OF
    ),
    # figures
    "flow-figure": LivePart(title="PRISMA flow diagram", kind=_F, fill=_figure),
    "years-figure": LivePart(title="Studies by year", kind=_F, fill=_figure, takes=_OF),
    "counts-figure": LivePart(
        title="Studies by a question, as bars", kind=_F, fill=_figure_by, takes=_BY
    ),
    # checklists of reporting
    **{
        f"{OF_CHECKLIST}{name}": LivePart(
            title=f"{checklist.title}: where it is answered", kind=_T, fill=_checklist(name)
        )
        for name, checklist in CHECKLISTS.items()
    },
    # what the studies found
    **CODED_PARTS,
    **RESULT_PARTS,
    # what people say, and what is concluded
    **THEME_PARTS,
    **CONCLUDED_PARTS,
    # what documents claim and advise
    **CLAIM_PARTS,
    **PRINCIPLE_PARTS,
    # what services do
    **SERVICE_PARTS,
    **FIDELITY_PARTS,
    **MONITORING_PARTS,
    **PROVISION_PARTS,
    **REPORTED_PARTS,
    **STATED_PARTS,
}
