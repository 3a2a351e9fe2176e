"""Agreed codings: what several codings of a study came to, and where each answer came from.

An agreed coding is a coding like others, so it is edited, completed and taken away like them; the
codings that it came from stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update

from evidence.coding.answer_rows import AnswerRow
from evidence.store.coding import coding_edits, codings
from evidence.store.coding.coding_edits import REMOVED, YES, Edit, Place
from evidence.store.coding.codings import Coding, StoredFinding
from evidence.store.engine import Write
from evidence.store.schema import answer, coding, finding, person, quotation, reconciled

_QUOTED = ("work_id", "document_id", "part", "page", "start", "end", "exact", "prefix", "suffix")


class HowAgreed(StrEnum):
    """What was chosen of what several codings say."""

    TAKEN = "taken"  # the answer or finding of one of them, or of several put together
    OTHER = "other"  # something else than any of them says
    DROPPED = "dropped"  # a finding that does not stand
    TOGETHER = "together"  # findings that are one, not chosen yet
    OPEN = "open"  # taken back; nothing is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was taken: a coding, and of findings, which of its findings."""

    coding_id: int
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen for one answer or one finding.

    Attributes:
        question, arm: of an answer; "" for a finding.
        finding: the uid of the agreed finding; "" for an answer.
        sources: what was taken; for findings all that are one.
        note: why.
        client_id: by which a page names this choice.
    """

    how: HowAgreed
    question: str = ""
    arm: str = ""
    finding: str = ""
    sources: tuple[Source, ...] = ()
    note: str = ""
    client_id: str = ""
    person: str = ""
    at: datetime | None = None


def start(write: Write, study_id: int, scheme_id: int) -> int:
    """The agreed coding of a study, begun where there is none; gives its id."""
    query = select(coding.c.id).where(
        coding.c.study_id == study_id, coding.c.scheme_id == scheme_id, coding.c.is_agreed
    )
    found = write.connection.execute(query).scalar_one_or_none()
    if found is not None:
        return int(found)
    values = {
        "study_id": study_id,
        "scheme_id": scheme_id,
        "person_id": write.person_id,
        "is_agreed": True,
        "state": "draft",
        "changed_at": write.at,
    }
    made = insert(coding).values(**values).returning(coding.c.id)
    return int(write.connection.execute(made).scalar_one())


def begun(connection: Connection, scheme_id: int) -> set[int]:
    """The studies that somebody began to reconcile."""
    query = select(coding.c.study_id).where(coding.c.scheme_id == scheme_id, coding.c.is_agreed)
    return set(connection.execute(query).scalars())


def was_sent(write: Write, coding_id: int, client_id: str) -> bool:
    """Whether this was chosen before, as when a browser did not hear of it."""
    same = exists().where(
        reconciled.c.coding_id == coding_id,
        reconciled.c.client_id == client_id,
        reconciled.c.person_id == write.person_id,
    )
    return bool(client_id and write.connection.execute(select(same)).scalar_one())


def choose(write: Write, coding_id: int, chosen: Chosen) -> None:
    """Note what was chosen; `person` and `at` are the writing person and now."""
    values = {
        "coding_id": coding_id,
        "question": chosen.question,
        "arm": chosen.arm,
        "finding": chosen.finding,
        "choice": chosen.how.value,
        "sources": [[source.coding_id, source.finding] for source in chosen.sources],
        "note": chosen.note,
        "client_id": chosen.client_id,
        **write.by_and_at,
    }
    write.connection.execute(insert(reconciled).values(**values))


def newest(all_chosen: Sequence[Chosen]) -> dict[tuple[str, str, str], Chosen]:
    """The newest choice of each (question, arm, finding), also one that was taken back.

    Args:
        all_chosen: what `history` gives.
    """
    return {(chosen.question, chosen.arm, chosen.finding): chosen for chosen in all_chosen}


def history(connection: Connection, coding_id: int) -> list[Chosen]:
    """All that was chosen, the oldest first."""
    query = (
        select(reconciled, person.c.name)
        .join(person, person.c.id == reconciled.c.person_id)
        .where(reconciled.c.coding_id == coding_id)
        .order_by(reconciled.c.id)
    )
    return [
        Chosen(
            how=HowAgreed(row["choice"]),
            question=row["question"],
            arm=row["arm"],
            finding=row["finding"],
            sources=tuple(Source(coding_id=of, finding=uid) for of, uid in row["sources"]),
            note=row["note"],
            client_id=row["client_id"],
            person=row["name"],
            at=row["at"],
        )
        for row in connection.execute(query).mappings()
    ]


def set_answer(
    write: Write, agreed: Coding, place: Place, rows: Sequence[AnswerRow], version_id: int
) -> None:
    """Let the agreed coding say this to a question, for one arm, and nothing else of it.

    Args:
        write: of the person who reconciles.
        agreed: the agreed coding as it stands in this transaction.
        place: the question and the arm.
        rows: what it shall say.
        version_id: the version of the scheme that was seen.
    """
    at_place = (place.question, place.arm)
    now = {row.code: row for row in agreed.rows if (row.question, row.arm) == at_place}
    shall = {row.code: row for row in rows}
    for code in dict.fromkeys([*now, *shall]):
        empty = AnswerRow(question=place.question, code=code, arm=place.arm)
        before, after = now.get(code, empty), shall.get(code, empty)
        for field, was, then in (
            ("chosen", YES * before.chosen, YES * after.chosen),
            ("value", before.value, after.value),
            ("note", before.note, after.note),
        ):
            if was != then:
                at = Place(question=place.question, code=code, arm=place.arm)
                coding_edits.edit_answer(write, agreed.id, at, _edit(version_id, field, was, then))


def set_finding(
    write: Write,
    coding_id: int,
    uid: str,
    stored: StoredFinding | None,
    fields: Mapping[str, str] | None,
    version_id: int,
) -> None:
    """Let a finding of the agreed coding have these fields and no others, or take it away.

    Args:
        write: of the person who reconciles.
        coding_id: the agreed coding.
        uid: of the agreed finding.
        stored: as it stands; None where there is none.
        fields: that it shall have; None for taking it away.
        version_id: the version of the scheme that was seen.
    """
    if fields is None:
        if stored is not None and not stored.removed:
            edit = _edit(version_id, REMOVED, "", YES)
            coding_edits.edit_finding(write, coding_id, uid, edit)
        return
    if stored is not None and stored.removed:
        coding_edits.edit_finding(write, coding_id, uid, _edit(version_id, REMOVED, YES, ""))
    before = stored.fields if stored else {}
    for name in dict.fromkeys([*before, *fields]):
        was, then = before.get(name, ""), fields.get(name, "")
        if was != then:
            coding_edits.edit_finding(write, coding_id, uid, _edit(version_id, name, was, then))


def quote(
    write: Write, coding_id: int, of: Place | str, sources: Sequence[Source], version_id: int
) -> None:
    """Let an agreed answer or finding rest on the quotations of what was taken, and no others.

    Args:
        write: of the person who reconciles.
        coding_id: the agreed coding.
        of: the question and the arm of an answer, or the uid of an agreed finding.
        sources: what was taken.
        version_id: the version of the scheme that was seen.
    """
    c = write.connection
    wanted = {}
    for source in sources:
        for row in _quotations(c, source.coding_id, source.finding if isinstance(of, str) else of):
            wanted[_uid_of_copy(row)] = row
    standing = {row["uid"]: row["id"] for row in _quotations(c, coding_id, of)}
    gone = [standing[uid] for uid in standing if uid not in wanted]
    here = quotation.c.coding_id == coding_id
    c.execute(update(quotation).where(quotation.c.id.in_(gone)).values(removed_at=write.at))
    for uid, row in wanted.items():
        if uid in standing:
            continue
        again = update(quotation).where(here, quotation.c.uid == uid).values(removed_at=None)
        if c.execute(again).rowcount:
            continue
        values = {name: row[name] for name in _QUOTED}
        if isinstance(of, str):
            values["finding_id"] = codings.finding_id(c, coding_id, of)
        else:
            place = Place(question=of.question, code=row["code"] or "", arm=of.arm)
            values["answer_id"] = coding_edits.answer_id_of(write, coding_id, place, version_id)
        values |= {"coding_id": coding_id, "uid": uid, "added_at": write.at}
        c.execute(insert(quotation).values(**values))


def _quotations(
    connection: Connection, coding_id: int, of: Place | str
) -> Sequence[Mapping[str, Any]]:
    """The quotations of a coding on an answer, or on one of its findings by uid."""
    query = (
        select(quotation, answer.c.code)
        .outerjoin(answer, answer.c.id == quotation.c.answer_id)
        .outerjoin(finding, finding.c.id == quotation.c.finding_id)
        .where(quotation.c.coding_id == coding_id, quotation.c.removed_at.is_(None))
        .order_by(quotation.c.id)
    )
    if isinstance(of, str):
        query = query.where(finding.c.uid == of)
    else:
        query = query.where(answer.c.question == of.question, answer.c.arm == of.arm)
    return [dict(row) for row in connection.execute(query).mappings()]


def _uid_of_copy(row: Mapping[str, Any]) -> str:
    """The same for each copy of a quotation, so that taking it twice makes one."""
    named = f"{row['coding_id']} {row['uid']}"
    return blake2b(named.encode(), digest_size=10).hexdigest()


def _edit(version_id: int, field: str, before: str, after: str) -> Edit:
    return Edit(client_id="", version_id=version_id, field=field, before=before, after=after)
