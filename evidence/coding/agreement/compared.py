"""What is compared when several people coded a study: its units, and what each said of them.

A unit is a study and one of its arms. Of a code that can be ticked beside others, each arm for
which somebody ticked it is a unit; where nobody did, the study is. So a tick for one arm is not
held against ticks for another, and a study in which nobody saw the code counts once. A question
that is asked of each arm has a unit for each. Compared is only what two people were asked.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from evidence.coding.answer_rows import AnswerRow, gather
from evidence.coding.answers import Answer, is_applicable
from evidence.coding.scheme import Of, OptionRole, Question, QuestionKind, Scheme

WHOLE = ""  # the arm that stands for the whole study
TICKED = frozenset({QuestionKind.MANY, QuestionKind.TREE})
"""Kinds in which each code is ticked or not, whatever was ticked beside it."""
TWO_CODERS = ("coder 1", "coder 2")
"""The two whose names are not known, as in files that name nobody."""

ONE_OF = frozenset({QuestionKind.ONE, QuestionKind.YES_NO})
COMPARABLE = TICKED | ONE_OF | {QuestionKind.NUMBER, QuestionKind.DATE}

Value = str | float
"""A code, a date as typed, or a number."""

_QUALITY = {OptionRole.HIGH_QUALITY, OptionRole.SOME_CONCERNS, OptionRole.LOW_QUALITY}
_UNRANKED = {OptionRole.NO_INFORMATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedStudy:
    """A study with what each of its coders said, as rows that count; drafts do not belong here.

    Attributes:
        id: what is the same for all coders.
        label: by which people know it.
        rows: by coder.
        arms: labels by uid.
        not_common: pairs of question and code that not every coder of the study could give.
    """

    id: str
    label: str
    rows: Mapping[str, Sequence[AnswerRow]]
    arms: Mapping[str, str] = field(default_factory=dict)
    not_common: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleCoding:
    """What two people coded, ready to be compared.

    Attributes:
        remarks: what should be known beside the figures; nothing is lost by it.
        left_out: what is not compared though a file holds it.
    """

    scheme: Scheme
    studies: tuple[ComparedStudy, ...]
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coded:
    """One person's rows of one study, by question and arm.

    Attributes:
        asked: the questions that the person's answers called for.
        codes: the codes as they count now; a code that was merged counts as the one it became.
        typed: what was typed.
    """

    asked: frozenset[str]
    codes: Mapping[str, Mapping[str, AbstractSet[str]]]
    typed: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PreparedStudy:
    """A study whose rows are sorted for comparing."""

    study: ComparedStudy
    coded: Mapping[str, Coded]

    def asked(self, question: Question, coders: Iterable[str]) -> dict[str, Coded]:
        """The coders who were asked the question, with what they said, in the order of `coders`."""
        return {
            coder: self.coded[coder]
            for coder in coders
            if coder in self.coded and question.id in self.coded[coder].asked
        }

    def arms_asked(self, question: Question) -> tuple[str, ...]:
        """The arms that the question is asked of: all, where it is asked of each."""
        return tuple(self.study.arms) if question.per_arm else ()


def questions_compared(scheme: Scheme) -> tuple[Question, ...]:
    """The questions about studies whose answers can be the same or not."""
    return tuple(
        question
        for question in scheme.questions
        if question.of is Of.STUDY and question.kind in COMPARABLE
    )


def questions_left_out(scheme: Scheme) -> tuple[Question, ...]:
    """The questions whose answers are words, or about findings that must be matched first."""
    compared = {question.id for question in questions_compared(scheme)}
    return tuple(question for question in scheme.questions if question.id not in compared)


def prepare(scheme: Scheme, studies: Iterable[ComparedStudy]) -> Iterator[PreparedStudy]:
    """The studies with their rows sorted, one after another."""
    sorting = _Sorting(scheme)
    for study in studies:
        coded = {coder: sorting.of(rows) for coder, rows in study.rows.items()}
        yield PreparedStudy(study, coded)


class _Sorting:
    """Sorts rows; which questions apply is worked out once for each set of answers on which it
    depends.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._questions = {question.id: question for question in scheme.questions}
        self._always = frozenset(q.id for q in scheme.questions if q.when is None)
        self._conditional = [q for q in scheme.questions if q.when is not None]
        self._decisive = {q.when.question for q in scheme.questions if q.when is not None}
        self._asked: dict[tuple[Answer, ...], frozenset[str]] = {}

    def of(self, rows: Sequence[AnswerRow]) -> Coded:
        codes: dict[str, dict[str, set[str]]] = {}
        typed: dict[str, dict[str, str]] = {}
        for row in rows:
            question = self._questions.get(row.question)
            if question is None:
                continue
            if row.code and row.chosen:
                ticks = codes.setdefault(row.question, {}).setdefault(row.arm, set())
                ticks.add(question.code_now(row.code))
            elif not row.code and row.value.strip():
                typed.setdefault(row.question, {})[row.arm] = row.value.strip()
        return Coded(asked=self._asked_by(rows), codes=codes, typed=typed)

    def _asked_by(self, rows: Sequence[AnswerRow]) -> frozenset[str]:
        if not self._conditional:
            return self._always
        decisive = [row for row in rows if row.question in self._decisive]
        answers = gather(decisive, self._scheme)
        if answers not in self._asked:
            called_for = (
                q.id for q in self._conditional if is_applicable(q, self._scheme, answers)
            )
            self._asked[answers] = self._always.union(called_for)
        return self._asked[answers]


