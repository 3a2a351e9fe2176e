"""Read a coding scheme from YAML, or say everything that is wrong with it.

The format is described in coding_schemes/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from evidence.coding.scheme import (
    Axis,
    Condition,
    Of,
    Option,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.coding.yaml_reader import MAX_HELP, YamlReader
from evidence.errors import InvalidScheme

SCHEME_KINDS = ("screening", "coding", "appraisal", "monitoring")
APPLIES_TO = ("study", "practice")
MAX_ID = 60

# The keys of each part, and whether they must be there.
_SCHEME = {"id": True, "title": True, "version": True, "kind": True, "applies_to": True,
           "description": False, "sections": True}  # fmt: skip
_SECTION = {"title": True, "help": False, "questions": True}
_QUESTION = {"id": True, "text": True, "kind": True, "short": False, "help": False,
             "required": False, "of": False, "axis": False, "when": False, "unit": False,
             "minimum": False, "maximum": False, "options": False}  # fmt: skip
_OPTION = {"id": True, "label": True, "help": False, "options": False}
_CONDITION = {"question": True, "any_of": True}

_WITH_OPTIONS = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TREE)


def load(text: str, name: str) -> Scheme:
    """Read a scheme.

    Args:
        text: the YAML.
        name: of the file, as people know it.

    Raises:
        InvalidScheme: with every fault as `name:line: what is wrong and what to do`.
    """
    sheet = YamlReader(name)
    root = sheet.open(text)
    scheme = None if root is None else _Reading(sheet).scheme(root)
    if scheme is None or sheet.faults:
        raise InvalidScheme(sheet.listed())
    return scheme


@dataclass(slots=True)
class _Reading:
    """One reading of a file, with what the parts must know of one another."""

    sheet: YamlReader
    questions: dict[str, Question] = field(default_factory=dict)
    on_axis: dict[Axis, set[str]] = field(default_factory=dict)

    def scheme(self, node: yaml.Node) -> Scheme:
        given = self.sheet.fields(node, "a scheme", _SCHEME)
        return Scheme(
            id=self.id(given.get("id")),
            title=self.sheet.text(given.get("title"), "title"),
            version=self.sheet.text(given.get("version"), "version"),
            kind=self.sheet.word(given.get("kind"), "kind", SCHEME_KINDS),
            applies_to=self.sheet.word(given.get("applies_to"), "applies_to", APPLIES_TO),
            description=self.sheet.text(given.get("description"), "description", MAX_HELP),
            sections=tuple(
                self.section(item) for item in self.sheet.items(given.get("sections"), "sections")
            ),
        )

    def section(self, node: yaml.Node) -> Section:
        given = self.sheet.fields(node, "a section", _SECTION)
        return Section(
            title=self.sheet.text(given.get("title"), "title"),
            help=self.sheet.text(given.get("help"), "help", MAX_HELP),
            questions=tuple(
                self.question(item)
                for item in self.sheet.items(given.get("questions"), "questions")
            ),
        )

    def question(self, node: yaml.Node) -> Question:
        given = self.sheet.fields(node, "a question", _QUESTION)
        kind = self.sheet.word(given.get("kind"), "kind", QuestionKind)
        of = Of(self.sheet.word(given.get("of"), "of", Of) or Of.STUDY)
        axis = self.sheet.word(given.get("axis"), "axis", Axis)
        if kind:
            self.fits(node, QuestionKind(kind), given)
        least, most = (self.sheet.number(given.get(key), key) for key in ("minimum", "maximum"))
        if least is not None and most is not None and least > most:
            self.sheet.fault(node, "“minimum” is above “maximum”; correct one of them.")
        question = Question(
            id=self.id(given.get("id")),
            text=self.sheet.text(given.get("text"), "text"),
            kind=QuestionKind(kind or QuestionKind.TEXT),
            short=self.sheet.text(given.get("short"), "short"),
            help=self.sheet.text(given.get("help"), "help", MAX_HELP),
            options=self.options(given.get("options"), kind, axis),
            required=self.sheet.word(given.get("required"), "required", ("yes", "no")) == "yes",
            when=self.condition(given.get("when"), of),
            axis=Axis(axis) if axis else None,
            of=of,
            unit=self.sheet.text(given.get("unit"), "unit"),
            minimum=least,
            maximum=most,
        )
        if question.id in self.questions:
            self.sheet.fault(node, f"Another question has the id “{question.id}”; choose another.")
        if question.id:
            self.questions.setdefault(question.id, question)
        return question

    def fits(self, node: yaml.Node, kind: QuestionKind, given: dict[str, yaml.Node]) -> None:
        """Fault the keys that the kind of question cannot have, or lacks."""
        if kind in _WITH_OPTIONS and "options" not in given:
            self.sheet.fault(node, f"A question of the kind “{kind}” needs options; list them.")
        if kind not in _WITH_OPTIONS:
            for key in ("options", "axis"):
                if key in given:
                    message = f"A question of the kind “{kind}” has no {key}; take them out."
                    self.sheet.fault(given[key], message)
        if kind is not QuestionKind.NUMBER:
            for key in ("unit", "minimum", "maximum"):
                if key in given:
                    self.sheet.fault(given[key], f"Only a number has a {key}; take it out.")

    def options(self, node: yaml.Node | None, kind: str, axis: str) -> tuple[Option, ...]:
        own: dict[str, yaml.Node] = {}
        options = tuple(self.option(item, kind, own) for item in self.sheet.items(node, "options"))
        taken = self.on_axis.setdefault(Axis(axis), set()) if axis else set()
        for option_id, option in own.items():
            if option_id in taken:
                message = f"“{option_id}” stands twice on the axis “{axis}”; choose another id."
                self.sheet.fault(option, message)
        taken.update(own)
        return options

    def option(self, node: yaml.Node, kind: str, own: dict[str, yaml.Node]) -> Option:
        given = self.sheet.fields(node, "an option", _OPTION)
        option_id = self.id(given.get("id"))
        if option_id in own:
            message = f"Another option of this question has the id “{option_id}”; choose another."
            self.sheet.fault(node, message)
        if option_id:
            own.setdefault(option_id, node)
        below = given.get("options")
        if below is not None and kind and kind != QuestionKind.TREE:
            self.sheet.fault(below, "Options below options need `kind: tree`; change it.")
        return Option(
            id=option_id,
            label=self.sheet.text(given.get("label"), "label"),
            help=self.sheet.text(given.get("help"), "help", MAX_HELP),
            options=tuple(
                self.option(item, kind, own) for item in self.sheet.items(below, "options")
            ),
        )

    def condition(self, node: yaml.Node | None, of: Of) -> Condition | None:
        if node is None:
            return None
        given = self.sheet.fields(node, "a condition", _CONDITION)
        question_id = self.sheet.text(given.get("question"), "question")
        codes = self.sheet.items(given.get("any_of"), "any_of")
        any_of = tuple(self.sheet.text(code, "any_of") for code in codes)
        if question_id:
            for message in self.condition_faults(question_id, any_of, of):
                self.sheet.fault(node, message)
        return Condition(question=question_id, any_of=any_of)

    def condition_faults(self, question_id: str, any_of: tuple[str, ...], of: Of) -> Iterator[str]:
        earlier = self.questions.get(question_id)
        if earlier is None:
            yield f"No question above has the id “{question_id}”; correct it, or move that one up."
            return
        if of is Of.STUDY and earlier.of is Of.FINDING:
            yield f"“{question_id}” is asked of findings; a question of a study cannot wait for it."
        known = {option.id for option in earlier.walk()}
        for code in any_of:
            if code and code not in known:
                yield f"“{code}” is not an option of “{question_id}”; name one of its options."

    def id(self, node: yaml.Node | None) -> str:
        written = self.sheet.text(node, "id")
        well_formed = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written)
        if node is not None and written and not (well_formed and len(written) <= MAX_ID):
            self.sheet.fault(
                node,
                f"“{written[:MAX_ID]}” cannot be an id; use small letters, digits and single "
                f"hyphens, at most {MAX_ID}, such as `self-esteem`.",
            )
        return written
