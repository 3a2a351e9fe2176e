"""Read a coding scheme from YAML, or say everything that is wrong with it.

The format is described in coding_schemes/README.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import yaml

from evidence.coding.scheme import (
    Axis,
    Condition,
    Judges,
    Of,
    Option,
    OptionRole,
    Purpose,
    Question,
    QuestionKind,
    Rule,
    Scheme,
    Section,
    Take,
)
from evidence.coding.yaml_reader import MAX_HELP, YamlReader
from evidence.errors import InvalidScheme

MAX_ID = 60
MAX_LINK = 2000

# The keys of each part, and whether they must be there.
_SCHEME = {"id": True, "title": True, "version": True, "purpose": False, "judges": False,
           "kind": False, "applies_to": False, "description": False, "sections": True}  # fmt: skip
_OLDER = {"purpose": "kind", "judges": "applies_to"}  # words of schemes that are stored already
_SECTION = {"title": True, "help": False, "questions": True}
_QUESTION = {"id": True, "text": True, "kind": True, "short": False, "help": False,
             "required": False, "critical": False, "note": False, "of": False, "per": False,
             "axis": False, "when": False, "rule": False, "unit": False, "minimum": False,
             "maximum": False, "options": False}  # fmt: skip
_OPTION = {"id": True, "label": True, "help": False, "role": False, "selectable": False,
           "link": False, "replaces": False, "options": False}  # fmt: skip
_RULE = {"take": True, "of": True}
_CONDITION = {"question": False, "axis": False, "any_of": True}

_REPLACED_TWICE = "“{}” is replaced twice; answers can count as one option only, so keep one."
_REPLACED_STANDS = "“{}” is an option still, so nothing replaces it; take one of the two out."

_WITH_OPTIONS = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TREE)


def load(text: str, name: str) -> Scheme:
    """Read a scheme.

    Args:
        text: the YAML.
        name: of the file, as people know it.

    Raises:
        InvalidScheme: with its faults as `name:line: what is wrong and what to do`.
    """
    read = _faultless(text)
    if read is not None:
        return read
    reader, _ = _read(text, name)
    raise InvalidScheme(reader.listed(), reader.more)


@lru_cache(maxsize=16)
def _faultless(text: str) -> Scheme | None:
    """The scheme of a text without faults. Where one is edited, each change is asked for several
    times over, to try it, to draw it and to compare it; a large one takes a third of a second.
    """
    reader, scheme = _read(text, "")
    return None if reader.faults else scheme


def _read(text: str, name: str) -> tuple[YamlReader, Scheme | None]:
    reader = YamlReader(name)
    root = reader.open(text)
    return reader, None if root is None else _Reading(reader).scheme(root)


@dataclass(slots=True)
class _Reading:
    """One reading of a file, with what the parts must know of one another."""

    reader: YamlReader
    questions: dict[str, Question] = field(default_factory=dict)
    on_axis: dict[Axis, set[str]] = field(default_factory=dict)
    replaced: dict[str, yaml.Node] = field(default_factory=dict)  # by options of this question
    replaced_on_axis: dict[Axis, dict[str, yaml.Node]] = field(default_factory=dict)

    def scheme(self, node: yaml.Node) -> Scheme:
        values = self.reader.fields(node, "a scheme", _SCHEME)
        return Scheme(
            id=self.id(values.get("id")),
            title=self.reader.text(values.get("title"), "title"),
            version=self.reader.text(values.get("version"), "version"),
            purpose=Purpose(self.renamed(node, values, "purpose", Purpose) or Purpose.CODING),
            judges=Judges(self.renamed(node, values, "judges", Judges) or Judges.STUDY),
            description=self.reader.text(values.get("description"), "description", MAX_HELP),
            sections=tuple(
                self.section(item) for item in self.reader.items(values.get("sections"), "sections")
            ),
        )

    def renamed(
        self, node: yaml.Node, values: dict[str, yaml.Node], key: str, words: Iterable[str]
    ) -> str:
        """The word of a key that had another name once, which is still read."""
        older = _OLDER[key]
        if key in values and older in values:
            self.reader.fault(values[older], f"“{older}” is the older name of “{key}”; keep one.")
        elif key not in values and older not in values:
            self.reader.fault(node, f"“{key}” is missing in a scheme; add it.")
        name = key if key in values else older
        return self.reader.word(values.get(name), name, words)

    def section(self, node: yaml.Node) -> Section:
        values = self.reader.fields(node, "a section", _SECTION)
        return Section(
            title=self.reader.text(values.get("title"), "title"),
            help=self.reader.text(values.get("help"), "help", MAX_HELP),
            questions=tuple(
                self.question(item)
                for item in self.reader.items(values.get("questions"), "questions")
            ),
        )

    def question(self, node: yaml.Node) -> Question:
        values = self.reader.fields(node, "a question", _QUESTION)
        kind = self.reader.word(values.get("kind"), "kind", QuestionKind)
        of = Of(self.reader.word(values.get("of"), "of", Of) or Of.STUDY)
        axis = self.reader.word(values.get("axis"), "axis", Axis)
        per_arm = self.reader.word(values.get("per"), "per", ("arm",)) == "arm"
        if per_arm and (axis or of is Of.FINDING):
            message = "Findings name their arms themselves; take “per” out of this question."
            self.reader.fault(values["per"], message)
        needs_reason = self.reader.word(values.get("note"), "note", ("required",)) == "required"
        if needs_reason and of is Of.FINDING:
            message = "Only a question about the whole study asks for its reason; take “note” out."
            self.reader.fault(values["note"], message)
        if kind:
            self.fits(node, QuestionKind(kind), values)
        least, most = (self.reader.number(values.get(key), key) for key in ("minimum", "maximum"))
        if least is not None and most is not None and least > most:
            self.reader.fault(node, "“minimum” is above “maximum”; correct one of them.")
        question = Question(
            id=self.id(values.get("id")),
            text=self.reader.text(values.get("text"), "text"),
            kind=QuestionKind(kind or QuestionKind.TEXT),
            short=self.reader.text(values.get("short"), "short"),
            help=self.reader.text(values.get("help"), "help", MAX_HELP),
            options=self.options(values.get("options"), kind, axis),
            required=self.yes(values, "required"),
            critical=self.yes(values, "critical"),
            when=self.condition(values.get("when"), of),
            axis=Axis(axis) if axis else None,
            of=of,
            per_arm=per_arm,
            needs_reason=needs_reason,
            unit=self.reader.text(values.get("unit"), "unit"),
            minimum=least,
            maximum=most,
        )
        question = replace(question, rule=self.rule(values.get("rule"), question))
        if question.id in self.questions:
            self.reader.fault(node, f"Another question has the id “{question.id}”; choose another.")
        if question.id:
            self.questions.setdefault(question.id, question)
        return question

    def fits(self, node: yaml.Node, kind: QuestionKind, values: dict[str, yaml.Node]) -> None:
        """Fault the keys that the kind of question cannot have, or lacks."""
        if kind in _WITH_OPTIONS and "options" not in values:
            self.reader.fault(node, f"A question of the kind “{kind}” needs options; list them.")
        if kind not in _WITH_OPTIONS:
            for key in ("options", "axis"):
                if key in values:
                    message = f"A question of the kind “{kind}” has no {key}; take them out."
                    self.reader.fault(values[key], message)
        if kind is not QuestionKind.ONE and "critical" in values:
            message = "Only a question `one of` is a critical item; take “critical” out."
            self.reader.fault(values["critical"], message)
        if kind is not QuestionKind.NUMBER:
            for key in ("unit", "minimum", "maximum"):
                if key in values:
                    self.reader.fault(values[key], f"Only a number has a {key}; take it out.")

    def options(self, node: yaml.Node | None, kind: str, axis: str) -> tuple[Option, ...]:
        own: dict[str, yaml.Node] = {}
        self.replaced = {}
        options = tuple(self.option(item, kind, own) for item in self.reader.items(node, "options"))
        ids_on_axis = self.on_axis.setdefault(Axis(axis), set()) if axis else set()
        for option_id, option in own.items():
            if option_id in ids_on_axis:
                message = f"“{option_id}” stands twice on the axis “{axis}”; choose another id."
                self.reader.fault(option, message)
        ids_on_axis.update(own)
        replaced = self.replaced
        if axis:
            replaced = self.replaced_on_axis.setdefault(Axis(axis), {})
            for option_id in replaced.keys() & self.replaced.keys():
                self.reader.fault(self.replaced[option_id], _REPLACED_TWICE.format(option_id))
            replaced.update(self.replaced)
        for option_id in replaced.keys() & (ids_on_axis | own.keys()):
            self.reader.fault(replaced[option_id], _REPLACED_STANDS.format(option_id))
        return options

    def option(self, node: yaml.Node, kind: str, own: dict[str, yaml.Node]) -> Option:
        values = self.reader.fields(node, "an option", _OPTION)
        option_id = self.id(values.get("id"))
        if option_id in own:
            message = f"Another option of this question has the id “{option_id}”; choose another."
            self.reader.fault(node, message)
        if option_id:
            own.setdefault(option_id, node)
        below = values.get("options")
        selectable = self.yes(values, "selectable", default="yes")
        role = self.reader.word(values.get("role"), "role", OptionRole)
        if not selectable and (below is None or role):
            self.reader.fault(
                values["selectable"],
                "Only a heading cannot be chosen: it has options below it, and no role.",
            )
        if below is not None and kind and kind != QuestionKind.TREE:
            self.reader.fault(below, "Options below options need `kind: tree`; change it.")
        return Option(
            id=option_id,
            label=self.reader.text(values.get("label"), "label"),
            help=self.reader.text(values.get("help"), "help", MAX_HELP),
            role=OptionRole(role) if role else None,
            selectable=selectable,
            link=self.link(values.get("link")),
            replaces=self.replaces(values.get("replaces")),
            options=tuple(
                self.option(item, kind, own) for item in self.reader.items(below, "options")
            ),
        )

    def replaces(self, node: yaml.Node | None) -> tuple[str, ...]:
        """The ids that an option replaces; what is wrong with them in the question is seen once all
        its options are read.
        """
        ids = tuple((self.id(item), item) for item in self.reader.items(node, "replaces"))
        for option_id, item in ids:
            if option_id in self.replaced:
                self.reader.fault(item, _REPLACED_TWICE.format(option_id))
            if option_id:
                self.replaced.setdefault(option_id, item)
        return tuple(option_id for option_id, _ in ids)

    def condition(self, node: yaml.Node | None, of: Of) -> Condition | None:
        if node is None:
            return None
        values = self.reader.fields(node, "a condition", _CONDITION)
        question_id = self.reader.text(values.get("question"), "question")
        axis = self.reader.word(values.get("axis"), "axis", Axis)
        codes = self.reader.items(values.get("any_of"), "any_of")
        any_of = tuple(self.reader.text(code, "any_of") for code in codes)
        if ("question" in values) == ("axis" in values):
            message = "A condition names either an earlier “question” or an “axis” of findings."
            self.reader.fault(node, message)
        elif question_id:
            for message in self.question_faults(question_id, any_of, of):
                self.reader.fault(node, message)
        elif axis:
            for message in self.axis_faults(Axis(axis), any_of, of):
                self.reader.fault(node, message)
        return Condition(question=question_id, any_of=any_of, axis=Axis(axis) if axis else None)

    def question_faults(self, question_id: str, any_of: tuple[str, ...], of: Of) -> Iterator[str]:
        earlier = self.questions.get(question_id)
        if earlier is None:
            yield f"No question above has the id “{question_id}”; correct it, or move that one up."
            return
        if of is Of.STUDY and earlier.of is Of.FINDING:
            yield f"“{question_id}” is asked of findings; a question of a study cannot wait for it."
        if earlier.per_arm:
            yield f"“{question_id}” is asked of each arm; no other question can wait for it."
        for code in any_of:
            if code and earlier.option(code) is None:
                yield f"“{code}” is not an option of “{question_id}”; name one of its options."

    def axis_faults(self, axis: Axis, any_of: tuple[str, ...], of: Of) -> Iterator[str]:
        if of is Of.STUDY:
            yield "Only a question about findings can wait for what a finding is on an axis."
        options = self.on_axis.get(axis, set())
        for code in any_of:
            if code and code not in options:
                yield f"“{code}” is not above on the axis “{axis}”; correct it, or move that up."

    def rule(self, node: yaml.Node | None, overall: Question) -> Rule | None:
        if node is None:
            return None
        values = self.reader.fields(node, "a rule", _RULE)
        take = self.reader.word(values.get("take"), "take", Take)
        items = self.reader.items(values.get("of"), "of")
        of = tuple(self.reader.text(item, "of") for item in items)
        if overall.kind is not QuestionKind.ONE or overall.of is Of.FINDING or overall.per_arm:
            message = "Only a question `one of` about the whole study has a rule; take it out."
            self.reader.fault(node, message)
        if len(set(of)) < len(of):
            self.reader.fault(node, "The rule names a question twice; name it once.")
        for message in self.rule_faults(of, overall):
            self.reader.fault(node, message)
        return Rule(take=Take(take), of=of) if take and of else None

    def rule_faults(self, of: tuple[str, ...], overall: Question) -> Iterator[str]:
        options = [option.id for option in overall.options]
        for question_id in filter(None, of):
            earlier = self.questions.get(question_id)
            if earlier is None:
                yield f"No question above has the id “{question_id}”; correct it, or move it up."
            elif (earlier.kind, earlier.of, earlier.per_arm) != (overall.kind, Of.STUDY, False):
                yield f"“{question_id}” is no question `one of` about the whole study; take it out."
            elif [option.id for option in earlier.options] != options:
                yield (
                    f"“{question_id}” has other options than this question; give both the same "
                    "ids, from best to worst."
                )

    def yes(self, values: dict[str, yaml.Node], key: str, default: str = "no") -> bool:
        return (self.reader.word(values.get(key), key, ("yes", "no")) or default) == "yes"

    def link(self, node: yaml.Node | None) -> str:
        written = self.reader.text(node, "link", MAX_LINK)
        if node is not None and written and not re.fullmatch(r"https?://[^\s]+", written):
            self.reader.fault(node, "A link begins with https:// or http:// and has no spaces.")
            return ""
        return written

    def id(self, node: yaml.Node | None) -> str:
        written = self.reader.text(node, "id")
        well_formed = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written)
        if node is not None and written and not (well_formed and len(written) <= MAX_ID):
            self.reader.fault(
                node,
                f"“{written[:MAX_ID]}” cannot be an id; use small letters, digits and single "
                f"hyphens, at most {MAX_ID}, such as `self-esteem`.",
            )
        return written
