"""Where something of a coding scheme is put down: before or after another, or below it.

scheme_edits.move goes one place at a time, as keys do; here it goes anywhere at once.
"""

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from evidence.coding.scheme import Option, Scheme, Section
from evidence.coding.scheme_edits import Node
from evidence.coding.scheme_parts import (
    find_option,
    find_question,
    readable,
    with_options,
    with_question,
)
from evidence.errors import Invalid

T = TypeVar("T")
STAYS = (
    "A code stays in its question, since answers hang on both. Add it there, and retire it here."
)
ONLY_ONE = "It is the only question of its section; move another there first."


class Where(StrEnum):
    """Where something is put in relation to something else."""

    BEFORE = "before"
    AFTER = "after"
    BELOW = "below"  # the first below it


def put(scheme: Scheme, node: Node, where: Where, other: Node) -> Scheme:
    """Put a section, question or code at a place.

    Args:
        scheme: to be changed.
        node: what is moved.
        where: in relation to the other.
        other: a code of the same question, or the question itself for the first place in it; for
            a question another one, or a section; for a section another one.

    Raises:
        Invalid: it cannot stand there.
    """
    if node == other:
        return scheme
    if node.option:
        return _put_code(scheme, node, where, other)
    if node.question:
        return _put_question(scheme, node.question, where, other)
    if other.question or where is Where.BELOW:
        raise Invalid("A section stands before or after another one.")
    sections = list(scheme.sections)
    section, beside = sections[node.section], sections[other.section]
    sections.remove(section)
    _insert(sections, section, beside, where)
    return readable(replace(scheme, sections=tuple(sections)))


def _put_code(scheme: Scheme, node: Node, where: Where, other: Node) -> Scheme:
    if other.question != node.question:
        raise Invalid(STAYS)
    question = find_question(scheme, node.question)
    code = find_option(question, node.option)
    if other.option in {below.id for below in code.walk()}:
        raise Invalid("It cannot stand below itself.")
    options = with_options(question.options, code.id, lambda _: ())
    if not other.option:
        options = (code, *options)
    else:
        find_option(question, other.option)
        options = with_options(options, other.option, lambda o: _around(o, code, where))
    return readable(with_question(scheme, replace(question, options=options)))


def _around(other: Option, code: Option, where: Where) -> tuple[Option, ...]:
    if where is Where.BELOW:
        return (replace(other, options=(code, *other.options)),)
    return (code, other) if where is Where.BEFORE else (other, code)


def _put_question(scheme: Scheme, question_id: str, where: Where, other: Node) -> Scheme:
    question = find_question(scheme, question_id)
    if other.option or (other.question and where is Where.BELOW):
        raise Invalid("A question stands before or after another one, or in a section.")
    if other.question:
        find_question(scheme, other.question)
    sections: list[Section] = []
    for index, section in enumerate(scheme.sections):
        questions = [q for q in section.questions if q is not question]
        if not other.question and index == other.section:
            questions.insert(0, question)
        beside = next((q for q in questions if q.id == other.question), None)
        if beside is not None:
            _insert(questions, question, beside, where)
        if not questions:
            raise Invalid(ONLY_ONE)
        sections.append(replace(section, questions=tuple(questions)))
    return readable(replace(scheme, sections=tuple(sections)))


def _insert(listed: list[T], one: T, beside: T, where: Where) -> None:
    listed.insert(listed.index(beside) + (where is Where.AFTER), one)
