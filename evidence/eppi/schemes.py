"""Code sets as coding schemes: which question and option stand for which code.

Each code at the top that has codes below it is a question; a run of other codes at the top is one
question of the set's name. So a scheme depends on its set alone, and two coders' exports of one set
give the same scheme. Codes that outcomes name are on the axes of findings as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType

from evidence.coding.read_scheme import MAX_ID, MAX_LINK
from evidence.coding.scheme import (
    Axis,
    Judges,
    Of,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.coding.write_scheme import as_yaml
from evidence.coding.yaml_reader import MAX_CHARACTERS, MAX_HELP, MAX_LABEL
from evidence.eppi.account import Ledger
from evidence.eppi.export import Code, CodeSet, CodeType, SetType

AXES = MappingProxyType(
    {
        Axis.INTERVENTION: CodeType.INTERVENTION,
        Axis.OUTCOME: CodeType.OUTCOME,
        Axis.CONTRAST: CodeType.COMPARISON,
    }
)
"""Which codes of EPPI-Reviewer stand on which axis of findings."""

AXIS_QUESTIONS = MappingProxyType({axis: f"finding-{axis.value}" for axis in Axis})
CLASSIFICATION = "outcome-classification"
"""Ids of the questions about findings."""

PREFIXES = MappingProxyType({CodeType.INCLUDE: "include-", CodeType.EXCLUDE: "exclude-"})
USUAL_PREFIX = "eppi-"
"""How the ids of options begin; EPPI's number of the code follows."""

TOP = "top-"
RUN = "codes"
"""How the ids of questions begin: of a code with codes below it, and of a run of codes."""

