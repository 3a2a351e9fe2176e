"""What the page Schemes asks for, as its browser says it, done to a coding scheme.

A browser only says which edit; what it means is in scheme_edits, scheme_moves and scheme_fields.
Nothing in what it says is trusted.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from evidence.coding import scheme_edits, scheme_fields, scheme_moves
from evidence.coding.scheme import QuestionKind, Scheme
from evidence.coding.scheme_edits import WHOLE, NewQuestion, Node, Place, Way, places
from evidence.coding.scheme_fields import Value
from evidence.coding.scheme_moves import Where
from evidence.errors import Invalid

LONGEST = 20_000  # characters of one text; the reader of schemes has lower limits of its own
MOST_LINES = 2_000
UNREADABLE = "The page sent something that cannot be read; please reload it."
Said = Mapping[str, Any]
Used = Collection[Place]
W = TypeVar("W", QuestionKind, Way, Where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act with what it is asked of; the arguments of `perform`."""

    scheme: Scheme
    said: Said
    used: Used


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The scheme after an act, and what is to be looked at then."""

    scheme: Scheme
    node: Node


def perform(scheme: Scheme, said: Said, used: Used) -> Done:
    """Do what was said.

    Args:
        scheme: as it is.
        said: `act`, one of ACTS, with what belongs to it. A section is named by the id of its
            first question, because its position may be another one meanwhile.
        used: ids of earlier versions, which are not given again.

    Raises:
        Invalid: it cannot be done, in words.
    """
    act = ACTS.get(_text(said, "act"))
    if act is None:
        raise Invalid(UNREADABLE)
    return act(Asked(scheme=scheme, said=said, used=used))


def _set_field(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    node = node_of(scheme, said)
    changed = scheme_fields.set_field(scheme, node, _text(said, "field"), _value(said.get("value")))
    return Done(scheme=changed, node=node)


def _set_kind(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    question = _text(said, "question")
    changed = scheme_fields.set_kind(
        scheme, question, _kind(said), _labels(said), retiring=said.get("retiring") is True,
        used=asked.used)  # fmt: skip
    return Done(scheme=changed, node=Node(question=question))


def _move(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    node, way = node_of(scheme, said), _word(Way, said, "way")
    changed = scheme_edits.move(scheme, node, way)
    if not node.question:
        node = Node(section=node.section + (-1 if way is Way.UP else 1))
    return Done(scheme=changed, node=node)


def _put(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    node, other = node_of(scheme, said), node_of(scheme, _mapping(said, "other"))
    changed = scheme_moves.put(scheme, node, _word(Where, said, "where"), other)
    if not node.question:
        node = Node(section=changed.sections.index(scheme.sections[node.section]))
    return Done(scheme=changed, node=node)


def _add_code(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    question = _text(said, "question")
    below, after = _text(said, "below"), _text(said, "after")
    changed = scheme_edits.add_option(
        scheme, question, _text(said, "label").strip(), below=below, used=asked.used)  # fmt: skip
    made = _made(scheme, changed)
    if after:
        other = Node(question=question, option=after)
        changed = scheme_moves.put(changed, made, Where.AFTER, other)
    return Done(scheme=changed, node=made)


def _add_question(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    after, new = _text(said, "after"), _new_question(said)
    section = _section_of(scheme, after or _text(said, "section"))
    changed = scheme_edits.add_question(scheme, section, new, asked.used)
    made = _made(scheme, changed)
    if after:
        changed = scheme_moves.put(changed, made, Where.AFTER, Node(question=after))
    return Done(scheme=changed, node=made)


def _add_section(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    title = _text(said, "title").strip()
    changed = scheme_edits.add_section(scheme, title, _new_question(said), asked.used)
    return Done(scheme=changed, node=_made(scheme, changed))


def _retire(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    node = node_of(scheme, said)
    if node.section == WHOLE and not node.question:
        raise Invalid("A scheme as a whole cannot be retired.")
    changed = scheme_edits.retire(scheme, node)
    there = Node(question=node.question) if node.option else Node(section=WHOLE)
    return Done(scheme=changed, node=there)


def _merge(asked: Asked) -> Done:
    scheme, said = asked.scheme, asked.said
    question, into = _text(said, "question"), _text(said, "into")
    changed = scheme_edits.merge(scheme, question, _text(said, "option"), into)
    return Done(scheme=changed, node=Node(question=question, option=into))


ACTS: Mapping[str, Callable[[Asked], Done]] = {
    "field": _set_field,
    "kind": _set_kind,
    "move": _move,
    "put": _put,
    "add code": _add_code,
    "add question": _add_question,
    "add section": _add_section,
    "retire": _retire,
    "merge": _merge,
}


def node_of(scheme: Scheme, said: Said) -> Node:
    """The part of a scheme that is meant: `question` and `option`, or `section`, or the whole."""
    question, option = _text(said, "question"), _text(said, "option")
    if question:
        return Node(question=question, option=option)
    first = _text(said, "section")
    return Node(section=_section_of(scheme, first) if first else WHOLE)


def _section_of(scheme: Scheme, question_id: str) -> int:
    for index, section in enumerate(scheme.sections):
        if any(question.id == question_id for question in section.questions):
            return index
    raise Invalid("This section is not there any more.")


def _made(before: Scheme, after: Scheme) -> Node:
    """What was added: a question before its codes."""
    question, option = min(places(after) - places(before))
    return Node(question=question, option=option)


def _new_question(said: Said) -> NewQuestion:
    kind = _kind(said)
    labels = _labels(said) if kind in scheme_fields.WITH_CODES else ()
    return NewQuestion(text=_text(said, "text").strip(), kind=kind, labels=labels)


def _kind(said: Said) -> QuestionKind:
    return _word(QuestionKind, said, "kind")


def _labels(said: Said) -> tuple[str, ...]:
    lines = _text(said, "labels").splitlines()
    if len(lines) > MOST_LINES:
        raise Invalid(f"More than {MOST_LINES:,} codes at once; add them in parts.")
    return tuple(line.strip() for line in lines if line.strip())


def _word(words: type[W], said: Said, key: str) -> W:
    try:
        return words(_text(said, key))
    except ValueError:
        raise Invalid(UNREADABLE) from None


def _mapping(said: Said, key: str) -> Said:
    value = said.get(key)
    if not isinstance(value, Mapping):
        raise Invalid(UNREADABLE)
    return value


def _text(said: Said, key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise Invalid(UNREADABLE)
    if len(value) > LONGEST and key != "labels":
        raise Invalid(f"This is longer than {LONGEST:,} characters.")
    return value


def _value(value: object) -> Value:
    """A text, a list of texts, or a mapping of these; nothing else can be meant."""
    if isinstance(value, str):
        return _text({"value": value}, "value")
    if isinstance(value, list):
        return [_text({"value": each}, "value") for each in value[:MOST_LINES]]
    if isinstance(value, Mapping) and len(value) <= len("any"):
        return {str(key)[:40]: _one_value(each) for key, each in value.items()}
    raise Invalid(UNREADABLE)


def _one_value(value: object) -> str | list[str]:
    taken = _value(value)
    if isinstance(taken, Mapping):
        raise Invalid(UNREADABLE)
    return taken if isinstance(taken, str) else list(taken)
