"""Edits of a coding: one field at a time, against what its person saw.

An edit says what stood in the field when the person changed it. Where something else stands there
by now (another tab was quicker), that stays, the edit is kept in the history, and both are shown:
nothing typed is lost, and nothing is overwritten unseen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from evidence.errors import Invalid
from evidence.store.coding import coding_changes, codings
from evidence.store.coding.coding_changes import Change, Sent, came_before, clashed_before
from evidence.store.engine import Write
from evidence.store.schema import answer, finding, scheme_version
from evidence.store.schema.column_types import clean

REMOVED = "removed"  # the field of a finding that says that it was taken away
YES = "yes"
CHOICE = "choice"  # the field of a question of which one option is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of one field.

    Attributes:
        client_id: made where it was typed; the same id is taken once.
        version_id: the version of the scheme that was seen.
        field: of an answer `chosen` ("yes" or ""), `choice` (an option's id or ""), `value` or
            `note`; of a finding one of coding.finding_fields, or `removed`.
        before: what stood there when it was changed.
        after: what shall stand there.
    """

    client_id: str
    version_id: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """An edit that was not made: the field holds something that its person had not seen."""

    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKept:
    """An edit that stands in the history only; `why` is a sentence."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a coding an answer stands: a question, one of its codes or "", an arm or ""."""

    question: str
    code: str = ""
    arm: str = ""


def edit_answer(write: Write, coding_id: int, place: Place, edit: Edit) -> Clash | None:
    """Change one field of an answer.

    Raises:
        NotAllowed: the coding is marked complete.
        NotFound: it is no coding of the writing person.
        Invalid: the version is not one of the coding's scheme.
    """
    if came_before(write, coding_id, edit.client_id):
        return None
    begin(write, coding_id, edit)
    if edit.field == CHOICE:
        return _choose(write, coding_id, place, edit)
    row = _answer(write, coding_id, place)
    now = _text(row[edit.field]) if row else ""
    if clashed_before(write, coding_id, edit.client_id):
        return Clash(now=now)
    answer_id = _answer_id(write, coding_id, place, edit, row)
    kept = is_seen(edit, now)
    note(write, coding_id, edit, now, {"answer_id": answer_id}, None if kept else "")
    if not kept:
        return Clash(now=now)
    _set(write, answer_id, edit, {edit.field: _stored(edit.field, edit.after)})
    return None


def edit_finding(write: Write, coding_id: int, uid: str, edit: Edit) -> Clash | None:
    """Change one field of a finding, which is made with its first field.

    Raises:
        NotAllowed: the coding is marked complete.
        NotFound: it is no coding of the writing person.
        Invalid: the version is not one of the coding's scheme.
    """
    if came_before(write, coding_id, edit.client_id):
        return None
    begin(write, coding_id, edit)
    row = _finding(write, coding_id, uid, edit)
    seen: dict[str, Any] = {"version_id": edit.version_id, "changed_at": write.at}
    removed = YES if row["removed_at"] else ""
    now = removed if edit.field == REMOVED else str(row["fields"].get(edit.field, ""))
    if clashed_before(write, coding_id, edit.client_id):
        return Clash(now=now)
    kept = is_seen(edit, now)
    note(write, coding_id, edit, now, {"finding_id": int(row["id"])}, None if kept else "")
    if not kept:
        return Clash(now=now)
    if edit.field == REMOVED:
        seen["removed_at"] = write.at if edit.after else None
    else:
        fields = {**row["fields"], edit.field: clean(edit.after)}
        seen["fields"] = {name: text for name, text in fields.items() if text}
    write.connection.execute(update(finding).where(finding.c.id == row["id"]).values(**seen))
    return None


def _finding(write: Write, coding_id: int, uid: str, edit: Edit) -> RowMapping:
    """The row of a finding, made where there is none yet."""
    c = write.connection
    here = (finding.c.coding_id == coding_id) & (finding.c.uid == uid)
    row = c.execute(select(finding).where(here)).mappings().one_or_none()
    if row is not None:
        return row
    values = {"coding_id": coding_id, "uid": uid, "fields": {}, "version_id": edit.version_id}
    query = insert(finding).values(**values, changed_at=write.at).returning(finding)
    return c.execute(query).mappings().one()


def is_removed(write: Write, coding_id: int, uid: str) -> bool:
    """Whether a finding was taken away; no, where there is none yet."""
    here = (finding.c.coding_id == coding_id) & (finding.c.uid == uid)
    query = select(finding.c.id).where(here, finding.c.removed_at.is_not(None))
    return write.connection.execute(query).first() is not None


def fields_of(write: Write, coding_id: int, uid: str) -> Mapping[str, str]:
    """What stands in a finding that was not taken away; nothing where there is none."""
    here = (finding.c.coding_id == coding_id) & (finding.c.uid == uid)
    query = select(finding.c.fields).where(here, finding.c.removed_at.is_(None))
    fields: Mapping[str, str] = write.connection.execute(query).scalar_one_or_none() or {}
    return fields


def keep_apart(
    write: Write, coding_id: int, at: Place | str, edit: Edit, why: str
) -> NotKept | None:
    """Put an edit into the history only, with the reason; None where it was kept before.

    Args:
        write: of the coding's person.
        coding_id: of the coding.
        at: the place of an answer, or the uid of a finding.
        edit: of one field.
        why: it is not kept, in words.

    Raises:
        NotAllowed: the coding is marked complete.
        NotFound: it is no coding of the writing person.
        Invalid: the version is not one of the coding's scheme.
    """
    if came_before(write, coding_id, edit.client_id):
        return None
    begin(write, coding_id, edit)
    if not clashed_before(write, coding_id, edit.client_id):
        if isinstance(at, Place):
            row = _answer(write, coding_id, at)
            now = _text(row.get(edit.field, "")) if row else ""
            about = {"answer_id": _answer_id(write, coding_id, at, edit, row)}
        else:
            found = _finding(write, coding_id, at, edit)
            now = str(found["fields"].get(edit.field, ""))
            about = {"finding_id": int(found["id"])}
        note(write, coding_id, edit, now, about, why)
    return NotKept(why=why)


