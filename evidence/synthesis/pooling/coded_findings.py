"""Effects of coded findings, so that each study counts once and stands with its own numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.coding.effects.compute import effect_of, measures_of
from evidence.coding.effects.counts import Table, table_of
from evidence.coding.effects.directions import towards_benefit
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Counts, Means, Scores, StandardDeviation
from evidence.coding.findings import Finding
from evidence.synthesis.pooling.forest import ALL, ForestRow
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.several_findings import Findings, once_per_study
from evidence.synthesis.pooling.study_effects import StudyEffect, listed, on_large
from evidence.synthesis.studies import CodedStudy

POOLED = {
    Measure.STANDARDISED_MEAN_DIFFERENCE: PooledMeasure.SMD,
    Measure.MEAN_DIFFERENCE: PooledMeasure.MD,
    Measure.LOG_ODDS_RATIO: PooledMeasure.OR,
    Measure.LOG_RISK_RATIO: PooledMeasure.RR,
    Measure.RISK_DIFFERENCE: PooledMeasure.RD,
    Measure.FISHER_Z: PooledMeasure.ZCOR,
}
"""The measures of findings that are pooled, by their names there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWish:
    """Which findings are pooled, and as what.

    Attributes:
        contrast: one type; unlike contrasts answer different questions.
        outcomes: their codes.
        interventions: their codes; None for all.
        measure: of effect.
        scores: final and change scores are never pooled together as standardised differences.
        rule: what is done with several findings of a study.
        correlation: between findings of a study, where they are combined.
    """

    contrast: str
    outcomes: frozenset[str]
    interventions: frozenset[str] | None
    measure: Measure
    scores: Scores = Scores.FINAL
    rule: Findings = Findings.MOST_PRECISE
    correlation: float | None = None

    def takes(self, finding: Finding) -> bool:
        """Whether a finding is about what is asked."""
        return (
            finding.contrast == self.contrast
            and finding.outcome in self.outcomes
            and (self.interventions is None or finding.intervention in self.interventions)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEffects:
    """What came out of the findings.

    Attributes:
        rows: a study each, in their order.
        effects: of the same.
        is_turned: whether above 0 is better throughout.
        remarks: what was turned, combined, left out and why.
    """

    rows: tuple[ForestRow, ...]
    effects: tuple[StudyEffect, ...]
    is_turned: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A finding that gave an effect."""

    study: CodedStudy
    finding: Finding
    effect: Effect


def available_measures(
    studies: Sequence[CodedStudy], wish: FindingWish | None = None
) -> dict[Measure, int]:
    """The measures that findings can give, each with how many studies can.

    Args:
        studies: one each.
        wish: which findings; all without.
    """
    can: dict[Measure, set[int]] = {}
    for study in studies:
        for finding in study.findings:
            if (wish is None or wish.takes(finding)) and finding.reported is not None:
                for measure in measures_of(finding.reported):
                    if measure in POOLED:
                        can.setdefault(measure, set()).add(study.id)
    return {measure: len(can[measure]) for measure in POOLED if measure in can}


def coded_effects(
    studies: Sequence[CodedStudy], wish: FindingWish, groups: Mapping[int, str]
) -> CodedEffects:
    """The effect of each study, from its findings.

    Args:
        studies: one each; two may have the same label.
        wish: which findings, and how.
        groups: the group of a study, where they are grouped.

    Raises:
        Invalid: findings are to be combined, and no correlation is stated.
    """
    taken: list[_Taken] = []
    refused: dict[str, list[str]] = {}
    for study in studies:
        for finding in study.findings:
            if wish.takes(finding):
                found = _effect(finding, wish)
                if isinstance(found, Effect):
                    taken.append(_Taken(study=study, finding=finding, effect=found))
                else:
                    refused.setdefault(found, []).append(study.label)
    once = once_per_study(
        [
            StudyEffect(
                study=str(each.study.id),
                estimate=each.effect.estimate,
                variance=each.effect.variance,
            )
            for each in taken
        ],
        wish.rule,
        wish.correlation,
    )
    chosen = [taken[at] for at in once.places]
    counts = _counts(taken)
    effects = tuple(
        StudyEffect(study=each.study.label, estimate=e.estimate, variance=e.variance)
        for each, e in zip(chosen, once.effects, strict=True)
    )
    rows = tuple(
        _row(each, effect, groups.get(each.study.id, ALL), is_one=counts[each.study.id] == 1)
        for each, effect in zip(chosen, effects, strict=True)
    )
    return CodedEffects(
        rows=rows if _have_same_numbers(rows) else tuple(_without_numbers(row) for row in rows),
        effects=effects,
        is_turned=bool(taken) and all(each.finding.benefit for each in taken),
        remarks=(
            *_on_directions(taken),
            *_on_clusters(chosen),
            *_on_several(chosen, counts, wish),
            *(f"{why} Not pooled: {listed(labels)}." for why, labels in refused.items()),
            *_on_large(chosen, wish),
        ),
    )


def _effect(finding: Finding, wish: FindingWish) -> Effect | str:
    """The effect, turned so that above 0 is better where somebody said what is; or why there is
    none.
    """
    reported = finding.reported
    if reported is None:
        return "No numbers that give an effect were coded."
    if wish.measure not in measures_of(reported):
        return f"The numbers give no {wish.measure.natural_name}."
    is_smd = wish.measure is Measure.STANDARDISED_MEAN_DIFFERENCE
    if is_smd and isinstance(reported, Means) and reported.scores is not wish.scores:
        return f"{reported.scores.capitalize()} are not pooled with {wish.scores}."
    faults = faults_in(reported)
    if faults:
        return faults[0].sentence
    found = effect_of(reported, wish.measure)
    if isinstance(found, Refusal):
        return found.sentence
    return towards_benefit(found, finding.benefit) if finding.benefit else found


def _row(taken: _Taken, effect: StudyEffect, group: str, *, is_one: bool) -> ForestRow:
    """A study with its raw numbers, where its effect came from one finding and was not turned."""
    shows = is_one and not taken.effect.sign_turned
    reported = taken.finding.reported
    return ForestRow(
        study=taken.study.label,
        effect=effect,
        cells=_cells(reported) if shows and isinstance(reported, Means) else {},
        table=_table(reported) if shows and isinstance(reported, Counts) else None,
        group=group,
        is_pooled=True,
        id=taken.study.id,
    )


def _table(counts: Counts) -> Table:
    """Its people; of clusters, to how many without clusters they amount."""
    table = table_of(counts)
    return table.divided_by(counts.clusters.design_effect) if counts.clusters else table


def _cells(means: Means) -> dict[str, str]:
    cells = {}
    for number, group in ((1, means.intervention), (2, means.comparison)):
        if group.n is None or not isinstance(group.spread, StandardDeviation):
            return {}
        cells[f"m{number}i"] = str(group.mean)
        cells[f"sd{number}i"] = str(group.spread.value)
        cells[f"n{number}i"] = str(group.n)
    return cells


def _have_same_numbers(rows: Sequence[ForestRow]) -> bool:
    """Whether all rows can show their numbers in the same columns."""
    return all(row.table for row in rows) or all(row.cells for row in rows)


def _without_numbers(row: ForestRow) -> ForestRow:
    return replace(row, cells={}, table=None)


def _counts(taken: Sequence[_Taken]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for each in taken:
        counts[each.study.id] = counts.get(each.study.id, 0) + 1
    return counts


def _on_directions(taken: Sequence[_Taken]) -> list[str]:
    turned = [each.study.label for each in taken if each.effect.sign_turned]
    silent = [each.study.label for each in taken if not each.finding.benefit]
    said = []
    if turned:
        said.append(f"Less is better, so the sign was turned: {listed(turned)}.")
    if silent:
        said.append(
            "Nobody said whether more or less of the outcome is better, so nothing was turned: "
            f"{listed(silent)}."
        )
    return said


def _on_clusters(chosen: Sequence[_Taken]) -> list[str]:
    """Whose variance clusters inflate, by how much, and whose ICC it is."""
    said = []
    for each in chosen:
        reported = each.finding.reported
        if reported and (clusters := reported.clusters):
            said.append(
                f"{each.study.label} (design effect {clusters.design_effect:.3g}; ICC "
                f"{clusters.icc}: {clusters.icc_from.strip()})"
            )
    if not said:
        return []
    done = "variances are multiplied by the design effect, and people of 2x2 tables divided by it"
    return [f"For clusters, {done}: {listed(said)}."]


def _on_several(
    chosen: Sequence[_Taken], counts: Mapping[int, int], wish: FindingWish
) -> list[str]:
    several = [
        f"{each.study.label} ({counts[each.study.id]})"
        for each in chosen
        if counts[each.study.id] > 1
    ]
    if not several:
        return []
    done = {
        Findings.FIRST: "the first is taken",
        Findings.MOST_PRECISE: "the one with the smallest variance is taken",
        Findings.COMBINED: f"they are combined, with a correlation of {wish.correlation}",
    }
    return [f"Several findings of one study count once; {done[wish.rule]}: {listed(several)}."]


def _on_large(chosen: Sequence[_Taken], wish: FindingWish) -> tuple[str, ...]:
    if wish.measure is not Measure.STANDARDISED_MEAN_DIFFERENCE:
        return ()
    return on_large((each.study.label, each.effect.estimate) for each in chosen)
