"""Answers as they are kept: one row for each question, code and arm, and what the rows come to.

A row is more than a tick: EPPI-Reviewer's users write notes on codes, for one arm, on a code above
others, and on headings that cannot be ticked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.coding.answers import Answer, applicable_questions
from evidence.coding.scheme import Question, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What is said to a question, or of one of its codes, for one arm.

    Attributes:
        code: the option's id; "" for what is said to the question itself.
        arm: the uid of the arm, or of the finding that is judged; "" for the whole study.
        chosen: whether the code is ticked.
        value: what was typed, for a number, a text or a date.
        note: a remark on the code or the question.
    """

    question: str
    code: str = ""
    arm: str = ""
    chosen: bool = False
    value: str = ""
    note: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is left of it; an untouched row and an emptied one say the same."""
        return bool(self.chosen or self.value.strip() or self.note.strip())


def rows_of(answer: Answer) -> tuple[AnswerRow, ...]:
    """The rows of an answer for the whole study; its note stands with the question."""
    ticks = tuple(
        AnswerRow(question=answer.question, code=code, chosen=True) for code in answer.codes
    )
    if not (answer.value or answer.note):
        return ticks
    own = AnswerRow(question=answer.question, value=answer.value, note=answer.note)
    return (own, *ticks)


def gather(rows: Iterable[AnswerRow], scheme: Scheme) -> tuple[Answer, ...]:
    """What the rows come to, one answer to a question, in the order of their first rows.

    A code that is ticked for one arm counts for the study, and one that was merged into another
    counts as that one. Of what was typed for several arms all is kept, for the study first, with a
    semicolon between. Notes on single codes stay with these.
    """
    by_question: dict[str, list[AnswerRow]] = defaultdict(list)
    for row in rows:
        if row.says_something:
            by_question[row.question].append(row)
    asked = {question.id: question for question in scheme.questions}
    return tuple(
        _gathered(question, group, asked.get(question)) for question, group in by_question.items()
    )


def _gathered(question: str, rows: Sequence[AnswerRow], asked: Question | None) -> Answer:
    for_study_first = sorted(rows, key=lambda row: bool(row.arm))
    own = [row for row in for_study_first if not row.code]
    chosen = [row.code for row in rows if row.code and row.chosen]
    return Answer(
        question=question,
        codes=tuple(dict.fromkeys(asked.code_now(code) if asked else code for code in chosen)),
        value="; ".join(dict.fromkeys(row.value for row in own if row.value.strip())),
        note="; ".join(dict.fromkeys(row.note for row in own if row.note.strip())),
    )


def unanswered(
    scheme: Scheme, rows: Sequence[AnswerRow], arms: Sequence[str]
) -> tuple[Question, ...]:
    """The required questions about the study that apply and have no answer yet.

    Args:
        scheme: its version now.
        rows: what was answered.
        arms: uids of the study's arms; a question that is asked per arm needs an answer for each,
            or one for the whole study where it has none.
    """
    answered = {(row.question, row.arm) for row in rows if row.chosen or row.value.strip()}
    return tuple(
        question
        for question in applicable_questions(scheme, gather(rows, scheme))
        if question.required
        if any(
            (question.id, arm) not in answered
            for arm in (arms if question.per_arm and arms else [""])
        )
    )
