"""Meta-analysis: effects of coded findings are pooled, where numbers allow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Scores
from evidence.coding.scheme import Axis
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.certainty.outcome_effect import OutcomeEffect
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.pooling.coded_findings import (
    POOLED,
    CodedEffects,
    FindingWish,
    available_measures,
    coded_effects,
)
from evidence.synthesis.pooling.egger import Egger, egger, egger_not_offered, egger_warning
from evidence.synthesis.pooling.forest import Forest, forest
from evidence.synthesis.pooling.leave_one_out import leave_one_out
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.remarks import on_narrower_interval
from evidence.synthesis.pooling.results import NotPooled, Pooled
from evidence.synthesis.pooling.several_findings import Findings
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.subgroups import (
    CommonTau2,
    Subgroups,
    subgroups,
    subgroups_with_common_tau2,
)
from evidence.synthesis.pooling.two_by_two import (
    MANTEL_HAENSZEL,
    StudyTable,
    mantel_haenszel,
    peto,
)

FAVOURS = ("Favours comparison", "Favours intervention")
NOT_CODED = "not coded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingWish:
    """What is to be pooled, and how.

    Attributes:
        contrast, outcome: ids.
        is_alone: whether the outcome is pooled without those that lie below it.
        interventions: ids; all without any.
        groups: id of the question by whose top options studies are grouped; empty for none.
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
    """

    contrast: str
    outcome: str
    measure: Measure
    interventions: tuple[str, ...] = ()
    method: Method = Method.REML
    test: EffectTest | None = None
    scores: Scores = Scores.FINAL
    rule: Findings = Findings.MOST_PRECISE
    correlation: float | None = None
    groups: str = ""
    is_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledFindings:
    """What findings came to.

    Attributes:
        forest: None where nothing could be pooled.
        why_not: then, in words.
        without: the pooled estimate without each study, in their order.
        small_studies: Egger's test, or why it is not offered.
        remarks: on findings, whether they were pooled or not.
    """

    forest: Forest | None
    why_not: str = ""
    without: tuple[tuple[str, Pooled | NotPooled], ...] = ()
    small_studies: Egger | str = ""
    remarks: tuple[str, ...] = ()


def outcomes(found: DirectionStudies, contrast: str) -> dict[str, str]:
    """The outcomes of which findings of a contrast have numbers, and those above them, by id."""
    dimension = found.axis(Axis.OUTCOME)
    if dimension is None:
        return {}
    with_numbers = {
        finding.outcome
        for study in found.studies
        for finding in study.findings
        if finding.contrast == contrast and finding.reported is not None
    }
    labels = dimension.labels()
    return {h.id: labels[h.id] for h in dimension.headings if h.covers & with_numbers}


def measures(found: DirectionStudies, wish: PoolingWish) -> dict[Measure, int]:
    """The measures that the findings can give, each with how many studies can."""
    return available_measures(found.studies, _findings(found, wish))


def has_tables(found: DirectionStudies, wish: PoolingWish) -> bool:
    """Whether all studies have 2x2 tables that Mantel-Haenszel can pool."""
    if POOLED[wish.measure] not in MANTEL_HAENSZEL:
        return False
    rows = coded_effects(found.studies, _findings(found, wish), {}).rows
    return bool(rows) and all(row.table for row in rows)


def pooled(found: DirectionStudies, wish: PoolingWish) -> PooledFindings:
    """Pool the findings that are asked for, each study once.

    Raises:
        Invalid: findings of a study are to be combined, and no correlation is stated.
    """
    groups = _groups(found, found.dimension(wish.groups)) if wish.groups else {}
    effects = coded_effects(found.studies, _findings(found, wish), groups)
    if not effects.rows:
        why = "No finding here has numbers that give this measure."
        return PooledFindings(forest=None, why_not=why, remarks=effects.remarks)
    pooling = _Pooling(effects, wish)
    whole = pooling.of(range(len(effects.rows)))
    if isinstance(whole, NotPooled):
        return PooledFindings(forest=None, why_not=whole.sentence, remarks=effects.remarks)
    parts = pooling.of_groups() if wish.groups else None
    drawn = forest(
        effects.rows,
        whole,
        POOLED[wish.measure],
        subgroups=parts,
        favours=FAVOURS if effects.is_turned else ("", ""),
        remarks=(
            *effects.remarks,
            *_on_whole(whole, wish),
            *(parts.remarks if parts else ()),
        ),
    )
    places = list(range(len(effects.rows)))
    without = leave_one_out(places, pooling.of)
    labels = [row.study for row in effects.rows]
    return PooledFindings(
        forest=replace(
            drawn,
            kept=found.coded.kept,
            common_tau2=pooling.with_common_tau2() if parts else None,
        ),
        without=tuple(zip(labels, without, strict=True)) if without else (),
        small_studies=_small_studies(effects.effects, wish),
        remarks=effects.remarks,
    )


def usual_wish(found: DirectionStudies, wish: PoolingWish) -> PoolingWish | None:
    """What is pooled unless somebody chooses: the measure that most studies give, and the usual
    scores with it; None where no finding gives a measure.

    Of measures that equally many studies give a standardised mean difference comes first, since
    studies may have measured on unlike scales.
    """
    offered = measures(found, wish)
    if not offered:
        return None
    return with_usual_scores(found, replace(wish, measure=max(offered, key=offered.__getitem__)))


def with_usual_scores(found: DirectionStudies, wish: PoolingWish) -> PoolingWish:
    """Of standardised mean differences those of final scores or of changes, whichever more studies
    give, and final scores where equally many do: the two are never pooled together.
    """
    if wish.measure is not Measure.STANDARDISED_MEAN_DIFFERENCE:
        return replace(wish, scores=Scores.FINAL)
    wishes = [replace(wish, scores=scores) for scores in Scores]
    return max(
        wishes, key=lambda each: len(coded_effects(found.studies, _findings(found, each), {}).rows)
    )


def usual_forest(found: DirectionStudies, contrast: str, outcome: str) -> Forest | None:
    """The forest of an outcome, with those below it, by the usual choices; None where nothing can
    be pooled.
    """
    wish = PoolingWish(
        contrast=contrast, outcome=outcome, measure=Measure.STANDARDISED_MEAN_DIFFERENCE
    )
    usual = usual_wish(found, wish)
    return pooled(found, usual).forest if usual else None


def outcome_effect(
    found: DirectionStudies, contrast: str, intervention: str, outcome: str
) -> OutcomeEffect | None:
    """What the findings on one outcome, without those below it, come to by the usual choices;
    None where nothing can be pooled.
    """
    wish = PoolingWish(
        contrast=contrast,
        outcome=outcome,
        measure=Measure.STANDARDISED_MEAN_DIFFERENCE,
        interventions=(intervention,),
        is_alone=True,
    )
    usual = usual_wish(found, wish)
    return _effect(found, usual) if usual else None


def _effect(found: DirectionStudies, wish: PoolingWish) -> OutcomeEffect | None:
    effects = coded_effects(found.studies, _findings(found, wish), {})
    if not effects.rows:
        return None
    whole = _Pooling(effects, wish).of(range(len(effects.rows)))
    if isinstance(whole, NotPooled):
        return None
    return OutcomeEffect(
        measure=wish.measure,
        pooled=whole,
        is_turned=effects.is_turned,
        scores=wish.scores,
        remarks=(*effects.remarks, *_on_whole(whole, wish)),
    )


def _on_whole(whole: Pooled, wish: PoolingWish) -> tuple[str, ...]:
    return (*whole.remarks, *on_narrower_interval(whole, POOLED[wish.measure]))


class _Pooling:
    """Pools some of the studies by the method that is wished for."""

    def __init__(self, effects: CodedEffects, wish: PoolingWish) -> None:
        self._effects, self._wish = effects, wish

    def of(self, places: Sequence[int]) -> Pooled | NotPooled:
        """The studies at these places."""
        wish = self._wish
        if wish.method.needs_tables:
            rows = [self._effects.rows[at] for at in places]
            tables = [StudyTable(study=r.study, table=r.table) for r in rows if r.table]
            by_peto = wish.method is Method.PETO
            return peto(tables) if by_peto else mantel_haenszel(tables, POOLED[wish.measure])
        return pool([self._effects.effects[at] for at in places], wish.method, wish.test)

    def of_groups(self) -> Subgroups:
        """Each group for itself, and the test between them."""
        named = [(row.group, at) for at, row in enumerate(self._effects.rows)]
        return subgroups(named, self.of)

    def with_common_tau2(self) -> CommonTau2 | None:
        """The groups in one model, where they have a tau² and can be compared."""
        wish, effects = self._wish, self._effects
        if not wish.method.is_random:
            return None
        named = [(r.group, e) for r, e in zip(effects.rows, effects.effects, strict=True)]
        found = subgroups_with_common_tau2(named, wish.method, wish.test)
        return found if isinstance(found, CommonTau2) else None


def _small_studies(effects: Sequence[StudyEffect], wish: PoolingWish) -> Egger | str:
    measure = POOLED[wish.measure]
    why_not = egger_not_offered(len(effects), measure)
    if why_not:
        return why_not
    found = egger(effects)
    return found.sentence if isinstance(found, NotPooled) else found


def small_studies_warning(wish: PoolingWish) -> str:
    """What to mind with Egger's test of this measure; empty for nothing."""
    return egger_warning(POOLED[wish.measure])


def _findings(found: DirectionStudies, wish: PoolingWish) -> FindingWish:
    return FindingWish(
        contrast=wish.contrast,
        outcomes=frozenset({wish.outcome})
        if wish.is_alone
        else _codes(found.axis(Axis.OUTCOME), [wish.outcome]),
        interventions=_codes(found.axis(Axis.INTERVENTION), wish.interventions)
        if wish.interventions
        else None,
        measure=wish.measure,
        scores=wish.scores,
        rule=wish.rule,
        correlation=wish.correlation,
    )


def _codes(dimension: Dimension | None, chosen: Collection[str]) -> frozenset[str]:
    headings = dimension.headings if dimension else ()
    return frozenset(code for h in headings if h.id in chosen for code in h.covers)


def _groups(found: DirectionStudies, dimension: Dimension | None) -> dict[int, str]:
    """The first top option that each study has; a study stands in one group."""
    if dimension is None:
        return {}
    groups = {}
    for study in found.studies:
        ticked = dimension.codes(study)
        labels = [h.label for h in dimension.segments().headings if h.covers & ticked]
        groups[study.id] = labels[0] if labels else f"{dimension.title}: {NOT_CODED}"
    return groups
