"""What a coding scheme is; read_scheme.py reads one from YAML (coding_schemes/README.md).

Ids never change once a scheme was used; labels and help may.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE = "one of"
    MANY = "many of"
    TREE = "tree"  # many of, with options below options
    YES_NO = "yes/no"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


class Axis(StrEnum):
    """What the options of a question are to a finding."""

    INTERVENTION = "intervention"
    OUTCOME = "outcome"
    CONTRAST = "contrast"


class Of(StrEnum):
    """What a question is asked about."""

    STUDY = "study"
    FINDING = "finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One code that can be chosen."""

    id: str
    label: str
    help: str = ""
    options: tuple["Option", ...] = ()

    def walk(self) -> Iterator["Option"]:
        """This option and all below it, in reading order."""
        yield self
        for option in self.options:
            yield from option.walk()


YES_AND_NO = (Option(id="yes", label="Yes"), Option(id="no", label="No"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Ask only when an earlier question was answered with one of these options."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a scheme.

    Attributes:
        short: what stands beside a chart or at a column; `name` falls back on the text.
        options: for ONE, MANY and TREE; YES_NO has the options `yes` and `no` of itself.
        unit: of a NUMBER, as people write it ("people", "months").
        minimum, maximum: of a NUMBER; what lies outside is reported as a slip.
        axis: set where the options are the interventions, outcomes or contrasts of findings.
    """

    id: str
    text: str
    kind: QuestionKind
    short: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    when: Condition | None = None
    axis: Axis | None = None
    of: Of = Of.STUDY
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        if self.kind is QuestionKind.YES_NO:
            object.__setattr__(self, "options", YES_AND_NO)

    @property
    def name(self) -> str:
        """A short name, as for a column."""
        return self.short or self.text

    def walk(self) -> Iterator[Option]:
        """All options, those below others included, in reading order."""
        for option in self.options:
            yield from option.walk()

    def label(self, option_id: str) -> str:
        """The label of an option; its id where the scheme no longer has it."""
        return next((o.label for o in self.walk() if o.id == option_id), option_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions under one heading."""

    title: str
    questions: tuple[Question, ...]
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A whole coding scheme.

    Attributes:
        kind: screening, coding, appraisal or monitoring.
        applies_to: study or practice.
    """

    id: str
    title: str
    version: str
    kind: str
    applies_to: str
    sections: tuple[Section, ...]
    description: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in reading order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if the scheme has it."""
        return next((q for q in self.questions if q.id == question_id), None)

    def axis(self, axis: Axis) -> tuple[Question, ...]:
        """The questions whose options stand on an axis of findings."""
        return tuple(question for question in self.questions if question.axis is axis)

    def axis_option(self, axis: Axis, option_id: str) -> Option | None:
        """The option of an axis with this id; option ids are unique along an axis."""
        options = (option for question in self.axis(axis) for option in question.walk())
        return next((option for option in options if option.id == option_id), None)
