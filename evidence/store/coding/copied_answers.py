"""Which answers of a coding were copied from another study, and which of them stand unchanged."""

import re
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, func, select

from evidence.store.coding.coding_acts import FROM, OF_ACT
from evidence.store.schema import answer, coding_change, study

GONE = "a study that is gone"
_COPIED = re.compile(rf"{OF_ACT}[0-9a-f]+-{FROM}-([0-9]{{1,18}})-[0-9]+")


def standing(connection: Connection, review_id: int, coding_id: int) -> dict[str, str]:
    """Questions that stand as they were copied, with the label of the study they come from.

    Whatever its person does there afterwards ends that, also confirming it as it is, which is a
    line of history that changes nothing.
    """
    change = coding_change.c
    newest = (
        select(func.max(change.id))
        .join(answer, answer.c.id == change.answer_id)
        .where(change.coding_id == coding_id, change.is_kept)
        .group_by(answer.c.question)
    )
    query = (
        select(answer.c.question, change.client_id)
        .join(answer, answer.c.id == change.answer_id)
        .where(change.id.in_(newest), *_of_copies())
        .order_by(change.id)
    )
    acts = {str(question): str(act) for question, act in connection.execute(query)}
    labels = sources(connection, review_id, set(acts.values()))
    return {question: labels[act] for question, act in acts.items()}


def sources(connection: Connection, review_id: int, acts: Collection[str]) -> Mapping[str, str]:
    """Of client ids of lines of history, those that were copied, with the study's label."""
    ids = {act: int(found[1]) for act in acts if (found := _COPIED.fullmatch(act))}
    labels = select(study.c.id, study.c.label).where(
        study.c.id.in_(set(ids.values())), study.c.review_id == review_id
    )
    names = {int(row.id): str(row.label) for row in connection.execute(labels)} if ids else {}
    return {act: names.get(id_, GONE) for act, id_ in ids.items()}


def _of_copies() -> tuple[ColumnElement[bool], ...]:
    client_id = coding_change.c.client_id
    return (
        client_id.startswith(OF_ACT, autoescape=True),
        client_id.contains(f"-{FROM}-", autoescape=True),
    )
