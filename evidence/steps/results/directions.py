"""Effect directions: what the studies say about each outcome, without pooling unlike contrasts."""

from collections.abc import Collection

from evidence.coding.scheme import Axis, Scheme
from evidence.steps.results.coded_studies import Coded
from evidence.synthesis.dimensions import of_axis
from evidence.synthesis.directions import EffectDirections, contrasts_of, effect_directions


def axis_labels(scheme: Scheme, axis: Axis) -> dict[str, str]:
    """The labels of all options on an axis, by id, in the scheme's order."""
    return of_axis(scheme, axis).labels()


def contrast_labels(found: Coded) -> dict[str, str]:
    """The labels of the types of contrast; a code that the scheme lost is its own label."""
    return {code: code for code in contrasts_of(found.studies)} | axis_labels(
        found.scheme, Axis.CONTRAST
    )


def contrasts(found: Coded) -> dict[str, int]:
    """How many findings each type of contrast has, in the scheme's order."""
    counted = contrasts_of(found.studies)
    order = axis_labels(found.scheme, Axis.CONTRAST)
    return {code: counted[code] for code in [*order, *counted] if code in counted}


def find(
    found: Coded,
    contrasts: Collection[str],
    *,
    interventions: Collection[str] | None = None,
    count_no_change: bool = True,
) -> EffectDirections:
    """Each study's direction on each outcome; see synthesis.directions.effect_directions."""
    return effect_directions(
        found.studies,
        of_axis(found.scheme, Axis.OUTCOME).to_depth(1),
        contrasts,
        interventions=interventions,
        count_no_change=count_no_change,
    )


def interventions(found: Coded) -> dict[str, str]:
    """The interventions that findings name, with labels."""
    named = {finding.intervention for study in found.studies for finding in study.findings}
    labels = axis_labels(found.scheme, Axis.INTERVENTION)
    return {code: label for code, label in labels.items() if code in named}
