"""Effect directions: one direction per study and outcome, and what they add up to.

The rule for one study is in within_study.py, the test in sign_test.py, the reasons for both in
docs/methods.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.findings import Direction, Finding
from evidence.errors import Invalid
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.group_people import People, people_of_findings
from evidence.synthesis.sign_test import SignTest, out_of_reach, p_text, sign_test
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import Band, EffectDirection, band, within_study


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEffect:
    """One study on one outcome: one arrow of the plot.

    Attributes:
        outcome: id of a heading.
        findings: how many findings of each direction stand behind it.
        people: in the largest intervention group among them; None where none is known.
        unread: what was typed as their number of people and cannot be read.
    """

    study: int
    outcome: str
    direction: EffectDirection
    findings: Mapping[Direction, int]
    people: People | None
    unread: tuple[str, ...] = ()

    @property
    def n_intervention(self) -> int | None:
        """How many people there were; None where it is not known."""
        return self.people.number if self.people else None

    @property
    def band(self) -> Band:
        """The size to draw."""
        return band(self.n_intervention)

    @property
    def total(self) -> int:
        """How many findings there are, whatever they say."""
        return sum(self.findings.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSummary:
    """All studies on one outcome; each study is in exactly one of the five counts."""

    outcome: str
    favourable: int
    unfavourable: int
    conflicting: int
    no_change: int
    not_stated: int

    @property
    def test(self) -> SignTest | None:
        """The sign test on the clear directions; None where there are none."""
        return sign_test(self.favourable, self.unfavourable)

    @property
    def clear(self) -> int:
        """Studies with a clear direction."""
        return self.favourable + self.unfavourable

    @property
    def sentence(self) -> str:
        """All of it in words, with a warning where the test can say nothing."""
        sentences = (_shares(self.test), _not_counted(self), out_of_reach(self.clear))
        return " ".join(part for part in sentences if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDirections:
    """Studies by outcomes.

    Attributes:
        outcomes: those that any study reports on, in the scheme's order.
        studies: label by id, for those with at least one finding here, in the order given.
        effects: one for each study and outcome that has findings.
        contrasts: the types of contrast used; more than one means that they are pooled.
        other_contrasts: how many findings of each other type were not used.
        without: studies that have no finding here.
        unlisted: codes of outcomes that the dimension does not list; their findings are not used.
        rules: by which directions were read.
    """

    outcomes: tuple[Heading, ...]
    studies: Mapping[int, str]
    effects: tuple[StudyEffect, ...]
    summaries: tuple[OutcomeSummary, ...]
    contrasts: tuple[str, ...]
    other_contrasts: Mapping[str, int]
    without: tuple[int, ...]
    unlisted: frozenset[str]
    rules: DirectionRules

    @property
    def rule(self) -> str:
        """How a study's direction was decided, to print beside the result."""
        return self.rules.of_study


def effect_directions(
    studies: Sequence[CodedStudy],
    outcomes: Dimension,
    contrasts: Collection[str],
    *,
    interventions: Collection[str] | None = None,
    rules: DirectionRules = USUAL,
) -> EffectDirections:
    """Find each study's direction on each outcome, and test each outcome.

    Args:
        studies: one per study; several reports of one study must have been joined before.
        outcomes: an outcome with others below it takes in their findings.
        contrasts: which types of contrast to use. Different types answer different questions;
            more than one are pooled, and the result names them.
        interventions: which interventions to use; None for all.
        rules: how directions are read.

    Raises:
        Invalid: no type of contrast was chosen.
    """
    if not contrasts:
        raise Invalid("Choose at least one type of contrast.")
    findings_of = [(study, _of_interventions(study.findings, interventions)) for study in studies]
    effects = tuple(
        effect
        for study, findings in findings_of
        for effect in _effects(
            study,
            [finding for finding in findings if finding.contrast in contrasts],
            outcomes,
            rules,
        )
    )
    everything = [finding for _, findings in findings_of for finding in findings]
    seen = {effect.outcome for effect in effects}
    headings = tuple(heading for heading in outcomes.headings if heading.id in seen)
    with_effect = {effect.study for effect in effects}
    listed = {code for heading in outcomes.headings for code in heading.covers}
    return EffectDirections(
        outcomes=headings,
        studies={study.id: study.label for study in studies if study.id in with_effect},
        effects=effects,
        summaries=tuple(_summary(heading.id, effects) for heading in headings),
        contrasts=tuple(contrasts),
        other_contrasts=Counter(f.contrast for f in everything if f.contrast not in contrasts),
        without=tuple(study.id for study in studies if study.id not in with_effect),
        unlisted=frozenset(f.outcome for f in everything if f.contrast in contrasts) - listed,
        rules=rules,
    )


def contrasts_of(studies: Iterable[CodedStudy]) -> dict[str, int]:
    """How many findings there are of each type of contrast, the most frequent first."""
    return dict(Counter(f.contrast for study in studies for f in study.findings).most_common())


def _of_interventions(
    findings: tuple[Finding, ...], interventions: Collection[str] | None
) -> tuple[Finding, ...]:
    if interventions is None:
        return findings
    return tuple(finding for finding in findings if finding.intervention in interventions)


def _effects(
    study: CodedStudy, findings: Sequence[Finding], outcomes: Dimension, rules: DirectionRules
) -> Iterator[StudyEffect]:
    for heading in outcomes.headings:
        on_outcome = [finding for finding in findings if finding.outcome in heading.covers]
        if on_outcome:
            directions = [finding.direction for finding in on_outcome]
            people = people_of_findings(on_outcome, study.arms)
            yield StudyEffect(
                study=study.id,
                outcome=heading.id,
                direction=within_study(
                    directions,
                    count_no_change=rules.count_no_change,
                    agree_percent=rules.agree_percent,
                ),
                findings=Counter(directions),
                people=people.people,
                unread=people.unread,
            )


def _summary(outcome: str, effects: Iterable[StudyEffect]) -> OutcomeSummary:
    counts = Counter(effect.direction for effect in effects if effect.outcome == outcome)
    return OutcomeSummary(
        outcome=outcome,
        favourable=counts[EffectDirection.FAVOURABLE],
        unfavourable=counts[EffectDirection.UNFAVOURABLE],
        conflicting=counts[EffectDirection.CONFLICTING],
        no_change=counts[EffectDirection.NO_CHANGE],
        not_stated=counts[EffectDirection.NOT_STATED],
    )


def _shares(test: SignTest | None) -> str:
    if test is None:
        return ""
    studies = "study" if test.clear == 1 else "studies"
    verb = "is" if test.favourable == 1 else "are"
    return (
        f"{test.favourable} of {test.clear} {studies} with a clear direction {verb} favourable "
        f"({test.share:.0%}, 95% interval {test.low:.0%} to {test.high:.0%}; "
        f"sign test p {p_text(test.p)})."
    )


def _not_counted(summary: OutcomeSummary) -> str:
    aside = {
        "conflicting": summary.conflicting,
        "with no change": summary.no_change,
        "without a stated direction": summary.not_stated,
    }
    named = ", ".join(f"{count} {what}" for what, count in aside.items() if count)
    return f"Not in the test: {named}." if named else ""
