"""What a map can have as rows, columns or colours, and what can be counted.

A dimension reads codes either from a study (its country) or from a finding (its outcome). Which of
the two it is decides how a map combines it: see crosstab.py.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, count

from evidence.coding.findings import Direction, Finding, Significance
from evidence.coding.scheme import Axis, Of, Option, OptionRole, Question, QuestionKind, Scheme
from evidence.synthesis.studies import CodedStudy


class Property(StrEnum):
    """What every finding says of itself, whatever the scheme."""

    DIRECTION = "direction"
    SIGNIFICANCE = "significance"


AXIS_TITLES = {
    Axis.INTERVENTION: "Intervention",
    Axis.OUTCOME: "Outcome",
    Axis.CONTRAST: "Type of contrast",
}
PROPERTY_TITLES = {
    Property.DIRECTION: "Direction of effect",
    Property.SIGNIFICANCE: "Reported significance",
}
PROPERTY_VALUES: dict[Property, tuple[Direction | Significance, ...]] = {
    Property.DIRECTION: tuple(Direction),
    Property.SIGNIFICANCE: tuple(Significance),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One row, column or colour.

    Attributes:
        depth: 0 at the top of a tree, 1 below it, and so on.
        above: the labels of the headings above, from the top.
        covers: the ids that count here: its own, and those of all options below it.
        help: its definition, as the scheme has it.
        role: what being here says of a study, beyond the words.
    """

    id: str
    label: str
    depth: int = 0
    above: tuple[str, ...] = ()
    covers: frozenset[str]
    help: str = ""
    role: OptionRole | None = None

    @property
    def path(self) -> str:
        """Its label behind those above it: `Health › Mental health`."""
        return " › ".join((*self.above, self.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One way to sort studies.

    Attributes:
        id: stable, for addresses and widgets: `axis:outcome`, `property:direction`,
            `question:country`.
        title: what stands above the list.
        of: whether the codes are read from the study or from each finding.
        axis: whose options these are, also where they are read from the study.
        in_overall: whether an overall judgement follows from it, among others; then the roles of
            its headings say nothing of the study as a whole.
        has_several: whether a study can have several of its codes, each on its own.
    """

    id: str
    title: str
    of: Of
    headings: tuple[Heading, ...]
    axis: Axis | None = None
    in_overall: bool = False
    has_several: bool = False

    def codes(self, study: CodedStudy, finding: Finding | None = None) -> frozenset[str]:
        """The codes of a study, or of one of its findings; empty where there is none."""
        kind, _, key = self.id.partition(":")
        if self.of is Of.STUDY:
            return study.codes.get(key, frozenset())
        if finding is None:
            return frozenset()
        if kind == "question":
            return frozenset(c for a in finding.answers if a.question == key for c in a.codes)
        code = _property(finding, Property(key)) if kind == "property" else finding.code(Axis(key))
        return frozenset({code} - {""})

    def to_depth(self, depth: int) -> "Dimension":
        """This dimension with only so many levels; what lies deeper counts in those above it."""
        headings = tuple(heading for heading in self.headings if heading.depth < depth)
        return replace(self, headings=headings)

    def unwrapped(self) -> "Dimension":
        """This dimension without a heading that stands alone at the top, with all others below it.

        Code sets of other tools have such headings; a map divided by one would not be divided.
        """
        tops = [heading for heading in self.headings if heading.depth == 0]
        if len(tops) != 1 or len(self.headings) == 1:
            return self
        headings = tuple(
            replace(heading, depth=heading.depth - 1, above=heading.above[1:])
            for heading in self.headings
            if heading.depth
        )
        return replace(self, headings=headings).unwrapped()

    def segments(self) -> "Dimension":
        """The headings that divide the cells of a map; by their tree they never overlap."""
        return self.unwrapped().to_depth(1)

    def labels(self) -> dict[str, str]:
        """A label for each heading id; no two are the same."""
        return distinct_labels(self.headings)


def distinct_labels(headings: Sequence[Heading]) -> dict[str, str]:
    """A label for each heading id in which no two are the same, fit for the head of a table.

    Where two headings share a label, the labels above them are put in front; where that is not
    enough, a number is added.
    """
    counts = Counter(heading.label for heading in headings)
    labels: dict[str, str] = {}
    used: set[str] = set()
    for heading in headings:
        path = (*heading.above, heading.label) if counts[heading.label] > 1 else (heading.label,)
        wanted = " › ".join(path)
        numbered = (f"{wanted} ({number})" for number in count(2))
        labels[heading.id] = next(
            label for label in chain((wanted,), numbered) if label not in used
        )
        used.add(labels[heading.id])
    return labels


def of_question(question: Question) -> Dimension:
    """The options of a question as a dimension.

    What is ticked for a study under a question that stands on an axis is not that axis: which
    intervention was followed by which outcome only findings say. So its title says what it is.
    """
    ticked = " (ticked for the study)" if question.axis and question.of is Of.STUDY else ""
    return Dimension(
        id=f"question:{question.id}",
        title=question.name + ticked,
        of=question.of,
        headings=_headings(question.options),
        axis=question.axis,
        has_several=question.kind in (QuestionKind.MANY, QuestionKind.TREE),
    )


def of_axis(scheme: Scheme, axis: Axis) -> Dimension:
    """An axis of findings: the options of every question that stands on it."""
    options = tuple(option for question in scheme.axis(axis) for option in question.options)
    return Dimension(
        id=f"axis:{axis.value}",
        title=AXIS_TITLES[axis],
        of=Of.FINDING,
        headings=_headings(options),
        axis=axis,
    )


def of_property(kind: Property) -> Dimension:
    """A property of findings."""
    return Dimension(
        id=f"property:{kind.value}",
        title=PROPERTY_TITLES[kind],
        of=Of.FINDING,
        headings=tuple(
            Heading(id=value.value, label=value.value.capitalize(), covers=frozenset({value.value}))
            for value in PROPERTY_VALUES[kind]
        ),
    )


def dimensions(scheme: Scheme) -> tuple[Dimension, ...]:
    """All that a scheme offers for a map: axes, properties of findings, questions with options.

    A question about findings that stands on an axis is offered as that axis only.
    """
    axes = tuple(of_axis(scheme, axis) for axis in Axis if scheme.axis(axis))
    rules = [question.rule for question in scheme.questions if question.rule]
    in_overall = {part for rule in rules for part in rule.of}
    questions = tuple(
        replace(of_question(question), in_overall=question.id in in_overall)
        for question in scheme.questions
        if question.options and not (question.axis and question.of is Of.FINDING)
    )
    properties = tuple(of_property(kind) for kind in Property) if axes else ()
    return (*axes, *properties, *questions)


def _property(finding: Finding, kind: Property) -> str:
    values = {Property.DIRECTION: finding.direction, Property.SIGNIFICANCE: finding.significance}
    return values[kind].value


def _headings(options: tuple[Option, ...], above: tuple[str, ...] = ()) -> tuple[Heading, ...]:
    return tuple(heading for option in options for heading in _branch(option, above))


def _branch(option: Option, above: tuple[str, ...]) -> Iterator[Heading]:
    yield Heading(
        id=option.id,
        label=option.label,
        depth=len(above),
        above=above,
        covers=frozenset(below.id for below in option.walk()),
        help=option.help,
        role=option.role,
    )
    yield from _headings(option.options, (*above, option.label))
