"""How far each study of a map goes: it stays, goes on to the in-depth review, and is sound or not.

Inclusion in the in-depth review and soundness are two things with a rule each; people can overrule
either for one study, with a reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.stages.stage_rule import (
    NO_RULE,
    Outcome,
    Questions,
    StageRule,
    StudyCheck,
    check,
    in_words,
)
from evidence.synthesis.studies import CodedStudy

QUESTION = "review-stage"
"""Under which studies have their stage among their codes."""
OVERRULED = "By a person's decision"


class ReviewStage(StrEnum):
    """The stages behind the map; the codes stand in databases and never change."""

    IN_DEPTH = "in-depth"
    SOUND = "sound"


STAGE_NAMES = {ReviewStage.IN_DEPTH: "In-depth review", ReviewStage.SOUND: "Quality gate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruling:
    """That somebody let a study go on, or stay, whatever the rule says.

    Attributes:
        person, day: who decided, and when, as it is printed.
    """

    study_id: int
    stage: ReviewStage
    outcome: Outcome
    reason: str
    person: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRules:
    """The rules of a review, and where people overruled them."""

    in_depth: StageRule = NO_RULE
    sound: StageRule = NO_RULE
    overrulings: tuple[Overruling, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether the review has a stage behind its map."""
        return self.in_depth.is_set or self.sound.is_set

    def rule(self, stage: ReviewStage) -> StageRule:
        """The rule of a stage."""
        return self.in_depth if stage is ReviewStage.IN_DEPTH else self.sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What became of a study at a stage.

    Attributes:
        by_rule: what the rule says of it.
        overruling: of it, where a person decided otherwise.
    """

    by_rule: StudyCheck
    overruling: Overruling | None = None

    @property
    def outcome(self) -> Outcome:
        """What holds."""
        return self.overruling.outcome if self.overruling else self.by_rule.outcome

    @property
    def reason(self) -> str:
        """Why the study does not go on, as it is counted; empty where it does."""
        if self.outcome is Outcome.GOES_ON:
            return ""
        return OVERRULED if self.overruling else self.by_rule.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyStage:
    """One study at the stages.

    Attributes:
        in_depth: whether it goes on to the in-depth review.
        sound: whether it passes the quality gate; None where it does not come to it.
    """

    study_id: int
    label: str
    in_depth: Gate
    sound: Gate | None

    def gate(self, stage: ReviewStage) -> Gate | None:
        """The gate of a stage; None where the study does not come to it."""
        return self.in_depth if stage is ReviewStage.IN_DEPTH else self.sound

    @property
    def code(self) -> str:
        """Its place among the headings of the dimension of stages."""
        if self.in_depth.outcome is not Outcome.GOES_ON:
            return "stays" if self.in_depth.outcome is Outcome.STAYS else "untold"
        return IN_DEPTH_CODE if self.sound is None else _SOUND_CODES[self.sound.outcome]


IN_DEPTH_CODE = ReviewStage.IN_DEPTH.value
SOUND_CODE = ReviewStage.SOUND.value
_SOUND_CODES = {
    Outcome.GOES_ON: SOUND_CODE,
    Outcome.STAYS: "not-sound",
    Outcome.UNTOLD: "soundness-untold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCount:
    """A stage in numbers.

    Attributes:
        passed: studies that go on.
        stopped: why the others do not, with how many studies each; a study has one reason.
        untold: studies of which it cannot be told yet, by what is missing.
    """

    passed: int
    stopped: tuple[tuple[str, int], ...]
    untold: tuple[tuple[str, int], ...] = ()

    @property
    def not_passed(self) -> int:
        """All that do not go on, or not yet."""
        return sum(number for _, number in (*self.stopped, *self.untold))


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCounts:
    """The stages behind a map in numbers; None for a stage that has no rule."""

    in_depth: GateCount | None = None
    sound: GateCount | None = None


NO_STAGES = StageCounts()
"""Of a review without a rule for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyStages:
    """All studies of a map at the stages behind it.

    Attributes:
        rules: by which they go on.
        words: the rule of each stage that has one, as people read it.
    """

    rules: StageRules
    words: Mapping[ReviewStage, str]
    studies: tuple[StudyStage, ...]

    def at(self, stage: ReviewStage, outcome: Outcome, reason: str = "") -> tuple[StudyStage, ...]:
        """The studies that came to this at a stage, for one reason where one is named."""
        return tuple(
            study
            for study in self.studies
            if (gate := study.gate(stage)) is not None
            and gate.outcome is outcome
            and reason in {"", gate.reason}
        )

    @property
    def counts(self) -> StageCounts:
        """In numbers, for the flow diagram."""
        counts = {
            stage: self._count(stage) if self.rules.rule(stage).is_set else None
            for stage in ReviewStage
        }
        return StageCounts(in_depth=counts[ReviewStage.IN_DEPTH], sound=counts[ReviewStage.SOUND])

    def _count(self, stage: ReviewStage) -> GateCount:
        return GateCount(
            passed=len(self.at(stage, Outcome.GOES_ON)),
            stopped=_by_reason(self.at(stage, Outcome.STAYS), stage),
            untold=_by_reason(self.at(stage, Outcome.UNTOLD), stage),
        )


