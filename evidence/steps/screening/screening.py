"""Screening: what waits, what was said, and what it comes to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import priority
from evidence.store import Connection, Role, permission
from evidence.store.records import dedupe_runs, edits, labels, sources, works
from evidence.store.records.works import Work
from evidence.store.review import reviews, team
from evidence.store.review.reviews import Reason, Terms
from evidence.store.screening import (
    assignments,
    decision_queries,
    decisions,
    decisions_by_person,
    full_texts,
    queue,
    stage_settings,
)
from evidence.store.screening.decision_queries import Decision
from evidence.store.screening.decisions import ToScreen
from evidence.store.screening.decisions_by_person import DecisionFilter
from evidence.store.screening.full_texts import Document

ASKING = frozenset({State.CONFLICT, State.MAYBE})
AHEAD = 20  # works that the page holds, so that the next one shows at once
FEWEST = 12  # works before a person; with fewer the common queue is asked for more


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
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
class Tray:
    """What a person has before them at a stage.

    Attributes:
        waiting: the next works without a decision.
        recent: own decisions, newest first, with their works, for undo.
        voices: what each person said, for works that ask for somebody else's view; of other works
            nothing is told.
        about: what stands beside these works, by id.
        labels: all labels of the review.
        criteria: what a study must meet.
        documents: full texts of the works, at the stage that reads them.
        why: words that brought a work near the top of a priority order.
    """

    stage: Stage
    waiting: Sequence[ToScreen]
    recent: Sequence[tuple[Decision, ToScreen]]
    voices: Mapping[int, Sequence[Decision]]
    about: Mapping[int, About]
    labels: Sequence[str]
    reasons: Sequence[Reason]
    terms: Terms
    criteria: Sequence[str]
    documents: Mapping[int, Sequence[Document]]
    why: Mapping[int, Sequence[str]]


def tray(desk: Desk, stage: Stage, *, state: State = State.OPEN, recent: int = 10) -> Tray:
    """All that the screening page shows; of open works those that this person is to read."""
    if state is State.OPEN:
        _top_up(desk, stage)
    with desk.reading() as c:
        told = decisions_by_person.of_person(c, desk.review_id, stage, desk.person_id, recent)
        seen = decisions.works_by_id(c, desk.review_id, [one.work_id for one in told])
        waiting = (
            _own(desk, c, stage)
            if state is State.OPEN
            else decisions.works_in_state(c, desk.review_id, stage, state=state, limit=AHEAD)
        )
        asked = [one.id for one in waiting] if state in ASKING else []
        return Tray(
            stage=stage,
            waiting=waiting,
            voices=decision_queries.of_works(c, desk.review_id, stage, asked, desk.person_id)
            if asked
            else {},
            recent=[(one, seen[one.work_id]) for one in told],
            about=_about(desk, c, {*seen, *(one.id for one in waiting)}),
            labels=[one.name for one in labels.listing(c, desk.review_id)],
            reasons=reviews.reasons(c, desk.review_id),
            terms=reviews.terms(c, desk.review_id),
            criteria=reviews.get(c, desk.review_id).criteria,
            documents=full_texts.of_works(c, desk.review_id, [one.id for one in waiting])
            if stage is Stage.FULL_TEXT
            else {},
            why=_why(desk, c, stage) if state is State.OPEN else {},
        )


def _why(desk: Desk, c: Connection, stage: Stage) -> Mapping[int, Sequence[str]]:
    settings = stage_settings.current(c, desk.review_id, stage)
    return priority.order_of(desk.store, c, desk.review_id, settings, stage).why


def _own(desk: Desk, c: Connection, stage: Stage) -> list[ToScreen]:
    ids = assignments.waiting(c, desk.review_id, stage, desk.person_id, AHEAD)
    found = decisions.works_by_id(c, desk.review_id, ids)
    return [found[work_id] for work_id in ids]


def _about(desk: Desk, c: Connection, work_ids: Collection[int]) -> dict[int, About]:
    found_in = sources.names_of_works(c, desk.review_id, work_ids)
    marks = labels.on_works(c, desk.review_id, work_ids, desk.person_id)
    written = edits.standing(c, desk.review_id, work_ids)
    return {
        work_id: About(
            sources=found_in.get(work_id, ()),
            labels=marks.get(work_id, ()),
            edit=written.get(work_id, {}).get("abstract"),
        )
        for work_id in work_ids
    }


def _top_up(desk: Desk, stage: Stage) -> None:
    """Take works from the common queue, where the person has few before them and more are open."""
    with desk.reading() as c:
        waits = assignments.count_unskipped(c, desk.review_id, stage, desk.person_id, FEWEST)
        if waits == FEWEST:
            return
        if permission.standing(c, desk.review_id, desk.person_id).role < Role.REVIEWER:
            return
        settings = stage_settings.current(c, desk.review_id, stage)
        open_works = decisions.tally(c, desk.review_id, stage)[State.OPEN]
    if waits >= open_works or not settings.pulls:
        return
    with desk.writing(Role.REVIEWER) as w:
        team.take_part(w)
        order = priority.order_of(desk.store, w.connection, desk.review_id, settings, stage)
        queue.pull(w, stage, settings, AHEAD - waits, order.works, order.chance)


def not_compared(desk: Desk) -> int:
    """Records that came in since duplicates were last looked for."""
    with desk.reading() as c:
        return dedupe_runs.count_new_records(c, desk.review_id)


def tally(desk: Desk, stage: Stage) -> dict[State, int]:
    """How many works are in each state at a stage."""
    with desk.reading() as c:
        return decisions.tally(c, desk.review_id, stage)


def mine(
    desk: Desk,
    stage: Stage,
    sought: DecisionFilter | None = None,
    *,
    offset: int = 0,
    limit: int = 200,
) -> list[Decision]:
    """Own decisions, newest first, as they count now."""
    here = desk.review_id, stage, desk.person_id, limit
    with desk.reading() as c:
        return decisions_by_person.of_person(c, *here, offset=offset, filter_=sought)


def count_mine(desk: Desk, stage: Stage, sought: DecisionFilter) -> int:
    """How many own decisions these are."""
    with desk.reading() as c:
        return decisions_by_person.count_of_person(c, desk.review_id, stage, desk.person_id, sought)


def history(desk: Desk, work_id: int) -> tuple[Work, list[Decision]]:
    """A work, and all that was ever decided on it, as far as the person at the desk may know."""
    with desk.reading() as c:
        work = works.get(c, desk.review_id, work_id)
        return work, decision_queries.of_work(c, desk.review_id, work.id, desk.person_id)


def possible(stage: Stage) -> tuple[Verdict, ...]:
    """What can be said at a stage."""
    return ALLOWED[stage]
