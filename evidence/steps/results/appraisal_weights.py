"""By what studies can be weighted in summary bars: one meta-analysis, or the people analysed."""

from evidence.errors import Invalid
from evidence.steps.results import directions, pooling
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.appraisal.weights import with_weights

PEOPLE = "people"
PEOPLE_ARE = "people analysed, the largest finding of each study"

WeightChoice = str | tuple[str, str]
"""`PEOPLE`, or the ids of a contrast and an outcome that are pooled."""


def choices(found: DirectionStudies) -> dict[WeightChoice, str]:
    """What weights there are, each in words."""
    contrasts = directions.contrast_labels(found)
    offered: dict[WeightChoice, str] = {}
    if _people(found):
        offered[PEOPLE] = PEOPLE_ARE.capitalize()
    for contrast in directions.contrasts(found):
        for outcome, label in pooling.outcomes(found, contrast).items():
            offered[contrast, outcome] = f"Meta-analysis of {label}, {contrasts[contrast]}"
    return offered


def weighted(
    table: JudgementTable, found: DirectionStudies, choice: WeightChoice
) -> JudgementTable:
    """The judgements of the studies that have such a weight.

    Raises:
        Invalid: the findings of the outcome cannot be pooled, or no judged study has a weight.
    """
    if isinstance(choice, str):
        made = with_weights(table, _people(found), PEOPLE_ARE)
    else:
        labels = directions.contrast_labels(found)
        outcome = pooling.outcomes(found, choice[0]).get(choice[1], choice[1])
        what = f"their weights in the meta-analysis of {outcome}, {labels[choice[0]]}"
        made = with_weights(table, _pooled(found, *choice), what)
    if not made.rows:
        raise Invalid("No study that is judged has such a weight; choose another one.")
    return made


def _people(found: DirectionStudies) -> dict[int, float]:
    """People analysed in both groups, of the largest finding of each study that says it."""
    people: dict[int, float] = {}
    for study in found.studies:
        for finding in study.findings:
            if finding.n_intervention is not None and finding.n_comparison is not None:
                number = finding.n_intervention + finding.n_comparison
                people[study.id] = max(people.get(study.id, 0), number)
    return people


def _pooled(found: DirectionStudies, contrast: str, outcome: str) -> dict[int, float]:
    """The weight of each study in the meta-analysis with the usual choices, in per cent."""
    effect = pooling.usual_forest(found, contrast, outcome)
    if effect is None:
        raise Invalid("The findings of this outcome cannot be pooled; choose another one.")
    return {each.id: each.weight for each in effect.studies if each.id is not None and each.weight}
