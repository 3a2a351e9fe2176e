"""How much was coded with the questions and codes of a scheme: numbers, not what was said.

A number for each code tells what was said all the same, to whoever asks for each code by itself. So
only codings that a person may see are counted so; of the others there is one number for the scheme.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE
from evidence.coding.scheme import Axis
from evidence.store.coding.seen_codings import may_see
from evidence.store.schema import answer, coding, finding

MOST_CODES = 500  # by which answers are looked for; where more changed, all of the question are
Place = tuple[str, str]  # a question and one of its codes; "" for the question as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What rests on a question or a code, in the codings that a person may see.

    Attributes:
        answers: in how many codings it is answered or has a note, counted per arm.
        findings: how many findings name it.
        studies: how many studies these belong to.
    """

    answers: int = 0
    findings: int = 0
    studies: int = 0


@dataclass(slots=True)
class _Count:
    answers: set[tuple[int, str]]
    findings: set[int]
    studies: set[int]


def of_places(
    connection: Connection,
    scheme_id: int,
    person_id: int,
    on_axis: dict[tuple[Axis, str], str],
    places: Collection[Place],
) -> dict[Place, Use]:
    """For each of these questions and codes on which something rests: how much.

    Args:
        connection: to the database.
        scheme_id: of the scheme.
        person_id: who asks; what they may not see is not counted.
        on_axis: by axis and code, the question that has this code on this axis; findings name
            codes only.
        places: which are asked about; no other answers are read.
    """
    counts: dict[Place, _Count] = defaultdict(lambda: _Count(set(), set(), set()))
    wanted = frozenset(places)
    seen = select(coding.c.id, coding.c.study_id)
    of_these = seen.where(coding.c.scheme_id == scheme_id, may_see(person_id)).subquery()
    said = or_(answer.c.chosen, answer.c.value != "", answer.c.note != "")
    answers = (
        select(of_these.c.id, of_these.c.study_id, answer.c.question, answer.c.code, answer.c.arm)
        .join(answer, answer.c.coding_id == of_these.c.id)
        .where(said, _at(places))
    )
    for coding_id, study_id, question, code, arm in connection.execute(answers):
        for place in wanted & {(question, ""), (question, code)}:
            counts[place].answers.add((coding_id, arm))
            counts[place].studies.add(study_id)
    findings = (
        select(finding.c.id, of_these.c.study_id, finding.c.fields)
        .join(finding, finding.c.coding_id == of_these.c.id)
        .where(finding.c.removed_at.is_(None))
    )
    for finding_id, study_id, fields in connection.execute(findings):
        for place in wanted & _named(fields, on_axis):
            counts[place].findings.add(finding_id)
            counts[place].studies.add(study_id)
    return {
        place: Use(answers=len(c.answers), findings=len(c.findings), studies=len(c.studies))
        for place, c in counts.items()
    }


def unseen(connection: Connection, scheme_id: int, person_id: int) -> int:
    """How many codings with a scheme a person may not see, whatever is said in them."""
    query = select(func.count()).select_from(coding)
    query = query.where(coding.c.scheme_id == scheme_id, ~may_see(person_id))
    return int(connection.execute(query).scalar_one())


def _at(places: Collection[Place]) -> ColumnElement[bool]:
    """That an answer may stand at one of these places; a few more may, too."""
    whole = {question for question, code in places if not code}
    of_codes = {(question, code) for question, code in places if question not in whole}
    codes = {code for _, code in of_codes}
    narrowed = [answer.c.code.in_(codes)] if len(codes) <= MOST_CODES else []
    at_codes = and_(answer.c.question.in_({question for question, _ in of_codes}), *narrowed)
    return or_(answer.c.question.in_(whole), at_codes)


def _named(fields: dict[str, str], on_axis: dict[tuple[Axis, str], str]) -> set[Place]:
    """The questions and codes on which a finding rests."""
    found: set[Place] = set()
    for axis in Axis:
        code = fields.get(axis.value, "")
        question = on_axis.get((axis, code))
        if question is not None:
            found |= {(question, ""), (question, code)}
    for name, typed in fields.items():
        for start in (ANSWER, ANSWER_NOTE):
            if typed and name.startswith(start):
                question = name.removeprefix(start)
                found.add((question, ""))
                found |= {(question, code) for code in _codes(start, typed)}
    return found


def _codes(start: str, typed: str) -> Iterable[str]:
    """Codes of a finding's answer; words of a text are none that a scheme has."""
    return typed.split() if start == ANSWER else ()
