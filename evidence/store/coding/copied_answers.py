"""What still stands in a coding as it was copied from another study."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from evidence.store.coding.coding_acts import FROM, OF_ACT
from evidence.store.schema import answer, coding_change, study

GONE = "a study that is gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFrom:
    """How many questions stand answered as they were copied from a study, by its label."""

    study: str
    questions: int


def standing(connection: Connection, review_id: int, coding_id: int) -> tuple[CopiedFrom, ...]:
    """From which studies the answers of a coding were copied that nobody touched since."""
    change = coding_change.c
    newest = (
        select(func.max(change.id))
        .where(change.coding_id == coding_id, change.is_kept, change.answer_id.is_not(None))
        .group_by(change.answer_id)
    )
    query = (
        select(answer.c.question, change.client_id)
        .join(answer, answer.c.id == change.answer_id)
        .where(
            change.id.in_(newest),
            change.client_id.startswith(OF_ACT, autoescape=True),
            change.client_id.contains(f"-{FROM}-", autoescape=True),
        )
    )
    questions: dict[int, set[str]] = {}
    for question, client_id in connection.execute(query):
        parts = client_id.split("-")
        questions.setdefault(int(parts[parts.index(FROM) + 1]), set()).add(question)
    if not questions:
        return ()
    labels = select(study.c.id, study.c.label).where(
        study.c.id.in_(questions), study.c.review_id == review_id
    )
    names = {int(row.id): str(row.label) for row in connection.execute(labels)}
    return tuple(
        CopiedFrom(study=names.get(id_, GONE), questions=len(found))
        for id_, found in sorted(questions.items())
    )
