"""Effect directions: what the studies say about each outcome, without pooling unlike contrasts."""

from collections.abc import Collection

from evidence.coding.scheme import Axis, Scheme
from evidence.steps.results.coded_studies import CodedStudies
from evidence.synthesis.dimensions import of_axis
from evidence.synthesis.directions import EffectDirections, contrasts_of, effect_directions


def axis_labels(scheme: Scheme, axis: Axis) -> dict[str, str]:
    """The labels of all options on an axis, by id, in the scheme's order."""
    return of_axis(scheme, axis).labels()


def contrast_labels(coded: CodedStudies) -> dict[str, str]:
    """The labels of the types of contrast; a code that the scheme lost is its own label."""
    return {code: code for code in contrasts_of(coded.studies)} | axis_labels(
        coded.scheme, Axis.CONTRAST
    )


def contrasts(coded: CodedStudies) -> dict[str, int]:
    """How many findings each type of contrast has, in the scheme's order."""
    counted = contrasts_of(coded.studies)
    order = axis_labels(coded.scheme, Axis.CONTRAST)
    return {code: counted[code] for code in [*order, *counted] if code in counted}


def on_outcomes(
    coded: CodedStudies,
    contrasts: Collection[str],
    *,
    interventions: Collection[str] | None = None,
    count_no_change: bool = True,
) -> EffectDirections:
    """Each study's direction on each outcome, for these types of contrast.

    Args:
        coded: the coded studies.
        contrasts: findings of these types of contrast count.
        interventions: findings about these count; all where it is None.
        count_no_change: whether findings of no change count as a third direction, or only where a
            study has nothing else.
    """
    return effect_directions(
        coded.studies,
        of_axis(coded.scheme, Axis.OUTCOME).to_depth(1),
        contrasts,
        interventions=interventions,
        count_no_change=count_no_change,
    )


def interventions(coded: CodedStudies) -> dict[str, str]:
    """The interventions that findings name, with labels."""
    named = {finding.intervention for study in coded.studies for finding in study.findings}
    labels = axis_labels(coded.scheme, Axis.INTERVENTION)
    return {code: label for code, label in labels.items() if code in named}
