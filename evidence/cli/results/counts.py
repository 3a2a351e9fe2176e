"""Studies of a review counted by what is coded of them, as a table or a picture."""

from enum import StrEnum
from typing import Annotated

import typer

from evidence.charts.counts.code_matrix import code_matrix_picture
from evidence.charts.counts.country_map import country_map_picture
from evidence.charts.counts.crosstab_heat import heat_picture
from evidence.charts.counts.frequency_bars import frequency_picture
from evidence.charts.counts.study_outcomes import study_outcomes, study_outcomes_picture
from evidence.charts.counts.year_bars import year_picture
from evidence.charts.picture import Cell, Picture, of_kept_studies
from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.pictures import PictureFile, print_picture_table, print_written, write_picture
from evidence.cli.results.kept_studies import AppraisedAs, AppraisedBy, coded_studies
from evidence.cli.reviews import ReviewName, store
from evidence.errors import WaymarkError
from evidence.steps.results import study_counts
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.review.find_review import find_review


class CountsPicture(StrEnum):
    """How studies are counted."""

    BARS = "bars"
    MAP = "map"
    YEARS = "years"
    CROSSTAB = "crosstab"
    OUTCOMES = "outcomes"
    CODES = "codes"


COLUMNS = {
    CountsPicture.BARS: ("heading", "within", "studies", "share"),
    CountsPicture.MAP: ("place", "kind", "iso", "studies", "share"),
    CountsPicture.YEARS: ("heading", "year", "studies"),
    CountsPicture.CROSSTAB: ("row", "column", "studies"),
    CountsPicture.OUTCOMES: ("study", "outcome", "result"),
    CountsPicture.CODES: ("study", "code"),
}
"""Keys of the columns of each table, which stay when heads name other questions; what stands behind
them are answers to questions of the scheme."""


@with_exit_code
def counts_of(
    review: ReviewName,
    by: Annotated[str, typer.Option(help="Id of a question, for example question:country.")] = "",
    across: Annotated[str, typer.Option(help="Id of the columns of a crosstab.")] = "",
    picture: Annotated[CountsPicture, typer.Option(help="How.")] = CountsPicture.BARS,
    out: PictureFile = None,
    appraised_by: AppraisedBy = "",
    appraised_as: AppraisedAs = None,
    as_json: AsJson = False,
) -> bool:
    """Studies by a question, by year, by two questions, or study by study."""
    studies = coded_studies(find_review(store(), review), appraised_by, appraised_as or ())
    counted = _counts_picture(studies, picture, by, across)
    drawing = of_kept_studies(counted, studies.coded.kept)
    files = [str(path) for path in write_picture(drawing, out)] if out else []
    table, sentence = counted.table, studies.coded.sentence
    if as_json:
        rows = [_row(COLUMNS[picture], table.head, row) for row in table.rows]
        print_json({"title": counted.title, "rests_on": sentence, "rows": rows, "files": files})
        return True
    typer.echo(sentence)
    print_picture_table(table)
    print_written(files)
    return True


def _row(keys: tuple[str, ...], head: tuple[str, ...], row: tuple[Cell, ...]) -> dict[str, object]:
    """A row of a table as JSON; questions stand in the values and never in the keys."""
    known = len(keys)
    answers = [
        {"question": question, "answer": cell}
        for question, cell in zip(head[known:], row[known:], strict=True)
    ]
    return dict(zip(keys, row, strict=False)) | ({"answers": answers} if answers else {})


def _counts_picture(
    studies: DirectionStudies, kind: CountsPicture, by: str, across: str
) -> Picture:
    """The studies counted as one of the pictures.

    Raises:
        WaymarkError: the question cannot be counted so.
    """
    titles = study_counts.questions(studies)
    question = by or next(iter(titles), "")
    sentence = studies.coded.sentence
    match kind:
        case CountsPicture.BARS:
            return frequency_picture(study_counts.frequencies(studies, question), sentence)
        case CountsPicture.MAP:
            return _country_map(studies, question)
        case CountsPicture.YEARS:
            return year_picture(study_counts.years(studies, by), titles.get(by, ""), sentence)
        case CountsPicture.CROSSTAB:
            if not across:
                raise WaymarkError("A crosstab needs --across, the id of its columns.")
            return heat_picture(study_counts.crosstab(studies, question, across), sentence)
        case CountsPicture.OUTCOMES:
            return _outcomes_by_study(studies)
        case CountsPicture.CODES:
            matrix_question = by or next(iter(study_counts.code_questions(studies)), "")
            return code_matrix_picture(study_counts.codes(studies, matrix_question), sentence)


def _country_map(studies: DirectionStudies, question: str) -> Picture:
    countries = study_counts.countries(studies, question)
    if countries is None:
        raise WaymarkError(
            f"The codes of {question!r} are not countries; name a question with --by."
        )
    return country_map_picture(countries, studies.coded.sentence)


def _outcomes_by_study(studies: DirectionStudies) -> Picture:
    outcomes = study_counts.outcomes(studies)
    if outcomes is None:
        raise WaymarkError("The scheme of this review lists no outcomes.")
    reporting = study_counts.reporting(studies, outcomes)
    return study_outcomes_picture(
        study_outcomes(studies.studies, outcomes, reporting, studies.coded.sentence)
    )
