"""What a coding scheme is; read_scheme.py reads one from YAML (coding_schemes/README.md).

Ids never change once a scheme was used; labels and help may. The scheme's own id is its lineage:
files with one id are versions of one scheme.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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


class Purpose(StrEnum):
    """What a scheme is for."""

    SCREENING = "screening"
    CODING = "coding"
    APPRAISAL = "appraisal"
    PRACTICE = "practice"
    MONITORING = "monitoring"


OF_PRACTICE = frozenset({Purpose.PRACTICE, Purpose.MONITORING})
"""With which services tell of themselves."""


class Judges(StrEnum):
    """What one coding with a scheme is about."""

    STUDY = "study"
    FINDING = "finding"
    REVIEW = "review"
    PRACTICE = "practice"


class OptionRole(StrEnum):
    """What choosing an option says to a map, a table of evidence or an effect size."""

    PRIMARY_STUDY = "primary study"
    REVIEW = "review"
    ONGOING = "ongoing"
    LOW_WEIGHT = "low weight"
    HIGH_QUALITY = "high quality"
    SOME_CONCERNS = "some concerns"
    LOW_QUALITY = "low quality"
    NO_INFORMATION = "no information"
    MET = "met"  # an item of a checklist; it says nothing of the study as a whole
    PARTLY_MET = "partly met"
    NOT_MET = "not met"
    NOT_APPLICABLE = "not applicable"
    ONE_GROUP = "one group"  # a contrast before and after; formulas for two groups are wrong for it


class Take(StrEnum):
    """Which of several judgements an overall one takes; the best option is listed first."""

    LOWEST = "lowest"
    MEDIAN = "median"  # between two options, the worse
    MEDIAN_UP_TO_FIRST = "median up to first"  # and never better than the first judgement
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One code that can be chosen.

    Attributes:
        role: what choosing it says of the study, beyond its words.
        selectable: False for a heading, which groups the options below it and takes notes only.
        link: an address that explains it.
        replaces: ids of options of earlier versions that were merged into it. Answers keep the
            code that they were given, and count as this one.
    """

    id: str
    label: str
    help: str = ""
    role: OptionRole | None = None
    selectable: bool = True
    link: str = ""
    replaces: tuple[str, ...] = ()
    options: tuple["Option", ...] = ()

    def walk(self) -> Iterator["Option"]:
        """This option and all below it, in reading order."""
        yield self
        for option in self.options:
            yield from option.walk()


YES_AND_NO = (Option(id="yes", label="Yes"), Option(id="no", label="No"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Ask only where one of these options was chosen.

    Attributes:
        question: the earlier question whose options these are; "" where `axis` is set.
        axis: for a question about findings: the options are looked for in the finding itself, on
            this axis.
    """

    question: str
    any_of: tuple[str, ...]
    axis: Axis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How an overall judgement follows from others; overall_judgement.py works it out.

    Attributes:
        of: earlier questions with the same options.
    """

    take: Take
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a scheme.

    Attributes:
        short: what stands beside a chart or at a column; `name` falls back on the text.
        options: for ONE, MANY and TREE; YES_NO has the options `yes` and `no` of itself.
        unit: of a NUMBER, as people write it ("people", "months").
        minimum, maximum: of a NUMBER; what lies outside is reported as a slip.
        axis: set where the options are the interventions, outcomes or contrasts of findings.
        per_arm: asked once of each arm of the study; in a scheme that judges findings, of each
            finding that is judged.
        critical: an item of a checklist whose weakness alone lowers the confidence in a review.
        needs_reason: an answer needs its reason in the note before the coding is complete.
        rule: of an overall judgement, how it follows from others.
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
    per_arm: bool = False
    needs_reason: bool = False
    critical: bool = False
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    rule: Rule | None = None
    _now: Mapping[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_id: Mapping[str, Option] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.kind is QuestionKind.YES_NO:
            object.__setattr__(self, "options", YES_AND_NO)
        now = {older: option.id for option in self.walk() for older in option.replaces}
        object.__setattr__(self, "_now", now)
        by_id = {option.id: option for option in reversed(tuple(self.walk()))}
        object.__setattr__(self, "_by_id", by_id)

    @property
    def name(self) -> str:
        """A short name, as for a column."""
        return self.short or self.text

    def walk(self) -> Iterator[Option]:
        """All options, those below others included, in reading order."""
        for option in self.options:
            yield from option.walk()

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if the question has it."""
        return self._by_id.get(option_id)

    def label(self, option_id: str) -> str:
        """The label of an option; its id where the scheme no longer has it."""
        found = self.option(option_id)
        return found.label if found is not None else option_id

    def code_now(self, option_id: str) -> str:
        """The option that an answer counts as: the one that replaces it, or itself."""
        return self._now.get(option_id, option_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions under one heading."""

    title: str
    questions: tuple[Question, ...]
    help: str = ""


def _of_each(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Questions of a scheme that judges findings: each is asked of each judged finding, but for
    those of findings that are coded with the scheme itself.
    """
    return tuple(
        one if one.per_arm or one.axis or one.of is Of.FINDING else replace(one, per_arm=True)
        for one in questions
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A whole coding scheme.

    Attributes:
        judges: what one coding is about. Where that is findings, all questions about the study are
            asked once of each finding that is judged, as others are of each arm.
        id: of its lineage: all versions of the scheme have it.
        version: as the file says it; two files with one version may differ.
    """

    id: str
    title: str
    version: str
    purpose: Purpose
    judges: Judges
    sections: tuple[Section, ...]
    description: str = ""
    _by_id: Mapping[str, Question] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.judges is Judges.FINDING:
            each = tuple(replace(one, questions=_of_each(one.questions)) for one in self.sections)
            object.__setattr__(self, "sections", each)
        by_id = {question.id: question for question in reversed(self.questions)}
        object.__setattr__(self, "_by_id", by_id)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in reading order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if the scheme has it."""
        return self._by_id.get(question_id)

    @property
    def is_about_services(self) -> bool:
        """Whether its questions are asked about services rather than studies."""
        return self.purpose in OF_PRACTICE or self.judges is Judges.PRACTICE

    @property
    def assesses_services(self) -> bool:
        """Whether somebody judges services with it, rather than services telling of themselves."""
        return self.is_about_services and self.purpose not in OF_PRACTICE

    @property
    def is_questionnaire(self) -> bool:
        """Whether services say with it what they do; scales and quarters have other purposes."""
        return self.purpose is Purpose.PRACTICE

    @property
    def judges_findings(self) -> bool:
        """Whether its questions are asked of findings that were coded with another scheme."""
        return self.judges is Judges.FINDING

    def axis(self, axis: Axis) -> tuple[Question, ...]:
        """The questions whose options stand on an axis of findings."""
        return tuple(question for question in self.questions if question.axis is axis)

    def axis_option(self, axis: Axis, option_id: str) -> Option | None:
        """The option of an axis that an id stands for, also where it was merged into another;
        option ids are unique along an axis.
        """
        now = self.axis_code_now(axis, option_id)
        options = (option for question in self.axis(axis) for option in question.walk())
        return next((option for option in options if option.id == now), None)

    def axis_code_now(self, axis: Axis, option_id: str) -> str:
        """The option that a finding counts as on an axis: the one that replaces it, or itself."""
        counts_as = (question.code_now(option_id) for question in self.axis(axis))
        return next((code for code in counts_as if code != option_id), option_id)
