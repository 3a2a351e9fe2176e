"""A rule over codes by which studies go on from one stage of a review to the next.

Not everything is coded of every study, so a condition is met, lacking, or cannot be told; `and` and
`or` join the three as Kleene's strong logic does (Introduction to Metamathematics, 1952, § 64):
what is not coded decides nothing that other conditions decide already.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule comes to for a study; the codes stand in databases and never change."""

    GOES_ON = "goes on"
    STAYS = "stays"
    UNTOLD = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCondition:
    """A condition on what is coded of a study.

    Attributes:
        question: its id among the questions of rules.
        codes: one of which the study has.
        is_negated: whether it is met by having none of them instead.
    """

    question: str
    codes: tuple[str, ...]
    is_negated: bool = False


Alternative = tuple[StageCondition, ...]
"""Conditions that must all be met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRule:
    """Which studies go on.

    Attributes:
        alternatives: one of which must be met; without any, there is no rule.
        reason: why the rule is so, in the words of who set it.
    """

    alternatives: tuple[Alternative, ...] = ()
    reason: str = ""

    @property
    def is_set(self) -> bool:
        """Whether there is a rule."""
        return bool(self.alternatives)


NO_RULE = StageRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleQuestion:
    """A question on which conditions can be, with what is coded of each study.

    Attributes:
        id: stable, stands in rules.
        labels: of its codes, by id, in their order.
        covers: for each code itself and those below it, where there are any.
        codes: of each study of which something is coded, by its id.
    """

    id: str
    title: str
    labels: Mapping[str, str]
    covers: Mapping[str, frozenset[str]]
    codes: Mapping[int, frozenset[str]]

    def label(self, code: str) -> str:
        """A code as people read it; one that the scheme lost is its own label."""
        return self.labels.get(code, code)


Questions = Mapping[str, RuleQuestion]
"""All questions on which conditions can be, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCheck:
    """What a rule says of a study.

    Attributes:
        met, lacking, untold: its conditions in words, each once.
        reason: the first condition that the study lacks of the alternative it comes nearest to,
            or of which it cannot be told; empty where it goes on.
    """

    outcome: Outcome
    met: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    reason: str = ""


def check(rule: StageRule, questions: Questions, study_id: int) -> StudyCheck:
    """Ask a rule about a study.

    Args:
        rule: which studies go on; without any, all do.
        questions: on which conditions can be.
        study_id: of the study.
    """
    each = [
        [(one, _asked(one, questions, study_id)) for one in alternative]
        for alternative in rule.alternatives
    ]
    joined = [_all_of([outcome for _, outcome in asked]) for asked in each]
    outcome = _one_of(joined) if joined else Outcome.GOES_ON
    words: dict[Outcome, dict[str, None]] = {one: {} for one in Outcome}
    for condition, came_to in (pair for asked in each for pair in asked):
        words[came_to][_told(condition, came_to, questions, study_id)] = None
    return StudyCheck(
        outcome=outcome,
        met=tuple(words[Outcome.GOES_ON]),
        lacking=tuple(words[Outcome.STAYS]),
        untold=tuple(words[Outcome.UNTOLD]),
        reason="" if outcome is Outcome.GOES_ON else _reason(outcome, each, joined, questions),
    )


def in_words(rule: StageRule, questions: Questions) -> str:
    """A rule in a sentence without an end; empty where there is none."""
    several = len(rule.alternatives) > 1
    told = []
    for alternative in rule.alternatives:
        joined = " and ".join(condition_in_words(each, questions) for each in alternative)
        told.append(f"({joined})" if several and len(alternative) > 1 else joined)
    return ", or ".join(told)


def condition_in_words(condition: StageCondition, questions: Questions) -> str:
    """A condition as people read it: `Country is UK or Ireland`."""
    question = questions.get(condition.question)
    title = question.title if question else f"“{condition.question}”"
    codes = [question.label(code) if question else code for code in condition.codes]
    if condition.is_negated:
        return f"{title} is not {_either(codes, 'nor')}"
    return f"{title} is {_either(codes, 'or')}"


def lost_parts(rule: StageRule, questions: Questions) -> Iterator[str]:
    """What a rule names that the schemes do not have any more, in sentences."""
    for condition in (each for alternative in rule.alternatives for each in alternative):
        question = questions.get(condition.question)
        if question is None:
            yield (
                f"No scheme of the review has “{condition.question}” now, so this cannot be told "
                "of any study."
            )
            continue
        lost = [code for code in condition.codes if code not in question.labels]
        if lost:
            yield f"“{question.title}” has no code “{'”, “'.join(lost)}” now."


def faults_of(rule: StageRule) -> Iterator[str]:
    """What cannot be in a rule, in sentences."""
    for alternative in rule.alternatives:
        if not alternative:
            yield "An alternative has no condition; add one, or take the alternative away."
        for condition in alternative:
            if not condition.question:
                yield "A condition has no question; choose one."
            elif not condition.codes:
                yield "A condition has no codes; choose at least one."


def _asked(condition: StageCondition, questions: Questions, study_id: int) -> Outcome:
    question = questions.get(condition.question)
    codes = question.codes.get(study_id, frozenset()) if question else frozenset()
    if question is None or not codes:
        return Outcome.UNTOLD
    wanted = frozenset().union(
        *(question.covers.get(code, frozenset({code})) for code in condition.codes)
    )
    return Outcome.GOES_ON if bool(codes & wanted) is not condition.is_negated else Outcome.STAYS


def _all_of(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.STAYS in outcomes:
        return Outcome.STAYS
    return Outcome.UNTOLD if Outcome.UNTOLD in outcomes else Outcome.GOES_ON


def _one_of(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.GOES_ON in outcomes:
        return Outcome.GOES_ON
    return Outcome.UNTOLD if Outcome.UNTOLD in outcomes else Outcome.STAYS


_AskedConditions = Sequence[Sequence[tuple[StageCondition, Outcome]]]


def _reason(
    outcome: Outcome, each: _AskedConditions, joined: Sequence[Outcome], questions: Questions
) -> str:
    """Of the alternatives that decided, the one with the fewest conditions of that outcome."""
    deciding = [asked for asked, came_to in zip(each, joined, strict=True) if came_to is outcome]
    nearest = min(deciding, key=lambda asked: sum(one is outcome for _, one in asked))
    first = next(condition for condition, came_to in nearest if came_to is outcome)
    if outcome is Outcome.UNTOLD:
        return _not_coded(first, questions)
    question = questions[first.question]
    codes = [question.label(code) for code in first.codes]
    if first.is_negated:
        return f"{question.title}: {_either(codes, 'or')}"
    return f"{question.title}: not {_either(codes, 'or')}"


def _told(condition: StageCondition, outcome: Outcome, questions: Questions, study_id: int) -> str:
    if outcome is Outcome.UNTOLD:
        return _not_coded(condition, questions)
    if outcome is Outcome.GOES_ON:
        return condition_in_words(condition, questions)
    question = questions[condition.question]
    own = question.codes[study_id]
    order = [code for code in question.labels if code in own]
    order += sorted(own - set(order))
    has = ", ".join(question.label(code) for code in order)
    return f"{condition_in_words(condition, questions)} (it is {has})"


def _not_coded(condition: StageCondition, questions: Questions) -> str:
    question = questions.get(condition.question)
    if question is None:
        return f"“{condition.question}” is in no scheme now"
    return f"{question.title} not coded"


def _either(words: Sequence[str], word: str) -> str:
    """Words joined by a word before the last."""
    return f" {word} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
