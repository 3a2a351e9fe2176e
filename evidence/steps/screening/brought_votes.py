"""Decisions of a file become decisions of their person, by the rules of `decisions.decide`."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evidence.errors import Invalid, NotAllowed
from evidence.screening.brought_in import (
    Obstacle,
    Settled,
    obstacle,
    obstacle_to_voucher,
    standing_voters,
)
from evidence.screening.name_matching import folded_label
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.screening import brought_reasons
from evidence.steps.screening.because import because
from evidence.steps.screening.brought_choice import choose
from evidence.steps.screening.decisions import LONGEST_NOTE, NEEDS_REASON, decide_within, unasked
from evidence.store import Connection, Write
from evidence.store.review import people
from evidence.store.screening import assignments, brought_decisions, declined_decisions
from evidence.store.screening.brought_decisions import BroughtDecision
from evidence.store.screening.decisions import NewDecision

AT_ONCE = 2000  # decisions that are kept together
ALREADY_MADE = "it was made already; please reload the page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of decisions of a file.

    Attributes:
        added: how many became decisions.
        superseded: how many were settled by what their person had decided here.
        obstacles: how many still wait, by what was in the way.
        refused: of the others that still wait, each with its line and why, as a sentence.
        without_reason: of those added, each that came without a reason of the file because the
            review does not have it, as a sentence.
        replaced: how many count no more, because the file has a later one or the same again.
    """

    added: int = 0
    superseded: int = 0
    obstacles: Mapping[Obstacle, int]
    refused: tuple[str, ...] = ()
    without_reason: tuple[str, ...] = ()
    replaced: int = 0


def make_decisions(
    write: Write, rows: Sequence[BroughtDecision], settled: Settled, *, by: int | None = None
) -> Outcome:
    """Let these become decisions of the writing person, by the rules of `decisions.decide`.

    Args:
        write: of their person, or on her behalf.
        rows: of a file, all said to be hers.
        settled: what becomes of those of which a decision is made.
        by: who vouches for them, where it is not she.
    """
    settler = write.person_id if by is None else by
    by_word = _word(write, by)
    added = superseded = replaced = 0
    obstacles: dict[Obstacle, int] = defaultdict(int)
    refused: list[str] = []
    without_reason: list[str] = []
    reason_ids = brought_reasons.ids_by_label(write.connection, write.review_id)
    for stage in Stage:  # full text comes second: it rests on what was decided just before
        choices, told = choose(row for row in rows if row.stage is stage)
        refused += told
        others = {choice.row.id: [row.id for row in choice.others] for choice in choices}
        gone = [c.row.id for c in choices if c.others and c.row.verdict is Verdict.WITHDRAWN]
        at_stage = [choice.row for choice in choices if choice.row.id not in gone]
        blocked = _obstacles(write, stage, at_stage, by)
        for row_id, way in blocked.items():
            obstacles[way] += 1 + len(others[row_id])
        over = [id_ for id_, way in blocked.items() if way is Obstacle.DECIDED]
        over += [other for id_ in over for other in others[id_]]
        superseded += len(over)
        free = [
            (row, _decision(row, reason_ids, by_word=by_word))
            for row in at_stage
            if row.id not in blocked
        ]
        done = {
            row_id
            for begin in range(0, len(free), AT_ONCE)
            for row_id in _decide_or_split(write, free[begin : begin + AT_ONCE], refused)
        }
        older = [*gone, *(other for id_ in (*gone, *done) for other in others[id_])]
        replaced += len(older)
        brought_decisions.settle(write, [*over, *older], Settled.SUPERSEDED, settler)
        client_ids = {new.client_id: row.id for row, new in free if row.id in done}
        brought_decisions.link_decisions(write, client_ids)
        brought_decisions.settle(write, done, settled, settler)
        added += len(done)
        without_reason += _lost_reasons([row for row, _ in free if row.id in done], reason_ids)
    obstacles.pop(Obstacle.DECIDED, None)
    return Outcome(
        added=added,
        superseded=superseded,
        obstacles=dict(obstacles),
        refused=tuple(refused),
        without_reason=tuple(without_reason),
        replaced=replaced,
    )


def _lost_reasons(rows: Sequence[BroughtDecision], known: Mapping[str, int]) -> list[str]:
    """Which decisions came without a reason that the file names, in sentences."""
    sentences: list[str] = []
    for row in rows:
        lost = brought_reasons.not_found(row.reasons, known)
        if lost:
            why = f"it came without “{'; '.join(lost)}”, which is no reason of this review"
            sentences.append(because(row.line, row.title, why))
    return sentences


