"""Changes of a coding scheme: functions from a scheme to a scheme that can be taken.

Answers hang on ids. So an id is made once, from the first label, and never changes or comes back
for something else. What would make a scheme that cannot be read is refused, in words.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from evidence.coding.scheme import Option, Question, QuestionKind, Scheme, Section
from evidence.coding.scheme_parts import (
    find_option,
    find_question,
    make_id,
    readable,
    with_options,
    with_question,
)
from evidence.errors import Invalid

WHOLE = -1
Place = tuple[str, str]  # a question and one of its options; "" for the question itself


class Way(StrEnum):
    """Where something is moved; only options go below others."""

    UP = "up"
    DOWN = "down"
    BELOW = "below the one above it"
    OUT = "out, after the one that it is below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A section, a question or an option of a scheme.

    Attributes:
        section: of a section: its position, counted from 0; WHOLE for the scheme itself.
        question: the question's id; "" for a section.
        option: the option's id; "" for a question or section.
    """

    section: int = 0
    question: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question to add; `labels` are those of its options, for the kinds that have some."""

    text: str
    kind: QuestionKind
    labels: tuple[str, ...] = ()


def places(scheme: Scheme) -> frozenset[Place]:
    """All ids of questions and options, those that are replaced included."""
    return frozenset(_places(scheme))


def add_section(
    scheme: Scheme, title: str, first: NewQuestion, used: Collection[Place] = ()
) -> Scheme:
    """A section at the end, with its first question; none can be without.

    Args:
        scheme: to which it is added.
        title: of the section.
        first: its question.
        used: ids of earlier versions, which are not given again.
    """
    section = Section(title=title, questions=(_question(scheme, first, used),))
    return readable(replace(scheme, sections=(*scheme.sections, section)))


def add_question(
    scheme: Scheme, section: int, new: NewQuestion, used: Collection[Place] = ()
) -> Scheme:
    """A question at the end of a section; `used` as for add_section."""
    question = _question(scheme, new, used)
    sections = list(scheme.sections)
    questions = (*sections[section].questions, question)
    sections[section] = replace(sections[section], questions=questions)
    return readable(replace(scheme, sections=tuple(sections)))


def add_option(
    scheme: Scheme, question_id: str, label: str, *, below: str = "", used: Collection[Place] = ()
) -> Scheme:
    """An option at the end of a question, or of those below another; `used` as for add_section."""
    question = find_question(scheme, question_id)
    if question.kind in {QuestionKind.YES_NO, QuestionKind.NUMBER, QuestionKind.TEXT,
                         QuestionKind.DATE}:  # fmt: skip
        raise Invalid(f"A question of the kind “{question.kind}” has no options of its own.")
    everywhere = {*used, *places(scheme)}
    # Findings name codes of an axis without their question.
    taken = {code for asked, code in everywhere if question.axis or asked == question_id}
    option = Option(id=make_id(label, taken, "option"), label=label)
    if not below:
        options = (*question.options, option)
    else:
        find_option(question, below)
        options = with_options(
            question.options, below, lambda o: (replace(o, options=(*o.options, option)),)
        )
    return readable(with_question(scheme, replace(question, options=options)))


def move(scheme: Scheme, node: Node, way: Way) -> Scheme:
    """Move one place. A question goes on into the next section; an option stays in its question.

    Raises:
        Invalid: there is no such place, or a question would come before one that it waits for.
    """
    if node.option:
        question = find_question(scheme, node.question)
        find_option(question, node.option)
        options = _moved(question.options, node.option, way)
        return readable(with_question(scheme, replace(question, options=options)))
    if way in {Way.BELOW, Way.OUT}:
        raise Invalid("Only options can stand below others.")
    step = -1 if way is Way.UP else 1
    if node.question:
        return readable(replace(scheme, sections=_question_moved(scheme, node.question, step)))
    sections = list(scheme.sections)
    _swap(sections, node.section, node.section + step)
    return readable(replace(scheme, sections=tuple(sections)))


def retire(scheme: Scheme, node: Node) -> Scheme:
    """Without it and what is below it. Answers to it are kept, and shown as no longer in
    the scheme.

    A section goes with its last question.

    Raises:
        Invalid: another question waits for it, or nothing would be left.
    """
    if node.option:
        question = find_question(scheme, node.question)
        gone = {option.id for option in find_option(question, node.option).walk()}
        options = with_options(question.options, node.option, lambda _: ())
        without = with_question(scheme, replace(question, options=options))
        return readable(_conditions_on(without, question, dict.fromkeys(gone, "")))
    if node.question:
        retired = {find_question(scheme, node.question).id}
    else:
        retired = {question.id for question in scheme.sections[node.section].questions}
    for question in scheme.questions:
        needs = {question.when.question if question.when else "", *_ruled_by(question)}
        if question.id not in retired and needs & retired:
            raise Invalid(f"“{question.text}” waits for an answer to it; retire that one first.")
    sections = (
        replace(s, questions=tuple(q for q in s.questions if q.id not in retired))
        for s in scheme.sections
    )
    return readable(replace(scheme, sections=tuple(s for s in sections if s.questions)))


def merge(scheme: Scheme, question_id: str, option_id: str, into_id: str) -> Scheme:
    """One option into another of its question: its answers count as the other from then on.

    What was below it goes below the other; questions that waited for it wait for the other.

    Raises:
        Invalid: the other stands below it, or cannot be chosen.
    """
    question = find_question(scheme, question_id)
    merged, into = find_option(question, option_id), find_option(question, into_id)
    if into in merged.walk():
        raise Invalid(f"“{into.label}” stands below “{merged.label}”; move it out first.")
    if merged.selectable and not into.selectable:
        raise Invalid(f"“{into.label}” is a heading, which nobody can choose; choose another.")
    replaced = (*into.replaces, merged.id, *merged.replaces)
    options = with_options(question.options, option_id, lambda _: ())
    options = with_options(
        options,
        into_id,
        lambda o: (replace(o, replaces=replaced, options=(*o.options, *merged.options)),),
    )
    joined = with_question(scheme, replace(question, options=options))
    return readable(_conditions_on(joined, question, {option_id: into_id}))


def next_version(version: str, taken: Collection[str]) -> str:
    """A version after this one that none has yet: “1” is followed by “2”, “1.0” by “1.1”."""
    match = re.fullmatch(r"(.*?)(\d{1,9})", version, re.ASCII)
    start, digits = match.groups() if match else (f"{version} ", "1")
    number = int(digits) + 1
    while f"{start}{number:0{len(digits)}}" in taken:
        number += 1
    return f"{start}{number:0{len(digits)}}"


def _places(scheme: Scheme) -> Iterator[Place]:
    for question in scheme.questions:
        yield question.id, ""
        for option in question.walk():
            for code in (option.id, *option.replaces):
                yield question.id, code


def _question(scheme: Scheme, new: NewQuestion, used: Collection[Place]) -> Question:
    taken = {question for question, _ in {*used, *places(scheme)}}
    codes: list[str] = []
    for label in new.labels:
        codes.append(make_id(label, codes, "option"))
    options = (Option(id=code, label=label) for code, label in zip(codes, new.labels, strict=True))
    question_id = make_id(new.text, taken, "question")
    return Question(id=question_id, text=new.text, kind=new.kind, options=tuple(options))


def _moved(options: tuple[Option, ...], option_id: str, way: Way) -> tuple[Option, ...]:
    at = next((i for i, option in enumerate(options) if option.id == option_id), None)
    if at is None:
        below = [_moved_below(option, option_id, way) for option in options]
        return tuple(option for several in below for option in several)
    listed = list(options)
    if way is Way.OUT:
        raise Invalid("It stands at the top already.")
    if way is Way.BELOW:
        if at == 0:
            raise Invalid("No option stands above it on its level.")
        option = listed.pop(at)
        listed[at - 1] = replace(listed[at - 1], options=(*listed[at - 1].options, option))
    else:
        _swap(listed, at, at - 1 if way is Way.UP else at + 1)
    return tuple(listed)


def _moved_below(above: Option, option_id: str, way: Way) -> tuple[Option, ...]:
    """An option after one that may be below it was moved; what goes out stands after it."""
    goes_out = next((option for option in above.options if option.id == option_id), None)
    if way is Way.OUT and goes_out is not None:
        rest = tuple(option for option in above.options if option.id != option_id)
        return (replace(above, options=rest), goes_out)
    if any(option.id == option_id for option in above.walk()):
        return (replace(above, options=_moved(above.options, option_id, way)),)
    return (above,)


def _question_moved(scheme: Scheme, question_id: str, step: int) -> tuple[Section, ...]:
    lists = [list(section.questions) for section in scheme.sections]
    find_question(scheme, question_id)
    here, at = next(
        (i, j) for i, asked in enumerate(lists) for j, q in enumerate(asked) if q.id == question_id
    )
    if 0 <= at + step < len(lists[here]):
        _swap(lists[here], at, at + step)
    elif not 0 <= here + step < len(lists):
        raise Invalid("It cannot go further; this is the end of the scheme.")
    elif len(lists[here]) == 1:
        raise Invalid("It is the only question of its section; move another there first.")
    else:
        question = lists[here].pop(at)
        lists[here + step].insert(len(lists[here + step]) if step < 0 else 0, question)
    return tuple(
        replace(section, questions=tuple(asked))
        for section, asked in zip(scheme.sections, lists, strict=True)
    )


def _swap(listed: list[Any], one: int, other: int) -> None:
    if not 0 <= other < len(listed):
        raise Invalid("It cannot go further; this is the end of its list.")
    listed[one], listed[other] = listed[other], listed[one]


def _ruled_by(question: Question) -> tuple[str, ...]:
    return question.rule.of if question.rule else ()


def _conditions_on(scheme: Scheme, asked: Question, becomes: dict[str, str]) -> Scheme:
    """Every condition with other options of a question; what becomes "" is taken out."""

    def of(question: Question) -> Question:
        when = question.when
        on_axis = when is not None and when.axis is not None and when.axis is asked.axis
        if when is None or not (on_axis or when.question == asked.id):
            return question
        any_of = tuple(dict.fromkeys(becomes.get(code, code) for code in when.any_of))
        kept = tuple(filter(None, any_of))
        if not kept:
            raise Invalid(
                f"“{question.text}” is asked only where this was chosen; retire that first."
            )
        return replace(question, when=replace(when, any_of=kept))

    sections = (replace(s, questions=tuple(map(of, s.questions))) for s in scheme.sections)
    return replace(scheme, sections=tuple(sections))
