"""Messages of the coding desk: what somebody did in a coding, one field at a time.

Each is accepted, refused or clashes by itself, and is known by the id that the browser gave it.
Sending something twice is harmless. Nothing in the messages is trusted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from evidence.coding.finding_fields import LONGEST_FIELD, is_field
from evidence.coding.scheme import Question, QuestionKind, Scheme
from evidence.errors import Invalid, Unavailable, WaymarkError
from evidence.steps.coding import coding, schemes
from evidence.steps.coding.quoting import ReadPages
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import Area
from evidence.store.coding import arms, coding_changes, coding_edits, codings, quotations
from evidence.store.coding.coding_changes import Sent
from evidence.store.coding.coding_edits import CHOICE, REMOVED, YES, Clash, Edit, Place
from evidence.store.coding.quotations import Part, Quotation

MOST_AT_ONCE = 200  # in one message of a browser
LARGEST = 2**63  # no row has such a number
LONGEST_QUOTATION = 20_000
LONGEST_ID = 80
TOO_MANY = f"More than {MOST_AT_ONCE} at once; this was not kept."
UNREADABLE = "The page sent something that cannot be read; please reload it."
UID = re.compile(r"[A-Za-z0-9]{6,40}")
_CHOSEN, _VALUE, _NOTE = "chosen", "value", "note"
_ONE = (QuestionKind.ONE, QuestionKind.YES_NO)


class MessageKind(StrEnum):
    """What somebody did in a coding."""

    ANSWER = "answer"
    FINDING = "finding"
    QUOTATION = "quotation"
    ARM = "arm"
    TIME_POINT = "time_point"
    STATE = "state"


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


def apply(desk: Desk, messages: Sequence[Mapping[str, Any]]) -> Outcome:
    """Do what the desk asks, in its order.

    Changes of one coding that follow one another are kept in one transaction; what is refused is
    refused by itself. What was kept before is told to be kept, and changes nothing. Who may not
    act here is refused in words.
    """
    outcome = Outcome()
    outcome.refused.update((_client_id(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    read = ReadPages(desk=desk)
    for (_, _, is_state), group in groupby(messages[:MOST_AT_ONCE], key=_coding_of):
        alike = list(group)
        for batch in [[message] for message in alike] if is_state else [alike]:
            try:
                _apply(desk, batch, read, outcome)
            except Unavailable as error:  # no fault of the messages, which are sent again
                outcome.trouble = str(error)
                return outcome
    return outcome


def _coding_of(message: Mapping[str, Any]) -> tuple[str, str, bool]:
    return str(message.get("study_id")), str(message.get("scheme_id")), _is_state(message)


def _apply(
    desk: Desk, batch: Sequence[Mapping[str, Any]], read: ReadPages, outcome: Outcome
) -> None:
    """Do what was sent of one coding; what becomes of each is put into the outcome."""
    told = Outcome()
    waiting = []
    with _refusing(told, batch):
        study_id, scheme_id = _row_id(batch[0]["study_id"]), _row_id(batch[0]["scheme_id"])
        waiting = _new_ones(desk, study_id, scheme_id, batch)
    for message in waiting if waiting and _is_state(waiting[0]) else ():
        with _refusing(told, [message]):
            change = coding.complete if message["after"] == "complete" else coding.reopen
            change(desk, study_id, scheme_id, _sent(message))
    if waiting and not _is_state(waiting[0]):
        with suppress(_NothingKept), _refusing(told, waiting):
            _keep_all(desk, study_id, scheme_id, _read(desk, waiting, read, told), told)
    outcome.refused.update(told.refused)
    outcome.clashes.update(told.clashes)
    ids = (_client_id(message) for message in batch)
    outcome.accepted.extend(
        id_ for id_ in ids if id_ not in told.refused and id_ not in told.clashes
    )


class _NothingKept(Exception):
    """All was refused, so the transaction is not kept."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A message with what had to be read for it before the transaction."""

    message: Mapping[str, Any]
    scheme: Scheme
    quotation: Quotation | None


