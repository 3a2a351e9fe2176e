"""What people said in a coding before they could read each other's.

Whoever has completed a study may reopen it and say something else, knowing what others said. That
counts for the review; it says nothing of how far people agree by themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, literal_column, select

from evidence.coding.answer_rows import AnswerRow
from evidence.store.coding.arms import is_of_arm_taken_away
from evidence.store.coding.coding_edits import YES
from evidence.store.coding.seen_codings import COMPLETE
from evidence.store.id_batches import batches
from evidence.store.schema import answer, coding, coding_change

AnswerPlace = tuple[str, str, str]  # question, code, arm
CHOSEN, VALUE = "chosen", "value"
# Written out, since SQLite takes an index of some rows only where it sees which they are.
_IS_STATE = coding_change.c.field == literal_column("'state'")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBlind:
    """What stood in an answer: whether its code was ticked, and its value as it was typed."""

    chosen: bool
    value: str


def said_blind(
    connection: Connection, scheme_id: int, coding_ids: Collection[int]
) -> dict[int, dict[AnswerPlace, SaidBlind]]:
    """For each coding that was changed after its person could read another one of the study: what
    stood in the answers that say something else by now.

    Two codings could be read from the moment at which both were complete; where more people were
    asked it was later, and this errs on the side of what was said first.

    Args:
        connection: to the database.
        scheme_id: of the scheme of the codings.
        coding_ids: of complete codings, none of them an agreed one.
    """
    since = _first_reopenings(connection, scheme_id, _reopened(connection, scheme_id, coding_ids))
    before: dict[tuple[int, AnswerPlace], dict[str, str]] = defaultdict(dict)
    now: dict[tuple[int, AnswerPlace], SaidBlind] = {}
    for batch in batches(since):
        for row in _changes(connection, batch):
            if row.id > since[row.coding_id]:
                key = row.coding_id, (row.question, row.code, row.arm)
                before[key].setdefault(row.field, row.before)
                now[key] = SaidBlind(chosen=row.chosen, value=row.value)
    found: dict[int, dict[AnswerPlace, SaidBlind]] = defaultdict(dict)
    for key, fields in before.items():
        coding_id, place = key
        stood = SaidBlind(
            chosen=fields[CHOSEN] == YES if CHOSEN in fields else now[key].chosen,
            value=fields.get(VALUE, now[key].value),
        )
        if stood != now[key]:
            found[coding_id][place] = stood
    return dict(found)


def as_said_blind(
    rows: Sequence[AnswerRow], stood: Mapping[AnswerPlace, SaidBlind]
) -> list[AnswerRow]:
    """The rows of a coding with what stood in some answers before."""
    kept = [row for row in rows if (row.question, row.code, row.arm) not in stood]
    for (question, code, of_arm), said in stood.items():
        if said.chosen if code else said.value:
            kept.append(
                AnswerRow(
                    question=question, code=code, arm=of_arm, chosen=said.chosen, value=said.value
                )
            )
    return kept


def _reopened(connection: Connection, scheme_id: int, coding_ids: Collection[int]) -> set[int]:
    query = (
        select(coding_change.c.coding_id)
        .distinct()
        .join(coding, coding.c.id == coding_change.c.coding_id)
        .where(
            coding.c.scheme_id == scheme_id,
            _IS_STATE,
            coding_change.c.before == COMPLETE,
            coding_change.c.after != COMPLETE,
            coding_change.c.is_kept,
        )
    )
    return set(connection.execute(query).scalars()) & set(coding_ids)


def _first_reopenings(
    connection: Connection, scheme_id: int, coding_ids: Collection[int]
) -> dict[int, int]:
    """The line of history with which each was first reopened after another of its study could be
    read; those that were reopened before that only are not there.
    """
    found: dict[int, int] = {}
    for batch in batches(coding_ids):
        own_studies = select(coding.c.study_id).where(coding.c.id.in_(batch))
        of_studies = (
            coding.c.study_id.in_(own_studies),
            coding.c.scheme_id == scheme_id,
            ~coding.c.is_agreed,
        )
        states = select(coding.c.id, coding.c.study_id, coding.c.state).where(*of_studies)
        lines = (
            select(coding_change.c.id, coding_change.c.coding_id, coding_change.c.before,
                   coding_change.c.after)
            .join(coding, coding.c.id == coding_change.c.coding_id)
            .where(
                *of_studies,
                _IS_STATE,
                coding_change.c.before != coding_change.c.after,
                coding_change.c.is_kept,
            )
            .order_by(coding_change.c.id)
        )  # fmt: skip
        of_coding: dict[int, list[Any]] = defaultdict(list)
        for line in connection.execute(lines):
            of_coding[line.coding_id].append(line)
        by_study: dict[int, dict[int, bool]] = defaultdict(dict)
        for coding_id, study_id, state in connection.execute(states):
            own = of_coding[coding_id]
            by_study[study_id][coding_id] = (own[0].before if own else state) == COMPLETE
        for at_first in by_study.values():
            walked = (line for coding_id in at_first for line in of_coding[coding_id])
            found |= _walk(at_first, sorted(walked, key=lambda line: int(line.id)))
    return {coding_id: line for coding_id, line in found.items() if coding_id in set(coding_ids)}


def _walk(at_first: Mapping[int, bool], lines: Iterable[Any]) -> dict[int, int]:
    """For each coding of a study the line with which it was first reopened after it was complete
    together with another.

    Args:
        at_first: whether each was complete before the first line.
        lines: of their states, the oldest first.
    """
    complete = {coding_id for coding_id, is_complete in at_first.items() if is_complete}
    readable = set(complete) if len(complete) > 1 else set()
    found: dict[int, int] = {}
    for line in lines:
        if line.after == COMPLETE:
            complete.add(line.coding_id)
            if len(complete) > 1:
                readable |= complete
        else:
            complete.discard(line.coding_id)
            if line.coding_id in readable:
                found.setdefault(line.coding_id, int(line.id))
    return found


def _changes(connection: Connection, coding_ids: Collection[int]) -> Sequence[Any]:
    """Changes of ticks and values that were kept, the oldest first, but for arms that are gone."""
    names = ("question", "code", "arm", "chosen", "value")
    query = (
        select(
            coding_change.c.id,
            coding_change.c.coding_id,
            coding_change.c.field,
            coding_change.c.before,
            *(answer.c[name] for name in names),
        )
        .join(answer, answer.c.id == coding_change.c.answer_id)
        .join(coding, coding.c.id == coding_change.c.coding_id)
        .where(
            coding_change.c.coding_id.in_(coding_ids),
            coding_change.c.field.in_([CHOSEN, VALUE]),
            coding_change.c.is_kept,
            ~is_of_arm_taken_away(),
        )
        .order_by(coding_change.c.id)
    )
    return connection.execute(query).all()
