"""Parts of a scheme in people's words, with an id only where two of them read alike."""

from collections import Counter

from evidence.coding.overall_judgement import rule_in_words
from evidence.coding.scheme import Axis, Condition, Question, Rule, Scheme


def labels_apart(question: Question) -> dict[str, str]:
    """The labels of all options by id, with the id where another option has the same label."""
    alike = Counter(option.label for option in question.walk())
    return {
        option.id: f"{option.label} ({option.id})" if alike[option.label] > 1 else option.label
        for option in question.walk()
    }


def label_apart(question: Question, option_id: str) -> str:
    """One of these labels; the id where the question does not have the option."""
    return labels_apart(question).get(option_id, option_id)


def name_apart(question: Question, scheme: Scheme) -> str:
    """The name of a question, with its id where another question of the scheme has that name."""
    alike = sum(each.name == question.name for each in scheme.questions)
    return f"{question.name} ({question.id})" if alike > 1 else question.name


def condition_in_words(when: Condition, scheme: Scheme) -> str:
    """When a question is asked: "where Country is Norway or Sweden"."""
    asked, name = _asked(when, scheme)
    labels = [
        next((label_apart(each, code) for each in asked if each.option(code)), code)
        for code in when.any_of
    ]
    return f"where {name} is {listed(labels, 'or')}"


def rule_apart(rule: Rule, scheme: Scheme) -> str:
    """How an overall judgement follows; by ids where the scheme does not have the questions."""
    if all(scheme.question(each) for each in rule.of):
        return rule_in_words(rule, scheme)
    return f"{rule.take} of {', '.join(rule.of)}"


def listed(words: list[str], conjunction: str) -> str:
    """Words as a sentence lists them: "a, b or c"."""
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _asked(when: Condition, scheme: Scheme) -> tuple[tuple[Question, ...], str]:
    """The questions whose options a condition names, and what it calls them."""
    if when.axis is not None:
        names = {Axis.INTERVENTION: "intervention", Axis.OUTCOME: "outcome"}
        return scheme.axis(when.axis), f"the {names.get(when.axis, 'contrast')} of the finding"
    earlier = scheme.question(when.question)
    return ((earlier,), name_apart(earlier, scheme)) if earlier else ((), when.question)