def _new_ones(
    desk: Desk, study_id: int, scheme_id: int, batch: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What was not kept before."""
    ids = [_client_id(message) for message in batch]
    with desk.reading() as c:
        kept = coding_changes.kept_of(c, desk.person_id, study_id, scheme_id, ids)
    return [message for message in batch if _client_id(message) not in kept]


def _read(
    desk: Desk, batch: Sequence[Mapping[str, Any]], read: ReadPages, told: Outcome
) -> list[_Read]:
    """What the messages need of schemes and reports; a page of a PDF may take a while."""
    schemes_seen: dict[int, Scheme] = {}
    found = []
    for message in batch:
        with _refusing(told, [message]):
            version_id = _row_id(message["version_id"])
            if version_id not in schemes_seen:
                schemes_seen[version_id] = schemes.get_version(desk, version_id).scheme
            scheme = schemes_seen[version_id]
            is_new = message.get("kind") == MessageKind.QUOTATION and not message.get("removed")
            quoted = read.with_own_words(_quotation(scheme, message)) if is_new else None
            found.append(_Read(message=message, scheme=scheme, quotation=quoted))
    return found


def _keep_all(
    desk: Desk, study_id: int, scheme_id: int, batch: Sequence[_Read], told: Outcome
) -> None:
    """Keep each by itself, all in one transaction.

    Raises:
        _NothingKept: all were refused, and no coding was begun.
    """
    if not batch:
        return
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, scheme_id)
        for each in batch:
            with _refusing(told, [each.message]), w.connection.begin_nested():
                _keep(w, study_id, coding_id, each, told)
        if all(_client_id(each.message) in told.refused for each in batch):
            raise _NothingKept


def _keep(write: Write, study_id: int, coding_id: int, each: _Read, told: Outcome) -> None:
    message, kind = each.message, MessageKind(each.message["kind"])
    if kind is MessageKind.QUOTATION:
        if each.quotation is None:
            quotations.remove(write, coding_id, _uid(message["uid"]), _sent(message))
        else:
            quotations.add(write, coding_id, each.quotation, _sent(message))
        return
    clash = _keep_edit(write, study_id, coding_id, each.scheme, message)
    if clash is not None:
        now = clash.now == YES if message.get("field") == _CHOSEN else clash.now
        told.clashes[_client_id(message)] = ClashedItem(item=dict(message), now=now)


def _keep_edit(
    write: Write, study_id: int, coding_id: int, scheme: Scheme, message: Mapping[str, Any]
) -> Clash | None:
    kind = MessageKind(message["kind"])
    if kind is MessageKind.ANSWER:
        place = _place(scheme, message, str(message["field"]))
        return coding_edits.edit_answer(write, coding_id, place, _edit(message))
    uid = _uid(message["uid"])
    if kind is MessageKind.FINDING:
        if message["field"] != REMOVED and not is_field(str(message["field"])):
            raise Invalid(UNREADABLE)
        return coding_edits.edit_finding(write, coding_id, uid, _edit(message))
    edit_group = arms.edit_arm if kind is MessageKind.ARM else arms.edit_time_point
    allowed = {"label", REMOVED} | ({"people"} if kind is MessageKind.ARM else set())
    if message["field"] not in allowed:
        raise Invalid(UNREADABLE)
    return edit_group(write, coding_id, study_id, uid, _edit(message))


@contextmanager
def _refusing(told: Outcome, messages: Sequence[Mapping[str, Any]]) -> Iterator[None]:
    """Where something cannot be done, say so of these messages and go on.

    Raises:
        Unavailable: the database cannot do it at this moment, which is no fault of theirs.
    """
    try:
        yield
    except Unavailable:
        raise
    except WaymarkError as error:
        told.refused.update((_client_id(message), str(error)) for message in messages)
    except (KeyError, TypeError, ValueError, OverflowError):
        told.refused.update((_client_id(message), UNREADABLE) for message in messages)


def _is_state(message: Mapping[str, Any]) -> bool:
    return message.get("kind") == MessageKind.STATE


def _sent(message: Mapping[str, Any]) -> Sent:
    return Sent(client_id=_client_id(message), version_id=_row_id(message["version_id"]))


def _place(scheme: Scheme, message: Mapping[str, Any], field_: str) -> Place:
    """Where an answer stands; refuses what the scheme that was seen does not ask."""
    question = scheme.question(str(message["question"]))
    if question is None:
        raise Invalid("The scheme does not ask this any more; please reload the page.")
    place = Place(
        question=question.id, code=str(message.get("code") or ""), arm=_arm(message.get("arm"))
    )
    if field_ in {_CHOSEN, CHOICE, _VALUE} and not message.get("after"):
        return place  # what a later version of the scheme cannot ask can still be taken back
    options = {option.id: option for option in question.walk()}
    if place.code and question.code_now(place.code) not in options:
        raise Invalid("The scheme does not have this code any more; please reload the page.")
    if field_ == _CHOSEN:
        ticked = options.get(place.code)
        wrong = question.kind in _ONE or ticked is None or not ticked.selectable
    elif field_ == CHOICE:
        after = str(message["after"])
        wrong = question.kind not in _ONE or bool(place.code)
        wrong = wrong or (after != "" and (after not in options or not options[after].selectable))
    elif field_ == _VALUE:
        wrong = bool(question.options or place.code)
    else:
        wrong = field_ != _NOTE
    if wrong or (place.arm and not _takes_arms(question, field_)):
        raise Invalid(UNREADABLE)
    return place


def _takes_arms(question: Question, field_: str) -> bool:
    """Whether a field can be said of one arm; a note always can."""
    return question.per_arm or field_ == _NOTE


def _edit(message: Mapping[str, Any]) -> Edit:
    return Edit(
        client_id=_client_id(message),
        version_id=_row_id(message["version_id"]),
        field=str(message["field"]),
        before=_text(message.get("before", "")),
        after=_text(message["after"]),
    )


def _quotation(scheme: Scheme, message: Mapping[str, Any]) -> Quotation:
    on, source = message["on"], str(message["document"])
    part, _, number = source.partition(":")
    exact = _text(message["exact"])
    start, end = int(message["start"]), int(message["end"])
    if not 0 <= start < end <= start + LONGEST_QUOTATION or not exact.strip():
        raise Invalid(UNREADABLE)
    is_file = part == "file"
    return Quotation(
        uid=_uid(message["uid"]),
        work_id=_row_id(message["work_id"]) if is_file else _row_id(number),
        document_id=_row_id(number) if is_file else None,
        part=Part(part),
        page=int(message.get("page") or 0),
        start=start,
        end=end,
        exact=exact,
        place=None if "finding" in on else _place(scheme, on, _NOTE),
        finding_uid=_uid(on["finding"]) if "finding" in on else "",
    )


def _text(value: Any) -> str:
    """A text, or yes and no, as it is kept; refuses what is too long, which stays on the page."""
    if isinstance(value, bool):
        return YES if value else ""
    text = str(value)
    if len(text) > LONGEST_FIELD:
        raise Invalid(f"This has {len(text):,} characters; {LONGEST_FIELD:,} is the limit.")
    return text


def _arm(value: Any) -> str:
    return _uid(value) if value else ""


def _uid(value: Any) -> str:
    uid = str(value)
    if not UID.fullmatch(uid):
        raise Invalid(UNREADABLE)
    return uid


def _row_id(value: Any) -> int:
    number = int(value)
    if not 0 < number < LARGEST:
        raise ValueError(value)
    return number


def _client_id(message: Mapping[str, Any]) -> str:
    return str(message.get("client_id", ""))[:LONGEST_ID]
