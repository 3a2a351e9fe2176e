"""Write a coding scheme as the YAML that load.py reads."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import yaml

from evidence.coding.scheme import Of, Option, Question, QuestionKind, Scheme, Section

_Entry = dict[str, object]


def dump(scheme: Scheme) -> str:
    """The YAML of a scheme; `load(dump(scheme), name)` gives the same scheme."""
    entry = {
        "id": scheme.id,
        "title": scheme.title,
        "version": scheme.version,
        "kind": scheme.kind,
        "applies_to": scheme.applies_to,
        "description": scheme.description,
        "sections": [_section(section) for section in scheme.sections],
    }
    return yaml.safe_dump(_filled(entry), allow_unicode=True, sort_keys=False, width=100)


def _section(section: Section) -> _Entry:
    questions = [_question(question) for question in section.questions]
    return _filled({"title": section.title, "help": section.help, "questions": questions})


def _question(question: Question) -> _Entry:
    when = question.when
    return _filled(
        {
            "id": question.id,
            "text": question.text,
            "short": question.short,
            "help": question.help,
            "kind": question.kind.value,
            "of": "" if question.of is Of.STUDY else question.of.value,
            "required": "yes" if question.required else "",
            "axis": question.axis.value if question.axis else "",
            "unit": question.unit,
            "minimum": _digits(question.minimum),
            "maximum": _digits(question.maximum),
            "when": when and {"question": when.question, "any_of": list(when.any_of)},
            "options": () if question.kind is QuestionKind.YES_NO else _options(question.options),
        }
    )


def _options(options: Sequence[Option]) -> list[_Entry]:
    return [
        _filled(
            {
                "id": option.id,
                "label": option.label,
                "help": option.help,
                "options": _options(option.options),
            }
        )
        for option in options
    ]


def _digits(number: float | None) -> str:
    """Written out, because load.py takes no exponents."""
    return "" if number is None else format(Decimal(repr(number)), "f")


def _filled(entry: Mapping[str, object]) -> _Entry:
    """Without the keys that have nothing to say."""
    return {key: value for key, value in entry.items() if value not in ("", (), [], None)}
