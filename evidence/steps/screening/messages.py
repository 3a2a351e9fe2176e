"""What the screening page sends: decisions, and what people do with a record beside deciding.

Each is kept or refused by itself, and told apart by the id that the browser gave it. Sending
something twice is harmless: a decision is stored once, the others only say what shall be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from evidence.errors import Invalid, WaymarkError
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels
from evidence.steps.screening.decisions import LONGEST_NOTE, decide
from evidence.store import Role
from evidence.store.review import team
from evidence.store.screening import assignments
from evidence.store.screening.decisions import NewDecision
from evidence.store.surviving import surviving_ids

MOST_AT_ONCE = 200  # decisions in one message of a browser
LARGEST = 2**63  # no row has such a number


class Kind(StrEnum):
    """What an item of the page is."""

    DECISION = "decision"
    SKIP = "skip"
    LABEL = "label"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the items of a message.

    Attributes:
        kept: ids.
        refused: ids with the reason in words.
    """

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def take(desk: Desk, items: Sequence[Mapping[str, Any]]) -> Taken:
    """Do what the page asks, in its order; nothing in the items is trusted.

    Decisions that follow one another are kept in one transaction; where one of them is refused,
    each is tried alone, so that a bad one does not hold up the good ones.
    """
    taken = Taken()
    for kind, some in groupby(items, key=lambda item: str(item.get("kind"))):
        together = list(some)
        portions = [together] if kind == Kind.DECISION else [[item] for item in together]
        for portion in portions:
            _try(desk, portion, taken)
    return taken


def _try(desk: Desk, items: list[Mapping[str, Any]], taken: Taken) -> None:
    try:
        _do(desk, items)
    except WaymarkError as error:
        if len(items) > 1:
            for item in items:
                _try(desk, [item], taken)
        else:
            taken.refused[_id(items[0])] = str(error)
    else:
        taken.kept.extend(_id(item) for item in items)


def _do(desk: Desk, items: list[Mapping[str, Any]]) -> None:
    kind = items[0].get("kind")
    if kind == Kind.DECISION:
        decide(desk, from_browser(items))
        return
    (item,) = items
    work_id = number(item)
    with desk.writing(Role.REVIEWER) as w:
        team.take_part(w)
        if kind == Kind.SKIP:
            survivors = surviving_ids(w.connection, w.review_id, [work_id])
            assignments.skip(w, _stage(item), survivors.get(work_id, work_id))
        elif kind == Kind.LABEL:
            labels.set_label(w, work_id, str(item.get("label")), on=item.get("on") is True)
        elif kind == Kind.ABSTRACT and item.get("value"):
            editing.set_field(w, work_id, "abstract", str(item["value"]))
        elif kind == Kind.ABSTRACT:
            editing.clear_field(w, work_id, "abstract")
        else:
            raise Invalid("The page sent something that cannot be read; please reload it.")


def from_browser(items: Sequence[Mapping[str, Any]]) -> list[NewDecision]:
    """Decisions as the screening component sends them; nothing in them is trusted.

    Raises:
        Invalid: a message that no page of ours sends.
    """
    if len(items) > MOST_AT_ONCE:
        raise Invalid(f"More than {MOST_AT_ONCE} decisions in one message.")
    try:
        return [_decision(item) for item in items]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The page sent a decision that cannot be read; please reload it.") from error


def _decision(item: Mapping[str, Any]) -> NewDecision:
    reasons = item.get("reasons") or []
    seconds = item.get("seconds")
    return NewDecision(
        work_id=_row_id(item["id"]),
        stage=Stage(item["stage"]),
        verdict=Verdict(item["verdict"]),
        client_id=str(item["client_id"])[:80],
        reason_ids=tuple(_row_id(reason) for reason in reasons),
        note=str(item.get("note") or "")[:LONGEST_NOTE],
        seconds=None if seconds is None else min(max(float(seconds), 0.0), 86_400.0),
        resolves=item.get("settles") is True,
    )


def _row_id(value: Any) -> int:
    """The number of a row as a browser sends it; raises ValueError for what no row can have."""
    number = int(value)
    if not 0 < number < LARGEST:
        raise ValueError(value)
    return number


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("client_id", ""))


def number(item: Mapping[str, Any]) -> int:
    """The work that an item of the page is about.

    Raises:
        Invalid: it names none.
    """
    try:
        return _row_id(item["id"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The page sent a work that cannot be read; please reload it.") from error


def _stage(item: Mapping[str, Any]) -> Stage:
    try:
        return Stage(item["stage"])
    except (KeyError, ValueError) as error:
        raise Invalid("The page sent a stage that is not known; please reload it.") from error
