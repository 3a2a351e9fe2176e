"""Parts of a coding scheme: found, replaced, and given ids."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import replace

from evidence.coding.read_scheme import MAX_ID, load
from evidence.coding.scheme import Option, Question, QuestionKind, Scheme
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid, InvalidScheme


def find_question(scheme: Scheme, question_id: str) -> Question:
    """The question; raises Invalid where the scheme has none of this id."""
    question = scheme.question(question_id)
    if question is None:
        raise Invalid(f"The scheme has no question {question_id}.")
    return question


def find_option(question: Question, option_id: str) -> Option:
    """The option, at any depth; raises Invalid where there is none, and for yes and no."""
    found = next((option for option in question.walk() if option.id == option_id), None)
    if found is None or question.kind is QuestionKind.YES_NO:
        raise Invalid(f"“{question.text}” has no option {option_id} that can be changed.")
    return found


def with_question(scheme: Scheme, changed: Question) -> Scheme:
    """The scheme with this question in place of the one of its id."""
    sections = (
        replace(s, questions=tuple(changed if q.id == changed.id else q for q in s.questions))
        for s in scheme.sections
    )
    return replace(scheme, sections=tuple(sections))


def with_options(
    options: tuple[Option, ...], option_id: str, change: Callable[[Option], tuple[Option, ...]]
) -> tuple[Option, ...]:
    """The options with one of them, at any depth, given way to what `change` makes of it."""
    changed: list[Option] = []
    for option in options:
        if option.id == option_id:
            changed += change(option)
        elif option.options:
            below = with_options(option.options, option_id, change)
            changed.append(replace(option, options=below))
        else:
            changed.append(option)
    return tuple(changed)


def make_id(label: str, taken: Collection[str], otherwise: str) -> str:
    """An id from the words of a label, with a number where they are taken."""
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:MAX_ID].strip("-") or otherwise
    made, number = words, 1
    while made in taken:
        number += 1
        ending = f"-{number}"
        made = words[: MAX_ID - len(ending)].strip("-") + ending
    return made


def readable(scheme: Scheme) -> Scheme:
    """The scheme as it will be read; refused, with the first faults, where it cannot be."""
    return read_back(as_yaml(scheme))


def read_back(yaml: str) -> Scheme:
    """The scheme that a text says; raises Invalid with the first faults, without their lines."""
    try:
        return load(yaml, "scheme")
    except InvalidScheme as error:
        faults = dict.fromkeys(re.sub(r"^scheme:\d+: ", "", fault) for fault in error.faults)
        raise Invalid(" ".join(list(faults)[: InvalidScheme.SHOWN])) from None
