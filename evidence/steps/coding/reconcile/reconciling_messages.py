"""Messages of the reconciling page: what somebody chose, one answer or finding at a time.

Each is accepted, refused or clashes by itself, and is known by the id that the browser gave it.
Sending something twice is harmless. Nothing in the messages is trusted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.finding_fields import LONGEST_FIELD, is_field
from evidence.coding.finding_groups import key_of
from evidence.coding.reconciling import rows_taken
from evidence.errors import Invalid, Unavailable, WaymarkError
from evidence.steps.coding import schemes
from evidence.steps.coding.desk_messages import MOST_AT_ONCE, TOO_MANY, ClashedItem, Outcome
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.coding.reconcile.reconciling import AREAS, ReconcilingSheet
from evidence.steps.coding.reconcile.reconciling_places import FindingItem, act_of, id_at_once
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.sent_fields import ONE_OF, UNREADABLE, check_id, id_of, row_id, state
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.coding import agreed_codings, codings
from evidence.store.coding.agreed_codings import Chosen, HowAgreed, Source
from evidence.store.coding.coding_changes import Sent
from evidence.store.coding.coding_edits import Place

MOST_FIELDS = 100  # of a finding
COMPLETE = "What was agreed is marked complete, so nothing was changed; reopen it first."
GONE = "This is not in the codings any more; please reload the page."
MEANWHILE = "Somebody else chose here meanwhile."
NONE_STANDS = "Each of these answers was chosen anew meanwhile, so nothing was taken back."


class ReconcilingKind(StrEnum):
    """What somebody did on the page."""

    ANSWER = "answer"  # took the answer of some, or says another
    AGREEING = "agreeing"  # took all answers on which all agree
    OPEN_AGREEING = "open_agreeing"  # took back what was taken so, as far as it stands
    FINDING = "finding"  # took a finding, says another, or dropped it
    GROUP = "group"  # said which findings are one
    OPEN = "open"  # took a choice back
    STATE = "state"  # complete, or not


def apply(desk: Desk, messages: Sequence[Mapping[str, Any]]) -> Outcome:
    """Do what the page asks, in its order, each by itself."""
    outcome = Outcome()
    outcome.refused.update((id_of(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    for message in messages[:MOST_AT_ONCE]:
        client_id = id_of(message)
        try:
            clash = _apply(desk, message)
        except Unavailable as error:  # no fault of the messages, which are sent again
            outcome.trouble = str(error)
            return outcome
        except WaymarkError as error:
            outcome.refused[client_id] = str(error)
        except (KeyError, TypeError, ValueError, OverflowError):
            outcome.refused[client_id] = UNREADABLE
        else:
            if clash is None:
                outcome.accepted.append(client_id)
            else:
                outcome.clashes[client_id] = ClashedItem(item=dict(message), now=clash)
    return outcome


def _apply(desk: Desk, message: Mapping[str, Any]) -> str | None:
    """Do one; gives why not, where somebody else was quicker."""
    study_id, scheme_id = row_id(message["study_id"]), row_id(message["scheme_id"])
    kind = ReconcilingKind(message["kind"])
    check_id(message)
    client_id = id_of(message)
    if kind is ReconcilingKind.STATE:
        sent = Sent(client_id=client_id, version_id=None)
        if state(message) == "complete":
            reconciling.complete(desk, study_id, scheme_id, sent, _seen_codings(message))
        else:
            reconciling.reopen(desk, study_id, scheme_id, sent)
        return None
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        reconciling.coded_by_others(w.connection, desk, taken, study_id)
        agreed_id = agreed_codings.start(w, study_id, scheme_id)
        if agreed_codings.was_sent(w, agreed_id, client_id):
            return None
        own = reconciling.load(w.connection, desk, taken, study_id)
        if own.is_complete:
            raise Invalid(COMPLETE)
        if kind not in {ReconcilingKind.OPEN, ReconcilingKind.OPEN_AGREEING}:
            reconciling.check_seen(own, _seen_codings(message))
        if kind is ReconcilingKind.AGREEING:
            _take_agreeing(w, own, client_id)
            return None
        if kind is ReconcilingKind.OPEN_AGREEING:
            _open_agreeing(w, own, client_id, str(message["act"]))
            return None
        if _is_of_finding(message):
            return _choose_finding(w, own, kind, message)
        return _choose_answer(w, own, kind, message)


def _is_of_finding(message: Mapping[str, Any]) -> bool:
    return bool(message.get("members"))


def _choose_answer(
    write: Write, own: ReconcilingSheet, kind: ReconcilingKind, message: Mapping[str, Any]
) -> str | None:
    question, arm = str(message["question"]), str(message.get("arm", ""))
    item = next(
        (one for one in own.items if (one.compared.question, one.compared.arm) == (question, arm)),
        None,
    )
    if item is None:
        raise Invalid(GONE)
    if not _is_seen(item.chosen, message):
        return MEANWHILE
    note = _text(message.get("note", ""))
    place = Place(question=question, arm=arm)
    if kind is ReconcilingKind.OPEN:
        _set_answer(write, own, place, (), Chosen(how=HowAgreed.OPEN, note=note), message)
    elif message.get("sources"):
        ids = _sources(own, message["sources"])
        rows = rows_taken(own.taken.scheme, question, arm, [_rows(own, of) for of in ids])
        sources = tuple(Source(coding_id=of) for of in ids)
        chosen = Chosen(how=HowAgreed.TAKEN, sources=sources, note=note)
        asked = own.taken.scheme.question(question)
        if asked is not None and asked.rule is not None:  # whose answer may need its reason
            rows = _noted(rows, place, note)
        _set_answer(write, own, place, rows, chosen, message)
    else:
        said = _noted(_other(own.taken, place, message), place, note)
        _set_answer(write, own, place, said, Chosen(how=HowAgreed.OTHER, note=note), message)
    return None


def _noted(rows: Sequence[AnswerRow], place: Place, note: str) -> tuple[AnswerRow, ...]:
    """The rows of an answer with a note of those who agreed on it."""
    if not note.strip():
        return tuple(rows)
    of_codes = [row for row in rows if row.code]
    whole = AnswerRow(question=place.question, arm=place.arm)
    whole = next((row for row in rows if not row.code), whole)
    notes = dict.fromkeys(text for text in (whole.note, note) if text.strip())
    return (*of_codes, replace(whole, note="; ".join(notes)))


def _take_agreeing(write: Write, own: ReconcilingSheet, client_id: str) -> None:
    """Take every answer on which all agree, and about which nothing was chosen yet.

    Notes of all are put together; they are remarks.
    """
    ids = [one.id for one in own.codings]
    sources = tuple(Source(coding_id=of) for of in ids)
    agreeing = [one.compared for one in own.items if one.is_open and one.compared.agrees]
    for number, compared in enumerate(agreeing):
        place = Place(question=compared.question, arm=compared.arm)
        rows = rows_taken(
            own.taken.scheme, place.question, place.arm, [_rows(own, of) for of in ids]
        )
        chosen = Chosen(how=HowAgreed.TAKEN, sources=sources)
        named = {"client_id": id_at_once(client_id, number)}
        _set_answer(write, own, place, rows, chosen, named)


def _open_agreeing(write: Write, own: ReconcilingSheet, client_id: str, act: str) -> None:
    """Take back the answers that the message of this id took at once, where its choice stands.

    What somebody chose there since, whoever it was, stays.

    Raises:
        Invalid: none of them stands.
    """
    standing = [
        one.compared
        for one in own.items
        if one.chosen is not None
        and one.chosen.how is HowAgreed.TAKEN
        and act in {one.chosen.client_id, act_of(one.chosen.client_id)}
    ]
    if not standing:
        raise Invalid(NONE_STANDS)
    for number, compared in enumerate(standing):
        place = Place(question=compared.question, arm=compared.arm)
        named = {"client_id": id_at_once(client_id, number)}
        _set_answer(write, own, place, (), Chosen(how=HowAgreed.OPEN), named)


def _set_answer(
    write: Write,
    own: ReconcilingSheet,
    place: Place,
    rows: Sequence[AnswerRow],
    chosen: Chosen,
    message: Mapping[str, Any],
) -> None:
    assert own.agreed is not None  # noqa: S101 - _apply began it
    version_id = own.taken.version.id
    agreed_codings.set_answer(write, own.agreed, place, rows, version_id)
    agreed_codings.quote(write, own.agreed.id, place, chosen.sources, version_id)
    named = Chosen(
        how=chosen.how,
        question=place.question,
        arm=place.arm,
        sources=chosen.sources,
        note=chosen.note,
        client_id=str(message["client_id"]),
    )
    agreed_codings.choose(write, own.agreed.id, named)


def _choose_finding(
    write: Write, own: ReconcilingSheet, kind: ReconcilingKind, message: Mapping[str, Any]
) -> str | None:
    assert own.agreed is not None  # noqa: S101 - _apply began it
    members = _members(own, message["members"])
    before = next((one for one in own.findings if one.group.members[0] == members[0]), None)
    key = before.group.key if before else key_of(members[0])
    if not _is_seen(before.chosen if before else None, message):
        return MEANWHILE
    if "leaves" in message and _left_unseen(own, key, members, message["leaves"]):
        return MEANWHILE
    note, client_id = _text(message.get("note", "")), str(message["client_id"])
    version_id = own.taken.version.id
    _leave_others(write, own, key, members, client_id)
    fields: Mapping[str, str] | None = None
    sources = tuple(Source(coding_id=of, finding=uid) for of, uid in members)
    how = HowAgreed.TOGETHER
    if kind is ReconcilingKind.OPEN:
        how, sources = HowAgreed.OPEN, ()
    elif kind is ReconcilingKind.FINDING and message.get("dropped"):
        if not note:
            raise Invalid("Say in a word why this finding is dropped.")
        how = HowAgreed.DROPPED
    elif kind is ReconcilingKind.FINDING and "fields" in message:
        how, fields = HowAgreed.OTHER, _fields(message["fields"])
    elif kind is ReconcilingKind.FINDING:
        lead = _member(message["taken"])
        if lead not in members:
            raise Invalid(GONE)
        how, fields = HowAgreed.TAKEN, _finding(own, lead)
        first = Source(coding_id=lead[0], finding=lead[1])
        sources = (first, *(source for source in sources if source != first))
    stored = codings.findings_of(write.connection, own.agreed.id).get(key)
    agreed_codings.set_finding(write, own.agreed.id, key, stored, fields, version_id)
    if fields is not None:
        quoted = sources[:1] if how is HowAgreed.TAKEN else sources
        agreed_codings.quote(write, own.agreed.id, key, quoted, version_id)
    chosen = Chosen(how=how, finding=key, sources=sources, note=note, client_id=client_id)
    agreed_codings.choose(write, own.agreed.id, chosen)
    return None


def _left_unseen(
    own: ReconcilingSheet, key: str, members: Sequence[tuple[int, str]], leaves: object
) -> bool:
    """Whether a group would lose a finding and its choice, which the page had not seen."""
    known = set(map(str, leaves)) if isinstance(leaves, list) else set()
    return any(
        one.chosen.client_id not in known for one in _losing(own, key, members) if one.chosen
    )


def _losing(
    own: ReconcilingSheet, key: str, members: Sequence[tuple[int, str]]
) -> list[FindingItem]:
    """The other groups of which something was chosen, and that lose a finding."""
    return [
        one
        for one in own.findings
        if one.group.key != key
        and one.chosen is not None
        and one.chosen.how is not HowAgreed.OPEN
        and set(one.group.members) & set(members)
    ]


def _leave_others(
    write: Write,
    own: ReconcilingSheet,
    key: str,
    members: Sequence[tuple[int, str]],
    client_id: str,
) -> None:
    """Take back what was chosen of groups that lose a finding to this one."""
    assert own.agreed is not None  # noqa: S101 - _apply began it
    version_id = own.taken.version.id
    stored = codings.findings_of(write.connection, own.agreed.id)
    for number, one in enumerate(_losing(own, key, members)):
        other = one.group.key
        agreed_codings.set_finding(write, own.agreed.id, other, stored.get(other), None, version_id)
        taken_back = Chosen(
            how=HowAgreed.OPEN, finding=other, client_id=f"{client_id}-left-{number}"
        )
        agreed_codings.choose(write, own.agreed.id, taken_back)


def _seen_codings(message: Mapping[str, Any]) -> list[str] | None:
    """When each coding was changed last, as the page had it; None where it does not say."""
    seen = message.get("codings")
    if seen is None:
        return None
    if not isinstance(seen, list) or not all(isinstance(one, str) for one in seen):
        raise Invalid(UNREADABLE)
    return seen


def _is_seen(chosen: Chosen | None, message: Mapping[str, Any]) -> bool:
    """Whether the page had seen the newest choice when it chose anew."""
    return (chosen.client_id if chosen else "") == str(message.get("seen", ""))


def _other(taken: TakenScheme, place: Place, message: Mapping[str, Any]) -> tuple[AnswerRow, ...]:
    """What is said instead of any of them."""
    question = taken.scheme.question(place.question)
    if question is None:
        raise Invalid("The scheme no longer has this question, so only what was said can be taken.")
    known = {option.id for option in question.walk() if option.selectable}
    codes = list(dict.fromkeys(str(code) for code in message.get("codes", ())))
    value = _text(message.get("value", ""))
    if not set(codes) <= known or (question.kind in ONE_OF and len(codes) > 1):
        raise Invalid(UNREADABLE)
    if value and known:
        raise Invalid(UNREADABLE)
    rows = [
        AnswerRow(question=question.id, code=code, arm=place.arm, chosen=True) for code in codes
    ]
    if value:
        rows.append(AnswerRow(question=question.id, arm=place.arm, value=value))
    return tuple(rows)


def _sources(own: ReconcilingSheet, sent: object) -> list[int]:
    if not isinstance(sent, list):
        raise Invalid(UNREADABLE)
    ids = [row_id(one) for one in sent]
    in_order = [one.id for one in own.codings if one.id in ids]
    if len(in_order) != len(ids):
        raise Invalid(GONE)
    return in_order


def _rows(own: ReconcilingSheet, coding_id: int) -> tuple[AnswerRow, ...]:
    return next(one.rows for one in own.codings if one.id == coding_id)


def _members(own: ReconcilingSheet, sent: object) -> list[tuple[int, str]]:
    if not isinstance(sent, list) or not sent:
        raise Invalid(UNREADABLE)
    members = {_member(one) for one in sent}
    in_order = [
        (one.id, each.uid)
        for one in own.codings
        for each in one.findings
        if (one.id, each.uid) in members
    ]
    if len(in_order) != len(members):
        raise Invalid(GONE)
    return in_order


def _member(sent: object) -> tuple[int, str]:
    if not isinstance(sent, list) or len(sent) != 2:  # noqa: PLR2004 - a coding and a uid
        raise Invalid(UNREADABLE)
    return row_id(sent[0]), str(sent[1])


def _finding(own: ReconcilingSheet, member: tuple[int, str]) -> Mapping[str, str]:
    coding_id, uid = member
    of_coding = next(one for one in own.codings if one.id == coding_id)
    return next(each.fields for each in of_coding.findings if each.uid == uid)


def _fields(sent: object) -> dict[str, str]:
    if not isinstance(sent, Mapping) or len(sent) > MOST_FIELDS:
        raise Invalid(UNREADABLE)
    fields = {str(name): _text(text) for name, text in sent.items()}
    if not all(is_field(name) for name in fields):
        raise Invalid(UNREADABLE)
    return {name: text for name, text in fields.items() if text.strip()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Invalid(UNREADABLE)
    if len(value) > LONGEST_FIELD:
        raise Invalid(f"More than {LONGEST_FIELD:,} characters; please shorten it.")
    return value
