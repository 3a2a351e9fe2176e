"""What a message of the coding desk says, read strictly: nothing in it is trusted."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from evidence.citations.text import visible
from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE, LONGEST_FIELD, is_field
from evidence.coding.scheme import Of, Question, QuestionKind, Scheme
from evidence.errors import Invalid
from evidence.store.coding.brought_rows import BROUGHT
from evidence.store.coding.coding_acts import OF_ACT
from evidence.store.coding.coding_changes import Sent
from evidence.store.coding.coding_edits import CHOICE, REMOVED, YES, Edit, Place
from evidence.store.coding.quotations import Part, Quotation
from evidence.store.coding.undo_coding_acts import UNDONE
from evidence.store.schema.column_types import clean

LARGEST = 2**63  # no row has such a number
LONGEST_QUOTATION = 20_000
LONGEST_ID = 80
LONGEST_LABEL = 300
UNREADABLE = "The page sent something that cannot be read; please reload it."
NOT_ASKED = "The scheme does not ask this any more; please reload the page."
NO_CODE = "The scheme does not have this code any more; please reload the page."
LONG_ID = (
    "The page sent this under a name of more than {most} characters, so it was not kept; please "
    "reload the page, and do it again."
)
UID = re.compile(r"[A-Za-z0-9]{6,40}")
CHOSEN, VALUE, NOTE = "chosen", "value", "note"
ONE_OF = (QuestionKind.ONE, QuestionKind.YES_NO)
MOST_FIELDS = 2_000  # of one finding
POSITION = "position"  # which says nothing of it
OF_THE_SERVER = (OF_ACT, UNDONE, BROUGHT)  # ids of acts and files, which no page makes
_STATES = ("draft", "complete")

Message = Mapping[str, Any]


class MessageKind(StrEnum):
    """What somebody did in a coding."""

    ANSWER = "answer"
    FINDING = "finding"
    QUOTATION = "quotation"
    ARM = "arm"
    TIME_POINT = "time_point"
    STATE = "state"


def check_id(message: Message) -> None:
    """Refuse a message by whose id it cannot be known.

    Raises:
        Invalid: there is none, it is no text, it is too long, or it looks like one of the ids by
            which acts on many studies and files that came in are known and undone.
    """
    client_id = message.get("client_id")
    if not isinstance(client_id, str) or not client_id.isprintable() or not client_id:
        raise Invalid(UNREADABLE)
    if client_id.startswith(OF_THE_SERVER):
        raise Invalid(UNREADABLE)
    if len(client_id) > LONGEST_ID:
        raise Invalid(LONG_ID.format(most=LONGEST_ID))


def id_of(message: Message) -> str:
    """The id of a message as it is told back; of one that is too long only its beginning."""
    client_id = str(message.get("client_id", ""))
    return client_id if len(client_id) <= LONGEST_ID else f"{client_id[:LONGEST_ID]}…"


def sent(message: Message) -> Sent:
    """How a message came."""
    return Sent(client_id=id_of(message), version_id=row_id(message["version_id"]))


def state(message: Message) -> str:
    """`draft` or `complete`."""
    if message["after"] not in _STATES:
        raise Invalid(UNREADABLE)
    return str(message["after"])


def place(scheme: Scheme, message: Message, field: str) -> Place:
    """Where an answer stands; refuses what the scheme that was seen does not ask."""
    question = scheme.question(str(message["question"]))
    if question is None or question.of is Of.FINDING:
        raise Invalid(NOT_ASKED if question is None else UNREADABLE)
    arm = message.get("arm")
    found = Place(
        question=question.id, code=str(message.get("code") or ""), arm=uid(arm) if arm else ""
    )
    if field in {CHOSEN, CHOICE, VALUE} and not message.get("after"):
        return found  # what a later version of the scheme cannot ask can still be taken back
    if found.code and question.option(question.code_now(found.code)) is None:
        raise Invalid(NO_CODE)
    if not _takes(question, found, field, message):
        raise Invalid(UNREADABLE)
    return found


def _takes(question: Question, at: Place, field: str, message: Message) -> bool:
    if at.arm and not (question.per_arm or field == NOTE):  # a note can be on one arm always
        return False
    if field == CHOSEN:
        ticked = question.option(at.code)
        return question.kind not in ONE_OF and ticked is not None and ticked.selectable
    if field == CHOICE:
        wanted = question.option(str(message["after"]))
        return question.kind in ONE_OF and not at.code and wanted is not None and wanted.selectable
    if field == VALUE:
        return not (question.options or at.code)
    return field == NOTE


def answer_edit(message: Message) -> Edit:
    """A change of one field of an answer; ticks are true or false, all else is text."""
    kind = bool if message["field"] == CHOSEN else str
    before = message.get("before", kind())
    after = message["after"]
    if not isinstance(before, kind) or not isinstance(after, kind):
        raise Invalid(UNREADABLE)
    return _edit(message, _yes(before), _yes(after))


def finding_edit(scheme: Scheme, message: Message) -> Edit:
    """A change of one field of a finding, of those that there are."""
    before, after = _text(message.get("before", "")), _text(message["after"])
    field = str(message["field"])
    if field == REMOVED:
        return _edit(message, before, _removed(after))
    if not is_field(field):
        raise Invalid(UNREADABLE)
    if after and (asked := asked_in(field)):
        question = scheme.question(asked)
        if question is None or question.of is not Of.FINDING:
            raise Invalid(NOT_ASKED)
    return _edit(message, before, after)


def unseen_fields(message: Message, now: Mapping[str, str]) -> list[str]:
    """What stands in fields of a finding that whoever takes it away had not seen.

    Args:
        message: that takes it away; `saw` has the fields as they were shown. A page of an earlier
            version does not send them, and is believed.
        now: the fields as they are kept.
    """
    saw = message.get("saw")
    if saw is None:
        return []
    if not isinstance(saw, dict) or len(saw) > MOST_FIELDS:
        raise Invalid(UNREADABLE)
    shown = {name: clean(_text(text)) for name, text in saw.items()}
    names = [*now, *(name for name in shown if name not in now)]
    return [
        now.get(name, "")
        for name in names
        if name not in {REMOVED, POSITION} and now.get(name, "") != shown.get(name, "")
    ]


def asked_in(field: str) -> str:
    """The question that a field of a finding answers; "" for a field of every finding."""
    group = next((group for group in (ANSWER, ANSWER_NOTE) if field.startswith(group)), "")
    return field.removeprefix(group) if group else ""


def group_edit(message: Message) -> Edit:
    """A change of an arm or a time point; its names are one line, and show as they are."""
    before, after = _text(message.get("before", "")), _text(message["after"])
    named = {"label", "people"} if message["kind"] == MessageKind.ARM else {"label"}
    if message["field"] == REMOVED:
        return _edit(message, before, _removed(after))
    if message["field"] not in named:
        raise Invalid(UNREADABLE)
    after = visible(after)
    if len(after) > LONGEST_LABEL:
        raise Invalid(f"This has {len(after):,} characters; {LONGEST_LABEL:,} is the limit.")
    return _edit(message, visible(before), after)


def is_taken_away(message: Message) -> bool:
    """Whether a message takes a quotation away."""
    removed = message.get("removed", False)
    if not isinstance(removed, bool):
        raise Invalid(UNREADABLE)
    return removed


def quotation(scheme: Scheme, message: Message) -> Quotation:
    """Where quoted words stand, and what the browser reads there."""
    on, source = message["on"], str(message["document"])
    part, _, number = source.partition(":")
    exact = _text(message["exact"])
    start, end = _whole(message["start"]), _whole(message["end"])
    page = _whole(message.get("page") or 0)
    is_file = part == Part.FILE
    if not 0 <= start < end <= start + LONGEST_QUOTATION or not exact.strip():
        raise Invalid(UNREADABLE)
    if page < 1 if is_file else page != 0:
        raise Invalid(UNREADABLE)
    return Quotation(
        uid=uid(message["uid"]),
        work_id=row_id(message["work_id"]) if is_file else row_id(number),
        document_id=row_id(number) if is_file else None,
        part=Part(part),
        page=page,
        start=start,
        end=end,
        exact=exact,
        place=None if "finding" in on else place(scheme, on, NOTE),
        finding_uid=uid(on["finding"]) if "finding" in on else "",
    )


def uid(value: Any) -> str:
    """The id of something that the browser made."""
    if not isinstance(value, str) or not UID.fullmatch(value):
        raise Invalid(UNREADABLE)
    return value


def row_id(value: Any) -> int:
    """The number of a row; raises ValueError for what cannot be one."""
    number = int(value)
    if not 0 < number < LARGEST:
        raise ValueError(value)
    return number


def _edit(message: Message, before: str, after: str) -> Edit:
    return Edit(
        client_id=id_of(message),
        version_id=row_id(message["version_id"]),
        field=str(message["field"]),
        before=before,
        after=after,
    )


def _yes(value: object) -> str:
    """A text, or yes and no, as it is kept."""
    if isinstance(value, bool):
        return YES if value else ""
    return _text(value)


def _removed(after: str) -> str:
    if after not in {YES, ""}:
        raise Invalid(UNREADABLE)
    return after


def _text(value: Any) -> str:
    """A text; refuses what is too long, which stays on the page."""
    if not isinstance(value, str):
        raise Invalid(UNREADABLE)
    if len(value) > LONGEST_FIELD:
        raise Invalid(f"This has {len(value):,} characters; {LONGEST_FIELD:,} is the limit.")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid(UNREADABLE)
    return value
