"""Everything that stands in a field of a coding scheme, its title and conditions included, changed.

A field is put as its YAML would say it and the whole is read again, so that what can be written in
a file can be changed here, under the same rules and with the same words for what is wrong.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence.coding.scheme import (
    YES_AND_NO,
    Condition,
    Option,
    Question,
    QuestionKind,
    Rule,
    Scheme,
)
from evidence.coding.scheme_edits import WHOLE, Node
from evidence.coding.scheme_parts import (
    find_option,
    find_question,
    make_id,
    read_back,
    readable,
    with_question,
)
from evidence.coding.write_scheme import as_values, yaml_of
from evidence.errors import Invalid

Value = str | Sequence[str] | Mapping[str, str | Sequence[str]]

OF_SCHEME = ("title", "description", "purpose", "judges")
OF_SECTION = ("title", "help")
OF_QUESTION = ("text", "short", "help", "required", "critical", "note", "of", "per", "axis", "when",
               "rule", "unit", "minimum", "maximum")  # fmt: skip
OF_CODE = ("label", "help", "role", "selectable", "link")
WITH_CODES = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TREE)


def set_field(scheme: Scheme, node: Node, field: str, value: Value) -> Scheme:
    """The scheme with another value in a field; an empty one takes it out.

    Args:
        scheme: to be changed.
        node: what the field is of.
        field: its key in the format of coding_schemes/README.md.
        value: as that format has it: a text, a list of ids, or a mapping.

    Raises:
        Invalid: it has no such field, or the scheme cannot be so; all faults in words.
    """
    values = as_values(scheme)
    part, fields = _part(scheme, values, node)
    if field not in fields:
        raise Invalid("This cannot be changed here.")
    if value:
        part[field] = value
    elif field in {"title", "text", "label"}:
        raise Invalid("It needs some words; to take it away, retire it.")
    else:
        part.pop(field, None)
    return read_back(yaml_of(values))


def set_kind(
    scheme: Scheme,
    question_id: str,
    kind: QuestionKind,
    labels: Sequence[str] = (),
    *,
    retiring: bool = False,
    used: Collection[tuple[str, str]] = (),
) -> Scheme:
    """The scheme with a question answered in another way. Codes stay where the kind has codes.

    Args:
        scheme: to be changed.
        question_id: of the question.
        kind: how it is answered from now.
        labels: of its first codes, where it had none and needs some.
        retiring: whether codes may go that the kind has no place for; they are retired.
        used: ids of earlier versions, which are not given again.

    Raises:
        Invalid: codes would go, codes are needed, or another question waits for one of them.
    """
    question = find_question(scheme, question_id)
    if kind is question.kind:
        return scheme
    codes = question.options
    if kind is QuestionKind.TREE or kind not in WITH_CODES:
        below = False
    else:
        below = any(option.options for option in codes)
    if below:
        raise Invalid("Codes stand below others; only a tree has that. Move them out first.")
    if kind in WITH_CODES:
        codes = (*codes, *_first_codes(question_id, labels, codes, used))
    else:
        stays = YES_AND_NO if kind is QuestionKind.YES_NO else ()
        gone = {o.id for o in question.walk()} - {o.id for o in stays}
        if gone and not retiring and question.kind is not QuestionKind.YES_NO:
            raise Invalid(f"Its {len(gone):,} codes have no place in such a question.")
        codes = ()
        _nobody_waits(scheme, question, gone)
    changed = replace(question, kind=kind, options=codes, unit="", minimum=None, maximum=None)
    if kind not in WITH_CODES:
        changed = replace(changed, axis=None)
    if kind is not QuestionKind.ONE:
        changed = replace(changed, rule=None, critical=False)
    return readable(with_question(scheme, changed))


def what_waits(scheme: Scheme, question_id: str) -> Iterator[Question]:
    """The questions whose condition or rule names another one."""
    for question in scheme.questions:
        when: Condition | None = question.when
        rule: Rule | None = question.rule
        if (when and when.question == question_id) or (rule and question_id in rule.of):
            yield question


def _first_codes(
    question_id: str,
    labels: Sequence[str],
    codes: Sequence[Option],
    used: Collection[tuple[str, str]],
) -> Iterator[Option]:
    taken = {code for asked, code in used if asked == question_id} | {o.id for o in codes}
    for label in labels:
        made = make_id(label, taken, "option")
        taken.add(made)
        yield Option(id=made, label=label)


def _nobody_waits(scheme: Scheme, question: Question, gone: Collection[str]) -> None:
    for other in what_waits(scheme, question.id):
        if other.rule or (other.when and set(other.when.any_of) & set(gone)):
            raise Invalid(f"“{other.text}” waits for one of its codes; change that one first.")


def _part(
    scheme: Scheme, values: dict[str, Any], node: Node
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What a node is in the values of a scheme, and the fields that it may have."""
    if not node.question:
        if node.section == WHOLE:
            return values, OF_SCHEME
        section: dict[str, Any] = values["sections"][node.section]
        return section, OF_SECTION
    question = find_question(scheme, node.question)
    questions = (q for section in values["sections"] for q in section["questions"])
    part: dict[str, Any] = next(q for q in questions if q["id"] == node.question)
    if not node.option:
        return part, OF_QUESTION
    find_option(question, node.option)
    return next(o for o in _walk(part["options"]) if o["id"] == node.option), OF_CODE


def _walk(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for option in options:
        yield option
        yield from _walk(option.get("options", []))
