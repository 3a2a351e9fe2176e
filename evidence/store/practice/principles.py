"""Sets of principles and what they are linked to; earlier states stay in their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import conclusion, person, principle_link, principle_set
from evidence.store.schema.column_types import clean
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinciplesState:
    """A set of principles as somebody left it."""

    person: str
    at: datetime
    principles: PrincipleSet
    is_removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """A link as somebody left it.

    Attributes:
        set_uid: of the set of its principle.
    """

    person: str
    at: datetime
    set_uid: str
    link: PrincipleLink
    is_removed: bool = False


def history(connection: Connection, review_id: int) -> list[PrinciplesState]:
    """All states of all sets, the oldest first."""
    query = (
        select(principle_set, person.c.name.label("by"))
        .join(person, person.c.id == principle_set.c.person_id)
        .where(principle_set.c.review_id == review_id)
        .order_by(principle_set.c.id)
    )
    return [
        PrinciplesState(
            person=row["by"],
            at=row["at"],
            principles=from_json(row["uid"], row["title"], row["content"]),
            is_removed=row["is_removed"],
        )
        for row in connection.execute(query).mappings()
    ]


def newest(states: Sequence[PrinciplesState]) -> dict[str, PrinciplesState]:
    """The newest state of each set by uid, also of those taken away, in the order of the first.

    Args:
        states: the oldest first.
    """
    return {state.principles.uid: state for state in states}


def put(write: Write, given: PrincipleSet, *, is_removed: bool = False) -> None:
    """Let a set of principles stand so from now on, or be taken away."""
    content = _cleaned({"versions": [asdict(v) for v in given.versions], "pairs": _pairs(given)})
    values = write.for_review(
        uid=given.uid,
        title=clean(given.title),
        content=content,
        is_removed=is_removed,
        **write.by_and_at,
    )
    write.connection.execute(insert(principle_set).values(**values))
    after = {"uid": given.uid, "is_removed": is_removed}
    events.note(write, EventKind.PRINCIPLES_CHANGED, clean(given.title), after=after)


def link_history(connection: Connection, review_id: int) -> list[LinkState]:
    """All states of all links, the oldest first."""
    query = (
        select(principle_link, person.c.name.label("by"))
        .join(person, person.c.id == principle_link.c.person_id)
        .where(principle_link.c.review_id == review_id)
        .order_by(principle_link.c.id)
    )
    return [_link_state(row) for row in connection.execute(query).mappings()]


def links(connection: Connection, review_id: int) -> dict[str, list[PrincipleLink]]:
    """The links that stand, by the uid of the set, in the order in which they were first made."""
    newest_of: dict[tuple[Any, ...], LinkState] = {}
    for state in link_history(connection, review_id):
        newest_of[state.set_uid, state.link.principle, state.link.kind, state.link.ids] = state
    standing: dict[str, list[PrincipleLink]] = {}
    for state in newest_of.values():
        if not state.is_removed:
            standing.setdefault(state.set_uid, []).append(state.link)
    return standing


def put_links(
    write: Write,
    set_uid: str,
    subject: str,
    linked: Sequence[PrincipleLink] = (),
    parted: Sequence[PrincipleLink] = (),
) -> None:
    """Let links stand from now on, or no longer.

    Args:
        write: of the person who does it.
        set_uid: of the set of their principles.
        subject: of the line in the history, such as the title of the set.
        linked: those that stand, with their notes.
        parted: those that do not.
    """
    common = write.for_review(set_uid=set_uid, **write.by_and_at)
    rows = [
        common | _link_values(each) | {"is_removed": is_removed}
        for some, is_removed in ((linked, False), (parted, True))
        for each in some
    ]
    if not rows:
        return
    write.connection.execute(insert(principle_link), rows)
    after = {"uid": set_uid, "linked": len(linked), "parted": len(parted)}
    events.note(write, EventKind.PRINCIPLE_LINKED, clean(subject), after=after)


def statements(connection: Connection, review_id: int) -> dict[str, str]:
    """The words of each statement of the review that stands, by its uid."""
    ids = (
        select(func.max(conclusion.c.id))
        .where(conclusion.c.review_id == review_id)
        .group_by(conclusion.c.uid)
    )
    query = (
        select(conclusion.c.uid, conclusion.c.text)
        .where(conclusion.c.id.in_(ids), conclusion.c.act != "removed")
        .order_by(conclusion.c.id)
    )
    return {row.uid: row.text for row in connection.execute(query)}


def _link_values(given: PrincipleLink) -> dict[str, Any]:
    is_study = given.kind is LinkKind.STUDY
    return {
        "version": clean(given.principle.version),
        "number": clean(given.principle.number),
        "kind": given.kind.value,
        "study_id": int(given.ids[0]) if is_study else None,
        "ids": [] if is_study else [clean(each) for each in given.ids],
        "note": clean(given.note),
    }


def _link_state(row: Mapping[Any, Any]) -> LinkState:
    kind = LinkKind(row["kind"])
    ids = [str(row["study_id"])] if kind is LinkKind.STUDY else row["ids"]
    return LinkState(
        person=row["by"],
        at=row["at"],
        set_uid=row["set_uid"],
        link=PrincipleLink(
            principle=PrincipleName(version=row["version"], number=row["number"]),
            kind=kind,
            ids=tuple(ids),
            note=row["note"],
        ),
        is_removed=row["is_removed"],
    )


def _pairs(given: PrincipleSet) -> list[list[list[str]]]:
    return [[[name.version, name.number] for name in pair] for pair in given.pairs]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(each) for name, each in value.items()}
    return [_cleaned(each) for each in value]


def from_json(uid: str, title: str, stored: Mapping[str, Any]) -> PrincipleSet:
    """A set from its content as a database keeps it."""
    return PrincipleSet(
        uid=uid,
        title=title,
        versions=tuple(_version(each) for each in stored["versions"]),
        pairs=tuple((_name(first), _name(second)) for first, second in stored["pairs"]),
    )


def _version(stored: Mapping[str, Any]) -> PrincipleVersion:
    return PrincipleVersion(
        name=stored["name"],
        source=stored["source"],
        place=stored["place"],
        grades=tuple(stored["grades"]),
        principles=tuple(Principle(**each) for each in stored["principles"]),
    )


def _name(stored: Sequence[str]) -> PrincipleName:
    version, number = stored
    return PrincipleName(version=version, number=number)
