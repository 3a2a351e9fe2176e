"""A form about a service that was filled in: a questionnaire, an assessment, a quarter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.coding.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceForm:
    """What one person or service answered to the questions of a scheme about a service.

    Attributes:
        uid: 16 hexadecimal digits, by which it stays itself when it is changed.
        service: the uid of the service that it is about.
        scheme_id: of the scheme that asks, as the review took it.
        occasion: when it holds for: a day ("2026-11-30") or a quarter ("2026-Q4"); empty where
            that does not matter.
        filled_by: who answered or assessed, in words; they need not be of the team.
        answers: one for each question that was answered.
        is_complete: whoever filled it in was done.
    """

    uid: str
    service: str
    scheme_id: int
    occasion: str = ""
    filled_by: str = ""
    answers: tuple[Answer, ...] = ()
    is_complete: bool = False

    def answer(self, question_id: str) -> Answer:
        """The answer to a question; an empty one where there is none."""
        matches = (each for each in self.answers if each.question == question_id)
        return next(matches, Answer(question=question_id))


def answers_as_json(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Answers as a database keeps them."""
    return [
        {
            "question": each.question,
            "codes": list(each.codes),
            "value": each.value,
            "note": each.note,
        }
        for each in answers
    ]


def answers_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Answer, ...]:
    """Answers from what `answers_as_json` gave."""
    return tuple(
        Answer(
            question=str(row["question"]),
            codes=tuple(map(str, row.get("codes", ()))),
            value=str(row.get("value", "")),
            note=str(row.get("note", "")),
        )
        for row in rows
    )
