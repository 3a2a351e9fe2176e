"""Studies of a review counted by what is coded of them, as a table or a picture."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from evidence.charts.counts.code_matrix import code_matrix_picture
from evidence.charts.counts.country_map import country_map_picture
from evidence.charts.counts.crosstab_heat import heat_picture
from evidence.charts.counts.frequency_bars import frequency_picture
from evidence.charts.counts.study_outcomes import study_outcomes, study_outcomes_picture
from evidence.charts.counts.year_bars import year_picture
from evidence.charts.picture import Picture, of_kept_studies
from evidence.cli.kept_studies import AppraisedAs, AppraisedBy, kept_directions
from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.pictures import write_picture
from evidence.cli.reviews import ReviewName, store
from evidence.errors import WaymarkError
from evidence.steps.results import directions, schemes_of_map, study_counts
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.map_document import NOTHING_CODED
from evidence.steps.results.stages import study_stages
from evidence.steps.review.find_review import find_review


class CountsPicture(StrEnum):
    """How studies are counted."""

    BARS = "bars"
    MAP = "map"
    YEARS = "years"
    CROSSTAB = "crosstab"
    OUTCOMES = "outcomes"
    CODES = "codes"


@with_exit_code
def counts_of(
    review: ReviewName,
    by: Annotated[str, typer.Option(help="Id of a question, for example question:country.")] = "",
    across: Annotated[str, typer.Option(help="Id of the columns of a crosstab.")] = "",
    picture: Annotated[CountsPicture, typer.Option(help="How.")] = CountsPicture.BARS,
    out: Annotated[
        Path | None, typer.Option(help="Write the picture (.svg, .png) or its table (.csv).")
    ] = None,
    appraised_by: AppraisedBy = "",
    appraised_as: AppraisedAs = None,
    as_json: AsJson = False,
) -> bool:
    """Studies by a question, by year, by two questions, or study by study."""
    desk = find_review(store(), review)
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    if found is None or not found.studies:
        raise WaymarkError(NOTHING_CODED)
    found = study_stages.with_stages(desk, found)
    found = kept_directions(desk, found, appraised_by, appraised_as or ())
    drawn = _picture(found, picture, by, across)
    told = of_kept_studies(drawn, found.coded.kept)
    files = [str(path) for path in write_picture(told, out)] if out else []
    table = drawn.table
    if as_json:
        rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
        sentence = found.coded.sentence
        print_json({"title": drawn.title, "rests_on": sentence, "rows": rows, "files": files})
        return True
    typer.echo(found.coded.sentence)
    print_table([["" if cell is None else cell for cell in row] for row in table.rows], table.head)
    for file in files:
        typer.echo(f"Written: {file}")
    return True


def _picture(found: DirectionStudies, picture: CountsPicture, by: str, across: str) -> Picture:
    titles = study_counts.questions(found)
    first = by or next(iter(titles), "")
    sentence = found.coded.sentence
    match picture:
        case CountsPicture.BARS:
            return frequency_picture(study_counts.frequencies(found, first), sentence)
        case CountsPicture.MAP:
            return _map(found, first)
        case CountsPicture.YEARS:
            title = titles.get(by, "")
            return year_picture(study_counts.years(found, by), title, sentence)
        case CountsPicture.CROSSTAB:
            if not across:
                raise WaymarkError("A crosstab needs --across, the id of its columns.")
            return heat_picture(study_counts.crosstab(found, first, across), sentence)
        case CountsPicture.OUTCOMES:
            return _outcomes(found)
        case CountsPicture.CODES:
            first = by or next(iter(study_counts.code_questions(found)), "")
            return code_matrix_picture(study_counts.codes(found, first), sentence)


def _map(found: DirectionStudies, by: str) -> Picture:
    counts = study_counts.countries(found, by)
    if counts is None:
        raise WaymarkError(f"The codes of {by!r} are not countries; name a question with --by.")
    return country_map_picture(counts, found.coded.sentence)


def _outcomes(found: DirectionStudies) -> Picture:
    outcomes = study_counts.outcomes(found)
    if outcomes is None:
        raise WaymarkError("The scheme of this review lists no outcomes.")
    reporting = study_counts.reporting(found, outcomes)
    return study_outcomes_picture(
        study_outcomes(found.studies, outcomes, reporting, found.coded.sentence)
    )
