"""Answers that one act sets in one's own codings, in many studies or to many questions.

What is set in many studies is set by a few statements for a thousand of them, since a statement for
each would take a second for every thousand. The history has its line for each answer all the same,
whose client id names the act; by that an act is known and undone (undo_coding_acts.py).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    and_,
    case,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)

from evidence.coding.answer_rows import AnswerRow
from evidence.errors import NotFound
from evidence.store.coding import coding_edits
from evidence.store.coding.coding_edits import YES, Edit, Place
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import answer, coding, coding_change, scheme, scheme_version, study

ONLY = "only"  # ends the client id of what chose one code in place of another
TICK = "tick"  # ends the client id of what put one code of several on or off
FROM = "from"  # stands in the client id of what was copied, before the study's number
OF_ACT = "act-"  # how the client ids of what an act sets begin
AT_ONCE = 1_000  # studies that one statement codes


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeToSet:
    """A code of a question, and whether it shall be on.

    Attributes:
        merged: codes that were merged into it, which count as it.
        is_only: of the question one code is chosen, so another gives way.
    """

    scheme_id: int
    version_id: int
    question: str
    code: str
    on: bool
    is_only: bool
    merged: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The code, and those that count as it."""
        return (self.code, *self.merged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a question stands in one's own coding of a study.

    Attributes:
        state: of the coding; "" where there is none yet.
        chosen: the codes of the question that are ticked.
    """

    state: str
    chosen: frozenset[str]


def standings(
    connection: Connection, person_id: int, code: CodeToSet, study_ids: Collection[int]
) -> dict[int, Standing]:
    """How the question of a code stands in a person's codings of these studies."""
    found: dict[int, Standing] = {}
    for batch in batches(study_ids):
        of_coding = (
            (coding.c.study_id.in_(batch))
            & (coding.c.scheme_id == code.scheme_id)
            & (coding.c.person_id == person_id)
            & coding.c.is_agreed.is_(False)
        )
        states = select(coding.c.study_id, coding.c.state).where(of_coding)
        ticked = (
            select(coding.c.study_id, answer.c.code)
            .join(coding, coding.c.id == answer.c.coding_id)
            .where(
                of_coding, answer.c.question == code.question, answer.c.arm == "", answer.c.chosen
            )
        )
        codes: dict[int, set[str]] = {}
        for study_id, option in connection.execute(ticked):
            codes.setdefault(study_id, set()).add(option)
        for study_id, state in connection.execute(states):
            chosen = frozenset(codes.get(study_id, ()))
            found[study_id] = Standing(state=state, chosen=chosen)
    return found


def put(
    write: Write,
    act: str,
    code: CodeToSet,
    study_ids: Collection[int],
    tell: Callable[[int], None],
) -> None:
    """Put a code on or off in the writing person's codings of these studies, which are begun where
    they are not; complete ones stay.

    Args:
        write: of their person.
        act: by which it is undone.
        code: what is put on or off.
        study_ids: of the studies.
        tell: hears how many studies are done.

    Raises:
        NotFound: the review has no such version of the scheme.
    """
    _check_version(write, code)
    done = 0
    for batch in batches(study_ids, AT_ONCE):
        _begin(write, code, batch)
        _put(write, act, code, batch)
        done += len(batch)
        tell(done)


def copy(
    write: Write,
    act: str,
    coding_id: int,
    version_id: int,
    source_id: int,
    rows: Sequence[AnswerRow],
) -> None:
    """Take what these rows tick and say over into a coding of one's own, in which nothing is said
    there yet; notes rest on the other report and stay behind.
    """
    for number, row in enumerate(rows):
        field, after = ("chosen", YES) if row.chosen else ("value", row.value)
        edit = Edit(
            client_id=f"{OF_ACT}{act}-{FROM}-{source_id}-{number}",
            version_id=version_id,
            field=field,
            before="",
            after=after,
        )
        place = Place(question=row.question, code=row.code)
        coding_edits.edit_answer(write, coding_id, place, edit)


def _check_version(write: Write, code: CodeToSet) -> None:
    query = (
        select(scheme_version.c.id)
        .join(scheme, scheme.c.id == scheme_version.c.scheme_id)
        .where(
            scheme_version.c.id == code.version_id,
            scheme.c.id == code.scheme_id,
            scheme.c.review_id == write.review_id,
        )
    )
    if write.connection.execute(query).first() is None:
        raise NotFound("scheme", code.scheme_id)


def _begin(write: Write, code: CodeToSet, batch: list[int]) -> None:
    """Begin the codings that are not there yet, and note that all of them change."""
    is_own = and_(
        coding.c.scheme_id == code.scheme_id,
        coding.c.person_id == write.person_id,
        coding.c.is_agreed.is_(False),
    )
    values = {
        "scheme_id": code.scheme_id,
        "person_id": write.person_id,
        "is_agreed": False,
        "state": "draft",
        "changed_at": write.at,
    }
    begun = exists().where(coding.c.study_id == study.c.id, is_own)
    new = select(study.c.id, *_literals(values, coding.c)).where(
        study.c.id.in_(batch), study.c.review_id == write.review_id, ~begun
    )
    write.connection.execute(insert(coding).from_select(["study_id", *values], new))
    changed = update(coding).where(
        coding.c.study_id.in_(batch), is_own, coding.c.state == values["state"]
    )
    write.connection.execute(changed.values(changed_at=write.at))


def _put(write: Write, act: str, code: CodeToSet, batch: list[int]) -> None:
    drafts = (
        select(coding.c.id)
        .join(study, study.c.id == coding.c.study_id)
        .where(
            coding.c.study_id.in_(batch),
            study.c.review_id == write.review_id,
            coding.c.scheme_id == code.scheme_id,
            coding.c.person_id == write.person_id,
            coding.c.is_agreed.is_(False),
            coding.c.state == "draft",
        )
    )
    seen = {"version_id": code.version_id, "changed_at": write.at}
    if code.on:
        write.connection.execute(_rows_to_tick(code, drafts, seen))
    turns_on = answer.c.code == code.code if code.on else answer.c.code.in_(())
    here = and_(
        answer.c.coding_id.in_(drafts),
        answer.c.question == code.question,
        answer.c.arm == "",
        _changes(code),
    )
    line = {
        "field": "chosen",
        "before": case((answer.c.chosen, YES), else_=""),
        "after": case((turns_on, YES), else_=""),
        "is_kept": True,
        "reason": "",
        "client_id": f"{OF_ACT}{act}-{ONLY if code.is_only else TICK}",
        "version_id": code.version_id,
        **write.by_and_at,
    }
    lines = select(answer.c.coding_id, answer.c.id, *_literals(line, coding_change.c)).where(here)
    into = ["coding_id", "answer_id", *line]
    write.connection.execute(insert(coding_change).from_select(into, lines))
    chosen = case((turns_on, True), else_=False)
    write.connection.execute(update(answer).where(here).values(chosen=chosen, **seen))


def _rows_to_tick(code: CodeToSet, drafts: Select[tuple[int]], seen: dict[str, object]) -> Insert:
    """Rows of the code that is put on, where nothing was said of it yet."""
    values = {
        "question": code.question,
        "code": code.code,
        "arm": "",
        "chosen": False,
        "value": "",
        "note": "",
        **seen,
    }
    there = exists().where(
        answer.c.coding_id == coding.c.id,
        answer.c.question == code.question,
        answer.c.code == code.code,
        answer.c.arm == "",
    )
    new = drafts.add_columns(*_literals(values, answer.c)).where(~there)
    return insert(answer).from_select(["coding_id", *values], new)


def _changes(code: CodeToSet) -> ColumnElement[bool]:
    """Of the rows of the question, those that the act changes."""
    is_it = answer.c.code.in_(code.names)
    if not code.on:
        return and_(is_it, answer.c.chosen)
    comes = and_(answer.c.code == code.code, ~answer.c.chosen)
    return or_(comes, and_(~is_it, answer.c.chosen)) if code.is_only else comes


def _literals(values: dict[str, object], columns: object) -> list[ColumnElement[object]]:
    """These values as columns of a SELECT, each of the type of the column that it goes into."""
    return [
        value if isinstance(value, ColumnElement) else literal(value, columns[name].type)  # type: ignore[index]
        for name, value in values.items()
    ]
