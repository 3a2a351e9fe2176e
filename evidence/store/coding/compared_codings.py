"""Complete codings of studies that several people coded, as far as a person may see them."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, and_, exists, or_, select

from evidence.coding.agreement.compared import ComparedStudy
from evidence.coding.answer_rows import AnswerRow
from evidence.store.coding.seen_codings import COMPLETE, may_see
from evidence.store.id_batches import batches
from evidence.store.schema import answer, arm, coding, person, study

_SEVERAL = 2  # people it takes to compare


def compared(
    connection: Connection, review_id: int, scheme_id: int, person_id: int
) -> list[ComparedStudy]:
    """The studies with two or more complete codings that this person may see, and these codings.

    Drafts, agreed codings and codings that nobody may see yet are not there, nor is anything of a
    study of which the person may see one coding only. Coders go by their names; two of one name
    are told apart by a number.
    """
    query = (
        select(coding.c.id, coding.c.study_id, coding.c.person_id, person.c.name, study.c.label)
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(
            study.c.review_id == review_id,
            coding.c.scheme_id == scheme_id,
            coding.c.state == COMPLETE,
            ~coding.c.is_agreed,
            may_see(person_id),
        )
        .order_by(study.c.id, coding.c.id)
    )
    complete = connection.execute(query).all()
    coders = Counter(row.study_id for row in complete)
    several = [row for row in complete if coders[row.study_id] >= _SEVERAL]
    names = _names({row.person_id: row.name for row in several})
    rows = _rows(connection, {row.id for row in several})
    arms = _arms(connection, {row.study_id for row in several})
    by_study: dict[int, dict[str, list[AnswerRow]]] = defaultdict(dict)
    for row in several:
        by_study[row.study_id][names[row.person_id]] = rows[row.id]
    labels = {row.study_id: row.label for row in several}
    return [
        ComparedStudy(id=str(study_id), label=labels[study_id], rows=by_coder, arms=arms[study_id])
        for study_id, by_coder in by_study.items()
    ]


def _names(by_id: dict[int, str]) -> dict[int, str]:
    """A name for each person that no other has."""
    given: Counter[str] = Counter()
    names = {}
    for person_id, name in sorted(by_id.items()):
        given[name] += 1
        names[person_id] = name if given[name] == 1 else f"{name} ({given[name]})"
    return names


def _rows(connection: Connection, coding_ids: Collection[int]) -> dict[int, list[AnswerRow]]:
    """What is ticked or typed, but for arms that were taken away; notes are not compared."""
    stands = exists().where(
        arm.c.study_id == coding.c.study_id, arm.c.uid == answer.c.arm, arm.c.removed_at.is_(None)
    )
    columns = [answer.c[name] for name in ("question", "code", "arm", "chosen", "value")]
    query = (
        select(answer.c.coding_id, *columns)
        .join(coding, coding.c.id == answer.c.coding_id)
        .where(
            or_(answer.c.arm == "", stands),
            or_(
                and_(answer.c.code != "", answer.c.chosen),
                and_(answer.c.code == "", answer.c.value != ""),
            ),
        )
        .order_by(answer.c.id)
    )
    rows: dict[int, list[AnswerRow]] = defaultdict(list)
    for batch in batches(coding_ids):
        for coding_id, question, code, uid, chosen, value in connection.execute(
            query.where(answer.c.coding_id.in_(batch))
        ):
            rows[coding_id].append(
                AnswerRow(question=question, code=code, arm=uid, chosen=chosen, value=value)
            )
    return rows


def _arms(connection: Connection, study_ids: Collection[int]) -> dict[int, dict[str, str]]:
    labels: dict[int, dict[str, str]] = defaultdict(dict)
    query = select(arm.c.study_id, arm.c.uid, arm.c.label).where(arm.c.removed_at.is_(None))
    for batch in batches(study_ids):
        of_batch = query.where(arm.c.study_id.in_(batch)).order_by(arm.c.id)
        for study_id, uid, label in connection.execute(of_batch):
            labels[study_id][uid] = label
    return labels
