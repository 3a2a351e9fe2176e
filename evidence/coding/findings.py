"""A finding: one outcome of one contrast in one study, as it is coded.

The direction of the point estimate and the reported significance are kept apart, because "no
significant difference" says nothing about the direction (Cochrane Handbook 12.2.1.3).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.coding.answers import (
    Answer,
    answer_to,
    faults_in,
    is_any_chosen,
    is_applicable,
)
from evidence.coding.effects.reported import Reported
from evidence.coding.scheme import Axis, Of, Question, Scheme


class Direction(StrEnum):
    """Where the point estimate lies, seen from the people's benefit (fewer symptoms is better)."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE = "no change"  # the report gives estimates, and they are the same
    MIXED = "mixed"  # better and worse within what was coded as one finding
    NOT_STATED = "not stated"  # for example "no difference", without estimates


class Benefit(StrEnum):
    """What is better for people: more of the outcome (quality of life), or less (symptoms)."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


class Significance(StrEnum):
    """What the report says of statistical significance, whatever its threshold."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not significant"
    NOT_REPORTED = "not reported"


class Reporting(StrEnum):
    """How far the report gives the result of what it measured."""

    REPORTED = "reported"
    PARTLY = "partly"
    MEASURED_ONLY = "measured only"  # kept, else a blank looks like a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        intervention: option id on the axis of interventions.
        outcome: option id on the axis of outcomes.
        contrast: option id on the axis of contrasts; contrasts are never pooled across types.
        reporting: whether the result is reported, or only that it was measured.
        measure: the instrument or what was counted.
        time: when it was measured, as the report says.
        n_intervention: people analysed in the intervention group.
        arm: uid of the study's arm that had the intervention; empty where none is named.
        people_typed: people of the intervention group as typed, where `n_intervention` does not
            hold them: with the numbers, or in words that are no number.
        quotation: the words of the report that the coding rests on.
        benefit: what is better for people, where somebody said.
        reported: the numbers from which effects may be computed (effects.compute), before signs are
            turned for the benefit. None also where formulas for two groups would be used for one
            group. An effect may still be refused, as where the SD is not known.
        answers: to the scheme's questions about findings that stand on no axis, such as the site
            or subgroup.
    """

    intervention: str
    outcome: str
    contrast: str
    direction: Direction
    significance: Significance = Significance.NOT_REPORTED
    reporting: Reporting = Reporting.REPORTED
    measure: str = ""
    time: str = ""
    n_intervention: int | None = None
    n_comparison: int | None = None
    arm: str = ""
    people_typed: str = ""
    quotation: str = ""
    note: str = ""
    answers: tuple[Answer, ...] = ()
    benefit: Benefit | None = None
    reported: Reported | None = None

    def code(self, axis: Axis) -> str:
        """The option id on this axis."""
        codes = {
            Axis.INTERVENTION: self.intervention,
            Axis.OUTCOME: self.outcome,
            Axis.CONTRAST: self.contrast,
        }
        return codes[axis]


def finding_questions(
    finding: Finding, scheme: Scheme, study: Sequence[Answer] = ()
) -> tuple[Question, ...]:
    """The questions to ask about a finding beside its three axes, in reading order.

    Args:
        finding: as coded so far.
        scheme: of the review.
        study: the answers about the study, on which questions about findings may depend.
    """
    axes = tuple(
        Answer(question=question.id, codes=(finding.code(axis),))
        for axis in Axis
        for question in scheme.axis(axis)
        if question.of is Of.FINDING
    )
    answers = (*study, *finding.answers, *axes)
    return tuple(
        question
        for question in scheme.questions
        if question.of is Of.FINDING and question.axis is None
        if _is_asked(question, finding, scheme, answers)
    )


def _is_asked(
    question: Question, finding: Finding, scheme: Scheme, answers: Sequence[Answer]
) -> bool:
    """Whether a question applies to a finding, and so do the questions it waits for."""
    when = question.when
    if when is None:
        return True
    if when.axis is not None:
        options = (option for each in scheme.axis(when.axis) for option in each.options)
        return is_any_chosen(options, when.any_of, (finding.code(when.axis),))
    earlier = scheme.question(when.question)
    if earlier is None:
        return False
    if earlier.of is Of.STUDY:
        return is_applicable(question, scheme, answers)
    codes = answer_to(earlier.id, answers).codes
    return _is_asked(earlier, finding, scheme, answers) and is_any_chosen(
        earlier.options, when.any_of, codes
    )


def finding_faults(
    finding: Finding, scheme: Scheme, study: Sequence[Answer] = ()
) -> tuple[str, ...]:
    """What is wrong with a finding, in plain words; `study` has the answers about the study."""
    faults = [
        *_axis_faults(finding, scheme),
        *_count_faults(finding),
        *faults_in(scheme, finding.answers, Of.FINDING),
    ]
    faults.extend(
        f"“{question.text}” has no answer yet."
        for question in finding_questions(finding, scheme, study)
        if question.required and not answer_to(question.id, finding.answers).is_answered
    )
    return tuple(faults)


def hints(
    scheme: Scheme, answers: Sequence[Answer], findings: Sequence[Finding]
) -> tuple[str, ...]:
    """What does not fit together in a coding; worth a look, but not necessarily wrong."""
    return (
        *_not_applicable(scheme, answers),
        *_named_but_not_ticked(scheme, answers, findings),
        *_ticked_but_not_named(scheme, answers, findings),
        *_twice(scheme, findings),
    )


def _axis_faults(finding: Finding, scheme: Scheme) -> Iterator[str]:
    for axis in Axis:
        code = finding.code(axis)
        if not code and not scheme.axis(axis):
            continue
        if not code:
            yield f"The {axis.value} is not chosen yet."
        elif scheme.axis_option(axis, code) is None:
            yield f"“{code}” is not on the scheme's list of {axis.value}s; choose one that is."


def _count_faults(finding: Finding) -> Iterator[str]:
    groups = {"intervention": finding.n_intervention, "comparison": finding.n_comparison}
    for group, people in groups.items():
        if people is not None and people < 0:
            yield (
                f"{people} people in the {group} group is less than none; "
                "leave it empty where the report does not say."
            )


def _not_applicable(scheme: Scheme, answers: Sequence[Answer]) -> Iterator[str]:
    for answer in answers:
        question = scheme.question(answer.question)
        if question and answer.is_answered and not is_applicable(question, scheme, answers):
            yield f"“{question.text}” has an answer but is no longer asked; it does not count."


def _named_but_not_ticked(
    scheme: Scheme, answers: Sequence[Answer], findings: Sequence[Finding]
) -> Iterator[str]:
    for axis, question in _axes_of_the_study(scheme):
        ticked = answer_to(question.id, answers).codes
        for code in _named(axis, question, findings):
            if not any(_related(question, code, other) for other in ticked):
                label = question.label(code)
                yield f"Findings name {label}, which is not ticked under “{question.text}”."


def _ticked_but_not_named(
    scheme: Scheme, answers: Sequence[Answer], findings: Sequence[Finding]
) -> Iterator[str]:
    """Said once findings are being coded; before that it would only repeat the form."""
    for axis, question in _axes_of_the_study(scheme) if findings else ():
        named = _named(axis, question, findings)
        alone = [
            question.label(code)
            for code in answer_to(question.id, answers).codes
            if not any(_related(question, code, other) for other in named)
        ]
        if alone:
            listed = ", ".join(alone)
            yield f"Ticked under “{question.text}” but in no finding, so not on the map: {listed}."


def _twice(scheme: Scheme, findings: Sequence[Finding]) -> Iterator[str]:
    """Two findings that say the same of the same would be two votes."""
    counted = Counter(
        (f.intervention, f.outcome, f.contrast, f.measure, f.time, f.answers) for f in findings
    )
    for (_, outcome, *_), count in counted.items():
        if count > 1:
            option = scheme.axis_option(Axis.OUTCOME, outcome)
            label = option.label if option else outcome
            yield (
                f"{count} findings on {label} have the same intervention, contrast, measure and "
                "time; if they are one, keep one."
            )


def _axes_of_the_study(scheme: Scheme) -> tuple[tuple[Axis, Question], ...]:
    return tuple((axis, q) for axis in Axis for q in scheme.axis(axis) if q.of is Of.STUDY)


def _named(axis: Axis, question: Question, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The question's options that findings name on the axis, in reading order."""
    codes = {finding.code(axis) for finding in findings}
    return tuple(option.id for option in question.walk() if option.id in codes)


def _related(question: Question, option_id: str, other_id: str) -> bool:
    """Whether two options are the same, or one stands below the other."""
    pair = {option_id, other_id}
    return any(
        option.id in pair and pair <= {below.id for below in option.walk()}
        for option in question.walk()
    )