def tick_units(
    question: Question, prepared: PreparedStudy, coders: Iterable[str]
) -> Iterator[tuple[str, str, tuple[bool, ...]]]:
    """Code, arm, and who of those who were asked ticked it, for each code that one of them ticked
    in this study.

    Codes that nobody ticked have `blank_units` units, and nobody ticked them there.
    """
    by_coder = [
        each.codes.get(question.id, {}) for each in prepared.asked(question, coders).values()
    ]
    not_common = {code for each, code in prepared.study.not_common if each == question.id}
    arms_of: dict[str, set[str]] = {}
    for arm in sorted({arm for by_arm in by_coder for arm in by_arm}):
        ticks = [by_arm.get(arm, frozenset()) for by_arm in by_coder]
        for code in sorted(frozenset().union(*ticks) - not_common):
            arms_of.setdefault(code, set()).add(arm)
            yield code, arm, tuple(code in codes for codes in ticks)
    for code, arms in arms_of.items():
        for arm in prepared.arms_asked(question):
            if arm not in arms:
                yield code, arm, (False,) * len(by_coder)


def blank_units(question: Question, prepared: PreparedStudy) -> int:
    """How many units a code has in a study where nobody ticked it."""
    return max(1, len(prepared.arms_asked(question)))


def value_units(
    question: Question, prepared: PreparedStudy, coders: Collection[str]
) -> Iterator[tuple[str, dict[str, Value]]]:
    """Arm and what each said of it, for questions with one answer; who said nothing is missing.

    What cannot be compared (two options where one is asked, a number that is none) is missing, too.
    """
    by_arm: dict[str, dict[str, Value]] = {}
    for coder, coded in prepared.asked(question, coders).items():
        if question.options:
            for arm, codes in coded.codes.get(question.id, {}).items():
                if len(codes) == 1:
                    by_arm.setdefault(arm, {})[coder] = next(iter(codes))
        else:
            for arm, text in coded.typed.get(question.id, {}).items():
                value = _value(question, text)
                if value is not None:
                    by_arm.setdefault(arm, {})[coder] = value
    yield from by_arm.items()


def _value(question: Question, text: str) -> Value | None:
    """A date as it was typed, or a number; None for what is no number."""
    if question.kind is not QuestionKind.NUMBER:
        return text
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def ranks(question: Question, scheme: Scheme) -> dict[str, int]:
    """The ranks of options that are listed from best to worst; none where they have no order.

    In order are the options of an overall judgement with a rule, of the judgements it follows from,
    and those that say how good a study is. An option that says that there is no information has no
    rank.
    """
    judged = {each for q in scheme.questions if q.rule for each in (q.id, *q.rule.of)}
    roles = {option.role for option in question.options}
    in_order = question.id in judged or (
        None not in roles and len(roles & _QUALITY) > 1 and question.kind in ONE_OF
    )
    if not in_order or question.kind not in ONE_OF:
        return {}
    ranked = (option.id for option in question.options if option.role not in _UNRANKED)
    return {option_id: rank for rank, option_id in enumerate(ranked)}
