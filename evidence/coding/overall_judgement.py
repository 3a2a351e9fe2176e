"""Overall judgements that follow from others by a rule of the scheme, such as weight of evidence D.

Options are listed from best to worst. One that says that there is no information has no rank:
where it was chosen, nothing follows. What the rule proposes is shown; a person decides, and gives
a reason for another judgement.
"""

from collections.abc import Collection, Iterator, Sequence

from evidence.coding.answers import Answer, answer_to, applicable_questions, is_applicable
from evidence.coding.scheme import OptionRole, Question, Rule, Scheme, Take


def proposed(question: Question, answers: Sequence[Answer]) -> str:
    """The id of the option that the question's rule proposes; "" while nothing follows."""
    rule = question.rule
    if rule is None or rule.take is Take.BY_HAND:
        return ""
    ranked = [option.id for option in question.options if not _says_nothing(question, option.id)]
    chosen = [answer_to(each, answers).codes for each in rule.of]
    if not all(len(codes) == 1 and codes[0] in ranked for codes in chosen):
        return ""
    return ranked[_rank(rule.take, [ranked.index(codes[0]) for codes in chosen])]


def proposals(scheme: Scheme, answers: Sequence[Answer]) -> tuple[str, ...]:
    """What rules propose for judgements that are still open, in plain words."""
    return tuple(
        f"By the rule ({rule_in_words(rule, scheme)}), “{question.text}” would be "
        f"“{question.label(proposed(question, answers))}”."
        for question, rule in _rules(scheme, answers)
        if proposed(question, answers) and not answer_to(question.id, answers).is_answered
    )


def unreasoned(
    scheme: Scheme, answers: Sequence[Answer], noted: Collection[str] = ()
) -> Iterator[tuple[Question, str]]:
    """Answers that lack the reason they need: judgements that differ from what their rule proposes
    or are made by hand, and whatever the scheme wants with a note.

    Args:
        scheme: with its rules.
        answers: so far.
        noted: questions with a note on one of their codes, which is a reason, too.
    """
    for question in applicable_questions(scheme, answers):
        answer = answer_to(question.id, answers)
        lacks = answer.is_answered and not answer.note.strip() and question.id not in noted
        if lacks and (message := _missing(question, scheme, answers)):
            yield question, message


def rule_in_words(rule: Rule, scheme: Scheme) -> str:
    """The rule as people read it: "the worst of Weight A, Weight B and Weight C"."""
    names = [question.name for each in rule.of if (question := scheme.question(each))]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    first = names[0]
    return {
        Take.LOWEST: f"the worst of {listed}",
        Take.MEDIAN: f"the median of {listed}, rounded down",
        Take.MEDIAN_UP_TO_FIRST: f"the median of {listed}, rounded down, never above {first}",
        Take.BY_HAND: f"by hand from {listed}, with a reason",
    }[rule.take]


def _rank(take: Take, ranks: Sequence[int]) -> int:
    """The rank that follows, counted from 0, the best; a larger one is worse."""
    if take is Take.LOWEST:
        return max(ranks)
    median = sorted(ranks)[len(ranks) // 2]  # of an even number the worse of the two in the middle
    return max(median, ranks[0]) if take is Take.MEDIAN_UP_TO_FIRST else median


def _says_nothing(question: Question, option_id: str) -> bool:
    roles = {option.id: option.role for option in question.options}
    return roles[option_id] is OptionRole.NO_INFORMATION


def _rules(scheme: Scheme, answers: Sequence[Answer]) -> list[tuple[Question, Rule]]:
    return [
        (question, question.rule)
        for question in scheme.questions
        if question.rule is not None and is_applicable(question, scheme, answers)
    ]


def _missing(question: Question, scheme: Scheme, answers: Sequence[Answer]) -> str:
    answer, rule = answer_to(question.id, answers), question.rule
    if rule is not None and rule.take is Take.BY_HAND:
        return f"“{question.text}” is judged by hand; write the reason into its note."
    follows = proposed(question, answers)
    if rule is None or not follows or answer.codes == (follows,):
        needs = question.needs_reason
        return f"“{question.text}” lacks its reason; write it into its note." if needs else ""
    return (
        f"“{question.text}” is “{question.label(answer.codes[0])}”, but by the rule "
        f"({rule_in_words(rule, scheme)}) it would be “{question.label(follows)}”; write the "
        "reason into its note."
    )
