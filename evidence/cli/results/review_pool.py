"""Meta-analysis of what is coded in a review."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from evidence.charts.forest_plot import forest_picture
from evidence.charts.funnel_plot import funnel_picture
from evidence.charts.picture import of_kept_studies
from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.pictures import (
    check_picture_file,
    print_picture_table,
    print_written,
    write_picture,
)
from evidence.cli.pooling import ForestFile, FunnelFile, MethodName
from evidence.cli.results.kept_studies import AppraisedAs, AppraisedBy, coded_studies
from evidence.cli.results.review_directions import ContrastId, chosen_id
from evidence.cli.reviews import ReviewName, store
from evidence.coding.effects.measures import Measure
from evidence.errors import Invalid
from evidence.steps.results import directions, pooling
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.pooling import PooledFindings, PoolingWish
from evidence.steps.review.find_review import find_review
from evidence.synthesis.pooling.flat_figures import pooled_figures
from evidence.synthesis.pooling.methods import Method

OutcomeId = Annotated[str, typer.Option(help="Id of the outcome; else the first with numbers.")]
Interventions = Annotated[
    list[str] | None, typer.Option(help="Id of an intervention; once for each, else all.")
]
MeasureName = Annotated[
    str, typer.Option(help="Which measure; else the one that most studies give.")
]


@with_exit_code
def review_pool(
    review: ReviewName,
    contrast: ContrastId = "",
    outcome: OutcomeId = "",
    intervention: Interventions = None,
    measure: MeasureName = "",
    method: MethodName = Method.REML,
    out: ForestFile = None,
    funnel: FunnelFile = None,
    appraised_by: AppraisedBy = "",
    appraised_as: AppraisedAs = None,
    as_json: AsJson = False,
) -> bool:
    """Pool what the findings of a review say on one outcome (meta-analysis)."""
    check_picture_file(out)
    check_picture_file(funnel, out)
    desk = find_review(store(), review)
    studies = coded_studies(desk, appraised_by, appraised_as or ())
    wish = _wish(studies, contrast, outcome, tuple(intervention or ()))
    wish = _measured(studies, replace(wish, method=method), measure)
    pooled = pooling.pooled(studies, wish)
    title = f"{pooling.outcomes(studies, wish.contrast)[wish.outcome]}, {wish.measure.natural_name}"
    files = []
    if pooled.forest:
        for file, picture in ((out, forest_picture), (funnel, funnel_picture)):
            if file:
                drawn = picture(pooled.forest, title)
                files += write_picture(of_kept_studies(drawn, studies.coded.kept), file)
    if as_json:
        chosen = {"contrast": wish.contrast, "outcome": wish.outcome, "measure": wish.measure}
        told = _pooled_json(pooled) | {"files": [str(path) for path in files]}
        print_json({"rests_on": studies.coded.sentence, **chosen, "scores": wish.scores, **told})
        return pooled.forest is not None
    typer.echo(studies.coded.sentence)
    typer.echo(title)
    _print(pooled, title)
    print_written(files)
    return pooled.forest is not None


def _wish(
    studies: DirectionStudies, contrast: str, outcome: str, interventions: tuple[str, ...]
) -> PoolingWish:
    with_numbers = {
        key: label
        for key, label in directions.contrast_labels(studies).items()
        if pooling.outcomes(studies, key)
    }
    if not with_numbers:
        raise Invalid("No finding of this review has numbers that can be pooled yet.")
    chosen = chosen_id(contrast, with_numbers, "--contrast")
    for each in interventions:
        chosen_id(each, directions.interventions(studies), "--intervention")
    return PoolingWish(
        contrast=chosen,
        outcome=chosen_id(outcome, pooling.outcomes(studies, chosen), "--outcome"),
        interventions=interventions,
        measure=Measure.STANDARDISED_MEAN_DIFFERENCE,
    )


def _measured(studies: DirectionStudies, wish: PoolingWish, measure: str) -> PoolingWish:
    """The wish with the measure that is named, or else the usual one."""
    usual = pooling.usual_wish(studies, wish)
    if usual is None:
        raise Invalid("No finding here gives a measure that can be pooled.")
    if not measure:
        return usual
    labels = {each.value: each.natural_name for each in pooling.measures(studies, wish)}
    named = Measure(chosen_id(measure, labels, "--measure"))
    return pooling.with_usual_scores(studies, replace(wish, measure=named))


def _pooled_json(pooled: PooledFindings) -> dict[str, Any]:
    forest = pooled.forest
    studies = forest.studies if forest else ()
    return {
        "why_not": pooled.why_not,
        "pooled": pooled_figures(forest.pooled) if forest else None,
        "studies": [
            {
                "study": each.study,
                "estimate": each.effect.estimate if each.effect else None,
                "variance": each.effect.variance if each.effect else None,
                "weight": each.weight,
            }
            for each in studies
        ],
        "remarks": list(forest.remarks if forest else pooled.remarks),
    }


def _print(pooled: PooledFindings, title: str) -> None:
    if pooled.forest is None:
        typer.echo(pooled.why_not)
    else:
        print_picture_table(forest_picture(pooled.forest, title).table)
    for sentence in pooled.forest.remarks if pooled.forest else pooled.remarks:
        typer.echo(sentence)
