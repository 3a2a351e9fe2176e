"""Whether people still decide or code without seeing each other; an archive shows all of it."""

from sqlalchemy import Connection, func, select

from evidence.screening.verdicts import Stage, State
from evidence.store.schema import coding, study, work
from evidence.store.surviving import reached, surviving_in

_STAGES = {Stage.TITLE_ABSTRACT: "title and abstract", Stage.FULL_TEXT: "full text"}
_UNSETTLED = [State.OPEN.value, State.CONFLICT.value]


def open_work(connection: Connection, review_id: int) -> tuple[str, ...]:
    """What is still open, in words; nothing where all is decided and coded."""
    drafts = (
        select(func.count())
        .select_from(coding)
        .join(study, study.c.id == coding.c.study_id)
        .where(study.c.review_id == review_id, coding.c.state == "draft")
    )
    counts = (
        *(
            (_works(connection, review_id, stage), "work", f"open at {words}")
            for stage, words in _STAGES.items()
        ),
        (connection.execute(drafts).scalar_one(), "coding", "not complete"),
    )
    return tuple(
        f"{count:,} {noun}{'s are' if count > 1 else ' is'} {words}"
        for count, noun, words in counts
        if count
    )


def _works(connection: Connection, review_id: int, stage: Stage) -> int:
    query = select(func.count()).where(
        *surviving_in(review_id), *reached(stage), work.c[stage.value].in_(_UNSETTLED)
    )
    return int(connection.execute(query).scalar_one())