def study_stages(
    rules: StageRules, questions: Questions, studies: Iterable[tuple[int, str]]
) -> StudyStages:
    """Ask the rules about studies.

    Args:
        rules: of the review.
        questions: on which conditions can be.
        studies: ids and labels of all that are in the map, or will be once they are coded.
    """
    overruled = {(each.stage, each.study_id): each for each in rules.overrulings}
    found = []
    for study_id, label in studies:
        in_depth, sound = (
            Gate(
                by_rule=check(rules.rule(stage), questions, study_id),
                overruling=overruled.get((stage, study_id)) if rules.rule(stage).is_set else None,
            )
            for stage in ReviewStage
        )
        comes_to_it = in_depth.outcome is Outcome.GOES_ON and rules.sound.is_set
        found.append(
            StudyStage(
                study_id=study_id,
                label=label,
                in_depth=in_depth,
                sound=sound if comes_to_it else None,
            )
        )
    words = {
        stage: in_words(rules.rule(stage), questions)
        for stage in ReviewStage
        if rules.rule(stage).is_set
    }
    return StudyStages(rules=rules, words=words, studies=tuple(found))


def stage_dimension(stages: StudyStages) -> Dimension:
    """The stages as a question that maps, counts and reports can be sorted by."""
    rules = stages.rules
    below = (
        (SOUND_CODE, "Sound"),
        ("not-sound", "Not sound"),
        ("soundness-untold", "Soundness cannot be told yet"),
    )
    parts = below if rules.sound.is_set else ()
    covers = frozenset({IN_DEPTH_CODE, *(code for code, _ in parts)})
    name = STAGE_NAMES[ReviewStage.IN_DEPTH] if rules.in_depth.is_set else "All in the map"
    others = (("stays", "Stays in the map"), ("untold", "Cannot be told yet"))
    return Dimension(
        id=f"question:{QUESTION}",
        title="Stage of the review",
        of=Of.STUDY,
        headings=(
            Heading(id=IN_DEPTH_CODE, label=name, covers=covers),
            *(
                Heading(id=code, label=label, depth=1, above=(name,), covers=frozenset({code}))
                for code, label in parts
            ),
            *(
                Heading(id=code, label=label, covers=frozenset({code}))
                for code, label in others
                if rules.in_depth.is_set
            ),
        ),
    )


def with_stage_codes(studies: Sequence[CodedStudy], stages: StudyStages) -> tuple[CodedStudy, ...]:
    """The studies with their stage among their codes."""
    codes = {study.study_id: study.code for study in stages.studies}
    return tuple(
        replace(study, codes={**study.codes, QUESTION: frozenset({codes[study.id]})})
        if study.id in codes
        else study
        for study in studies
    )


def rule_sentences(stages: StudyStages) -> Iterator[str]:
    """The rules in sentences, to be printed with what rests on them."""
    if ReviewStage.IN_DEPTH in stages.words:
        yield f"In the in-depth review are studies where {stages.words[ReviewStage.IN_DEPTH]}."
    if ReviewStage.SOUND in stages.words:
        yield f"Sound are those where {stages.words[ReviewStage.SOUND]}."
    overruled = sum(
        any(gate is not None and gate.overruling for gate in (each.in_depth, each.sound))
        for each in stages.studies
    )
    if overruled:
        studies = "1 study" if overruled == 1 else f"{overruled:,} studies"
        yield f"People decided otherwise for {studies}, with a reason."


def _by_reason(studies: Sequence[StudyStage], stage: ReviewStage) -> tuple[tuple[str, int], ...]:
    counted = Counter(gate.reason for each in studies if (gate := each.gate(stage)) is not None)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
