"""What questions and codes were called that a newer version of a scheme does not have any more.

Answers to them are kept, and are shown in these words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.coding.scheme import Question, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredWords:
    """A question of which something is retired.

    Attributes:
        question: its id.
        text: how it was asked last.
        labels: of the codes that are not asked any more, those that were merged into others
            included, by id.
    """

    question: str
    text: str
    labels: Mapping[str, str]


def retired_words(now: Scheme, older: Iterable[Scheme]) -> tuple[RetiredWords, ...]:
    """The words of what older versions asked and this one does not.

    Args:
        now: the version that is asked.
        older: the versions before it, the newest first; the newest that has a code names it.
    """
    asked = {question.id: {option.id for option in question.walk()} for question in now.questions}
    last: dict[str, Question] = {}
    labels: dict[str, dict[str, str]] = {}
    for question in (question for scheme in older for question in scheme.questions):
        last.setdefault(question.id, question)
        known = labels.setdefault(question.id, {})
        for option in question.walk():
            if option.id not in asked.get(question.id, ()):
                known.setdefault(option.id, option.label)
    return tuple(
        RetiredWords(question=id_, text=question.text, labels=labels[id_])
        for id_, question in last.items()
        if labels[id_] or id_ not in asked
    )
