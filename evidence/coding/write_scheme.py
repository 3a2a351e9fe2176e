"""Write a coding scheme as YAML in the present words; read_scheme.py reads the same scheme from it.

Comments of a file that was read are not part of a scheme, so they are not written.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from evidence.coding.scheme import Condition, Of, Option, Question, QuestionKind, Scheme, Section
from evidence.coding.yaml_reader import MAX_DIGITS

_WIDTH = 100
# libyaml where it is built in (all common wheels); a long scheme takes a tenth of the time.
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@lru_cache(maxsize=8)
def as_yaml(scheme: Scheme) -> str:
    """The scheme in the format of coding_schemes/README.md."""
    return yaml_of(as_values(scheme))


def yaml_of(values: dict[str, Any]) -> str:
    """Values of a scheme, such as as_values gives them, as YAML."""
    how: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": _WIDTH}
    try:
        text: str = yaml.dump(values, Dumper=_Dumper, **how)
    except UnicodeEncodeError:  # half a character pair, which libyaml cannot take
        text = yaml.safe_dump(values, **how)
    return text


def as_values(scheme: Scheme) -> dict[str, Any]:
    """The scheme as nested values in the words of its format; what says nothing is left out."""
    return _said({
        "id": scheme.id,
        "title": scheme.title,
        "version": scheme.version,
        "purpose": scheme.purpose.value,
        "judges": scheme.judges.value,
        "description": scheme.description,
        "sections": [_section(section, scheme) for section in scheme.sections],
    })  # fmt: skip


def _section(section: Section, scheme: Scheme) -> dict[str, Any]:
    questions = [_question(question, scheme) for question in section.questions]
    return _said({"title": section.title, "help": section.help, "questions": questions})


def _question(question: Question, scheme: Scheme) -> dict[str, Any]:
    rule = question.rule
    own_options = question.options if question.kind is not QuestionKind.YES_NO else ()
    return _said({
        "id": question.id,
        "text": question.text,
        "short": question.short,
        "help": question.help,
        "kind": question.kind.value,
        "required": "yes" if question.required else "",
        "critical": "yes" if question.critical else "",
        "note": "required" if question.needs_reason else "",
        "of": question.of.value if question.of is not Of.STUDY else "",
        "per": "arm" if question.per_arm and not scheme.judges_findings else "",
        "axis": question.axis.value if question.axis else "",
        "when": _condition(question.when) if question.when else None,
        "rule": {"take": rule.take.value, "of": list(rule.of)} if rule else None,
        "unit": question.unit,
        "minimum": _digits(question.minimum),
        "maximum": _digits(question.maximum),
        "options": [_option(option) for option in own_options],
    })  # fmt: skip


def _condition(condition: Condition) -> dict[str, Any]:
    axis = condition.axis.value if condition.axis else ""
    any_of = list(condition.any_of)
    return _said({"question": condition.question, "axis": axis, "any_of": any_of})


def _option(option: Option) -> dict[str, Any]:
    return _said({
        "id": option.id,
        "label": option.label,
        "help": option.help,
        "role": option.role.value if option.role else "",
        "selectable": "" if option.selectable else "no",
        "link": option.link,
        "replaces": list(option.replaces),
        "options": [_option(below) for below in option.options],
    })  # fmt: skip


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; the reader takes what is missing as that."""
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def _digits(number: float | None) -> str:
    """A limit as the reader takes it: digits and a point, never an exponent."""
    if number is None:
        return ""
    return format(Decimal(f"{number:.{MAX_DIGITS}g}"), "f")