def _obstacles(
    write: Write, stage: Stage, rows: Sequence[BroughtDecision], by: int | None
) -> dict[int, Obstacle]:
    """What is in the way of each of these decisions, by the ids of those that cannot be made."""
    ids = {row.surviving_id for row in rows}
    standings = brought_decisions.standings(write.connection, stage, ids)
    others = unasked(write, stage, ids)
    declined = _declined(write, rows) if by is not None else set()
    is_reader = by is not None and assignments.has_any(write.connection, write.review_id, stage, by)
    blocked: dict[int, Obstacle] = {}
    for row in rows:
        standing = replace(
            standings[row.surviving_id], unasked=_judges(row) and row.surviving_id in others
        )
        way = obstacle(standing, stage, write.person_id)
        if by is not None:
            still_reads = is_reader and by not in standing_voters(standing.votes)
            way = obstacle_to_voucher(standing, stage, write.person_id, by, reads=still_reads)
            if row.id in declined and way is not Obstacle.DECIDED:
                way = Obstacle.DECLINED
        if way is not None:
            blocked[row.id] = way
    return blocked


def _declined(write: Write, rows: Sequence[BroughtDecision]) -> set[int]:
    """Which of these are about a work of which the writing person declined what a file says."""
    connection, person_id = write.connection, write.person_id
    works = declined_decisions.declined_works(connection, write.review_id, person_id)
    asked: dict[int, datetime] = {}
    for file_id in {row.file_id for row in rows} if works else ():
        asked |= declined_decisions.asked_again(connection, file_id, person_id)
    declined: set[int] = set()
    for row in rows:
        at = works.get((row.surviving_id, row.stage.value))
        if at is not None and not (row.id in asked and asked[row.id] > at):
            declined.add(row.id)
    return declined


def _judges(row: BroughtDecision) -> bool:
    return row.verdict not in {Verdict.WITHDRAWN, Verdict.NOT_RETRIEVED}


def _decision(row: BroughtDecision, reason_ids: Mapping[str, int], *, by_word: str) -> NewDecision:
    labels = [folded_label(reason) for reason in row.reasons]
    ids = [reason_ids[label] for label in labels if label in reason_ids]
    return NewDecision(
        work_id=row.work_id,
        stage=row.stage,
        verdict=row.verdict,
        client_id=_client_id(row),
        reason_ids=tuple(dict.fromkeys(ids)),
        note=row.note[:LONGEST_NOTE],
        seconds=row.seconds,
        how=row.tool + by_word,
    )


def _word(write: Write, by: int | None) -> str:
    """What the history says of a vote that its person did not cast."""
    return "" if by is None else f", by the word of {_name(write.connection, by)}"


def _name(connection: Connection, person_id: int) -> str:
    person = people.find(connection, person_id)
    return person.name if person else ""


def _decide_or_split(
    write: Write, batch: Sequence[tuple[BroughtDecision, NewDecision]], refused: list[str]
) -> list[int]:
    """Decide some; where one is refused, decide the others. Gives the rows that were decided."""
    if not batch:
        return []
    try:
        with write.connection.begin_nested():
            _decide_all(write, [new for _, new in batch])
    except (Invalid, NotAllowed) as error:
        if len(batch) == 1:
            refused.append(because(batch[0][0].line, batch[0][0].title, _why(batch[0][0], error)))
            return []
    else:
        return [row.id for row, _ in batch]
    middle = len(batch) // 2
    first = _decide_or_split(write, batch[:middle], refused)
    return first + _decide_or_split(write, batch[middle:], refused)


def _decide_all(write: Write, new: Sequence[NewDecision]) -> None:
    """Make these; what counted as made already, though no row of a file is, is refused."""
    if decide_within(write, new) < len(new):
        raise Invalid(ALREADY_MADE)


def _why(row: BroughtDecision, error: Exception) -> str:
    """Why a decision is refused; of a reason that the review lacks, which it is."""
    if str(error) == NEEDS_REASON and row.reasons:
        named = "; ".join(row.reasons)
        return f"its reason “{named}” is none of this review; an editor can add it on Review"
    return str(error)


def _client_id(row: BroughtDecision) -> str:
    """New for each decision that is made of a row, and one that no page can have sent before."""
    return f"brought-{row.id}-{secrets.token_hex(8)}"
