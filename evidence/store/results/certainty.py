"""How certain people are of what was found on outcomes; earlier judgements stay in their table."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import certainty_judgement, person
from evidence.store.schema.column_types import clean_json
from evidence.synthesis.certainty.grade import (
    OPEN,
    CertaintyJudgement,
    judgement_from,
    judgement_json,
)
from evidence.synthesis.certainty.outcome_rows import SummaryKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyChange:
    """A judgement, with who made it and when."""

    person: str
    at: datetime
    key: SummaryKey
    judgement: CertaintyJudgement


def history(connection: Connection, review_id: int) -> list[CertaintyChange]:
    """All judgements of a review, newest first."""
    query = (
        select(certainty_judgement, person.c.name)
        .join(person, person.c.id == certainty_judgement.c.person_id)
        .where(certainty_judgement.c.review_id == review_id)
        .order_by(certainty_judgement.c.id.desc())
    )
    return [
        CertaintyChange(
            person=row.name,
            at=row.at,
            key=SummaryKey(
                contrast=row.contrast, intervention=row.intervention, outcome=row.outcome
            ),
            judgement=judgement_from(row.judgement),
        )
        for row in connection.execute(query)
    ]


def current(connection: Connection, review_id: int) -> dict[SummaryKey, CertaintyChange]:
    """The newest judgement of each outcome."""
    return {change.key: change for change in reversed(history(connection, review_id))}


def judge(write: Write, key: SummaryKey, judgement: CertaintyJudgement) -> None:
    """Judge an outcome so from now on."""
    before = current(write.connection, write.review_id).get(key)
    after = clean_json(judgement_json(judgement))
    values = write.for_review(
        contrast=key.contrast,
        intervention=key.intervention,
        outcome=key.outcome,
        judgement=after,
        **write.by_and_at,
    )
    write.connection.execute(insert(certainty_judgement).values(**values))
    events.note(
        write,
        EventKind.CERTAINTY_JUDGED,
        f"{key.contrast} {key.intervention} {key.outcome}",
        before=judgement_json(before.judgement if before else OPEN),
        after=after,
    )
