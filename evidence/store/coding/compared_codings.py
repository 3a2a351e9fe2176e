"""Complete codings of studies that several people coded, as far as a person may see them.

What somebody changed after they could read another coding of the study is not compared; what they
had said before is (said_blind.py).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from evidence.coding.agreement.compared import ComparedStudy
from evidence.coding.answer_rows import AnswerRow
from evidence.store.coding.arms import is_of_arm_taken_away
from evidence.store.coding.said_blind import AnswerPlace, SaidBlind, as_said_blind, said_blind
from evidence.store.coding.seen_codings import COMPLETE, may_see, must_not_hear
from evidence.store.id_batches import batches
from evidence.store.schema import answer, arm, coding, coding_assignment, person, study

_SEVERAL = 2  # people it takes to compare
STEP = 3  # codings that come in together while people are blind
_AT_ONCE = 200  # studies that stand in memory together


@dataclass(frozen=True, slots=True)
class ComparedCodings:
    """The complete codings of studies that several people coded, as far as somebody may see them.

    Drafts, agreed codings and codings that may not be seen yet are not there, nor is anything of a
    study of which only one coding may be seen.

    Attributes:
        names: of the coders, by person; two of one name are told apart by a number.
        codings: by study, each coding's id with its person.
        labels: of the studies.
        stood: by coding that was changed after another one could be read: what stood there before.
    """

    names: Mapping[int, str]
    codings: Mapping[int, Mapping[int, int]]
    labels: Mapping[int, str]
    stood: Mapping[int, Mapping[AnswerPlace, SaidBlind]]

    @property
    def coders(self) -> tuple[str, ...]:
        """The names of the coders, in their order."""
        return tuple(sorted(self.names.values()))

    def studies(self, connection: Connection) -> Iterator[ComparedStudy]:
        """The studies with what was said of them, read some at a time."""
        for study_ids in batches(self.codings, _AT_ONCE):
            coding_ids = {each for study_id in study_ids for each in self.codings[study_id]}
            rows, arms = _rows(connection, coding_ids), _arms(connection, study_ids)
            for study_id in study_ids:
                yield ComparedStudy(
                    id=str(study_id),
                    label=self.labels[study_id],
                    rows={
                        self.names[person_id]: as_said_blind(
                            rows[coding_id], self.stood.get(coding_id, {})
                        )
                        for coding_id, person_id in self.codings[study_id].items()
                    },
                    arms=arms[study_id],
                )


def compared(
    connection: Connection,
    review_id: int,
    scheme_id: int,
    person_id: int,
    pilot_id: int | None = None,
) -> ComparedCodings:
    """Which codings with a scheme can be compared for this person: all, or those of a pilot."""
    conditions = [may_see(person_id)]
    if pilot_id is not None:
        conditions.append(_is_given_in(pilot_id))
    rows = _complete(connection, review_id, scheme_id, *conditions)
    return _gathered(connection, scheme_id, rows)


def compared_blind(
    connection: Connection, review_id: int, scheme_id: int, person_id: int, pilot_id: int
) -> ComparedCodings:
    """Which codings of a pilot can be counted before all its people are done, for somebody who may
    not see them; only figures of them may leave (coding/agreement/while_blind.py).

    Nothing of a study that this person codes or is still to code. Codings come in by threes, in the
    order in which they were completed: so nobody can tell from a change of the figures what was
    said in the one coding that was completed meanwhile.
    """
    own = _is_given_in(pilot_id, coding.c.person_id)
    rows = _complete(connection, review_id, scheme_id, own, ~must_not_hear(person_id))
    return _gathered(connection, scheme_id, _in_steps(rows))


def _is_given_in(pilot_id: int, person_id: Any = None) -> ColumnElement[bool]:
    """That the study of a row of `coding` is in a pilot, or that it is given to a person there."""
    given = exists().where(
        coding_assignment.c.study_id == coding.c.study_id,
        coding_assignment.c.scheme_id == coding.c.scheme_id,
        coding_assignment.c.pilot_id == pilot_id,
    )
    if person_id is not None:
        given = given.where(coding_assignment.c.person_id == person_id)
    return given.correlate(coding)


def _complete(
    connection: Connection, review_id: int, scheme_id: int, *conditions: ColumnElement[bool]
) -> Sequence[Any]:
    query = (
        select(
            coding.c.id,
            coding.c.study_id,
            coding.c.person_id,
            person.c.name,
            study.c.label,
            func.coalesce(coding.c.completed_at, coding.c.changed_at).label("at"),
        )
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(
            study.c.review_id == review_id,
            coding.c.scheme_id == scheme_id,
            coding.c.state == COMPLETE,
            ~coding.c.is_agreed,
            *conditions,
        )
        .order_by(study.c.id, coding.c.id)
    )
    return connection.execute(query).all()


def _in_steps(rows: Sequence[Any]) -> Sequence[Any]:
    """The codings up to the last of a full step of those that can be compared with an earlier."""
    in_time = sorted(rows, key=lambda row: (row.at, row.id))
    before: Counter[int] = Counter()
    second: list[int] = []  # places of codings of which there is something to compare
    for place, row in enumerate(in_time):
        if before[row.study_id]:
            second.append(place)
        before[row.study_id] += 1
    whole = len(second) // STEP * STEP
    return in_time[: second[whole - 1] + 1] if whole else ()


def _gathered(connection: Connection, scheme_id: int, complete: Sequence[Any]) -> ComparedCodings:
    coders = Counter(row.study_id for row in complete)
    several = [row for row in complete if coders[row.study_id] >= _SEVERAL]
    codings: dict[int, dict[int, int]] = defaultdict(dict)
    for row in several:
        codings[row.study_id][row.id] = row.person_id
    return ComparedCodings(
        names=_names({row.person_id: row.name for row in several}),
        codings=codings,
        labels={row.study_id: row.label for row in several},
        stood=said_blind(connection, scheme_id, [row.id for row in several]),
    )


def _names(by_id: Mapping[int, str]) -> dict[int, str]:
    """A name for each person that no other has."""
    uses: Counter[str] = Counter()
    names = {}
    for person_id, name in sorted(by_id.items()):
        uses[name] += 1
        names[person_id] = name if uses[name] == 1 else f"{name} ({uses[name]})"
    return names


def _rows(connection: Connection, coding_ids: Collection[int]) -> dict[int, list[AnswerRow]]:
    """What is ticked or typed, but for arms that were taken away; notes are not compared."""
    columns = [answer.c[name] for name in ("question", "code", "arm", "chosen", "value")]
    query = (
        select(answer.c.coding_id, *columns)
        .join(coding, coding.c.id == answer.c.coding_id)
        .where(
            ~is_of_arm_taken_away(),
            or_(
                and_(answer.c.code != "", answer.c.chosen),
                and_(answer.c.code == "", answer.c.value != ""),
            ),
        )
        .order_by(answer.c.id)
    )
    rows: dict[int, list[AnswerRow]] = defaultdict(list)
    of_codings = query.where(answer.c.coding_id.in_(coding_ids))
    for coding_id, question, code, uid, chosen, value in connection.execute(of_codings):
        rows[coding_id].append(
            AnswerRow(question=question, code=code, arm=uid, chosen=chosen, value=value)
        )
    return rows


def _arms(connection: Connection, study_ids: Collection[int]) -> dict[int, dict[str, str]]:
    labels: dict[int, dict[str, str]] = defaultdict(dict)
    query = (
        select(arm.c.study_id, arm.c.uid, arm.c.label)
        .where(arm.c.study_id.in_(study_ids), arm.c.removed_at.is_(None))
        .order_by(arm.c.id)
    )
    for study_id, uid, label in connection.execute(query):
        labels[study_id][uid] = label
    return labels
