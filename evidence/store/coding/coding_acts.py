"""Answers that one act sets in one's own codings, in many studies or to many questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, or_, select

from evidence.coding.answer_rows import AnswerRow
from evidence.store.coding import coding_edits, codings
from evidence.store.coding.coding_edits import CHOICE, YES, Edit, Place
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import answer, coding, coding_change

ONLY = "only"  # ends the client id of what chose one code in place of another
OF_ACT = "act-"  # how the client ids of what an act sets begin


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeToSet:
    """A code of a question, and whether it shall be on.

    Attributes:
        is_only: of the question one code is chosen, so another gives way.
    """

    scheme_id: int
    version_id: int
    question: str
    code: str
    on: bool
    is_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a code stands in one's own coding of a study.

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


def put(write: Write, act: str, code: CodeToSet, before: dict[int, Standing]) -> None:
    """Put a code on or off these studies, as they stood a moment ago in this transaction."""
    for study_id, standing in before.items():
        coding_id = codings.start(write, study_id, code.scheme_id)
        if code.is_only:
            was, shall = " ".join(sorted(standing.chosen)), code.code if code.on else ""
            place, field = Place(question=code.question), CHOICE
        else:
            was, shall = YES * (code.code in standing.chosen), YES * code.on
            place, field = Place(question=code.question, code=code.code), "chosen"
        edit = Edit(
            client_id=f"{OF_ACT}{act}-{ONLY if code.is_only else 1}",
            version_id=code.version_id,
            field=field,
            before=was,
            after=shall,
        )
        coding_edits.edit_answer(write, coding_id, place, edit)


def copy(write: Write, act: str, coding_id: int, version_id: int, rows: Sequence[AnswerRow]) -> int:
    """Answer in a coding of one's own what these rows answer, where nothing is answered yet; gives
    how many questions that were.

    Ticks and what was typed are taken over, for the whole study. Notes rest on the other report.
    """
    query = select(answer.c.question).where(
        answer.c.coding_id == coding_id, or_(answer.c.chosen, answer.c.value != "")
    )
    answered = set(write.connection.execute(query).scalars())
    copied = set()
    for number, row in enumerate(rows):
        if row.question in answered or row.arm or not (row.chosen or row.value):
            continue
        copied.add(row.question)
        field, after = ("chosen", YES) if row.chosen else ("value", row.value)
        edit = Edit(
            client_id=f"{OF_ACT}{act}-{number}",
            version_id=version_id,
            field=field,
            before="",
            after=after,
        )
        place = Place(question=row.question, code=row.code)
        coding_edits.edit_answer(write, coding_id, place, edit)
    return len(copied)


def undo(write: Write, act: str) -> tuple[int, int]:
    """Put back what an act of the writing person changed, where it still stands so; gives in how
    many studies, and in how many it was changed since or the coding is complete by now.
    """
    rows = _changes(write, act)
    newest = _newest(write, {row["answer_id"] for row in rows})
    chosen_since = _chosen_since(write, rows)
    stays = {
        row["study_id"]
        for row in rows
        if row["id"] != newest[row["answer_id"], row["field"]]
        or row["state"] == "complete"
        or (row["coding_id"], row["question"]) in chosen_since
    }
    undone = set()
    for row in rows:
        if row["study_id"] in stays:
            continue
        edit = Edit(
            client_id=f"undone-{act}-{row['id']}",
            version_id=row["version_id"],
            field=row["field"],
            before=row["after"],
            after=row["before"],
        )
        place = Place(question=row["question"], code=row["code"])
        coding_edits.edit_answer(write, row["coding_id"], place, edit)
        undone.add(row["study_id"])
    return len(undone), len(stays)


def _changes(write: Write, act: str) -> Sequence[RowMapping]:
    query = (
        select(coding_change, answer.c.question, answer.c.code, coding.c.study_id, coding.c.state)
        .join(answer, answer.c.id == coding_change.c.answer_id)
        .join(coding, coding.c.id == coding_change.c.coding_id)
        .where(
            coding_change.c.client_id.startswith(f"{OF_ACT}{act}-", autoescape=True),
            coding_change.c.person_id == write.person_id,
            coding.c.person_id == write.person_id,
        )
        .order_by(coding_change.c.id)
    )
    return write.connection.execute(query).mappings().all()


def _chosen_since(write: Write, rows: Sequence[RowMapping]) -> set[tuple[int, str]]:
    """Where the act chose one code in place of another, and another was chosen after it: the
    codings and questions.
    """
    last: dict[tuple[int, str], int] = {}
    for row in rows:
        if row["client_id"].endswith(f"-{ONLY}"):
            last[row["coding_id"], row["question"]] = row["id"]
    since: set[tuple[int, str]] = set()
    for batch in batches({coding_id for coding_id, _ in last}):
        query = (
            select(coding_change.c.coding_id, answer.c.question, func.max(coding_change.c.id))
            .join(answer, answer.c.id == coding_change.c.answer_id)
            .where(
                coding_change.c.coding_id.in_(batch),
                coding_change.c.is_kept,
                coding_change.c.field == "chosen",
                answer.c.arm == "",
            )
            .group_by(coding_change.c.coding_id, answer.c.question)
        )
        for coding_id, question, change_id in write.connection.execute(query):
            if change_id > last.get((coding_id, question), change_id):
                since.add((coding_id, question))
    return since


def _newest(write: Write, answer_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """The newest change of each field of these answers that was kept."""
    newest: dict[tuple[int, str], int] = {}
    for batch in batches(answer_ids):
        query = (
            select(coding_change.c.answer_id, coding_change.c.field, func.max(coding_change.c.id))
            .where(coding_change.c.answer_id.in_(batch), coding_change.c.is_kept)
            .group_by(coding_change.c.answer_id, coding_change.c.field)
        )
        for answer_id, field, change_id in write.connection.execute(query):
            newest[answer_id, field] = change_id
    return newest
