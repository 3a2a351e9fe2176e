"""Messages of the coding desk: what somebody did in a coding, one field at a time.

Each is accepted, refused or clashes by itself, and is known by the id that the browser gave it.
Sending something twice is harmless. Nothing in the messages is trusted.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from textwrap import shorten
from typing import Any

from evidence.errors import Unavailable, WaymarkError
from evidence.steps.coding import coding, judged_findings, newest_version, schemes, sent_fields
from evidence.steps.coding.quoting import ReadPages
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.sent_fields import (
    CHOSEN,
    UNREADABLE,
    Message,
    MessageKind,
    id_of,
    row_id,
)
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import Area
from evidence.store.coding import arms, coding_changes, coding_edits, codings, quotations
from evidence.store.coding.coding_edits import REMOVED, YES, Clash, Edit, NotKept, Place
from evidence.store.coding.quotations import Quotation

LONGEST_SAID = 120  # characters of a field in a sentence
MOST_AT_ONCE = 200  # in one message of a browser
GONE = (
    "This finding was taken away meanwhile, in another tab perhaps, so this was not kept. It "
    "stands in the finding's history; add a finding, and write it there."
)
CHANGED = (
    "This finding was changed meanwhile, in another tab perhaps, so it was not taken away. There "
    "stands now: {what}. Dismiss this and reload the page to see it."
)
TOO_MANY = f"More than {MOST_AT_ONCE} at once; this was not kept."


@dataclass(frozen=True, slots=True)
class ClashedItem:
    """A message that was not followed: the field holds something that its sender had not seen.

    Attributes:
        now: what stands there, as the browser says it (texts, or true and false).
    """

    item: Mapping[str, Any]
    now: str | bool


@dataclass(slots=True)
class Outcome:
    """What became of messages.

    Attributes:
        accepted: ids.
        refused: ids with the reason in words.
        clashes: ids with what stands in the field; both values are in the history.
        trouble: why the rest has to wait, in words; it is neither accepted nor refused.
    """

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, ClashedItem] = field(default_factory=dict)
    trouble: str = ""


def apply(desk: Desk, messages: Sequence[Message]) -> Outcome:
    """Do what the desk asks, in its order.

    Changes of one coding that follow one another are kept in one transaction; what is refused is
    refused by itself. What was kept before is told to be kept, and changes nothing. Who may not
    act here is refused in words.
    """
    outcome = Outcome()
    outcome.refused.update((id_of(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    known = []
    for message in messages[:MOST_AT_ONCE]:
        with _refusing(outcome, [message]):
            sent_fields.check_id(message)
            known.append(message)
    read = ReadPages(desk=desk)
    for (_, _, is_state), group in groupby(known, key=_coding_of):
        alike = list(group)
        for batch in [[message] for message in alike] if is_state else [alike]:
            try:
                _apply(desk, batch, read, outcome)
            except Unavailable as error:  # no fault of the messages, which are sent again
                outcome.trouble = str(error)
                return outcome
    return outcome


def _coding_of(message: Message) -> tuple[str, str, bool]:
    return str(message.get("study_id")), str(message.get("scheme_id")), _is_state(message)


def _apply(desk: Desk, batch: Sequence[Message], read: ReadPages, outcome: Outcome) -> None:
    """Do what was sent of one coding; what becomes of each is put into the outcome."""
    told = Outcome()
    waiting: list[Message] = []
    with _refusing(told, batch):
        study_id, scheme_id = row_id(batch[0]["study_id"]), row_id(batch[0]["scheme_id"])
        waiting = _new_ones(desk, study_id, scheme_id, batch)
    for message in waiting if waiting and _is_state(waiting[0]) else ():
        with _refusing(told, [message]):
            is_complete = sent_fields.state(message) == "complete"
            change = coding.complete if is_complete else coding.reopen
            change(desk, study_id, scheme_id, sent_fields.sent(message))
    if waiting and not _is_state(waiting[0]):
        with suppress(_NothingKept), _refusing(told, waiting):
            place = _CodingPlace(study_id=study_id, scheme_id=scheme_id)
            _keep_all(desk, place, _read(desk, waiting, read, told), told)
    outcome.refused.update(told.refused)
    outcome.clashes.update(told.clashes)
    ids = (id_of(message) for message in batch)
    outcome.accepted.extend(
        id_ for id_ in ids if id_ not in told.refused and id_ not in told.clashes
    )


class _NothingKept(Exception):
    """All was refused, so the transaction is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _CodingPlace:
    """The study and the scheme of a coding."""

    study_id: int
    scheme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A message with what had to be read for it before the transaction.

    Attributes:
        seen: the version of the scheme that its sender saw.
        quotation: one to add.
    """

    message: Message
    seen: TakenScheme
    quotation: Quotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keeping:
    """A transaction in which messages of one coding are kept.

    Attributes:
        newest: version of the scheme.
    """

    write: Write
    study_id: int
    coding_id: int
    newest: TakenScheme


def _new_ones(desk: Desk, study_id: int, scheme_id: int, batch: Sequence[Message]) -> list[Message]:
    """What was not kept before. Of edits of fields the transaction itself knows that; for these
    others something has to be read or judged first, which may have changed since.
    """
    judged = (MessageKind.QUOTATION, MessageKind.STATE)
    ids = [id_of(message) for message in batch if message.get("kind") in judged]
    if not ids:
        return list(batch)
    with desk.reading() as c:
        kept = coding_changes.kept_of(c, desk.person_id, study_id, scheme_id, ids)
    return [message for message in batch if id_of(message) not in kept]


def _read(desk: Desk, batch: Sequence[Message], read: ReadPages, told: Outcome) -> list[_Read]:
    """What the messages need of schemes and reports; a page of a PDF may take a while."""
    versions: dict[int, TakenScheme] = {}
    found = []
    for message in batch:
        with _refusing(told, [message]):
            version_id = row_id(message["version_id"])
            if version_id not in versions:
                versions[version_id] = schemes.get_version(desk, version_id)
            seen = versions[version_id]
            quoted = None
            is_quotation = message.get("kind") == MessageKind.QUOTATION
            if is_quotation and not sent_fields.is_taken_away(message):
                quoted = read.with_own_words(sent_fields.quotation(seen.scheme, message))
            found.append(_Read(message=message, seen=seen, quotation=quoted))
    return found


def _keep_all(desk: Desk, place: _CodingPlace, batch: Sequence[_Read], told: Outcome) -> None:
    """Keep each by itself, all in one transaction.

    Raises:
        _NothingKept: nothing was kept, not even in the history, and no coding was begun.
    """
    if not batch:
        return
    seen = {each.seen.version.id: each.seen for each in batch}
    kept = 0
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        keeping = _Keeping(
            write=w,
            study_id=place.study_id,
            coding_id=codings.start(w, place.study_id, place.scheme_id),
            newest=schemes.newest_in(w, place.scheme_id, seen),
        )
        for each in batch:
            with _refusing(told, [each.message]), w.connection.begin_nested():
                _keep(keeping, each, told)
                kept += 1
        if not kept:
            raise _NothingKept


def _keep(at: _Keeping, each: _Read, told: Outcome) -> None:
    message, kind = each.message, MessageKind(each.message["kind"])
    if kind is MessageKind.QUOTATION:
        if each.quotation is not None:
            quotations.add(at.write, at.coding_id, each.quotation, sent_fields.sent(message))
        else:
            uid = sent_fields.uid(message["uid"])
            quotations.remove(at.write, at.coding_id, uid, sent_fields.sent(message))
        return
    keep = {MessageKind.ANSWER: _keep_answer, MessageKind.FINDING: _keep_finding}.get(kind)
    came_to = keep(at, each) if keep is not None else _keep_group(at, each)
    if isinstance(came_to, NotKept):
        told.refused[id_of(message)] = came_to.why
    elif came_to is not None:
        now = came_to.now == YES if message.get("field") == CHOSEN else came_to.now
        told.clashes[id_of(message)] = ClashedItem(item=dict(message), now=now)


def _keep_answer(at: _Keeping, each: _Read) -> Clash | NotKept | None:
    place = sent_fields.place(each.seen.scheme, each.message, str(each.message["field"]))
    edit = sent_fields.answer_edit(each.message)
    if place.arm and (why := _why_not(at, place, edit)):
        return coding_edits.keep_apart(at.write, at.coding_id, place, edit, why)
    if at.newest.version.id != edit.version_id:
        chosen = coding_edits.chosen_codes(at.write, at.coding_id, place)
        if why := newest_version.misfit(at.newest.scheme, place, edit, chosen):
            return coding_edits.keep_apart(at.write, at.coding_id, place, edit, why)
    return coding_edits.edit_answer(at.write, at.coding_id, place, edit)


def _why_not(at: _Keeping, place: Place, edit: Edit) -> str:
    """Why nothing can be said for an arm, or of a judged finding; "" where it stands. What was said
    of a finding that is there no more can be taken back.
    """
    c = at.write.connection
    question = at.newest.scheme.question(place.question)
    if not (at.newest.scheme.judges_findings and question and question.per_arm):
        return arms.why_not(c, at.study_id, place.arm)
    write = at.write
    judged = judged_findings.why_not(c, write.review_id, at.study_id, write.person_id, place.arm)
    return judged if edit.after else ""


def _keep_finding(at: _Keeping, each: _Read) -> Clash | NotKept | None:
    uid = sent_fields.uid(each.message["uid"])
    edit = sent_fields.finding_edit(each.seen.scheme, each.message)
    if edit.field != REMOVED and coding_edits.is_removed(at.write, at.coding_id, uid):
        return coding_edits.keep_apart(at.write, at.coding_id, uid, edit, GONE)
    if edit.field == REMOVED and edit.after:
        now = coding_edits.fields_of(at.write, at.coding_id, uid)
        if unseen := sent_fields.unseen_fields(each.message, now):
            what = "; ".join(f"“{_begin(text)}”" if text else "nothing" for text in unseen[:3])
            why = CHANGED.format(what=what)
            return coding_edits.keep_apart(at.write, at.coding_id, uid, edit, why)
    if why := newest_version.misfit_of_finding(at.newest.scheme, edit):
        return coding_edits.keep_apart(at.write, at.coding_id, uid, edit, why)
    return coding_edits.edit_finding(at.write, at.coding_id, uid, edit)


def _begin(text: str) -> str:
    return shorten(text, LONGEST_SAID, placeholder=" …")


def _keep_group(at: _Keeping, each: _Read) -> Clash | None:
    uid, edit = sent_fields.uid(each.message["uid"]), sent_fields.group_edit(each.message)
    is_arm = each.message["kind"] == MessageKind.ARM
    change = arms.edit_arm if is_arm else arms.edit_time_point
    return change(at.write, at.coding_id, at.study_id, uid, edit)


@contextmanager
def _refusing(told: Outcome, messages: Sequence[Message]) -> Iterator[None]:
    """Where something cannot be done, say so of these messages and go on.

    Raises:
        Unavailable: the database cannot do it at this moment, which is no fault of theirs.
    """
    try:
        yield
    except Unavailable:
        raise
    except WaymarkError as error:
        told.refused.update((id_of(message), str(error)) for message in messages)
    except (KeyError, TypeError, ValueError, OverflowError):
        told.refused.update((id_of(message), UNREADABLE) for message in messages)


def _is_state(message: Message) -> bool:
    return message.get("kind") == MessageKind.STATE
