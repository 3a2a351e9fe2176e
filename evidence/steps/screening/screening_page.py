"""What the screening page shows a person: the next works, and what helps to decide on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import common_queue, priority
from evidence.store import Connection
from evidence.store.records import dedupe_runs, edits, labels, sources
from evidence.store.review import reasons, reviews, terms
from evidence.store.review.reasons import Reason
from evidence.store.review.terms import Terms
from evidence.store.screening import (
    assignments,
    decision_queries,
    decisions,
    decisions_by_person,
    full_texts,
    pilots,
    stage_settings,
)
from evidence.store.screening.decision_queries import Decision
from evidence.store.screening.decisions import ToScreen
from evidence.store.screening.full_texts import Document
from evidence.store.screening.pilots import OwnPart

UNRESOLVED = frozenset({State.CONFLICT, State.MAYBE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkContext:
    """What stands beside a work on the screen.

    Attributes:
        sources: where it was found.
        labels: those that the person may know of.
        edit: who wrote its abstract by hand, and when; None where the sources gave it.
    """

    sources: Sequence[str] = ()
    labels: Sequence[str] = ()
    edit: edits.Edit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningPage:
    """What a person has before them at a stage.

    Attributes:
        waiting: the next works without a decision.
        recent: own decisions, newest first, with their works, for undo.
        votes: what each person decided, for works in conflict or “maybe”; of other works nothing
            is told.
        contexts: what stands beside these works, by id.
        labels: all labels of the review.
        criteria: what a study must meet.
        documents: full texts of the works, at the stage that reads them.
        pilots: in which pilot the person reads or has read a work, by its id; of open works.
        parts: their part in each of these pilots, by its id.
        can_begin: nothing waits for the person until they take works from the common queue.
        explanations: words that brought a waiting work near the top of a priority order; of works
            that came by chance, in a pilot or by hand nothing is told.
    """

    stage: Stage
    waiting: Sequence[ToScreen]
    recent: Sequence[tuple[Decision, ToScreen]]
    votes: Mapping[int, Sequence[Decision]]
    contexts: Mapping[int, WorkContext]
    labels: Sequence[str]
    reasons: Sequence[Reason]
    terms: Terms
    criteria: Sequence[str]
    documents: Mapping[int, Sequence[Document]]
    explanations: Mapping[int, Sequence[str]]
    pilots: Mapping[int, int]
    parts: Mapping[int, OwnPart]
    can_begin: bool


def load(desk: Desk, stage: Stage, *, state: State = State.OPEN, recent: int = 10) -> ScreeningPage:
    """All that the screening page shows; of open works those that this person has before them.

    It changes nothing: works are taken by common_queue.begin, and by deciding.
    """
    with desk.reading() as c:
        review_id, person_id = desk.review_id, desk.person_id
        own = decisions_by_person.of_person(c, review_id, stage, person_id, recent)
        recent_works = decisions.works_by_id(c, review_id, [decision.work_id for decision in own])
        waiting = _waiting(desk, c, stage, state)
        ids = [work.id for work in waiting]
        about = {*recent_works, *ids} if state is State.OPEN else set()
        pilots_by_work = assignments.pilots_of(c, stage, about, person_id)
        parts = pilots.of_person(c, review_id, stage, person_id) if pilots_by_work else []
        disputed = ids if state in UNRESOLVED else []
        return ScreeningPage(
            stage=stage,
            waiting=waiting,
            recent=[(decision, recent_works[decision.work_id]) for decision in own],
            votes=decision_queries.of_works(c, review_id, stage, disputed, person_id),
            contexts=_contexts(desk, c, {*recent_works, *ids}),
            labels=[label.name for label in labels.listing(c, review_id)],
            reasons=reasons.listing(c, review_id),
            terms=terms.get(c, review_id),
            criteria=reviews.get(c, review_id).criteria,
            documents=full_texts.of_works(c, review_id, ids) if stage is Stage.FULL_TEXT else {},
            explanations=_explanations(desk, c, stage, ids) if state is State.OPEN else {},
            pilots=pilots_by_work,
            parts={part.id: part for part in parts},
            can_begin=state is State.OPEN and not ids and common_queue.can_begin(desk, c, stage),
        )


def uncompared_records(desk: Desk) -> int:
    """How many records came in since duplicates were last looked for."""
    with desk.reading() as c:
        return dedupe_runs.count_new_records(c, desk.review_id)


def _waiting(desk: Desk, c: Connection, stage: Stage, state: State) -> list[ToScreen]:
    if state is not State.OPEN:
        return decisions.works_in_state(
            c, desk.review_id, stage, state=state, limit=common_queue.LOADED
        )
    ids = assignments.waiting(c, desk.review_id, stage, desk.person_id, common_queue.LOADED)
    works = decisions.works_by_id(c, desk.review_id, ids)
    return [works[work_id] for work_id in ids]


def _explanations(
    desk: Desk, c: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, Sequence[str]]:
    """Why works come early: those that the order brought, not chance, a pilot or a colleague."""
    settings = stage_settings.current(c, desk.review_id, stage)
    why = priority.order_of(desk.store, c, desk.review_id, settings, stage).why
    brought = assignments.pulled_by_order(c, stage, work_ids, desk.person_id)
    return {
        work_id: why[work_id] for work_id in work_ids if work_id in brought and why.get(work_id)
    }


def _contexts(desk: Desk, c: Connection, work_ids: Collection[int]) -> dict[int, WorkContext]:
    sources_by_work = sources.names_of_works(c, desk.review_id, work_ids)
    labels_by_work = labels.on_works(c, desk.review_id, work_ids, desk.person_id)
    edits_by_work = edits.standing(c, desk.review_id, work_ids)
    return {
        work_id: WorkContext(
            sources=sources_by_work.get(work_id, ()),
            labels=labels_by_work.get(work_id, ()),
            edit=edits_by_work.get(work_id, {}).get("abstract"),
        )
        for work_id in work_ids
    }
