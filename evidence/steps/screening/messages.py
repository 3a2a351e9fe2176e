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
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels
from evidence.steps.screening import screening
from evidence.store import Write
from evidence.store.review import team
from evidence.store.screening import assignments, decisions, stage_settings
from evidence.store.screening.decisions import NewDecision

NOT_ASKED = (
    "“{title}” was given to others to read in the meantime, so your decision on it does not count."
)


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
        new = screening.from_browser(items)
        screening.check_reasons(desk, new)
        with desk.writing() as w:
            _check_asked(w, new)
            kept = decisions.add(w, new)
        screening.learn_from(desk, new, kept)
        return
    (item,) = items
    work_id = number(item)
    with desk.writing() as w:
        team.take_part(w)
        if kind == Kind.SKIP:
            assignments.skip(
                w, _stage(item), decisions.roots_of(w, {work_id}).get(work_id, work_id)
            )
        elif kind == Kind.LABEL:
            labels.set_in(w, work_id, str(item.get("label")), on=item.get("on") is True)
        elif kind == Kind.ABSTRACT and item.get("value"):
            editing.give_in(w, work_id, "abstract", str(item["value"]))
        elif kind == Kind.ABSTRACT:
            editing.take_back_in(w, work_id, "abstract")
        else:
            raise Invalid("The page sent something that cannot be read; please reload it.")


def _check_asked(write: Write, new: Sequence[NewDecision]) -> None:
    """Refuse a verdict on an open work that its person was not, or is no longer, asked to read.

    Where people pull from the common queue, everybody is asked, but for the works of a pilot.
    """
    for stage in Stage:
        first = [one for one in new if one.stage is stage and one.verdict is not Verdict.WITHDRAWN]
        asked = {one.work_id for one in first if not one.resolves}
        ids = set(decisions.roots_of(write, asked).values())
        strange = ids - assignments.held(write.connection, stage, ids, write.person_id)
        if not strange:
            continue
        if stage_settings.current(write.connection, write.review_id, stage).pulls:
            strange &= set(assignments.in_pilots(write.connection, stage, strange))
        shown = decisions.titled_states(write.connection, write.review_id, stage, strange)
        for title, state in shown:
            if state is State.OPEN:
                raise Invalid(NOT_ASKED.format(title=title[:80]))


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("client_id", ""))


def number(item: Mapping[str, Any]) -> int:
    """The work that an item of the page is about.

    Raises:
        Invalid: it names none.
    """
    try:
        return screening.row_id(item["id"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The page sent a work that cannot be read; please reload it.") from error


def _stage(item: Mapping[str, Any]) -> Stage:
    try:
        return Stage(item["stage"])
    except (KeyError, ValueError) as error:
        raise Invalid("The page sent a stage that is not known; please reload it.") from error
