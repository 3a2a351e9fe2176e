"""What a review concludes and recommends; earlier words and marks stay in their tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import conclusion, conclusion_support, person
from evidence.store.schema.column_types import clean
from evidence.synthesis.conclusions.conclusion import (
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.conclusions.flags import Aspect, KeptSupport


class ConclusionAct(StrEnum):
    """What somebody did. The codes stand in databases and never change."""

    WRITTEN = "written"
    SEEN = "seen"
    REMOVED = "removed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionChange:
    """A statement as somebody left it.

    Attributes:
        kept: how each of its supports stood when somebody last looked.
        seen: the sentences of what had changed, where somebody said that they saw it.
    """

    person: str
    at: datetime
    act: ConclusionAct
    conclusion: Conclusion
    kept: Mapping[Support, KeptSupport]
    seen: tuple[str, ...] = ()

    @property
    def is_removed(self) -> bool:
        """Whether the statement was taken away."""
        return self.act is ConclusionAct.REMOVED


def history(connection: Connection, review_id: int) -> list[ConclusionChange]:
    """All changes of all statements, newest first."""
    query = (
        select(conclusion, person.c.name)
        .join(person, person.c.id == conclusion.c.person_id)
        .where(conclusion.c.review_id == review_id)
        .order_by(conclusion.c.id.desc())
    )
    supports = _supports(connection, conclusion.c.review_id == review_id)
    return [
        _change(row, supports.get(row["id"], ())) for row in connection.execute(query).mappings()
    ]


def current(connection: Connection, review_id: int) -> dict[str, ConclusionChange]:
    """The newest change of each statement that is there, by uid, in the order of the first."""
    every = newest(connection, review_id)
    return {uid: change for uid, change in every.items() if not change.is_removed}


def newest(connection: Connection, review_id: int) -> dict[str, ConclusionChange]:
    """The newest change of each statement by uid, also of those taken away, in the same order."""
    ends = (
        select(func.min(conclusion.c.id).label("first"), func.max(conclusion.c.id).label("last"))
        .where(conclusion.c.review_id == review_id)
        .group_by(conclusion.c.uid)
        .subquery()
    )
    query = (
        select(conclusion, person.c.name)
        .join(ends, ends.c.last == conclusion.c.id)
        .join(person, person.c.id == conclusion.c.person_id)
        .order_by(ends.c.first)
    )
    supports = _supports(connection, conclusion.c.id.in_(select(ends.c.last)))
    rows = connection.execute(query).mappings()
    return {row["uid"]: _change(row, supports.get(row["id"], ())) for row in rows}


def said_at(connection: Connection, review_id: int) -> dict[str, datetime]:
    """When the words of each statement were left as they are, by uid; to see them is no change."""
    last = (
        select(func.max(conclusion.c.id))
        .where(conclusion.c.review_id == review_id, conclusion.c.act != ConclusionAct.SEEN.value)
        .group_by(conclusion.c.uid)
    )
    query = select(conclusion.c.uid, conclusion.c.at).where(conclusion.c.id.in_(last))
    return {row.uid: row.at for row in connection.execute(query)}


def put(
    write: Write,
    said: Conclusion,
    kept: Iterable[KeptSupport],
    act: ConclusionAct,
    seen: Sequence[str] = (),
) -> None:
    """Let a statement say this from now on; one with a new uid is added.

    Args:
        write: of the person who says it.
        said: the statement.
        kept: how each of its supports stands, or stood when somebody last looked.
        act: what is done.
        seen: sentences of what had changed, where they are seen.
    """
    values = write.for_review(
        uid=said.uid,
        text=clean(said.text),
        kind=said.kind.value,
        audience=clean(said.audience),
        strength=clean(said.strength),
        reason=clean(said.reason),
        act=act.value,
        seen=[clean(sentence) for sentence in seen],
        **write.by_and_at,
    )
    query = insert(conclusion).values(**values).returning(conclusion.c.id)
    row_id = int(write.connection.execute(query).scalar_one())
    marked = {each.support: each for each in kept}
    rows = [_row(row_id, support, marked.get(support)) for support in said.supports]
    if rows:
        write.connection.execute(insert(conclusion_support), rows)
    events.note(
        write,
        EventKind.CONCLUSION_CHANGED,
        clean(said.text),
        after={"uid": said.uid, "act": act.value},
    )


def _row(row_id: int, support: Support, kept: KeptSupport | None) -> dict[str, Any]:
    is_study = support.kind is SupportKind.STUDY
    return {
        "conclusion_id": row_id,
        "kind": support.kind.value,
        "study_id": int(support.ids[0]) if is_study else None,
        "ids": [] if is_study else [clean(each) for each in support.ids],
        "label": clean(kept.label) if kept else "",
        "marks": {a.value: clean(mark) for a, mark in kept.marks.items()} if kept else {},
    }


def _supports(connection: Connection, of_rows: ColumnElement[bool]) -> dict[int, list[KeptSupport]]:
    """What each row rests on, in the order in which it was chosen."""
    query = (
        select(conclusion_support)
        .join(conclusion, conclusion.c.id == conclusion_support.c.conclusion_id)
        .where(of_rows)
        .order_by(conclusion_support.c.id)
    )
    found: dict[int, list[KeptSupport]] = {}
    for row in connection.execute(query).mappings():
        kind = SupportKind(row["kind"])
        ids = [str(row["study_id"])] if kind is SupportKind.STUDY else row["ids"]
        found.setdefault(row["conclusion_id"], []).append(
            KeptSupport(
                support=Support(kind=kind, ids=tuple(ids)),
                label=row["label"],
                marks={Aspect(aspect): mark for aspect, mark in row["marks"].items()},
            )
        )
    return found


def _change(row: Mapping[Any, Any], kept: Sequence[KeptSupport]) -> ConclusionChange:
    return ConclusionChange(
        person=row["name"],
        at=row["at"],
        act=ConclusionAct(row["act"]),
        conclusion=Conclusion(
            uid=row["uid"],
            text=row["text"],
            kind=ConclusionKind(row["kind"]),
            audience=row["audience"],
            strength=row["strength"],
            reason=row["reason"],
            supports=tuple(each.support for each in kept),
        ),
        kept={each.support: each for each in kept},
        seen=tuple(row["seen"]),
    )
