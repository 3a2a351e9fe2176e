"""What a review knows of itself, gathered for its report."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

from evidence import __version__
from evidence.coding.scheme import QuestionKind, Scheme
from evidence.coding.which_counts import CodingStage
from evidence.errors import Invalid, NotAllowed
from evidence.report import flow_sentences, sentences
from evidence.report.facts import (
    AcceptedComment,
    LeftOutReport,
    MapFacts,
    ReportedClaim,
    ReportedPrinciples,
    ReviewFacts,
    SchemeUse,
    Search,
    StatedConclusion,
)
from evidence.report.finding_results import NoFindings
from evidence.screening.methods_text import methods
from evidence.screening.verdicts import Stage
from evidence.steps.coding import agreement as coding_agreement
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import (
    claims,
    fidelity,
    monitoring,
    principles,
    provision,
    ratings,
    stated_review,
)
from evidence.steps.records import sources
from evidence.steps.records.duplicates import duplicate_policy
from evidence.steps.results import (
    appraisals,
    direction_rules,
    directions,
    map_document,
    prisma_flow,
    review_overlap,
    schemes_of_map,
    source_overlap,
)
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.concluding import conclusions, strength_rules
from evidence.steps.results.concluding.support_standings import study_of
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.prisma_flow import DECIDED
from evidence.steps.results.protocol.planned_facts import planned_facts
from evidence.steps.results.reporting.finding_results import ReportResults
from evidence.steps.results.reporting.practice_facts import answers_of_services, reported_services
from evidence.steps.results.schemes_of_map import UnheardByScheme
from evidence.steps.results.stages import study_stages
from evidence.steps.results.theming import themes
from evidence.steps.results.whole_summary import whole_summary
from evidence.steps.review import about
from evidence.steps.screening import agreement as screening_agreement
from evidence.steps.screening import decisions, screening_history, stage_settings, stopping
from evidence.store import events
from evidence.store.coding import coders, studies
from evidence.store.events import EventKind
from evidence.store.results import left_out_reports, reader_comments, report_references
from evidence.store.results.reader_comments import CommentState
from evidence.store.review import reviews
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.conclusions.conclusion import Support
from evidence.synthesis.map_cells import tells_reviews
from evidence.synthesis.review_overlap.covered_area import InclusionTable

STAGES = {Stage.TITLE_ABSTRACT: "Titles and abstracts", Stage.FULL_TEXT: "Full texts"}
PEOPLE = "people"
"""Unit of the question that says how many took part; the first such question counts."""
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d{1,9}")


def facts(
    desk: Desk,
    today: date | None = None,
    unheard_of: UnheardByScheme | None = None,
    agreed_as_seen_by: Desk | None = None,
) -> ReviewFacts:
    """Everything that the report of a review is written from, all of it from one moment.

    Args:
        desk: of the person who looks; of studies that they are to code they hear nothing.
        today: the day that stands on the report; None for this one, in UTC.
        unheard_of: what schemes_of_map.unheard gives for them, where it was asked already.
        agreed_as_seen_by: of somebody of the team who lets others hear how far coders agree; None
            for the person themselves.
    """
    with desk.at_one_moment() as still:
        agreed = replace(agreed_as_seen_by, store=still.store) if agreed_as_seen_by else still
        return _facts(still, str(today or datetime.now(UTC).date()), unheard_of, agreed)


def _facts(
    desk: Desk, made_on: str, unheard_of: UnheardByScheme | None, agreed: Desk
) -> ReviewFacts:
    found = _found(desk, unheard_of)
    coded = found.coded if found else None
    rules = direction_rules.current(desk)
    with desk.reading() as c:
        review = reviews.get(c, desk.review_id)
        reports = report_references.of_studies(c, desk.review_id)
        changes = events.of_kind(c, desk.review_id, EventKind.REVIEW_CHANGED)
    excluded, not_retrieved = _left_out(desk)
    known = ReviewFacts(
        title=review.title,
        label=review.label,
        question=review.question,
        criteria=tuple(review.criteria),
        history=_history(change.at.date() for change in changes),
        searches=tuple(_searches(desk)),
        flow=prisma_flow.with_uses(desk, prisma_flow.flow(desk)),
        duplicates=duplicate_policy.report(desk),
        screening={title: _screening(desk, stage) for stage, title in STAGES.items()},
        stopping=_stopping(desk),
        schemes=tuple(_scheme_uses(agreed)),
        studies=found.studies if found else (),
        dimensions=found.dimensions if found else (),
        waiting=_waiting(coded) if coded else {},
        people=_people(coded) if coded else {},
        reports={study: tuple(of_study) for study, of_study in reports.items()},
        texts=_texts(found) if found else {},
        excluded=excluded,
        not_retrieved=not_retrieved,
        rules=rules,
        rules_since=direction_rules.when_set(desk),
        results=ReportResults(found=found, rules=rules) if found else NoFindings(),
        summary=whole_summary(desk, found),
        appraisals=_appraisals(desk),
        sources=source_overlap.source_overlap(desk, included=True),
        inclusions=_inclusions(desk, found),
        map=_map(desk),
        about=about.current(desk),
        planned=planned_facts(desk, found.stages if found else None),
        comments=tuple(_comments(desk)),
        made_with=f"Waymark {__version__}",
        made_on=made_on,
    )
    return _with_practice(desk, _with_conclusions(desk, known))


def _found(desk: Desk, unheard_of: UnheardByScheme | None) -> DirectionStudies | None:
    """What complete codings say, with the stages of the review; None without any scheme."""
    hidden = schemes_of_map.unheard(desk) if unheard_of is None else unheard_of
    found = directions.of_complete_codings(desk, hidden)
    return None if found is None else study_stages.with_stages(desk, found)


def _left_out(desk: Desk) -> tuple[tuple[LeftOutReport, ...], tuple[LeftOutReport, ...]]:
    """Reports that were excluded at full text, and those that were not retrieved."""
    with desk.reading() as c:
        excluded = left_out_reports.excluded(c, desk.review_id)
        lost = left_out_reports.not_retrieved(c, desk.review_id)
    return (
        tuple(LeftOutReport(reference=r, reason=reason) for r, reason in excluded),
        tuple(LeftOutReport(reference=reference) for reference in lost),
    )


def _appraisals(desk: Desk) -> dict[str, JudgementTable]:
    """The judgements with each appraisal scheme, by its id."""
    made = {}
    for taken in appraisals.appraisal_schemes(desk):
        unheard_of = appraisals.unheard(desk, taken.id)
        table = appraisals.of_complete_codings(desk, taken.id, unheard_of).table
        if table.rows and table.domains:
            made[taken.scheme.id] = table
    return made


def _with_conclusions(desk: Desk, known: ReviewFacts) -> ReviewFacts:
    """With what people gather and conclude from it.

    A report names what stands: not the words of what was taken away, and no study that is not in
    the rest of it.
    """
    counted = {study.id for study in known.studies}

    def is_named(support: Support) -> bool:
        study = study_of(support)
        return study is None or study in counted

    stated = tuple(
        StatedConclusion(
            conclusion=line.conclusion,
            rests_on=tuple(line.supports[each] for each in line.standing if is_named(each)),
            studies=tuple(study for study in line.studies if study in counted),
            is_open=bool(line.flags),
        )
        for line in conclusions.ledger(desk)
    )
    return replace(
        known,
        themes=themes.board(desk).tree,
        conclusions=stated,
        strength_rule=strength_rules.current(desk),
    )


def _with_practice(desk: Desk, known: ReviewFacts) -> ReviewFacts:
    """With what documents claim, the principles that they give, and what services do."""
    register = claims.register(desk)
    local = provision.local_provision(desk)
    monitored = [monitoring.reported(desk, t) for t in monitoring.monitoring_schemes(desk)]
    return replace(
        known,
        claims=tuple(
            ReportedClaim(
                claim=line.claim,
                judgement=line.judgement,
                cited=line.cited,
                judged_by=line.judged_by,
                studies=line.studies,
            )
            for line in register
        ),
        claim_conflicts=claims.conflicts_among(register),
        principles=tuple(
            ReportedPrinciples(
                principles=line.principles,
                links=line.link_words(),
                studies=line.linked_studies(),
            )
            for line in principles.listing(desk)
        ),
        monitoring=tuple((found.categories, found.reports) for found in monitored),
        published=monitoring.published() if monitored else (),
        stated=stated_review.of_example(desk),
        services=reported_services(desk),
        answers=answers_of_services(desk),
        fidelity=tuple(each for scale in fidelity.by_scale(desk) for each in scale.occasions),
        provisions=local.provisions,
        compared=local.compared,
        provision_ratings=tuple(
            "; ".join(line.words for line in kind.ratings)
            for kind in provision.with_ratings(local.provisions, ratings.listing(desk))
        ),
        provision_rules=local.when_set,
        provision_source=f"{local.framework.source}: {local.framework.place}.",
    )


def _inclusions(desk: Desk, found: DirectionStudies | None) -> InclusionTable | None:
    """The lists of the reviews that are in the rest of the report."""
    counted = {study.id for study in found.studies} if found else set()
    table = review_overlap.overlap(desk, counted).table
    return table if table.inclusions else None


def _map(desk: Desk) -> MapFacts | None:
    """The map as it is shown at first."""
    try:
        content = map_document.content(desk, map_document.wanted(desk))
    except Invalid:  # the scheme has too little for one
        return None
    if content is None:
        return None
    by_id = {dimension.id: dimension for dimension in content.dimensions}
    return MapFacts(
        rows=by_id[content.view.rows],
        columns=by_id[content.view.columns],
        gaps=content.gaps,
        searched_to=content.searched_to,
        knows_reviews=tells_reviews(content.dimensions),
    )


def _comments(desk: Desk) -> Iterator[AcceptedComment]:
    """What anybody reads below the published page; the others are for those who edit only."""
    with desk.reading() as c:
        kept = reader_comments.listing(c, desk.review_id)
    for each in reversed(kept):
        if each.left.state is CommentState.ACCEPTED:
            yield AcceptedComment(
                date=f"{each.at:%Y-%m-%d}",
                about=each.subject_words,
                name=each.name,
                comment=each.comment,
                answer=each.left.answer,
                changed=each.left.changed,
            )


def _history(days: Iterable[date]) -> tuple[str, ...]:
    """On which days somebody changed title, question or criteria."""
    told = [f"{day:%Y-%m-%d}" for day in sorted(set(days))]
    if not told:
        return ()
    return (f"Title, question or criteria were changed on {', '.join(told)} (UTC).",)


def _searches(desk: Desk) -> Iterable[Search]:
    listed = sources.listing(desk)
    names = {each.source.id: each.source.name for each in listed}
    for each in listed:
        source = each.source
        yield Search(
            name=source.name,
            kind=source.kind,
            platform=" ".join(part for part in (source.database, source.platform) if part),
            searched=source.date_searched,
            strategy=source.search_string,
            notes=source.notes,
            records=each.records if each.files else None,
            update_of=names.get(source.update_of or 0, ""),
        )


def _screening(desk: Desk, stage: Stage) -> str:
    found = screening_agreement.measure(desk, stage)
    agreed = sentences.screening_agreement(
        found.works, len(found.people), [pair.figures for pair in found.pairs]
    )
    tally = decisions.tally(desk, stage)
    waiting = sum(number for state, number in tally.items() if state not in DECIDED)
    parts = (
        methods(stage, stage_settings.current(desk, stage)),
        screening_history.happened(desk, stage),
        agreed.text,
        flow_sentences.undecided(waiting, sum(tally.values())).text,
    )
    return " ".join(part for part in parts if part)


def _stopping(desk: Desk) -> str:
    """Only where likely works came first does the end of screening need a reason."""
    stands = stopping.evaluate(desk)
    return stands.in_short if stands.by_priority and stands.total else ""


def _scheme_uses(desk: Desk) -> Iterator[SchemeUse]:
    with desk.reading() as c:
        included = studies.included_ids(c, desk.review_id)
    for taken in schemes.of_studies(desk):
        yield _scheme_use(desk, taken, included)


def _scheme_use(desk: Desk, taken: TakenScheme, included: Collection[int]) -> SchemeUse:
    with desk.reading() as c:
        standing = coders.of_studies(c, desk.review_id, taken.id)
    counted = [
        each
        for study, each in standing.items()
        if each.stage is CodingStage.COUNTED and study in included
    ]
    return SchemeUse(
        scheme=taken.scheme,
        studies=len(counted),
        agreed=sum(each.is_agreed for each in counted),
        agreement=_coding_agreement(desk, taken),
    )


def _coding_agreement(desk: Desk, taken: TakenScheme) -> str:
    try:
        found = coding_agreement.measure(desk, taken.id)
    except NotAllowed:
        return (
            f"How far people agree who coded with “{taken.scheme.title}” is told to the team only."
        )
    return found.sentence if found.agreed.studies else ""


def _waiting(coded: CodedStudies) -> dict[str, tuple[str, ...]]:
    return {
        "not coded completely yet": coded.open,
        "still to be reconciled": coded.to_reconcile,
        "hidden from who made this report until their own coding is complete": coded.hidden,
    }


def _people(coded: CodedStudies) -> Mapping[int, int]:
    question = people_question(coded.scheme)
    return {
        text.study: int(text.value.replace(",", ""))
        for text in coded.texts
        if text.question_id == question and _NUMBER.fullmatch(text.value)
    }


def people_question(scheme: Scheme) -> str:
    """Id of the question how many people took part; empty where the scheme has none."""
    return next(
        (
            question.id
            for question in scheme.questions
            if question.kind is QuestionKind.NUMBER
            and question.unit == PEOPLE
            and not question.per_arm
        ),
        "",
    )


def _texts(found: DirectionStudies) -> dict[tuple[int, str], str]:
    texts: dict[tuple[int, str], list[str]] = {}
    for text in found.coded.texts:
        texts.setdefault((text.study, text.question_id), []).append(text.text)
    return {key: "; ".join(chain(said)) for key, said in texts.items()}
