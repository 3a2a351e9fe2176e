"""Undoing what one act set in many answers, where it still stands so."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from evidence.store.coding.coding_acts import FROM, OF_ACT, ONLY, TICK
from evidence.store.coding.coding_edits import YES
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import answer, coding, coding_change, finding, quotation, study

UNDONE = "undone-"  # how the client ids of what undoing an act sets begin
_ACT = re.compile(rf"{OF_ACT}([0-9a-f]{{16}})-(?:{ONLY}|{TICK}|{FROM}-[0-9]{{1,18}}-[0-9]+)")
_UNDOING = re.compile(rf"{UNDONE}([0-9a-f]{{16}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAct:
    """An act that was not undone.

    Attributes:
        question, code: the code that was put on or off; "" where a coding was copied.
        on: whether it was put on.
        study: the label of the study into which a coding was copied, or of one of several.
        source: the label of the study from which it was copied; "" where a code was put on or off.
        stands: the studies in which all stands as the act left it, so that it can be undone there.
        changed: how many other studies there are: changed since, or complete by now.
    """

    act: str
    at: datetime
    question: str
    code: str
    on: bool
    study: str
    source: str
    stands: tuple[int, ...]
    changed: int


def latest(
    connection: Connection, review_id: int, person_id: int, scheme_id: int
) -> StandingAct | None:
    """The newest act of a person in their codings with a scheme that was not undone."""
    change = coding_change.c
    query = (
        select(change.client_id, func.max(change.id).label("newest"))
        .join(coding, coding.c.id == change.coding_id)
        .join(study, study.c.id == coding.c.study_id)
        .where(
            study.c.review_id == review_id,
            coding.c.scheme_id == scheme_id,
            coding.c.person_id == person_id,
            change.client_id.startswith(OF_ACT, autoescape=True)
            | change.client_id.startswith(UNDONE, autoescape=True),
        )
        .group_by(change.client_id)
    )
    newest: dict[str, int] = {}
    undone: set[str] = set()
    for client_id, row_id in connection.execute(query):
        if undoing := _UNDOING.fullmatch(client_id):
            undone.add(undoing[1])
        elif of_act := _ACT.fullmatch(client_id):  # a page may have sent ids that look like one
            newest[of_act[1]] = max(newest.get(of_act[1], 0), row_id)
    left = {act: row_id for act, row_id in newest.items() if act not in undone}
    if not left:
        return None
    act = max(left, key=lambda each: left[each])
    return _standing(connection, act, _changes(connection, review_id, person_id, act))


def undo(write: Write, act: str) -> tuple[int, int]:
    """Put back what an act of the writing person changed, where it still stands so; gives in how
    many studies, and in how many it was changed since or the coding is complete by now.

    A coding that the act began ends with it, unless something else was done in it.
    """
    rows = _changes(write.connection, write.review_id, write.person_id, act)
    stays = _stays(write.connection, rows)
    back = [row for row in rows if row["study_id"] not in stays]
    if back:
        _put_back(write, act, back)
        _end_what_it_began(write, act, {row["coding_id"] for row in back})
    return len({row["study_id"] for row in back}), len(stays)


def _put_back(write: Write, act: str, rows: Sequence[RowMapping]) -> None:
    c = write.connection
    lines = [
        {
            "coding_id": row["coding_id"],
            "answer_id": row["answer_id"],
            "field": row["field"],
            "before": row["after"],
            "after": row["before"],
            "client_id": f"{UNDONE}{act}",
            "version_id": row["version_id"],
            **write.by_and_at,
        }
        for row in rows
    ]
    c.execute(insert(coding_change), lines)
    for field in ("chosen", "value"):
        of_field = [row for row in rows if row["field"] == field]
        values = [
            {
                "row": row["answer_id"],
                "version": row["version_id"],
                "shall": row["before"] == YES if field == "chosen" else row["before"],
            }
            for row in of_field
        ]
        if values:
            query = update(answer).where(answer.c.id == bindparam("row"))
            kept: dict[str, Any] = {field: bindparam("shall"), "version_id": bindparam("version")}
            c.execute(query.values(**kept, changed_at=write.at), values)
    for batch in batches({row["coding_id"] for row in rows}):
        c.execute(update(coding).where(coding.c.id.in_(batch)).values(changed_at=write.at))


def _end_what_it_began(write: Write, act: str, coding_ids: Collection[int]) -> None:
    """Take away the codings that the act began and in which nothing else was ever done, so that
    their studies are not begun, as before; a draft would also keep colleagues' codings from sight.
    """
    of_act = coding_change.c.client_id.startswith(f"{OF_ACT}{act}-", autoescape=True)
    undone = coding_change.c.client_id == f"{UNDONE}{act}"
    other = exists().where(coding_change.c.coding_id == coding.c.id, ~or_(of_act, undone))
    said = exists().where(
        answer.c.coding_id == coding.c.id,
        or_(answer.c.chosen, answer.c.value != "", answer.c.note != ""),
    )
    found = exists().where(finding.c.coding_id == coding.c.id)
    quoted = exists().where(quotation.c.coding_id == coding.c.id)
    for batch in batches(coding_ids):
        query = select(coding.c.id).where(coding.c.id.in_(batch), ~other, ~said, ~found, ~quoted)
        empty = list(write.connection.execute(query).scalars())
        for table in (coding_change, answer):
            write.connection.execute(delete(table).where(table.c.coding_id.in_(empty)))
        write.connection.execute(delete(coding).where(coding.c.id.in_(empty)))


def _standing(connection: Connection, act: str, rows: Sequence[RowMapping]) -> StandingAct:
    stays = _stays(connection, rows)
    touched = {row["study_id"] for row in rows}
    last = rows[-1]  # of a code in place of another, the one that was put on, or the only one
    on = [row for row in rows if row["after"] == YES]
    said = on[-1] if on else last
    parts = last["client_id"].split("-")
    copied = FROM in parts
    source = ""
    if copied:
        query = select(study.c.label).where(study.c.id == int(parts[parts.index(FROM) + 1]))
        source = str(connection.execute(query).scalar() or "a study that is gone")
    return StandingAct(
        act=act,
        at=last["at"],
        question="" if copied else said["question"],
        code="" if copied else said["code"],
        on=bool(on),
        study=last["label"],
        source=source,
        stands=tuple(sorted(touched - stays)),
        changed=len(stays),
    )


def _stays(connection: Connection, rows: Sequence[RowMapping]) -> set[int]:
    """The studies in which an act is not undone: changed since, or complete by now."""
    newest = _newest(connection, {row["answer_id"] for row in rows})
    chosen_since = _chosen_since(connection, rows)
    return {
        row["study_id"]
        for row in rows
        if row["id"] != newest[row["answer_id"], row["field"]]
        or row["state"] == "complete"
        or (row["coding_id"], row["question"]) in chosen_since
    }


def _changes(
    connection: Connection, review_id: int, person_id: int, act: str
) -> Sequence[RowMapping]:
    query = (
        select(
            coding_change,
            answer.c.question,
            answer.c.code,
            coding.c.study_id,
            coding.c.state,
            study.c.label,
        )
        .join(answer, answer.c.id == coding_change.c.answer_id)
        .join(coding, coding.c.id == coding_change.c.coding_id)
        .join(study, study.c.id == coding.c.study_id)
        .where(
            coding_change.c.client_id.startswith(f"{OF_ACT}{act}-", autoescape=True),
            coding_change.c.person_id == person_id,
            coding.c.person_id == person_id,
            study.c.review_id == review_id,
        )
        .order_by(coding_change.c.id)
    )
    rows = connection.execute(query).mappings()
    return [row for row in rows if _ACT.fullmatch(row["client_id"])]


def _chosen_since(connection: Connection, rows: Sequence[RowMapping]) -> set[tuple[int, str]]:
    """Where the act chose one code in place of another, and another was chosen after it: the
    codings and questions.
    """
    last: dict[tuple[int, str], int] = {}
    for row in rows:
        if row["client_id"].endswith(f"-{ONLY}"):
            last[row["coding_id"], row["question"]] = row["id"]
    newest = (
        select(coding_change.c.coding_id, answer.c.question, func.max(coding_change.c.id))
        .join(answer, answer.c.id == coding_change.c.answer_id)
        .where(coding_change.c.is_kept, coding_change.c.field == "chosen", answer.c.arm == "")
        .group_by(coding_change.c.coding_id, answer.c.question)
    )
    of_codings = _in_batches(connection, newest, coding_change.c.coding_id, {at for at, _ in last})
    return {at for at, change_id in of_codings if change_id > last.get(at, change_id)}


def _newest(connection: Connection, answer_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """The newest change of each field of these answers that was kept."""
    change = coding_change.c
    newest = (
        select(change.answer_id, change.field, func.max(change.id))
        .where(change.is_kept)
        .group_by(change.answer_id, change.field)
    )
    return dict(_in_batches(connection, newest, change.answer_id, answer_ids))


def _in_batches(
    connection: Connection, query: Select[Any], column: Column[Any], ids: Collection[int]
) -> Iterator[tuple[tuple[int, str], int]]:
    """The rows of a query for these ids, each as what its first two columns name, and the third."""
    for batch in batches(ids):
        for row_id, name, change_id in connection.execute(query.where(column.in_(batch))):
            yield (row_id, name), change_id
