from collections.abc import Callable

import pytest

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Axis, Scheme
from evidence.errors import Invalid
from evidence.synthesis.dimensions import Dimension, of_axis
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.directions import OutcomeSummary, contrasts_of, effect_directions
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import Band, EffectDirection

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]
UP, DOWN = Direction.BETTER, Direction.WORSE


@pytest.fixture
def outcomes(scheme: Scheme) -> Dimension:
    return of_axis(scheme, Axis.OUTCOME)


def test_each_study_is_one_vote_however_many_findings_it_has(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    studies = [study(*[finding()] * 9), study(finding(direction=DOWN))]
    [summary] = effect_directions(studies, outcomes, ["arms"]).summaries
    assert (summary.favourable, summary.unfavourable) == (1, 1)


def test_types_of_contrast_are_pooled_only_when_asked_and_the_result_says_so(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    """Burns 2009: no direction between arms, better for workers than for non-workers."""
    burns = study(
        finding(direction=Direction.NOT_STATED),
        finding(direction=UP, contrast="work status"),
        finding(direction=UP, contrast="work status"),
    )
    arms = effect_directions([burns], outcomes, ["arms"])
    assert arms.effects[0].direction is EffectDirection.NOT_STATED
    assert (arms.contrasts, dict(arms.other_contrasts)) == (("arms",), {"work status": 2})
    both = effect_directions([burns], outcomes, ["arms", "work status"])
    assert both.effects[0].direction is EffectDirection.FAVOURABLE
    assert both.contrasts == ("arms", "work status")
    assert contrasts_of([burns]) == {"work status": 2, "arms": 1}


def test_no_type_of_contrast_is_a_mistake(outcomes: Dimension) -> None:
    with pytest.raises(Invalid, match="at least one type of contrast"):
        effect_directions([], outcomes, [])


def test_findings_can_be_limited_to_interventions(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    one = study(finding("ips", direction=UP), finding("education", direction=DOWN))
    everything = effect_directions([one], outcomes, ["arms"])
    ips = effect_directions([one], outcomes, ["arms"], interventions={"ips"})
    assert everything.effects[0].direction is EffectDirection.CONFLICTING
    assert ips.effects[0].direction is EffectDirection.FAVOURABLE


def test_size_is_that_of_the_largest_intervention_group(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    studies = [
        study(finding(n=20), finding(n=301), finding()),
        study(finding()),
        study(finding(n=50)),
    ]
    effects = effect_directions(studies, outcomes, ["arms"]).effects
    assert [effect.n_intervention for effect in effects] == [301, None, 50]
    assert [effect.band for effect in effects] == [Band.LARGE, Band.UNKNOWN, Band.MEDIUM]
    assert [effect.total for effect in effects] == [3, 1, 1]


def test_an_outcome_with_others_below_takes_in_their_findings(
    study: Studies, finding: Findings, scheme: Scheme
) -> None:
    work = of_axis(scheme, Axis.INTERVENTION)
    tree = Dimension(
        id="axis:outcome", title="Outcome", of=work.of, headings=work.headings
    ).to_depth(1)
    one = study(finding(outcome="ips"), finding(outcome="sheltered"), finding(outcome="work"))
    [effect] = effect_directions([one], tree, ["arms"]).effects
    assert (effect.outcome, effect.total) == ("work", 3)


def test_nothing_is_left_out_in_silence(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    studies = [study(finding()), study(), study(finding(outcome="retired"))]
    result = effect_directions(studies, outcomes, ["arms"])
    assert result.without == (2, 3)
    assert result.unlisted == {"retired"}
    assert dict(result.studies) == {1: "Study 1"}
    assert [heading.id for heading in result.outcomes] == ["symptoms"]


def test_every_study_is_in_exactly_one_count(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    studies = [study(finding(direction=direction)) for direction in Direction]
    [summary] = effect_directions(studies, outcomes, ["arms"]).summaries
    assert summary == OutcomeSummary(
        outcome="symptoms", favourable=1, unfavourable=1, conflicting=1, no_change=1, not_stated=1
    )


def test_the_setting_on_no_change_decides_and_is_printed(
    study: Studies, finding: Findings, outcomes: Dimension
) -> None:
    one = study(finding(direction=UP), finding(direction=Direction.NO_CHANGE))
    counted = effect_directions([one], outcomes, ["arms"])
    aside = effect_directions(
        [one], outcomes, ["arms"], rules=DirectionRules(count_no_change=False)
    )
    assert counted.effects[0].direction is EffectDirection.CONFLICTING
    assert aside.effects[0].direction is EffectDirection.FAVOURABLE
    assert "as a third direction" in counted.rule
    assert "only where a study has nothing else" in aside.rule


def summary(favourable: int, unfavourable: int, **others: int) -> OutcomeSummary:
    counts = {"conflicting": 0, "no_change": 0, "not_stated": 0} | others
    return OutcomeSummary(outcome="o", favourable=favourable, unfavourable=unfavourable, **counts)


def test_the_sentence_gives_share_interval_and_p() -> None:
    """Cochrane Handbook 12.4.2.3: 10 of 12, three without direction, 55% to 95%, P = 0.039."""
    assert summary(10, 2, not_stated=3).sentence == (
        "10 of 12 studies with a clear direction are favourable (83%, 95% interval 55% to 95%; "
        "sign test p = 0.039). Not in the test: 3 without a stated direction."
    )


def test_conflicting_studies_are_not_in_the_test() -> None:
    """Boon and Thomson: nine favourable, one conflicting, P = 0.0039 and not 0.0215."""
    test = summary(9, 0, conflicting=1).test
    assert test
    assert (test.clear, test.p) == (9, 0.00390625)


def test_the_sentence_warns_when_few_studies_cannot_show_anything() -> None:
    assert "p < 0.05 is out of reach" in summary(5, 0).sentence
    assert "out of reach" not in summary(6, 0).sentence
    assert summary(0, 0, no_change=2).sentence == (
        "Not in the test: 2 with no change. "
        "No study has a clear direction, so there is nothing to test."
    )


def test_one_study_is_written_in_the_singular() -> None:
    assert summary(1, 0).sentence.startswith("1 of 1 study with a clear direction is favourable")
