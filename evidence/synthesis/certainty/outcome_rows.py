"""A summary of findings: what studies say of each outcome, and the certainty that people judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.synthesis.certainty.grade import (
    OPEN,
    CertaintyJudgement,
    certainty_of,
    missing_of,
    reasons_of,
)
from evidence.synthesis.certainty.outcome_effect import OutcomeEffect
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_groups import own_columns
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.direction_words import DirectionWord, direction_words
from evidence.synthesis.studies import CodedStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryKey:
    """Of what a row says something: ids of options on the axes of findings."""

    contrast: str
    intervention: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """One outcome.

    Attributes:
        outcome: with all above it.
        word: what studies say, and how many there are.
        people: of the studies that say how many were analysed; the largest finding of each counts.
        unknown: how many studies do not say it.
        effect: of the studies with numbers; None where none has any.
    """

    key: SummaryKey
    outcome: str
    word: DirectionWord
    people: int
    unknown: int
    judgement: CertaintyJudgement
    effect: OutcomeEffect | None = None

    @property
    def directions(self) -> str:
        """The word with the number of studies of each direction."""
        counts = (f"{len(some):,} {direction}" for direction, some in self.word.studies.items())
        return f"{self.word.text.capitalize()} ({', '.join(counts)})"

    @property
    def effect_words(self) -> tuple[str, ...]:
        """The effect, and how many studies are not in it; a sentence each."""
        if self.effect is None:
            return ("No numbers that give an effect.",)
        others = self.word.total - self.effect.pooled.k
        more = "1 more study has" if others == 1 else f"{others:,} more studies have"
        return (*self.effect.words, *((f"{more} no such numbers.",) if others > 0 else ()))

    @property
    def certainty_words(self) -> str:
        """The certainty, or that nobody judged it, or that the judgement is not complete."""
        level = certainty_of(self.judgement)
        if level:
            return level.capitalize()
        return "Not judged" if self.judgement == OPEN else "Not complete"

    @property
    def why(self) -> tuple[str, ...]:
        """Reasons of a complete judgement; else what it lacks."""
        if self.judgement == OPEN:
            return ()
        if certainty_of(self.judgement) is None:
            return (" ".join(missing_of(self.judgement)),)
        return tuple(reasons_of(self.judgement))

    @property
    def people_words(self) -> str:
        """The people, and for how many studies they are not known."""
        if not self.people:
            return "not known"
        return f"{self.people:,}" + (f" ({self.unknown:,} not known)" if self.unknown else "")


def outcome_rows(
    studies: Sequence[CodedStudy],
    interventions: Dimension,
    outcomes: Dimension,
    chosen: tuple[str, str],
    judged: Mapping[SummaryKey, CertaintyJudgement],
    rules: DirectionRules = USUAL,
) -> tuple[OutcomeRow, ...]:
    """A row for each outcome that a finding of this contrast and intervention is on.

    Args:
        studies: one per study.
        interventions: the axis; what lies below the chosen one counts, too.
        outcomes: the axis; each finding stands at its own outcome alone.
        chosen: ids of the contrast and of the intervention.
        judged: by people, so far.
        rules: by which directions are read.
    """
    contrast, intervention = chosen
    own = own_columns(outcomes)
    headings = {heading.id: heading for heading in own.headings}
    above = tuple(each for each in interventions.headings if each.id == intervention)
    words = direction_words(studies, replace(interventions, headings=above), own, contrast, rules)
    return tuple(
        _row(studies, headings[word.outcome], above[0], word, contrast, judged) for word in words
    )


def incomplete(rows: Sequence[OutcomeRow]) -> Iterator[str]:
    """What the summary lacks, a sentence for each outcome."""
    for row in rows:
        lacks = list(missing_of(row.judgement))
        if row.judgement == OPEN:
            yield f"{row.outcome}: Nobody judged it yet."
        elif lacks:
            yield f"{row.outcome}: {' '.join(lacks)}"


def certain_rows(rows: Sequence[OutcomeRow]) -> int:
    """How many rows have a certainty."""
    return sum(certainty_of(row.judgement) is not None for row in rows)


def _row(
    studies: Sequence[CodedStudy],
    heading: Heading,
    intervention: Heading,
    word: DirectionWord,
    contrast: str,
    judged: Mapping[SummaryKey, CertaintyJudgement],
) -> OutcomeRow:
    key = SummaryKey(contrast=contrast, intervention=word.intervention, outcome=word.outcome)
    here = {study for some in word.studies.values() for study in some}
    known = [
        max(numbers)
        for study in studies
        if study.id in here and (numbers := list(_people(study, heading, intervention, contrast)))
    ]
    return OutcomeRow(
        key=key,
        outcome=" › ".join((*heading.above, heading.label)),
        word=word,
        people=sum(known),
        unknown=len(here) - len(known),
        judgement=judged.get(key, OPEN),
    )


def _people(
    study: CodedStudy, heading: Heading, intervention: Heading, contrast: str
) -> Iterator[int]:
    for finding in study.findings:
        is_here = (
            finding.contrast == contrast
            and finding.outcome in heading.covers
            and finding.intervention in intervention.covers
        )
        if is_here and finding.n_intervention is not None and finding.n_comparison is not None:
            yield finding.n_intervention + finding.n_comparison