def chosen_codes(write: Write, coding_id: int, place: Place) -> list[str]:
    """The codes that are ticked for the question and the arm of a place."""
    return sorted(_chosen(write, coding_id, place))


def answer_id_of(write: Write, coding_id: int, place: Place, version_id: int) -> int:
    """The row of an answer, made where nothing was said there yet."""
    edit = Edit(client_id="", version_id=version_id, field="note", before="", after="")
    return _answer_id(write, coding_id, place, edit, _answer(write, coding_id, place))


def _choose(write: Write, coding_id: int, place: Place, edit: Edit) -> Clash | None:
    """Choose one option in place of another."""
    chosen = _chosen(write, coding_id, place)
    now = " ".join(sorted(chosen))
    if clashed_before(write, coding_id, edit.client_id):
        return Clash(now=now)
    kept = is_seen(edit, now)
    if not kept:
        at = Place(question=place.question, arm=place.arm)
        own_row = _answer_id(write, coding_id, at, edit, _answer(write, coding_id, at))
        note(write, coding_id, edit, now, {"answer_id": own_row}, "")
        return Clash(now=now)
    for code in sorted({*chosen, edit.after} - {""}):
        at = Place(question=place.question, code=code, arm=place.arm)
        before, after = YES if code in chosen else "", YES if code == edit.after else ""
        answer_id = _answer_id(write, coding_id, at, edit, _answer(write, coding_id, at))
        step = Edit(
            client_id=edit.client_id,
            version_id=edit.version_id,
            field="chosen",
            before=before,
            after=after,
        )
        note(write, coding_id, step, before, {"answer_id": answer_id})
        _set(write, answer_id, edit, {"chosen": bool(after)})
    if not chosen and not edit.after:  # nothing changes; the id is known all the same
        note(write, coding_id, edit, now, {})
    return None


def _chosen(write: Write, coding_id: int, place: Place) -> set[str]:
    query = select(answer.c.code).where(
        answer.c.coding_id == coding_id,
        answer.c.question == place.question,
        answer.c.arm == place.arm,
        answer.c.chosen,
    )
    return set(write.connection.execute(query).scalars())


def begin(write: Write, coding_id: int, edit: Edit) -> None:
    """Refuse an edit of a coding that is complete, or with a version of another scheme.

    Raises:
        NotAllowed: the coding is marked complete.
        NotFound: it is no coding of the writing person.
        Invalid: the version is not one of the coding's scheme.
    """
    codings.require_draft(write, coding_id)
    require_version(write, coding_id, edit.version_id)


def require_version(write: Write, coding_id: int, version_id: int | None) -> int:
    """Refuse a version of another scheme than the coding's; gives it back.

    Raises:
        Invalid: it is none of its versions.
    """
    query = select(scheme_version.c.id).where(
        scheme_version.c.id == version_id,
        scheme_version.c.scheme_id == codings.scheme_of(write.connection, coding_id),
    )
    found = write.connection.execute(query).scalar_one_or_none()
    if found is None:
        raise Invalid("The page sent a scheme that this coding does not have; please reload it.")
    return int(found)


def is_seen(edit: Edit, now: str) -> bool:
    """Whether the field holds what the person saw, or already what they want."""
    return now in {clean(edit.before), clean(edit.after)}


def _answer(write: Write, coding_id: int, place: Place) -> Mapping[str, Any] | None:
    query = select(answer).where(
        answer.c.coding_id == coding_id,
        answer.c.question == place.question,
        answer.c.code == place.code,
        answer.c.arm == place.arm,
    )
    row = write.connection.execute(query).mappings().one_or_none()
    return dict(row) if row is not None else None


def _answer_id(
    write: Write, coding_id: int, place: Place, edit: Edit, row: Mapping[str, Any] | None
) -> int:
    if row is not None:
        return int(row["id"])
    query = insert(answer).values(
        coding_id=coding_id,
        question=place.question,
        code=place.code,
        arm=place.arm,
        version_id=edit.version_id,
        changed_at=write.at,
    )
    return int(write.connection.execute(query.returning(answer.c.id)).scalar_one())


def _set(write: Write, answer_id: int, edit: Edit, values: Mapping[str, object]) -> None:
    seen = {"version_id": edit.version_id, "changed_at": write.at}
    query = update(answer).where(answer.c.id == answer_id)
    write.connection.execute(query.values(**values, **seen))


def note(
    write: Write,
    coding_id: int,
    edit: Edit,
    now: str,
    about: Mapping[str, int],
    not_kept: str | None = None,
) -> None:
    """Add an edit to the history of the coding; `about` and `not_kept` as coding_changes.note has
    them, and `now` is what the field holds.
    """
    coding_changes.note(
        write,
        coding_id,
        Sent(client_id=edit.client_id, version_id=edit.version_id),
        Change(field=edit.field, before=now, after=edit.after),
        about,
        not_kept,
    )


def _text(value: object) -> str:
    return (YES if value else "") if isinstance(value, bool) else str(value)


def _stored(field: str, text: str) -> object:
    return bool(text) if field == "chosen" else text
