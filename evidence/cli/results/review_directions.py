"""Effect directions of the studies of a review."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from evidence.charts.direction_plot import DirectionWords, direction_picture
from evidence.charts.direction_tables import words_table
from evidence.charts.harvest_plot import harvest_picture
from evidence.charts.picture import of_kept_studies
from evidence.cli.files import directions_json
from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.pictures import (
    PictureFile,
    check_picture_file,
    print_picture_table,
    print_written,
    write_picture,
)
from evidence.cli.results.kept_studies import AppraisedAs, AppraisedBy, coded_studies
from evidence.cli.reviews import ReviewName, store
from evidence.coding.scheme import Axis
from evidence.errors import Invalid
from evidence.steps.results import direction_rules, directions
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.review.find_review import find_review
from evidence.synthesis.direction_words import DirectionWord

ContrastId = Annotated[str, typer.Option(help="Id of the type of contrast; else the first.")]


@with_exit_code
def review_directions(
    review: ReviewName,
    contrast: ContrastId = "",
    depth: Annotated[
        int, typer.Option(min=0, help="Levels of outcomes that are told apart; 0 for all.")
    ] = 0,
    group_by: Annotated[
        str, typer.Option(help="Id of the question by which studies are grouped.")
    ] = "",
    harvest: Annotated[bool, typer.Option("--harvest", help="A harvest plot.")] = False,
    out: PictureFile = None,
    appraised_by: AppraisedBy = "",
    appraised_as: AppraisedAs = None,
    as_json: AsJson = False,
) -> bool:
    """What the studies of a review say on each outcome, by direction, one contrast at a time."""
    check_picture_file(out)
    desk = find_review(store(), review)
    studies = coded_studies(desk, appraised_by, appraised_as or ())
    chosen = chosen_id(contrast, directions.contrast_labels(studies), "--contrast")
    rules = direction_rules.current(desk)
    groups = directions.groups(studies, chosen, designs_id=group_by, depth=depth, rules=rules)
    beside = DirectionWords(
        contrast=directions.contrast_labels(studies)[chosen],
        notes=(studies.coded.sentence,),
        rules_set=direction_rules.when_set(desk),
    )
    drawn = harvest_picture(groups, beside) if harvest else direction_picture(groups, beside)
    files = write_picture(of_kept_studies(drawn, studies.coded.kept), out) if out else []
    words = directions.words(studies, chosen, depth=depth, rules=rules)
    interventions, outcomes = _labels(studies, Axis.INTERVENTION), _labels(studies, Axis.OUTCOME)
    if as_json:
        print_json(
            {
                "rests_on": studies.coded.sentence,
                "contrast": chosen,
                "contrasts": directions.contrast_labels(studies),
                "rule": rules.of_words,
                "in_words": [_word_json(each, interventions, outcomes) for each in words],
                "groups": [
                    {"group": each.title, **directions_json(each.result)} for each in groups.groups
                ],
                "files": [str(path) for path in files],
            }
        )
        return True
    table = words_table(words, interventions, outcomes)
    typer.echo(studies.coded.sentence)
    print_picture_table(table)
    typer.echo(rules.of_words)
    print_written(files)
    return True


def chosen_id(wanted: str, labels: dict[str, str], option: str) -> str:
    """The id that is wanted, or the first one.

    Raises:
        Invalid: there is none, or not this one; the message names those that there are.
    """
    if not labels:
        raise Invalid("No coded study has a finding yet.")
    if wanted and wanted not in labels:
        known = ", ".join(f"{key} ({label})" for key, label in labels.items())
        raise Invalid(f"{option} cannot be “{wanted}”; it can be: {known}.")
    return wanted or next(iter(labels))


def _labels(studies: DirectionStudies, axis: Axis) -> dict[str, str]:
    dimension = studies.axis(axis)
    return dimension.labels() if dimension else {}


def _word_json(
    word: DirectionWord, interventions: Mapping[str, str], outcomes: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "intervention": interventions.get(word.intervention, word.intervention),
        "outcome": outcomes.get(word.outcome, word.outcome),
        "word": word.text,
        "studies": word.total,
        "by_direction": {each.value: len(studies) for each, studies in word.studies.items()},
        "clear": word.test.clear if word.test else 0,
        "p": word.test.p if word.test else None,
        "wilson95": [word.test.low, word.test.high] if word.test else None,
    }