SET = "eppi-set-"
_TEXTS = {
    Axis.INTERVENTION: "Which intervention is it about?",
    Axis.OUTCOME: "Which outcome is it about?",
    Axis.CONTRAST: "What is it compared with?",
}
_SHORTER = (1000, 200, 50)
"""To how many characters descriptions are cut where a set's are too long together."""
_LINK = re.compile(r"https?://[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePlace:
    """Where a code stands in a scheme.

    Attributes:
        option: "" for a heading at the top, which the question itself stands for.
    """

    scheme: str
    question: str
    option: str
    type: CodeType


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenSets:
    """Code sets as schemes.

    Attributes:
        places: by the ids of codes.
    """

    schemes: tuple[Scheme, ...]
    places: Mapping[int, CodePlace]


def as_schemes(sets: Sequence[CodeSet], ledger: Ledger) -> TakenSets:
    """The schemes that code sets are."""
    taking = _Taking(ledger)
    schemes = tuple(taking.scheme(each) for each in sets)
    return TakenSets(schemes=schemes, places=taking.places)


@dataclass(slots=True)
class _Taking:
    ledger: Ledger
    places: dict[int, CodePlace] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def scheme(self, code_set: CodeSet) -> Scheme:
        """The scheme of a set; if its descriptions are too long for one file, they are cut."""
        place = f"set “{code_set.name}”"
        if code_set.type is SetType.ADMINISTRATION:
            sentence = "A set for administration is a coding scheme like others here."
            self.ledger.repair(place, sentence)
        scheme_id = self._scheme_id(code_set)
        for longest in (MAX_HELP, *_SHORTER):
            own = _OneSet(Ledger(), place, scheme_id, longest)
            scheme = _scheme(own, code_set)
            if len(as_yaml(scheme)) <= MAX_CHARACTERS:
                break
        self.ledger.add(own.ledger)
        self.places.update(own.places)
        return scheme

    def _scheme_id(self, code_set: CodeSet) -> str:
        wanted = f"{SET}{code_set.id}" if code_set.id else _slug(code_set.name)
        number, made = 1, wanted
        while made in self.ids:
            number += 1
            made = f"{wanted}-{number}"
        self.ids.add(made)
        return made


def _scheme(own: "_OneSet", code_set: CodeSet) -> Scheme:
    title, description = own.texts(code_set.name, code_set.description, own.set_place)
    is_screening = code_set.type is SetType.SCREENING
    return Scheme(
        id=own.scheme,
        title=title,
        version="1",
        purpose=Purpose.SCREENING if is_screening else Purpose.CODING,
        judges=Judges.STUDY,
        description=description,
        sections=_sections(title, own.questions(code_set, title)),
    )


@dataclass(slots=True)
class _OneSet:
    ledger: Ledger
    set_place: str
    scheme: str
    longest: int  # characters of a description
    places: dict[int, CodePlace] = field(default_factory=dict)

    def questions(self, code_set: CodeSet, title: str) -> tuple[Question, ...]:
        return (
            *self.about_studies(code_set, title),
            *self.on_axes(code_set),
            *self.classification(code_set),
        )

    def about_studies(self, code_set: CodeSet, title: str) -> Iterator[Question]:
        numbered = list(enumerate(code_set.codes, 1))
        before = ""
        for has_below, group in groupby(numbered, key=lambda each: bool(each[1].codes)):
            members = list(group)
            if has_below:
                for number, code in members:
                    yield self.of_top(code, str(number))
            else:
                question = f"{RUN}-after-{before}" if before else RUN
                options = tuple(self.option(c, str(number), question) for number, c in members)
                yield _question(question, title, options)
            before = _number_of(members[-1][1], str(members[-1][0]))

    def of_top(self, code: Code, path: str) -> Question:
        """A code at the top; where it cannot be ticked, the question itself stands for it."""
        question = f"{TOP}{_number_of(code, path)}"
        if code.type is not CodeType.NOT_SELECTABLE:
            text, _ = self.texts(code.name, "", self.set_place, tell=False)
            return _question(question, text, (self.option(code, path, question),))
        text, explained = self.texts(code.name, self.explained(code), self.set_place)
        if code.id is not None:
            place = CodePlace(scheme=self.scheme, question=question, option="", type=code.type)
            self.places[code.id] = place
        below = self.options(code.codes, path, question)
        return _question(question, text, below, explained)

    def options(self, codes: Sequence[Code], path: str, question: str) -> tuple[Option, ...]:
        return tuple(
            self.option(code, f"{path}-{number}", question) for number, code in enumerate(codes, 1)
        )

    def option(self, code: Code, path: str, question: str) -> Option:
        option_id = option_id_of(code, path)
        if code.id is not None:
            place = CodePlace(
                scheme=self.scheme, question=question, option=option_id, type=code.type
            )
            self.places[code.id] = place
        here = f"{self.set_place}, code “{code.name}”"
        is_selectable = code.type is not CodeType.NOT_SELECTABLE
        if not is_selectable and not code.codes:
            sentence = "A code that cannot be ticked has no codes below it; here it can be ticked."
            self.ledger.repair(here, sentence)
        label, explained = self.texts(code.name, self.explained(code), here)
        return Option(
            id=option_id,
            label=label,
            help=explained,
            selectable=is_selectable or not code.codes,
            link=code.link if _is_link(code.link) else "",
            options=self.options(code.codes, path, question),
        )

    def on_axes(self, code_set: CodeSet) -> Iterator[Question]:
        for axis, kind in AXES.items():
            options = tuple(self.typed(code_set.codes, kind, ""))
            if options:
                yield _question(AXIS_QUESTIONS[axis], _TEXTS[axis], options, axis=axis)

    def classification(self, code_set: CodeSet) -> Iterator[Question]:
        options = tuple(self.typed(code_set.codes, CodeType.CLASSIFICATION, ""))
        if options:
            yield _question(CLASSIFICATION, "How is the outcome classified?", options)

    def typed(self, codes: Sequence[Code], kind: CodeType, path: str) -> Iterator[Option]:
        """Codes of a kind, one below another where they stand so."""
        for number, code in enumerate(codes, 1):
            own = f"{path}-{number}" if path else str(number)
            below = tuple(self.typed(code.codes, kind, own))
            if code.type is not kind:
                yield from below
                continue
            here = f"{self.set_place}, code “{code.name}”"
            label, explained = self.texts(code.name, self.explained(code), here, tell=False)
            link = code.link if _is_link(code.link) else ""
            option_id = option_id_of(code, own)
            yield Option(id=option_id, label=label, help=explained, link=link, options=below)

    def explained(self, code: Code) -> str:
        """The description; an address that is no link stands with it."""
        if not code.link or _is_link(code.link):
            return code.description
        return "\n".join(filter(None, (code.description, code.link)))

    def texts(
        self, name: str, description: str, place: str, *, tell: bool = True
    ) -> tuple[str, str]:
        """A label and what explains it, as long as they may be."""
        label = " ".join(name.split())
        explained = description.replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(label) > MAX_LABEL:
            if tell:
                sentence = f"A name longer than {MAX_LABEL} characters stands in the help as well."
                self.ledger.repair(place, sentence)
            explained = "\n".join(filter(None, (label, explained)))
            label = f"{label[: MAX_LABEL - 1].rstrip()}…"
        if len(explained) > self.longest:
            if tell:
                sentence = f"A description was cut after {self.longest:,} characters."
                self.ledger.repair(place, sentence)
            explained = explained[: self.longest - 1].rstrip() + "…"
        return label, explained


def option_id_of(code: Code, path: str) -> str:
    """The id of the option that stands for a code.

    Args:
        code: the code.
        path: its place in the set, for codes without a number: `2-1` is the first below the second.
    """
    if code.id is None:
        return f"at-{path}"
    return f"{PREFIXES.get(code.type, USUAL_PREFIX)}{code.id}"


def _number_of(code: Code, path: str) -> str:
    return f"at-{path}" if code.id is None else str(code.id)


def _question(
    question: str,
    text: str,
    options: tuple[Option, ...],
    explained: str = "",
    axis: Axis | None = None,
) -> Question:
    is_of_finding = axis is not None or question == CLASSIFICATION
    is_flat = not any(option.options for option in options)
    return Question(
        id=question,
        text=text,
        kind=QuestionKind.MANY if is_flat else QuestionKind.TREE,
        help=explained,
        options=options,
        axis=axis,
        of=Of.FINDING if is_of_finding else Of.STUDY,
    )


def _sections(title: str, questions: Iterable[Question]) -> tuple[Section, ...]:
    groups = ((Of.STUDY, title), (Of.FINDING, "Findings"))
    listed = tuple(questions)
    return tuple(
        Section(title=name, questions=tuple(q for q in listed if q.of is of))
        for of, name in groups
        if any(question.of is of for question in listed)
    )


def _is_link(text: str) -> bool:
    return len(text) <= MAX_LINK and _LINK.fullmatch(text) is not None


def _slug(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: MAX_ID - 12].strip("-")
    return f"eppi-{words or 'set'}"
