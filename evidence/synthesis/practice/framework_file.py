"""A commissioning framework as a file: YAML, or a table with a line for each text.

The table has four columns: the part of the framework, the name or id of what it is about, the field
and the text. Several texts of one field stand on several lines. Both are read again into the same
framework.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import yaml

from evidence.coding.write_scheme import yaml_of
from evidence.coding.yaml_reader import YamlReader
from evidence.errors import Invalid
from evidence.synthesis.practice.answer_file import AnswerFile
from evidence.synthesis.practice.framework import (
    PRODUCTS,
    ROWS,
    Framework,
    FrameworkQuestions,
    FrameworkService,
    SuggestedLevel,
)
from evidence.synthesis.practice.read_framework import framework_of

HEAD = ("Part", "Name", "Field", "Text")
_TEXT = "tag:yaml.org,2002:str"
_LEVEL = ("of", "per", "least", "most")
_ONE_TEXT = ("provision", "people")
_LISTS = frozenset(({*ROWS} - {*_ONE_TEXT}) | {*PRODUCTS, "answers"})
_WHOLE = "framework"
_SECTIONS = {"questions": "questions", "complete service": "complete_service",
             "products": "products"}  # fmt: skip
_NAMED = {
    "service": ("services", "", "kind"),
    "caseload": ("caseloads", "", "version"),
    "comparison": ("comparisons", "", "text"),
    "element": ("elements", "complete_service", "name"),
    "party": ("parties", "products", "name"),
}
"""Of parts with several entries: the list in YAML, where it stands, and the key of the name."""
_AGREEMENT = "agreement"
_PARTS = (_WHOLE, *_SECTIONS, *_NAMED, _AGREEMENT)

_Line = tuple[int, str, str]
"""Line of the file, field, text."""


def as_yaml(framework: Framework) -> str:
    """The framework in the format that read_framework takes."""
    return yaml_of(_values(framework))


def as_rows(framework: Framework) -> Iterator[tuple[str, str, str, str]]:
    """The framework as lines of a table with HEAD."""
    values = _values(framework)
    for key in ("title", "source", "place"):
        yield _WHOLE, "", key, values[key]
    for part, key in _SECTIONS.items():
        for field, text in values.get(key, {}).items():
            if isinstance(text, str):
                yield part, "", field, text
    for part, (key, within, name) in _NAMED.items():
        for entry in (values.get(within, {}) if within else values).get(key, ()):
            yield from _entry_rows(part, entry, name)
    for text in values.get("complete_service", {}).get("agreements", ()):
        yield _AGREEMENT, "", "", text


def read_framework_table(file: AnswerFile) -> Framework:
    """The framework of a table.

    Raises:
        Invalid: with the faults, each with file and line.
    """
    missing = [head for head in HEAD if head not in file.columns]
    if missing:
        raise Invalid(f"{file.file}:1: The column {' and '.join(missing)} is missing.")
    reader = YamlReader(file.file)
    groups: dict[tuple[str, str], list[_Line]] = {}
    for line, cells in file.lines:
        part, name, field, text = (" ".join(cells[head].split()) for head in HEAD)
        part = part.casefold()
        if part not in _PARTS:
            told = f"“{part[:40]}” is no part of a framework; these are: {', '.join(_PARTS)}."
            reader.fault(_scalar(line, part), told)
            continue
        groups.setdefault((part, name if part in _NAMED else ""), []).append((line, field, text))
    return framework_of(reader, _tree(groups))


def _values(framework: Framework) -> dict[str, Any]:
    usual = asdict(FrameworkQuestions())
    asked = {key: text for key, text in asdict(framework.asked).items() if text != usual[key]}
    return _filled({
        "title": framework.title,
        "source": framework.source,
        "place": framework.place,
        "questions": asked,
        "services": [_service(each) for each in framework.services],
        "caseloads": [
            {"version": each.version, "most": f"{each.most}", "source": each.source}
            for each in framework.caseloads
        ],
        "comparisons": [
            _filled({
                "text": each.text,
                "answers": list(each.answers),
                "question": each.question,
                "least": "" if each.least is None else f"{each.least}",
            })
            for each in framework.comparisons
        ],
        "complete_service": _filled({
            "source": framework.complete_source,
            "place": framework.complete_place,
            "elements": [
                {"name": each.name, "answers": list(each.answers)} for each in framework.elements
            ],
            "agreements": list(framework.agreements),
        }),
        "products": _filled({
            "source": framework.products_source,
            "place": framework.products_place,
            "parties": [
                _filled({"name": each.name, "answer": each.answer, **_lists(each.products)})
                for each in framework.parties
            ],
        }),
    })  # fmt: skip


def _service(service: FrameworkService) -> dict[str, Any]:
    rows = _lists(service.rows)
    rows |= {key: rows[key][0] for key in _ONE_TEXT if rows[key]}
    return _filled({
        "kind": service.kind,
        "name": service.name,
        **rows,
        "level": _level(service.level),
        "is_caseload_bounded": "yes" if service.is_caseload_bounded else "",
    })  # fmt: skip


def _level(level: SuggestedLevel) -> dict[str, Any]:
    return _filled({
        "of": level.of.value,
        "per": level.per.value,
        "least": f"{level.least}",
        "most": "" if level.most is None else f"{level.most}",
    })  # fmt: skip


def _lists(texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {key: list(each) for key, each in texts.items()}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _entry_rows(
    part: str, entry: Mapping[str, Any], name: str
) -> Iterator[tuple[str, str, str, str]]:
    for field, value in entry.items():
        if field == name:
            continue
        if isinstance(value, dict):
            yield from ((part, entry[name], inner, text) for inner, text in value.items())
        else:
            for text in value if isinstance(value, list) else [value]:
                yield part, entry[name], field, text


def _tree(groups: Mapping[tuple[str, str], Sequence[_Line]]) -> yaml.Node:
    """The nodes that the same framework has in YAML, each with its line of the table."""
    root = _pairs(groups.get((_WHOLE, ""), ()))
    sections = {key: _pairs(groups.get((part, ""), ())) for part, key in _SECTIONS.items()}
    for part, (key, within, name) in _NAMED.items():
        entries = [_entry(lines, name, n) for (p, n), lines in groups.items() if p == part]
        if entries:
            pair = (_scalar(entries[0].start_mark.line + 1, key), _list(entries))
            (sections[within] if within else root).append(pair)
    agreements = groups.get((_AGREEMENT, ""), ())
    if agreements:
        listed = _list([_scalar(line, text) for line, _, text in agreements])
        sections["complete_service"].append((_scalar(agreements[0][0], "agreements"), listed))
    for key, pairs in sections.items():
        if pairs:
            root.append((_scalar(pairs[0][0].start_mark.line + 1, key), _mapping(pairs)))
    return _mapping(root)


def _entry(lines: Sequence[_Line], key: str, name: str) -> yaml.MappingNode:
    """One entry with its name; the four fields of a level stand in a mapping of their own."""
    first = lines[0][0]
    level = [line for line in lines if line[1] in _LEVEL] if key == "kind" else []
    rest = [line for line in lines if line not in level]
    pairs = [(_scalar(first, key), _scalar(first, name)), *_pairs(rest)]
    if level:
        pairs.append((_scalar(level[0][0], "level"), _mapping(_pairs(level))))
    return _mapping(pairs)


def _pairs(lines: Iterable[_Line]) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys with their texts; texts of a list are put together."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    lists: dict[str, list[yaml.Node]] = {}
    for line, field, text in lines:
        if field not in _LISTS:
            pairs.append((_scalar(line, field), _scalar(line, text)))
            continue
        if field not in lists:
            lists[field] = []
            pairs.append((_scalar(line, field), yaml.SequenceNode("", lists[field], _mark(line))))
        lists[field].append(_scalar(line, text))
    return pairs


def _list(nodes: Sequence[yaml.Node]) -> yaml.SequenceNode:
    return yaml.SequenceNode("", list(nodes), nodes[0].start_mark)


def _mapping(pairs: Sequence[tuple[yaml.Node, yaml.Node]]) -> yaml.MappingNode:
    mark = pairs[0][0].start_mark if pairs else _mark(1)
    return yaml.MappingNode("", list(pairs), mark)


def _scalar(line: int, text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode(_TEXT, text, _mark(line))


def _mark(line: int) -> yaml.Mark:
    return yaml.Mark("", 0, line - 1, 0, None, 0)
