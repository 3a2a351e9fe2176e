"""Messages of the screening page: decisions, and what else people do with a work there.

Each is accepted or refused by itself, and known by the id that the browser gave it. Sending
something twice is harmless: a decision is stored once, the others only say what shall be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from evidence.errors import Invalid, Unavailable, WaymarkError
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels
from evidence.steps.screening import common_queue
from evidence.steps.screening.decisions import LONGEST_NOTE, decide
from evidence.store import Role
from evidence.store.area_versions import EVERYTHING, Area
from evidence.store.review import team
from evidence.store.screening import assignments
from evidence.store.screening.decisions import NewDecision
from evidence.store.surviving import surviving_ids

MOST_AT_ONCE = 200  # acts in one message of a browser; a page of ours sends half of that
TOO_MANY = f"More than {MOST_AT_ONCE} at once; this was not done."
LARGEST = 2**63  # no row has such a number


class MessageKind(StrEnum):
    """What somebody did with a work."""

    DECISION = "decision"
    SKIP = "skip"
    LABEL = "label"
    ABSTRACT = "abstract"


AREAS: dict[str, Area] = {
    MessageKind.SKIP: Area.SCREENING,
    MessageKind.LABEL: Area.LABELS,
    MessageKind.ABSTRACT: Area.RECORDS,
}


@dataclass(slots=True)
class Outcome:
    """What became of messages.

    Attributes:
        accepted: ids.
        refused: ids with the reason in words.
        trouble: why the rest has to wait, in words; it is neither accepted nor refused.
    """

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def apply(desk: Desk, messages: Sequence[Mapping[str, Any]]) -> Outcome:
    """Do what the page asks, in its order; nothing in the messages is trusted.

    Decisions that follow one another are kept in one transaction; where one of them is refused,
    each is tried alone, so that a bad one does not hold up the good ones. What comes behind the
    first MOST_AT_ONCE acts, of whatever kind, is refused. Who may not act here is refused in words,
    and nothing of theirs is kept. Who went on gets more works from the common queue.
    """
    outcome = Outcome()
    outcome.refused.update((_client_id(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    messages = messages[:MOST_AT_ONCE]
    for kind, group in groupby(messages, key=lambda message: str(message.get("kind"))):
        alike = list(group)
        batches = [alike] if kind == MessageKind.DECISION else [[message] for message in alike]
        for batch in batches:
            try:
                _apply_or_split(desk, batch, outcome)
            except Unavailable as error:
                outcome.trouble = str(error)
                return outcome
    for stage in _went_on(messages, outcome):
        common_queue.refill(desk, stage)
    return outcome


def _went_on(messages: Sequence[Mapping[str, Any]], outcome: Outcome) -> list[Stage]:
    """The stages at which somebody decided or skipped a work, and so wants the next."""
    accepted = set(outcome.accepted)
    named = {
        str(message.get("stage"))
        for message in messages
        if message.get("kind") in {MessageKind.DECISION, MessageKind.SKIP}
        if _client_id(message) in accepted
    }
    return [stage for stage in Stage if stage.value in named]


def _apply_or_split(desk: Desk, batch: list[Mapping[str, Any]], outcome: Outcome) -> None:
    try:
        if batch[0].get("kind") == MessageKind.DECISION:
            decide(desk, decisions_from(batch))
        else:
            _apply_other(desk, batch[0])
    except Unavailable:  # no fault of the message, which is sent again
        raise
    except WaymarkError as error:
        if len(batch) > 1:
            for message in batch:
                _apply_or_split(desk, [message], outcome)
        else:
            outcome.refused[_client_id(batch[0])] = str(error)
    else:
        outcome.accepted.extend(_client_id(message) for message in batch)


def _apply_other(desk: Desk, message: Mapping[str, Any]) -> None:
    """Do what is no decision."""
    kind, work_id = message.get("kind"), work_id_of(message)
    with desk.writing(Role.REVIEWER, areas=AREAS.get(str(kind), EVERYTHING)) as w:
        team.take_part(w)
        if kind == MessageKind.SKIP:
            survivors = surviving_ids(w.connection, w.review_id, [work_id])
            assignments.skip(w, _stage_of(message), survivors.get(work_id, work_id))
        elif kind == MessageKind.LABEL:
            labels.set_label(w, work_id, str(message.get("label")), on=message.get("on") is True)
        elif kind == MessageKind.ABSTRACT and message.get("value"):
            editing.set_field(w, work_id, "abstract", str(message["value"]))
        elif kind == MessageKind.ABSTRACT:
            editing.clear_field(w, work_id, "abstract")
        else:
            raise Invalid("The page sent something that cannot be read; please reload it.")


def decisions_from(batch: Sequence[Mapping[str, Any]]) -> list[NewDecision]:
    """The decisions in messages, in which nothing is trusted.

    Raises:
        Invalid: a message that no page of ours sends.
    """
    try:
        return [_decision(message) for message in batch]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The page sent a decision that cannot be read; please reload it.") from error


def _decision(message: Mapping[str, Any]) -> NewDecision:
    reason_ids = message.get("reasons") or []
    seconds = message.get("seconds")
    return NewDecision(
        work_id=_row_id(message["id"]),
        stage=Stage(message["stage"]),
        verdict=Verdict(message["verdict"]),
        client_id=str(message["client_id"])[:80],
        reason_ids=tuple(dict.fromkeys(_row_id(reason_id) for reason_id in reason_ids)),
        note=str(message.get("note") or "")[:LONGEST_NOTE],
        seconds=None if seconds is None else min(max(float(seconds), 0.0), 86_400.0),
        resolves=message.get("settles") is True,
    )


def work_id_of(message: Mapping[str, Any]) -> int:
    """The work that a message is about.

    Raises:
        Invalid: it names none.
    """
    try:
        return _row_id(message["id"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The page sent a work that cannot be read; please reload it.") from error


def _row_id(value: Any) -> int:
    """The number of a row as a browser sends it; raises ValueError for what no row can have."""
    number = int(value)
    if not 0 < number < LARGEST:
        raise ValueError(value)
    return number


def _client_id(message: Mapping[str, Any]) -> str:
    return str(message.get("client_id", ""))


def _stage_of(message: Mapping[str, Any]) -> Stage:
    try:
        return Stage(message["stage"])
    except (KeyError, ValueError) as error:
        raise Invalid("The page sent a stage that is not known; please reload it.") from error
